"""Renderers: a digest becomes the text of one file.

Each is a frozen dataclass called with a digest; jinja2 and css-inline are imported on the first call.
"""

from collections.abc import Callable
from typing import NamedTuple

from digest.codec import write_digest
from digest.protocols import FORMATS, Renderer
from digest.renderers.archive import render_archive
from digest.renderers.explanation import ExplanationRenderer, ExplanationRow
from digest.renderers.html import HtmlRenderer
from digest.renderers.issues import IssueEntry, Neighbours, archive_entry, neighbours
from digest.renderers.mail import MailRenderer
from digest.renderers.markdown import MarkdownRenderer
from digest.renderers.text import TextRenderer

__all__ = [
    "BUILTIN",
    "ExplanationRenderer",
    "ExplanationRow",
    "Format",
    "HtmlRenderer",
    "IssueEntry",
    "MailRenderer",
    "MarkdownRenderer",
    "Neighbours",
    "TextRenderer",
    "archive_entry",
    "neighbours",
    "render_archive",
]


class Format(NamedTuple):
    """An output format: the ending of its files, and what makes its renderer."""

    extension: str
    make: Callable[..., Renderer]
    """Takes `templates`, the folder of templates that override the built-in ones, `theme` and `language`."""


def _json(**_look: object) -> Renderer:
    """Return what writes the JSON, whose shape no template changes."""
    return write_digest


_MAKERS: dict[str, Callable[..., Renderer]] = {
    "markdown": MarkdownRenderer,
    "html": HtmlRenderer,
    "json": _json,
    "text": TextRenderer,
}
BUILTIN = {name: Format(ending, _MAKERS[name]) for name, ending in FORMATS.items()}

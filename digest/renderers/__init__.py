"""Renderers: a digest becomes the text of one file.

Each is a frozen dataclass called with a digest; jinja2 and css-inline are imported on the first call.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from digest.protocols import FORMATS, Renderer
from digest.renderers.archive import render_archive
from digest.renderers.environment import PAPER
from digest.renderers.explanation import ExplanationRenderer, ExplanationRow
from digest.renderers.html import HtmlRenderer
from digest.renderers.issues import IssueEntry, Neighbours, archive_entry, neighbours
from digest.renderers.json import JsonRenderer
from digest.renderers.mail import MailRenderer
from digest.renderers.markdown import MarkdownRenderer
from digest.renderers.reading import read_digest
from digest.renderers.text import TextRenderer

__all__ = [
    "BUILTIN",
    "ExplanationRenderer",
    "ExplanationRow",
    "Format",
    "HtmlRenderer",
    "IssueEntry",
    "JsonRenderer",
    "MailRenderer",
    "MarkdownRenderer",
    "Neighbours",
    "TextRenderer",
    "archive_entry",
    "neighbours",
    "read_digest",
    "render_archive",
]


class Format(NamedTuple):
    """An output format: the ending of its files, and what makes its renderer."""

    extension: str
    make: Callable[..., Renderer]
    """Takes `templates`, the folder of templates that override the built-in ones, `theme` and `language`."""


def _json(templates: Path | None = None, theme: str = PAPER, language: str = "en") -> JsonRenderer:
    del templates, theme, language  # the JSON's shape is fixed
    return JsonRenderer()


_MAKERS: dict[str, Callable[..., Renderer]] = {
    "markdown": MarkdownRenderer,
    "html": HtmlRenderer,
    "json": _json,
    "text": TextRenderer,
}
BUILTIN = {name: Format(ending, _MAKERS[name]) for name, ending in FORMATS.items()}

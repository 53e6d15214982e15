"""Renderers: a digest becomes the text of one file.

Each is a frozen dataclass called with a digest; jinja2 and css-inline are imported on the first call.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from digest.protocols import Renderer
from digest.renderers.archive import (
    IssueEntry,
    Neighbours,
    archive_entry,
    neighbours,
    render_archive,
)
from digest.renderers.explanation import ExplanationRenderer, ExplanationRow
from digest.renderers.formats import HtmlRenderer, MarkdownRenderer, TextRenderer
from digest.renderers.json import JsonRenderer
from digest.renderers.mail import MailRenderer
from digest.renderers.reading import read_digest
from digest.renderers.templates import PAPER

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


BUILTIN = {
    "markdown": Format("md", MarkdownRenderer),
    "html": Format("html", HtmlRenderer),
    "json": Format("json", _json),
    "text": Format("txt", TextRenderer),
}

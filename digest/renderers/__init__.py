"""Renderers: a digest becomes the text of one file.

Each is a frozen dataclass called with a digest; jinja2 and css-inline are imported on the first call.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from digest.protocols import Renderer
from digest.renderers.html import HtmlRenderer
from digest.renderers.json import JsonRenderer
from digest.renderers.mail import MailRenderer
from digest.renderers.markdown import MarkdownRenderer
from digest.renderers.reading import read_digest
from digest.renderers.text import TextRenderer

__all__ = [
    "BUILTIN",
    "Format",
    "HtmlRenderer",
    "JsonRenderer",
    "MailRenderer",
    "MarkdownRenderer",
    "TextRenderer",
    "read_digest",
]


class Format(NamedTuple):
    """An output format: the ending of its files, and what makes its renderer."""

    extension: str
    make: Callable[[Path | None], Renderer]
    """Takes the folder of templates that override the built-in ones, or None."""


BUILTIN = {
    "markdown": Format("md", lambda templates: MarkdownRenderer(templates=templates)),
    "html": Format("html", lambda templates: HtmlRenderer(templates=templates)),
    "json": Format("json", lambda _: JsonRenderer()),
    "text": Format("txt", lambda templates: TextRenderer(templates=templates)),
}

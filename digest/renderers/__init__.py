"""Render a digest as one file.

Formats, themes and languages are listed here. A renderer is loaded when it is asked for.
"""

from importlib import import_module
from typing import Any, NamedTuple

from digest.errors import ConfigError
from digest.protocols import Renderer, plugin

PAPER = "paper"
THEMES = (PAPER, "plain")
"""The built-in themes; a theme is a folder of templates that go before the others."""
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "sv")
"""The languages that a briefing's fixed words are written in."""


class Format(NamedTuple):
    """An output format: the ending of its files, and where its renderer is."""

    extension: str
    module: str
    renderer: str
    has_look: bool = True
    """Whether the renderer takes `templates`, `theme` and `language`."""

    def make(self, **look: Any) -> Renderer:
        """Return the renderer; `look` is what a look consists of, as far as it is not the default."""
        kind = getattr(import_module(f"digest.renderers.{self.module}"), self.renderer)
        renderer: Renderer = kind(**(look if self.has_look else {}))
        return renderer


FORMATS = {
    "markdown": Format("md", "formats", "MarkdownRenderer"),
    "html": Format("html", "formats", "HtmlRenderer"),
    "json": Format("json", "formats", "JsonRenderer", has_look=False),
    "text": Format("txt", "formats", "TextRenderer"),
    "epub": Format("epub", "formats", "EpubRenderer"),
}


def make_renderer(name: str, **look: Any) -> tuple[str, Renderer]:
    """Return the file ending and the renderer of a format; raises `ConfigError` for an unknown name."""
    if name in FORMATS:
        return FORMATS[name].extension, FORMATS[name].make(**look)
    added = plugin("renderers", name)
    if added is None:
        raise ConfigError(f"no format {name!r}: choose from {', '.join(FORMATS)}")
    extension, make = added
    return extension, make(**look)

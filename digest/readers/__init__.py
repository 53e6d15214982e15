"""RawDocument -> [Page]: one reader a format, chosen by what the source says and by its content.

The libraries that a format needs are loaded by its reader alone.
"""

from importlib import import_module

from digest.errors import ReadError
from digest.models import Page, RawDocument
from digest.protocols import Reader
from digest.readers.sniffing import reader_name

_PLACES = {
    "plain": ("digest.readers.plain", "PlainReader"),
    "markdown": ("digest.readers.markdown", "MarkdownReader"),
    "html": ("digest.readers.html", "HtmlReader"),
    "mail": ("digest.readers.mail", "MailReader"),
    "jsonl": ("digest.readers.jsonl", "JsonlReader"),
}


def _lazy(module: str, name: str) -> Reader:
    def read(document: RawDocument, /) -> list[Page]:
        reader: Reader = getattr(import_module(module), name)()
        return reader(document)

    return read


BUILTIN: dict[str, Reader] = {name: _lazy(*place) for name, place in _PLACES.items()}
"""The readers by name: `plain`, `markdown`, `html`, `mail`, `jsonl`."""


def read_pages(document: RawDocument, /) -> list[Page]:
    """Return the pages of `document`, by the reader that its source names, or that fits it best.

    Raises `ReadError` where nothing in it can be read.
    """
    pages = BUILTIN[_name(document)](document)
    if not any(block.text for page in pages for block in page.blocks):
        raise ReadError(document.source.location, "no text in it")
    return pages


def visible_text(document: RawDocument) -> str:
    """Return the whole text that `document` shows, before any of it is left out: what a proof rests on.

    White space may differ from the source; each block of text stands on lines of its own.
    """
    from digest.readers.visible import shown

    return shown(document, _name(document))


def _name(document: RawDocument) -> str:
    asked = document.source.reader
    if asked == "auto":
        return reader_name(document)
    if asked not in BUILTIN:
        raise ReadError(document.source.location, f"no reader {asked!r}; use {', '.join(BUILTIN)}")
    return asked


__all__ = ["BUILTIN", "read_pages", "visible_text"]

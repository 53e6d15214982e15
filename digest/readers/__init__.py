"""RawDocument -> [Page]: one reader a format, chosen by what the source says and by its content.

The libraries that a format needs are loaded by its reader alone.
"""

import logging
from importlib import import_module
from pathlib import PurePath

from digest.errors import ReadError, contained
from digest.models import Page, RawDocument
from digest.protocols import Reader, plugin
from digest.readers.sniffing import reader_name
from digest.readers.unpacking import CONTAINERS, unpack

LOGGER = logging.getLogger("digest")

_PLACES = {
    "plain": ("digest.readers.plain", "PlainReader"),
    "markdown": ("digest.readers.markdown", "MarkdownReader"),
    "html": ("digest.readers.html", "HtmlReader"),
    "mail": ("digest.readers.mail", "MailReader"),
    "post": ("digest.readers.mail", "PostReader"),
    "jsonl": ("digest.readers.jsonl", "JsonlReader"),
    "feed": ("digest.readers.fragments", "FragmentReader"),
    "mailbox": ("digest.readers.mail", "MailReader"),
}


def _lazy(module: str, name: str) -> Reader:
    def read(document: RawDocument, /) -> list[Page]:
        reader: Reader = getattr(import_module(module), name)()
        with contained(document.source.location):
            return reader(document)

    return read


BUILTIN: dict[str, Reader] = {name: _lazy(*place) for name, place in _PLACES.items()}
"""The readers by name: `plain`, `markdown`, `html`, `mail`, `post`, `jsonl`; and `feed` and `mailbox`, which
read the parts that `unpack` makes of such a document."""


def read_pages(document: RawDocument, /) -> list[Page]:
    """Return the pages of `document`, by the reader that its source names, or that fits it best.

    A feed or mailbox gives the pages of all that it holds, as far as they can be read. Raises `ReadError`
    where nothing in it can be.
    """
    if added := _added(document):
        return _checked(added(document), document)
    name = _name(document)
    if document.fragment:
        return BUILTIN[name](document)
    if name not in CONTAINERS:
        return _checked(BUILTIN[name](document), document)
    pages: list[Page] = []
    for part in unpack(document):
        try:
            pages += BUILTIN[_name(part)](part)
        except ReadError as error:
            LOGGER.warning("%s", error)
    return _checked(pages, document)


def visible_text(document: RawDocument) -> str:
    """Return the whole text that `document` shows, before any of it is left out: what a proof rests on.

    White space may differ from the source; each block of text stands on lines of its own.
    """
    if added := _added(document):
        return "\n".join(block.text for page in added(document) for block in page.blocks)
    from digest.readers.visible import shown

    name = _name(document)
    if name not in CONTAINERS or document.fragment:
        return shown(document, "html" if document.fragment else name)
    texts = []
    for part in unpack(document):
        try:
            texts.append(visible_text(part))
        except ReadError as error:
            LOGGER.debug("%s", error)
    return "\n".join(texts)


def _added(document: RawDocument) -> Reader | None:
    """Return the reader that another package adds for the ending of a file; None where it is one of ours."""
    ending = PurePath(document.source.location).suffix.lower()
    if document.media_type or document.fragment or not ending:
        return None
    reader: Reader | None = plugin("readers", ending)
    if reader is None:
        return None

    def read(document: RawDocument, /) -> list[Page]:
        with contained(document.source.location):
            return reader(document)

    return read


def _checked(pages: list[Page], document: RawDocument) -> list[Page]:
    if not any(page.headline or any(block.text for block in page.blocks) for page in pages):
        raise ReadError(document.source.location, "no text in it")
    return pages


def _name(document: RawDocument) -> str:
    asked = document.source.reader
    if document.fragment:
        return "feed"
    if asked == "auto":
        return reader_name(document)
    if asked not in BUILTIN:
        raise ReadError(document.source.location, f"no reader {asked!r}; use {', '.join(BUILTIN)}")
    return asked


__all__ = ["BUILTIN", "read_pages", "unpack", "visible_text"]

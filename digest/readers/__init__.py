"""RawDocument -> [Page]: one reader a format, chosen by what the source says and by its content.

The formats are the rows of `digest.media`. The libraries that a format needs are loaded by its reader alone.
"""

import logging
from datetime import datetime
from importlib import import_module
from pathlib import PurePath
from typing import Any

from digest.errors import ReadError, contained
from digest.media import FORMATS, Format, format_name
from digest.models import Page, RawDocument
from digest.protocols import Reader, plugin

LOGGER = logging.getLogger("digest")


def _loaded(function: str) -> Any:
    module, _, name = function.partition(".")
    return getattr(import_module(f"digest.readers.{module}"), name)


def _reader(format_: Format) -> Reader:
    def read(document: RawDocument, /) -> list[Page]:
        reader: Reader = _loaded(format_.read)
        with contained(document.source.location):
            return reader(document)

    return read


BUILTIN: dict[str, Reader] = {name: _reader(row) for name, row in FORMATS.items()}
"""The readers by the names of their formats; `feed` and `mailbox` read the parts that `unpack` makes of such
a document."""


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
    if not FORMATS[name].unpack:
        return _checked(BUILTIN[name](document), document)
    pages: list[Page] = []
    for part in unpack(document):
        try:
            pages += BUILTIN[_name(part)](part)
        except ReadError as error:
            LOGGER.warning("%s", error)
    return _checked(pages, document)


def unpack(document: RawDocument, *, now: datetime | None = None) -> list[RawDocument]:
    """Return the documents in a feed or mailbox; of anything else, the document itself.

    Raises `ReadError` for a feed or mailbox that cannot be read. `now` is what dates of entries are held
    against: those of the future are not believed.
    """
    asked = document.source.reader
    row = FORMATS.get(format_name(document) if asked == "auto" else asked)
    if document.fragment or row is None or not row.unpack:
        return [document]
    parts: list[RawDocument] = _loaded(row.unpack)(document, now)
    return parts


def visible_text(document: RawDocument) -> str:
    """Return the whole text that `document` shows, before any of it is left out: what a proof rests on.

    White space may differ from the source; each block of text stands on lines of its own.
    """
    if added := _added(document):
        return "\n".join(block.text for page in added(document) for block in page.blocks)
    row = FORMATS[_name(document)]
    if document.fragment or not row.unpack:
        shown: str = _loaded(row.visible_text)(document)
        return shown
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
        return format_name(document)
    if asked not in FORMATS:
        raise ReadError(document.source.location, f"no reader {asked!r}; use {', '.join(FORMATS)}")
    return asked


__all__ = ["BUILTIN", "read_pages", "unpack", "visible_text"]

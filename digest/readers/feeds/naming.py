"""What a feed calls itself."""

import re
from html import unescape

from digest.errors import ReadError
from digest.incoming import parse_json
from digest.models import RawDocument
from digest.readers.encoding import decode, served_charset
from digest.readers.feeds import entries
from digest.readers.html import declared_charset

_HEAD = 65_536
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]|\"items\"\s*:", re.IGNORECASE)
_TITLE = re.compile(r"(?s)<(?:\w{1,20}:)?title(?:\s[^<>]{0,200})?>(.{0,1000}?)</", re.IGNORECASE)
_CDATA = re.compile(r"(?s)\s*<!\[CDATA\[(.*?)(?:\]\]>)?\s*")
_NAME = re.compile(r"\"title\"\s*:\s*(\"(?:[^\"\\]|\\.){0,1000}\")")


def feed_name(document: RawDocument) -> str:
    """Return the title of a feed, as it stands before its entries; empty where there is none."""
    head = document.content[:_HEAD]
    try:
        charset = served_charset(document.media_type) or declared_charset(head)
        text = decode(head, charset, source=document.source.location)
    except ReadError:
        return ""
    first = _ENTRY.search(text)
    text = text[: first.start()] if first else text
    if text.lstrip().startswith("{"):
        return _json_name(text)
    image = text.find("<image>")
    if image >= 0:  # it has a title of its own
        text = text[:image] + text[text.find("</image>", image) :]
    found = _TITLE.search(text)
    if found is None:
        return ""
    quoted = _CDATA.fullmatch(found[1])
    return entries.heading(quoted[1] if quoted else unescape(found[1]))


def _json_name(text: str) -> str:
    found = _NAME.search(text)
    try:
        return entries.plain_heading(parse_json(found[1], strict=False)) if found else ""
    except ValueError:
        return ""

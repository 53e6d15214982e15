"""Which reader fits a document: its media type or name, unless the content clearly says otherwise."""

import codecs
import re

from digest.errors import ReadError
from digest.models import RawDocument

_BY_TYPE = {
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "mail",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}
_HEAD = 4096
# No possessive groups here: before Python 3.11.5 they go wrong around alternatives (gh-106052).
_MARKUP = re.compile(
    rb"\A(?:\s|<!--[^-]*(?:-(?!->)[^-]*)*-->|<\?xml[^>]*>)*<(!doctype\s+html|html)\b", re.I
)
_FEED = re.compile(
    rb"\A(?:\s|<!--[^-]*(?:-(?!->)[^-]*)*-->|<[?!](?!--)[^>]*>)*<(?:rss|feed|rdf:RDF|opml)[\s>]",
    re.I,
)
_CLOSED = re.compile(rb"(?i)</(p|div|a|h[1-6]|body|article|section|span|td|li)>")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]")
_MAIL_ONLY = {
    b"received",
    b"return-path",
    b"mime-version",
    b"message-id",
    b"delivered-to",
    b"content-type",
    b"x-mailer",
}
_RECORD = re.compile(rb"\s*+\{\s*+\"[^\"\n]{1,40}\"\s*+:")


def reader_name(document: RawDocument) -> str:
    """Return the name of the reader that fits; raises `ReadError` for a feed, which holds no page."""
    named = _BY_TYPE.get(document.media_type.split(";")[0].strip().lower(), "")
    head = _text_head(document.content)
    if named in ("mail", "jsonl", "markdown"):
        return named
    if _FEED.match(head):
        raise ReadError(document.source.location, "a feed: give it to `digest run`")
    if named == "html" or _is_html(head):
        return "html"
    if _is_mail(head):
        return "mail"
    if not document.media_type and _RECORD.match(head) and (b'"text"' in head or b'"html"' in head):
        return "jsonl"
    return "plain"


def _text_head(content: bytes) -> bytes:
    head = content[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if (
        head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or head.count(0) > len(head) // 4
    ):
        head = head.replace(b"\0", b"").lstrip(codecs.BOM_UTF16_BE)
    return head


def _is_html(head: bytes) -> bool:
    """A text may quote a tag; a page begins with one, and closes several."""
    if _MARKUP.match(head):
        return True
    return head.lstrip().startswith(b"<") and len(_CLOSED.findall(head)) >= 3


def _is_mail(head: bytes) -> bool:
    """At least three header fields before the first blank line, one of them no page would have."""
    names = []
    for line in re.split(rb"\r\n|\r|\n", head):
        field = _FIELD.match(line)
        if field:
            names.append(field[1].lower())
        elif not line or not (line[:1].isspace() or line.startswith((b"From ", b">From "))):
            break
    return len(names) >= 3 and bool(_MAIL_ONLY & set(names))

"""RSS, RDF and Atom, by feedparser; its sanitiser is neither used nor trusted: only text is taken later."""

import re
from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException

from digest.errors import ReadError
from digest.models import RawDocument
from digest.readers.dates import moment
from digest.readers.encoding import decode, served_charset
from digest.readers.feeds import entries
from digest.readers.feeds.entries import Entry
from digest.readers.foreign import guarded
from digest.readers.html import declared_charset

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_TAG = re.compile(r"<[^<>]*>")
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain", "")
_LONGEST_AUTHOR = 500
Fields = Any
"""feedparser's dictionaries."""


def read(document: RawDocument) -> list[Entry]:
    """Return the entries of a feed in XML, however malformed; raises `ReadError` where it is none."""
    location = document.source.location
    found = _parsed(document)
    if found is None or not (found.version or found.entries):
        raise ReadError(location, "a feed too broken to be read")
    base = _base(found.feed, document.url or location)
    site = entries.name(entries.heading(found.feed.get("title") or "")) or None
    tongue = found.feed.get("language")
    return [_entry(fields, base, site, tongue) for fields in found.entries]


def _parsed(document: RawDocument) -> Fields:
    charset = served_charset(document.media_type) or declared_charset(document.content)
    text = decode(document.content, charset, source=document.source.location)
    # What it declares is no longer true; and feedparser opens a text or bytes as a file or address.
    stream = BytesIO(_DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace"))
    headers = {"content-location": document.url or ""}
    parser = _library()
    return guarded(
        lambda: parser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        ),
        None,
        SAXException,
    )


def _library() -> Any:
    """feedparser, kept from looking for a mail address in an author of a megabyte: that takes square time."""
    import feedparser
    from feedparser.mixin import _FeedParserMixin

    original = _FeedParserMixin._sync_author_detail
    if not getattr(original, "bounded", False):

        def sync(self: Any, key: str = "author") -> None:
            value = self._get_context().get(key)
            if not isinstance(value, str) or len(value) <= _LONGEST_AUTHOR:
                original(self, key)

        sync.bounded = True  # type: ignore[attr-defined]
        _FeedParserMixin._sync_author_detail = sync
    return feedparser


def _base(feed: Fields, location: str) -> str:
    return entries.address(feed.get("link"), location) or location


def _entry(fields: Fields, base: str, site: str | None, tongue: str | None) -> Entry:
    content, own = _content(fields)
    link = fields.get("feedburner_origlink") or fields.get("link") or _alternate(fields)
    key = fields.get("id") or ""
    return Entry(
        key=key,
        title=_title(fields),
        url=entries.address(link, base),
        author=entries.name(_author(fields)),
        published=_published(fields),
        language=entries.language(own or tongue),
        site=site,
        content=content,
    )


def _title(fields: Fields) -> str:
    detail = fields.get("title_detail") or {}
    text = detail.get("value") or fields.get("title") or ""
    if detail.get("type") == "text/plain":
        return " ".join(text[:1000].split())
    return entries.heading(text)


def _alternate(fields: Fields) -> str | None:
    links = fields.get("links") or []
    return next((link.get("href") for link in links if link.get("rel") == "alternate"), None)


def _author(fields: Fields) -> str:
    names = [one.get("name") for one in fields.get("authors") or [] if one.get("name")]
    return ", ".join(dict.fromkeys(names)) or fields.get("author") or ""


def _content(fields: Fields) -> tuple[str, str | None]:
    """The longest of all that the entry has for a text, as HTML, and its language."""
    found = [*(fields.get("content") or []), fields.get("summary_detail") or {}]
    parts = [
        (part.get("value") or "", part.get("type") or "", part.get("language"))
        for part in found
        if (part.get("type") or "") in _TEXTUAL
    ]
    if not parts and fields.get("summary"):
        parts = [(fields["summary"], "text/html", None)]
    if not parts:
        return "", None
    value, kind, tongue = max(parts, key=_shown) if len(parts) > 1 else parts[0]
    return (entries.paragraphs(value) if kind == "text/plain" else value), tongue


def _shown(part: tuple[str, str, str | None]) -> int:
    return len(_TAG.sub("", part[0]))


def _published(fields: Fields) -> datetime | None:
    for name in ("published", "created", "updated"):
        parsed = fields.get(f"{name}_parsed") if name in fields else None
        if parsed:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, TypeError, OverflowError, OSError):
                continue
        if found := moment(fields.get(name) or "" if name in fields else ""):
            return found
    return None

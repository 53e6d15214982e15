"""Feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1, each parsed into its entries.

XML is parsed by feedparser; its sanitiser is neither used nor trusted: only text is taken later.
"""

import re
from calendar import timegm
from datetime import UTC, datetime
from functools import cache
from html import escape
from io import BytesIO
from typing import Any
from xml.sax import SAXException

from digest.errors import ReadError
from digest.incoming import parse_json
from digest.media import is_html
from digest.models import RawDocument
from digest.readers import entries
from digest.readers.encoding import clean, decode, decoded
from digest.readers.entries import Entry
from digest.readers.fields import absolute_url, guarded, parse_date, plain_name
from digest.readers.html import declared_charset
from digest.text.characters import fold

_MOST_ATTRIBUTES = 500  # of an element are read
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_TAG = re.compile(r"<[^<>]*>")
_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_NUMBER = re.compile(r"&#(\d{1,9}|[xX][0-9a-fA-F]{1,8});")
_REFERENCES = re.compile(r"(?:&#(?:\d{1,9}|[xX][0-9a-fA-F]{1,8});)+")
_FIRST, _LAST, _WHITE = 0x20, 0x10FFFF, (9, 10, 13)
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain", "")
_LONGEST_TITLE = 1_000  # characters are read
Fields = Any
"""feedparser's dictionaries."""
Record = dict[str, Any]


# --- workarounds for feedparser


@cache
def feedparser() -> Any:
    """Return the module, changed in its own classes."""
    import feedparser
    from feedparser.api import StrictFeedParser
    from feedparser.mixin import _FeedParserMixin

    _FeedParserMixin._sync_author_detail = _author_of(_FeedParserMixin._sync_author_detail)
    _FeedParserMixin._start_media_description = _start_caption
    _FeedParserMixin._end_media_description = _end_caption
    StrictFeedParser.startElementNS = _start_of(StrictFeedParser.startElementNS)
    return feedparser


def _author_of(original: Any) -> Any:
    """It looks for a mail address in an author by a pattern that takes 35 s for 100,000 characters (#562)."""

    def sync(self: Any, key: str = "author") -> None:
        context = self._get_context()
        detail = (context.get(f"{key}s") or [{}])[-1]
        if detail:
            original(self, key)
        elif isinstance(author := context.get(key), str):
            detail["name"] = plain_name(author) or ""

    return sync


def _start_caption(self: Any, _attributes: Any) -> None:
    """It takes what a picture shows for the text of its entry."""
    self.push("media_description", 1)


def _end_caption(self: Any) -> None:
    self.pop("media_description")


def _start_of(original: Any) -> Any:
    """It asks for each attribute by name in a list: 137 s for an element with 30,000."""

    def start(self: Any, name: Any, qname: Any, attributes: Any) -> None:
        if attributes.getLength() > _MOST_ATTRIBUTES:
            attributes = type(attributes)({}, {})
        original(self, name, qname, attributes)

    return start


# --- RSS, RDF and Atom


def xml_entries(document: RawDocument) -> list[Entry]:
    """Return the entries of a feed in XML, however malformed; raises `ReadError` where it is none."""
    location = document.source.location
    found = _parsed(document)
    version = (found or {}).get("version") or ""
    if not found or not (version or found.entries):
        raise ReadError(location, "a feed too broken to be read")
    feed = found.feed
    about = Entry(
        url=absolute_url(feed.get("link"), document.url or location) or location,
        # RFC 4287, 4.2.1: what has no author of its own has the feed's. In RSS that is an editor.
        author=plain_name(_author(feed)) if version.startswith("atom") else None,
        language=feed.get("language"),
        site=_title(feed) or None,
    )
    return [_xml_entry(fields, about) for fields in found.entries]


def _parsed(document: RawDocument) -> Fields:
    text = decoded(document, declared_charset(document.content))
    # What it declares is no longer true; and feedparser opens a text or bytes as a file or address.
    text = repaired(_DECLARATION.sub("", text, count=1).lstrip())
    stream = BytesIO(text.encode("utf-8", "replace"))
    # Without a type it reads Latin-1, and mends that only in a text that has no reference beyond it.
    headers = {
        "content-location": document.url or "",
        "content-type": "application/xml; charset=utf-8",
    }
    return guarded(
        lambda: feedparser().parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        ),
        None,
        SAXException,
    )


def repaired(xml: str) -> str:
    """Return XML with each `&` that begins no reference escaped, and no reference to what is no character.

    Parsers guess at both: they read `R&D` as `R&D;`, or give up the whole feed. What stands in CDATA is text.
    """
    if "&" not in xml:
        return xml
    parts: list[str] = []
    position = 0
    while (start := xml.find("<![CDATA[", position)) >= 0 and (end := xml.find("]]>", start)) >= 0:
        parts += [_escaped(xml[position:start]), xml[start:end]]
        position = end
    return "".join([*parts, _escaped(xml[position:])])


def _escaped(xml: str) -> str:
    return _AMPERSAND.sub("&amp;", _REFERENCES.sub(_characters, xml))


def _characters(match: re.Match[str]) -> str:
    """The characters of numeric references of which one is none: half of a pair, or beyond Unicode."""
    codes = [
        int(code[1:], 16) if code[0] in "xX" else int(code) for code in _NUMBER.findall(match[0])
    ]
    if all(_is_character(code) for code in codes):
        return match[0]
    known = [code for code in codes if code <= _LAST and (code >= _FIRST or code in _WHITE)]
    text = "".join(map(chr, known)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return escape(text, quote=False)


def _is_character(code: int) -> bool:
    return (code >= _FIRST or code in _WHITE) and code <= _LAST and not 0xD800 <= code < 0xE000


def _xml_entry(fields: Fields, feed: Entry) -> Entry:
    """An entry, with what the feed says of all of them where it says nothing itself."""
    content, tongue = _content(fields)
    link = fields.get("feedburner_origlink") or fields.get("link") or _alternate(fields)
    link = link or _enclosure(fields)
    title, publisher = _title(fields), _title(fields.get("source") or {})
    return Entry(
        key=fields.get("id") or "",
        title=entries.headline(_without_publisher(title, publisher)),
        url=absolute_url(link, feed.url),
        author=plain_name(_author(fields)) or feed.author,
        published=_published(fields, tongue or feed.language or ""),
        language=entries.language_code(tongue or feed.language),
        # A forum's entry names its own thread there: that is no publisher.
        site=(publisher if publisher != title else "") or feed.site,
        categories=entries.categories(tag.get("term") or "" for tag in fields.get("tags") or []),
        content=content,
    )


def _title(fields: Fields) -> str:
    detail = fields.get("title_detail") or {}
    text = detail.get("value") or fields.get("title") or ""
    plain = detail.get("type") == "text/plain"  # as far as feedparser can tell
    return fold(text[:_LONGEST_TITLE]) if plain else entries.title_of_html(text)


def _without_publisher(title: str, publisher: str) -> str:
    """A headline without the publisher that a collection of others' news puts behind it."""
    for mark in ("-", "–", "—", "|"):
        if publisher and title.endswith(f" {mark} {publisher}"):
            return title[: -len(publisher) - 3].rstrip()
    return title


def _enclosure(fields: Fields) -> str | None:
    """The file of an episode that has no page."""
    files = fields.get("enclosures") or []
    return next((file.get("href") for file in files if file.get("href")), None)


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
        if part.get("value") and (part.get("type") or "") in _TEXTUAL
    ]
    if not parts and fields.get("media_description"):
        parts = [(fields["media_description"], "text/plain", None)]
    if not parts and fields.get("summary"):
        parts = [(fields["summary"], "text/html", None)]
    if not parts:
        return "", None
    value, kind, tongue = max(parts, key=_shown) if len(parts) > 1 else parts[0]
    as_html = entries.html_of_text if kind == "text/plain" else entries.html_as_meant
    return as_html(value), tongue


def _shown(part: tuple[str, str, str | None]) -> int:
    return len(_TAG.sub("", part[0]))


def _published(fields: Fields, language: str) -> datetime | None:
    for name in ("published", "created", "updated"):
        if found := parse_date(fields.get(name) or "" if name in fields else "", language):
            return found
        parsed = fields.get(f"{name}_parsed") if name in fields else None
        if parsed:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, TypeError, OverflowError, OSError):
                continue
    return None


# --- JSON Feed (jsonfeed.org)


def json_entries(document: RawDocument) -> list[Entry]:
    """Return the entries of a JSON Feed; raises `ReadError` where it is no such thing."""
    location = document.source.location
    text = decode(document.content, source=location)
    try:
        feed = parse_json(text, strict=False)
    except ValueError as error:
        raise ReadError(location, "a JSON feed too broken to be read") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ReadError(location, "a JSON feed without items")
    base = absolute_url(_text(feed, "home_page_url"), document.url) or document.url or ""
    return [_json_entry(item, feed, base) for item in items if isinstance(item, dict)]


def _json_entry(item: Record, feed: Record, base: str) -> Entry:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    published = _text(item, "date_published") or _text(item, "date_modified")
    key = item.get("id")
    return Entry(
        key=clean(str(key)) if isinstance(key, str | int | float) else "",
        title=entries.headline(entries.title_of_text(_text(item, "title"))),
        url=absolute_url(_link(item), base),
        author=_authors(item) or _authors(feed),
        published=parse_date(published),
        language=entries.language_code(_text(item, "language") or _text(feed, "language")),
        site=entries.title_of_text(_text(feed, "title")) or None,
        categories=entries.categories(tag for tag in _tags(item) if isinstance(tag, str)),
        content=entries.html_as_meant(html) or entries.html_of_text(plain or summary),
    )


def _tags(item: Record) -> list[object]:
    tags = item.get("tags")
    return tags if isinstance(tags, list) else []


def _link(item: Record) -> str:
    """Where an entry leads: its page, or the file of an episode that has none."""
    files = item.get("attachments")
    first = (
        next((one for one in files if isinstance(one, dict)), {}) if isinstance(files, list) else {}
    )
    return _text(item, "url") or _text(item, "external_url") or _text(first, "url")


def _authors(record: Record) -> str | None:
    several = record.get("authors")
    found = several if isinstance(several, list) else [record.get("author")]
    names = [_text(one, "name") for one in found[:20] if isinstance(one, dict)]
    return plain_name(", ".join(dict.fromkeys(filter(None, names))))


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return clean(value) if isinstance(value, str) else ""


# --- any of them


def feed_entries(document: RawDocument, now: datetime | None = None, /) -> list[RawDocument]:
    """Return a document for each entry of a feed, in its order; raises `ReadError` where it cannot be read.

    Dates more than two days after `now` are not believed.
    """
    if is_html(document.content):
        raise ReadError(document.source.location, "an HTML page where a feed should be")
    is_json = document.content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{")
    found = json_entries(document) if is_json else xml_entries(document)
    return entries.documents(found, document, now or datetime.now(UTC))

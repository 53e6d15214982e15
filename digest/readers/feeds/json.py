"""JSON Feed 1 and 1.1 (jsonfeed.org)."""

from typing import Any

from digest.errors import ReadError
from digest.incoming import parse_json
from digest.models import RawDocument
from digest.readers.dates import moment
from digest.readers.encoding import clean, decode
from digest.readers.feeds import entries
from digest.readers.feeds.entries import Entry

Record = dict[str, Any]


def read(document: RawDocument) -> list[Entry]:
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
    base = entries.address(_text(feed, "home_page_url"), document.url) or document.url or ""
    return [_entry(item, feed, base) for item in items if isinstance(item, dict)]


def _entry(item: Record, feed: Record, base: str) -> Entry:
    html, plain = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    published = _text(item, "date_published") or _text(item, "date_modified")
    key = item.get("id")
    return Entry(
        key=clean(str(key)) if isinstance(key, str | int | float) else "",
        title=entries.plain_heading(_text(item, "title")),
        url=entries.address(_link(item), base),
        author=_authors(item) or _authors(feed),
        published=moment(published),
        language=entries.language(_text(item, "language") or _text(feed, "language")),
        site=entries.plain_heading(_text(feed, "title")) or None,
        categories=entries.categories(tag for tag in _tags(item) if isinstance(tag, str)),
        content=entries.markup(html) or entries.paragraphs(plain or summary),
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
    return entries.person(", ".join(dict.fromkeys(filter(None, names))))


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return clean(value) if isinstance(value, str) else ""

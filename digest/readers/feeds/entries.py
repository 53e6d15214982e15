"""An entry of a feed, and the small HTML document that it becomes."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import islice
from urllib.parse import urljoin

from digest.models import RawDocument
from digest.readers.foreign import guarded
from digest.readers.markup import scan
from digest.readers.schema_org import SECTION, plain_name, web_address
from digest.text.addresses import untracked
from digest.text.whitespace import fold

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before there were feeds; mostly the zero of a clock."""
_AHEAD = timedelta(days=2)
_LONGEST_KEY = 200
_LONGEST_TITLE = 1_000
_LONGEST_NAME = 500
_LONGEST_CATEGORY = 80
_MOST_CATEGORIES = 8
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}[)>\]]?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MARKED = re.compile(r"<[a-zA-Z/!]|&#?\w{1,31};")
_PLAINLY_MARKED = re.compile(r"</[a-zA-Z]|&#?\w{1,31};")
_ESCAPED = re.compile(r"&lt;/?(?:p|div|br|a|span|strong|em|b|i|ul|ol|li|h[1-6]|img)(?:&gt;|[\s/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one of its entries; any field may be missing."""

    key: str = ""
    """Its guid or id."""
    title: str = ""
    url: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    site: str | None = None
    categories: tuple[str, ...] = ()
    content: str = ""
    """HTML, as the feed has it."""


def documents(entries: list[Entry], feed: RawDocument, now: datetime) -> list[RawDocument]:
    """Return a document for each entry, its key and location unique within the feed.

    An entry that repeats another in every word is dropped. Where entries that differ share a key, as in
    feeds that give their own address as every guid, each is known by its own address or content instead.
    """
    entries = list(dict.fromkeys(replace(e, published=credible(e.published, now)) for e in entries))
    keys = _unique([_key(entry) for entry in entries], [entry.url or "" for entry in entries])
    keys = _unique(keys, [_fingerprint(entry) for entry in entries])
    found: dict[str, RawDocument] = {}
    for entry, key in zip(entries, keys, strict=True):
        found.setdefault(key, _document(entry, key, feed))
    return list(found.values())


def categories(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that an entry is filed under, each once on one line; the first few say it."""
    found = (fold(name[:_LONGEST_CATEGORY]) for name in islice(names, _MOST_CATEGORIES))
    return tuple(dict.fromkeys(filter(None, found)))


def heading(html: str) -> str:
    """Return a title in HTML as one line of text."""
    html = html[:_LONGEST_TITLE]
    return fold(scan(html).visible if _MARKED.search(html) else html)


def plain_heading(text: str) -> str:
    """Return a title in plain text as one line; one that is HTML after all is read as such."""
    return heading(text) if _PLAINLY_MARKED.search(text[:_LONGEST_TITLE]) else fold(text)[:1000]


def address(link: str | None, base: str | None) -> str | None:
    """Return an http(s) address made whole by `base`, without what only tracks its reader; or None."""
    link = "".join((link or "").split())
    whole = web_address(guarded(lambda: urljoin(base or "", link), None)) if link else None
    return None if whole is None else untracked(whole)


def language(declared: str | None) -> str | None:
    """Return the ISO 639 code of a language tag."""
    match = _LANGUAGE.fullmatch((declared or "").strip()[:40])
    return match[1].lower() if match else None


def person(text: str | None) -> str | None:
    """Return an author's name as one line of text, without a mail address."""
    return plain_name(_MAIL.sub(" ", (text or "")[:_LONGEST_NAME]).strip("()<>[],;- \t\r\n"))


def credible(published: datetime | None, now: datetime) -> datetime | None:
    """Return a date that an entry can have: not the zero of a clock, and not days ahead."""
    believed = published is not None and _EARLIEST <= published <= now + _AHEAD
    return published if believed else None


def paragraphs(text: str) -> str:
    """Return plain text as HTML."""
    parts = re.split(r"\n\s*\n", text)
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part.strip())


def markup(html: str) -> str:
    """Return HTML as it is, or as it was meant where a feed escaped it once too often."""
    return unescape(html) if "<" not in html and _ESCAPED.search(html) else html


def _key(entry: Entry) -> str:
    key = fold(entry.key)
    if len(key) > _LONGEST_KEY:
        key = _hash(key)
    return key or entry.url or _fingerprint(entry)


def _unique(keys: list[str], others: list[str]) -> list[str]:
    """Put another key in the place of each that is not the only one of its kind."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return [
        other if counts[key] > 1 and other else key for key, other in zip(keys, others, strict=True)
    ]


def _fingerprint(entry: Entry) -> str:
    return _hash(f"{entry.title}\x1f{entry.content}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _document(entry: Entry, key: str, feed: RawDocument) -> RawDocument:
    location = f"{feed.source.location}#{key}"
    return RawDocument(
        source=replace(feed.source, location=location, reader="html"),
        content=_html(entry).encode("utf-8", "replace"),
        url=entry.url,
        media_type="text/html; charset=utf-8",
        fragment=True,
        key=key,
    )


def _html(entry: Entry) -> str:
    published = entry.published and entry.published.isoformat().replace("+00:00", "Z")
    head = [
        '<meta charset="utf-8">',
        f"<title>{escape(entry.title, quote=False)}</title>",
        f'<link rel="canonical" href="{escape(entry.url)}">' if entry.url else "",
        f'<meta name="author" content="{escape(entry.author)}">' if entry.author else "",
        f'<meta property="article:published_time" content="{published}">' if published else "",
        f'<meta property="og:site_name" content="{escape(entry.site)}">' if entry.site else "",
        *(f'<meta property="{SECTION}" content="{escape(name)}">' for name in entry.categories),
    ]
    tag = f'<html lang="{entry.language}">' if entry.language else "<html>"
    lines = ["<!DOCTYPE html>", tag, "<head>", *filter(None, head), "</head>", "<body>"]
    return "\n".join([*lines, entry.content, "</body>", "</html>", ""])

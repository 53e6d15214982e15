"""What a site publishes: the feeds that a page names, what a feed calls itself, and the pages of a sitemap."""

import re
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from digest.errors import ReadError
from digest.incoming import parse_json
from digest.media import format_name
from digest.models import RawDocument, Source
from digest.readers import entries
from digest.readers.encoding import decode, served_charset
from digest.readers.fields import absolute_url, http_url, parse_date
from digest.readers.html import declared_charset
from digest.readers.markup import tokens
from digest.text.elements import read_elements

_TYPES = frozenset(
    f"{kind}/{name}"
    for kind in ("application", "text")
    for name in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "x-rss+xml", "rss", "atom")
)
_VAGUE_TYPES = ("application/json", "application/xml", "text/xml")
_FEEDLIKE = re.compile(
    r"(?i)(?:^|[/._-])(?:rss|atom|feeds?)(?:$|[/._-])|\.(?:rss|atom|rdf)$|/index\.xml$"
)
_NO_FEED = re.compile(r"(?i)wp-json|oembed|/hub|\.(?:css|js|png|svg|jpe?g|gif|ico|html?)$")
_COMMENTS = re.compile(r"(?i)\bcomments?\b|\breplies\b")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LARGEST = 4_000_000  # characters of a page are searched
_MOST = 50  # addresses are returned
_HEAD = 65_536  # bytes hold what a feed says before its entries
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]|\"items\"\s*:", re.IGNORECASE)
_TITLE = re.compile(r"(?s)<(?:\w{1,20}:)?title(?:\s[^<>]{0,200})?>(.{0,1000}?)</", re.IGNORECASE)
_CDATA = re.compile(r"(?s)<!\[CDATA\[(.*?)(?:\]\]>)?")
_NAME = re.compile(r"\"title\"\s*:\s*(\"(?:[^\"\\]|\\.){0,1000}\")")
_MOST_ADDRESSES = 50_000
"""Addresses that a sitemap may have, by the protocol."""
_LARGEST_SITEMAP = 50 * 1024 * 1024
"""Bytes that it may have."""
_GZIP = b"\x1f\x8b"


# --- feeds of a page


def discover(content: bytes, url: str) -> list[str]:
    """Return the addresses of the feeds that a page names, the likeliest first; its own, if it is a feed.

    First those that the head declares (`<link rel=alternate type=...>`), then links that look like one, those
    of the page's own host before others; feeds of comments come last. Only http(s) addresses, each once.
    """
    try:
        if format_name(RawDocument(Source(url, url), content)) == "feed":
            return [url]
        html = decode(content[:_LARGEST], declared_charset(content), source=url)
    except ReadError:
        return []
    base, found = url, dict[str, int]()
    for token in tokens(html):
        if token.kind != "start" or token.name not in ("a", "base", "link"):
            continue
        attributes = _attributes(token.value)
        target = absolute_url(attributes.get("href"), base)
        if target is None:
            continue
        if token.name == "base":
            base = target
        elif (rank := _rank(token.name, attributes, target, url)) is not None:
            found[target] = min(rank, found.get(target, rank))
    return sorted(found, key=found.__getitem__)[:_MOST]


def _rank(name: str, attributes: dict[str, str], target: str, page: str) -> int | None:
    """How late a link stands among the feeds; None where it is no feed."""
    path = urlsplit(target).path
    comments = 4 if _COMMENTS.search(f"{attributes.get('title', '')} {target}") else 0
    if name == "link":
        relations = attributes.get("rel", "").lower().split()
        kind = attributes.get("type", "").split(";")[0].strip().lower()
        vague = kind in _VAGUE_TYPES and _FEEDLIKE.search(path) and not _NO_FEED.search(path)
        named = "alternate" in relations and (kind in _TYPES or vague)
        return comments if named or "feed" in relations else None
    if not _FEEDLIKE.search(path) or _NO_FEED.search(path):
        return None
    return 1 + comments + (urlsplit(target).hostname != urlsplit(page).hostname)


def _attributes(markup: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(markup[:10_000])
    }


# --- the name of a feed


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
    quoted = _CDATA.fullmatch(found[1].strip())
    return entries.title_of_html(quoted[1] if quoted else unescape(found[1]))


def _json_name(text: str) -> str:
    found = _NAME.search(text)
    try:
        return entries.title_of_text(parse_json(found[1], strict=False)) if found else ""
    except ValueError:
        return ""


# --- sitemaps (sitemaps.org, 0.9)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names."""

    index: bool
    """True where the addresses are those of other sitemaps."""
    addresses: tuple[tuple[str, datetime | None], ...]
    """Each address and when it was published or changed, in order, each once."""


@dataclass(slots=True)
class _Entries:
    index: bool | None = None
    found: dict[str, datetime | None] = field(default_factory=dict)
    location: str | None = None
    published: datetime | None = None
    changed: datetime | None = None

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if self.index is None:
            self.index = name == "sitemapindex"
        if name in ("url", "sitemap"):
            self.location = self.published = self.changed = None

    def end(self, name: str, text: str) -> None:
        if name == "loc" and self.location is None:
            self.location = http_url(text)
        elif name == "lastmod":
            self.changed = parse_date(text)
        elif name == "publication_date":  # of a news sitemap
            self.published = parse_date(text)
        elif name in ("url", "sitemap") and self.location and len(self.found) < _MOST_ADDRESSES:
            self.found.setdefault(self.location, self.published or self.changed)


def parse_sitemap(content: bytes, source: str = "sitemap") -> Sitemap:
    """Return the addresses of a sitemap or of a sitemap index, gzipped or not; also of a plain list.

    Of a malformed one, those before its flaw. At most 50,000 of them and 50 MiB, as the protocol has it.
    Raises `ReadError` for `source` where there is none.
    """
    content = _unzipped(content, source)
    entries = _Entries()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"http"):
        for line in content.decode("utf-8-sig", "replace").splitlines()[:_MOST_ADDRESSES]:
            if link := http_url(line):
                entries.found.setdefault(link)
    else:
        flaw = read_elements(content, start=entries.start, end=entries.end)
        if flaw and not entries.found:
            raise ReadError(source, f"no sitemap: {flaw}")
    if not entries.found:
        raise ReadError(source, "a sitemap without addresses")
    return Sitemap(bool(entries.index), tuple(entries.found.items()))


def _unzipped(content: bytes, source: str) -> bytes:
    if not content.startswith(_GZIP):
        return content[:_LARGEST_SITEMAP]
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _LARGEST_SITEMAP)
    except zlib.error as error:
        raise ReadError(source, "a damaged .gz file") from error

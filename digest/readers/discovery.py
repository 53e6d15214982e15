"""What a site publishes: the feeds that a page names, what a feed calls itself, the pages of a sitemap, and the
items of a page without a feed, by CSS selectors that the user names.
"""

import re
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.errors import ConfigError, ReadError
from digest.incoming import parse_json
from digest.media import format_name
from digest.models import RawDocument, Source
from digest.readers import entries
from digest.readers.encoding import decode, served_charset
from digest.readers.fields import absolute_url, http_url, parse_date
from digest.readers.html import declared_charset, with_fewer_tags
from digest.readers.markup import tokens
from digest.text.characters import fold
from digest.text.elements import read_elements

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector


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


_MOST_ITEMS = 1000
"""Items of a page; a selector that finds more finds everything."""
_NAVIGATION = 30
"""A page has as many links besides its news: a selector that fits them all is too wide."""
_LONGEST_TITLE = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """What an item is, and within it what its link, its title and its date are; without one, the first link,
    its words, and the first `<time>`."""

    item: str
    link: str = ""
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What a page says of another one."""

    url: str
    title: str
    published: datetime | None


def check_selectors(selectors: Selectors) -> None:
    """Raise `ConfigError` for a text that is no CSS selector."""
    for text in (selectors.item, selectors.link, selectors.title, selectors.date):
        if text:
            _compiled(text)


def select_items(document: RawDocument, selectors: Selectors) -> list[Item]:
    """Return the items of a page in its order, each address once.

    Raises `ReadError` where the selectors find nothing, or everything.
    """
    source = document.source.location
    tree = _tree(document)
    elements = _compiled(selectors.item)(tree)
    if not elements:
        raise ReadError(source, f"select {selectors.item!r} finds nothing; look at the page again")
    base = document.url or source
    items: dict[str, Item] = {}
    for element in elements[: _MOST_ITEMS + 1]:
        item = _item(element, selectors, base)
        if item is not None:
            items.setdefault(item.url, item)
    if not items:
        found = f"select {selectors.item!r} finds {len(elements)} elements, none with a link"
        raise ReadError(source, f"{found}; name another item or link")
    if _is_everything(tree, elements, items):
        raise ReadError(source, f"select {selectors.item!r} finds everything; name a narrower one")
    return list(items.values())


def _is_everything(tree: Any, elements: list[Any], items: dict[str, Item]) -> bool:
    links = {link.get("href") for link in tree.iter("a") if link.get("href")}
    whole = any(element.tag in ("html", "body") for element in elements)
    return whole or len(elements) > _MOST_ITEMS or len(items) >= len(links) > _NAVIGATION


def _tree(document: RawDocument) -> Any:
    from lxml import etree, html

    source = document.source.location
    charset = served_charset(document.media_type) or declared_charset(document.content)
    text = decode(document.content, charset, source=source)
    try:
        return html.document_fromstring(with_fewer_tags(text))
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(source, "no page; select needs HTML") from error


def _item(element: Any, selectors: Selectors, base: str) -> Item | None:
    link = _first(element, selectors.link or "a[href]")
    url = http_url(absolute_url(link.get("href", ""), base) or "") if link is not None else None
    if url is None:
        return None
    title = _first(element, selectors.title) if selectors.title else link
    date = _first(element, selectors.date or "time")
    return Item(
        url.partition("#")[0],
        fold(_text(title))[:_LONGEST_TITLE],
        parse_date(date.get("datetime") or fold(_text(date))[:100]) if date is not None else None,
    )


def _first(element: Any, selector: str) -> Any:
    """Return the first element that fits within another one, or that itself."""
    found = _compiled(selector)(element)
    return found[0] if found else None


def _text(element: Any) -> str:
    return "" if element is None else str(element.text_content())


@cache
def _compiled(selector: str) -> "CSSSelector":
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, ValueError) as error:
        raise ConfigError(f"{selector!r} is no CSS selector: {error}") from error

"""The feeds that a page names."""

import re
from html import unescape
from urllib.parse import urlsplit

from digest.errors import ReadError
from digest.models import RawDocument, Source
from digest.readers.encoding import decode
from digest.readers.feeds.entries import address
from digest.readers.html import declared_charset
from digest.readers.markup import tokens
from digest.readers.sniffing import reader_name

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
_LARGEST = 4_000_000
_MOST = 50


def discover(content: bytes, url: str) -> list[str]:
    """Return the addresses of the feeds that a page names, the likeliest first; its own, if it is a feed.

    First those that the head declares (`<link rel=alternate type=...>`), then links that look like one, those
    of the page's own host before others; feeds of comments come last. Only http(s) addresses, each once.
    """
    try:
        if reader_name(RawDocument(Source(url, url), content)) == "feed":
            return [url]
        html = decode(content[:_LARGEST], declared_charset(content), source=url)
    except ReadError:
        return []
    base, found = url, dict[str, int]()
    for token in tokens(html):
        if token.kind != "start" or token.name not in ("a", "base", "link"):
            continue
        attributes = _attributes(token.value)
        target = address(attributes.get("href"), base)
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

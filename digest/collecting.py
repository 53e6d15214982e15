"""RawDocument -> articles, in one call: what a worker process does with each source.

A source crosses the border of the process once: its bytes in, its articles out.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from digest.errors import ReadError
from digest.media import is_container, is_sitemap
from digest.models import Article, Known, Omission, RawDocument, Source
from digest.readers import read_pages, unpack
from digest.splitting import PageSplitter

_MEBIBYTE = 1024 * 1024
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_CONTAINER_S, _CONTAINER_S_PER_MEBIBYTE = 2.0, 1.5
_PAGE_S, _PAGE_S_PER_MEBIBYTE = 2.0, 4.0


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be taken apart, without the parts that are known already."""

    document: RawDocument
    known: Known = field(default_factory=Known)
    """The parts that need not be read again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a source: a page, an entry of a feed, a message; and what it gave."""

    document: RawDocument
    """Its own bytes: what a proof of its articles rests on."""
    articles: tuple[Article, ...] = ()
    omissions: tuple[Omission, ...] = ()
    failure: str = ""
    """Why nothing of it could be read; empty where it could."""
    version: str = ""
    """A hash of what its feed says of it, which may change under the same key; empty for what is no entry."""

    @property
    def key(self) -> str:
        """What its feed or mailbox calls it; empty for a page."""
        return self.document.key

    @property
    def location(self) -> str:
        """Where it stands: the location of its source, with `#` and the key where it is a part of one."""
        return self.document.source.location


@dataclass(frozen=True, slots=True)
class TakenApart:
    """All that one source gave."""

    source: Source
    parts: tuple[Part, ...] = ()
    """The new parts, in the order of the source."""
    known: tuple[str, ...] = ()
    """The keys of the parts that were passed over because they are known."""
    links: tuple[str, ...] = ()
    """Of a sitemap: the addresses of its pages that are not known, the newest first."""
    index: bool = False
    """True where those are the addresses of further sitemaps."""
    is_feed: bool = False
    name: str = ""
    """What the feed calls itself."""
    failure: str = ""
    """Why nothing of the source could be read; empty where it could."""


def take_apart(task: Task) -> TakenApart:
    """Unpack, read and split a document; what cannot be read is named, and the rest goes on."""
    source = task.document.source
    try:
        if is_sitemap(task.document.content):
            return _links(task)
        parts = unpack(task.document)
    except ReadError as error:
        return TakenApart(source, failure=error.reason)
    found = [(part, _version(part)) for part in parts]
    known = tuple(part.key for part, version in found if task.known.has(part.key, version))
    splitter = PageSplitter()
    new = tuple(
        _part(_under(task.known.latest_key(part.key, version), part), version, splitter)
        for part, version in found
        if not task.known.has(part.key, version)
    )
    is_feed = is_container(task.document) and all(part.fragment for part in parts)
    name = _feed_name(task.document) if is_feed else ""
    return TakenApart(source, new, known, is_feed=is_feed, name=name)


def limit_s(task: Task) -> float:
    """Return the seconds of processor time that a document is worth: a page takes more than a feed."""
    if is_container(task.document):
        mebibytes = len(task.document.content) / _MEBIBYTE
        return _CONTAINER_S + _CONTAINER_S_PER_MEBIBYTE * max(0.0, mebibytes - 1)
    return page_limit_s(len(task.document.content))


def page_limit_s(size: int) -> float:
    """Return the seconds of processor time that a page of so many bytes is worth."""
    return _PAGE_S + _PAGE_S_PER_MEBIBYTE * size / _MEBIBYTE


def prepare() -> None:
    """Load what every source needs, so that it does not count as the time of the first."""
    text = " ".join(["The ferry came late again, and the people at the quay waited for it."] * 3)
    item = f"<item><title>A</title><description>{text}</description></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    take_apart(Task(RawDocument(Source("a", "a"), feed.encode())))


def _feed_name(document: RawDocument) -> str:
    from digest.readers.discovery import feed_name

    return feed_name(document)


def _links(task: Task) -> TakenApart:
    """The addresses of a sitemap on its own site: it may name no others (sitemaps.org)."""
    from digest.readers.discovery import parse_sitemap

    source = task.document.source
    sitemap = parse_sitemap(task.document.content, source.location)
    host = urlsplit(task.document.url or source.location).netloc
    own = [page for page in sitemap.addresses if urlsplit(page[0]).netloc == host]
    pages = sorted(own, key=lambda page: page[1] or _LONG_AGO, reverse=True)
    return TakenApart(
        source,
        links=tuple(url for url, _ in pages if not task.known.has(url)),
        known=tuple(url for url, _ in pages if task.known.has(url)),
        index=sitemap.index,
    )


def _version(part: RawDocument) -> str:
    """Return a hash of an entry of a feed: the same key may come again with another text."""
    return hashlib.sha256(part.content).hexdigest()[:16] if part.fragment else ""


def _under(key: str, part: RawDocument) -> RawDocument:
    """Return a part under another key, which is also in its location."""
    if key == part.key:
        return part
    location = f"{part.source.location.removesuffix(part.key)}{key}"
    return replace(part, key=key, source=replace(part.source, location=location))


def _part(document: RawDocument, version: str, splitter: PageSplitter) -> Part:
    try:
        splits = [splitter(page) for page in read_pages(document)]
    except ReadError as error:
        return Part(document, failure=error.reason, version=version)
    return Part(
        document,
        version=version,
        articles=tuple(article for split in splits for article in split.articles),
        omissions=tuple(omission for split in splits for omission in split.omissions),
    )

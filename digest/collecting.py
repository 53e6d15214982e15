"""RawDocument -> articles: read and split documents, in this process, in a worker, or within limits.

A source crosses the border of a worker process once: its bytes in, its articles out. The kernel ends a
process that takes too long, also in C code: see `workers`.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from digest.errors import DigestError, ReadError
from digest.media import is_container, is_sitemap
from digest.models import Article, Known, Omission, Page, RawDocument, Source, Split
from digest.protocols import Reader, Splitter
from digest.readers import read_pages, unpack, visible_text
from digest.readers.discovery import Item, Selectors, select_items
from digest.splitting import PageSplitter
from digest.workers import WithWorkers, WorkerFailure, Workers

if TYPE_CHECKING:
    from digest.splitting.splitter import Row


T = TypeVar("T")
A = TypeVar("A")

_MEBIBYTE = 1024 * 1024
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_CONTAINER_S, _CONTAINER_S_PER_MEBIBYTE = 2.0, 1.5
_LONGEST = 4 * _MEBIBYTE
"""Characters of one article: "War and Peace" has 3.2 million. Choosing sentences takes 2 s for a million."""
_PAGE_S, _PAGE_S_PER_MEBIBYTE = 2.0, 4.0
"""Ten times and more of the time of real feeds and pages: only parsing that does not end meets these limits."""


def split_document(
    document: RawDocument, *, read: Reader = read_pages, split: Splitter | None = None
) -> Split:
    """Return the articles of all pages of a document, and what was left out; raises `ReadError`."""
    return split_pages(read(document), split or PageSplitter())


def split_pages(pages: Iterable[Page], split: Splitter) -> Split:
    """Return the articles of several pages as those of one."""
    splits = [split(page) for page in pages]
    for article in (article for one in splits for article in one.articles):
        if len(article.text) > _LONGEST:
            raise ReadError(
                article.page,
                f"a text of {len(article.text) / _MEBIBYTE:.0f} MiB, longer than any book; give its parts as"
                " files of their own",
            )
    return Split(
        articles=tuple(article for one in splits for article in one.articles),
        omissions=tuple(omission for one in splits for omission in one.omissions),
    )


def articles_of(document: RawDocument) -> tuple[Article, ...]:
    """Return the articles of a document; a text without any is one article. Raises `ReadError`."""
    pages, split = read_pages(document), PageSplitter()
    whole = (replace(page, single=True) for page in pages)
    articles = split_pages(pages, split).articles or split_pages(whole, split).articles
    if not articles:
        raise ReadError(document.source.location, "no article found")
    return articles


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be taken apart, without the parts that are known already."""

    document: RawDocument
    known: Known = field(default_factory=Known)
    """The parts that need not be read again."""
    select: Selectors | None = None
    """Where the document is a page without a feed: what its items are."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a source (a page, an entry of a feed, a message) with its articles."""

    document: RawDocument
    """Its own bytes: its articles are verified against them."""
    articles: tuple[Article, ...] = ()
    omissions: tuple[Omission, ...] = ()
    failure: str = ""
    """Why nothing of it could be read; empty where it could."""
    version: str = ""
    """A hash of its entry in the feed, which may change under the same key; empty where it is no entry."""

    @property
    def key(self) -> str:
        """What its feed or mailbox calls it; empty for a page."""
        return self.document.key

    @property
    def location(self) -> str:
        """The location of its source, with `#` and its key where it is a part of one."""
        return self.document.source.location


@dataclass(frozen=True, slots=True)
class TakenApart:
    """The parts of one source."""

    source: Source
    parts: tuple[Part, ...] = ()
    """The new parts, in the order of the source."""
    known: tuple[str, ...] = ()
    """The keys of the parts that were passed over because they are known."""
    links: tuple[str, ...] = ()
    """Of a sitemap, or a page with items: the addresses of its pages that are not known, the newest first."""
    items: tuple[Item, ...] = ()
    """Of such a page: all its items, in its order."""
    index: bool = False
    """True where those are the addresses of further sitemaps."""
    is_feed: bool = False
    name: str = ""
    """What the feed calls itself."""
    failure: str = ""
    """Why nothing of the source could be read; empty where it could."""


def take_apart(task: Task) -> TakenApart:
    """Unpack, read and split a document; a part that cannot be read is named, and the others go on."""
    source = task.document.source
    try:
        if task.select:
            return _items(task, task.select)
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
    """Load the libraries that every source needs, so that this time is not counted for the first."""
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


def _items(task: Task, select: Selectors) -> TakenApart:
    """The addresses of a page's items."""
    items = select_items(task.document, select)
    dated = sorted(items, key=lambda item: item.published or _LONG_AGO, reverse=True)
    return TakenApart(
        task.document.source,
        links=tuple(item.url for item in dated if not task.known.has(item.url)),
        known=tuple(item.url for item in dated if task.known.has(item.url)),
        items=tuple(items),
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
        found = split_document(document, split=splitter)
    except ReadError as error:
        return Part(document, failure=error.reason, version=version)
    return Part(document, found.articles, found.omissions, version=version)


_LOADING_S = 3.0
"""The first document of a command waits for libraries to load, which is not counted."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A function at the top of a module, its argument, and how long the call may take."""

    function: Callable[[Any], Any]
    argument: Any
    limit_s: float


class Bounded(WithWorkers):
    """Calls functions in a process of its own; a context manager, which ends it."""

    def __init__(self) -> None:
        """Keep no process yet."""
        self._workers: Workers[_Job, Any] = Workers(_perform, processes=1, limit_s=_limit)
        super().__init__(self._workers)
        self._grace_s = _LOADING_S

    def __call__(
        self, function: Callable[[A], T], argument: A, *, location: str, seconds: float
    ) -> T:
        """Return `function(argument)`, which may take so many seconds of processor time.

        Raises what the function raises of our own errors, and `ReadError` for `location` where it went over a
        limit or crashed.
        """
        result = self._workers(_Job(function, argument, self._grace_s + seconds))
        self._grace_s = 0.0
        if isinstance(result, WorkerFailure):
            raise ReadError(location, result.reason)
        if isinstance(result, DigestError):
            raise result
        found: T = result
        return found

    def pages(self, document: RawDocument, /) -> list[Page]:
        """Return the pages of a document: a `Reader`."""
        return self._of(read_pages, document)

    def split(self, page: Page, /) -> Split:
        """Take a page apart: a `Splitter`."""
        return self._of_page(split_page, page)

    def explained(self, page: Page, /) -> "list[Row]":
        """Return the role of each line of a page, and the reason for it."""
        return self._of_page(explain_page, page)

    def articles(self, document: RawDocument, /) -> tuple[Article, ...]:
        """Return the articles of a document; a text without any is one article."""
        return self._of(articles_of, document)

    def visible_text(self, document: RawDocument, /) -> str:
        """Return the whole text that a document shows."""
        return self._of(visible_text, document)

    def _of_page(self, function: Callable[[Page], T], page: Page) -> T:
        seconds = page_limit_s(sum(len(block.text) for block in page.blocks))
        return self(function, page, location=page.source.location, seconds=seconds)

    def _of(self, function: Callable[[RawDocument], T], document: RawDocument) -> T:
        seconds = limit_s(Task(document))
        return self(function, document, location=document.source.location, seconds=seconds)


def split_page(page: Page) -> Split:
    """Take a page apart; raises `ReadError`."""
    return split_pages([page], PageSplitter())


def explain_page(page: Page) -> "list[Row]":
    """Return the role of each line of a page, and the reason for it."""
    return PageSplitter().explain(page)


def _perform(job: _Job) -> Any:
    try:
        return job.function(job.argument)
    except DigestError as error:
        return error


def _limit(job: _Job) -> float:
    return job.limit_s

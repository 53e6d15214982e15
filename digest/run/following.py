"""Follow links: fetch the pages that a sitemap or a feed's short entries name, and put them in their place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.collecting import Part, TakenApart, Task
from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request, fetch_all
from digest.models import Article, Known, Source
from digest.protocols import Progress
from digest.sources import SourceConfig
from digest.text.words import lowered, pairs
from digest.workers import WorkerFailure, Workers

SHORT_WORDS = 200
"""An entry of fewer words, or one that breaks off, is taken for the beginning of its article."""
MOST_SITEMAPS = 10
"""Of an index of sitemaps so many are read in a run, the newest first."""
MOST_PAGES = 100
"""Of a sitemap's new pages so many are fetched in a run, the newest first; the others wait for the next."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The pages that were fetched, by address, and why others could not be."""

    taken: dict[str, TakenApart] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def joined(self, source: TakenApart, *, report: Callable[[str], object]) -> TakenApart:
        """Return `source` with its pages: in place of the short entries, or as its parts.

        A page of a sitemap that failed is asked for again the next time; a short entry whose page failed
        stays as it is.
        """
        for address in _addresses(source):
            if address in self.failed:
                report(f"{address}: {self.failed[address]}")
        if source.links:
            dates = {item.url: item.published for item in source.items}
            parts = [part for url in source.links for part in self._page(url, dates.get(url))]
            return replace(source, parts=tuple(parts))
        return replace(source, parts=tuple(self._whole(part) for part in source.parts))

    def links(self, url: str) -> tuple[str, ...]:
        """Return the addresses in a sitemap that was fetched."""
        taken = self.taken.get(url)
        return taken.links if taken else ()

    def _page(self, url: str, date: datetime | None) -> Iterator[Part]:
        """Yield the parts of a page; the date in the list is that of an article without one."""
        taken = self.taken.get(url)
        if taken is not None and not taken.failure:
            for part in taken.parts:
                articles = tuple(
                    replace(article, published=article.published or date)
                    for article in part.articles
                )
                yield replace(part, document=replace(part.document, key=url), articles=articles)

    def _whole(self, entry: Part) -> Part:
        """Return the entry with the article of its page, where it tells the same and more."""
        if not _is_short(entry) or (taken := self.taken.get(_address(entry))) is None:
            return entry
        found = [
            (article.words, part, article)
            for part in taken.parts
            for article in part.articles
            if _tells(article, entry.articles)
        ]
        words, part, article = max(found, key=lambda one: one[0], default=(0, entry, None))
        if article is None or words <= max((one.words for one in entry.articles), default=0):
            return entry
        return replace(
            part,
            document=replace(part.document, key=entry.key, source=entry.document.source),
            version=entry.version,
            articles=(_named(article, entry.articles[0]) if entry.articles else article,),
        )


def wanted(taken: TakenApart, source: SourceConfig) -> list[str]:
    """Return the addresses of the pages that are to be fetched for a source."""
    if taken.links:
        return list(taken.links[:MOST_PAGES])
    return _addresses(taken) if source.full_text else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Fetches pages, as far as their sites' robots.txt allows it, and takes them apart."""

    http: HttpFetcher
    workers: "Workers[Task, TakenApart]"
    progress: Progress

    def __call__(self, pages: Mapping[str, Request], *, known: Known | None = None) -> Followed:
        """Fetch and parse each page, by address; of a sitemap, only the parts that are not `known`."""
        followed, requests = Followed(), list(pages.values())
        arrived: list[str] = []
        with self.progress("fetching pages", len(requests)) as step:

            def tasks() -> Iterator[Task]:
                for number, answer in fetch_all(self.http, requests):
                    step()
                    url = requests[number].url
                    if isinstance(answer, FetchError):
                        followed.failed[url] = answer.reason
                    else:
                        arrived.append(url)
                        yield Task(answer.document(Source(url, url)), known=known or Known())

            for number, taken in self.workers.map(tasks()):
                reason = taken.reason if isinstance(taken, WorkerFailure) else taken.failure
                if isinstance(taken, WorkerFailure) or reason:
                    followed.failed[arrived[number]] = reason
                else:
                    followed.taken[arrived[number]] = taken
        return followed


def _addresses(taken: TakenApart) -> list[str]:
    return list(taken.links) or [_address(part) for part in taken.parts if _is_short(part)]


def _is_short(part: Part) -> bool:
    """Whether an entry has an address, and no article that is whole."""
    return bool(_address(part)) and all(
        article.words < SHORT_WORDS or article.truncated for article in part.articles
    )


def _address(part: Part) -> str:
    return part.document.url or ""


def _tells(page: Article, entry: tuple[Article, ...]) -> bool:
    """Return whether a page's article has the words of an entry; a robot check or a wall has hardly one."""
    said = _words_of(" ".join(f"{article.title} {article.text}" for article in entry))
    return 2 * len(said & _words_of(f"{page.title} {page.text}")) >= len(said)


def _words_of(text: str) -> set[str]:
    return set(pairs(lowered(text)))


def _named(page: Article, entry: Article) -> Article:
    """The page's article under the entry's title, date and author, as far as the feed gives them."""
    return replace(
        page,
        title=entry.title or page.title,
        published=entry.published or page.published,
        author=page.author or entry.author,
        url=entry.url,
        source=entry.source or page.source,
    )

"""Sources -> store: ask every source, fetch the pages that it links to, and keep its new documents.

What a source gave is kept in one transaction with the validators of its answer: where a run breaks off, the
next one asks for the same again.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.collecting import Part, TakenApart, Task, limit_s, prepare, take_apart
from digest.config import SourceConfig
from digest.errors import FetchError, by_cause
from digest.fetch import FileFetcher, HttpFetcher, Request, Response, expand, fetch_all, is_address
from digest.models import Article, Known, Omission, RawDocument, Source
from digest.protocols import Progress, Report, Step, no_progress
from digest.store import Store
from digest.store.articles import Document, add_document, known_parts
from digest.store.sources import (
    SourceState,
    record_failure,
    record_success,
    record_unchanged,
    source_states,
)
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
            parts = [part for url in source.links for part in self._page(url)]
            return replace(source, parts=tuple(parts))
        return replace(source, parts=tuple(self._whole(part) for part in source.parts))

    def links(self, url: str) -> tuple[str, ...]:
        """Return the addresses in a sitemap that was fetched."""
        taken = self.taken.get(url)
        return taken.links if taken else ()

    def _page(self, url: str) -> Iterator[Part]:
        taken = self.taken.get(url)
        if taken is not None and not taken.failure:
            for part in taken.parts:
                yield replace(part, document=replace(part.document, key=url))

    def _whole(self, entry: Part) -> Part:
        """Return the entry with the article of its page, where that is the longer one."""
        if not _is_short(entry) or (taken := self.taken.get(_address(entry))) is None:
            return entry
        found = [
            (article.words, part, article) for part in taken.parts for article in part.articles
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

    def __call__(self, addresses: Mapping[str, bool], *, known: Known | None = None) -> Followed:
        """Fetch and parse each address; of a sitemap, only the parts that are not `known`.

        With each address it is said whether the public internet named it: it then may not lead inside.
        """
        followed = Followed()
        requests = [
            Request(url=url, is_page=True, from_public=public) for url, public in addresses.items()
        ]
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


_WILD = re.compile(r"[*?\[]")


def source_files(location: str, folder: Path) -> list[Source]:
    """Return the files of a source, sorted, each as a source of its own; a relative path is below `folder`.

    Raises `FetchError` for a pattern that fits nothing, and for a file or folder that is not there. An empty
    folder is no error: it waits for what is dropped in.
    """
    path = folder / Path(location).expanduser()
    if path.is_dir():
        return [source for source in expand([str(path)]) if source.location != str(path)]
    if path.exists() or not _WILD.search(location):
        return expand([str(path)])
    pattern = path.relative_to(path.anchor)
    found = sorted(one for one in Path(path.anchor).glob(str(pattern)) if one.is_file())
    if not found:
        raise FetchError(location, "no file fits this pattern")
    return expand([str(one) for one in found])


def content_key(document: RawDocument) -> str:
    """Return the key of a page or a file: a hash of its bytes, since nothing else tells its versions apart."""
    return hashlib.sha256(document.content).hexdigest()[:16]


def documents_of(taken: TakenApart, source: SourceConfig) -> Iterator[Document]:
    """Yield the documents of a source."""
    for part in taken.parts:
        key = part.key or content_key(part.document)
        articles = part.articles
        if source.name:
            articles = tuple(replace(article, source=source.name) for article in articles)
        yield Document(
            source=source.shown,
            key=key,
            location=part.location,
            content=part.document.content,
            media_type=part.document.media_type,
            version=part.version,
            articles=articles,
            omissions=_omissions(part),
        )


def _omissions(part: Part) -> tuple[Omission, ...]:
    if not part.failure:
        return part.omissions
    return (*part.omissions, Omission(part.location, "failed source", part.location, part.failure))


_LONGEST_WAIT = timedelta(days=7)


@dataclass(slots=True)
class Gathered:
    """The result of asking the sources."""

    documents: int = 0
    """New documents: pages, entries, messages."""
    unchanged: int = 0
    """Sources that said that nothing is new."""
    failed: dict[str, str] = field(default_factory=dict)
    """Location of a source -> why it failed."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A source's answer that waits for its parsing."""

    source: SourceConfig
    response: Response | None = None
    file: str = ""
    """Which of the source's files it is; empty for an address."""

    def reason(self, said: str) -> str:
        """Return an error's reason, with the file it is about."""
        return f"{self.file}: {said}" if self.file and self.file != self.source.shown else said

    @property
    def is_public(self) -> bool:
        """Whether it came from the public internet: its links then lead nowhere else."""
        return self.response is not None and self.response.public


@dataclass(slots=True, kw_only=True)
class Gatherer:
    """Asks sources for new documents. Relative paths are relative to `folder`."""

    store: Store
    http: HttpFetcher
    now: datetime
    folder: Path
    report: Report = lambda _line: None
    progress: Progress = no_progress
    processes: int = 2
    outcome: Gathered = field(default_factory=Gathered)
    _states: dict[str, SourceState] = field(default_factory=dict)
    _failures: list[tuple[str, str]] = field(default_factory=list)
    """Source and reason of each failure."""
    _unchanged: list[SourceConfig] = field(default_factory=list)
    _arrivals: list[_Arrival] = field(default_factory=list)
    _later: list[tuple[_Arrival, TakenApart]] = field(default_factory=list)

    def __call__(self, sources: Sequence[SourceConfig]) -> Gathered:
        """Ask every source and keep its new documents; one that fails is reported, and the others go on."""
        self._states = source_states(self.store)
        with (
            Workers(
                take_apart, processes=self.processes, limit_s=limit_s, prepare=prepare
            ) as workers,
            self.progress("fetching", len(sources)) as step,
        ):
            for number, taken in workers.map(self._tasks(sources, step)):
                arrival = self._arrivals[number]
                if isinstance(taken, WorkerFailure) or taken.failure:
                    reason = taken.reason if isinstance(taken, WorkerFailure) else taken.failure
                    self._failed(arrival.source, arrival.reason(reason))
                elif wanted(taken, arrival.source):
                    self._later.append((arrival, taken))
                else:
                    self._keep(arrival, taken)
            self._follow(workers)
        for line in by_cause(self._failures):
            self.report(line)
        self._note_unchanged()
        return self.outcome

    def _tasks(self, sources: Sequence[SourceConfig], step: Step) -> Iterator[Task]:
        addresses = [source for source in sources if is_address(source.location)]
        for source in sources:
            if not is_address(source.location):
                yield from self._files(source)
                step()
        asked = [source for source in addresses if not self._told_to_wait(source)]
        for _ in range(len(addresses) - len(asked)):
            step()
        requests = [self._request(source) for source in asked]
        for number, answer in fetch_all(self.http, requests):
            step()
            source = asked[number]
            if isinstance(answer, FetchError):
                self._failed(source, answer.reason, answer.retry_after_s)
            elif answer.status == 304:
                self._unchanged.append(source)
            else:
                self._arrivals.append(_Arrival(source, answer))
                yield self._task(source, document_of(source, answer))

    def _task(self, source: SourceConfig, document: RawDocument) -> Task:
        known = known_parts(self.store, source.shown)
        return Task(document, known=known)

    def _request(self, source: SourceConfig) -> Request:
        state = self._states.get(source.shown)
        if state is None:
            return Request(url=source.location)
        return Request(url=source.location, etag=state.etag, last_modified=state.last_modified)

    def _told_to_wait(self, source: SourceConfig) -> bool:
        """Whether the server asked not to be asked yet (Retry-After, RFC 9110, 10.2.3)."""
        state = self._states.get(source.shown)
        if state is None or not state.not_before:
            return False
        until = datetime.fromisoformat(state.not_before)
        # A clock that was set back must not silence a source for years.
        if self.now.astimezone(UTC) >= until or until - self.now > _LONGEST_WAIT:
            return False
        self.outcome.failed[source.shown] = state.reason
        self.report(f"{source.shown}: not asked before {until:%H:%M} UTC, as it wishes")
        return True

    def _files(self, source: SourceConfig) -> Iterator[Task]:
        fetch = FileFetcher()
        known = known_parts(self.store, source.shown)
        try:
            files = source_files(source.location, self.folder)
        except FetchError as error:
            self._failed(source, f"{error.source}: {error.reason}")
            return
        with self.store.transaction() as connection:
            record_success(connection, source.shown, now=self.now)
        for file in files:
            arrival = _Arrival(source, file=file.location)
            try:
                document = fetch(file)
            except FetchError as error:  # the others go on
                self._failed(source, arrival.reason(error.reason))
                continue
            if not known.has(content_key(document)):
                self._arrivals.append(arrival)
                yield Task(document, known=known)

    def _follow(self, workers: "Workers[Task, TakenApart]") -> None:
        """Fetch the pages that sitemaps and short entries link to, then keep their sources' documents."""
        follow = Follower(http=self.http, workers=workers, progress=self.progress)
        later = [
            (arrival, self._unfolded(taken, follow, arrival)) for arrival, taken in self._later
        ]
        pages = {
            page: arrival.is_public
            for arrival, taken in later
            for page in wanted(taken, arrival.source)
        }
        followed = follow(pages)
        for arrival, taken in later:
            self._keep(arrival, followed.joined(taken, report=self.report))

    def _unfolded(self, taken: TakenApart, follow: Follower, arrival: _Arrival) -> TakenApart:
        """Return an index of sitemaps as one sitemap of all their pages."""
        if not taken.index:
            return taken
        inner = follow(
            dict.fromkeys(taken.links[:MOST_SITEMAPS], arrival.is_public),
            known=known_parts(self.store, arrival.source.shown),
        )
        links = [link for url in taken.links for link in inner.links(url)]
        return replace(taken, links=tuple(dict.fromkeys(links)), index=False)

    def _keep(self, arrival: _Arrival, taken: TakenApart) -> None:
        source, answer = arrival.source, arrival.response
        with self.store.transaction() as connection:
            if source.shown not in self.outcome.failed:  # another of its files has
                record_success(
                    connection,
                    source.shown,
                    now=self.now,
                    name=taken.name,
                    etag=answer.etag if answer else "",
                    last_modified=answer.last_modified if answer else "",
                    moved_to=answer.moved_to if answer else "",
                )
            for document in documents_of(taken, source):
                self.outcome.documents += add_document(connection, document, now=self.now)

    def _note_unchanged(self) -> None:
        """In one transaction: each one waits for the disk, and most mornings most sources have nothing."""
        self.outcome.unchanged = len(self._unchanged)
        with self.store.transaction() as connection:
            for source in self._unchanged:
                record_unchanged(connection, source.shown, now=self.now)

    def _failed(
        self, source: SourceConfig, reason: str, retry_after_s: float | None = None
    ) -> None:
        until = ""
        if retry_after_s:
            until = (self.now.astimezone(UTC) + timedelta(seconds=retry_after_s)).isoformat()
        self.outcome.failed[source.shown] = reason
        self._failures.append((source.shown, reason))
        with self.store.transaction() as connection:
            record_failure(connection, source.shown, reason, now=self.now, not_before=until)


def document_of(source: SourceConfig, answer: Response) -> RawDocument:
    """Return a server's answer as a document of a source."""
    return answer.document(Source(source.name or source.shown, source.shown))

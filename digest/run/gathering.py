"""Sources -> store: ask every source, fetch the pages that it links to, and keep its new documents.

What a source gave is kept in one transaction with the validators of its answer: where a run breaks off, the
next one asks for the same again.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.collecting import Part, TakenApart, Task, limit_s, prepare, take_apart
from digest.errors import ConfigError, FetchError, by_cause
from digest.fetch import FileFetcher, HttpFetcher, Request, Response, expand, fetch_all, is_address
from digest.fetch.files import look_into
from digest.fetch.messages import Ways, cookies_of, reason
from digest.fetch.urls import is_mailbox
from digest.incoming import deadline
from digest.models import Omission, RawDocument, Source
from digest.protocols import Progress, Report, Step, no_progress
from digest.run.following import MOST_SITEMAPS, Follower, wanted
from digest.run.mailboxes import MailFetcher, Unread
from digest.sources import SourceConfig, age
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

_WILD = re.compile(r"[*?\[]")


def source_files(location: str, folder: Path) -> list[Source]:
    """Return the files of a source, sorted, each as a source of its own; a relative path is below `folder`.

    Raises `FetchError` for a pattern that fits nothing, and for a file or folder that is not there. An empty
    folder is no error: it waits for what is dropped in.
    """
    path = folder / Path(location).expanduser()
    if path.is_dir():
        inside = [source for source in expand([str(path)]) if source.location != str(path)]
        if not inside:
            with _looking(location):
                look_into(path)
        return inside
    if path.exists() or not _WILD.search(location):
        return expand([str(path)])
    pattern = path.relative_to(path.anchor)
    with _looking(location), deadline(path):
        found = sorted(one for one in Path(path.anchor).glob(str(pattern)) if one.is_file())
    if not found:
        raise FetchError(location, "no file fits this pattern")
    return expand([str(one) for one in found])


@contextmanager
def _looking(location: str) -> Iterator[None]:
    try:
        yield
    except RecursionError as error:
        raise FetchError(location, "folders are nested too deeply there") from error
    except OSError as error:
        raise FetchError(location, error.strerror or "cannot be looked through") from error


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
_EARLY = timedelta(minutes=10)
"""A job that runs each morning does not begin at the same second."""


@dataclass(slots=True)
class Gathered:
    """The result of asking the sources."""

    documents: int = 0
    """New documents: pages, entries, messages."""
    unchanged: int = 0
    """Sources that said that nothing is new."""
    failed: dict[str, str] = field(default_factory=dict)
    """Location of a source -> why it failed."""
    mails: dict[SourceConfig, Unread] = field(default_factory=dict)
    """Mailbox -> its unread mails."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A source's answer that waits for its parsing."""

    source: SourceConfig
    response: Response | None = None
    file: str = ""
    """Which of the source's files it is; empty for an address."""
    mail: str = ""
    """The key of the mail that it is; empty for anything else."""

    def reason(self, said: str) -> str:
        """Return an error's reason, with the file it is about."""
        return f"{self.file}: {said}" if self.file and self.file != self.source.shown else said

    def page(self, url: str) -> Request:
        """Return the request for a page that it names: what the public internet named leads nowhere else."""
        if self.response is None:
            return Request(url=url, is_page=True)
        ways = self.response.request.ways
        return Request(url=url, is_page=True, from_public=self.response.public, ways=ways)


@dataclass(slots=True, kw_only=True)
class Gatherer:
    """Asks sources for new documents. Relative paths are relative to `folder`."""

    store: Store
    http: HttpFetcher
    now: datetime
    folder: Path
    max_age: str = "0"
    """For how long after its date an entry may be told, where its source does not say."""
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
                    why = taken.reason if isinstance(taken, WorkerFailure) else taken.failure
                    self._failed(arrival.source, arrival.reason(why))
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
        mailboxes = [source for source in sources if is_mailbox(source.location)]
        sources = [source for source in sources if source not in mailboxes]
        for source in mailboxes:
            yield from self._mails(source)
            step()
        addresses = [source for source in sources if is_address(source.location)]
        for source in sources:
            if not is_address(source.location):
                yield from self._files(source)
                step()
        asked = [
            source
            for source in addresses
            if not (self._is_early(source) or self._is_gone(source) or self._told_to_wait(source))
        ]
        for _ in range(len(addresses) - len(asked)):
            step()
        requests: dict[SourceConfig, Request] = {}
        for source in asked:
            try:
                requests[source] = self._request(source)
            except FetchError as error:
                step()
                self._failed(source, error.reason)
        asked = list(requests)
        for number, answer in fetch_all(self.http, list(requests.values())):
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
        return Task(document, known=known, select=source.selectors)

    def _request(self, source: SourceConfig) -> Request:
        """Return the request for a source; raises `FetchError` for ways of its own that it cannot go."""
        state = self._states.get(source.shown) or SourceState(location=source.shown)
        url = state.moved_to or source.location
        return Request(
            url=url,
            etag=state.etag,
            last_modified=state.last_modified,
            headers=source.header_fields if url == source.location else (),
            ways=ways_of(source, self.folder),
        )

    def _is_early(self, source: SourceConfig) -> bool:
        """Whether it answered less than its interval ago; a run may be a few minutes early."""
        state, interval = self._states.get(source.shown), age(source.interval or "0")
        if (
            state is None
            or state.reason
            or not state.succeeded
            or interval in (None, timedelta.max)
        ):
            return False
        assert interval
        since = self.now - datetime.fromisoformat(state.succeeded)
        return timedelta(0) <= since < interval - _EARLY

    def _is_gone(self, source: SourceConfig) -> bool:
        """Whether the server said that it is gone for good (410): it is not asked again."""
        state = self._states.get(source.shown)
        if state is None or state.reason != reason(410):
            return False
        self.outcome.failed[source.shown] = state.reason
        self.report(f"{source.shown}: not asked any more: {state.reason}")
        return True

    def _moved(self, source: SourceConfig, answer: Response | None) -> str:
        """Return where a source is asked from now on, where it has moved for good; said once."""
        state = self._states.get(source.shown)
        before = state.moved_to if state else ""
        moved = (answer.moved_to if answer else "") or before
        if moved and moved != before:
            self.report(f"{source.shown}: moved for good to {moved}, and asked there from now on")
        return moved

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
            self._failed(source, error.reason)
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

    def _mails(self, source: SourceConfig) -> Iterator[Task]:
        """Yield the new mails of a mailbox; what came before it failed is kept."""
        with self.store.transaction() as connection:
            record_success(connection, source.shown, now=self.now)
        fetch = MailFetcher(folder=self.folder, certificates=self.http.certificates)
        found = fetch.new(
            source, self.store, now=self.now, max_age=self.max_age, report=self.report
        )
        try:
            for one in found:
                if isinstance(one, Unread):
                    self.outcome.mails[source] = one
                else:
                    self._arrivals.append(_Arrival(source, mail=one.key))
                    yield Task(one)
        except FetchError as error:
            self._failed(source, error.reason)

    def _follow(self, workers: "Workers[Task, TakenApart]") -> None:
        """Fetch the pages that sitemaps and short entries link to, then keep their sources' documents."""
        follow = Follower(http=self.http, workers=workers, progress=self.progress)
        later = [
            (arrival, self._unfolded(taken, follow, arrival)) for arrival, taken in self._later
        ]
        pages = {
            page: arrival.page(page)
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
            {url: arrival.page(url) for url in taken.links[:MOST_SITEMAPS]},
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
                    # A folder is not called by the name of one of its files.
                    name=taken.name if arrival.file in ("", source.location) else "",
                    etag=answer.etag if answer else "",
                    last_modified=answer.last_modified if answer else "",
                    moved_to=self._moved(source, answer),
                )
            added = sum(
                add_document(connection, document, now=self.now)
                for document in documents_of(_keyed(taken, arrival.mail), source)
            )
        self.outcome.documents += added
        if not added and source in self.outcome.mails:
            self.outcome.mails[source].repeated.add(arrival.mail)

    def _note_unchanged(self) -> None:
        """In one transaction: each one waits for the disk, and most mornings most sources have nothing."""
        self.outcome.unchanged = len(self._unchanged)
        with self.store.transaction() as connection:
            for source in self._unchanged:
                record_unchanged(connection, source.shown, now=self.now)

    def _failed(self, source: SourceConfig, why: str, retry_after_s: float | None = None) -> None:
        until = ""
        if retry_after_s:
            until = (self.now.astimezone(UTC) + timedelta(seconds=retry_after_s)).isoformat()
        self.outcome.failed[source.shown] = why
        self._failures.append((source.shown, why))
        with self.store.transaction() as connection:
            record_failure(connection, source.shown, why, now=self.now, not_before=until)


def _keyed(taken: TakenApart, mail: str) -> TakenApart:
    """Return the parts of a mail under its key: a list's digest has several."""
    if not mail:
        return taken
    keys = [mail, *(f"{mail}/{number}" for number in range(2, len(taken.parts) + 1))]
    return replace(
        taken,
        parts=tuple(
            replace(part, document=replace(part.document, key=key))
            for key, part in zip(keys, taken.parts, strict=False)
        ),
    )


def ways_of(source: SourceConfig, folder: Path) -> Ways:
    """Return a source's own ways; a relative path is below `folder`. Raises `FetchError`."""
    if not source.cookies:
        return Ways(user_agent=source.user_agent, proxy=source.proxy)
    try:
        cookie = cookies_of(folder / Path(source.cookies).expanduser(), source.location)
    except ConfigError as error:
        raise FetchError(source.shown, str(error)) from error
    return Ways(user_agent=source.user_agent, proxy=source.proxy, cookie=cookie)


def document_of(source: SourceConfig, answer: Response) -> RawDocument:
    """Return a server's answer as a document of a source."""
    return answer.document(Source(source.name or source.shown, source.shown))

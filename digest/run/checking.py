"""Check sources, and keep nothing: whether they answer, and how many documents they give."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.collecting import TakenApart, Task, limit_s, page_limit_s, prepare, take_apart
from digest.errors import FetchError, counted
from digest.fetch import (
    MEDIA_TYPES,
    FileFetcher,
    HttpFetcher,
    Request,
    Response,
    fetch_all,
    is_address,
)
from digest.fetch.urls import is_mailbox
from digest.incoming import walk
from digest.protocols import Progress, no_progress
from digest.readers.discovery import Item
from digest.run.gathering import document_of, source_files, ways_of
from digest.run.mailboxes import MailFetcher
from digest.sources import SourceConfig
from digest.text.addresses import without_feed_scheme
from digest.workers import WorkerFailure, Workers

_HOST = re.compile(
    r"(?i)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,8}\.[a-z][a-z0-9-]{1,62}(?::\d{1,5})?|localhost:\d{1,5}"
)

_SHOWN = 3
"""So many of the items of a page are named."""


@dataclass(frozen=True, slots=True)
class NewsLocation:
    """The address that a source's news really has."""

    location: str
    """The feed that a page names, the address that a feed has moved to for good, or the location itself."""
    note: str = ""
    """Why it is another one than was asked for; empty where it is not."""


def real_location(location: str, *, folder: Path, allow_private: bool) -> NewsLocation:
    """Return where the news of a location is.

    Raises `FetchError` for an address that gives nothing, and for a file that is not there.
    """
    location = without_feed_scheme(location)
    source = SourceConfig(location=location)
    if is_mailbox(location):
        MailFetcher(folder=folder).count(source)
        return NewsLocation(location)
    if not is_address(location):
        given = _files(source, folder)
        if isinstance(given, FetchError):
            raise _like_an_address(location) or given
        return NewsLocation(location)
    from digest.collecting import Bounded
    from digest.readers.discovery import discover

    answer = HttpFetcher(allow_private=allow_private).get(Request(url=location))
    taken = _taken(source, answer)
    with Bounded() as bounded:
        found = bounded(
            partial(discover, url=answer.url),
            answer.content,
            location=source.shown,
            seconds=page_limit_s(len(answer.content)),
        )
    feed = next(iter(found), location)
    if feed != location and not _is_container(taken):
        return NewsLocation(feed, f"{source.shown} names the feed {feed}")
    given = _given(source, taken)
    if isinstance(given, FetchError):
        raise given
    if answer.moved_to:
        return NewsLocation(
            answer.moved_to, f"{source.shown} has moved for good to {answer.moved_to}"
        )
    return NewsLocation(location)


def _like_an_address(location: str) -> FetchError | None:
    """Return an error for a name that is no file, but looks like an address without https://."""
    host, slash, _ = location.partition("/")
    is_name = not slash and Path(location).suffix.lower() in MEDIA_TYPES
    if is_name or not _HOST.fullmatch(host):
        return None
    return FetchError(location, f"no such file; if it is an address, write https://{location}")


def check_sources(
    sources: Sequence[SourceConfig],
    *,
    folder: Path,
    allow_private: bool,
    progress: Progress = no_progress,
) -> Iterator[tuple[SourceConfig, str | FetchError]]:
    """Yield every source with a few words on its content, or with the error."""
    mailboxes = [source for source in sources if is_mailbox(source.location)]
    for source in mailboxes:
        yield source, _mails(source, folder)
    sources = [source for source in sources if source not in mailboxes]
    addresses = [source for source in sources if is_address(source.location)]
    for source in sources:
        if not is_address(source.location):
            yield source, _files(source, folder)
    http = HttpFetcher(allow_private=allow_private)
    failed: list[tuple[SourceConfig, FetchError]] = []
    requests: list[Request] = []
    for source in [source for source in sources if is_address(source.location)]:
        try:
            ways = ways_of(source, folder)
        except FetchError as error:
            failed.append((source, error))
            addresses.remove(source)
            continue
        requests.append(Request(url=source.location, headers=source.header_fields, ways=ways))
    asked: list[SourceConfig] = []
    with progress("asking", len(requests)) as step, _workers() as workers:

        def tasks() -> Iterator[Task]:
            for number, answer in fetch_all(http, requests):
                step()
                source = addresses[number]
                if isinstance(answer, FetchError):
                    failed.append((source, answer))
                else:
                    asked.append(source)
                    yield Task(document_of(source, answer), select=source.selectors)

        for number, taken in workers.map(tasks()):
            yield asked[number], _given(asked[number], taken)
    yield from failed


def _workers() -> "Workers[Task, TakenApart]":
    return Workers(take_apart, processes=1, limit_s=limit_s, prepare=prepare)


def _files(source: SourceConfig, folder: Path) -> str | FetchError:
    try:
        found = source_files(source.location, folder)
        for one in found:
            FileFetcher()(one)
    except FetchError as error:
        return FetchError(source.shown, error.reason)
    if found:
        return counted(len(found), "file", "files")
    unread = _endings(folder / Path(source.location).expanduser())
    if unread:
        return FetchError(source.shown, f"no file of a kind that is read, but {', '.join(unread)}")
    return "empty: it waits for what is dropped in"


_KINDS = 5
"""So many endings are named, which fit in a line."""


def _endings(folder: Path) -> list[str]:
    """Return the endings of the files in a folder, the most common first: those of hidden files aside."""
    counts = Counter(file.suffix.lower() or file.name for file in walk(folder))
    return sorted(counts, key=lambda ending: (-counts[ending], ending))[:_KINDS]


def _listed(items: Sequence[Item]) -> str:
    shown = [
        f"{item.title!r} ({item.published:%Y-%m-%d})" if item.published else repr(item.title)
        for item in items
    ]
    more = ", ..." if len(items) > _SHOWN else ""
    return f"a page of {counted(len(items), 'item', 'items')}: {', '.join(shown[:_SHOWN])}{more}"


def _mails(source: SourceConfig, folder: Path) -> str | FetchError:
    try:
        number = MailFetcher(folder=folder).count(source)
    except FetchError as error:
        return error
    unread = "unread " if source.mails == "unread" else ""
    return f"a mailbox of {counted(number, f'{unread}mail', f'{unread}mails')}"


def _taken(source: SourceConfig, answer: Response) -> TakenApart | WorkerFailure:
    with _workers() as workers:
        return next(taken for _, taken in workers.map([Task(document_of(source, answer))]))


def _is_container(taken: TakenApart | WorkerFailure) -> bool:
    """Return whether it is a feed or a sitemap, which hold other documents."""
    if isinstance(taken, WorkerFailure):
        return False
    return bool(taken.links) or taken.is_feed


def _given(source: SourceConfig, taken: TakenApart | WorkerFailure) -> str | FetchError:
    if isinstance(taken, WorkerFailure):
        return FetchError(source.shown, taken.reason)
    if taken.failure:
        return FetchError(source.shown, taken.failure)
    if taken.items:
        return _listed(taken.items)
    if taken.links:
        return f"a sitemap of {counted(len(taken.links), 'page', 'pages')}"
    if _is_container(taken):
        return f"a feed of {counted(len(taken.parts), 'entry', 'entries')}"
    articles = sum(len(part.articles) for part in taken.parts)
    return f"a page of {counted(articles, 'article', 'articles')}"

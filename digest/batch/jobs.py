"""What is done with records: each by itself, so that any number of processes may share them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from digest.batch.formats import Located
from digest.batch.records import as_article
from digest.codec import Record, article_record, summary_record
from digest.errors import ReadError, contained
from digest.models import Article, Page, RawDocument, Source
from digest.protocols import Summarizer

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 64
_CHARACTERS = 500_000
"""The most records, and the characters from which on no more are added, that are worked on at once."""


@dataclass(frozen=True, slots=True)
class Left:
    """A record that rightly gives nothing: a page of a crawl without an article."""

    reason: str


Result = Record | Article | Left | str
"""What was made of a record, or why there is nothing: as expected, or (a text) as a failure."""


class Job(Protocol):
    """A frozen value that any process can be handed."""

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return what becomes of some records, in their order."""

    def schema(self) -> pa.Schema:
        """Return the columns of what it makes."""

    @property
    def keeps_ids(self) -> bool:
        """Whether what it makes of a record has the record's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizeJob:
    """A summary of each record: of its `text`, its `documents` together, or each article of its page."""

    algorithm: str = "textrank"
    length: str = "3"
    language: str | None = None
    guard: bool = True

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return a record of each summary (schema summary/1)."""
        found = [one for located in chunk for one in _groups(located)]
        summarizer = _summarizer(self)
        each: Callable[[list[list[Article]]], Iterable[Any]] = getattr(
            summarizer, "each", lambda groups: map(summarizer, groups)
        )
        summaries = iter(each([one[1] for one in found if isinstance(one, tuple)]))
        return [
            summary_record(one[0], one[1], next(summaries)) if isinstance(one, tuple) else one
            for one in found
        ]

    def schema(self) -> pa.Schema:
        """Return the columns of summary/1."""
        from digest.batch.schemas import SUMMARIES

        return SUMMARIES

    @property
    def keeps_ids(self) -> bool:
        """Of a record that is no page, it has."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitJob:
    """The articles of each record, which is a page."""

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return a record of each article (schema split/1)."""
        return [
            article_record(one) if isinstance(one, Article) else one
            for located in chunk
            for one in _articles(located)
        ]

    def schema(self) -> pa.Schema:
        """Return the columns of split/1."""
        from digest.batch.schemas import ARTICLES

        return ARTICLES

    @property
    def keeps_ids(self) -> bool:
        """An article has an id of its own."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """The articles that records are or, for pages of a crawl, hold."""

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return the articles themselves."""
        return [one for located in chunk for one in _read(located)]

    def schema(self) -> pa.Schema:
        """Return the columns of split/1."""
        from digest.batch.schemas import ARTICLES

        return ARTICLES

    @property
    def keeps_ids(self) -> bool:
        """An article has an id of its own."""
        return False


def _read(located: Located) -> Sequence[Result]:
    if "document" in located.record:
        return _articles(located)
    if not isinstance(located.record.get("text"), str):
        return [f'{located.where}: no "text"']
    return [as_article(located.record, str(located.id))]


def described(job: Job) -> dict[str, Any]:
    """Return what a job is, as JSON can say it."""
    return {"job": type(job).__name__, **asdict(job)}  # type: ignore[call-overload]


def chunks(records: Iterable[Located]) -> Iterator[list[Located]]:
    """Yield records so many at a time that working on them at once pays, and memory stays constant."""
    chunk: list[Located] = []
    size = 0
    for located in records:
        chunk.append(located)
        size += weight(located.record)
        if len(chunk) == _CHUNK or size >= _CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def weight(record: Record) -> int:
    """Return how many characters, or bytes of a page, are in a record."""
    documents = record.get("documents") or [record]
    if not isinstance(documents, list):
        return 0
    values = [one.get(key) for one in documents if isinstance(one, dict) for key in _TEXTS]
    return sum(len(value) for value in values if isinstance(value, (str, bytes)))


_TEXTS = ("text", "html", "document")


def _groups(located: Located) -> Iterator[tuple[Any, list[Article]] | Left | str]:
    """Yield (id, articles) for each summary that is to be made."""
    record = located.record
    if "document" in record:
        for one in _articles(located):
            yield (one.id, [one]) if isinstance(one, Article) else one
        return
    documents = record.get("documents")
    documents = [record] if documents is None else documents
    if not isinstance(documents, list) or not all(
        isinstance(one, dict) and isinstance(one.get("text"), str) for one in documents
    ):
        yield f'{located.where}: no "text"'
        return
    yield located.id, [as_article(one, str(number)) for number, one in enumerate(documents)]


def _articles(located: Located) -> list[Article | Left | str]:
    """Take a page apart; one that finds a fault in us costs itself."""
    try:
        with contained(located.where):
            articles = [one for page in _pages(located) for one in _splitter()(page).articles]
    except ReadError as error:
        return [str(error)]
    if articles:
        return list(articles)
    is_crawled = "document" in located.record
    return [Left(located.where) if is_crawled else f"{located.where}: no article found"]


def _pages(located: Located) -> list[Page]:
    from digest.readers import read_pages
    from digest.readers.jsonl import record_pages

    record = located.record
    if "document" not in record:
        return record_pages(record, located.number, located.source)
    source = Source(name=record["id"], location=record["id"])
    return read_pages(
        RawDocument(
            source=source,
            content=record["document"],
            url=record["url"],
            media_type=record["media_type"],
        )
    )


@cache
def _splitter() -> Any:
    from digest.splitting import PageSplitter

    return PageSplitter()


@cache
def _summarizer(job: SummarizeJob) -> Summarizer:
    from digest.registry import make_summarizer

    return make_summarizer(job.algorithm, length=job.length, language=job.language, guard=job.guard)

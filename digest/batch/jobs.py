"""Jobs: what is done with each record by itself, so that any number of processes can share the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from digest.batch.columns import as_article
from digest.batch.formats import Located
from digest.codec import Record, article_record, summary_record
from digest.errors import ReadError, contained
from digest.models import Article, Page, RawDocument, Source
from digest.protocols import Summarizer

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 64
_CHARACTERS = 500_000
"""The most records of a chunk, and the characters from which on no more are added: memory stays constant."""


@dataclass(frozen=True, slots=True)
class Left:
    """A record from which nothing is expected: a page of a crawl without an article."""

    reason: str


Result = Record | Article | Left | str
"""What was made of a record, or that nothing was expected, or (a text) why it failed."""


class Job(Protocol):
    """A job: a frozen value that can be sent to any process."""

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return the results of some records, in their order."""

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
        """Return the columns of summary/1, as docs/schema.md describes them."""
        import pyarrow as pa

        text, place = pa.string(), pa.int32()
        offsets = [("document", place), ("start", place), ("end", place)]
        sentence = pa.struct([("text", text), *offsets, ("score", pa.float64())])
        sentences = pa.list_(sentence)
        return pa.schema([("id", text), ("sentences", sentences), ("words", place), ("note", text)])

    @property
    def keeps_ids(self) -> bool:
        """It does, for a record that is no page."""
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
        """Return the columns of split/1, as docs/schema.md describes them."""
        import pyarrow as pa

        types = {
            "published": pa.timestamp("us", "UTC"),
            "headings": pa.list_(pa.string()),
            "truncated": pa.bool_(),
            "teaser": pa.bool_(),
        }
        names = "page id title text url author published language headings truncated teaser".split()
        return pa.schema([(name, types.get(name, pa.string())) for name in names])

    @property
    def keeps_ids(self) -> bool:
        """An article has an id of its own."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob(SplitJob):
    """The articles that records are or, for pages of a crawl, hold."""

    def __call__(self, chunk: list[Located], /) -> list[Result]:
        """Return the articles themselves."""
        return [one for located in chunk for one in _read(located)]


def _read(located: Located) -> Sequence[Result]:
    if "document" in located.record:
        return _articles(located)
    if not isinstance(located.record.get("text"), str):
        return [f'{located.where}: no "text"']
    return [as_article(located.record, str(located.id))]


def described(job: Job) -> dict[str, Any]:
    """Return a job as JSON can hold it."""
    return {"job": type(job).__name__, **asdict(job)}  # type: ignore[call-overload]


def chunks(records: Iterable[Located]) -> Iterator[list[Located]]:
    """Yield records in chunks."""
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
    """Split a page; a bug that it finds costs this page alone."""
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
    from digest.summarizers import make_summarizer

    return make_summarizer(job.algorithm, length=job.length, language=job.language, guard=job.guard)

"""Read untrusted bytes within limits: in a process that the kernel ends where it takes too long.

Every command reads in this way; `digest run` uses the same processes (see `workers` and `collecting`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from digest.collecting import Task, limit_s, page_limit_s
from digest.errors import DigestError, ReadError
from digest.models import Article, Page, RawDocument, Split
from digest.workers import WithWorkers, WorkerFailure, Workers

if TYPE_CHECKING:
    from digest.splitting.splitter import Row

T = TypeVar("T")
A = TypeVar("A")
_LOADING_S = 3.0
"""The first document of a command waits for libraries to load, which is no fault of its own."""


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
        self._grace_s = _LOADING_S
        super().__init__(self._workers)

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
        from digest.readers import read_pages

        return self._of(read_pages, document)

    def split(self, page: Page, /) -> Split:
        """Take a page apart: a `Splitter`."""
        seconds = page_limit_s(sum(len(block.text) for block in page.blocks))
        return self(split_page, page, location=page.source.location, seconds=seconds)

    def explained(self, page: Page, /) -> "list[Row]":
        """Return the role of each line of a page, and the reason for it."""
        seconds = page_limit_s(sum(len(block.text) for block in page.blocks))
        return self(explain_page, page, location=page.source.location, seconds=seconds)

    def articles(self, document: RawDocument, /) -> list[Article]:
        """Return the articles of a document; a text without any is one article."""
        return self._of(articles_of, document)

    def visible_text(self, document: RawDocument, /) -> str:
        """Return the whole text that a document shows."""
        from digest.readers import visible_text

        return self._of(visible_text, document)

    def _of(self, function: Callable[[RawDocument], T], document: RawDocument) -> T:
        seconds = limit_s(Task(document))
        return self(function, document, location=document.source.location, seconds=seconds)


def split_page(page: Page) -> Split:
    """Take a page apart."""
    from digest.splitting import PageSplitter

    return PageSplitter()(page)


def explain_page(page: Page) -> "list[Row]":
    """Return the role of each line of a page, and the reason for it."""
    from digest.splitting import PageSplitter

    return PageSplitter().explain(page)


def articles_of(document: RawDocument) -> list[Article]:
    """Return the articles of a document; a text without any is one article."""
    from digest.readers import read_pages
    from digest.splitting import PageSplitter

    split, pages = PageSplitter(), read_pages(document)
    articles = [article for page in pages for article in split(page).articles]
    if not articles:
        articles = [a for page in pages for a in split(replace(page, single=True)).articles]
    if not articles:
        raise ReadError(document.source.location, "no article found")
    return articles


def _perform(job: _Job) -> Any:
    try:
        return job.function(job.argument)
    except DigestError as error:
        return error


def _limit(job: _Job) -> float:
    return job.limit_s

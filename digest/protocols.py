"""The protocols of the stages, and the look-up of plug-ins.

An implementation is a frozen, keyword-only dataclass whose fields are its options; the data are the
arguments of the call.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from digest.errors import ConfigError
from digest.models import (
    Article,
    Digest,
    Identity,
    Omission,
    Page,
    RawDocument,
    Source,
    Split,
    Summary,
    Topic,
)

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


class Fetcher(Protocol):
    """Gets the bytes of a source; raises `FetchError`."""

    def __call__(self, source: Source, /) -> RawDocument: ...


class Reader(Protocol):
    """Turns bytes into pages; raises `ReadError`."""

    def __call__(self, document: RawDocument, /) -> list[Page]: ...


class Splitter(Protocol):
    """Takes a page apart into its articles."""

    def __call__(self, page: Page, /) -> Split: ...


class Deduplicator(Protocol):
    """Collapses near copies into one article each, and says what it dropped.

    `carried` are articles that the reader has had: their copies are dropped.
    """

    def __call__(
        self, articles: Sequence[Article], /, *, carried: Sequence[Article] = ()
    ) -> tuple[list[Article], list[Omission]]: ...


class Clusterer(Protocol):
    """Sorts articles into topics of stories; every article comes back exactly once."""

    def __call__(self, articles: Sequence[Article], /) -> list[Topic]: ...


class Identifier(Protocol):
    """Names stories and topics so that a name lasts: `previous` is where articles were filed before."""

    def __call__(
        self, topics: Sequence[Topic], /, previous: Iterable[Identity] = ()
    ) -> list[Identity]: ...


class Summarizer(Protocol):
    """Chooses sentences from one article, or from several about the same thing.

    `told` names sentences, as (article id, start), that the reader has had already: they are not chosen
    again. `about` is the label of the topic that they make.
    """

    def __call__(
        self,
        articles: Sequence[Article],
        /,
        *,
        told: Set[tuple[str, int]] = frozenset(),
        about: str = "",
    ) -> Summary: ...


class Renderer(Protocol):
    """Turns a digest into one file: its text, or its bytes where the format is not text."""

    def __call__(self, digest: Digest, /) -> str | bytes: ...


Report = Callable[[str], None]
"""Takes a line about something that failed while the rest went on."""
Step = Callable[[], object]
Progress = Callable[[str, int], AbstractContextManager[Step]]
"""Shows the progress of a stage: takes its name and its number of steps, gives the function to call at each."""


def no_progress(_stage: str, _steps: int) -> AbstractContextManager[Step]:
    """Show nothing."""
    return nullcontext(lambda: None)


def plugin(group: str, name: str) -> Any:
    """Look up an implementation that another package adds; None where no package has one of that name.

    An entry point in one of these groups adds it, and replaces no built-in one:

        digest.readers      a `Reader`, under the ending of the files that it reads, such as `.wire`
        digest.summarizers  called with `length=` (a `Length`), `language=` and `guard=`, returns a `Summarizer`
        digest.renderers    the ending of its files, and what returns a `Renderer` when it is called with
                            `templates=`, `theme=` and `language=`
        digest.channels     called with the table `[mail]`, returns a `Channel` for `deliver = "NAME"`

    `examples/plugin` has one of each. Raises `ConfigError` where it cannot be loaded.
    """
    entry = _plugins(group).get(name)
    if entry is None:
        return None
    try:
        return entry.load()
    except Exception as error:
        raise ConfigError(f"the plug-in {entry.value} cannot be loaded: {error!r:.200}") from error


@cache
def _plugins(group: str) -> "dict[str, EntryPoint]":
    """Return the entry points of a group; asked for late, since every installed package is looked at."""
    from importlib.metadata import entry_points

    return {entry.name: entry for entry in entry_points(group=f"digest.{group}")}

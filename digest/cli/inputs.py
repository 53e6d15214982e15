"""The articles that sources on the command line hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.cli.options import Tally, tracked
from digest.models import Article, Digest

_ISSUE_S = 20.0
"""More than 64 MiB of JSON take."""


def articles_of(
    locations: Sequence[str], tally: Tally, *, allow_private: bool = False
) -> Iterator[Article]:
    """Yield the articles of all sources; one that cannot be used is named, and the others go on."""
    from digest.bounded import Bounded
    from digest.fetch import AnyFetcher, expand

    fetch = AnyFetcher(allow_private=allow_private)
    with Bounded() as bounded:
        for source in tracked(expand(locations), "reading"):
            with tally.one():
                articles = bounded.articles(fetch(source))
                tally.done += 1
                yield from articles


def issue_of(path: Path) -> Digest:
    """Return the briefing in a JSON file; raises `ConfigError` where it is none."""
    from digest.bounded import Bounded
    from digest.library import load_digest

    with Bounded() as bounded:
        return bounded(load_digest, path, location=str(path), seconds=_ISSUE_S)

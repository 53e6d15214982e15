"""The articles that sources on the command line hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.cli.options import Tally, tracked
from digest.errors import ReadError
from digest.models import Article, Source
from digest.protocols import Fetcher


def articles_of(
    locations: Sequence[str], tally: Tally, *, allow_private: bool = False
) -> Iterator[Article]:
    """Yield the articles of all sources; one that cannot be used is named, and the others go on."""
    from digest.fetch import AnyFetcher, expand

    fetch = AnyFetcher(allow_private=allow_private)
    for source in tracked(expand(locations), "reading"):
        with tally.one():
            articles = _source_articles(source, fetch)
            tally.done += 1
            yield from articles


def _source_articles(source: Source, fetch: Fetcher) -> list[Article]:
    """Return the articles of a source; a text without any is taken as it stands."""
    from digest.readers import read_pages
    from digest.splitting import PageSplitter

    split = PageSplitter()
    pages = read_pages(fetch(source))
    articles = [article for page in pages for article in split(page).articles]
    if not articles:
        articles = [a for page in pages for a in split(replace(page, single=True)).articles]
    if not articles:
        raise ReadError(source.location, "no article found")
    return articles

"""`digest articles`: list, show and search what has been fetched."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.options import (
    SuggestingGroup,
    config_option,
    format_option,
    place,
    store_option,
)
from digest.cli.terminal import json_text, note, say
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.store.articles import Found

_limit_option = click.option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="N",
    help="Print so many at most.",
)


@click.group(
    "articles",
    cls=SuggestingGroup,
    epilog="\b\nExamples:\n"
    "  digest articles list --waiting\n"
    "  digest articles search 'harbour \"northern sluice\"'\n"
    "  digest articles show 3f9a",
)
def articles() -> None:
    """List, show and search the articles that `digest run` has fetched."""


@articles.command("list")
@config_option
@store_option
@click.option("--waiting", is_flag=True, help="Only those that no issue has carried yet.")
@_limit_option
@format_option("text", "jsonl")
def list_(config: Path | None, store: Path | None, waiting: bool, limit: int, format_: str) -> None:
    """List the articles, the newest first, each with the issue that carried it."""
    found = _found(config, store, waiting_only=waiting, limit=limit)
    _print(found, format_)
    if not found:
        note("no article waits" if waiting else "no articles yet: `digest run` fetches the sources")


@articles.command("search")
@click.argument("query")
@config_option
@store_option
@_limit_option
@format_option("text", "jsonl")
def search(query: str, config: Path | None, store: Path | None, limit: int, format_: str) -> None:
    """Search titles and texts: every word of QUERY must stand there; quotes make a phrase.

    Where no article has them all, words that begin so are found.
    """
    found = _found(config, store, query=query, limit=limit)
    _print(found, format_)
    if not found:
        note(f"no article has {query!r}; fewer words find more")


@articles.command("show")
@click.argument("article", metavar="ID")
@config_option
@store_option
@format_option("text", "jsonl")
def show(article: str, config: Path | None, store: Path | None, format_: str) -> None:
    """Print an article; the beginning of its id is enough."""
    from digest.store import open_store
    from digest.store.articles import articles_of_id

    with open_store(_existing(config, store)) as opened:
        articles = articles_of_id(opened, article)
    if len(articles) != 1:
        many = f"{len(articles)} articles' ids begin so: say more of it" if articles else "none"
        raise ConfigError(f"article {article}: {many}; `digest articles list` shows the ids")
    found = articles[0]
    if format_ == "jsonl":
        from digest.codec import article_record

        json_text(article_record(found))
        return
    head = [found.source, f"{found.published:%Y-%m-%d}" if found.published else "", found.url]
    say(f"{found.title}\n{' · '.join(part for part in head if part)}\n\n{found.text}")


def _found(config: Path | None, store: Path | None, **what: Any) -> "list[Found]":
    from digest.store import open_store
    from digest.store.articles import find_articles

    with open_store(_existing(config, store)) as opened:
        return find_articles(opened, **what)


def _existing(config: Path | None, store: Path | None) -> Path:
    """The store, which a command that only looks must not make."""
    path = place(config).store(store)
    if not path.exists():
        raise ConfigError(f"{path}: no store yet; `digest run` makes it")
    return path


def _print(found: "list[Found]", format_: str) -> None:
    for one in found:
        if format_ == "jsonl":
            json_text(
                {
                    "id": one.article.id,
                    "title": one.article.title,
                    "source": one.article.source,
                    "url": one.article.url,
                    "added": one.added,
                    "issue": one.issue,
                }
            )
        else:
            title = " ".join(one.article.title.split())
            say(f"{one.article.id}  {one.issue or 'waiting':<12}  {title}")

"""`digest topics`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from digest.cli.inputs import articles_of
from digest.cli.options import Tally, sources_argument
from digest.cli.terminal import say
from digest.errors import ConfigError
from digest.models import Article


@click.group("topics", epilog="\b\nExample:\n  digest topics suggest pages/ >> digest.toml")
def command() -> None:
    """Work on the topics that digest.toml pins."""


@command.command(
    "suggest",
    epilog="\b\nExamples:\n  digest topics suggest pages/\n  digest topics suggest out/",
)
@sources_argument
@click.pass_context
def suggest(ctx: click.Context, sources: tuple[str, ...]) -> None:
    """Print [[topics]] for digest.toml, as found in a collection of pages: a first table to edit.

    A folder of issues, or the JSON of one, stands for the articles of its issues.
    """
    from digest.clusterers import suggest_topics

    tally = Tally()
    issues, pages = _parted(sources)
    tally.done += len(issues)
    found = {article.id: article for issue in issues for article in issue}
    articles = [*found.values(), *(articles_of(pages, tally) if pages else ())]
    for topic in suggest_topics(articles):
        # A JSON string and a JSON list of strings are TOML, too.
        say("[[topics]]")
        say(f"name = {json.dumps(topic.name, ensure_ascii=False)}")
        say(f"keywords = {json.dumps(list(topic.keywords), ensure_ascii=False)}\n")
    ctx.exit(tally.exit_code)


def _parted(locations: Sequence[str]) -> tuple[list[tuple[Article, ...]], list[str]]:
    """Return the articles of each issue that the locations hold, and the locations that hold none."""
    issues, pages = [], []
    for location in locations:
        found = list(_issues(Path(location)))
        issues += found
        if not found:
            pages.append(location)
    return issues, pages


def _issues(place: Path) -> Iterator[tuple[Article, ...]]:
    """Yield the articles of the issues in a file or folder; what else lies beside them was made of them."""
    from digest.library import load_digest

    files = sorted(place.glob("**/*.json")) if place.is_dir() else [place]
    for file in files:
        if file.suffix == ".json" and file.is_file():
            try:
                yield load_digest(file).articles
            except ConfigError:
                continue

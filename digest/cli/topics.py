"""`digest topics`."""

import json

import click

from digest.cli.inputs import articles_of
from digest.cli.options import Tally, sources_argument
from digest.cli.terminal import say


@click.group("topics", epilog="\b\nExample:\n  digest topics suggest pages/ >> digest.toml")
def command() -> None:
    """Work on the topics that digest.toml pins."""


@command.command(
    "suggest",
    epilog="\b\nExamples:\n  digest topics suggest pages/\n  digest topics suggest articles.jsonl",
)
@sources_argument
@click.pass_context
def suggest(ctx: click.Context, sources: tuple[str, ...]) -> None:
    """Print [[topics]] for digest.toml, as found in a collection of pages: a first table to edit."""
    from digest.clusterers import suggest_topics

    tally = Tally()
    for topic in suggest_topics(list(articles_of(sources, tally))):
        # A JSON string and a JSON list of strings are TOML, too.
        say("[[topics]]")
        say(f"name = {json.dumps(topic.name, ensure_ascii=False)}")
        say(f"keywords = {json.dumps(list(topic.keywords), ensure_ascii=False)}\n")
    ctx.exit(tally.exit_code)

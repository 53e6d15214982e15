"""`digest cluster`."""

from pathlib import Path

import click

from digest.cli.options import Tally, format_option
from digest.cli.terminal import json_text, say
from digest.errors import ConfigError
from digest.incoming import parse_json, read_regular
from digest.models import Article, Identity, Topic


@click.command(
    "cluster",
    epilog="\b\nExamples:\n"
    "  digest cluster articles.jsonl\n"
    "  digest split pages/ --format jsonl | digest cluster - --format jsonl\n"
    "  digest cluster today.jsonl --previous yesterday-clusters.jsonl --format jsonl",
)
@click.argument("articles", metavar="ARTICLES.jsonl")
@format_option("text", "jsonl")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A digest.toml with [[topics]].",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The lines of an earlier run: its stories and topics keep their ids.",
)
@click.pass_context
def command(
    ctx: click.Context, articles: str, format_: str, config: Path | None, previous: Path | None
) -> None:
    """Sort articles into topics of stories.

    ARTICLES.jsonl (or - for standard input) has an article a line: "id", "text" and optionally "title",
    "published", "source". A story is one event; a topic holds the stories that a reader would file together.
    """
    from digest.config import load_config, make_stages

    tally = Tally()
    earlier = _read_previous(previous)
    read = _read(articles, tally)
    topics = make_stages(load_config(config)).cluster(read)
    if format_ == "text":
        _print_text(topics)
    else:
        _print_lines(topics, read, earlier)
    ctx.exit(tally.exit_code)


def _read(location: str, tally: Tally) -> list[Article]:
    from digest.cli.records import read_articles

    articles = []
    for article in read_articles(location, tally):
        articles.append(article)
        tally.done += 1
    return articles


def _print_lines(topics: list[Topic], articles: list[Article], previous: list[Identity]) -> None:
    from digest.clusterers import carry_over

    places = {line.id: line for line in carry_over(topics, previous)}
    for article in articles:
        place = places[article.id]
        json_text(
            {"id": place.id, "topic": place.topic, "story": place.story, "label": place.label}
        )


def _read_previous(path: Path | None) -> list[Identity]:
    """Return the lines of an earlier run; raises `ConfigError` where the file holds something else."""

    if path is None:
        return []
    try:
        records = [parse_json(line) for line in read_regular(path).splitlines() if line]
        return [
            Identity(id=str(record["id"]), topic=str(record["topic"]), story=str(record["story"]))
            for record in records
        ]
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path}: not what `digest cluster --format jsonl` prints: lines with id, topic and story"
        ) from error


def _print_text(topics: list[Topic]) -> None:
    for topic in topics:
        say(topic.label, bold=True, nl=False)
        say(f"  ({', '.join(topic.keywords)})" if topic.keywords else "")
        for story in topic.stories:
            for position, article in enumerate(story.articles):
                say(f"  {'-' if position == 0 else ' '} {article.title or article.text[:70]}")

"""`digest cluster` and `digest topics`: articles sorted into topics, and topics to pin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from digest.cli.batch import columns_option, each, engine_of
from digest.cli.options import (
    SuggestingGroup,
    Tally,
    articles_of,
    format_option,
    sources_argument,
)
from digest.cli.terminal import json_text, note, say
from digest.errors import ConfigError, counted
from digest.incoming import parse_json, read_regular
from digest.models import Article, Identity, Topic

if TYPE_CHECKING:
    from digest.clusterers import Each, Model, TopicClusterer


@click.command(
    "cluster",
    epilog="\b\nExamples:\n"
    "  digest cluster articles.jsonl\n"
    "  digest cluster news/*.parquet --columns text=body,id=url\n"
    "  digest split pages/ --format jsonl | digest cluster - --format jsonl\n"
    "  digest cluster today.jsonl --previous yesterday-clusters.jsonl --format jsonl\n"
    "  digest cluster news/*.parquet --model news.model --engine local --format jsonl",
)
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLES...")
@format_option("text", "jsonl")
@columns_option
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Cluster by what `digest model fit` has learned.",
)
@click.option(
    "--engine",
    metavar="ENGINE",
    help="With --model, who works: local, local:4 (processes), or dask://host:port.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A digest.toml with [[topics]].",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER/",
    help="The lines of an earlier run: its stories and topics keep their ids. With --model, a folder that is"
    " kept: its stories grow by these articles.",
)
@click.pass_context
def cluster(
    ctx: click.Context,
    sources: tuple[str, ...],
    format_: str,
    columns: str,
    model: Path | None,
    engine: str | None,
    config: Path | None,
    previous: Path | None,
) -> None:
    """Sort articles into topics of stories.

    ARTICLES are tables with an article a row, with "id", "text" and optionally "title", "published", "source":
    .jsonl (packed as .gz or .zst, too, or - for standard input) and .parquet; or archives of pages (.warc);
    folders and patterns of them, and addresses of object storage (s3://, gs://). A story is one event; a topic
    holds the stories that a reader would file together.

    By a model the stories do not depend on how many other articles there are, or on how the work is shared.
    With a folder as well, the articles of the last 60 days are kept in it: new ones join their stories, which
    grow or become one and are never torn apart. The lines of the new articles are printed, and of old ones that
    changed.
    """
    from digest.batch.engines import spread

    if engine and not model:
        raise click.UsageError(
            "--engine needs --model: without one, all articles are clustered at once"
        )
    tally = Tally()
    learned = _load_model(model)
    if learned and previous and not previous.is_file():
        with spread(engine_of(engine, 1)) as each:
            _grow(learned, previous, config, _read(sources, columns, tally), each)
        ctx.exit(tally.exit_code)
    earlier = _read_previous(previous)
    with spread(engine_of(engine, 1)) as each:
        read = _read(sources, columns, tally)
        by = partial(learned.cluster, each=each) if learned else None
        topics = replace(_clusterer(config), by=by, each=each)(read)
    if format_ == "text":
        _print_text(topics)
    else:
        _print_lines(topics, read, earlier)
    ctx.exit(tally.exit_code)


def _load_model(path: Path | None) -> Model | None:
    from digest.clusterers import Model

    return Model.load(path) if path else None


def _grow(
    model: Model, folder: Path, config: Path | None, articles: list[Article], each: Each
) -> None:
    from digest.clusterers import Window
    from digest.config import load_config

    if load_config(config).topics:
        raise click.UsageError("a folder that is kept knows no [[topics]]: give a --config without")
    place = folder / "stories.window"
    window, lines = Window.load(place, model).grown(model, articles, each)
    window.save(place)
    for line in lines:
        _print_line(line)


def _clusterer(config: Path | None) -> TopicClusterer:
    from digest.config import load_config, make_stages

    return cast("TopicClusterer", make_stages(load_config(config)).cluster)


def _read(sources: Sequence[str], columns: str, tally: Tally) -> list[Article]:
    from digest.batch.columns import Columns
    from digest.batch.engines import Local
    from digest.batch.folders import results
    from digest.batch.jobs import ReadJob
    from digest.batch.parts import find

    articles: list[Article] = []
    parts, read = find(sources), Columns.parse(columns)
    with Local() as local:
        each(results(ReadJob(), parts, read, local, lambda _: False), tally, articles.append)
    return articles


def _print_lines(topics: list[Topic], articles: list[Article], previous: list[Identity]) -> None:
    from digest.clusterers import carry_over

    places = {line.id: line for line in carry_over(topics, previous)}
    for article in articles:
        _print_line(places[article.id])


def _print_line(line: Identity) -> None:
    json_text({"id": line.id, "topic": line.topic, "story": line.story, "label": line.label})


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


@click.group(
    "model",
    cls=SuggestingGroup,
    epilog="\b\nExample:\n  digest model fit news/*.parquet -o news.model",
)
def model() -> None:
    """Keep what a collection teaches, to cluster others by it."""


@model.command(
    "fit",
    epilog="\b\nExamples:\n  digest model fit news/*.parquet --columns text=body,id=url -o news.model",
)
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLES...")
@columns_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Write the model to this file.",
)
@click.pass_context
def fit(ctx: click.Context, sources: tuple[str, ...], columns: str, output: Path) -> None:
    """Learn from articles what `digest cluster --model` needs, and write it to a file.

    These are the weights of words, which words keep company, and how alike two reports of one event are. Give
    some tens of thousands of articles of the kind that is to be clustered, in the same languages; at least
    1,000.
    """
    from digest.clusterers import Model

    tally = Tally()
    learned = Model.fit(_read(sources, columns, tally))
    learned.save(output)
    note(f"{output}: learned from {counted(learned.articles, 'article', 'articles')}")
    ctx.exit(tally.exit_code)


@click.group(
    "topics",
    cls=SuggestingGroup,
    epilog="\b\nExample:\n  digest topics suggest pages/ >> digest.toml",
)
def topics() -> None:
    """Work on the topics that digest.toml pins."""


@topics.command(
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
    """Yield the articles of the issues in a file or folder; other files beside them are passed over."""
    from digest.library import load_digest

    files = sorted(place.glob("**/*.json")) if place.is_dir() else [place]
    for file in files:
        if file.suffix == ".json" and file.is_file():
            try:
                yield load_digest(file).articles
            except ConfigError:
                continue

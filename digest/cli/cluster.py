"""`digest cluster`."""

from pathlib import Path

import click

from digest.cli.options import Tally, format_option, print_json_line
from digest.models import Article, Topic


@click.command(
    "cluster",
    epilog="\b\nExamples:\n"
    "  digest cluster articles.jsonl\n"
    "  digest split pages/ --format jsonl | digest cluster - --format jsonl",
)
@click.argument("articles", metavar="ARTICLES.jsonl")
@format_option("text", "jsonl")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A digest.toml with [[topics]].",
)
@click.pass_context
def command(ctx: click.Context, articles: str, format_: str, config: Path | None) -> None:
    """Sort articles into topics of stories.

    ARTICLES.jsonl (or - for standard input) has an article a line: "id", "text" and optionally "title",
    "published", "source". A story is one event; a topic holds the stories that a reader would file together.
    """
    from digest.config import load_config, make_stages

    tally = Tally()
    read = _read(articles, tally)
    topics = make_stages(load_config(config)).cluster(read)
    if format_ == "text":
        _print_text(topics)
    else:
        _print_lines(topics, read)
    ctx.exit(tally.exit_code)


def _read(location: str, tally: Tally) -> list[Article]:
    from digest.cli.records import read_articles

    articles = []
    for article in read_articles(location, tally):
        articles.append(article)
        tally.done += 1
    return articles


def _print_lines(topics: list[Topic], articles: list[Article]) -> None:
    from digest.clusterers import story_id, topic_id

    places = {
        article.id: {"topic": topic_id(topic), "story": story_id(story), "label": topic.label}
        for topic in topics
        for story in topic.stories
        for article in story.articles
    }
    for article in articles:
        print_json_line({"id": article.id, **places[article.id]})


def _print_text(topics: list[Topic]) -> None:
    for topic in topics:
        click.secho(topic.label, bold=True, nl=False)
        click.echo(f"  ({', '.join(topic.keywords)})" if topic.keywords else "")
        for story in topic.stories:
            for position, article in enumerate(story.articles):
                click.echo(
                    f"  {'-' if position == 0 else ' '} {article.title or article.text[:70]}"
                )

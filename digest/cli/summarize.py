"""`digest summarize`."""

import os
from pathlib import Path

import click

from digest.cli import batch
from digest.cli.inputs import articles_of
from digest.cli.messages import note
from digest.cli.options import (
    Tally,
    algorithm_option,
    allow_private_option,
    format_option,
    sources_argument,
)
from digest.cli.terminal import data, json_text, say
from digest.models import Article, Summary
from digest.registry import make_summarizer


@click.command(
    "summarize",
    epilog="\b\nExamples:\n"
    "  digest summarize article.txt --length 3\n"
    "  digest summarize page.html --length 60w --format markdown\n"
    "  digest summarize one.txt two.txt --together --length 5\n"
    "  digest summarize articles.jsonl --format jsonl --jobs 2 -o summaries.jsonl --resume",
)
@sources_argument
@click.option(
    "--length",
    default="3",
    show_default=True,
    metavar="N",
    help="A ceiling: 3 sentences, 60w words, 400c characters, 20% of the text.",
)
@algorithm_option
@click.option("--together", is_flag=True, help="One summary of all sources together.")
@format_option("text", "markdown", "html", "json", "jsonl")
@click.option(
    "--language", metavar="CODE", help="ISO 639-1, such as en or de.  [default: detected]"
)
@click.option(
    "--no-guard", is_flag=True, help="Allow sentences that mislead when they stand alone."
)
@click.option(
    "--jobs",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Processes for .jsonl input; 0 for one a core.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file instead of standard output (.jsonl input).",
)
@click.option(
    "--resume", is_flag=True, help="With -o: skip the ids that the file already has, and append."
)
@allow_private_option
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    length: str,
    algorithm: str,
    together: bool,
    format_: str,
    language: str | None,
    no_guard: bool,
    jobs: int,
    output: Path | None,
    resume: bool,
    allow_private: bool,
) -> None:
    """Choose the key sentences of articles; each stands word for word in its source.

    A SOURCE is a file, an http or https address or - for standard input: plain text, Markdown, HTML, a mail
    (.eml), or .jsonl with an article a line ("id", "text", or "documents" for one summary of several).
    """
    tally = Tally()
    guard = not no_guard
    summarizer = make_summarizer(algorithm, length=length, language=language, guard=guard)
    if batch.is_batch(sources) and not together:
        work = batch.Batch(
            algorithm=algorithm,
            length=length,
            language=language,
            guard=guard,
            jobs=jobs or os.cpu_count() or 1,
        )
        batch.run(work, sources, tally, output=output, resume=resume)
        ctx.exit(tally.exit_code)
    if output is not None or resume:
        raise click.UsageError(
            "-o and --resume go with .jsonl input; else send the output to a file with >"
        )
    articles = list(articles_of(sources, tally, allow_private=allow_private))
    groups = [articles] if together and articles else [[article] for article in articles]
    _print([(group, summarizer(group)) for group in groups], format_)
    ctx.exit(tally.exit_code)


def _print(results: list[tuple[list[Article], Summary]], format_: str) -> None:
    if format_ in ("json", "jsonl"):
        _print_json(results, format_)
        return
    if format_ == "text":
        for articles, summary in results:
            _print_text(articles, summary, titled=len(results) > 1)
        return
    markdown = "\n".join(_markdown(articles, summary) for articles, summary in results)
    if format_ == "html":
        from markdown_it import MarkdownIt

        markdown = MarkdownIt("commonmark", {"html": False}).render(markdown)
    data(markdown)


def _print_json(results: list[tuple[list[Article], Summary]], format_: str) -> None:
    records = [
        batch.record(articles[0].id if len(articles) == 1 else "together", articles, summary)
        | {"documents": [{"id": a.id, "title": a.title, "page": a.page} for a in articles]}
        for articles, summary in results
    ]
    if format_ == "json":
        json_text(records, indent=2)
        return
    for record in records:
        json_text(record)


def _print_text(articles: list[Article], summary: Summary, *, titled: bool) -> None:
    if titled and articles[0].title:
        say(articles[0].title, bold=True)
    for sentence in summary.sentences:
        say(sentence.text)
    if summary.note:
        note(summary.note)
    if titled:
        say()


def _markdown(articles: list[Article], summary: Summary) -> str:
    from digest.renderers.markdown import escape_markdown

    head = f"## {escape_markdown(articles[0].title)}\n\n" if articles[0].title else ""
    return head + "".join(f"- {escape_markdown(s.text)}\n" for s in summary.sentences)

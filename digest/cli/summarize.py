"""`digest summarize`."""

from typing import Any

import click

from digest.batch.parts import are_parts
from digest.cli.batch import batch_options, engine_of, format_of, refuse_batch_options, run
from digest.cli.options import (
    Tally,
    algorithm_option,
    allow_private_option,
    articles_of,
    format_option,
    sources_argument,
)
from digest.cli.terminal import data, json_text, note, say
from digest.codec import summary_record
from digest.models import Article, Summary
from digest.summarizers import make_summarizer


@click.command(
    "summarize",
    epilog="\b\nExamples:\n"
    "  digest summarize article.txt --length 3\n"
    "  digest summarize page.html --length 60w --format markdown\n"
    "  digest summarize one.txt two.txt --together --length 5\n"
    "  digest summarize articles.jsonl --format jsonl --jobs 2 -o summaries.jsonl --resume\n"
    "  digest summarize news/*.parquet --columns text=body,id=url --engine local -o summaries/",
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
@format_option("text", "markdown", "html", "json", "jsonl", "parquet")
@click.option(
    "--language", metavar="CODE", help="ISO 639-1, such as en or de.  [default: detected]"
)
@click.option(
    "--no-guard", is_flag=True, help="Allow sentences that mislead when they stand alone."
)
@batch_options
@allow_private_option
@click.pass_context
def summarize(
    ctx: click.Context,
    sources: tuple[str, ...],
    length: str,
    algorithm: str,
    together: bool,
    format_: str,
    language: str | None,
    no_guard: bool,
    columns: str,
    engine: str | None,
    jobs: int,
    output: str | None,
    resume: bool,
    allow_private: bool,
) -> None:
    """Choose the key sentences of articles; each stands word for word in its source.

    A SOURCE is a file, an http or https address or - for standard input: plain text, Markdown, HTML or a mail
    (.eml). Or tables with an article a row, and archives of pages: .jsonl (packed as .gz or .zst, too) and
    .parquet with "id" and "text", or "documents" for one summary of several; .warc; folders and patterns of
    them, and addresses of object storage (s3://, gs://).
    """
    tally = Tally()
    guard = not no_guard
    options: dict[str, Any] = {"length": length, "language": language, "guard": guard}
    summarizer = make_summarizer(algorithm, **options)
    if are_parts(sources) and not together:
        from digest.batch.jobs import SummarizeJob

        run(
            SummarizeJob(algorithm=algorithm, **options),
            sources,
            tally,
            columns=columns,
            engine=engine_of(engine, jobs),
            format_=format_of(ctx),
            output=output,
            resume=resume,
            show=json_text,
        )
        ctx.exit(tally.exit_code)
    refuse_batch_options(ctx)
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
        summary_record(articles[0].id if len(articles) == 1 else "together", articles, summary)
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
    from digest.renderers.formats import escape_markdown

    head = f"## {escape_markdown(articles[0].title)}\n\n" if articles[0].title else ""
    return head + "".join(f"- {escape_markdown(s.text)}\n" for s in summary.sentences)

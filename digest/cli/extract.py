"""`digest split` and `digest summarize`: articles out of pages, sentences out of articles."""

from functools import partial
from typing import TYPE_CHECKING, Any

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
from digest.cli.terminal import data, json_text, note, say, tracked
from digest.codec import article_record, summary_record
from digest.errors import ReadError
from digest.models import Article, Omission, Page, Summary
from digest.summarizers import make_summarizer

if TYPE_CHECKING:
    from digest.collecting import Bounded


@click.command(
    "split",
    epilog="\b\nExamples:\n"
    "  digest split page.txt\n"
    "  digest split pages/*.html --format jsonl --omissions > articles.jsonl\n"
    "  digest split page.txt --explain\n"
    "  digest split crawl/*.warc.gz --engine local --format parquet -o articles/",
)
@sources_argument
@format_option("text", "jsonl", "parquet")
@click.option("--omissions", is_flag=True, help="Say what was left out, too, and why.")
@click.option(
    "--explain", is_flag=True, help="Print each block with its class, and each boundary's evidence."
)
@batch_options
@allow_private_option
@click.pass_context
def split(
    ctx: click.Context,
    sources: tuple[str, ...],
    format_: str,
    omissions: bool,
    explain: bool,
    columns: str,
    engine: str | None,
    jobs: int,
    output: str | None,
    resume: bool,
    allow_private: bool,
) -> None:
    """Take pages apart into their articles.

    A SOURCE is a file, a folder, an http or https address or - for standard input: plain text, Markdown,
    HTML or a mail (.eml). Or tables with a page a row, and archives of pages: .jsonl (packed as .gz or .zst,
    too) and .parquet with "id", and "text" or "html"; .warc; folders and patterns of them, and addresses of
    object storage (s3://, gs://).
    """
    from digest.collecting import Bounded
    from digest.fetch import AnyFetcher, expand

    tally = Tally()
    if are_parts(sources) and not (explain or omissions):
        from digest.batch.jobs import SplitJob

        options: dict[str, Any] = {
            "columns": columns,
            "engine": engine_of(engine, jobs),
            "output": output,
        }
        show = partial(_print_article, format_=format_)
        run(SplitJob(), sources, tally, **options, format_=format_of(ctx), resume=resume, show=show)
        ctx.exit(tally.exit_code)
    refuse_batch_options(ctx)
    fetch = AnyFetcher(allow_private=allow_private)
    with Bounded() as bounded:
        for source in tracked(expand(sources), "splitting"):
            pages: list[Page] = []
            with tally.one():
                pages += bounded.pages(fetch(source))
            for page in pages:
                with tally.one():
                    if explain:
                        _print_explanation(page, bounded)
                    else:
                        _print_split(page, bounded, format_, omissions=omissions)
                    tally.done += 1
    ctx.exit(tally.exit_code)


def _print_split(page: Page, bounded: "Bounded", format_: str, *, omissions: bool) -> None:
    """Print the articles of a page, and what was left out; raises `ReadError` where there are none."""
    split = bounded.split(page)
    for article in split.articles:
        _print_article(article_record(article), format_)
    if omissions:
        for omission in split.omissions:
            _print_omission(omission, format_)
    if not split.articles:
        raise ReadError(page.source.location, "no article found")


def _print_article(record: dict[str, Any], format_: str) -> None:
    if format_ == "jsonl":
        json_text(record)
        return
    say(record["title"], bold=True)
    about = (record["author"], record["published"] and record["published"][:10], record["url"])
    if any(about):
        say(" · ".join(part for part in about if part))
    say(f"\n{record['text']}\n\n")


def _print_omission(omission: Omission, format_: str) -> None:
    if format_ == "jsonl":
        record = {"page": omission.page, "omitted": omission.what, "reason": omission.reason}
        json_text(record)
    else:
        say(f"left out ({omission.reason}): {omission.what}")


def _print_explanation(page: Page, bounded: "Bounded") -> None:
    rows = bounded.explained(page)
    say(page.source.location, bold=True)
    for row in rows:
        confidence = "" if row.confidence is None else f" {row.confidence:.2f}"
        evidence = ", ".join(f"{name} {weight:+.2f}" for name, weight in row.evidence)
        head = f"{row.line:5d}  {row.role + confidence:16s}"
        say(f"{head} {row.text[:80]}{'  <- ' + evidence if evidence else ''}")


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

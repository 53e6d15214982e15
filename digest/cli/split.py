"""`digest split`."""

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from digest.batch.parts import are_parts
from digest.cli.batch import batch_options, engine_of, format_of, refuse_batch_options, run
from digest.cli.options import Tally, allow_private_option, format_option, sources_argument
from digest.cli.terminal import json_text, say, tracked
from digest.codec import article_record
from digest.errors import ReadError
from digest.models import Omission, Page

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

"""`digest split`."""

from typing import TYPE_CHECKING

import click

from digest.cli.options import (
    Tally,
    allow_private_option,
    format_option,
    sources_argument,
    tracked,
)
from digest.cli.terminal import json_text, say
from digest.errors import ReadError
from digest.models import Article, Omission, Page, Split

if TYPE_CHECKING:
    from digest.bounded import Bounded


@click.command(
    "split",
    epilog="\b\nExamples:\n"
    "  digest split page.txt\n"
    "  digest split pages/*.html --format jsonl --omissions > articles.jsonl\n"
    "  digest split page.txt --explain",
)
@sources_argument
@format_option("text", "jsonl")
@click.option("--omissions", is_flag=True, help="Say what was left out, too, and why.")
@click.option(
    "--explain", is_flag=True, help="Print each block with its class, and each boundary's evidence."
)
@allow_private_option
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    format_: str,
    omissions: bool,
    explain: bool,
    allow_private: bool,
) -> None:
    """Take pages apart into their articles.

    A SOURCE is a file, a folder, an http or https address or - for standard input: plain text, Markdown,
    HTML, a mail (.eml), or .jsonl with a page a line ("id", and "text" or "html").
    """
    from digest.bounded import Bounded
    from digest.fetch import AnyFetcher, expand

    fetch = AnyFetcher(allow_private=allow_private)
    tally = Tally()
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
                        _print_split(bounded.split(page), page, format_, omissions=omissions)
                    tally.done += 1
    ctx.exit(tally.exit_code)


def _print_split(split: Split, page: Page, format_: str, *, omissions: bool) -> None:
    """Print the articles of a page, and what was left out; raises `ReadError` where there are none."""
    for article in split.articles:
        _print_article(article, format_)
    if omissions:
        for omission in split.omissions:
            _print_omission(omission, format_)
    if not split.articles:
        raise ReadError(page.source.location, "no article found")


def _print_article(article: Article, format_: str) -> None:
    if format_ == "jsonl":
        json_text(article_record(article))
        return
    say(article.title, bold=True)
    about = (article.author, article.published and f"{article.published:%Y-%m-%d}", article.url)
    if any(about):
        say(" · ".join(part for part in about if part))
    say(f"\n{article.text}\n\n")


def article_record(article: Article) -> dict[str, object]:
    """Return the JSON line of an article (schema split/1)."""
    return {
        "page": article.page,
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "author": article.author,
        "published": article.published and article.published.isoformat().replace("+00:00", "Z"),
        "language": article.language,
        "headings": list(article.headings),
        "truncated": article.truncated,
        "teaser": article.teaser,
    }


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

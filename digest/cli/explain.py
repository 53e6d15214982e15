"""`digest explain` and `digest verify`: say why an issue is as it is, and prove every sentence."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import (
    ISSUE_NAME,
    Tally,
    allow_private_option,
    articles_of,
    config_option,
    existing_store,
    format_option,
    issue_of,
    place,
    place_of,
    store_option,
)
from digest.cli.terminal import data, failure, json_text, say
from digest.codec import SCHEMA
from digest.errors import EXIT_OK, EXIT_UNPROVEN, ConfigError
from digest.models import Article
from digest.outgoing import line

if TYPE_CHECKING:
    from digest.clusterers import Explanation as PairExplanation
    from digest.models import Digest
    from digest.summarizers.textrank import SentenceExplanation


_HEAD = 1000
"""The first bytes of an issue's JSON, which hold the name of its schema."""


@click.command(
    "explain",
    epilog="\b\nExamples:\n"
    "  digest explain article.txt\n"
    "  digest explain article.txt --length 60w --format html > why.html\n"
    "  digest explain one.txt two.txt\n"
    "  digest explain out/2026-11-21.json\n"
    "  digest explain 3f2a 9b1c --issue out/2026-11-21.json",
)
@click.argument("article", metavar="ARTICLE|ISSUE")
@click.argument("other", required=False, metavar="[OTHER]")
@click.option(
    "--length",
    default="3",
    show_default=True,
    metavar="N",
    help="The length of the summary to explain.",
)
@click.option(
    "--no-guard", is_flag=True, help="Explain the summary that is made without the guard."
)
@click.option(
    "--issue",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="ARTICLE and OTHER are ids (or their beginnings) in this briefing's JSON.",
)
@config_option
@store_option
@format_option("text", "json", "html")
def explain(
    article: str,
    other: str | None,
    length: str,
    no_guard: bool,
    issue: Path | None,
    config: Path | None,
    store: Path | None,
    format_: str,
) -> None:
    """Say why the sentences of ARTICLE were chosen, or why ARTICLE and OTHER are together or apart.

    With two articles of a briefing, all its articles are the background; two files are judged by themselves.

    Of an ISSUE, its JSON file or the date of one in the store, print what stood where and why: the
    importance of every piece, and its parts.
    """
    if issue is None and other is None and (whole := _issue(article, config, store)):
        _explain_issue(whole, format_)
        return
    if issue is None:
        known = [_first_article(name) for name in (article, other) if name is not None]
        chosen = known
    else:
        known = list(issue_of(issue).articles)
        chosen = [_by_id(name, known) for name in (article, other) if name is not None]
    if other is None:
        _explain_summary(chosen[0], length, not no_guard, format_)
    else:
        _explain_pair(chosen[0], chosen[1], known, format_)


def _issue(name: str, config: Path | None, store: Path | None) -> "Digest | None":
    """Return the issue that is meant; None where a name means an article."""
    path = Path(name)
    if ISSUE_NAME.fullmatch(name) and not path.exists():
        from digest.run import draft, issue_called
        from digest.store import open_store

        kept = existing_store(place(config), store)
        with open_store(kept) as opened:
            return draft(opened, issue_called(opened, name)).digest
    if path.suffix.lower() != ".json" or not path.is_file():
        return None
    from digest.incoming import read_regular

    is_issue = SCHEMA.encode() in read_regular(path)[:_HEAD]
    return issue_of(path) if is_issue else None


def _explain_issue(issue: "Digest", format_: str) -> None:
    from digest.editing.issue_list import explain_issue, table

    if format_ == "html":
        raise ConfigError("--format html explains one article; an issue is told as text or json")
    rows = explain_issue(issue)
    if format_ == "text":
        say(table(rows), nl=False)
        return
    pieces = [asdict(row) for row in rows]
    value = {"title": issue.title, "date": issue.date.isoformat(), "pieces": pieces}
    json_text(value, indent=2)


def _first_article(name: str) -> Article:
    tally = Tally()
    found = list(articles_of([name], tally))
    if tally.failed:
        click.get_current_context().exit(tally.exit_code)
    if not found:
        raise ConfigError(f"{name}: it holds no article to explain")
    return found[0]


def _by_id(name: str, articles: list[Article]) -> Article:
    found = [article for article in articles if article.id.startswith(name)]
    if len(found) != 1:
        known = ", ".join(article.id for article in articles)
        raise ConfigError(f"{len(found)} articles have an id that begins with {name!r}: {known}")
    return found[0]


def _explain_summary(article: Article, length: str, guard: bool, format_: str) -> None:
    from digest.length import parse_length
    from digest.summarizers.textrank import TextRank
    from digest.summarizers.textrank import explain as explained

    explanation = explained(article, TextRank(length=parse_length(length), guard=guard))
    if format_ == "json":
        rows = [asdict(row) for row in explanation.sentences]
        json_text({"id": article.id, "sentences": rows}, indent=2)
        return
    if format_ == "html":
        _print_page(article, explanation.sentences)
        return
    say(article.title, bold=True)
    for row in explanation.sentences:
        mark = ">" if row.chosen else " "
        say(f"{mark} {row.rank:3d}  {row.sentence.score:.3f}  {line(row.sentence.text)}")
        for reason in _reasons(row):
            say(f"               {reason}", dim=True)


def _reasons(row: "SentenceExplanation") -> tuple[str, ...]:
    terms = ", ".join(f"{one.what} {one.share:.0%}" for one in row.terms[:4])
    features = ", ".join(f"{name} {value:+.2f}" for name, value in row.features[:4])
    reasons = (
        ("never chosen", row.barred),
        ("leans", row.leans),
        ("shares", terms),
        ("raised or lowered by", features),
    )
    return tuple(f"{name}: {reason}" for name, reason in reasons if reason)


def _print_page(article: Article, rows: "tuple[SentenceExplanation, ...]") -> None:
    from digest.renderers.explanation import ExplanationRenderer, ExplanationRow

    highest = max((row.sentence.score for row in rows), default=1.0) or 1.0
    page = ExplanationRenderer()(
        article,
        [
            ExplanationRow(
                text=row.sentence.text,
                start=row.sentence.start,
                end=row.sentence.end,
                score=max(row.sentence.score, 0.0) / highest,
                rank=row.rank,
                chosen=row.chosen,
                why=_reasons(row),
                neighbours=tuple((one.index, one.share) for one in row.neighbours),
            )
            for row in rows
        ],
    )
    data(page)


def _explain_pair(a: Article, b: Article, among: list[Article], format_: str) -> None:
    from digest.clusterers import explain_pair

    if format_ == "html":
        raise ConfigError("--format html explains one article; two are told as text or json")
    explanation = explain_pair(a, b, among)
    if format_ == "json":
        json_text({"a": a.id, "b": b.id, **asdict(explanation)}, indent=2)
        return
    say(f"{a.title}\n{b.title}", bold=True)
    _print_pair(explanation)


def _print_pair(pair: "PairExplanation") -> None:
    verdict = "one story" if pair.together else "one topic" if pair.same_topic else "apart"
    say(f"{verdict}: similarity {pair.similarity:.3f}, one story from {pair.bar:.3f}")
    one, other = pair.sides
    side = f"{one} and {other} report{'' if one == other == 1 else 's'}"
    met = "met" if pair.together else "do not meet"
    say(f"  linkage: {side} {met} at a mean similarity of {pair.link:.3f}")
    if pair.through:
        say(f"  through: {pair.through}")
    shared = (("names", pair.names), ("numbers", pair.numbers), ("terms", pair.terms))
    for name, values in shared:
        say(f"  shared {name}: {', '.join(values[:12]) or 'none'}")
    if pair.days is not None:
        say(f"  days between: {pair.days:.0f}")
    if pair.unshared:
        say(f"  names of one alone: {', '.join(pair.unshared[:12])}")
    for veto in pair.vetoes:
        say(f"  veto: {veto}")


@click.command("verify", epilog="\b\nExample:\n  digest verify out/2026-11-21.json")
@click.argument("issue", type=click.Path(path_type=Path), metavar="ISSUE.json")
@config_option
@store_option
@allow_private_option
@click.pass_context
def verify(
    ctx: click.Context, issue: Path, config: Path | None, store: Path | None, allow_private: bool
) -> None:
    """Prove that every sentence of a briefing stands word for word in its source.

    The sources are read anew, by their decoding and markup alone: of what `digest run` fetched, the bytes
    that its store kept (the configuration is looked for here, and in the folders above the issue); of anything
    else, the file or address itself. A sentence that does not stand there
    is named, and the exit code is 1.
    """
    from digest.collecting import Bounded
    from digest.library import verify as prove
    from digest.verification import sentences

    briefing = issue_of(issue)
    kept = place_of(issue, config).store(store)
    with Bounded() as bounded:
        failures = prove(
            briefing,
            store=kept if store or kept.exists() else None,
            allow_private=allow_private,
            visible_text=bounded.visible_text,
        )
    for one in failures:
        failure(f"not proven: {one.sentence.text!r}: {one.reason}")
    total = sum(1 for _ in sentences(briefing))
    say(f"{total - len(failures)} of {total} sentences stand word for word in their sources")
    ctx.exit(EXIT_UNPROVEN if failures else EXIT_OK)

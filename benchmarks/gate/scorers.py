"""The scorers, and which figures are read from the lines that they print.

A line is described as it is printed: `{name}` is a figure, `{row}` words that name the line, `{heading}` words
that name all lines below, `#` a number and `*` anything that is not taken. A figure is called after its scorer,
its heading, its row and its own name: `languages.fr.topics`.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.data import shared_folder
from benchmarks.gate.program import run

NUMBER = r"[-+]?\d+(?:\.\d+)?"
Figures = dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """A command, and the lines of its output that hold figures."""

    name: str
    command: str
    """A tool beside the data (`score_pages.py`) or a module of the project, with its arguments."""
    lines: tuple[str, ...]


# The slowest first, so that two cores end together. Sampled, for the time: `small_days` takes two draws of each
# kind of day instead of five, `rivals` every 20th article; every other scorer is run whole.
SCORERS = (
    Scorer(
        name="small_days",
        command="benchmarks.topics.small_days 2",
        lines=("{row} # # # # # {f1}",),
    ),
    Scorer(
        name="extraction",
        command="benchmarks.extraction",
        lines=(
            "reader kept {reader_kept} dropped {reader_dropped} *",
            "reader and splitter kept {kept} dropped {dropped} *",
        ),
    ),
    Scorer(
        name="cases",
        command="run_cases.py",
        lines=("{right} of # cases right",),
    ),
    Scorer(
        name="pages_real",
        command="score_real_pages.py",
        lines=("mean over # layouts: tight F1 {tight}, loose F1 {loose}, titles {titles}/#",),
    ),
    Scorer(
        name="single_pages",
        command="score_single_pages.py",
        lines=(
            "{row} # pages, 0 articles {empty}, 2+ {several}; F1 {f1},"
            " trafilatura # (wins #, losses {losses} by > .02);"
            " title {title} of # (wrong {title_wrong}); author {author} of # (wrong {author_wrong});"
            " date {date} of # (wrong {date_wrong})",
        ),
    ),
    Scorer(
        name="summaries",
        command="score_summaries.py",
        lines=("{row} ours {r1} / {r2} / {rl} # words",),
    ),
    Scorer(
        name="rivals",
        command="benchmarks.summaries --every 20",
        lines=(
            "cnn {row} textrank guard * misleading {misleading} in 1,000",
            "{row} ours {r1} / {r2} / {rl}",
            "{row} textrank {r1} / {r2} / {rl}",
        ),
    ),
    Scorer(
        name="topics",
        command="score_topics.py",
        lines=("{row} # articles P # R # F1 {f1} # s",),
    ),
    Scorer(
        name="mornings",
        command="benchmarks.mornings made",
        lines=(
            "mean: sections #, together {together}, top {top}, buried {buried}, repeats {repeats},"
            " twice {twice}, minutes {minutes}, headlines {headlines}",
        ),
    ),
    Scorer(
        name="mornings_real",
        command="benchmarks.mornings real",
        lines=(
            "mean: sections #, shown {shown}, F1 {f1}, ndcg {ndcg},"
            " five {five}, soft {soft}, minutes {minutes}",
        ),
    ),
    Scorer(
        name="languages",
        command="score_languages.py",
        lines=(
            "{row}: topics P # R # F1 {topics}; 240 words {r1}/{r2}, leads in turn *",
            "mean topic F1 {mean_topics} over # languages;"
            " R-1 over the leads: least {least_lead}, mean {mean_lead}",
        ),
    ),
    Scorer(
        name="layouts",
        command="benchmarks.pages",
        lines=("{heading} F1 body titles noise", "all {f1} {body} {titles} {noise}"),
    ),
    Scorer(
        name="samples",
        command="check_samples.py",
        lines=("{right} of # checks hold*",),
    ),
    Scorer(
        name="pages",
        command="score_pages.py",
        lines=(
            "{row} article F1 {f1} (# articles, # found)",
            "article F1 {f1}, body F1 {body}, noise left {noise}, titles {titles}",
        ),
    ),
    Scorer(
        name="copies",
        command="benchmarks.topics.copies",
        lines=("recall {recall} precision {precision}",),
    ),
)


def measure(scorer: Scorer) -> Figures:
    """Run a scorer and return its figures, of one that breaks off those it has printed."""
    module, *arguments = scorer.command.split()
    if module.endswith(".py"):
        command = [sys.executable, str(shared_folder() / "tools" / module), *arguments]
    else:
        command = [sys.executable, "-m", module, *arguments]
    return dict(read(scorer, run(command).stdout.decode("utf-8", "replace").splitlines()))


def read(scorer: Scorer, printed: Iterable[str]) -> Iterator[tuple[str, Decimal]]:
    """Yield the figures in the lines that a scorer printed, with their names."""
    patterns = [pattern(line) for line in scorer.lines]
    heading = ""
    for line in printed:
        found = next(filter(None, (p.fullmatch(line.strip()) for p in patterns)), None)
        values = found.groupdict() if found else {}
        heading = values.pop("heading", heading)
        where = [scorer.name, heading, values.pop("row", "")]
        for name, value in values.items():
            yield ".".join(filter(None, (*map(_bare, where), name))), Decimal(value)


def pattern(described: str) -> re.Pattern[str]:
    """Return the pattern of a line from its description."""
    parts = re.split(r"(\{\w+\}|[*#]|\s+)", described)
    return re.compile("".join(_part(part) for part in parts if part))


def _part(part: str) -> str:
    if part.isspace():
        return r"\s+"
    if part in ("{row}", "{heading}"):
        return rf"(?P<{part[1:-1]}>\w[\w, ]*?)"
    if part[0] == "{":
        return rf"(?P<{part[1:-1]}>{NUMBER})"
    return {"*": ".*", "#": NUMBER}.get(part, re.escape(part))


def _bare(words: str) -> str:
    return "-".join(re.findall(r"\w+", words.lower()))

"""Writes docs/languages.md: what is offered in each language, and whether it is good, usable or no."""

import sys
from collections.abc import Iterable, Iterator

from benchmarks.data import ROOT
from benchmarks.languages import measures

_PAGE = ROOT / "docs" / "languages.md"
_HEAD = (
    "language boundaries words stems stop-words detected-at-6 at-10 at-25 dates page walls topics over-lead"
    " verdict"
)
_GOOD = {"boundaries": 0.9, "words": 0.98, "at 6": 0.85, "at 25": 0.99, "dates": 0.9, "page": 0.9}
_USABLE = {"boundaries": 0.7, "words": 0.9, "at 6": 0.6, "at 25": 0.9, "dates": 0.5, "page": 0.7}
"""The least of each for a language to be good, or usable; stems besides for the first."""
_INTRODUCTION = """\
# The languages

Written by `python -m benchmarks.languages`, from short texts that were written for it, and from two collections
in the languages that have references. A language that is not in the table was not measured: its articles are
read, summarized and sorted all the same, and a warning says that nobody knows how well.

- **boundaries**: the share of marked texts with quotations, abbreviations and numbers that are split into
  sentences at every mark and nowhere else;
- **words**: the share of words that are found whole;
- **stems**, **stop words**, **walls**: whether stems, function words and the words of paywalls are known;
- **detected**: the share of passages of 6, 10 and 25 words whose language is told;
- **dates**: the share of the dates of a year that are read, in three forms;
- **page**: the share of title, byline, date, language and paragraphs that come out right of a plain page;
- **topics**: B-cubed F1 of sixty reports on ten events, where there are references;
- **over lead**: ROUGE-1 of a summary of ten reports in 240 words, less that of their leads in turn;
- **verdict**: good, usable, or no.

"""


def main(arguments: list[str]) -> None:
    """Write the page; with `--quick` print its table without topics and summaries, which take a while."""
    quick = "--quick" in arguments
    table = list(_table({} if quick else {row[0]: row[1:] for row in measures.scored()}))
    if quick:
        print("\n".join(table))
    else:
        _PAGE.write_text(_INTRODUCTION + "\n".join(table) + "\n", encoding="utf-8")


def _table(scored: dict[str, tuple[float, float]]) -> Iterator[str]:
    found = measures.pages()
    names = [name.replace("-", " ") for name in _HEAD.split()]
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}"
    verdicts = []
    for language in measures.PAGES:
        measured = _measured(language, found[language])
        verdict = _verdict(measured, stems=measures.has_stems(language))
        verdicts.append(verdict)
        yield f"| {' | '.join(_cells(language, measured, scored.get(language), verdict))} |"
    yield f"\n{_counted(verdicts)} of {len(verdicts)} languages."


def _cells(
    language: str,
    measured: dict[str, float | None],
    scored: tuple[float, float] | None,
    verdict: str,
) -> list[str]:
    topics, over = scored or (None, None)
    return [
        language,
        _share(measured["boundaries"]),
        _share(measured["words"]),
        _yes(measures.has_stems(language)),
        _yes(measures.has_stop_words(language)),
        *(_share(measured[name]) for name in ("at 6", "at 10", "at 25", "dates", "page")),
        _yes(measures.has_walls(language)),
        _share(topics),
        "" if over is None else f"{over:+.1f}",
        verdict,
    ]


def _measured(language: str, page: float) -> dict[str, float | None]:
    return {
        "boundaries": measures.boundaries(language),
        "words": measures.words(language),
        "at 6": measures.detection(language, 6),
        "at 10": measures.detection(language, 10),
        "at 25": measures.detection(language, 25),
        "dates": measures.dates(language),
        "page": page,
    }


def _verdict(measured: dict[str, float | None], *, stems: bool) -> str:
    def reaches(least: dict[str, float]) -> bool:
        return all((measured[name] or 0.0) >= bar for name, bar in least.items())

    if reaches(_GOOD) and stems:
        return "good"
    return "usable" if reaches(_USABLE) else "no"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _counted(verdicts: Iterable[str]) -> str:
    found = list(verdicts)
    return ", ".join(f"{found.count(name)} {name}" for name in ("good", "usable", "no"))


if __name__ == "__main__":
    main(sys.argv[1:])

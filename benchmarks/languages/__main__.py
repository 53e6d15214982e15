"""A table of what is offered in each language, and whether it is good, usable or no: Markdown, for the docs."""

import sys
from collections.abc import Iterable

from benchmarks.languages import measures

_HEAD = (
    "language boundaries words stems stop-words detected-at-6 at-10 at-25 dates page walls topics over-lead"
    " verdict"
)
_GOOD = {"boundaries": 0.9, "words": 0.98, "at 6": 0.85, "at 25": 0.99, "dates": 0.9, "page": 0.9}
_USABLE = {"boundaries": 0.7, "words": 0.9, "at 6": 0.6, "at 25": 0.9, "dates": 0.5, "page": 0.7}
"""The least of each for a language to be good, or usable; stems besides for the first."""


def main(arguments: list[str]) -> None:
    """Print the table; with `--quick` without topics and summaries, which take some minutes."""
    found = measures.pages()
    scored = {} if "--quick" in arguments else {row[0]: row[1:] for row in measures.scored()}
    names = [name.replace("-", " ") for name in _HEAD.split()]
    print(f"| {' | '.join(names)} |\n|{'---|' * len(names)}")
    verdicts = []
    for language in measures.PAGES:
        measured = _measured(language, found[language])
        verdict = _verdict(measured, stems=measures.has_stems(language))
        verdicts.append(verdict)
        topics, over = scored.get(language, (None, None))
        cells = [
            language,
            _share(measured["boundaries"]),
            _share(measured["words"]),
            _yes(measures.has_stems(language)),
            _yes(measures.has_stop_words(language)),
            _share(measured["at 6"]),
            _share(measured["at 10"]),
            _share(measured["at 25"]),
            _share(measured["dates"]),
            _share(measured["page"]),
            _yes(measures.has_walls(language)),
            _share(topics),
            "" if over is None else f"{over:+.1f}",
            verdict,
        ]
        print(f"| {' | '.join(cells)} |")
    print(f"\n{_counted(verdicts)} of {len(verdicts)} languages")


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

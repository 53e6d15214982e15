"""Tables of contents in plain text, matched with the titles that they list further down.

Such a list says which of the lines below are titles, however these are set: underlined, centred, or bare.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from digest.text.words import runs as words_of

_ENTRY = re.compile(
    r"(?:\(?\d{1,3}[.):]|\[\d{1,3}\]|#\d{1,3}|[IVXLC]{1,7}\.|[-*•o+])\s+(?P<name>\S.{2,160})"
)
_LEADER = re.compile(
    r"(?<![\s.])(?=[\s.]{4}|\s\s|\s[-–—]\s)[\s.]*+(?:[-–—]\s++)?(?:p(?:age|\.)?\s?)?\d{1,4}$"
)
"""The page on which an entry is to be found."""
_FEWEST = 3  # entries make a list, and titles that it lists
_MOST_LISTED = 200
_MOST_FOUND = 0.6  # of the entries stand below as titles
_MOST_LINES = 3  # of a title
_LONGEST = 200  # characters of a title
_ALIKE = 0.7
"""Twice the words in common over the words of both: an entry shortens its title, or sets it otherwise."""

Run = tuple[int, int]
"""The first line of a few, and the line behind them."""


def listed(lines: Sequence[str], runs: Sequence[Run]) -> list[Run]:
    """Return the runs of lines that a table of contents above them lists, in their order; or nothing."""
    for stop, entries in _lists(lines):
        short = [run for run in runs if run[0] >= stop and _is_short(lines, run)]
        found = _matched(entries, [(run, _words(lines, run)) for run in short])
        if len(found) >= max(_FEWEST, _MOST_FOUND * len(entries)):
            return found
    return []


def _lists(lines: Sequence[str]) -> Iterator[tuple[int, list[Counter[str]]]]:
    """The lists of a text: the line behind each, and the words of its entries."""
    entries, blanks = list[str](), 0
    for index, line in enumerate([*lines, "", ""]):
        text = line.strip()
        entry = _ENTRY.fullmatch(text) if len(text) <= _LONGEST else None
        if entry:
            entries.append(_LEADER.sub("", entry["name"]))
        elif entries and text and not blanks and line[:1].isspace():
            entries[-1] += f" {_LEADER.sub('', text[:_LONGEST])}"[:_LONGEST]
        elif entries and (text or blanks):
            if _FEWEST <= len(entries) <= _MOST_LISTED:
                yield index, [_counted(entry) for entry in entries]
            entries = []
        blanks = 0 if text else blanks + 1


def _matched(entries: list[Counter[str]], runs: list[tuple[Run, Counter[str]]]) -> list[Run]:
    """The run for each entry: the first below that of the entry before which has nearly the same words."""
    places = defaultdict[str, list[int]](list)
    for place, (_, words) in enumerate(runs):
        for word in words:
            places[word].append(place)
    found: list[Run] = []
    last = -1
    for entry in entries:
        near = sorted({place for word in entry for place in places[word] if place > last})
        fits = (place for place in near if _likeness(entry, runs[place][1]) >= _ALIKE)
        place = next(fits, -1)
        if place >= 0:
            found.append(runs[place][0])
            last = place
    return found


def _likeness(entry: Counter[str], title: Counter[str]) -> float:
    return 2 * (entry & title).total() / (entry.total() + title.total())


def _is_short(lines: Sequence[str], run: Run) -> bool:
    first, stop = run
    return 0 < stop - first <= _MOST_LINES and sum(map(len, lines[first:stop])) <= _LONGEST


def _words(lines: Sequence[str], run: Run) -> Counter[str]:
    return _counted(" ".join(lines[run[0] : run[1]]))


def _counted(text: str) -> Counter[str]:
    return Counter(words_of(text.lower()))

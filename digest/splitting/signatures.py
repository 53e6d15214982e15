"""The names below letters to the editor: each ends a letter, as a byline below an article does."""

from collections.abc import Sequence
from dataclasses import replace

from digest.splitting.attributions import lone_name
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line

_FEWEST = 3
_PLACE = 4
_TITLE = 3


def with_signatures(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the names that sign letters marked as bylines, if the page is a page of letters.

    Three or more sign, each once; the last one ends the page; and each of the others stands, with a place
    or without, between a text and the headline of the next one.
    """
    found = [index for index in range(1, len(lines)) if _signs(lines, index)]
    names = {lines[index].key for index in found}
    if len(names) < max(_FEWEST, len(found)) or found[-1] < len(lines) - 2:
        return list(lines)
    marked = list(lines)
    for index in found:
        marked[index] = replace(lines[index], sign="byline")
        place = lines[index + 1 : index + 2]
        if place and _is_place(place[0]) and not _heads(lines[index + 1 : index + 3]):
            marked[index + 1] = replace(place[0], sign="navigation")
    return marked


def _signs(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.sign or line.level or line.weight != SHORT or not lone_name(line.bare):
        return False
    below = [other for other in lines[index + 1 : index + 4] if other.sign != "separator"]
    if below and _is_place(below[0]) and not _heads(below):
        below = below[1:]
    return lines[index - 1].weight >= SENTENCE and (_heads(below) or not below)


def _heads(below: Sequence[Line]) -> bool:
    """Whether a headline stands there, and text below it."""
    if len(below) < 2 or below[1].weight != STRONG:
        return False
    title = below[0]
    return title.weight == SHORT and not title.sign and title.words >= _TITLE


def _is_place(line: Line) -> bool:
    short = line.weight == SHORT and not line.sign and line.words <= _PLACE
    return short and line.bare.istitle() and not line.level

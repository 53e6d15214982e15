"""Lines that tell the items of a page: by counting them, or by an emoji each."""

import unicodedata
from collections.abc import Sequence

from digest.splitting.lines import SHORT, STRONG, Line

_COUNTED = 3
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def numbered(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that number the page's items one by one, each with text below it."""
    found: list[int] = []
    last, text_since = 0, True
    for index, line in enumerate(lines):
        if line.weight == STRONG:
            text_since = True
        elif line.sign == "navigation":
            continue
        elif line.number == last + 1 and line.words >= 2:
            if text_since:
                found.append(index)
            elif found and lines[found[-1]].number == last:
                found.pop()
            last, text_since = line.number, False
        elif line.number == 1 and line.words >= 2:
            found, last, text_since = [index], 1, False
    return frozenset(found)


def counted(lines: Sequence[Line], numbered: frozenset[int]) -> frozenset[int]:
    """Return the numbered lines of a list article, whose headline says how many: `Five ways to ...`."""
    last = max((lines[index].number for index in numbered), default=0)
    if last < _COUNTED:
        return frozenset()
    name = _NUMBERS[last - 1] if last <= len(_NUMBERS) else ""
    for line in lines[: min(numbered)]:
        words = line.bare.lower().split()
        if line.weight == SHORT and line.words > 2 and (str(last) in words or name in words):
            return numbered
    return frozenset()


def pictured(lines: Sequence[Line]) -> frozenset[int]:
    """Return the short lines that begin with an emoji, where there are several and text between them."""
    found: list[int] = []
    text_since = True
    for index, line in enumerate(lines):
        if line.weight == STRONG:
            text_since = True
        elif line.words >= 2 and _is_picture(line.text[0]):
            if text_since:
                found.append(index)
            text_since = False
    return frozenset(found if len(found) > 1 else ())


def _is_picture(mark: str) -> bool:
    return mark not in "©®" and unicodedata.category(mark) == "So"

"""The paragraphs of plain text: which breaks of lines a tool made, and which its writer."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from digest.models import Block
from digest.text.characters import fold
from digest.text.dates import opens_with_date

_WIDEST = 100
"""No tool wraps prose wider by itself; longer lines are paragraphs, or addresses."""
_PROSE = 40
"""A line that wrapping has broken is at least about so long."""
_OUTLIERS = 12
"""Of so many lines one may be longer than the column at which the others were wrapped."""
_SAMPLE = 20_000  # lines show how a text was wrapped
_SET_IN = 2  # spaces by which a verse stands in, at the least
_COLUMNS = re.compile(r"(?<=\S)(?:\s{3,}|\t)(?=\S)")
_FEWEST_GAPS = 2  # between columns make the rows of a table
_PAIR = 2  # lines are too few to show a width
_SLACK = 8
"""How far a hand-made break may stand from where a tool would have put it."""
_FIELD = re.compile(r"\s{2,}[^\W\d_][\w -]{1,20}:\s")
"""A field that stands in below a title, as `    Date: ...` in the digest of a list."""
_ITEM = re.compile(r"(?:[-*•‣◦·>#|+→]|->|\(?\d{1,3}[.)]|\[\d+\])(?:\s|$)")


def paragraphs(lines: list[str], start: int = 0) -> Iterator[Block]:
    """Yield the paragraphs of `lines` from index `start` on.

    Within a paragraph each line is a block of its own, unless wrapping made it: at the column at which the
    whole text was wrapped, or else at one of the paragraph's own.
    """
    return joined(lines, start, wrap_widths(lines, start))


def wrap_widths(lines: list[str], start: int = 0) -> tuple[int, int]:
    """Return the column at which the whole text was wrapped, and that of most of its wrapped paragraphs."""
    width = wrap_width(lines[start : start + _SAMPLE])
    return width, width or _usual_width(list(_runs(lines, start)))


def joined(lines: list[str], start: int, wrapped_at: tuple[int, int]) -> Iterator[Block]:
    """Yield the paragraphs of a part of a text of these `widths`."""
    width, usual = wrapped_at
    above = ""
    for first, run in _runs(lines, start):
        if _is_set_off(run, above):
            yield Block(text=fold(" ".join(run)), line=first)
            continue
        above = run[-1]
        own = width or own_width(run) or (usual if len(run) == _PAIR else 0)
        yield from _joined(run, first, own)


def _is_set_off(run: list[str], above: str) -> bool:
    """Return whether lines belong together: a table, or a verse or a list that stands in below a colon."""
    if len(run) < _PAIR:
        return False
    margin = len(above) - len(above.lstrip())
    stands_in = all(len(line) - len(line.lstrip()) >= margin + _SET_IN for line in run)
    tabular = all(len(_COLUMNS.findall(line.strip())) >= _FEWEST_GAPS for line in run)
    return tabular or (stands_in and above.endswith(":"))


def _runs(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """The runs of lines between empty ones, each with the number of its first line; a list item begins one."""
    first, run = 0, list[str]()
    for number, line in enumerate(islice(lines, start, None), start + 1):
        text = line.rstrip()
        if run and (not text or _ITEM.match(text.lstrip())):
            yield first, run
            run = []
        if text:
            first = first if run else number
            run.append(text)
    if run:
        yield first, run


def _joined(run: list[str], first: int, width: int) -> Iterator[Block]:
    parts = [run[0]]
    for number, text in enumerate(run[1:], first + 1):
        if width and _wrapped(parts[-1], text, width):
            parts.append(text)
            continue
        if folded := fold(" ".join(parts)):
            yield Block(text=folded, line=number - len(parts))
        parts = [text]
    if folded := fold(" ".join(parts)):
        yield Block(text=folded, line=first + len(run) - len(parts))


def own_width(run: list[str]) -> int:
    """Return the column at which the lines of one paragraph were wrapped, or 0 where they were not.

    Wrapped prose has a line that goes on in the middle of a sentence, in small letters.
    """
    if len(run) <= _PAIR or any(len(line) > _WIDEST for line in run):
        return 0
    width = max(map(len, run[:-1]))
    pairs = list(pairwise(run))
    # Many languages write days and months small.
    goes_on = any(b.lstrip()[:1].islower() and not opens_with_date(b) for b in run[1:])
    fits = sum(_full(a, b, width) for a, b in pairs) >= 0.8 * len(pairs)
    return width if width >= _PROSE and goes_on and fits else 0


def _usual_width(runs: list[tuple[int, list[str]]]) -> int:
    """The column at which most of the paragraphs were wrapped that have one."""
    columns = sorted(filter(None, (own_width(run) for _, run in runs[:_SAMPLE])))
    return columns[len(columns) // 2] if columns else 0


def _wrapped(line: str, following: str, width: int) -> bool:
    if len(line) > _WIDEST or _FIELD.match(following):
        return False
    if not (any(map(str.isalnum, line)) and any(map(str.isalnum, following))):
        return False  # A rule of characters is as long as the lines it stands between.
    return _full(line, following, width)


def wrap_width(lines: list[str]) -> int:
    """Return the column at which prose was wrapped, or 0 where it was not.

    A line was broken by wrapping when the first word of the next one would not have fitted on it.
    """
    lines = [line.rstrip() for line in lines]
    long = [len(line) for line in lines if line]
    if not long or sum(length > _WIDEST for length in long) > 0.02 * len(long):
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if b and _PROSE <= len(a) <= _WIDEST]
    if len(pairs) < 2:
        return 0
    # Not the longest line: a headline or an address may stand out of a text that is wrapped.
    width = sorted(len(a) for a, _ in pairs)[-1 - len(pairs) // _OUTLIERS]
    return width if sum(_full(a, b, width) for a, b in pairs) >= 0.7 * len(pairs) else 0


def _full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - _SLACK

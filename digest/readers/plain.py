"""Plain text: lines and paragraphs, and the header lines that a saved page may begin with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise

from digest.models import Block, Page, RawDocument
from digest.readers import outline, typeset
from digest.readers.dates import moment
from digest.readers.encoding import decode, served_charset
from digest.text.whitespace import fold

_WIDEST = 100
"""No tool wraps prose wider by itself; longer lines are paragraphs, or addresses."""
_PROSE = 40
"""A line that wrapping has broken is at least about so long."""
_OUTLIERS = 12
"""Of so many lines one may be longer than the column at which the others were wrapped."""
_SAMPLE = 20_000
_PAIR = 2
_SLACK = 8
"""How far a hand-made break may stand from where a tool would have put it."""
_HEADER = re.compile(
    r"(?i)(title|headline|url|link|date|published|author|by|source|site|publisher):\s+(\S.*)"
)
_FIELDS = {
    "headline": "title",
    "link": "url",
    "published": "date",
    "by": "author",
    "source": "site",
    "publisher": "site",
}
_ITEM = re.compile(r"(?:[-*•‣◦·>#|+]|\(?\d{1,3}[.)]|\[\d+\])(?:\s|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainReader:
    """Reads plain text in any encoding; raises `ReadError`."""

    def __call__(self, document: RawDocument, /) -> list[Page]:
        """Return one page: a block a line, or a paragraph where the lines were wrapped by a tool."""
        charset = served_charset(document.media_type)
        return pages(document, decode(document.content, charset, source=document.source.location))


def pages(document: RawDocument, text: str) -> list[Page]:
    """Return the pages that `text` is: one for each title, where it sets titles over articles."""
    whole = page(document, text)
    lines = typeset.unquoted(text.split("\n"))
    header = _header(lines)
    titled = typeset.blocks(lines, header[-1][2] if header else 0)
    return outline.parted(replace(whole, blocks=tuple(titled))) or [whole]


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = typeset.unquoted(text.split("\n"))
    header = _header(lines)
    found = {name: value for name, value, _ in header}
    return Page(
        source=document.source,
        blocks=tuple(blocks(lines, header[-1][2] if header else 0)),
        title=found.get("title"),
        url=found.get("url") or document.url,
        author=found.get("author"),
        published=_moment(found.get("date")),
        site=found.get("site"),
    )


def blocks(lines: list[str], start: int = 0) -> Iterator[Block]:
    """Yield the paragraphs of `lines` from index `start` on.

    Within a paragraph each line is a block of its own, unless wrapping made it: at the column at which the
    whole text was wrapped, or else at one of the paragraph's own.
    """
    return joined(lines, start, widths(lines, start))


def widths(lines: list[str], start: int = 0) -> tuple[int, int]:
    """Return the column at which the whole text was wrapped, and that of most of its wrapped paragraphs."""
    width = wrap_width(lines[start : start + _SAMPLE])
    return width, width or _usual_width(list(_runs(lines, start)))


def joined(lines: list[str], start: int, wrapped_at: tuple[int, int]) -> Iterator[Block]:
    """Yield the paragraphs of a part of a text of these `widths`."""
    width, usual = wrapped_at
    for first, run in _runs(lines, start):
        own = width or own_width(run) or (usual if len(run) == _PAIR else 0)
        yield from _joined(run, first, own)


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
    goes_on = any(b.lstrip()[:1].islower() for _, b in pairs)
    fits = sum(_full(a, b, width) for a, b in pairs) >= 0.8 * len(pairs)
    return width if width >= _PROSE and goes_on and fits else 0


def _usual_width(runs: list[tuple[int, list[str]]]) -> int:
    """The column at which most of the paragraphs were wrapped that have one."""
    widths = sorted(filter(None, (own_width(run) for _, run in runs[:_SAMPLE])))
    return widths[len(widths) // 2] if widths else 0


def _wrapped(line: str, following: str, width: int) -> bool:
    if len(line) > _WIDEST:
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


def _header(lines: list[str]) -> list[tuple[str, str, int]]:
    """The `Title: ...` lines that open the text: (field, value, line number). Two make a header.

    Where the same label comes again further down, each article has a header of its own: none is the page's.
    """
    found: list[tuple[str, str, int]] = []
    label = ""
    for number, line in enumerate(lines, 1):
        match = _HEADER.fullmatch(line.strip()) if len(line) < 1000 else None
        if match:
            name = match[1].lower()
            label = label or f"{name}:"
            found.append((_FIELDS.get(name, name), fold(match[2]), number))
        elif found or line.strip():
            break
    if len(found) < 2 or not {"title", "url"} & {name for name, _, _ in found}:
        return []
    repeated = any(line.lower().startswith(label) for line in islice(lines, found[-1][2], None))
    return [] if repeated else found


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None

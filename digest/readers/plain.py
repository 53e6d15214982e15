"""Plain text: lines and paragraphs, and the header lines that a saved page may begin with."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from digest.models import Block, Page, RawDocument
from digest.readers.dates import moment
from digest.readers.encoding import decode
from digest.text.whitespace import fold

Line = tuple[int, str]
"""The number of a line, from 1, and its text without white space at its end."""

_WIDEST = 100
"""No tool wraps prose wider by itself; longer lines are paragraphs, or addresses."""
_PROSE = 40
"""A line that wrapping has broken is at least about so long."""
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
        return [page(document, decode(document.content, source=document.source.location))]


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    header = _header(lines)
    found = {name: value for name, value, _ in header}
    return Page(
        source=document.source,
        blocks=tuple(blocks(lines[header[-1][2] :] if header else lines)),
        title=found.get("title"),
        url=found.get("url") or document.url,
        author=found.get("author"),
        published=_moment(found.get("date")),
        site=found.get("site"),
    )


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Yield the paragraphs of `lines`; within one, each line is its own unless wrapping made it."""
    lines = list(lines)
    width = wrap_width([line for _, line in lines])
    for paragraph in _paragraphs(lines):
        for number, text in _joined(paragraph, width):
            if folded := fold(text):
                yield Block(text=folded, line=number)


def wrap_width(lines: list[str]) -> int:
    """Return the column at which prose was wrapped, or 0 where it was not.

    A line was broken by wrapping when the first word of the next one would not have fitted on it.
    """
    long = [len(line) for line in lines if line]
    if not long or sum(length > _WIDEST for length in long) > 0.02 * len(long):
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if b and _PROSE <= len(a) <= _WIDEST]
    if len(pairs) < 2:
        return 0
    width = max(len(a) for a, _ in pairs)
    return width if sum(_full(a, b, width) for a, b in pairs) >= 0.7 * len(pairs) else 0


def _full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - _SLACK


def _paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for number, line in lines:
        if line:
            paragraph.append((number, line))
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _joined(paragraph: list[Line], width: int) -> Iterator[Line]:
    start, parts = paragraph[0][0], [paragraph[0][1]]
    for number, line in paragraph[1:]:
        before = parts[-1]
        if (
            width
            and len(before) <= _WIDEST
            and _full(before, line, width)
            and not _ITEM.match(line)
        ):
            parts.append(line)
        else:
            yield start, " ".join(parts)
            start, parts = number, [line]
    yield start, " ".join(parts)


def _header(lines: list[Line]) -> list[tuple[str, str, int]]:
    """The `Title: ...` lines that open the text: (field, value, line number). Two make a header.

    Where the same field comes again further down, each article has a header of its own: none is the page's.
    """
    found: list[tuple[str, str, int]] = []
    for number, line in lines:
        match = _HEADER.fullmatch(line.strip()) if len(line) < 1000 else None
        if match is None:
            if found or line:
                break
            continue
        name = match[1].lower()
        found.append((_FIELDS.get(name, name), fold(match[2]), number))
    if len(found) < 2 or not {"title", "url"} & {name for name, _, _ in found}:
        return []
    again = _HEADER.pattern.replace("(?i)", "")
    first = re.match(again, lines[found[0][2] - 1][1].strip(), re.IGNORECASE)
    label = f"{first[1].lower()}: " if first else ""
    repeated = any(line.lower().startswith(label) for _, line in lines[found[-1][2] :])
    return [] if repeated else found


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None

"""Plain text: lines and paragraphs, and the header lines that a saved page may begin with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise

from digest.models import Block, Page, RawDocument
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
        return [page(document, decode(document.content, charset, source=document.source.location))]


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = text.split("\n")
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

    Within a paragraph each line is a block of its own, unless wrapping made it.
    """
    width = wrap_width(lines[start : start + _SAMPLE])
    if not width:
        for number, line in enumerate(islice(lines, start, None), start + 1):
            if folded := fold(line):
                yield Block(text=folded, line=number)
        return
    first, parts = 0, [""]
    for number, line in enumerate(islice(lines, start, None), start + 1):
        text = line.rstrip()
        if text and parts[-1] and _wrapped(parts[-1], text, width):
            parts.append(text)
            continue
        if folded := fold(" ".join(parts)) if parts[0] else "":
            yield Block(text=folded, line=first)
        first, parts = number, [text]
    if folded := fold(" ".join(parts)):
        yield Block(text=folded, line=first)


def _wrapped(line: str, following: str, width: int) -> bool:
    if len(line) > _WIDEST or _ITEM.match(following):
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

"""The running heads of a print-out: page numbers, and what stands beside them on every page.

A page break says nothing of where an article ends, and a head that comes again is nobody's title.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.splitting.lines import SHORT, STRONG, Line
from digest.splitting.patterns import Wording
from digest.splitting.view import shape_key

_PAGE = Wording(
    r"(?:page|seite|pág(?:ina)?|pagina|pg?)\.?\s*(?P<page>\d{1,4})(?:\s*(?:of|/|von|sur|de|di)\s*\d{1,4})?"
    r"|[-–—]\s?(?P<dashed>\d{1,4})\s?[-–—]"
    r"|(?:https?://\S+\s+)?(?P<part>\d{1,4})\s?(?:/|of|von|sur|de)\s?\d{1,4}",
    re.IGNORECASE,
)
_STAMP = Wording(
    r"\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2},?\s+\d{1,2}:\d\d(?:\s?[AP]M)?\b", re.IGNORECASE
)
"""The day and the time of printing, as browsers print them at the head of each page."""
_LONGEST = 120
_NEAR = 2


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with page numbers and running heads marked as such, if the page is a print-out."""
    pages = _page_numbers(lines)
    heads = _heads(lines, pages)
    if not pages and not heads:
        return list(lines)
    return [
        replace(line, sign="page", weight=SHORT, level=0, number=-1)
        if index in pages or index in heads
        else line
        for index, line in enumerate(lines)
    ]


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that number pages, if there are two or more and they count up."""
    found: list[int] = []
    last = 0
    for index, line in enumerate(lines):
        ends = len(line.text) <= _LONGEST and (
            line.text[-1:].isdigit() or line.text[-1:] in ("-", "–", "—")
        )
        match = _PAGE.fullmatch(line.text) if ends else None
        number = int(next(filter(None, match.groups()))) if match else 0
        if number > last or (number == 1 and found):
            found.append(index)
            last = number
    return frozenset(found if len(found) > 1 else ())


def _heads(lines: Sequence[Line], pages: frozenset[int]) -> frozenset[int]:
    """The short lines that come again beside page numbers, or with the time of printing."""
    beside = Counter(shape_key(lines[index]) for index in _beside(lines, pages))
    stamped = Counter(
        shape_key(line) for line in lines if line.text[:1].isdigit() and _is_stamped(line.text)
    )
    known = {key for key, count in (*beside.items(), *stamped.items()) if count > 1}
    if not known:
        return frozenset()
    found = [
        index for index, line in enumerate(lines) if _may_head(line) and shape_key(line) in known
    ]
    first: dict[str, int] = {}
    for index in found:
        first.setdefault(lines[index].key, index)
    # The first of the heads that are a headline is the headline itself.
    return frozenset(
        index
        for index in found
        if first[lines[index].key] != index or shape_key(lines[index]) in stamped
    )


def _beside(lines: Sequence[Line], pages: frozenset[int]) -> Iterator[int]:
    near = {
        index
        for page in pages
        for index in range(max(0, page - _NEAR), min(len(lines), page + _NEAR + 1))
    }
    return (index for index in sorted(near - pages) if _may_head(lines[index]))


def _is_stamped(text: str) -> bool:
    return len(text) <= _LONGEST and _STAMP.match(text) is not None


def _may_head(line: Line) -> bool:
    """Whether a line may be a running head; an address tells where the article stood, and stays."""
    return line.weight < STRONG and 0 < len(line.text) <= _LONGEST and line.sign != "address"

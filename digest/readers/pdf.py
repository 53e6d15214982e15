"""PDF files: their lines in reading order, joined to paragraphs over lines, columns and pages (extra `pdf`).

A PDF has no paragraphs, only text at places. A line ends where the height changes; a paragraph ends where the
gap or the size of the letters does, or where a line stops short behind the end of a sentence. What stands at
the same edge of many pages is a running head.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

from digest.errors import ReadError
from digest.models import Block, Omission, Page, RawDocument
from digest.text.characters import fold

_MOST_PAGES = 50
"""Of a longer file the beginning is read: what is news in a report stands there."""
_HEADING = 1.15  # times the size of the text: its headings are larger
_GAP = 1.35  # times the usual distance of lines: a new paragraph
_LEADING = 1.2  # times the size of letters: the usual distance of lines
_SHORT = 0.85  # of the usual length: a line that stops there may be a last one
_EDGE = 2  # lines at the top and at the bottom of a page may be running heads
_APART = 2  # times its size a running head stands from the text
_REPEATED = 3  # pages, or half of them, with the same line at the same edge
_SCAN = 30  # letters a page: less is what a scanner or a stamp left
_LONGEST_TITLE = 300  # characters
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]{0,3}$")
_NAMES = re.compile(r"(?i)\.(?:docx?|pdf|indd|tex|odt|pptx?)$|^(?:microsoft word|untitled|slide)\b")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    y: float
    size: float
    page: int


def read(document: RawDocument, /) -> list[Page]:
    """Return one page with the blocks of the text; raises `ReadError`."""
    file = _opened(document)
    lines = list(_lines(file, document))
    heads = _running_heads(lines)
    blocks = tuple(_blocks([line for line in lines if line not in heads]))
    title, published = _about(file, blocks)
    dropped = dict.fromkeys(line.text for line in lines if line in heads)
    location = document.source.location
    left_out = [Omission(text, "boilerplate", location) for text in dropped]
    if len(file.pages) > _MOST_PAGES:
        rest = f"pages {_MOST_PAGES + 1} to {len(file.pages)}"
        left_out.append(Omission(rest, "surplus", location))
    return [
        Page(
            source=document.source,
            blocks=blocks,
            title=title,
            url=document.url,
            published=published,
            left_out=tuple(left_out),
        )
    ]


def visible_text(document: RawDocument, /) -> str:
    """Return all text, a paragraph a line, and the running heads."""
    (page,) = read(document)
    return "\n".join(
        [page.title or "", *(block.text for block in page.blocks)]
        + [one.what for one in page.left_out if one.reason == "boilerplate"]
    )


def _opened(document: RawDocument) -> Any:
    source = document.source.location
    try:
        import pypdf
    except ImportError as error:
        raise ReadError(
            source, 'PDF needs a package more: pip install "digest-briefing[pdf]"'
        ) from error
    # It says much about damage that it repairs.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = pypdf.PdfReader(BytesIO(document.content))
        if file.is_encrypted and not file.decrypt(""):
            raise ReadError(source, "encrypted; save it without a password")
        len(file.pages)
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(source, "a damaged PDF, or encrypted in an unknown way") from error
    return file


def _lines(file: Any, document: RawDocument) -> Iterator[_Line]:
    """Yield the lines of the first pages; raises `ReadError` where they hold no text."""
    found: list[_Line] = []
    count = min(len(file.pages), _MOST_PAGES)
    for number in range(count):
        parts: list[tuple[str, float, float]] = []

        def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            parts.append((text, round(y, 1), round(abs(size * tm[3] * cm[3]), 1)))  # noqa: B023

        try:
            file.pages[number].extract_text(visitor_text=visit)
        except Exception as error:
            raise ReadError(document.source.location, f"page {number + 1} is damaged") from error
        found += _of_page(parts, number)
    if sum(len(line.text) for line in found) < _SCAN * count:
        raise ReadError(
            document.source.location,
            "a scan: pictures of pages without text; run it through OCR first",
        )
    yield from found


def _of_page(parts: list[tuple[str, float, float]], page: int) -> Iterator[_Line]:
    text, at, size = "", 0.0, 0.0
    for piece, y, height in parts:
        for number, words in enumerate(piece.split("\n")):
            if (number or (words.strip() and abs(y - at) > height / 2)) and text.strip():
                yield _Line(fold(text), at, size, page)
                text = ""
            if words.strip() and not text.strip():
                at, size = y, height
            text += words
    if text.strip():
        yield _Line(fold(text), at, size, page)


def _running_heads(lines: list[_Line]) -> set[_Line]:
    """Return the lines that stand at the edge of many pages, whatever numbers are in them."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges: list[_Line] = []
    for own in pages.values():
        by_height = sorted(own, key=lambda line: -line.y)
        edges += {*_edge(by_height), *_edge(by_height[::-1])}
    counts = Counter((_DIGITS.sub("0", line.text), line.y) for line in edges)
    needed = max(2, min(_REPEATED, len(pages) // 2))
    return {line for line in edges if counts[_DIGITS.sub("0", line.text), line.y] >= needed}


def _edge(lines: list[_Line]) -> list[_Line]:
    """Return the first lines of a page, seen from its edge, that stand apart from the rest."""
    for number, (line, other) in enumerate(pairwise(lines[: _EDGE + 1]), 1):
        if abs(line.y - other.y) > _APART * line.size:
            return lines[:number]
    return []


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    own = [line for line in lines if line.size == body]
    width = median([len(line.text) for line in own]) if own else 0.0
    gaps = [a.y - b.y for a, b in pairwise(own) if 0 < a.y - b.y < 4 * body]
    usual = median(gaps) if gaps else body
    text = ""
    for number, line in enumerate(lines):
        last = lines[number - 1] if number else line
        if text and _parted(last, line, usual, width):
            yield _block(text, last, body)
            text = ""
        text = _joined(text, line.text)
    if text:
        yield _block(text, lines[-1], body)


def _parted(last: _Line, line: _Line, usual: float, width: float) -> bool:
    """Return whether a paragraph ends between two lines."""
    if last.size != line.size:
        return True
    is_over = _ENDS.search(last.text) is not None
    stops = is_over and len(last.text) < _SHORT * width
    if not 0 < last.y - line.y < 4 * usual:  # the next column or page
        return stops
    return stops or last.y - line.y > _GAP * max(usual, _LEADING * line.size)


def _joined(text: str, line: str) -> str:
    """Return the text with a further line: a word that was broken at its end is whole again."""
    if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}" if text else line


def _block(text: str, line: _Line, body: float) -> Block:
    is_heading = line.size > _HEADING * body and len(text) <= _LONGEST_TITLE
    return Block(text=text, tag=("h2" if is_heading else "p"))


def _about(file: Any, blocks: tuple[Block, ...]) -> tuple[str | None, datetime | None]:
    """Return title and date: the first heading, or what the file says of itself but for a file's name."""
    try:
        said, published = fold(str(file.metadata.title or "")), file.metadata.creation_date
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the library raise
        said, published = "", None
    heading = next((block.text for block in blocks if block.tag != "p"), "")
    title = heading or ("" if _NAMES.search(said) else said[:_LONGEST_TITLE])
    if published is not None and published.tzinfo is None:
        published = None
    return title or None, published

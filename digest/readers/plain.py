"""Plain text: paragraphs, the header lines that a saved page may begin with, and titles as type sets them.

Titles are underlined, between marks, in capitals, centred or numbered. One line in capitals may be anything.
What a text does again and again, each time over running text, it does to its titles; a way that comes once is
left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from digest.models import Block, Page, RawDocument
from digest.readers import contents, outline
from digest.readers.encoding import decoded
from digest.readers.fields import parse_date
from digest.text.characters import fold

_RULE = re.compile(r"[^\w]{0,40}?\w{0,2}(?:[-=~*^_+]\s?){5,}\s*")
_UNDERLINE = re.compile(r"(?:[^\w\s]?\w{0,2}|[\s/\\()|_]{0,40})([-=~*^])\1{4,}\s*")
_BANNER = re.compile(
    r"\s*([-=+*#~:.|<>_])\1{1,20}\s*([^\s\1].{1,120}?)\s*([-=+*#~:.|<>_])\3{1,60}\s*"
)
_NUMBERED = re.compile(r"\s*(?:\(?\d{1,3}[.)]|[IVXLC]{1,7}\.)\s+[^\W\d_].{3,}")
_MARK = re.compile(r"(?:\(?\d{1,3}[.)]|[IVXLC]{1,7}\.)\s+(?=\S)")
_FIGURES = re.compile(r"[\W\d_]+")
_BULLET = re.compile(r"[-*•+] ")
_QUOTED = re.compile(r"(?:> ?){1,5}")
_MOST_QUOTED = 0.8  # of the lines are marked where all is a quotation
_LONGEST = 100  # characters of a title's line
_MOST_LINES = 3  # lines of a title
_CENTRED = 6
"""Spaces by which a centred line stands in from the margin, at the least."""
_FEWEST = 2  # titles of a sure kind are no accident
_SURE = 3  # titles of any other kind
_DRAWN = " \t_/\\|()"
"""What initials drawn beside a text leave before a title."""
_CONTENTS = 1.0
"""The list of contents is an introduction that speaks for several articles, and not for one."""
_PROSE_WORDS = 12  # below a title are running text
_SURELY = ("=", "centred underlined", "underlined", "banner")
"""What nobody does to a line but to make it a title."""
_LISTED = "listed"
_RANKS = (_LISTED, *_SURELY, "centred capitals", "capitals", "numbered", "centred")
_WIDEST = 100
"""No tool wraps prose wider by itself; longer lines are paragraphs, or addresses."""
_PROSE = 40
"""A line that wrapping has broken is at least about so long."""
_OUTLIERS = 12
"""Of so many lines one may be longer than the column at which the others were wrapped."""
_SAMPLE = 20_000  # lines show how a text was wrapped
_PAIR = 2  # lines are too few to show a width
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


# --- titles


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    stop: int
    """The first line behind it and its underline."""
    kind: str
    text: str


def unquoted(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text without the marks that quote nearly all of it."""
    lines = list(lines)
    for _ in range(3):
        filled = [line for line in lines if line.strip()]
        marked = sum(line.lstrip().startswith(">") for line in filled)
        if not filled or marked < _MOST_QUOTED * len(filled):
            break
        lines = [
            _QUOTED.sub("", line.lstrip(), count=1) if ">" in line[:9] else line for line in lines
        ]
    return lines


def titled_blocks(lines: Sequence[str], start: int = 0) -> list[Block]:
    """Return the blocks of a text that has titles: headings, rules, paragraphs; nothing for any other text."""
    start, stop = _framed(lines, start)
    lines = list(lines[:stop])
    titles = _listed(lines, start) or _kept(lines, _unstacked(lines, _titles(lines, start)))
    if not titles:
        return []
    widths = wrap_widths(lines, start)
    found: list[Block] = []
    place = start
    ranks = sorted({_RANKS.index(title.kind) for title in titles})
    for title in titles:
        found += _between(lines, place, title.start, widths)
        rank = 1 + ranks.index(_RANKS.index(title.kind))
        text = _MARK.sub("", title.text, count=1)
        found.append(Block(text=text, tag=f"h{min(rank, 6)}", line=title.start + 1))
        place = title.stop
    found += _between(lines, place, len(lines), widths)
    return found


def _framed(lines: Sequence[str], start: int) -> tuple[int, int]:
    """Where a text begins and ends that says so: between `*** START OF X ***` and `*** END OF X ***`."""
    banners = [
        (index, match[2])
        for index, line in enumerate(lines)
        if line[:2] in ("**", "==", "--") and (match := _BANNER.fullmatch(line.rstrip()))
    ]
    begun = next(((i, text[6:]) for i, text in banners if text.startswith("START ")), None)
    if not begun:
        return start, len(lines)
    end = next((i for i, text in banners if text == f"END {begun[1]}"), 0)
    return (begun[0] + 1, end) if end > begun[0] else (start, len(lines))


def _unstacked(lines: list[str], titles: list[_Title]) -> list[_Title]:
    """One title of each stack of a kind: below it stand a subtitle, a byline, the first part.

    Above it stand running heads, which come again elsewhere but for their figures, and the name of the paper.
    """
    shapes = Counter(_shape(title) for title in titles)
    found: list[_Title] = []
    for stack in _stacks(lines, titles):
        own = [title for title in stack if shapes[_shape(title)] == 1] or stack
        found.append(own[0] if found or len(own) == 1 else own[-1])
    return found


def _stacks(lines: list[str], titles: list[_Title]) -> Iterator[list[_Title]]:
    """The titles of one kind with nothing between them."""
    stack: list[_Title] = []
    for title in titles:
        near = stack and not any(map(str.strip, lines[stack[-1].stop : title.start]))
        if stack and not (near and title.kind == stack[-1].kind):
            yield stack
            stack = []
        stack.append(title)
    if stack:
        yield stack


def _shape(title: _Title) -> str:
    return _FIGURES.sub("", title.text)


def _between(lines: list[str], start: int, stop: int, widths: tuple[int, int]) -> Iterator[Block]:
    """The paragraphs between two titles; a rule is one that parts them."""
    for block in joined(lines[:stop], start, widths):
        is_rule = not any(map(str.isalnum, block.text))
        yield (
            Block(text="", tag="hr", line=block.line)
            if is_rule
            else Block(text=block.text, tag="p", line=block.line)
        )


def _titles(lines: list[str], start: int) -> list[_Title]:
    """What may be a title: a short run of lines between empty ones or rules, or right above an underline."""
    found: list[_Title] = []
    margin = _margin(lines)
    for first, last in _line_runs(lines, start):
        _, below = _above_rule(lines, first, last)
        listed = [i for i in range(first, below) if _BULLET.match(lines[i].lstrip())]
        first = listed[-1] + 1 if listed and below < last else first
        if first < below < last and below - first <= _MOST_LINES:
            centred = "centred " * _is_centred(lines[first:below], margin)
            kind = "=" if lines[below].strip().endswith("=") else f"{centred}underlined"
            found.append(_Title(first, below + 1, kind, _text(lines[first:below])))
        elif kind := _kind(lines[first:last], margin):
            text = _text(lines[first:last])
            if kind == "banner" and (match := _BANNER.fullmatch(lines[first].rstrip())):
                text = fold(match[2])
            found.append(_Title(first, last, kind, text))
    return [
        title
        for title in found
        if 1 < len(title.text) <= 2 * _LONGEST
        and any(map(str.isalpha, title.text))
        and not _BULLET.match(title.text)
    ]


def _listed(lines: list[str], start: int) -> list[_Title]:
    """The titles that a table of contents lists, each with its underline."""
    found: list[_Title] = []
    runs = [_above_rule(lines, *run) for run in _line_runs(lines, start)]
    for first, stop in contents.listed(lines, runs):
        ruled = stop < len(lines) and _UNDERLINE.fullmatch(lines[stop].rstrip())
        text = _text([line.lstrip(_DRAWN) for line in lines[first:stop]])
        text = _MARK.sub("", text, count=1)
        found.append(_Title(first, stop + bool(ruled), _LISTED, text))
    return found


def _above_rule(lines: list[str], first: int, stop: int) -> tuple[int, int]:
    """The lines of a run down to its first underline."""
    ruled = (i for i in range(first, stop) if _UNDERLINE.fullmatch(lines[i].rstrip()))
    return first, next(ruled, stop)


def _line_runs(lines: list[str], start: int) -> Iterator[tuple[int, int]]:
    """The runs of lines between empty lines and rules; an underline belongs to the run that it closes."""
    first = start
    for index in range(start, len(lines) + 1):
        line = lines[index].rstrip() if index < len(lines) else ""
        match = _BANNER.fullmatch(line) if 0 < len(line) <= _LONGEST else None
        banner = match is not None and any(map(str.isalpha, match[2]))
        if line and not banner:
            continue
        if first < index:
            yield first, index
        if banner:
            yield index, index + 1
        first = index + 1


def _kind(run: list[str], margin: int) -> str:
    """How a run of lines would be set as a title; empty where it would not."""
    text = _text(run)
    if len(run) > _MOST_LINES or len(text) > _LONGEST or not text:
        return ""
    if len(run) == 1 and (match := _BANNER.fullmatch(run[0].rstrip())):
        return "banner" if any(map(str.isalpha, match[2])) and match[1] == match[3] else ""
    centred = _is_centred(run, margin)
    if text.isupper() and len(text) > 3:
        return "centred capitals" if centred else "capitals"
    if text.endswith((".", ",", ";", ":", "!", "”", '"')):
        return ""
    if len(run) <= 2 and _NUMBERED.fullmatch(text):
        return "numbered"
    return "centred" if centred and len(run) <= 2 else ""


def _is_centred(run: list[str], margin: int) -> bool:
    return all(len(line) - len(line.lstrip()) >= margin + _CENTRED for line in run)


def _kept(lines: list[str], titles: list[_Title]) -> list[_Title]:
    """The titles set in a way that comes again and again over running text."""
    over_prose = Counter[str]()
    for title, following in pairwise([*titles, _Title(len(lines), len(lines), "", "")]):
        over_prose[title.kind] += _has_prose(lines[title.stop : following.start])
    counts = Counter(title.kind for title in titles)
    kinds = {
        kind
        for kind, count in counts.items()
        if over_prose[kind] >= (_FEWEST if kind in _SURELY else _SURE)
        and 2 * over_prose[kind] >= count
    }
    return [title for title in titles if title.kind in kinds]


def _has_prose(lines: list[str]) -> bool:
    words = 0
    for line in lines:
        words += len(line.split())
        if words >= _PROSE_WORDS:
            return True
    return False


def _margin(lines: list[str]) -> int:
    """How far the running text stands in."""
    indents = Counter(len(line) - len(line.lstrip()) for line in lines if len(line.strip()) > 40)
    return max(indents.items(), key=lambda item: (item[1], -item[0]))[0] if indents else 0


def _text(lines: Sequence[str]) -> str:
    return fold(" ".join(lines))


# --- the reader, and paragraphs


def read(document: RawDocument, /) -> list[Page]:
    """Return the pages of a text in any encoding: one, or one for each title that it sets over an article.

    A block is a line, or a paragraph where a tool wrapped the lines. Raises `ReadError`.
    """
    return pages(document, decoded(document))


def visible_text(document: RawDocument) -> str:
    """Return a text as it is, and without the marks that quote nearly all of it."""
    text = decoded(document)
    lines = text.split("\n")
    bare = unquoted(lines)
    return text if bare == lines else "\n".join([*bare, text])


def pages(document: RawDocument, text: str) -> list[Page]:
    """Return the pages that `text` is: one for each title, where it sets titles over articles."""
    whole = page(document, text)
    lines = unquoted(text.split("\n"))
    header = _header(lines)
    titled = titled_blocks(lines, header[-1][2] if header else 0)
    least = -_CONTENTS if titled and _listed(lines, 0) else 0.0
    return outline.pages_by_title(replace(whole, blocks=tuple(titled)), least=least) or [whole]


def page(document: RawDocument, text: str) -> Page:
    """Return the page that `text` is."""
    lines = unquoted(text.split("\n"))
    header = _header(lines)
    found = {name: value for name, value, _ in header}
    return Page(
        source=document.source,
        blocks=tuple(paragraphs(lines, header[-1][2] if header else 0)),
        title=found.get("title"),
        url=found.get("url") or document.url,
        author=found.get("author"),
        published=parse_date(found.get("date", "")),
        site=found.get("site"),
    )


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
    columns = sorted(filter(None, (own_width(run) for _, run in runs[:_SAMPLE])))
    return columns[len(columns) // 2] if columns else 0


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

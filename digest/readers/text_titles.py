"""Titles in plain text, as type sets them: underlined, between marks, in capitals, centred, numbered.

One line in capitals may be anything. What a text does again and again, each time over running text, it does to
its titles; a way that comes once is left alone. A table of contents says which of the lines below are titles,
however these are set.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.models import Block
from digest.readers.markup import HEADINGS
from digest.readers.paragraphs import joined, wrap_widths
from digest.text.bylines import named_in_byline
from digest.text.characters import fold
from digest.text.words import runs as words_of

_UNDERLINE = re.compile(r"(?:[^\w\s]?\w{0,2}|[\s/\\()|_]{0,40})([-=~*^])\1{4,}\s*")
_BANNER = re.compile(
    r"\s*([-=+*#~:.|<>_])\1{1,20}\s*([^\s\1].{1,120}?)\s*([-=+*#~:.|<>_])\3{1,60}\s*"
)
_COUNTED = r"(?:\(?(?:\d{1,3}[.)]|[A-Z]\))|[IVXLC]{1,7}\.)"
_NUMBERED = re.compile(rf"\s*{_COUNTED}\s+[^\W\d_].{{3,}}")
_MARK = re.compile(rf"(?:{_COUNTED}|\[[^\[\]]{{2,30}}\])\s+(?=\S)")
_TAGGED = re.compile(r"\[[^\W\d_][^\[\]]{1,29}\]\s+[^\W\d_].{3,}")
_SLUG = re.compile(r"\s[/|·•]\s")
_SLUG_PARTS = 3  # as in `24 NOV / WIRE / TOWN` are no title
_FIGURES = re.compile(r"[\W\d_]+")
_BULLET = re.compile(r"[-*•+] ")
_LONGEST = 100  # characters of a title's line
_MOST_LINES = 3  # lines of a title
_CENTRED = 6
"""Spaces by which a centred line stands in from the margin, at the least."""
_FEWEST = 2  # titles of a sure kind are no accident
_SURE = 3  # titles of any other kind
_BOX = re.compile(r"\s{0,40}([*|#+=:!])\s+(\S.*?)(?<!\s)\s++\1\s*")
_BOXED = frozenset("*|#+=:!-/")
_DRAWN = " \t_/\\|()"
"""What initials drawn beside a text leave before a title."""
_PROSE_WORDS = 12  # below a title are running text
_SURELY = ("=", "centred underlined", "underlined", "banner", "tagged")
"""What nobody does to a line but to make it a title."""
_LISTED = "listed"
_RANKS = (_LISTED, *_SURELY, "centred capitals", "capitals", "numbered", "centred")


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    stop: int
    """The first line behind it and its underline."""
    kind: str
    text: str


def titled_blocks(lines: Sequence[str], start: int = 0) -> list[Block]:
    """Return the blocks of a text that has titles: headings, rules, paragraphs; nothing for any other text."""
    lines = _unboxed(lines)
    titles = listed_titles(lines, start) or _kept(lines, _unstacked(lines, _titles(lines, start)))
    if not titles:
        return []
    widths = wrap_widths(lines, start)
    found: list[Block] = []
    place = start
    ranks = sorted({_RANKS.index(title.kind) for title in titles})
    for title in titles:
        above = list(_between(lines, place, title.start, widths))
        slug = above[-1:] if above and _is_slug(above[-1].text) else []
        found += above[: len(above) - len(slug)]
        found += [replace(block, tag="footer") for block in slug]
        rank = 1 + ranks.index(_RANKS.index(title.kind))
        text = _MARK.sub("", title.text, count=1)
        found.append(Block(text=text, tag=f"h{min(rank, 6)}", line=title.start + 1))
        place = title.stop
    return found + _ended(found, list(_between(lines, place, len(lines), widths)))


def _ended(above: Sequence[Block], last: list[Block]) -> list[Block]:
    """The last part, of which what a rule sets off is no text where rules part the articles above."""
    parted = [before.tag == "hr" for before, block in pairwise(above) if block.tag in HEADINGS]
    within = sum(block.tag == "hr" for block in above) > len(parted) + 1
    rules = [i for i, block in enumerate(last) if block.tag == "hr" and i]
    if not rules or not parted or not all(parted):
        return last
    rule = rules[-1] if within else rules[0]
    return last[:rule] + [replace(block, tag="footer") for block in last[rule + 1 :]]


def _unboxed(lines: Sequence[str]) -> list[str]:
    """The lines, those without their frame that stand in a box: beside a rule, or another line of it."""
    boxes = [_BOX.fullmatch(line) for line in lines]
    framed = [
        box is not None or (line[:1] in _BOXED and _UNDERLINE.fullmatch(line.rstrip()) is not None)
        for line, box in zip(lines, boxes, strict=True)
    ]
    return [
        box[2] if box and any(framed[max(0, i - 1) : i] + framed[i + 1 : i + 2]) else line
        for i, (line, box) in enumerate(zip(lines, boxes, strict=True))
    ]


def _unstacked(lines: list[str], titles: list[_Title]) -> list[_Title]:
    """One title of each stack of a kind: below it stand a subtitle, a byline, the first part.

    Above it stand running heads, which come again elsewhere but for their figures, and the name of the paper.
    """
    shapes = Counter(_shape(title) for title in titles)
    found: list[_Title] = []
    for stack in _stacks(lines, titles):
        telling = [title for title in stack if not _is_slug(title.text)] or stack
        own = [title for title in telling if shapes[_shape(title)] == 1] or telling
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


def _is_slug(text: str) -> bool:
    return len(_SLUG.split(text)) >= _SLUG_PARTS


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
        first, below = _above_rule(lines, first, last)
        listed = [i for i in range(first, below) if _BULLET.match(lines[i].lstrip())]
        first = listed[-1] + 1 if listed and below < last else first
        if last - first > 1 and _TAGGED.fullmatch(lines[first]) and len(lines[first]) <= _LONGEST:
            found.append(_Title(first, first + 1, "tagged", fold(lines[first])))
        elif first < below < last and below - first <= _MOST_LINES:
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


def listed_titles(lines: list[str], start: int) -> list[_Title]:
    """The titles that a table of contents lists, each with its underline."""
    found: list[_Title] = []
    runs = [_above_rule(lines, *run) for run in _line_runs(lines, start)]
    for first, stop in _matching(lines, runs):
        ruled = stop < len(lines) and _UNDERLINE.fullmatch(lines[stop].rstrip())
        text = _text([line.lstrip(_DRAWN) for line in lines[first:stop]])
        text = _MARK.sub("", text, count=1)
        found.append(_Title(first, stop + bool(ruled), _LISTED, text))
    return found


def _above_rule(lines: list[str], first: int, stop: int) -> tuple[int, int]:
    """The lines of a run down to its first underline, without a rule above them."""
    ruled = [i for i in range(first, stop) if _UNDERLINE.fullmatch(lines[i].rstrip())]
    if ruled[:1] == [first] and len(ruled) > 1:
        first = ruled.pop(0) + 1
    return first, ruled[0] if ruled else stop


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
            yield first, _above_byline(lines, first, index)
        if banner:
            yield index, index + 1
        first = index + 1


def _above_byline(lines: list[str], first: int, stop: int) -> int:
    """Where the byline stands that closes a title; `stop` where none does."""
    below = range(first + 1, min(stop, first + 1 + _MOST_LINES))
    return next((i for i in below if named_in_byline(lines[i])), stop)


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


# --- tables of contents

_ENTRY = re.compile(
    r"(?:\(?\d{1,3}[.):]|\(?[A-Z]\)|\[\d{1,3}\]|#\d{1,3}|[IVXLC]{1,7}\.|[-*•o+])\s+(?P<name>\S.{2,160})"
)
_LEADER = re.compile(
    r"(?<![\s.])(?=[\s.]{4}|\s\s|\s[-–—]\s)[\s.]*+(?:[-–—]\s++)?(?:p(?:age|\.)?\s?)?\d{1,4}$"
)
"""The page on which an entry is to be found."""
_FEWEST_ENTRIES = 3  # make a list, and titles that it lists
_MOST_LISTED = 200
_MOST_FOUND = 0.6  # of the entries stand below as titles
_LONGEST_ENTRY = 200  # characters
_ALIKE = 0.7
"""Twice the words in common over the words of both: an entry shortens its title, or sets it otherwise."""

Run = tuple[int, int]
"""The first line of a few, and the line behind them."""


def _matching(lines: Sequence[str], runs: Sequence[Run]) -> list[Run]:
    """Return the runs of lines that a table of contents above them lists, in their order; or nothing."""
    for stop, entries in _lists(lines):
        short = [run for run in runs if run[0] >= stop and _is_short(lines, run)]
        found = _matched(entries, [(run, _words(lines, run)) for run in short])
        if len(found) >= max(_FEWEST_ENTRIES, _MOST_FOUND * len(entries)):
            return found
    return []


def _lists(lines: Sequence[str]) -> Iterator[tuple[int, list[Counter[str]]]]:
    """The lists of a text: the line behind each, and the words of its entries."""
    entries, blanks = list[str](), 0
    for index, line in enumerate([*lines, "", ""]):
        text = line.strip()
        entry = _entry(text)
        if entry:
            entries.append(entry)
        elif entries and text and not blanks and line[:1].isspace():
            entries[-1] += f" {_LEADER.sub('', text[:_LONGEST_ENTRY])}"[:_LONGEST_ENTRY]
        elif entries and (text or blanks):
            if _FEWEST_ENTRIES <= len(entries) <= _MOST_LISTED:
                yield index, [_counted(entry) for entry in entries]
            entries = []
        blanks = 0 if text else blanks + 1


def _entry(text: str) -> str:
    """The name in a line that is numbered, or says on which page; empty for any other."""
    if len(text) > _LONGEST_ENTRY:
        return ""
    numbered = _ENTRY.fullmatch(text)
    name = numbered["name"] if numbered else text
    bare = _LEADER.sub("", name)
    return bare if numbered or bare != name else ""


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
    return 0 < stop - first <= _MOST_LINES and sum(map(len, lines[first:stop])) <= _LONGEST_ENTRY


def _words(lines: Sequence[str], run: Run) -> Counter[str]:
    return _counted(" ".join(lines[run[0] : run[1]]))


def _counted(text: str) -> Counter[str]:
    return Counter(words_of(text.lower()))

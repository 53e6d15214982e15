"""The lines of an HTML page as it sets them, each with its look; titles told by looks where no tag does.

Old pages, mails and many generators write a title as bold or coloured or large type, as a table cell or a link
of a class. Whatever it is, a page does it to all its titles and to nothing else, and text follows each time.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import takewhile
from statistics import median

from digest.length import count_words
from digest.models import Block
from digest.readers.fields import looks_dated, without_date
from digest.readers.markup import (
    AREAS,
    BLOCK,
    HEADINGS,
    LOOK_BACK,
    VOID,
    Nesting,
    Token,
    is_comments,
    is_hidden,
    tokens,
)
from digest.text.characters import fold

_ATTRIBUTE = re.compile(
    r"(?i)(?:^|\s)(class|color|size|style|href)\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'>]{1,2000}))"
)
_STYLE = re.compile(r"(?i)(?:font-(?:size|weight)|(?<![-\w])color)\s*:\s*([^;]{1,40})")
_STYLED = frozenset(
    ("a", "b", "big", "dt", "em", "font", "i", "li", "p", "div", "span", "strong", "td", "th", "u")
)
_ALWAYS = frozenset(("a", "b", "big", "dt", "em", "font", "i", "strong", "th", "u"))
"""Elements that change the look of their text, with or without a class."""
_TAGS = frozenset((*HEADINGS, "li", "blockquote", "pre", "figcaption", "caption", "p"))
_STRONG = frozenset(("b", "big", "dt", "font", "strong", "th"))
_MOST_WORDS, _FEWEST_CHARACTERS, _LONGEST = 25, 4, 200
_NEAR = 3  # innermost elements make the look of a line
_FEWEST = 3  # lines of one look are no accident
_FILLED_WORDS = 8  # below a title make a text
_FILLED_SHARE = 0.7  # of the titles in one look have a text below
_ENDS = (".", ",", ";", "…")
_LONGEST_DATE = 40  # characters of a date beside a title
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w")
_SHORT_DATE = re.compile(r"\d{1,2}[-/.](?:\d{1,2}|[A-Za-z]{3})[-/.]\d{2}[:.]?")
"""A date whose year has two digits: not to be told from a version but by where it stands."""
_Piece = tuple[str, tuple[str, ...], str]
"""A stretch of text with its look, and where it leads."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a paragraph that is set in one look."""

    block: Block
    look: tuple[str, ...]
    """The innermost elements with a look that hold all of it."""
    link: str = ""
    """Where it leads as a whole."""


@dataclass(slots=True)
class _Setter:
    nesting: Nesting = field(default_factory=Nesting)
    styles: list[tuple[int, str]] = field(default_factory=list)
    """The depth and the look of the open elements that have one."""
    found: list[Line] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    """The text so far, each piece with its look and link; a line break is a piece of its own."""
    target: str = ""
    line: int = 0
    hidden: int = 0
    comments: int = 0

    def __call__(self, html: str) -> list[Line]:
        lines, position = 1, 0
        for token in tokens(html):
            if token.kind == "text" and not self.hidden:
                if not self.pieces and not token.value.isspace():
                    lines += html.count("\n", position, token.offset)
                    position = token.offset
                    self.line = lines
                self._text(token.value)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(token)
        self._flush()
        return self.found

    def _text(self, value: str) -> None:
        if self.pieces or not value.isspace():
            look = tuple(style for _, style in self.styles[-_NEAR:])
            self.pieces.append((unescape(value), look, self.target))

    def _start(self, token: Token) -> None:
        name = token.name
        if name == "br":
            if self.pieces and self.pieces[-1][0] == "\n":
                self._flush()
            elif self.pieces:
                self.pieces.append(("\n", (), ""))
            return
        if name in BLOCK:
            self._flush()
        if name == "hr" and not self.hidden:
            self.found.append(Line(Block(text="", tag="hr"), ()))
        self.nesting.open(name)
        self._forget()
        if name in VOID:
            return
        attributes = {
            m[1].lower(): m[2] or m[3] or m[4] or ""
            for m in _ATTRIBUTE.finditer(token.value[:4000])
        }
        depth = len(self.nesting.names)
        if not self.hidden and is_hidden(token):
            self.hidden = depth
        if not self.comments and token.value and is_comments(token):
            self.comments = depth
        if name == "a":
            self.target = unescape(attributes.get("href", ""))
        if look := _look(name, attributes):
            self.styles.append((depth, look))

    def _end(self, token: Token) -> None:
        if token.name in BLOCK:
            self._flush()
        if token.name == "a":
            self.target = ""
        self.nesting.close(token.name)
        self._forget()

    def _forget(self) -> None:
        """Close what the elements that are no longer open began."""
        depth = len(self.nesting.names)
        while self.styles and self.styles[-1][0] > depth:
            self.styles.pop()
        self.hidden = 0 if depth < self.hidden else self.hidden
        self.comments = 0 if depth < self.comments else self.comments

    def _flush(self) -> None:
        if not self.pieces:
            return
        tag = self._tag()
        for text, look, link, opening in _parts(self.pieces):
            whole = link if opening == text else ""
            block = Block(text=text, tag=tag, line=self.line, link=link, linked=opening)
            self.found.append(Line(block, look, whole))
        self.pieces = []

    def _tag(self) -> str:
        near = self.nesting.names[-LOOK_BACK:]
        if self.comments:
            return "comments"
        if area := next((name for name in near if name in AREAS), None):
            return area
        if "header" in near and not {"article", "main"} & set(near):
            return (
                "header"
                if not set(HEADINGS) & set(near)
                else next(n for n in near if n in HEADINGS)
            )
        return next((name for name in reversed(near) if name in _TAGS), "p")


def _look(name: str, attributes: dict[str, str]) -> str:
    if name not in _STYLED:
        return ""
    said = [attributes.get("class", ""), attributes.get("color", ""), attributes.get("size", "")]
    said += [fold(style).lower() for style in _STYLE.findall(attributes.get("style", ""))]
    values = " ".join(filter(None, said))
    return f"{name} {values}".rstrip() if values or name in _ALWAYS else ""


def _parts(pieces: list[_Piece]) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """The text of a block, cut where its look changes at a line break: text, look, link and linked words."""
    for row in (part for whole in _rows(pieces) for part in _dated_apart(whole)):
        row = _without_count(row)
        text = fold("".join(text for text, _, _ in row))
        link, opening = _opening_link(row)
        if text:
            yield text, _common(row), link, opening if text.startswith(opening) else ""


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """The lines of a block; neighbours of one look are one."""
    rows: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece[0] == "\n":
            rows.append([])
        else:
            rows[-1].append(piece)
    merged: list[list[_Piece]] = []
    for row in rows:
        if not any(text.strip() for text, _, _ in row):
            continue
        if merged and _common(merged[-1]) == _common(row):
            merged[-1] += [("\n", (), ""), *row]
        else:
            merged.append(row)
    return merged


def _without_count(row: list[_Piece]) -> list[_Piece]:
    """A line without the rank or the count of votes that stands before the link of a headline."""
    first = next((i for i, piece in enumerate(row) if _LETTER.search(piece[0])), 0)
    counted = row[first][2] and not any(target for _, _, target in row[:first])
    return row[first:] if counted else row


def _opening_link(row: list[_Piece]) -> tuple[str, str]:
    """Where the first words of a line lead, and the words that lead there."""
    words = [piece for piece in row if piece[0].strip()]
    link = words[0][2] if words else ""
    linked = takewhile(lambda piece: link and piece[2] == link, words)
    return link, fold("".join(text for text, _, _ in linked))


def _dated_apart(row: list[_Piece]) -> Iterator[list[_Piece]]:
    """A line; and one that is a date and a title in a look of its own, as the title and the date below it."""
    first = next((i for i, piece in enumerate(row) if piece[0].strip()), 0)
    text, look, _ = row[first]
    rest = row[first + 1 :]
    if _common(rest) and _common(rest) != look and _is_date(text):
        yield rest
        yield row[: first + 1]
    else:
        yield row


def _is_date(text: str) -> bool:
    if _SHORT_DATE.fullmatch(text.strip()):
        return True
    is_short = len(text) <= _LONGEST_DATE and any(map(str.isdigit, text))
    return is_short and not _WORD.search(without_date(text))


def _common(row: Iterable[_Piece]) -> tuple[str, ...]:
    """The looks that all of a line has."""
    looks = [look for text, look, _ in row if text.strip() and any(map(str.isalnum, text))]
    if not looks:
        return ()
    return tuple(style for style in looks[0] if all(style in look for look in looks))


def lines(html: str) -> list[Line]:
    """Return the lines of a page in order, those in navigation, asides and comments tagged as such."""
    return _Setter()(html)


# --- titles


def titled(found: Sequence[Line]) -> list[Block]:
    """Return the lines as blocks, those set in the look of titles as headings; nothing where none are.

    Beside a heading of its own a page has to set titles in stronger type, not in a class alone.
    """
    inner = [line for line in found if line.block.tag not in BESIDE]
    look = _title_look(inner)
    if look is None:
        return []
    lowest = f"h{min(6, 1 + max((int(b.block.tag[1]) for b in inner if b.block.tag in HEADINGS), default=1))}"
    return [
        replace(line.block, tag=lowest) if line.look == look and _is_named(line) else line.block
        for line in inner
    ]


def _is_named(line: Line) -> bool:
    """Return whether a line in the look of titles is one: some of them end in a full stop."""
    whole = replace(line.block, text=line.block.text.rstrip("."))
    return not _is_date(whole.text) and _is_title(replace(line, block=whole))


BESIDE = frozenset((*AREAS, "comments", "header"))
"""The tags of what stands beside the text of a page."""


def _title_look(found: Sequence[Line]) -> tuple[str, ...] | None:
    """The look of titles: the one over the most text, of those that are hardly ever running text."""
    headed = any(line.block.tag in HEADINGS for line in found)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    others: dict[tuple[str, ...], int] = defaultdict(int)
    for index, line in enumerate(found):
        if line.look and line.block.tag not in HEADINGS and _is_type(line.look, strong=headed):
            if _is_title(line):
                places[line.look].append(index)
            elif not (looks_dated(line.block.text) or _is_date(line.block.text)):
                others[line.look] += 1
    counts = [0]
    for line in found:
        counts.append(
            counts[-1] + (0 if line.block.tag in HEADINGS else count_words(line.block.text))
        )
    best: tuple[float, tuple[str, ...]] | None = None
    for look, indexes in sorted(places.items()):
        below = [
            counts[end] - counts[start + 1]
            for start, end in zip(indexes, [*indexes[1:], len(found)], strict=True)
        ]
        filled = sum(size >= _FILLED_WORDS for size in below)
        if (
            len(indexes) < _FEWEST
            or filled < _FILLED_SHARE * len(indexes)
            or others[look] > 0.3 * len(indexes)
        ):
            continue
        score = filled * min(median(below), 100.0)
        if best is None or score > best[0]:
            best = (score, look)
    return best[1] if best else None


def _is_type(look: tuple[str, ...], *, strong: bool) -> bool:
    """Return whether a look may be that of titles."""
    name = look[-1].split(" ", 1)[0]
    return name in _STRONG if strong else name not in ("div", "li")


def _is_title(line: Line) -> bool:
    text = line.block.text
    if not _FEWEST_CHARACTERS <= len(text) <= _LONGEST or text.endswith(_ENDS) or looks_dated(text):
        return False
    return any(map(str.isalpha, text)) and count_words(text) <= _MOST_WORDS


# --- headlines alone


def headlines(found: Sequence[Line]) -> list[Block]:
    """Return the headlines of a front page as list items that lead elsewhere; nothing for any other page.

    A front page has little to read beside its links: those of several words, or with a line of text below each.
    """
    inner = [line for line in found if line.block.tag not in BESIDE and line.block.text]
    below = [_subtitle(inner, index) for index in range(len(inner))]
    looks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, line in enumerate(inner):
        if _leads_on(line):
            looks[_look_of(line)].append(index)
    chosen = sorted(
        i for indexes in looks.values() if _are_headlines(inner, indexes, below) for i in indexes
    )
    known = set(chosen)
    subtitles = {i + 1 for i in chosen if below[i]}
    prose = sum(
        count_words(line.block.text)
        for i, line in enumerate(inner)
        if i not in known | subtitles and _is_prose(line)
    )
    titles = sum(count_words(inner[i].block.text) for i in chosen)
    if len(chosen) < _FEWEST_HEADLINES or prose > _MOST_PROSE * titles:
        return []
    once = {inner[i].block.link: i for i in reversed(chosen)}
    return [_item(inner, i, below[i]) for i in chosen if once[inner[i].block.link] == i]


_FEWEST_HEADLINES = 5  # make a front page
_HEADLINE_WORDS, _LABEL_WORDS = 4, 2
_MOST_PROSE = 0.5  # words of prose for each of a headline
_PROSE_WORDS = 20  # of a line beside its links make it prose


def _leads_on(line: Line) -> bool:
    linked = line.block.linked
    near_all = len(linked) >= 0.5 * len(line.block.text)
    on = line.block.link[:1] not in ("", "#") and not line.block.link.startswith(
        ("javascript:", "mailto:")
    )
    return on and near_all and _is_title(replace(line, block=replace(line.block, text=linked)))


def _look_of(line: Line) -> tuple[str, ...]:
    return (line.block.tag, *line.look[-2:])


def _are_headlines(found: Sequence[Line], indexes: Sequence[int], below: Sequence[str]) -> bool:
    """Return whether the links of one look are headlines: several, and most of some words, or told of below."""
    if len(indexes) < _FEWEST:
        return False
    length = median(count_words(found[i].block.linked) for i in indexes)
    have_subtitles = sum(bool(below[i]) for i in indexes) >= _FILLED_SHARE * len(indexes)
    return length >= _HEADLINE_WORDS or (have_subtitles and length >= _LABEL_WORDS)


def _subtitle(found: Sequence[Line], index: int) -> str:
    """The line below a headline that says more of it; empty where there is none."""
    if index + 1 >= len(found):
        return ""
    line = found[index + 1]
    text = line.block.text
    return text if not line.block.linked and _FEWEST <= count_words(text) <= 2 * _MOST_WORDS else ""


def _is_prose(line: Line) -> bool:
    return count_words(line.block.text) - count_words(line.block.linked) >= _PROSE_WORDS


def _item(found: Sequence[Line], index: int, below: str) -> Block:
    block = found[index].block
    text = f"{block.linked} {below}" if below else block.linked
    return replace(block, text=text, tag="li")

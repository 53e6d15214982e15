"""The lines of a page with all that can be seen in each one alone: marks, length, ending, kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.length import unspaced_words
from digest.models import Block
from digest.splitting.bylines import field_kind, is_date, lone_name
from digest.splitting.lexicon import PERSON, SEPARATOR, WRAPPER, LazyPattern
from digest.splitting.line_kinds import LineKind, kind_of
from digest.text.characters import CLOSERS, QUOTES, TERMINALS, is_folded
from digest.text.dates import opens_with_date

CLOCK_TIME = LazyPattern(
    r"\W{0,3}(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?\W{0,3}",
    re.IGNORECASE,
)
"""A clock time without a day, as entries of a live report have it."""

_NO_LETTER = re.compile(r"[\W_]+")
_LOWER = bytes(range(256)).lower()
_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_LABEL = LazyPattern(
    r"(?P<name>title|headline|(?:post )?subject|heading|story|article|titel|betreff|überschrift|titre|objet"
    r"|título|titolo|re)\s*:\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_FIELD = LazyPattern(r"[A-Z][A-Za-z][\w -]{0,16}:\s\S|[A-Z]{2,12}:\s\S")
_TERMINAL = LazyPattern(rf"(?:[;:{TERMINALS}]|\.[{CLOSERS}]*,?)[ \u00a0\u202f]?[{CLOSERS}]*$")
_ABBREVIATION = LazyPattern(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Bros)\.$")
_ELLIPSIS = LazyPattern(
    r"(?:…|\.{3,}|\. \. \.)\s*(?:\[?[^\s.]{0,3}\]?)?(?:\(?\[?(?:more|read more|continue\w*"
    r"|continue reading)\]?\)?)?\W{0,3}$",
    re.IGNORECASE,
)
_SENTENCE = LazyPattern(
    r"[.!?…。！？](?:(?<=[。！？])(?=.)|[”\"’')\]]*\s+(?=[“\"‘'(\[]?[^\W_a-zß-öø-ÿ]))"
)
_RULE = LazyPattern(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,}|\^{3,})")
_NO_TEXT = frozenset(
    "separator date byline credit widget navigation end related advert comment address teaser "
    "caption".split()
)
"""What the lines that are these by their own words are never: running text."""

_RECORDS = 2
_PROSE = 30  # words are running text, however they end
_SPOKEN = 10
"""Words that end in a quotation are no headline from so many on, where a sentence or a colon leads to it."""
_QUOTES = LazyPattern(
    rf"(?:[{TERMINALS}][{CLOSERS}]*|[:：]|ว่า|ວ່າ)\s?[{QUOTES}]\S|[।॥۔؟።]\s[^।॥۔؟።]*[{QUOTES}]\S"
)
_DATED = 40  # characters hold the date that a line begins with
_OPENING = 400  # characters within which the quotation of a short paragraph begins
_UNMARKED = LazyPattern("[\u0e01-\u0e4e\u0e81-\u0edd]")
"""A letter of Thai or Lao, which set no mark at the end of a sentence."""
_UNMARKED_PROSE = 20  # words of theirs are longer than a headline
STRONG = 2
SENTENCE = 1
SHORT = 0
_MARK = LazyPattern(
    r"(?P<hash>#{1,6})\s+(?=\S)|(?P<equals>={1,6})\s+(?=\S.*=$)|(?P<number>\(?\d{1,3}[.):]"
    r"|\d{1,2}\s[-–—]|#\d{1,3}[.:]?)\s+(?=\S)"
    r"|(?P<bullet>[*•·▪■►▶◆●○‣⁃→>»+–—-])\s+(?=\S)"
)
FRAMED = LazyPattern(
    r"(?P<rule>\*{2,}|\+{2,}|~{2,}|={2,}|#{2,}|-{2,}|[–—]{2,})\s(?P<label>\S.{0,120}\S)\s(?P=rule)"
)
_EMPHASIS = LazyPattern(r"^(\*\*|__|\*|_)(?=\S)(.{2,300}?)(?<=\S)\1$")
_LONGEST = 160  # characters of a line that may be decorated
_FEWEST_WORDS = 3  # words that must be left of it
_BEFORE = LazyPattern(
    r"(?:(?:fwd?|fw|re|wg|aw|tr):\s+|\[(?:[\w-]{1,20}|[+*])\]\s*|(?:[01]?\d|2[0-3]):[0-5]\d\s+"
    r"|[\u2190-\u21ff\u25a0-\u27bf\U0001f300-\U0001faff\ufe0f]+\s+)+(?=[^\W\d_]|[\"'“‘«¿¡\d])",
    re.IGNORECASE,
)
_AFTER = LazyPattern(r"\s*\[/\w{1,10}\]$|\s*(?:\.\s?){4,}\d{1,3}$")
_FEWEST = 3  # names that sign, or it is no page of letters
_PLACE = 4  # words of a place below a name
_TITLE = 3  # words of a title above a letter


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the page, looked at."""

    text: str
    """As the page has it."""
    bare: str
    """Without the marks of headings and lists."""
    tag: str
    line: int
    kind: LineKind
    weight: int
    """STRONG for running text, SENTENCE for a short full sentence, SHORT for all else."""
    words: int
    level: int
    """The level of a heading mark or element, 1 to 6; 7 for a line in emphasis; 0 without one."""
    number: int
    """The number of a numbered line; -1 without one."""
    labelled: bool
    """Whether it is marked as a title in words (`Subject: ...`)."""
    field: bool
    """Whether it has the shape `Name: value`."""
    bullet: bool
    """Whether it has the mark of a list item."""
    ellipsis: bool
    key: str
    """Folded for comparison: letters and digits alone."""
    link: str = ""
    """Where all its words lead; empty where they are no link, or more than one."""

    @property
    def upper(self) -> bool:
        """Whether every letter is a capital."""
        return self.bare.isupper()


def read_lines(blocks: Iterable[Block]) -> list[Line]:
    """Return the lines of the blocks that hold anything; a rule right under a line makes it a heading."""
    found: list[Line] = []
    for block in blocks:
        if not block.text.strip() and block.tag != "hr":
            continue
        line = _read_line(block)
        above = found[-1] if found else None
        if above and _underlines(line, above):
            found[-1] = replace(above, level=1 if line.text[0] == "=" else 2, weight=SHORT)
        found.append(line)
    return _unquoted(found)


def _underlines(line: Line, above: Line) -> bool:
    """Whether a line is the rule under a heading, as in setext headings."""
    return (
        line.kind == "separator"
        and 0 < line.line == above.line + 1
        and _RULE.fullmatch(line.text) is not None
        and above.weight != STRONG
        and not above.level
        and above.words >= 1
        and len(above.text) <= 120
        and len(line.text) >= 0.5 * min(len(above.text), 60)
        and above.kind != "separator"
    )


def fold(text: str) -> str:
    """Return `text` in lower case with letters and digits alone, for comparison."""
    if text.isascii():  # Three times as fast as the pattern, and most lines are.
        return text.encode().translate(_LOWER, _OTHER).decode()
    return _NO_LETTER.sub("", text.lower())


def sentence_count(text: str) -> int:
    """Return about how many sentences a text has: full stops before a capital, and the last one."""
    return len(_SENTENCE.findall(text)) + 1


def _read_line(block: Block) -> Line:
    text = block.text
    if not is_folded(text):
        text = " ".join(text.split()).replace("\x00", "")
    text = text.strip()
    if not text:
        return _rule(block)
    bare, level, number = unmarked(text, block.tag)
    label = _LABEL.fullmatch(bare) if len(bare) < 400 and ":" in bare[:16] else None
    if label:
        bare = label["rest"]
    bare = undecorated(bare)
    words = bare.count(" ") + 1 + (0 if bare.isascii() else unspaced_words(bare))
    ellipsis = bare[-1] in "….])" and _ELLIPSIS.search(bare[-40:]) is not None
    found = _kind(block.tag, text, bare)
    field = ":" in text[:20] and _FIELD.match(text) is not None
    if field and not label and not found and words <= 14:
        found = field_kind(text)
    weight = SHORT if label or (level and level < 7) else _weight(bare, words, found, block.tag)
    return Line(
        text=text,
        bare=bare,
        tag=block.tag,
        line=block.line,
        kind=found,
        weight=weight,
        words=words,
        level=level,
        number=number,
        labelled=label is not None,
        field=field,
        bullet=is_bullet(text, block.tag),
        ellipsis=ellipsis,
        key=fold(bare[: 60 if weight == STRONG else 300]),
        link=block.link if block.linked == block.text else "",
    )


def _unquoted(lines: list[Line]) -> list[Line]:
    """Take the quotation marks off the titles of records that set them around every title."""
    titles = [line.bare for line in lines if line.labelled]
    if len(titles) < _RECORDS or not all(
        title[0] in "\"'" and title[-1] == title[0] and title[0] not in title[1:-1] and title[1:-1]
        for title in titles
    ):
        return lines
    return [replace(line, bare=line.bare[1:-1]) if line.labelled else line for line in lines]


def _rule(block: Block) -> Line:
    """A block without text is a rule."""
    return Line(
        text="",
        bare="",
        tag=block.tag,
        line=block.line,
        kind="separator",
        weight=SHORT,
        words=0,
        level=0,
        number=-1,
        labelled=False,
        field=False,
        bullet=False,
        ellipsis=False,
        key="",
    )


def _kind(tag: str, text: str, bare: str) -> LineKind:
    if tag == "figcaption":
        return "caption"
    if tag in ("hr", "pre", "table"):
        return "separator" if tag == "hr" else ""
    if text[0] in "—–" and 2 <= bare.count(" ") + 1 <= 4 and PERSON.fullmatch(bare):
        return "byline"
    if bare != text and len(text) < 80 and is_date(text):
        return "date"
    if bare != text and len(text) < 20 and SEPARATOR.fullmatch(text):
        return "separator"
    if bare != text and bare.isupper() and bare.count(" ") <= 1 and FRAMED.fullmatch(text):
        return "separator"
    found = kind_of(bare)
    if not found and bare != text and not any(map(str.isalnum, bare)):
        return "separator"
    return found


def _weight(bare: str, words: int, found: LineKind, tag: str) -> int:
    if found in _NO_TEXT:
        return SHORT
    ends = _TERMINAL.search(bare[-8:]) is not None and not (
        words <= 18 and _ABBREVIATION.search(bare[-8:])
    )
    quoted = bare[-1] in CLOSERS
    ends = ends or (quoted and words >= _SPOKEN and _QUOTES.search(bare[:_OPENING]) is not None)
    if (
        words >= (_UNMARKED_PROSE if _UNMARKED.match(bare[-1]) else _PROSE)
        or (words >= 14 and ends)
        or (words >= 8 and WRAPPER.match(bare[:500]))
        or (words >= 22 and quoted)
    ):
        return STRONG
    if ends and not (bare[-1] in "?!" and words < 12):
        return SENTENCE
    return SENTENCE if tag == "p" and words >= 14 else SHORT


def is_bullet(text: str, tag: str) -> bool:
    """Whether a line is an item of a list."""
    match = None if text[:1].isalpha() else _MARK.match(text)
    return tag == "li" or (match is not None and match["bullet"] is not None)


def _is_numbered_day(text: str) -> bool:
    """Return whether a number begins a date: `24. November 2026` is no item of a list."""
    return text[:1].isdigit() and opens_with_date(text[:_DATED])


def unmarked(text: str, tag: str) -> tuple[str, int, int]:
    """Return the text without its marks, its heading level and its number."""
    level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
    number = -1
    match = None if text[:1].isalpha() or _is_numbered_day(text) else _MARK.match(text)
    if match:
        if match["hash"]:
            level = level or len(match["hash"])
            text = text[match.end() :].rstrip("# ")
        elif match["equals"]:
            level = level or len(match["equals"])
            text = text[match.end() :].strip("= ")
        elif match["number"]:
            number = int(re.sub(r"\D", "", match["number"]))
            text = text[match.end() :]
        elif len(text) < 200:
            text = text[match.end() :]
    if not text:  # nothing but marks, such as the "# # #" under a press release
        return " ", level, number
    framed = FRAMED.fullmatch(text) if text[0] in "*+~=#-–—" and len(text) < 160 else None
    if framed:
        return framed["label"], level or 7, number
    strong = _EMPHASIS.match(text) if text[:1] in "*_" and len(text) < 310 else None
    if strong:
        text = strong[2]
        level = level or 7
    return text or " ", level, number


def undecorated(text: str) -> str:
    """Return a short line without what a program set around it; prose and single words stay."""
    if len(text) > _LONGEST:
        return text
    plain = text[:1].isalpha() and ":" not in text[:4]
    before = None if plain else _BEFORE.match(text)
    rest = text[before.end() :] if before else text
    after = _AFTER.search(rest) if rest[-1:] == "]" or rest[-1:].isdigit() else None
    rest = rest[: after.start()] if after else rest
    return rest if rest.count(" ") + 1 >= _FEWEST_WORDS else text


def with_signatures(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the names that sign letters marked as bylines, if the page is a page of letters.

    Three or more sign, each once; the last one ends the page; and each of the others stands, with a place
    or without, between a text and the headline of the next one.
    """
    found = [index for index in range(1, len(lines)) if _signs(lines, index)]
    names = {lines[index].key for index in found}
    if len(names) < max(_FEWEST, len(found)) or found[-1] < len(lines) - 2:
        return list(lines)
    marked = list(lines)
    for index in found:
        marked[index] = replace(lines[index], kind="byline")
        place = lines[index + 1 : index + 2]
        if place and _is_place(place[0]) and not _heads(lines[index + 1 : index + 3]):
            marked[index + 1] = replace(place[0], kind="navigation")
    return marked


def _signs(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.kind or line.level or line.weight != SHORT or not lone_name(line.bare):
        return False
    below = [other for other in lines[index + 1 : index + 4] if other.kind != "separator"]
    if below and _is_place(below[0]) and not _heads(below):
        below = below[1:]
    return lines[index - 1].weight >= SENTENCE and (_heads(below) or not below)


def _heads(below: Sequence[Line]) -> bool:
    """Whether a headline stands there, and text below it."""
    if len(below) < 2 or below[1].weight != STRONG:
        return False
    title = below[0]
    return title.weight == SHORT and not title.kind and title.words >= _TITLE


def _is_place(line: Line) -> bool:
    short = line.weight == SHORT and not line.kind and line.words <= _PLACE
    return short and line.bare.istitle() and not line.level

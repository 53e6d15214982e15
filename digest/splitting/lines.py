"""The lines of a page with all that can be seen in each one alone: marks, length, ending, sign."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from digest.models import Block
from digest.splitting.attributions import field_sign, is_date
from digest.splitting.decoration import undecorated
from digest.splitting.marks import FRAMED, is_bullet, unmarked
from digest.splitting.patterns import Wording
from digest.splitting.signs import Sign, sign
from digest.splitting.wordings import PERSON, SEPARATOR, WRAPPER
from digest.text.punctuation import CLOSERS, TERMINALS
from digest.text.segmentation import unspaced_words
from digest.text.whitespace import is_folded

CLOCK_TIME = Wording(
    r"\W{0,3}(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?\W{0,3}",
    re.IGNORECASE,
)
"""A clock time without a day, as entries of a live report have it."""
_NO_LETTER = re.compile(r"[\W_]+")
_LOWER = bytes(range(256)).lower()
_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_LABEL = Wording(
    r"(?P<name>title|headline|(?:post )?subject|heading|story|article|titel|betreff|überschrift|titre|objet"
    r"|título|titolo|re)\s*:\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_FIELD = Wording(r"[A-Z][A-Za-z][\w -]{0,16}:\s\S|[A-Z]{2,12}:\s\S")
_TERMINAL = Wording(rf"(?:[;:{TERMINALS}]|\.[{CLOSERS}]*,?)[ \u00a0\u202f]?[{CLOSERS}]*$")
_FOOTNOTES = Wording(r"(?:\s?\[\w{1,3}\])+$")
_ABBREVIATION = Wording(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Bros)\.$")
_ELLIPSIS = Wording(
    r"(?:…|\.{3,}|\. \. \.)\s*(?:\[?[^\s.]{0,3}\]?)?(?:\(?\[?(?:more|read more|continue\w*"
    r"|continue reading)\]?\)?)?\W{0,3}$",
    re.IGNORECASE,
)
_SENTENCE = Wording(
    r"[.!?…。！？](?:(?<=[。！？])(?=.)|[”\"’')\]]*\s+(?=[“\"‘'(\[]?[^\W_a-zß-öø-ÿ]))"
)
_RULE = Wording(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,}|\^{3,})")

_NO_TEXT = frozenset(
    "separator date byline credit widget navigation end related advert comment address teaser "
    "caption".split()
)
"""What the lines that are these by their own words are never: running text."""

_RECORDS = 2

STRONG = 2
SENTENCE = 1
SHORT = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the page, looked at."""

    text: str
    """As the page has it."""
    bare: str
    """Without the marks of headings and lists."""
    tag: str
    line: int
    sign: Sign
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


def look(blocks: Iterable[Block]) -> list[Line]:
    """Return the lines of the blocks that hold anything; a rule right under a line makes it a heading."""
    found: list[Line] = []
    for block in blocks:
        if not block.text.strip() and block.tag != "hr":
            continue
        line = _look(block)
        above = found[-1] if found else None
        if above and _underlines(line, above):
            found[-1] = replace(above, level=1 if line.text[0] == "=" else 2, weight=SHORT)
        found.append(line)
    return _unquoted(found)


def _underlines(line: Line, above: Line) -> bool:
    """Whether a line is the rule under a heading, as in setext headings."""
    return (
        line.sign == "separator"
        and 0 < line.line == above.line + 1
        and _RULE.fullmatch(line.text) is not None
        and above.weight != STRONG
        and not above.level
        and above.words >= 1
        and len(above.text) <= 120
        and len(line.text) >= 0.5 * min(len(above.text), 60)
        and above.sign != "separator"
    )


def fold(text: str) -> str:
    """Return `text` in lower case with letters and digits alone, for comparison."""
    if text.isascii():  # Three times as fast as the pattern, and most lines are.
        return text.encode().translate(_LOWER, _OTHER).decode()
    return _NO_LETTER.sub("", text.lower())


def sentence_count(text: str) -> int:
    """Return about how many sentences a text has: full stops before a capital, and the last one."""
    return len(_SENTENCE.findall(text)) + 1


def _look(block: Block) -> Line:
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
    found = _tagged_sign(block.tag, text, bare)
    field = ":" in text[:20] and _FIELD.match(text) is not None
    if field and not label and not found and words <= 14:
        found = field_sign(text)
    weight = SHORT if label or (level and level < 7) else _weight(bare, words, found, block.tag)
    return Line(
        text=text,
        bare=bare,
        tag=block.tag,
        line=block.line,
        sign=found,
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
        sign="separator",
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


def _tagged_sign(tag: str, text: str, bare: str) -> Sign:
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
    found = sign(bare)
    if not found and bare != text and not any(map(str.isalnum, bare)):
        return "separator"
    return found


def _weight(bare: str, words: int, found: Sign, tag: str) -> int:
    if found in _NO_TEXT:
        return SHORT
    ends = _TERMINAL.search(bare[-8:]) is not None and not (
        words <= 18 and _ABBREVIATION.search(bare[-8:])
    )
    if bare[-1] == "]" and (noted := _FOOTNOTES.search(bare[-24:])):
        ends = ends or _TERMINAL.search(bare[: len(bare) - len(noted[0])][-8:]) is not None
    quoted = bare[-1] in CLOSERS
    if (
        words >= 30
        or (words >= 14 and ends)
        or (words >= 8 and WRAPPER.match(bare[:500]))
        or (words >= 22 and quoted)
    ):
        return STRONG
    if ends and not (bare[-1] in "?!" and words < 12):
        return SENTENCE
    return SENTENCE if tag == "p" and words >= 14 else SHORT

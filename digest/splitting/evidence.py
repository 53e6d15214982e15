"""What speaks for a boundary in a gap, and what against it.

Each piece of evidence is a number from 0 to 1; `weights` says what it is worth.
"""

from digest.splitting.cohesion import Content, overlap, similarity
from digest.splitting.lines import CLOCK_TIME, SHORT, Line, sentence_count
from digest.splitting.patterns import Wording
from digest.splitting.view import PageView

_CONTINUES = Wording(
    r"[“\"‘']?(?:But|And|Or|So|He|She|It|They|His|Her|Its|Their|This|That|These|Those|However"
    r"|Meanwhile|Also|Still|Then|Yet|Nevertheless|Moreover|Mr|Mrs|Ms|Dr)\b|[a-zß-ÿ]"
)


_BELOW = 8
"""So far below a title, a standfirst and a name between, its date may stand."""
_ENDS = frozenset({"end", "address"})
_OTHERS = frozenset({"related", "comment"})
_PICTURE = frozenset({"credit", "caption"})


def gap_evidence(
    view: PageView, start: int, stop: int, title: int | None, before: list[int], after: list[int]
) -> dict[str, float]:
    lines = view.lines[start:stop]
    signs = {line.sign for line in lines}
    left, right = view.words_of(before), view.words_of(after)
    following = view.lines[stop]
    separators = [
        view.repeated(start + place) > 1
        for place, line in enumerate(lines)
        if line.sign == "separator"
    ]
    chrome = [
        view.repeated(start + place) > 1
        for place, line in enumerate(lines)
        if line.sign != "separator"
    ]
    found = {
        "separator": float(bool(separators)),
        "separator again": float(any(separators)),
        "end": float(not signs.isdisjoint(_ENDS)),
        "related": float(not signs.isdisjoint(_OTHERS)),
        "chrome": min(3, sum(chrome)) / 3,
        "image": float(not signs.isdisjoint(_PICTURE)),
        "similarity": similarity(left, right),
        "names": similarity(view.names_of(before), view.names_of(after)),
        "continues": float(following.bullet or _CONTINUES.match(following.text) is not None),
        "lead": float(12 <= following.words <= 40 and sentence_count(following.text) == 1),
        "breaks off": float(view.lines[start - 1].ellipsis),
        "spaced": float(any(index in view.spaced for index in range(start, (title or start) + 1))),
        "short side": float(min(len(left), len(right)) < 12),
    }
    return found | title_evidence(view, start, stop, title, left, right)


def title_evidence(
    view: PageView, start: int, stop: int, title: int | None, left: Content, right: Content
) -> dict[str, float]:
    if title is None:
        return {
            "no title": 1.0,
            "byline": float(any(line.sign == "byline" for line in view.lines[start:stop])),
            "date": float(any(_is_day(line) for line in view.lines[start:stop])),
        }
    line = view.lines[title]
    words = view.content(title)
    around = view.lines[max(start, title - 2) : min(stop, title + _BELOW)]
    return {
        "byline": float(any(other.sign == "byline" for other in around)),
        "date": float(any(map(_is_day, around))),
        "repeated title": float(
            line.words > 2
            and sum([o.key == line.key for o in view.lines[max(start, title - 40) : stop]]) > 1
        ),
        "mark": float(0 < line.level <= view.top_level or title in view.pictured),
        "lower mark": float(view.top_level < line.level),
        "numbered": float(title in view.numbered),
        "labelled": float(line.labelled),
        "listed": float(_listed(view, start, title)),
        "headline": 0.0 if line.words < 4 or line.words > 18 else 0.5 if line.words == 4 else 1.0,
        "title names": float(_names_inside(line.bare)),
        "short title": float(line.words <= 2),
        "upper case": float(line.upper and line.words > 1),
        "title fits": overlap(words, right),
        "title fits before": overlap(words, left),
    }


def _is_day(line: Line) -> bool:
    """Whether a line dates an article; a bare clock time may only date an entry of it."""
    return line.sign == "date" and CLOCK_TIME.fullmatch(line.text) is None


def _listed(view: PageView, start: int, title: int) -> bool:
    """Whether a line is one of several below the heading of a list of other articles."""
    above = range(title - 1, start - 1, -1)
    for index in above:
        if view.lines[index].sign == "related":
            return True
        if view.lines[index].sign or view.lines[index].weight != SHORT:
            return False
    return False


def _names_inside(text: str) -> bool:
    """Whether a line has capitals inside it, but not on nearly every word."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    return 0 < capitals < 0.7 * len(words)

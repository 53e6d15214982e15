"""Where one article ends and the next begins.

A page is running text with gaps: stretches of lines that are not running text (titles, bylines, captions,
separators, chrome). Every gap between two paragraphs is asked two things: which of its lines, if any, is a
title, and whether an article ends there. The second answer is a logistic regression over the evidence in the
gap and the lexical cohesion of what stands on its two sides (TextTiling).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from digest.splitting.cohesion import Content, content, merge, overlap, similarity
from digest.splitting.dates import find_date
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line, sentence_count
from digest.splitting.weights import probability

_CONTINUES = re.compile(
    r"[“\"‘']?(?:But|And|Or|So|He|She|It|They|His|Her|Its|Their|This|That|These|Those|However|Meanwhile|Also|Still|Then|Yet|Nevertheless|Moreover|Mr|Mrs|Ms|Dr)\b|[a-zß-ÿ]"
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|will|would|did|said|told|says|could|should)\b|[“”\"]",
    re.IGNORECASE,
)
_SURE = 0.85
_BETWEEN = frozenset({"separator", "end"})
_HABITS = (
    "separator",
    "end",
    "byline",
    "date",
    "mark",
    "numbered",
    "labelled",
    "repeated title",
    "upper case",
)
_WINDOW = 200
_WINDOW_BEFORE = 400


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of lines between two paragraphs, and what was made of it."""

    start: int
    """The first line of the gap."""
    stop: int
    """The paragraph that follows, or the number of lines."""
    title: int | None = None
    """The line that is the best title for what follows."""
    evidence: tuple[tuple[str, float], ...] = ()
    confidence: float = 0.0
    """The probability that an article begins after the gap."""

    @property
    def boundary(self) -> bool:
        """Whether an article begins here."""
        return self.confidence >= 0.5


class PageView:
    """The lines of a page with what is known of them together: repetition, marks, running text."""

    def __init__(
        self,
        lines: Sequence[Line],
        skipped: frozenset[int] = frozenset(),
        language: str = "en",
        *,
        single: bool = False,
    ) -> None:
        self.lines = lines
        self.single = single
        self.skipped = skipped
        self.language = language
        self._known: dict[int, tuple[Content, Content]] = {}

    @cached_property
    def prose(self) -> list[int]:
        """The lines of running text; where a page has none, its short sentences."""
        for weight in (STRONG, SENTENCE):
            found = [
                index
                for index, line in enumerate(self.lines)
                if line.weight == weight and self._is_text(index)
            ]
            if found:
                return found
        if not self.single:
            return []
        return [
            index
            for index, line in enumerate(self.lines)
            if line.words and not line.sign and not line.level
        ]

    def _is_text(self, index: int) -> bool:
        line = self.lines[index]
        return (
            index not in self.skipped
            and line.sign not in ("note", "notice")
            and not self.is_caption(index)
        )

    @cached_property
    def repeats(self) -> Counter[str]:
        """How often each line stands on the page, by its key without figures."""
        return Counter(_shape_key(line) for line in self.lines if line.weight != STRONG)

    @cached_property
    def top_level(self) -> int:
        """The highest level of heading that stands on the page more than once, else the highest one."""
        levels = Counter(line.level for line in self.lines if 0 < line.level < 7)
        several = [level for level, count in levels.items() if count > 1]
        return min(several, default=min(levels, default=0))

    @cached_property
    def numbered(self) -> frozenset[int]:
        """The lines that number the page's items one by one."""
        found: list[int] = []
        last = 0
        for index, line in enumerate(self.lines):
            if line.weight != STRONG and line.number == last + 1 and line.words >= 2:
                found.append(index)
                last = line.number
        return frozenset(found)

    def is_caption(self, index: int) -> bool:
        """Whether a paragraph stands right before the credit of a picture, and reads like its caption.

        Captions tell what is to be seen, in the present; among running text that is asked for.
        """
        line = self.lines[index]
        if (
            index + 1 >= len(self.lines)
            or self.lines[index + 1].sign != "credit"
            or line.words > 60
        ):
            return False
        if index and self.lines[index - 1].weight == STRONG:
            return sentence_count(line.text) <= 2 and not _PAST.search(line.text)
        return sentence_count(line.text) <= 3 and " said" not in line.text

    def content(self, index: int) -> Content:
        """The content words of a line."""
        return self._words(index)[0]

    def names(self, index: int) -> Content:
        """The capitalised words of a line."""
        return self._words(index)[1]

    def _words(self, index: int) -> tuple[Content, Content]:
        found = self._known.get(index)
        if found is None:
            found = self._known[index] = content(self.lines[index].text[:1200], self.language)
        return found


def find_gaps(view: PageView, truth: Mapping[int, bool | None] | None = None) -> list[Gap]:
    """Return every gap of the page: one before each paragraph, and one after the last.

    In training the boundaries are known, and `truth` tells them by the paragraph that follows.
    """
    prose = view.prose
    gaps: list[Gap] = []
    edge = 0
    for number, index in enumerate(prose):
        start = prose[number - 1] + 1 if number else 0
        gap = _judge(view, number, start, index, edge)
        if truth.get(index) if truth else gap.boundary:
            edge = number
        gaps.append(gap)
    gaps = _by_habit(gaps)
    gaps.append(Gap(start=prose[-1] + 1 if prose else 0, stop=len(view.lines)))
    return gaps


def _judge(view: PageView, number: int, start: int, stop: int, edge: int) -> Gap:
    if number and start == stop:
        return Gap(start=start, stop=stop)
    after = _window(view, number, edge, forward=True)
    title = _title(view, start, stop, after)
    if number == 0:
        first = _title_evidence(view, start, stop, title, {}, {})
        return Gap(
            start=start,
            stop=stop,
            title=title,
            confidence=1.0,
            evidence=(("first", 1.0), *first.items()),
        )
    before = _window(view, number - 1, edge, forward=False)
    evidence = _evidence(view, start, stop, title, before, after)
    return Gap(
        start=start,
        stop=stop,
        title=title,
        evidence=tuple(evidence.items()),
        confidence=probability(evidence),
    )


def _by_habit(gaps: list[Gap]) -> list[Gap]:
    """Judge each gap again by what the page does at its surest boundaries: a page keeps its habits."""
    sure = [dict(gap.evidence) for gap in gaps if gap.confidence >= _SURE and gap.evidence]
    if not sure:
        return gaps
    habits: list[str] = []
    for name in _HABITS:
        whole = [evidence for evidence in sure if "first" not in evidence or name not in _BETWEEN]
        kept = sum(evidence.get(name, 0.0) > 0 for evidence in whole)
        if kept and kept >= 0.8 * len(whole):
            habits.append(name)
    found: list[Gap] = []
    for gap in gaps:
        evidence = dict(gap.evidence)
        if not evidence or "first" in evidence:
            found.append(gap)
            continue
        kept = sum(evidence.get(name, 0.0) > 0 for name in habits)
        evidence["keeps habits"] = min(kept, 3) / 3
        evidence["breaks habits"] = min(len(habits) - kept, 3) / 3
        found.append(
            replace(gap, evidence=tuple(evidence.items()), confidence=probability(evidence))
        )
    return found


def comment_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps after which readers' comments stand, rather than more of an article.

    A thread begins at a line such as `6 comments`, and goes on as long as its gaps hold times ago or buttons
    and neither a title that fits, nor a byline, nor a separator.
    """
    found: set[int] = set()
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        evidence = dict(gap.evidence)
        marked = any(line.sign == "comment" for line in lines)
        timed = any(line.sign == "date" and find_date(line.text) is None for line in lines)
        sure = any(
            evidence.get(name)
            for name in ("separator", "byline", "mark", "numbered", "labelled", "repeated title")
        )
        inside = number - 1 in found
        fits = evidence.get("title fits", 0.0) > (0.4 if inside else 0.2)
        if (
            number
            and not sure
            and not fits
            and (
                (inside and (marked or timed or not lines))
                or (marked and (timed or len(lines) == 1))
            )
        ):
            found.add(number)
    return found


def _window(view: PageView, number: int, edge: int, *, forward: bool) -> list[int]:
    """The paragraphs next to a gap, up to some 160 words, as far as no sure boundary stands between."""
    prose, lines = view.prose, view.lines
    found: list[int] = []
    size = 0
    while 0 <= number < len(prose) and size < (_WINDOW if forward else _WINDOW_BEFORE):
        if found:
            first, last = (
                (prose[number - 1] + 1, prose[number])
                if forward
                else (prose[number] + 1, prose[number + 1])
            )
            if number + (not forward) <= edge and not forward:
                break
            if forward and last - first <= 12 and _looks_sure(view, first, last):
                break
            if last - first > (12 if size < 60 or not forward else 0):
                break
        found.append(prose[number])
        size += lines[prose[number]].words
        number += 1 if forward else -1
    return found


def _looks_sure(view: PageView, start: int, stop: int) -> bool:
    signs = {line.sign for line in view.lines[start:stop]}
    return bool(signs & {"separator", "end", "byline"}) or any(
        index in view.numbered or view.lines[index].labelled for index in range(start, stop)
    )


def _title(view: PageView, start: int, stop: int, after: list[int]) -> int | None:
    """The line of the gap that is most like a title of what follows; None where none is."""
    best: tuple[float, int] | None = None
    following = merge([view.content(index) for index in after[:3]])
    first = max(start, stop - 40)
    keys = Counter(line.key for line in view.lines[first:stop])
    last = max(
        (
            index
            for index in range(first, stop)
            if not view.lines[index].sign and view.lines[index].weight == SHORT
        ),
        default=-1,
    )
    for index in range(first, stop):
        score = _titleness(view, index, start, stop, keys, following, last)
        if score is not None and (best is None or score > best[0]):
            best = (score, index)
    return best[1] if best and best[0] > 0 else None


def _titleness(
    view: PageView,
    index: int,
    start: int,
    stop: int,
    keys: Counter[str],
    following: Content,
    last: int,
) -> float | None:
    line = view.lines[index]
    marked = (0 < line.level < 7) or index in view.numbered or line.labelled
    repeated = keys[line.key] > 1 and line.words > 2
    if (
        line.weight == STRONG
        or not line.key
        or line.words > 40
        or not any(map(str.isalpha, line.bare))
    ):
        return None
    if line.sign and not (
        (marked or (repeated and line.words > 3))
        and line.sign
        in (
            "navigation",
            "related",
            "comment",
            "teaser",
            "end",
            "widget",
            "note",
            "notice",
            "byline",
            "credit",
        )
    ):
        return None
    if index in view.skipped:
        return None
    words = view.content(index)
    score = (
        0.4
        + 4.0 * line.labelled
        + 3.0 * (0 < line.level <= view.top_level)
        + 1.0 * (line.level > view.top_level)
        + 2.5 * (index in view.numbered)
        + 2.0 * repeated
    )
    score += 3.0 * overlap(words, following)
    score += (
        1.0
        if 4 <= line.words <= 15
        else 0.3
        if line.words == 3
        else -0.2
        if line.words == 2
        else -1.0
    )
    nearby = [view.lines[other].sign for other in range(index + 1, min(index + 3, stop))]
    score += _followed(view, index + 1, stop) + 0.4 * (index == last)
    score -= 1.8 * (nearby[:1] == ["credit"])
    above = [view.lines[other].sign for other in range(max(start, index - 3), index)]
    score += 0.8 * (above[-1:] in (["separator"], ["end"]) or index == start == 0)
    score -= 1.5 * ("byline" in above and not marked)
    score -= 2.0 * (
        line.bare[0] in '“"«„'
        and line.bare[-1] in '”"»“'
        and line.words > 5
        and not marked
        and not repeated
    )
    score -= (
        3.5 * (line.weight == SENTENCE)
        + 1.0 * line.bare.endswith(":")
        + 0.6 * (line.field and not line.labelled)
    )
    score -= (
        1.6 * (view.repeats[_shape_key(line)] > keys[line.key] and not marked)
        if line.words <= 3
        else 0.0
    )
    score += 0.3 * line.upper * (line.words >= 3)
    return score + 0.3 * (index - start + 1) / max(1, stop - start)


def _followed(view: PageView, index: int, stop: int) -> float:
    """What the lines below say for a title: a byline, a full date or a reading time right there."""
    for place, other in enumerate(view.lines[index : min(index + 2, stop)]):
        if other.sign in ("byline", "widget") or (other.sign == "date" and find_date(other.text)):
            return 1.0 if place == 0 else 0.5
        if other.sign:
            break
    return 0.0


def _evidence(
    view: PageView, start: int, stop: int, title: int | None, before: list[int], after: list[int]
) -> dict[str, float]:
    lines = view.lines[start:stop]
    signs = Counter(line.sign for line in lines)
    left, right = (
        merge([view.content(index) for index in before]),
        merge([view.content(index) for index in after]),
    )
    left_names, right_names = (
        merge([view.names(index) for index in before]),
        merge([view.names(index) for index in after]),
    )
    shared = sum(weight for name, weight in left_names.items() if name in right_names)
    separators = [line for line in lines if line.sign == "separator"]
    found = {
        "separator": float(bool(separators)),
        "separator again": float(any(view.repeats[_shape_key(line)] > 1 for line in separators)),
        "end": float(bool(signs["end"] or signs["address"])),
        "related": float(bool(signs["related"] or signs["comment"])),
        "chrome": min(
            3, sum(view.repeats[_shape_key(line)] > 1 for line in lines if line.sign != "separator")
        )
        / 3,
        "image": float(bool(signs["credit"] or signs["caption"])),
        "similarity": similarity(left, right),
        "names": min(10.0, shared) / 10,
        "continues": float(_CONTINUES.match(view.lines[stop].text) is not None),
        "breaks off": float(view.lines[start - 1].ellipsis),
        "short side": float(min(len(left), len(right)) < 12),
    }
    return found | _title_evidence(view, start, stop, title, left, right)


def _title_evidence(
    view: PageView, start: int, stop: int, title: int | None, left: Content, right: Content
) -> dict[str, float]:
    if title is None:
        return {
            "no title": 1.0,
            "byline": float(any(line.sign == "byline" for line in view.lines[start:stop])),
        }
    line = view.lines[title]
    words = view.content(title)
    around = view.lines[max(start, title - 2) : min(stop, title + 4)]
    return {
        "byline": float(any(other.sign == "byline" for other in around)),
        "date": float(any(other.sign == "date" for other in around)),
        "repeated title": float(
            line.words > 2
            and sum(other.key == line.key for other in view.lines[max(start, title - 40) : stop])
            > 1
        ),
        "mark": float(0 < line.level <= view.top_level),
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


def _shape_key(line: Line) -> str:
    """The key of a line without its figures; its text where it has no letters (separators)."""
    return re.sub(r"\d+", "", line.key) or line.text[:40]

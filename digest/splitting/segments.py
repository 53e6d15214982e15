"""The page cut at its boundaries: which lines belong to which article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.splitting.dates import find_date
from digest.splitting.gaps import Gap
from digest.splitting.lines import STRONG, Line
from digest.splitting.view import PageView

_SPEAKER = re.compile(
    r"\S.{0,40}\s(?:says|said|wrote|schreibt|sagt|schrieb|dit|a\sécrit)\s?:", re.IGNORECASE
)
_HARD = frozenset(
    {"separator", "end", "related", "navigation", "notice", "note", "comment", "advert", "teaser"}
)


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one article, from its head to its foot."""

    start: int
    """The first line that belongs to it: its title, or a byline or date before it."""
    stop: int
    """The first line of the next segment."""
    title: int | None
    prose: tuple[int, ...]
    confidence: float = 1.0
    evidence: tuple[tuple[str, float], ...] = ()
    related: bool = False
    """Whether it stands in a list of other articles."""
    comments: bool = False
    """Whether it is what readers wrote below an article."""


def find_segments(view: PageView, gaps: Sequence[Gap], *, single: bool) -> list[Segment]:
    prose = view.prose
    comments = set() if single else comment_gaps(view, gaps)
    begins = [
        number
        for number, gap in enumerate(gaps[:-1])
        if number == 0
        or (
            not single
            and (gap.boundary or number in comments)
            and not (number in comments and number - 1 in comments)
        )
    ]
    found: list[Segment] = []
    related = False
    dates_follow = _dates_follow(view, gaps)
    for number, following in pairwise([*begins, len(prose)]):
        gap = gaps[number]
        start = _head(view, gap, dates_follow=dates_follow)
        if number in comments:
            start = next(
                index
                for index in range(gap.start, gap.stop)
                if view.lines[index].sign in ("comment", "date")
                or _SPEAKER.fullmatch(view.lines[index].text)
            )
        if found:
            found[-1] = replace(found[-1], stop=start)
        before = view.lines[gap.start : start if gap.title is None else gap.title]
        related = _related(before, related)
        found.append(
            Segment(
                start=start,
                stop=len(view.lines),
                title=gap.title,
                prose=tuple(prose[number:following]),
                confidence=gap.confidence,
                evidence=gap.evidence,
                related=related and number > 0 and following - number <= 2,
                comments=number in comments,
            )
        )
    return found


def comment_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps after which readers' comments stand, rather than more of an article.

    A thread begins at a line such as `6 comments`, and goes on as long as its gaps hold times ago or buttons
    and neither a title that fits, nor a byline, nor a separator.
    """
    found: set[int] = set()
    if not any(
        line.sign == "comment" or _SPEAKER.fullmatch(line.text)
        for line in view.lines
        if line.weight < STRONG
    ):
        return found
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        evidence = dict(gap.evidence)
        marked = any(line.sign == "comment" for line in lines)
        dates = [line for line in lines if line.sign == "date"]
        speaks = any(_SPEAKER.fullmatch(line.text) for line in lines)
        timed = speaks if dates else False
        timed = timed or any(find_date(line.text) is None for line in dates)
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
                or (timed and speaks)
                or (marked and (timed or len(lines) == 1))
            )
        ):
            found.add(number)
    return found


def _related(before: Sequence[Line], related: bool) -> bool:
    """Whether a list of other articles goes on, or begins, in the lines before a title."""
    for line in before:
        if line.sign == "related":
            related = True
        elif line.sign in ("separator", "end"):
            related = False
    return related


def _dates_follow(view: PageView, gaps: Sequence[Gap]) -> bool:
    """Whether the page puts the date below each article: the last one has it, the first not above."""
    first, last = gaps[0], gaps[-1]
    return any(line.sign == "date" for line in view.lines[last.start : last.stop]) and not any(
        line.sign in ("date", "byline") for line in view.lines[first.start : first.stop]
    )


def _head(view: PageView, gap: Gap, *, dates_follow: bool) -> int:
    """The first line before the title that belongs to what follows: its kicker, date, byline, address."""
    if gap.title is None:
        for index in range(gap.stop - 1, gap.start - 1, -1):
            if view.lines[index].sign in _HARD:
                return index + 1
        return gap.start
    index = gap.title
    while index > gap.start:
        line = view.lines[index - 1]
        if view.lines[gap.title].labelled and line.field and line.weight != STRONG:
            index -= 1
            continue
        if (
            line.sign in _HARD
            or (line.sign == "address" and not line.field)
            or line.weight == STRONG
            or index - 1 in view.skipped
        ):
            break
        if line.sign in ("credit", "caption", "widget") or (line.sign == "date" and dates_follow):
            break
        if line.sign == "byline" and line.text[0] in "—–":
            break
        if not line.sign and line.words > 4 and line.key != view.lines[gap.title].key:
            break
        index -= 1
    return index

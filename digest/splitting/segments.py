"""The page cut at its boundaries: which lines belong to which article."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digest.splitting.boundaries import Gap
from digest.splitting.cohesion import merge, overlap
from digest.splitting.lexicon import Wording
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line
from digest.splitting.page import PageView
from digest.splitting.roles import Segment
from digest.text.dates import find_date

_BRIEF = Wording(
    r"(?:(?:the\s+)?news\s+)?in\s+brief|(?:\w+\s+)?briefs|(?:news\s+)?round-?up|at\s+a\s+glance"
    r"|kurz\s+(?:gemeldet|notiert|berichtet)|meldungen|kurzmeldungen|en\s+bref|brèves|breves|in\s+breve",
    re.IGNORECASE,
)
_MARKED = ("mark", "numbered", "labelled", "repeated title")
_LABEL = 4
_STANDFIRST = 40
_FIT = 0.2
_RECURS = 0.4
_HARD = frozenset(
    {"separator", "end", "related", "navigation", "notice", "note", "comment", "advert", "teaser"}
)
_SPEAKER = Wording(
    r"\S.{0,40}\s(?:says|said|wrote|schreibt|sagt|schrieb|dit|a\sécrit)\s?:", re.IGNORECASE
)


def find_segments(view: PageView, gaps: Sequence[Gap], *, single: bool) -> list[Segment]:
    prose = view.prose
    comments = set() if single else comment_gaps(view, gaps)
    items = set() if single else teaser_gaps(view, gaps) | _brief_gaps(view, gaps)
    begins = _begins(view, gaps, comments, items, single=single)
    found: list[Segment] = []
    related = False
    dates_follow = _dates_follow(view, gaps)
    for number, following in pairwise([*begins, len(prose)]):
        gap = gaps[number]
        start = _head(view, gap, dates_follow=dates_follow)
        if number in comments:
            start = _thread_start(view, gap)
        if found:
            found[-1] = replace(found[-1], stop=start)
        before = view.lines[gap.start : start if gap.title is None else gap.title]
        related = _related(before, related) and number > 0
        found.append(
            Segment(
                start=start,
                stop=len(view.lines),
                title=gap.title,
                prose=tuple(prose[number:following]),
                confidence=gap.confidence,
                evidence=gap.evidence,
                related=related and following - number <= 2,
                comments=number in comments,
            )
        )
    return found


def _begins(
    view: PageView, gaps: Sequence[Gap], comments: set[int], items: set[int], *, single: bool
) -> list[int]:
    """The numbers of the gaps after which a segment begins."""
    found = [
        number
        for number, gap in enumerate(gaps[:-1])
        if number == 0
        or (
            not single
            and (gap.boundary or number in comments or number in items)
            and gap.title not in view.counted
            and not (view.live and any(i in view.posts for i in range(gap.start, gap.stop)))
            and not (number in comments and number - 1 in comments)
        )
    ]
    return [number for place, number in enumerate(found) if not _heads(view, gaps, found, place)]


def _thread_start(view: PageView, gap: Gap) -> int:
    """The first line of a gap that belongs to the comments below it."""
    return next(
        index
        for index in range(gap.start, gap.stop)
        if view.lines[index].sign in ("comment", "date") or speaks(view.lines[index])
    )


def _brief_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps below a heading such as `News in brief` that title what follows them."""
    found: set[int] = set()
    below = False
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        below = below or any(
            line.weight == SHORT and line.words <= _LABEL and _BRIEF.fullmatch(line.bare)
            for line in lines
        )
        if not below:
            continue
        evidence = dict(gap.evidence)
        fits = evidence.get("title fits", 0.0)
        if number and fits >= _FIT and fits > evidence.get("title fits before", 0.0):
            found.add(number)
    return found


def teaser_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps in lists of other articles after which an item stands.

    An item is a headline that fits the one or two paragraphs right below it better than the text above.
    """
    found: set[int] = set()
    related = False
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        related = _related(lines, related and len(lines) > 0)
        if not (number and related):
            continue
        evidence = dict(gap.evidence)
        fits = evidence.get("title fits", 0.0)
        if gap.title is None:
            related = False
            continue
        between = view.lines[gap.title + 1 : gap.stop]
        above = view.lines[gap.start : gap.title]
        listed = [line for line in above if not line.sign and line.weight == SHORT]
        texts = [line for line in above if not line.sign and line.weight == SENTENCE]
        near = all(line.sign in ("byline", "date", "widget") for line in between)
        if near and len(listed) <= len(texts) and fits > evidence.get("title fits before", 0.0):
            found.add(number)
        related = number in found or gap.boundary
    return found


def _heads(view: PageView, gaps: Sequence[Gap], begins: Sequence[int], place: int) -> bool:
    """Whether a segment only goes on with the one above: that is a title and a standfirst, cut off from it.

    Its own words recur below, and what would be the title below does not fit there.
    """
    if not place or begins[place] != begins[place - 1] + 1:
        return False
    head, gap = gaps[begins[place - 1]], gaps[begins[place]]
    standfirst = view.lines[head.stop]
    if head.title is None or standfirst.words > _STANDFIRST:
        return False
    if gap.title is not None:
        evidence = dict(gap.evidence)
        marked = any(evidence.get(name) for name in _MARKED)
        if marked or evidence.get("title fits", 0.0) >= _FIT:
            return False
    below = merge([view.content(index) for index in view.prose[begins[place] : begins[place] + 6]])
    own = merge([view.content(head.title), view.content(head.stop)])
    return overlap(view.content(head.title), below) >= _RECURS and overlap(own, below) >= _RECURS


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
    return any(
        line.sign in ("date", "byline") for line in view.lines[last.start : last.start + 2]
    ) and not any(line.sign in ("date", "byline") for line in view.lines[first.start : first.stop])


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
            or (line.sign == "address" and (not line.field or 0 < gap.start == index - 1))
            or line.weight == STRONG
            or index - 1 in view.skipped
        ):
            break
        if line.sign in ("credit", "caption", "widget") or (
            line.sign in ("date", "byline") and dates_follow
        ):
            break
        if line.sign == "byline" and line.text[0] in "—–":
            break
        if not line.sign and line.words > 4 and line.key != view.lines[gap.title].key:
            break
        index -= 1
    return index


def comment_gaps(view: PageView, gaps: Sequence[Gap]) -> set[int]:
    """The numbers of the gaps after which readers' comments stand, rather than more of an article.

    A thread begins at a line such as `6 comments`, and goes on as long as its gaps hold times ago or buttons
    and neither a title that fits, nor a byline, nor a separator.
    """
    found: set[int] = set()
    if not any(
        line.sign == "comment" or speaks(line) for line in view.lines if line.weight < STRONG
    ):
        return found
    for number, gap in enumerate(gaps[:-1]):
        lines = view.lines[gap.start : gap.stop]
        evidence = dict(gap.evidence)
        marked = any(line.sign == "comment" for line in lines)
        dates = [line for line in lines if line.sign == "date"]
        spoken = any(map(speaks, lines))
        timed = spoken if dates else False
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
                or (timed and spoken)
                # A count of comments alone is a link to them, and may stand in an article's midst.
                or (marked and timed)
            )
        ):
            found.add(number)
    return found


def speaks(line: Line) -> bool:
    """Whether a line says that what follows was said or written by someone: `A. Name wrote:`."""
    return line.text[-1:] == ":" and _SPEAKER.fullmatch(line.text) is not None

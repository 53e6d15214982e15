"""The page cut at its boundaries: which lines belong to which article."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digest.splitting.boundaries import Candidate
from digest.splitting.cohesion import merge, overlap
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import SHORT, STRONG, Line
from digest.splitting.page import PageFeatures
from digest.splitting.roles import Segment
from digest.text.dates import find_date

_BRIEF = LazyPattern(
    r"(?:(?:the\s+)?news\s+)?in\s+brief|(?:\w+\s+)?briefs|(?:news\s+)?round-?up|at\s+a\s+glance"
    r"|kurz\s+(?:gemeldet|notiert|berichtet)|meldungen|kurzmeldungen|en\s+bref|brèves|breves|in\s+breve",
    re.IGNORECASE,
)
_MARKED = ("mark", "numbered", "labelled", "repeated title")
_LABEL = 4  # words of a label at most
_STANDFIRST = 40  # words of a standfirst at most
_FIT = 0.2  # the share of its weight with which a title fits a text, as in `titles`
_RECURS = 0.4  # the share of it that comes back below, and in the text of its own
_HARD = frozenset("separator end related navigation notice note comment advert teaser".split())
_SPEAKER = LazyPattern(
    r"\S.{0,40}\s(?:says|said|wrote|schreibt|sagt|schrieb|dit|a\sécrit)\s?:", re.IGNORECASE
)


def find_segments(
    page: PageFeatures, candidates: Sequence[Candidate], *, single: bool
) -> list[Segment]:
    prose = page.prose
    comments = set() if single else comment_candidates(page, candidates)
    items = set() if single else _brief_candidates(page, candidates)
    begins = _begins(page, candidates, comments, items, single=single)
    found: list[Segment] = []
    related = False
    dates_follow = _dates_follow(page, candidates)
    for number, following in pairwise([*begins, len(prose)]):
        candidate = candidates[number]
        start = _head(page, candidate, dates_follow=dates_follow)
        if number in comments:
            start = _thread_start(page, candidate)
        if found:
            found[-1] = replace(found[-1], stop=start)
        before = page.lines[candidate.start : start if candidate.title is None else candidate.title]
        related = _related(before, related) and number > 0
        found.append(
            Segment(
                start=start,
                stop=len(page.lines),
                title=candidate.title,
                prose=tuple(prose[number:following]),
                confidence=candidate.confidence,
                features=candidate.features,
                related=related and following - number <= 2,
                comments=number in comments,
            )
        )
    return found


def _begins(
    page: PageFeatures,
    candidates: Sequence[Candidate],
    comments: set[int],
    items: set[int],
    *,
    single: bool,
) -> list[int]:
    """The numbers of the candidates after which a segment begins."""
    found = [
        number
        for number, candidate in enumerate(candidates[:-1])
        if number == 0
        or (
            not single
            and (candidate.boundary or number in comments or number in items)
            and candidate.title not in page.counted
            and not (
                page.live and any(i in page.posts for i in range(candidate.start, candidate.stop))
            )
            and not (number in comments and number - 1 in comments)
        )
    ]
    return [
        number for place, number in enumerate(found) if not _heads(page, candidates, found, place)
    ]


def _thread_start(page: PageFeatures, candidate: Candidate) -> int:
    """The first line of a candidate that belongs to the comments below it."""
    return next(
        index
        for index in range(candidate.start, candidate.stop)
        if page.lines[index].kind in ("comment", "date") or speaks(page.lines[index])
    )


def _brief_candidates(page: PageFeatures, candidates: Sequence[Candidate]) -> set[int]:
    """The numbers of the candidates below a heading such as `News in brief` that title what follows them."""
    found: set[int] = set()
    below = False
    for number, candidate in enumerate(candidates[:-1]):
        lines = page.lines[candidate.start : candidate.stop]
        below = below or any(
            line.weight == SHORT and line.words <= _LABEL and _BRIEF.fullmatch(line.bare)
            for line in lines
        )
        if not below:
            continue
        features = dict(candidate.features)
        fits = features.get("title fits", 0.0)
        if number and fits >= _FIT and fits > features.get("title fits before", 0.0):
            found.add(number)
    return found


def _heads(
    page: PageFeatures, candidates: Sequence[Candidate], begins: Sequence[int], place: int
) -> bool:
    """Whether a segment only goes on with the one above: that is a title and a standfirst, cut off from it.

    Its own words recur below, and what would be the title below does not fit there.
    """
    if not place or begins[place] != begins[place - 1] + 1:
        return False
    head, candidate = candidates[begins[place - 1]], candidates[begins[place]]
    standfirst = page.lines[head.stop]
    if head.title is None or standfirst.words > _STANDFIRST:
        return False
    if candidate.title is not None:
        features = dict(candidate.features)
        marked = any(features.get(name) for name in _MARKED)
        if marked or features.get("title fits", 0.0) >= _FIT:
            return False
    below = merge([page.content(index) for index in page.prose[begins[place] : begins[place] + 6]])
    own = merge([page.content(head.title), page.content(head.stop)])
    return overlap(page.content(head.title), below) >= _RECURS and overlap(own, below) >= _RECURS


def _related(before: Sequence[Line], related: bool) -> bool:
    """Whether a list of other articles goes on, or begins, in the lines before a title."""
    for line in before:
        if line.kind == "related":
            related = True
        elif line.kind in ("separator", "end"):
            related = False
    return related


def _dates_follow(page: PageFeatures, candidates: Sequence[Candidate]) -> bool:
    """Whether the page puts the date below each article: the last one has it, the first not above."""
    first, last = candidates[0], candidates[-1]
    return any(
        line.kind in ("date", "byline") for line in page.lines[last.start : last.start + 2]
    ) and not any(line.kind in ("date", "byline") for line in page.lines[first.start : first.stop])


def _head(page: PageFeatures, candidate: Candidate, *, dates_follow: bool) -> int:
    """The first line before the title that belongs to what follows: its kicker, date, byline, address."""
    if candidate.title is None:
        for index in range(candidate.stop - 1, candidate.start - 1, -1):
            if page.lines[index].kind in _HARD:
                return index + 1
        return candidate.start
    index = candidate.title
    while index > candidate.start:
        line = page.lines[index - 1]
        if page.lines[candidate.title].labelled and line.field and line.weight != STRONG:
            index -= 1
            continue
        if (
            line.kind in _HARD
            or (line.kind == "address" and (not line.field or 0 < candidate.start == index - 1))
            or line.weight == STRONG
            or index - 1 in page.skipped
        ):
            break
        if line.kind in ("credit", "caption", "widget") or (
            line.kind in ("date", "byline") and dates_follow
        ):
            break
        if line.kind == "byline" and line.text[0] in "—–":
            break
        if not line.kind and line.words > 4 and line.key != page.lines[candidate.title].key:
            break
        index -= 1
    return index


def comment_candidates(page: PageFeatures, candidates: Sequence[Candidate]) -> set[int]:
    """The numbers of the candidates after which readers' comments stand, rather than more of an article.

    A thread begins at a line such as `6 comments`, and goes on as long as its candidates hold times ago or
    buttons and neither a title that fits, nor a byline, nor a separator.
    """
    found: set[int] = set()
    if not any(
        line.kind == "comment" or speaks(line) for line in page.lines if line.weight < STRONG
    ):
        return found
    for number, candidate in enumerate(candidates[:-1]):
        lines = page.lines[candidate.start : candidate.stop]
        features = dict(candidate.features)
        marked = any(line.kind == "comment" for line in lines)
        dates = [line for line in lines if line.kind == "date"]
        spoken = any(map(speaks, lines))
        timed = spoken if dates else False
        timed = timed or any(find_date(line.text) is None for line in dates)
        sure = any(
            features.get(name)
            for name in ("separator", "byline", "mark", "numbered", "labelled", "repeated title")
        )
        inside = number - 1 in found
        fits = features.get("title fits", 0.0) > (0.4 if inside else 0.2)
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

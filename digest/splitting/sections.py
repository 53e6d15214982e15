"""Inside an article: headings, tables and lists between its paragraphs, and the end matter below."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from digest.splitting.bylines import author_of
from digest.splitting.cohesion import Content, merge
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import SHORT, STRONG, Line
from digest.splitting.page import PageFeatures, shape_key
from digest.splitting.roles import Role, Segment

_RUN = 3  # paragraphs that are judged one by one; more are judged together
_HEADLINE = 6  # words of a headline at least
_LABEL = 5  # words of a label at most
_CELL = LazyPattern(r"[-+−–]?[$€£¥₹]?\d[\d.,]*(?:%|[KMBkmb]n?)?")
_QUOTE_FORM = LazyPattern(r"[^:]{2,45}[^\s:]:\s\S")
_HEADING = LazyPattern(
    r"(?:about\s+(?:(?:the|our|this)\s+(?:\w+\s+)?(?:authors?|writers?|editors?|company|group|reporters?"
    r"|firm|journal|publisher|university|institut\w+|project|partners?|data|research)"
    r"|us|me|(?:the\s+)?(?-i:[A-ZÀ-Þ]\S*(?:\s(?:[A-ZÀ-Þ&]\S*|of|and|the|for)){0,6}))|(?:media|press|investor|news)?\s*(?:contacts?|enquiries|inquiries)"
    r"(?:\s+information)?|(?:story\s+)?sources?|(?:(?:journal|original)\s+)?references?"
    r"|bibliography|(?:show\s*|foot|end)notes|notes\s+(?:to|for)\s+editors|further\s+reading"
    r"|external\s+links|cite\s+this.{0,20}|forward[- ]looking\s+statements?|safe\s+harbou?r.{0,30}"
    r"|(?:important|legal|regulatory)\s+(?:information|notices?)|disclosures?|acknowledge?ments"
    r"|über\s+(?:den|die|das|uns)\b.{0,40}|pressekontakt|quellen|einzelnachweise|weblinks"
    r"|à\s+propos(?:\s.{0,40})?|contacts?\s+presse|références|fuentes|referencias|acerca\s+de.{0,40})"
    r"\s*[:.]?",
    re.IGNORECASE,
)
_BIOGRAPHY = LazyPattern(
    r"\s+(?:is|was|works?|writes?|reports?|covers?|leads?|teaches|lives|edits?|runs|joined|has\s+been"
    r"|ist|schreibt|arbeitet|est|écrit|es|escribe)\b"
)

_LARGEST_SHARE = 0.35
_LONGEST = 60  # words of a biography
_NAMED = 120
"""So far into a biography its verb stands."""


def inner_stretches(segment: Segment) -> Iterator[tuple[int, int]]:
    for left, right in zip(segment.prose, segment.prose[1:], strict=False):
        if right > left + 1:
            yield left + 1, right


def settle_inner_lines(
    page: PageFeatures, start: int, stop: int, found: dict[int, Role], vocabulary: Content
) -> None:
    """Settle the short lines between two paragraphs of one article."""
    open_lines = [
        index
        for index in range(start, stop)
        if found[index] == "paragraph" and page.lines[index].weight == SHORT
    ]
    _settle_sure_lines(page, start, stop, open_lines, found)
    _settle_tables(page, open_lines, found)
    bullets = [
        index for index in open_lines if page.lines[index].bullet and found[index] == "paragraph"
    ]
    fitting = sum(bool(shared_words(page.content(index), vocabulary)) for index in bullets)
    items = bullets if len(bullets) > 1 and 2 * fitting >= len(bullets) else []
    left = [index for index in open_lines if found[index] == "paragraph" and index not in items]
    if len(left) > _RUN:
        known = sum(bool(shared_words(page.content(index), vocabulary)) for index in left)
        if 4 * known < len(left):
            found.update(dict.fromkeys(left, "teaser"))
    elif left:
        _settle_best(page, left, found, vocabulary)


def _settle_sure_lines(
    page: PageFeatures, start: int, stop: int, open_lines: Sequence[int], found: dict[int, Role]
) -> None:
    """Settle captions, lists of other articles, the entries of a live report, and what repeats."""
    related = False
    for index in range(start, stop):
        line = page.lines[index]
        if line.kind == "related":
            related = True
        elif (
            line.weight < STRONG
            and not line.kind
            and index + 1 < len(page.lines)
            and page.lines[index + 1].kind == "credit"
        ) or (line.weight == STRONG and page.is_caption(index)):
            found[index] = "caption"
        elif index in open_lines and related:
            found[index] = "teaser"
        elif index in open_lines and (index - 1 in page.posts or index in page.numbered):
            found[index] = "heading"
        elif index in open_lines and is_chrome(page, line):
            found[index] = "navigation"


def _settle_best(
    page: PageFeatures, left: Sequence[int], found: dict[int, Role], vocabulary: Content
) -> None:
    """Take the line that is most like one for the heading, if any is; the others are teasers."""
    scores = {index: _heading_score(page, index, vocabulary) for index in left}
    best = max(left, key=lambda index: (scores[index], index))
    for index in left:
        if page.lines[index].bare.endswith((":", ",", ";")) and page.lines[index].level == 0:
            continue
        found[index] = "heading" if index == best and scores[index] > 0 else "teaser"


def _settle_tables(page: PageFeatures, lines: Sequence[int], found: dict[int, Role]) -> None:
    """Leave out rows of figures, and the short lines that name their columns."""
    rows = [index for index in lines if is_row(page.lines[index].text)]
    few = [index for index in lines if page.lines[index].words <= _LABEL]
    for index in [*rows, *(few if len(rows) > 1 else ())]:
        if found[index] == "paragraph":
            found[index] = "widget"


def is_row(text: str) -> bool:
    """Whether a line is the row of a table: two figures or more, of prices or shares, and few words."""
    cells = text.split()
    figures = [cell for cell in cells if _CELL.fullmatch(cell)]
    exact = any(mark in cell for cell in figures for mark in ".,%+−")
    return len(figures) >= 2 and exact and 3 * len(figures) >= len(cells)


def _heading_score(page: PageFeatures, index: int, vocabulary: Content) -> float:
    line = page.lines[index]
    words = page.content(index)
    score = 1.0 + 3.0 * (line.level > 0) + 0.5 * line.upper
    title_case = sum(word[0].isupper() for word in line.bare.split()) > 0.6 * line.words
    inner = [word for word in line.bare.split()[1:] if word[0].isupper()]
    score -= 0.6 * (bool(inner) and not title_case)
    score -= (
        1.5 * (bool(_QUOTE_FORM.match(line.bare)) and line.words >= 8)
        + 1.5 * (line.words > 14)
        + 0.4 * (line.words > 9)
    )
    if len(words) >= 3 and not shared_words(words, vocabulary):
        score -= 1.5 if inner or len(words) >= 4 else 0.5
    return score + 2.0 * _is_parallel(page, index)


def _is_parallel(page: PageFeatures, index: int) -> bool:
    """Whether another short line nearby begins with the same words, as the headings of one article may."""
    line = page.lines[index]
    start = " ".join(line.bare.lower().split()[:3])
    return line.words > 3 and any(
        other is not line
        and other.weight == SHORT
        and other.bare.lower().startswith(start)
        and other.key != line.key
        for other in _nearby(page, index)
    )


def _nearby(page: PageFeatures, index: int) -> Sequence[Line]:
    return page.lines[max(0, index - 80) : index + 80]


def settle_headings(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Drop headings that have nothing to do with the section below, unless others of the article do.

    A line as long as a headline gets no such benefit of the doubt.
    """
    _settle_questions(page, segment, found)
    headings = [index for index, role in found.items() if role == "heading"]
    fits = {
        index: _fits_below(page, segment, index, end)
        for index, end in pairwise([*headings, segment.stop])
    }
    few = 3 * sum(fits.values()) < len(headings)
    for index in headings:
        line = page.lines[index]
        if line.bare.endswith("?") or index - 1 in page.posts or index in page.numbered:
            continue
        vague = _is_parallel(page, index) or line.words < 4 or len(page.content(index)) < 2
        if not fits[index] and not line.level and not vague and (few or line.words >= _HEADLINE):
            found[index] = "teaser"


def _settle_questions(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Questions that stand alone between paragraphs are headings, all or none.

    Two make an interview; one must speak of what its article speaks of.
    """
    alone = [
        start
        for start, stop in inner_stretches(segment)
        if stop == start + 1
        and found[start] in ("heading", "teaser")
        and page.lines[start].bare.endswith("?")
        and not page.lines[start].kind
        and start not in page.numbered
    ]
    alone += [
        index
        for index in range(segment.prose[-1] + 1, segment.stop - 1)
        if alone
        and page.lines[index].bare.endswith("?")
        and found[index] == "teaser"
        and found[index + 1] == "paragraph"
    ]
    if len(alone) == 1:
        near = merge([page.content(index) for index in segment.prose[:60]])
        if not shared_words(page.content(alone[0]), near):
            found[alone[0]] = "teaser"
            return
    found.update(dict.fromkeys(alone, "heading"))


def _fits_below(page: PageFeatures, segment: Segment, index: int, end: int) -> bool:
    words = page.content(index)
    place = bisect_right(segment.prose, index)
    below = merge(
        [page.content(other) for other in segment.prose[place : place + 4] if other < end]
    )
    return shared_words(words, below) >= (1 if len(words) <= 3 else 2)


def is_chrome(page: PageFeatures, line: Line) -> bool:
    """Whether a short line stands on the page again and again."""
    return (
        line.weight == SHORT
        and page.repeats[shape_key(line)] > 1
        and any(map(str.isalpha, line.key))
    )


def shared_words(words: Content, text: Content) -> int:
    return sum(word in text for word in words)


def settle_end_matter(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Leave out the foot of an article, from its first sure line down."""
    foot = _end_matter(page, segment, found)
    for index in range(foot, segment.stop):
        if found[index] in ("paragraph", "heading", "teaser"):
            found[index] = "notice"
    _settle_biography(page, segment, found)


def _end_matter(page: PageFeatures, segment: Segment, found: Mapping[int, Role]) -> int:
    """The heading of the first section that is not of the article and has but a small share of the text."""
    if not any(_may_head(page.lines[index]) for index in range(segment.start, segment.stop)):
        return segment.stop
    paragraphs = [i for i in range(segment.start, segment.stop) if found[i] == "paragraph"]
    rest = whole = sum(page.lines[index].words for index in paragraphs)
    for index in range(segment.start, segment.stop):
        line = page.lines[index]
        rest -= line.words * (found[index] == "paragraph")
        if (
            rest < whole
            and index != segment.title
            and rest <= _LARGEST_SHARE * whole
            and _may_head(line)
        ):
            return index
    return segment.stop


def _may_head(line: Line) -> bool:
    return line.words <= 7 and line.weight < STRONG and _HEADING.fullmatch(line.bare) is not None


def _settle_biography(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Leave out the line below an article that says who its author is."""
    paragraphs = [i for i in range(segment.start, segment.stop) if found[i] == "paragraph"]
    near = [
        index
        for index in paragraphs[-2:]
        if len(paragraphs) > 2 and _BIOGRAPHY.search(page.lines[index].bare[:_NAMED])
    ]
    if not near:
        return
    names = [author_of(page.lines[i].bare) for i in found if found[i] == "byline"]
    known = [name for name in names if name] + ([page.author] if page.author else [])
    for index in near:
        line = page.lines[index]
        if line.words <= _LONGEST and any(_tells_of(line.bare, name) for name in known):
            found[index] = "notice"


def _tells_of(text: str, name: str) -> bool:
    return text.startswith(name) and _BIOGRAPHY.match(text, len(name)) is not None

"""What each line of a segment is: the segment's boundaries are known, and its title."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.models import Reason
from digest.splitting.cohesion import Content, merge
from digest.splitting.gaps import PageView
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line, fold

Role = Literal[
    "title",
    "heading",
    "paragraph",
    "caption",
    "credit",
    "byline",
    "date",
    "teaser",
    "navigation",
    "notice",
    "note",
    "widget",
    "comment",
    "separator",
    "advert",
    "address",
    "copy",
]
REASONS: dict[str, Reason] = {
    "caption": "caption",
    "credit": "credit",
    "byline": "byline",
    "date": "date",
    "teaser": "teaser",
    "navigation": "navigation",
    "notice": "boilerplate",
    "note": "note",
    "widget": "widget",
    "comment": "comment",
    "separator": "navigation",
    "advert": "advert",
    "address": "navigation",
    "copy": "duplicate",
    "title": "duplicate",
    "heading": "teaser",
    "paragraph": "boilerplate",
}
_SIGN_ROLES: dict[str, Role] = {"end": "navigation", "related": "navigation"}
_REPEATABLE = frozenset({"paragraph", "heading", "teaser", "navigation"})
_CHECKS = 60
_ENDS = frozenset({"separator", "comment", "notice", "address", "navigation"})
_QUOTE_FORM = re.compile(r"[^:]{2,45}[^\s:]:\s\S")
_READER = re.compile(
    r"\b(?:you|your|you[’']re|our|us|we|sie|ihr|uns|vous|votre|nous|nos)\b", re.IGNORECASE
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


def roles(view: PageView, segment: Segment) -> dict[int, Role]:
    """Return what each line of the segment is."""
    found: dict[int, Role] = {}
    running = frozenset(segment.prose)
    first, last = (
        (segment.prose[0], segment.prose[-1]) if segment.prose else (segment.stop, segment.start)
    )
    loose = any(
        not line.sign and line.weight < STRONG for line in view.lines[segment.start : segment.stop]
    )
    vocabulary = merge([view.content(index) for index in segment.prose[:60]]) if loose else {}
    for index in range(segment.start, segment.stop):
        line = view.lines[index]
        if segment.comments:
            found[index] = _SIGN_ROLES.get(line.sign) or line.sign or "comment"  # type: ignore[assignment]
        elif index == segment.title:
            found[index] = "title"
        elif index in running:
            found[index] = "paragraph"
        elif segment.title is not None and line.key and line.key == view.lines[segment.title].key:
            found[index] = "copy"
        elif line.sign:
            found[index] = _SIGN_ROLES.get(line.sign) or line.sign  # type: ignore[assignment]
        elif index < first:
            found[index] = _head_role(view, segment, index, vocabulary)
        elif index > last:
            found[index] = _foot_role(view, index, found, vocabulary)
        else:
            found[index] = "paragraph"
    if segment.comments:
        return found
    _keep_foot_list(view, last + 1, segment.stop, found, vocabulary)
    for start, stop in _inner_gaps(segment):
        _inner_roles(view, start, stop, found, vocabulary)
    _settle_headings(view, segment, found)
    _drop_copies(view, segment, found)
    return found


def _keep_foot_list(
    view: PageView, start: int, stop: int, found: dict[int, Role], vocabulary: Content
) -> None:
    """Keep a list at the end of an article, such as fixtures or names: many lines that speak of what it spoke of."""
    end = start
    while end < stop and not view.lines[end].sign and not _is_chrome(view, view.lines[end]):
        end += 1
    fits = sum(bool(_shared(view.content(index), vocabulary)) for index in range(start, end))
    if end - start >= 4 and fits >= 0.5 * (end - start):
        for index in range(start, end):
            found[index] = "paragraph"


def _settle_headings(view: PageView, segment: Segment, found: dict[int, Role]) -> None:
    """Drop a heading that has nothing to do with the section below it, unless the article has others that do."""
    headings = [index for index, role in found.items() if role == "heading"]
    fits = {index: _fits_below(view, segment, index) for index in headings}
    sure = sum(fits.values())
    for index in headings:
        line = view.lines[index]
        if (
            not fits[index]
            and not line.level
            and len(view.content(index)) >= 2
            and line.words >= 4
            and 3 * sure < len(headings)
        ):
            found[index] = "teaser"


def _fits_below(view: PageView, segment: Segment, index: int) -> bool:
    words = view.content(index)
    place = bisect_right(segment.prose, index)
    below = merge([view.content(other) for other in segment.prose[place : place + 4]])
    return _shared(words, below) >= (1 if len(words) <= 3 else 2)


def _drop_copies(view: PageView, segment: Segment, found: dict[int, Role]) -> None:
    """Drop paragraphs that stand in the article twice, and quotations pulled out of it."""
    seen: set[tuple[str, int]] = set()
    whole = ""
    checks = 0
    running = frozenset(segment.prose)
    for index in range(segment.start, segment.stop):
        line = view.lines[index]
        if found[index] not in _REPEATABLE or line.words < 5:
            continue
        if (line.key, line.words) in seen and line.words >= 8:
            found[index] = "copy"
        elif (
            (index not in running or line.text[0] in '“"«„')
            and line.words <= 60
            and checks < _CHECKS
        ):
            checks += 1
            whole = whole or fold(" ".join(view.lines[other].text for other in segment.prose[:400]))
            key = fold(line.bare.strip('…."“”'))
            inside = whole.find(key)
            if inside >= 0 and index in running:
                inside = whole.find(key, inside + 1)
            if len(key) > 20 and inside >= 0:
                found[index] = "copy"
        seen.add((line.key, line.words))


def _inner_gaps(segment: Segment) -> Iterator[tuple[int, int]]:
    for left, right in zip(segment.prose, segment.prose[1:], strict=False):
        if right > left + 1:
            yield left + 1, right


def _head_role(view: PageView, segment: Segment, index: int, vocabulary: Content) -> Role:
    line = view.lines[index]
    if segment.title is not None and index < segment.title:
        return "navigation"
    following = view.lines[index + 1].sign if index + 1 < len(view.lines) else ""
    if following == "credit":
        return "caption"
    if _is_chrome(view, line):
        return "navigation"
    if line.weight == STRONG and view.is_caption(index):
        return "caption"
    fits = _shared(view.content(index), vocabulary) > 0
    if line.weight == SENTENCE:
        return "paragraph" if fits or not _READER.search(line.text) else "notice"
    return (
        "paragraph" if fits and line.words >= 6 else "navigation" if line.words <= 4 else "teaser"
    )


def _foot_role(view: PageView, index: int, found: dict[int, Role], vocabulary: Content) -> Role:
    line = view.lines[index]
    if (
        index + 1 < len(view.lines)
        and view.lines[index + 1].sign == "credit"
        and found.get(index - 1) != "paragraph"
    ):
        return "caption"
    if _is_chrome(view, line):
        return "navigation"
    place = index - 1
    while place in found and found[place] not in _ENDS and found[place] != "paragraph":
        place -= 1
    near = found.get(place) == "paragraph"
    shared = _shared(view.content(index), vocabulary)
    if line.weight >= SENTENCE:
        calls = _READER.search(line.text) and "”" not in line.text and '"' not in line.text
        return "paragraph" if near and (shared or not calls) or shared > 2 else "notice"
    return "teaser" if line.words >= 4 else "navigation"


def _is_chrome(view: PageView, line: Line) -> bool:
    """Whether a short line stands on the page again and again."""
    return (
        line.weight == SHORT
        and view.repeats[re.sub(r"\d+", "", line.key) or line.text[:40]] > 1
        and bool(re.sub(r"\d", "", line.key))
    )


def _inner_roles(
    view: PageView, start: int, stop: int, found: dict[int, Role], vocabulary: Content
) -> None:
    """Settle the short lines between two paragraphs of one article."""
    open_lines = [
        index
        for index in range(start, stop)
        if found[index] == "paragraph" and view.lines[index].weight == SHORT
    ]
    related = False
    for index in range(start, stop):
        line = view.lines[index]
        if line.sign == "related":
            related = True
        elif (
            line.weight < STRONG
            and not line.sign
            and index + 1 < len(view.lines)
            and view.lines[index + 1].sign == "credit"
        ):
            found[index] = "caption"
        elif line.weight == STRONG and view.is_caption(index):
            found[index] = "caption"
        elif index in open_lines and related:
            found[index] = "teaser"
        elif index in open_lines and _is_chrome(view, line):
            found[index] = "navigation"
    bullets = [
        index for index in open_lines if view.lines[index].bullet and found[index] == "paragraph"
    ]
    fitting = sum(bool(_shared(view.content(index), vocabulary)) for index in bullets)
    items = bullets if len(bullets) > 1 and 2 * fitting >= len(bullets) else []
    left = [index for index in open_lines if found[index] == "paragraph" and index not in items]
    if not left or len(left) > 3:
        return
    scores = {index: _heading_score(view, index, vocabulary) for index in left}
    best = max(left, key=lambda index: (scores[index], index))
    for index in left:
        if view.lines[index].bare.endswith((":", ",", ";")) and view.lines[index].level == 0:
            continue
        found[index] = "heading" if index == best and scores[index] > 0 else "teaser"


def _heading_score(view: PageView, index: int, vocabulary: Content) -> float:
    line = view.lines[index]
    words = view.content(index)
    score = 1.0 + 3.0 * (line.level > 0) + 0.5 * line.upper
    title_case = sum(word[0].isupper() for word in line.bare.split()) > 0.6 * line.words
    inner = [word for word in line.bare.split()[1:] if word[0].isupper()]
    score -= 0.6 * (bool(inner) and not title_case)
    score -= (
        1.5 * (bool(_QUOTE_FORM.match(line.bare)) and line.words >= 8)
        + 1.5 * (line.words > 14)
        + 0.4 * (line.words > 9)
    )
    if len(words) >= 3 and not _shared(words, vocabulary):
        score -= 1.5 if inner or len(words) >= 4 else 0.5
    start = " ".join(line.bare.lower().split()[:3])
    score += 2.0 * (
        line.words > 3
        and any(
            other is not line and other.weight == SHORT and other.bare.lower().startswith(start)
            for other in _nearby(view, index)
        )
    )
    return score


def _nearby(view: PageView, index: int) -> Sequence[Line]:
    return view.lines[max(0, index - 80) : index + 80]


def _shared(words: Content, text: Content) -> int:
    return sum(word in text for word in words)

"""What each line of a segment is: the segment's boundaries are known, and its title."""

import re
from collections import Counter

from digest.splitting.bylines import lone_name
from digest.splitting.cohesion import Content, merge
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line, fold
from digest.splitting.page import PageFeatures, is_description, is_lone_byline, is_shown
from digest.splitting.roles import Role, Segment
from digest.splitting.sections import (
    inner_stretches,
    is_chrome,
    settle_end_matter,
    settle_headings,
    settle_inner_lines,
    shared_words,
)
from digest.text.characters import QUOTES, SPEECH, TERMINALS

_KIND_ROLES: dict[str, Role] = {
    "end": "navigation",
    "page": "navigation",
    "related": "navigation",
}
_REPEATABLE = frozenset({"paragraph", "heading", "teaser", "navigation"})
_CHECKS = 60  # comparisons for one line: the work stays linear
_ENDS = frozenset({"separator", "comment", "notice", "address", "navigation"})
_READER = LazyPattern(
    r"\b(?:you|your|you[’']re|our|us|we|sie|ihr|uns|vous|votre|nous|nos)\b", re.IGNORECASE
)
_SPEECH = frozenset(SPEECH)
_TURNS = 2  # lines with one name before a colon make a speaker
_SPOKEN = frozenset({"paragraph", "heading"})


def classify(page: PageFeatures, segment: Segment) -> dict[int, Role]:
    """Return what each line of the segment is."""
    indexes = range(segment.start, segment.stop)
    if segment.comments:
        return {index: _kind_role(page.lines[index]) or "comment" for index in indexes}
    found: dict[int, Role] = {}
    running = frozenset(segment.prose)
    first, last = (
        (segment.prose[0], segment.prose[-1]) if segment.prose else (segment.stop, segment.start)
    )
    vocabulary = _vocabulary(page, segment)
    for index in indexes:
        role = "paragraph" if index in running else _certain_role(page, segment, index)
        if role:
            found[index] = role
        elif index < first:
            found[index] = _head_role(page, segment, index, vocabulary)
        else:
            found[index] = (
                _tail_role(page, index, found, vocabulary) if index > last else "paragraph"
            )
    _keep_final_list(page, last + 1, segment.stop, found, vocabulary)
    for start, stop in inner_stretches(segment):
        settle_inner_lines(page, start, stop, found, vocabulary)
    settle_headings(page, segment, found)
    settle_end_matter(page, segment, found)
    keep_speakers(page, segment, found)
    _drop_copies(page, segment, found)
    return found


def _vocabulary(page: PageFeatures, segment: Segment) -> Content:
    """The words of the text, where there is a line that must be compared with them."""
    title = page.lines[segment.title].key if segment.title is not None else ""
    loose = any(
        not line.kind and line.weight < STRONG and line.key != title
        for line in page.lines[segment.start : segment.stop]
    )
    return merge([page.content(index) for index in segment.prose[:60]]) if loose else {}


def _certain_role(page: PageFeatures, segment: Segment, index: int) -> Role | None:
    """What a line is by its own words, or because it repeats the title, wherever it stands."""
    line = page.lines[index]
    if index == segment.title:
        return "title"
    if segment.title is not None and line.key and line.key == page.lines[segment.title].key:
        return "copy"
    if index in page.sponsored or (line.kind == "address" and index - 1 in page.sponsored):
        return "advert"
    if not line.kind and is_description(page.lines, index):
        return "caption"
    return _kind_role(line)


def _kind_role(line: Line) -> Role | None:
    return (_KIND_ROLES.get(line.kind) or line.kind) if line.kind else None  # type: ignore[return-value]


def _keep_final_list(
    page: PageFeatures, start: int, stop: int, found: dict[int, Role], vocabulary: Content
) -> None:
    """Keep a list at the end of an article, such as fixtures: many lines that speak of what it did."""
    end = start
    while end < stop and (
        page.lines[end].kind == "advert"
        or not (page.lines[end].kind or is_chrome(page, page.lines[end]))
    ):
        end += 1
    items = [index for index in range(start, end) if not page.lines[index].kind]
    fits = sum(bool(shared_words(page.content(index), vocabulary)) for index in items)
    if len(items) >= 4 and fits >= 0.5 * len(items):
        found.update(dict.fromkeys(items, "paragraph"))


def _drop_copies(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Drop paragraphs that stand in the article twice, and quotations pulled out of it."""
    seen: set[tuple[str, int]] = set()
    whole = ""
    checks = 0
    running = frozenset(segment.prose)
    for index in range(segment.start, segment.stop):
        line = page.lines[index]
        if found[index] not in _REPEATABLE or line.words < 5:
            continue
        if (line.key, line.words) in seen and line.words >= 8:
            found[index] = "copy"
        elif (
            (index not in running or line.text[0] in SPEECH)
            and line.words <= 60
            and checks < _CHECKS
        ):
            checks += 1
            whole = whole or fold(" ".join(page.lines[other].text for other in segment.prose[:400]))
            key = fold(line.bare.strip(QUOTES + TERMINALS))
            inside = whole.find(key)
            if inside >= 0 and index in running:
                inside = whole.find(key, inside + 1)
            if len(key) > 20 and (inside >= 0 or _is_pulled(page, segment, index)):
                found[index] = "copy"
                if found.get(index + 1) in ("heading", "teaser") and line.text[0] in SPEECH:
                    found[index + 1] = "credit"
        seen.add((line.key, line.words))


def _is_pulled(page: PageFeatures, segment: Segment, index: int) -> bool:
    """Whether a line is a quotation that a paragraph near it has in nearly the same words."""
    text = page.lines[index].text
    words = page.content(index)
    if text[0] not in SPEECH or text[-1] not in SPEECH or len(words) < 3:
        return False
    return any(
        shared_words(words, page.content(other)) >= 0.75 * len(words)
        for other in segment.prose[:400]
        if other != index
    )


def _head_role(page: PageFeatures, segment: Segment, index: int, vocabulary: Content) -> Role:
    line = page.lines[index]
    if segment.title is not None and index < segment.title:
        return "navigation"
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    following = below.kind if below else ""
    if following == "credit" or is_shown(page.lines, index):
        return "caption"
    if index - 1 in page.posts and line.weight == SHORT:
        return "heading"
    if is_chrome(page, line):
        return "navigation"
    if line.weight == STRONG and page.is_caption(index):
        return "caption"
    if is_lone_byline(page, index):
        return "byline"
    fits = shared_words(page.content(index), vocabulary) > 0
    if line.weight == SENTENCE:
        return "paragraph" if fits or not _READER.search(line.text) else "notice"
    return (
        "paragraph" if fits and line.words >= 6 else "navigation" if line.words <= 4 else "teaser"
    )


def _tail_role(page: PageFeatures, index: int, found: dict[int, Role], vocabulary: Content) -> Role:
    line = page.lines[index]
    if (
        index + 1 < len(page.lines)
        and page.lines[index + 1].kind == "credit"
        and found.get(index - 1) != "paragraph"
    ):
        return "caption"
    if is_chrome(page, line):
        return "navigation"
    place = index - 1
    while place in found and found[place] not in _ENDS and found[place] != "paragraph":
        place -= 1
    near = found.get(place) == "paragraph"
    shared = shared_words(page.content(index), vocabulary)
    if line.weight >= SENTENCE:
        calls = _READER.search(line.text) and _SPEECH.isdisjoint(line.text)
        return "paragraph" if (near and (shared or not calls)) or shared > 2 else "notice"
    return "teaser" if line.words >= 4 else "navigation"


def keep_speakers(page: PageFeatures, segment: Segment, found: dict[int, Role]) -> None:
    """Keep the names above what is said, where two people or more speak twice or more each."""
    if not segment.prose:
        return
    last = segment.prose[-1]
    turns = [
        index
        for index in range(segment.prose[0] + 1, last)
        if found[index] not in _SPOKEN
        and found[index + 1] in _SPOKEN
        and found[index - 1] in _SPOKEN
        and lone_name(page.lines[index].bare)
    ]
    counts = Counter(page.lines[index].key for index in turns)
    speakers = {name for name, count in counts.items() if count >= _TURNS}
    if len(speakers) > 1:
        found.update(
            dict.fromkeys((i for i in turns if page.lines[i].key in speakers), "paragraph")
        )

"""What a page has twice: running heads, excerpts and teasers of its own articles, boilerplate in several."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.splitting.cohesion import merge, overlap
from digest.splitting.lexicon import LazyPattern
from digest.splitting.lines import SENTENCE, SHORT, STRONG, Line, fold
from digest.splitting.page import PageFeatures, shape_key
from digest.splitting.roles import Role, Segment

_PAGE = LazyPattern(
    r"(?:page|seite|pág(?:ina)?|pagina|pg?)\.?\s*(?P<page>\d{1,4})(?:\s*(?:of|/|von|sur|de|di)\s*\d{1,4})?"
    r"|[-–—]\s?(?P<dashed>\d{1,4})\s?[-–—]"
    r"|(?:https?://\S+\s+)?(?P<part>\d{1,4})\s?(?:/|of|von|sur|de)\s?\d{1,4}",
    re.IGNORECASE,
)
_STAMP = LazyPattern(
    r"\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2},?\s+\d{1,2}:\d\d(?:\s?[AP]M)?\b", re.IGNORECASE
)
"""The day and the time of printing, as browsers print them at the head of each page."""

_LONGEST = 120
_NEAR = 2
_SHARE = 0.6
_KEY = 48
_SAMPLE = 100_000
_MOST = 50
_START = 24
_TOLD = frozenset({"paragraph", "heading"})
_WORDS = 4
_SEVERAL = 3
_REPEATED_SHARE = 0.4
"""An article of which more comes again is itself there twice."""
_OWN = 0.25
"""So much of a paragraph's words recurs in the article that it belongs to."""


def without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with page numbers and running heads marked as such, if the page is a print-out."""
    pages = _page_numbers(lines)
    heads = _heads(lines, pages)
    if not pages and not heads:
        return list(lines)
    return [
        replace(line, kind="page", weight=SHORT, level=0, number=-1)
        if index in pages or index in heads
        else line
        for index, line in enumerate(lines)
    ]


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that number pages, if there are two or more and they count up."""
    found: list[int] = []
    last = 0
    for index, line in enumerate(lines):
        ends = len(line.text) <= _LONGEST and (
            line.text[-1:].isdigit() or line.text[-1:] in ("-", "–", "—")
        )
        match = _PAGE.fullmatch(line.text) if ends else None
        number = int(next(filter(None, match.groups()))) if match else 0
        if number > last or (number == 1 and found):
            found.append(index)
            last = number
    return frozenset(found if len(found) > 1 else ())


def _heads(lines: Sequence[Line], pages: frozenset[int]) -> frozenset[int]:
    """The short lines that come again beside page numbers, or with the time of printing."""
    beside = Counter(shape_key(lines[index]) for index in _beside(lines, pages))
    stamped = Counter(
        shape_key(line) for line in lines if line.text[:1].isdigit() and _is_stamped(line.text)
    )
    known = {key for key, count in (*beside.items(), *stamped.items()) if count > 1}
    if not known:
        return frozenset()
    found = [
        index for index, line in enumerate(lines) if _may_head(line) and shape_key(line) in known
    ]
    first: dict[str, int] = {}
    for index in found:
        first.setdefault(lines[index].key, index)
    # The first of the heads that are a headline is the headline itself.
    return frozenset(
        index
        for index in found
        if first[lines[index].key] != index or shape_key(lines[index]) in stamped
    )


def _beside(lines: Sequence[Line], pages: frozenset[int]) -> Iterator[int]:
    near = {
        index
        for page in pages
        for index in range(max(0, page - _NEAR), min(len(lines), page + _NEAR + 1))
    }
    return (index for index in sorted(near - pages) if _may_head(lines[index]))


def _is_stamped(text: str) -> bool:
    return len(text) <= _LONGEST and _STAMP.match(text) is not None


def _may_head(line: Line) -> bool:
    """Whether a line may be a running head; an address tells where the article stood, and stays."""
    return line.weight < STRONG and 0 < len(line.text) <= _LONGEST and line.kind != "address"


def sentence_keys(text: str) -> list[str]:
    """Return the ends of the sentences of a text, which serve to recognise them; the shortest are left out."""
    parts = text[:_SAMPLE].replace("!", ".").replace("?", ".").replace("…", ".").split(".")
    return [part[-_KEY:] for part in parts if len(part) >= _START]


def excerpt_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that only repeat, run together or cut short, what stands elsewhere on the page."""
    keys = {
        index: sentence_keys(line.text)
        for index, line in enumerate(lines)
        if line.weight >= SENTENCE
    }
    places: dict[str, list[int]] = {}
    for index, found in keys.items():
        for key in found:
            places.setdefault(key, []).append(index)
    copies: set[int] = set()
    repeated = {key for key, found in places.items() if len(found) > 1}
    for index, found in keys.items():
        if len(found) < 3 or repeated.isdisjoint(found):
            continue
        others: set[int] = set()
        known = 0
        for key in found:
            elsewhere = [
                other for other in places[key][:8] if other != index and other not in copies
            ]
            known += bool(elsewhere)
            others.update(elsewhere)
        runs_on = len(others) > 1 or lines[index].ellipsis or len(set(found)) < len(found)
        if known >= _SHARE * len(found) and runs_on and others:
            copies.add(index)
    return frozenset(copies | _cut_short(lines, copies))


def _cut_short(lines: Sequence[Line], copies: set[int]) -> set[int]:
    """The lines that end in an ellipsis and are the beginning of another line."""
    starts: dict[str, list[int]] = {}
    titles = {line.key[:_START]: line.bare for line in lines if line.weight < STRONG}
    for index, line in enumerate(lines):
        if line.weight >= SENTENCE and len(line.key) >= _START and index not in copies:
            starts.setdefault(line.key[:_START], []).append(index)
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not line.ellipsis or line.weight < SENTENCE or len(line.key) < _START or index in copies:
            continue
        title = titles.get(line.key[:_START], "")
        titled = len(title) >= _START and line.text.startswith(title)
        text = line.text[len(title) :].lstrip(" .:–—-|") if titled else line.text
        rivals = starts.get(fold(text[:80])[:_START], [])[:8]
        whole = fold(text.rsplit(" ", 1)[0])
        if any(
            other != index
            and len(lines[other].text) > len(text) - 3
            and fold(lines[other].text[: len(text) + 40]).startswith(whole)
            for other in rivals
        ):
            found.add(index)
    return found


class TextIndex:
    """The texts of a page, to ask which of them stands within another."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.keys = [sentence_keys(text) for text in texts]
        self.places: dict[str, list[int]] = {}
        for number, keys in enumerate(self.keys):
            for key in set(keys):
                self.places.setdefault(key, []).append(number)

    def covers(self, number: int) -> int | None:
        """Return the longer, or earlier equal, text that holds nearly all sentences of text `number`."""
        keys = self.keys[number]
        shared = Counter(
            other for key in keys for other in self.places[key][:_MOST] if other != number
        )
        for other, count in sorted(shared.items()):
            size, rival = len(self.keys[number]), len(self.keys[other])
            if count >= 0.8 * size and (rival > size or (rival == size and other < number)):
                return other
        return None


def repeated_boilerplate(
    page: PageFeatures, segments: Sequence[Segment], classes: dict[int, Role]
) -> Iterator[int]:
    """Yield the lines of text that stand in several articles which are otherwise different.

    Two articles of one event may share a paragraph of background: where there are but two, it must have
    little to do with the article.
    """
    places: dict[tuple[str, int], dict[int, list[int]]] = {}
    for number, segment in enumerate(segments):
        for index in range(segment.start, segment.stop):
            line = page.lines[index]
            told = classes[index] in _TOLD and line.weight >= SENTENCE
            if told and line.words >= _WORDS:
                places.setdefault((line.key, line.words), {}).setdefault(number, []).append(index)
    again = {key: found for key, found in places.items() if len(found) > 1}
    repeated: dict[int, set[int]] = {}
    for found in again.values():
        for number, indexes in found.items():
            repeated.setdefault(number, set()).update(indexes)
    other = {number: _is_other(page, segments[number], repeated[number]) for number in repeated}
    for found in again.values():
        numbers = [number for number in found if other[number]]
        if len(numbers) >= _SEVERAL or (
            len(numbers) > 1
            and all(
                _is_foreign(page, segments[number], repeated[number], found[number][0])
                for number in numbers
            )
        ):
            for number in numbers:
                yield from found[number]


def _is_other(page: PageFeatures, segment: Segment, repeated: set[int]) -> bool:
    """Whether most of an article stands nowhere else on the page."""
    words = {index: page.lines[index].words for index in {*segment.prose, *repeated}}
    return sum(words[index] for index in repeated) <= _REPEATED_SHARE * sum(words.values())


def _is_foreign(page: PageFeatures, segment: Segment, repeated: set[int], index: int) -> bool:
    own = merge([page.content(other) for other in segment.prose[:60] if other not in repeated])
    return overlap(page.content(index), own) < _OWN

"""Paragraphs that come again in several articles of a page: an appeal, a card, an offer; the page's own."""

from collections.abc import Iterator, Sequence

from digest.splitting.cohesion import merge, overlap
from digest.splitting.lines import SENTENCE
from digest.splitting.roles import Role
from digest.splitting.segments import Segment
from digest.splitting.view import PageView

_TOLD = frozenset({"paragraph", "heading"})
_WORDS = 4
_SEVERAL = 3
_SHARE = 0.4
"""An article of which more comes again is itself there twice."""
_OWN = 0.25
"""So much of a paragraph's words recurs in the article that it belongs to."""


def refrains(
    view: PageView, segments: Sequence[Segment], classes: dict[int, Role]
) -> Iterator[int]:
    """Yield the lines of text that stand in several articles which are otherwise different.

    Two articles of one event may share a paragraph of background: where there are but two, it must have
    little to do with the article.
    """
    places: dict[tuple[str, int], dict[int, list[int]]] = {}
    for number, segment in enumerate(segments):
        for index in range(segment.start, segment.stop):
            line = view.lines[index]
            told = classes[index] in _TOLD and line.weight >= SENTENCE
            if told and line.words >= _WORDS:
                places.setdefault((line.key, line.words), {}).setdefault(number, []).append(index)
    again = {key: found for key, found in places.items() if len(found) > 1}
    repeated: dict[int, set[int]] = {}
    for found in again.values():
        for number, indexes in found.items():
            repeated.setdefault(number, set()).update(indexes)
    other = {number: _is_other(view, segments[number], repeated[number]) for number in repeated}
    for found in again.values():
        numbers = [number for number in found if other[number]]
        if len(numbers) >= _SEVERAL or (
            len(numbers) > 1
            and all(
                _is_foreign(view, segments[number], repeated[number], found[number][0])
                for number in numbers
            )
        ):
            for number in numbers:
                yield from found[number]


def _is_other(view: PageView, segment: Segment, repeated: set[int]) -> bool:
    """Whether most of an article stands nowhere else on the page."""
    words = {index: view.lines[index].words for index in {*segment.prose, *repeated}}
    return sum(words[index] for index in repeated) <= _SHARE * sum(words.values())


def _is_foreign(view: PageView, segment: Segment, repeated: set[int], index: int) -> bool:
    own = merge([view.content(other) for other in segment.prose[:60] if other not in repeated])
    return overlap(view.content(index), own) < _OWN

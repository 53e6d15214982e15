"""Where one article ends and the next begins.

The stretches of lines between two paragraphs (titles, bylines, captions, separators, chrome) are the candidates
for a boundary. Of each is asked which of its lines, if any, is a title, and whether an article ends there. The
second answer is a logistic regression over its features and the lexical cohesion of its two sides (TextTiling).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.splitting.features import (
    Features,
    boundary_features,
    made_consistent,
    probability,
    title_features,
)
from digest.splitting.lines import SENTENCE, Line
from digest.splitting.page import PageFeatures
from digest.splitting.titles import choose_title

_CLUTTER = frozenset({"advert", "caption", "credit", "page", "teaser", "widget"})
_WINDOW = 200  # words below a boundary that are compared with those above it
_WINDOW_BEFORE = 400  # words above it
_PARAGRAPHS = 16  # paragraphs of either at most
_ENDS = frozenset(("end", "related"))
_WITNESSES = frozenset(("first", "separator", "byline", "date"))

CacheKey = tuple[object, ...]

_LEARNT = 1000
_OFTEN = 100
_SURE = 0.95
_LENGTHS = (0, 1, 1, 2, 3, *[4] * 12)
"""The lengths of lines in words that are told apart; longer ones are alike."""
_LONG = 5  # the class of all longer lines


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of lines between two paragraphs, and what was made of it."""

    start: int
    """The first line of the candidate."""
    stop: int
    """The paragraph that follows, or the number of lines."""
    title: int | None = None
    """The line that is the best title for what follows."""
    features: Features = ()
    confidence: float = 0.0
    """The probability that an article begins after the candidate."""

    @property
    def boundary(self) -> bool:
        """Whether an article begins here.

        Without a title, a separator, a byline or a date, a caption or a link may look like an end:
        such a beginning must be nearly certain.
        """
        seen = {name for name, value in self.features if value}
        if self.title is None and seen.isdisjoint(_WITNESSES | _ENDS):
            return False  # A picture with its labels, and no more.
        if not 0.5 <= self.confidence < 0.9:
            return self.confidence >= 0.9
        return self.title is not None or not seen.isdisjoint(_WITNESSES)


class Judgement(NamedTuple):
    """What candidates of one form came to."""

    title: int | None
    """The number of the title among the lines of the candidate."""
    features: tuple[tuple[str, float], ...]
    confidence: float
    often: int = 1

    def agrees(self, other: "Judgement") -> bool:
        """Whether both are certain, and of the same."""
        low, high = sorted((self.confidence, other.confidence))
        return self.title == other.title and (high <= 1 - _SURE or low >= _SURE)


@dataclass(slots=True)
class JudgementCache:
    """What has been learnt of the candidates of one page."""

    page: PageFeatures
    known: dict[CacheKey, Judgement | None] = field(default_factory=dict)
    """None for a form that was judged in two ways."""

    def find(self, number: int, start: int, stop: int) -> Judgement | None:
        """Return the verdict on the candidate before paragraph `number`, or None where it must be judged."""
        if number <= _LEARNT or start == stop:
            return None
        found = self.known.get(self._key(start, stop))
        return found if found and found.often >= _OFTEN else None

    def learn(self, number: int, start: int, stop: int, verdict: Judgement) -> None:
        """Remember how the candidate before paragraph `number` was judged, if the page is a long one."""
        if start == stop or number == 0 or len(self.page.prose) <= _LEARNT:
            return
        form = self._key(start, stop)
        before = self.known.get(form, verdict)
        if before is None or not before.agrees(verdict):
            self.known[form] = None
        else:
            self.known[form] = verdict._replace(often=before.often + 1)

    def _key(self, start: int, stop: int) -> CacheKey:
        """All that can be seen of a candidate without its words."""
        lines, following = self.page.lines, self.page.lines[stop]
        return (
            lines[start - 1].ellipsis,
            following.bullet,
            _length(following),
            *[self._shape(index, lines[index]) for index in range(start, stop)],
        )

    def _shape(self, index: int, line: Line) -> CacheKey:
        page = self.page
        marked = line.labelled or index in page.numbered or index in page.pictured
        again = page.repeated(index) > 1
        return (line.kind, line.weight, line.level, line.bullet, marked, again, _length(line))


def _length(line: Line) -> int:
    return _LENGTHS[line.words] if line.words < len(_LENGTHS) else _LONG


def boundary_candidates(
    page: PageFeatures, truth: Mapping[int, bool | None] | None = None
) -> list[Candidate]:
    """Return every candidate of the page: one before each paragraph, and one after the last.

    In training the boundaries are known, and `truth` tells them by the paragraph that follows.
    """
    prose = page.prose
    candidates: list[Candidate] = []
    cache = JudgementCache(page)
    edge = 0
    for number, index in enumerate(prose):
        start = prose[number - 1] + 1 if number else 0
        candidate = _known_or_judged(page, cache, number, start, index, edge)
        if truth.get(index) if truth else candidate.boundary:
            edge = number
        candidates.append(candidate)
    judged = made_consistent(
        [(candidate.features, candidate.confidence) for candidate in candidates]
    )
    candidates = [
        Candidate(candidate.start, candidate.stop, candidate.title, *verdict)
        for candidate, verdict in zip(candidates, judged, strict=True)
    ]
    candidates.append(Candidate(start=prose[-1] + 1 if prose else 0, stop=len(page.lines)))
    return candidates


def _known_or_judged(
    page: PageFeatures, cache: JudgementCache, number: int, start: int, stop: int, edge: int
) -> Candidate:
    known = cache.find(number, start, stop)
    if known:
        title = None if known.title is None else start + known.title
        return Candidate(start, stop, title, known.features, known.confidence)
    candidate = _judge(page, number, start, stop, edge)
    title = None if candidate.title is None else candidate.title - start
    cache.learn(number, start, stop, Judgement(title, candidate.features, candidate.confidence))
    return candidate


def _judge(page: PageFeatures, number: int, start: int, stop: int, edge: int) -> Candidate:
    if number and start == stop:
        return Candidate(start=start, stop=stop)
    if number and all(_is_clutter(line) for line in page.lines[start:stop]):
        return Candidate(start=start, stop=stop)
    after = _window(page, number, edge, forward=True)
    title = choose_title(page, start, stop, after)
    if number == 0:
        first = title_features(page, start, stop, title, {}, {})
        return Candidate(
            start=start,
            stop=stop,
            title=title,
            confidence=1.0,
            features=(("first", 1.0), *first.items()),
        )
    before = _window(page, number - 1, edge, forward=False)
    features = boundary_features(page, start, stop, title, before, after)
    return Candidate(
        start=start,
        stop=stop,
        title=title,
        features=_nonzero(features),
        confidence=probability(features),
    )


def _nonzero(features: Mapping[str, float]) -> Features:
    """The features that there is: a page may have thousands of candidates, each with but little."""
    return tuple([item for item in features.items() if item[1]])


def _is_clutter(line: Line) -> bool:
    """Whether a line may stand between any two paragraphs and tells nothing of a boundary."""
    return line.kind in _CLUTTER or (line.weight == SENTENCE and not line.kind and line.number < 0)


def _window(page: PageFeatures, number: int, edge: int, *, forward: bool) -> list[int]:
    """The paragraphs next to a candidate, up to some 160 words, as far as no sure boundary stands between."""
    prose, lines = page.prose, page.lines
    found: list[int] = []
    size = 0
    most = _WINDOW if forward else _WINDOW_BEFORE
    step = 1 if forward else -1
    while 0 <= number < len(prose) and size < most and len(found) < _PARAGRAPHS:
        if found:
            first, last = (
                (prose[number - 1] + 1, prose[number])
                if forward
                else (prose[number] + 1, prose[number + 1])
            )
            if number + (not forward) <= edge and not forward:
                break
            if forward and last - first <= 12 and page.ends[last] > page.ends[first]:
                break
            if last - first > (12 if size < 60 or not forward else 0):
                break
        found.append(prose[number])
        size += lines[prose[number]].words
        number += step
    return found

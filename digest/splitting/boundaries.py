"""Where one article ends and the next begins.

A page is running text with gaps: stretches of lines that are not running text (titles, bylines, captions,
separators, chrome). Every gap between two paragraphs is asked two things: which of its lines, if any, is a
title, and whether an article ends there. The second answer is a logistic regression over the evidence in the
gap and the lexical cohesion of what stands on its two sides (TextTiling).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from digest.splitting.features import Evidence, by_habit, gap_evidence, probability, title_evidence
from digest.splitting.lines import SENTENCE, Line
from digest.splitting.page import PageView
from digest.splitting.titles import choose_title

_CLUTTER = frozenset({"advert", "caption", "credit", "page", "teaser", "widget"})
_WINDOW = 200
_WINDOW_BEFORE = 400
_PARAGRAPHS = 16
_ENDS = frozenset(("end", "related"))
_WITNESSES = frozenset(("first", "separator", "byline", "date"))

Form = tuple[object, ...]

_LEARNT = 1000
_OFTEN = 100
_SURE = 0.95
_LENGTHS = (0, 1, 1, 2, 3, *[4] * 12)
"""The lengths of lines in words that are told apart; longer ones are alike."""
_LONG = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of lines between two paragraphs, and what was made of it."""

    start: int
    """The first line of the gap."""
    stop: int
    """The paragraph that follows, or the number of lines."""
    title: int | None = None
    """The line that is the best title for what follows."""
    evidence: Evidence = ()
    confidence: float = 0.0
    """The probability that an article begins after the gap."""

    @property
    def boundary(self) -> bool:
        """Whether an article begins here.

        Without a title, a separator, a byline or a date, a caption or a link may look like an end:
        such a beginning must be nearly certain.
        """
        seen = {name for name, value in self.evidence if value}
        if self.title is None and seen.isdisjoint(_WITNESSES | _ENDS):
            return False  # A picture with its labels, and no more.
        if not 0.5 <= self.confidence < 0.9:
            return self.confidence >= 0.9
        return self.title is not None or not seen.isdisjoint(_WITNESSES)


class Verdict(NamedTuple):
    """What gaps of one form came to."""

    title: int | None
    """The number of the title among the lines of the gap."""
    evidence: tuple[tuple[str, float], ...]
    confidence: float
    often: int = 1

    def agrees(self, other: "Verdict") -> bool:
        """Whether both are certain, and of the same."""
        low, high = sorted((self.confidence, other.confidence))
        return self.title == other.title and (high <= 1 - _SURE or low >= _SURE)


@dataclass(slots=True)
class Forms:
    """What has been learnt of the gaps of one page."""

    view: PageView
    known: dict[Form, Verdict | None] = field(default_factory=dict)
    """None for a form that was judged in two ways."""

    def find(self, number: int, start: int, stop: int) -> Verdict | None:
        """Return the verdict on the gap before paragraph `number`, or None where it must be judged."""
        if number <= _LEARNT or start == stop:
            return None
        found = self.known.get(self._form(start, stop))
        return found if found and found.often >= _OFTEN else None

    def learn(self, number: int, start: int, stop: int, verdict: Verdict) -> None:
        """Remember how the gap before paragraph `number` was judged, if the page is long enough to need it."""
        if start == stop or number == 0 or len(self.view.prose) <= _LEARNT:
            return
        form = self._form(start, stop)
        before = self.known.get(form, verdict)
        if before is None or not before.agrees(verdict):
            self.known[form] = None
        else:
            self.known[form] = verdict._replace(often=before.often + 1)

    def _form(self, start: int, stop: int) -> Form:
        """All that can be seen of a gap without its words."""
        lines, following = self.view.lines, self.view.lines[stop]
        return (
            lines[start - 1].ellipsis,
            following.bullet,
            _length(following),
            *[self._shape(index, lines[index]) for index in range(start, stop)],
        )

    def _shape(self, index: int, line: Line) -> Form:
        view = self.view
        marked = line.labelled or index in view.numbered or index in view.pictured
        again = view.repeated(index) > 1
        return (line.sign, line.weight, line.level, line.bullet, marked, again, _length(line))


def _length(line: Line) -> int:
    return _LENGTHS[line.words] if line.words < len(_LENGTHS) else _LONG


def find_gaps(view: PageView, truth: Mapping[int, bool | None] | None = None) -> list[Gap]:
    """Return every gap of the page: one before each paragraph, and one after the last.

    In training the boundaries are known, and `truth` tells them by the paragraph that follows.
    """
    prose = view.prose
    gaps: list[Gap] = []
    forms = Forms(view)
    edge = 0
    for number, index in enumerate(prose):
        start = prose[number - 1] + 1 if number else 0
        gap = _known_or_judged(view, forms, number, start, index, edge)
        if truth.get(index) if truth else gap.boundary:
            edge = number
        gaps.append(gap)
    verdicts = by_habit([(gap.evidence, gap.confidence) for gap in gaps])
    gaps = [
        Gap(gap.start, gap.stop, gap.title, *verdict)
        for gap, verdict in zip(gaps, verdicts, strict=True)
    ]
    gaps.append(Gap(start=prose[-1] + 1 if prose else 0, stop=len(view.lines)))
    return gaps


def _known_or_judged(
    view: PageView, forms: Forms, number: int, start: int, stop: int, edge: int
) -> Gap:
    known = forms.find(number, start, stop)
    if known:
        title = None if known.title is None else start + known.title
        return Gap(start, stop, title, known.evidence, known.confidence)
    gap = _judge(view, number, start, stop, edge)
    title = None if gap.title is None else gap.title - start
    forms.learn(number, start, stop, Verdict(title, gap.evidence, gap.confidence))
    return gap


def _judge(view: PageView, number: int, start: int, stop: int, edge: int) -> Gap:
    if number and start == stop:
        return Gap(start=start, stop=stop)
    if number and all(_is_clutter(line) for line in view.lines[start:stop]):
        return Gap(start=start, stop=stop)
    after = _window(view, number, edge, forward=True)
    title = choose_title(view, start, stop, after)
    if number == 0:
        first = title_evidence(view, start, stop, title, {}, {})
        return Gap(
            start=start,
            stop=stop,
            title=title,
            confidence=1.0,
            evidence=(("first", 1.0), *first.items()),
        )
    before = _window(view, number - 1, edge, forward=False)
    evidence = gap_evidence(view, start, stop, title, before, after)
    return Gap(
        start=start,
        stop=stop,
        title=title,
        evidence=_seen(evidence),
        confidence=probability(evidence),
    )


def _seen(evidence: Mapping[str, float]) -> Evidence:
    """The evidence that there is: a page may have thousands of gaps, each with but little."""
    return tuple([item for item in evidence.items() if item[1]])


def _is_clutter(line: Line) -> bool:
    """Whether a line may stand between any two paragraphs and tells nothing of a boundary."""
    return line.sign in _CLUTTER or (line.weight == SENTENCE and not line.sign and line.number < 0)


def _window(view: PageView, number: int, edge: int, *, forward: bool) -> list[int]:
    """The paragraphs next to a gap, up to some 160 words, as far as no sure boundary stands between."""
    prose, lines = view.prose, view.lines
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
            if forward and last - first <= 12 and view.ends[last] > view.ends[first]:
                break
            if last - first > (12 if size < 60 or not forward else 0):
                break
        found.append(prose[number])
        size += lines[prose[number]].words
        number += step
    return found

"""The forms of the gaps on a page of thousands, such as a list of teasers: most are judged alike.

The first thousand paragraphs of a page are always judged by all evidence. Behind them a gap whose form was met
a hundred times, and always judged the same for certain, is judged so again: its words are not compared.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from digest.splitting.lines import Line
from digest.splitting.view import PageView

Form = tuple[object, ...]

_LEARNT = 1000
_OFTEN = 100
_SURE = 0.95
_LENGTHS = (0, 1, 1, 2, 3, *[4] * 12)
"""The lengths of lines in words that are told apart; longer ones are alike."""
_LONG = 5


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

"""The kicker of a topic: the phrase that its headlines share, where a desk would print one; else nothing.

A phrase is a name, a name with what happened, or a noun with what it is about. It stands in most titles, and
the use of its words in the texts proves it. What the texts do not prove is not printed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.clusterers.mentions import AGENCIES, EVENTS, HONOURS, Wording
from digest.clusterers.usage import INNER, JOINS, Reading, Spot, Usage, reading, spots
from digest.length import has_unspaced
from digest.text.dates import CALENDAR
from digest.text.terms import stems, stop_words, zipf

_LONGEST = 4
_TITLED = 0.6
"""The share of the titles that hold a kicker."""
_MENTIONED = 0.75
"""The share of the articles that hold it in the title or the lead."""
_EVENT_TITLED = 0.5
"""The share that holds the name and what happened. All were set by reading kickers of nine collections."""
_BOTH, _EACH = 0.25, 0.4
"""Of two names that divide a topic: the share of titles that may hold both, and of articles that hold each."""
_BUSY_TITLED = 0.8
"""So many titles hold a busy name that stands alone, over several stories."""
_FEWEST_LETTERS, _MOST_LETTERS = 4, 12
_LETTERS = re.compile(r"[^\W_]+")
_SHORT_WORDS = 60


def kicker(
    stories: Sequence[Sequence[Wording]],
    sources: frozenset[str] = frozenset(),
    label: str = "",
) -> str:
    """Return the phrase that heads a topic of several articles; empty where none is good enough.

    The topic's `label` is taken where the texts bear it out: two names that divide it, or a name with an event.
    """
    if sum(map(len, stories)) < 2:
        return ""
    groups = [list(map(reading, story)) for story in stories]
    members = _distinct([one for group in groups for one in group])
    if len(members) < 2:
        return ""
    titles = [one for one in members if one.title]
    if titles and all(_is_caseless(one) for one in titles):
        return _shared_phrase(titles)
    topic = _Topic(members, groups, sources)
    if " / " in label and topic.is_divided(label.split(" / ")):
        return label
    best = max(
        topic.candidates(), key=lambda one: (round(one.score, 6), one.count, one.text), default=None
    )
    text = best.text if best else ""
    name, _, event = label.rpartition(" ")
    return label if text and name == text and topic.is_mentioned(event) else text


def _distinct(members: Sequence[Reading]) -> list[Reading]:
    """Return the articles, those with one title once: a copy proves nothing more."""
    found: dict[tuple[str, ...], Reading] = {}
    for one in members:
        found.setdefault(tuple(s.key for s in one.title or one.lead), one)
    return list(found.values())


def _is_caseless(one: Reading) -> bool:
    """Say whether a title is in a script without capitals."""
    letters = [spot.surface for spot in one.title if spot.surface[0].isalpha()]
    return sum(word.upper() == word.lower() for word in letters) > len(letters) / 2


def _shared_phrase(titles: Sequence[Reading]) -> str:
    """Return the longest run of words that most titles share, or of letters where no spaces part words."""
    unspaced = any(has_unspaced(one.text) for one in titles)
    held: Counter[str] = Counter()
    for one in titles:
        held.update(set(_letters(one) if unspaced else _phrases(one)))
    least = max(2.0, _TITLED * len(titles))
    kept = [phrase for phrase, count in held.items() if count >= least]
    return min(kept, key=lambda phrase: (-len(phrase), phrase), default="")


def _phrases(one: Reading) -> Iterator[str]:
    """Yield the runs of two to four words of a title that no small word begins or ends."""
    stops = stop_words(one.language)
    for start in range(len(one.title)):
        for end in range(start + 2, min(start + _LONGEST, len(one.title)) + 1):
            run = one.title[start:end]
            if any(spot.gap != " " for spot in run[:-1]):
                break
            if run[0].key not in stops and run[-1].key not in stops:
                yield " ".join(spot.surface for spot in run)


def _letters(one: Reading) -> Iterator[str]:
    """Yield the runs of letters of a title without spaces, as long as a phrase is; no small word at an end."""
    stops = stop_words(one.language)
    for piece in _LETTERS.findall(one.text):
        for start in range(len(piece)):
            for end in range(start + _FEWEST_LETTERS, min(start + _MOST_LETTERS, len(piece)) + 1):
                if piece[start] not in stops and piece[end - 1] not in stops:
                    yield piece[start:end]


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    score: float
    count: int
    """How often it stands so; of forms of one word the commonest is taken."""


class _Topic:
    """Finds what the titles of a topic share, as its texts use it."""

    def __init__(
        self,
        members: Sequence[Reading],
        groups: Sequence[Sequence[Reading]],
        sources: frozenset[str],
    ) -> None:
        self.usage = Usage(members, sources)
        self.members = members
        self.groups = groups
        self.is_small = len(members) < 3 and all(len(one.body) < _SHORT_WORDS for one in members)
        self.common = self._common()

    def _common(self) -> frozenset[str]:
        """Return the stems that enough titles hold to stand in the kicker."""
        own = [one for one in self.members if one.title] or self.members
        held = Counter(
            stem for one in own for stem in (one.title_stems if one.title else one.mentioned_stems)
        )
        return frozenset(stem for stem, count in held.items() if count >= _EVENT_TITLED * len(own))

    def candidates(self) -> Iterator[_Candidate]:
        seen = set()
        names = []
        for run in self._runs():
            keys = tuple(spot.key for spot in run)
            if keys in seen:
                continue
            seen.add(keys)
            if self.usage.is_name(keys):
                names.append(keys)
                if self._says_enough(keys):
                    yield from self._scored(keys)
            elif len(keys) > 1 and self.usage.is_noun_phrase(keys):
                yield from self._scored(keys)
        for name in names:
            for event in self._events(name):
                yield from self._joined(name, event)

    def is_divided(self, names: Sequence[str]) -> bool:
        """Say whether two whole names stand for a topic together: nearly every article has one of them."""
        parts = [tuple(spot.key for spot in spots(name)) for name in names]
        busy = any(len(keys) == 1 and not self.usage.is_rare(keys[0]) for keys in parts)
        if busy or self.usage.language == "de" or self.is_small or len(parts) != 2:
            return False
        if not all(map(self.usage.is_name, parts)):
            return False
        one, two = (frozenset(stems(list(keys), self.usage.language)) for keys in parts)
        titled = [(one <= m.title_stems, two <= m.title_stems) for m in self.members]
        mentioned = [(one <= m.mentioned_stems, two <= m.mentioned_stems) for m in self.members]
        most = len(self.members)
        return (
            sum(map(any, mentioned)) >= _MENTIONED * most
            and sum(map(any, titled)) >= _TITLED * most
            and sum(map(all, titled)) <= _BOTH * most
            and all(sum(own) >= _EACH * most for own in zip(*mentioned, strict=True))
            and all(map(any, zip(*titled, strict=True)))
        )

    def is_mentioned(self, event: str) -> bool:
        """Say whether a word for what happened stands in a title, in half of the leads and in most texts."""
        if event not in EVENTS:
            return False
        titled, mentioned, _ = self._shares((event,))
        held = {number // 2 for number, _ in self.usage.places.get(event, ())}
        return titled > 0 and mentioned >= 0.5 and len(held) >= _MENTIONED * len(self.members)

    def _runs(self) -> Iterator[Sequence[Spot]]:
        """Yield the phrases of the titles and, where there are none, of the leads."""
        for one in self.members:
            line = one.title or one.lead
            for start in range(len(line)):
                for end in range(start + 1, min(start + _LONGEST, len(line)) + 1):
                    run = line[start:end]
                    if run[-1].key not in INNER or start + 1 == end:
                        if not self._may_stand(run[-1]):
                            break
                        yield run
                    if run[-1].gap not in JOINS:
                        break

    def _may_stand(self, spot: Spot) -> bool:
        key = spot.key
        return (
            len(key) > 1
            and stems([key], self.usage.language)[0] in self.common
            and not key[0].isdigit()
            and (key not in self.usage.stops or self.usage.is_large(spot))
            and key not in CALENDAR
            and key not in HONOURS
            and key not in AGENCIES
        )

    def _says_enough(self, keys: tuple[str, ...]) -> bool:
        if len(keys) > 1:
            return True
        if keys[0] in self.usage.stops:
            return False
        return not self.is_small and (self.usage.is_rare(keys[0]) or len(self.members) > 2)

    def _events(self, name: tuple[str, ...]) -> Iterator[str]:
        """Yield the words for what happened that stand beside a name, in more than one text of many."""
        beside: dict[str, set[int]] = {}
        for line, place in self.usage.occurrences(name):
            for key in self.usage.beside(line, place, place + len(name)):
                beside.setdefault(key, set()).add(id(line))
        least = 1 if len(self.members) < 4 else 2
        for key, lines in sorted(beside.items()):
            if (
                (len(lines) >= least or self.usage.is_acronym(key))
                and key not in name
                and key not in self.usage.stops
            ):
                yield key

    def _shares(self, keys: Sequence[str]) -> tuple[float, float, float]:
        """Return the shares of titles and of articles that hold words, and of stories that do."""
        wanted = frozenset(stems(list(keys), self.usage.language))
        own = [one for one in self.members if one.title] or self.members
        titled = [wanted <= (one.title_stems if one.title else one.mentioned_stems) for one in own]
        mentioned = [wanted <= one.mentioned_stems for one in self.members]
        stories = [any(wanted <= one.mentioned_stems for one in group) for group in self.groups]
        return (
            sum(titled) / len(titled),
            sum(mentioned) / len(mentioned),
            sum(stories) / len(stories),
        )

    def _weight(self, keys: Sequence[str]) -> float:
        return sum(max(6.5 - max(zipf(key, self.usage.language), 2.5), 0.5) for key in keys)

    def _scored(self, keys: tuple[str, ...]) -> Iterator[_Candidate]:
        titled, _, stories = self._shares(keys)
        mentioned = self._shares(keys[-1:])[1]
        busy = len(keys) == 1 and not self.usage.is_rare(keys[0])
        if busy and (titled < _BUSY_TITLED or len(self.groups) == 1):
            return
        if titled < _TITLED or mentioned < _MENTIONED or stories < _MENTIONED:
            return
        found = self.usage.occurrences(keys)
        if len({id(line) for line, _ in found}) >= _TITLED * self._lines_with(keys):
            yield _Candidate(
                self.usage.written(keys), self._weight(keys) * (titled + mentioned / 2), len(found)
            )

    def _lines_with(self, keys: tuple[str, ...]) -> int:
        """Return the number of texts that hold all words of a phrase, wherever they stand."""
        return len(
            set.intersection(*({number for number, _ in self.usage.places[key]} for key in keys))
        )

    def _joined(self, name: tuple[str, ...], event: str) -> Iterator[_Candidate]:
        """Yield a name with an event: it says all that the name says, and more."""
        alone, joined = self._shares(name), self._shares((*name, event))
        if alone[0] < _TITLED or min(alone[1:]) < _MENTIONED or min(joined) < _EVENT_TITLED:
            return
        weight = self._weight((event,)) + 2.0 * (event in EVENTS)
        score = self._weight(name) * (alone[0] + alone[1] / 2) + weight * (
            joined[0] + joined[1] / 2
        )
        text = f"{self.usage.written(name)} {self.usage.form(event)}"
        yield _Candidate(text, score, len(self.usage.places[event]))

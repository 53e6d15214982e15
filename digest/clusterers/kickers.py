"""The kicker of a topic: the phrase that its headlines share, where a desk would print one; else nothing.

A phrase is a name, a name with what happened, or a noun with what it is about. It stands in most titles, and
the texts themselves prove it: a name is what running text writes with a capital, a noun is what stands between
an article or a preposition and the end of its phrase. What the texts do not prove is not printed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from digest.clusterers.lexicon import AGENCIES, EVENTS, HONOURS, OFFICES, RANKS, VERBAL
from digest.clusterers.mentions import case_proves_nothing, tokens, without_tail
from digest.models import Article
from digest.text.calendar import CALENDAR
from digest.text.segmentation import has_unspaced
from digest.text.terms import stems, stop_words, zipf

_LEAD_WORDS = 40
_BODY_CHARS = 1200
"""Read for the forms of words: what names are, and which words are nouns."""
_LONGEST = 4
_TITLED = 0.6
"""The share of the titles that hold a kicker."""
_TOLD = 0.75
"""The share of the articles that hold it in the title or the lead."""
_EVENT_TITLED = 0.5
"""The share that holds the name and what happened. All were set by reading kickers of nine collections."""
_BUSY = 4.6
"""From this Zipf value a name alone says little: a large country, a president."""
_BOTH, _EACH = 0.25, 0.4
"""Of two names that divide a topic: the share of titles that may hold both, and of articles that hold each."""
_BUSY_TITLED = 0.8
"""So many titles hold a busy name that stands alone, over several stories."""
_COMMON = 5.5
"""From this Zipf value a noun says nothing of what a topic is about."""
_UNKNOWN = 3.0
"""Below this Zipf value a word with a capital is a name even where it only opens sentences."""
_JOINS = (" ", "&", ".")
_FEWEST_LETTERS, _MOST_LETTERS = 4, 12
_LETTERS = re.compile(r"[^\W_]+")
_WRITTEN = {" ": " ", "&": " & ", ".": ". ", "'": " ", "": " "}
_INITIALS = re.compile(r"(?<!\w)\w\.\w$")
_TICKER = re.compile(r" ?(?:<[A-Z.]{1,6}>|\([A-Z.:]{1,6}\))")
_INNER = frozenset("of the a an for de du la le del der van von al bin da di".split())
"""Small words that may stand inside a name."""
_DERIVED = {
    "en": ("n", "an", "ian", "i", "ns", "ans", "ians", "is", "er", "ers"),
    "de": ("s", "er"),
}
"""What makes the people and the adjective of a place that the texts name."""
_ADJECTIVES = ("ish", "ese", "ian", "ean", "can", "ans", "swiss", "french")
_SHORT_WORDS = 60
_POSSESSIVE = ("'s ", "’s ", "' ", "’ ")
_LINKS = frozenset("of in at on against for over with by".split())
"""What joins the word for what happened to a name: "takeover of", "talks with"."""


class _Spot(NamedTuple):
    """A word where it stands."""

    surface: str
    key: str
    initial: bool
    gap: str
    """What follows up to the next word: a space, "'s" or nothing that joins them."""


@dataclass(frozen=True)
class _Reading:
    """An article as it is read for a kicker."""

    title: tuple[_Spot, ...]
    lead: tuple[_Spot, ...]
    body: tuple[_Spot, ...]
    language: str
    text: str
    """The title as it stands."""
    is_blind: bool
    """True where the capitals of the title prove nothing."""

    @cached_property
    def title_stems(self) -> frozenset[str]:
        return frozenset(_stemmed(self.title, self.language))

    @cached_property
    def told_stems(self) -> frozenset[str]:
        return self.title_stems | frozenset(_stemmed(self.lead, self.language))


def kicker(
    stories: Sequence[Sequence[Article]],
    sources: frozenset[str] = frozenset(),
    label: str = "",
) -> str:
    """Return the phrase that heads a topic of several articles; empty where none is good enough.

    The topic's `label` is taken where the texts bear it out: two names that divide it, or a name with an event.
    """
    if sum(map(len, stories)) < 2:
        return ""
    groups = [[_read(article) for article in story] for story in stories]
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
    return label if text and name == text and topic.is_told(event) else text


def _read(article: Article) -> _Reading:
    text = article.text[:_BODY_CHARS]
    if text.strip() == article.title.strip():
        text = ""
    head = _TICKER.sub("", without_tail(article.title))
    title, body = _spots(head), _spots(text)
    return _Reading(
        title, body[:_LEAD_WORDS], body, article.language, head, _is_blind(head, article.language)
    )


def _is_blind(title: str, language: str) -> bool:
    """Say whether capitals prove nothing in a title; in German all nouns have one, and no verb."""
    return title.isupper() if language == "de" else case_proves_nothing(tokens(title))


def _spots(text: str) -> tuple[_Spot, ...]:
    found = tokens(text)
    spots = []
    for place, token in enumerate(found):
        end = token.start + len(token.surface)
        gap = text[end : found[place + 1].start] if place + 1 < len(found) else ""
        joins = _joint(token.surface, gap)
        spots.append(_Spot(token.surface, token.key.replace(".", ""), token.initial, joins))
    return tuple(spots)


def _joint(word: str, gap: str) -> str:
    """Return how a word is joined to the next: by a space, "&", the full stop of "Mt." or a possessive."""
    if gap == " ":
        return " "
    if gap == " & ":
        return "&"
    if gap in _POSSESSIVE:
        return "'"
    return "." if gap == ". " and word.istitle() and len(word) < 3 else ""


def _stemmed(spots: Sequence[_Spot], language: str) -> list[str]:
    return stems([spot.key for spot in spots], language)


def _distinct(members: Sequence[_Reading]) -> list[_Reading]:
    """Return the articles, those with one title once: a copy proves nothing more."""
    found: dict[tuple[str, ...], _Reading] = {}
    for one in members:
        found.setdefault(tuple(s.key for s in one.title or one.lead), one)
    return list(found.values())


def _is_caseless(one: _Reading) -> bool:
    """Say whether a title is in a script without capitals."""
    letters = [spot.surface for spot in one.title if spot.surface[0].isalpha()]
    return sum(word.upper() == word.lower() for word in letters) > len(letters) / 2


def _shared_phrase(titles: Sequence[_Reading]) -> str:
    """Return the longest run of words that most titles share, or of letters where no spaces part words."""
    unspaced = any(has_unspaced(one.text) for one in titles)
    held: Counter[str] = Counter()
    for one in titles:
        held.update(set(_letters(one) if unspaced else _phrases(one)))
    least = max(2.0, _TITLED * len(titles))
    kept = [phrase for phrase, count in held.items() if count >= least]
    return min(kept, key=lambda phrase: (-len(phrase), phrase), default="")


def _phrases(one: _Reading) -> Iterator[str]:
    """Yield the runs of two to four words of a title that no small word begins or ends."""
    stops = stop_words(one.language)
    for start in range(len(one.title)):
        for end in range(start + 2, min(start + _LONGEST, len(one.title)) + 1):
            run = one.title[start:end]
            if any(spot.gap != " " for spot in run[:-1]):
                break
            if run[0].key not in stops and run[-1].key not in stops:
                yield " ".join(spot.surface for spot in run)


def _letters(one: _Reading) -> Iterator[str]:
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


def _holds(line: Sequence[_Spot], place: int, keys: tuple[str, ...]) -> bool:
    run = line[place : place + len(keys)]
    return tuple(s.key for s in run) == keys and all(s.gap in _JOINS for s in run[:-1])


class _Topic:
    """What the articles of a topic prove of their words, all taken together."""

    def __init__(
        self,
        members: Sequence[_Reading],
        groups: Sequence[Sequence[_Reading]],
        sources: frozenset[str],
    ) -> None:
        self.members = members
        self.groups = groups
        self.language = Counter(one.language for one in members).most_common(1)[0][0]
        self.stops = stop_words(self.language)
        self.sources = frozenset(source.casefold() for source in sources)
        self.is_titled = sum(bool(one.title) for one in members) > len(members) / 2
        self.is_small = len(members) < 3 and all(len(one.body) < _SHORT_WORDS for one in members)
        self.lines = [line for one in members for line in (one.title, one.body)]
        self.found: dict[tuple[str, ...], list[tuple[Sequence[_Spot], int]]] = {}
        self.common = self._common()
        self.blind = {id(one.title) for one in members if one.is_blind}
        self.places: dict[str, list[tuple[int, int]]] = {}
        self.lower: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.nouns: Counter[str] = Counter()
        self.verbs: Counter[str] = Counter()
        self.opening: Counter[str] = Counter()
        self.forms: dict[str, Counter[str]] = {}
        for number, line in enumerate(self.lines):
            blind = number % 2 == 0 and members[number // 2].is_blind
            for place, spot in enumerate(line):
                self.places.setdefault(spot.key, []).append((number, place))
                if blind:
                    continue
                if spot.initial:
                    self.opening[spot.key] += 1
                else:
                    self._hear(line, place)

    def _common(self) -> frozenset[str]:
        """Return the stems that enough titles hold to stand in the kicker."""
        own = [one for one in self.members if one.title] or self.members
        held = Counter(
            stem for one in own for stem in (one.title_stems if one.title else one.told_stems)
        )
        return frozenset(stem for stem, count in held.items() if count >= _EVENT_TITLED * len(own))

    def _hear(self, line: Sequence[_Spot], place: int) -> None:
        spot = line[place]
        self.forms.setdefault(spot.key, Counter())[spot.surface] += 1
        if spot.surface[0].isalpha() and not spot.surface.islower():
            self.capital[spot.key] += 1
            return
        self.lower[spot.key] += 1
        before = line[place - 1]
        if before.key in VERBAL:
            self.verbs[spot.key] += 1
        elif (before.gap == "'" or before.key in self.stops) and self._is_last(line, place):
            self.nouns[spot.key] += 1

    def _is_last(self, line: Sequence[_Spot], place: int) -> bool:
        """Say whether a phrase may end here: before a small word, a mark or the end."""
        last = place + 1 >= len(line) or line[place].gap not in _JOINS
        return last or line[place + 1].key in self.stops

    def candidates(self) -> Iterator[_Candidate]:
        seen = set()
        names = []
        for run in self._runs():
            keys = tuple(spot.key for spot in run)
            if keys in seen:
                continue
            seen.add(keys)
            if self._is_name(keys):
                names.append(keys)
                if self._says_enough(keys):
                    yield from self._scored(keys)
            elif len(keys) > 1 and self._is_noun_phrase(keys):
                yield from self._scored(keys)
        for name in names:
            for event in self._events(name):
                yield from self._joined(name, event)

    def is_divided(self, names: Sequence[str]) -> bool:
        """Say whether two whole names stand for a topic together: nearly every article has one of them."""
        parts = [tuple(spot.key for spot in _spots(name)) for name in names]
        busy = any(len(keys) == 1 and not self._is_rare(keys[0]) for keys in parts)
        if busy or self.language == "de" or self.is_small or len(parts) != 2:
            return False
        if not all(map(self._is_name, parts)):
            return False
        one, two = (frozenset(stems(list(keys), self.language)) for keys in parts)
        titled = [(one <= m.title_stems, two <= m.title_stems) for m in self.members]
        told = [(one <= m.told_stems, two <= m.told_stems) for m in self.members]
        most = len(self.members)
        return (
            sum(map(any, told)) >= _TOLD * most
            and sum(map(any, titled)) >= _TITLED * most
            and sum(map(all, titled)) <= _BOTH * most
            and all(sum(own) >= _EACH * most for own in zip(*told, strict=True))
            and all(map(any, zip(*titled, strict=True)))
        )

    def is_told(self, event: str) -> bool:
        """Say whether a word for what happened stands in a title, in half of the leads and in most texts."""
        if event not in EVENTS:
            return False
        titled, told, _ = self._shares((event,))
        held = {number // 2 for number, _ in self.places.get(event, ())}
        return titled > 0 and told >= 0.5 and len(held) >= _TOLD * len(self.members)

    def _runs(self) -> Iterator[Sequence[_Spot]]:
        """Yield the phrases of the titles and, where there are none, of the leads."""
        for one in self.members:
            line = one.title or one.lead
            for start in range(len(line)):
                for end in range(start + 1, min(start + _LONGEST, len(line)) + 1):
                    run = line[start:end]
                    if run[-1].key not in _INNER or start + 1 == end:
                        if not self._may_stand(run[-1]):
                            break
                        yield run
                    if run[-1].gap not in _JOINS:
                        break

    def _may_stand(self, spot: _Spot) -> bool:
        key = spot.key
        return (
            len(key) > 1
            and stems([key], self.language)[0] in self.common
            and not key[0].isdigit()
            and (key not in self.stops or self._is_large(spot))
            and key not in CALENDAR
            and key not in HONOURS
            and key not in AGENCIES
        )

    def _is_large(self, spot: _Spot) -> bool:
        """Say whether a small word is part of a name ("New Zealand", "US")."""
        large = spot.surface[0].isupper() and not spot.initial and self.capital[spot.key] > 0
        return large and spot.key not in _INNER

    def _is_proven(self, key: str) -> bool:
        """Say whether running text writes a word with a capital where it need not."""
        if self.capital[key]:
            return self.capital[key] > self.lower[key]
        return not self.lower[key] and self.opening[key] > 0 and zipf(key, self.language) < _UNKNOWN

    def _is_proven_run(self, keys: tuple[str, ...]) -> bool:
        if all(key in _INNER or self._is_proven(key) for key in keys):
            return True
        found = [
            (line, place) for line, place in self._occurrences(keys) if not self._is_blind(line)
        ]
        capital = [
            not line[place].initial
            for line, place in found
            if all(
                s.surface[0].isupper() or s.key in _INNER for s in line[place : place + len(keys)]
            )
        ]
        if len(keys) > 1 and any(capital) and len(capital) == len(found) > 1:
            return True
        return self._is_full_name(keys)

    def _is_full_name(self, keys: tuple[str, ...]) -> bool:
        """Say whether words that nobody writes small stand before a name mostly."""
        alone = sum(1 for _ in self.places.get(keys[-1], ()))
        first = keys[:-1]
        return (
            bool(first)
            and self._is_proven(keys[-1])
            and not any(self.lower[key] or key in RANKS | OFFICES | self.stops for key in first)
            and len(self._occurrences(keys)) >= max(2, 0.5 * alone)
        )

    def _is_blind(self, line: Sequence[_Spot]) -> bool:
        return id(line) in self.blind

    def _is_name(self, keys: tuple[str, ...]) -> bool:
        if self.language == "de" and len(keys) == 1 and not self._is_rare(keys[0]):
            return False
        return (
            self._is_proven_run(keys)
            and not (keys[0] in RANKS | _INNER or (keys[0] in OFFICES and len(keys) == 1))
            and keys[-1] not in RANKS
            and not self._is_outlet(keys)
            and not (len(keys) == 1 and self._is_adjective(keys[0]))
            and self._is_whole(keys)
            and self._stands_alone(keys)
        )

    def _is_rare(self, key: str) -> bool:
        return zipf(key, self.language) < _BUSY

    def _is_outlet(self, keys: tuple[str, ...]) -> bool:
        name = " ".join(keys)
        return any(name == source or f" {name} " in f" {source} " for source in self.sources)

    def _occurrences(self, keys: tuple[str, ...]) -> list[tuple[Sequence[_Spot], int]]:
        if keys not in self.found:
            self.found[keys] = [
                (line, place)
                for number, place in self.places.get(keys[0], ())
                for line in (self.lines[number],)
                if _holds(line, place, keys)
            ]
        return self.found[keys]

    def _is_whole(self, keys: tuple[str, ...]) -> bool:
        """Say whether a name is no half of a longer one: no other name stands at its side mostly."""
        found = self._occurrences(keys)
        beside: Counter[str] = Counter()
        for line, place in found:
            left, right = (
                self._neighbour(line, place, -1),
                self._neighbour(line, place + len(keys) - 1, 1),
            )
            if left is not None and left.key not in RANKS | OFFICES:
                beside["< " + left.key] += 1
            if right is not None:
                beside["> " + right.key] += 1
        return max(beside.values(), default=0) < 0.5 * len(found)

    def _neighbour(self, line: Sequence[_Spot], place: int, step: int) -> _Spot | None:
        """Return the name that stands beside a place, small words between them passed over."""
        for at in range(place, place + 3 * step, step):
            if not 0 <= at + step < len(line) or not line[min(at, at + step)].gap:
                return None
            spot = line[at + step]
            if spot.key not in _INNER:
                large = spot.surface[0].isupper() and not self.lower[spot.key]
                told = large and not self._is_blind(line) and (step < 0 or not spot.initial)
                is_small_word = spot.key in self.stops
                known = told or self._is_proven(spot.key)
                return spot if known and not (is_small_word and spot.initial) else None
        return None

    def _stands_alone(self, keys: tuple[str, ...]) -> bool:
        """Say whether a name is not mostly the adjective of what follows ("Venezuelan crude")."""
        found = self._occurrences(keys)
        alone = 0
        for line, place in found:
            last, end = line[place + len(keys) - 1], place + len(keys)
            alone += last.gap != " " or end >= len(line) or not self._is_nominal(line[end].key)
        return alone >= 0.34 * len(found)

    def _is_nominal(self, key: str) -> bool:
        if key in EVENTS:
            return True
        return key not in self.stops and self.nouns[key] > self.verbs[key]

    def _is_noun(self, key: str) -> bool:
        if key.endswith("ing") and key not in EVENTS and not self._is_proven(key):
            return False
        known = self._is_proven(key) or key in EVENTS or self.nouns[key] > max(1, self.verbs[key])
        return known and not key.endswith("ly")

    def _is_noun_phrase(self, keys: tuple[str, ...]) -> bool:
        if self.language != "en":
            return False
        for key in keys:
            if not self._is_proven(key) and (not self.lower[key] or zipf(key, "en") >= _COMMON):
                return False
            if self.verbs[key] or (key.endswith(("ed", "ly", "ing")) and not self._is_proven(key)):
                return False
        return (
            self._is_noun(keys[-1])
            and not self._is_proven(keys[-1])
            and keys[0] not in RANKS
            and self._is_bounded(keys)
        )

    def _is_bounded(self, keys: tuple[str, ...]) -> bool:
        """Say whether a phrase is whole: it begins after a small word, and ends before one."""
        good = 0
        found = self._occurrences(keys)
        for line, place in found:
            end = place + len(keys)
            last = line[end - 1]
            left = (
                place == 0
                or not line[place - 1].gap
                or line[place - 1].gap == "'"
                or line[place - 1].key in self.stops
            )
            right = last.gap != " " or end >= len(line) or line[end].key in self.stops
            good += left and right
        return good >= 0.34 * len(found)

    def _says_enough(self, keys: tuple[str, ...]) -> bool:
        if len(keys) > 1:
            return True
        if keys[0] in self.stops:
            return False
        return not self.is_small and (self._is_rare(keys[0]) or len(self.members) > 2)

    def _is_adjective(self, key: str) -> bool:
        bases = [
            key.removesuffix(end) for end in _DERIVED.get(self.language, ()) if key.endswith(end)
        ]
        own = zipf(key, self.language)
        derived = any(
            self._is_proven(base)
            or (base[-1:] == "a" and zipf(base, self.language) > max(own, 3.0))
            for base in bases
        )
        return derived or (self.language == "en" and len(key) > 4 and key.endswith(_ADJECTIVES))

    def _events(self, name: tuple[str, ...]) -> Iterator[str]:
        """Yield the words for what happened that stand beside a name, in more than one text of many."""
        beside: dict[str, set[int]] = {}
        for line, place in self._occurrences(name):
            for key in self._beside(line, place, place + len(name)):
                beside.setdefault(key, set()).add(id(line))
        least = 1 if len(self.members) < 4 else 2
        for key, lines in sorted(beside.items()):
            if (
                (len(lines) >= least or self._is_acronym(key))
                and key not in name
                and key not in self.stops
            ):
                yield key

    def _beside(self, line: Sequence[_Spot], place: int, end: int) -> Iterator[str]:
        """Yield the nouns of "Orvane merger", "Orvane's AI" and "talks with the Orvane"."""
        gap = line[end - 1].gap if end < len(line) else ""
        after = line[end].key if gap else ""
        bare = gap == " " and self._is_last(line, end) and not self._has_object(line, end)
        if (gap == "'" and self._is_acronym(after)) or (
            (gap == "'" or bare) and self._is_event(after)
        ):
            yield after
        back = place - 1 - (place > 1 and line[place - 1].key in ("the", "a"))
        linked = back > 0 and line[back].key in _LINKS and line[back - 1].gap == " "
        if linked and self._is_event(line[back - 1].key):
            yield line[back - 1].key

    def _is_event(self, key: str) -> bool:
        plain = key.isalpha() and not key.endswith("ed") and not self._is_proven(key)
        return plain and self._is_noun(key) and zipf(key, self.language) < _COMMON

    def _is_acronym(self, key: str) -> bool:
        """Say whether a word is written in capitals, as nothing but a short form is."""
        return self._is_proven(key) and all(f.isupper() and len(f) < 6 for f in self.forms[key])

    def _has_object(self, line: Sequence[_Spot], place: int) -> bool:
        after = line[place + 1].key if place + 1 < len(line) and line[place].gap else ""
        return self._is_proven(after) or after in ("the", "a", "an", "his", "her", "its", "their")

    def _shares(self, keys: Sequence[str]) -> tuple[float, float, float]:
        """Return the shares of titles and of articles that hold words, and of stories that do."""
        wanted = frozenset(stems(list(keys), self.language))
        own = [one for one in self.members if one.title] or self.members
        titled = [wanted <= (one.title_stems if one.title else one.told_stems) for one in own]
        told = [wanted <= one.told_stems for one in self.members]
        stories = [any(wanted <= one.told_stems for one in group) for group in self.groups]
        return sum(titled) / len(titled), sum(told) / len(told), sum(stories) / len(stories)

    def _weight(self, keys: Sequence[str]) -> float:
        return sum(max(6.5 - max(zipf(key, self.language), 2.5), 0.5) for key in keys)

    def _scored(self, keys: tuple[str, ...]) -> Iterator[_Candidate]:
        titled, _, stories = self._shares(keys)
        told = self._shares(keys[-1:])[1]
        busy = len(keys) == 1 and not self._is_rare(keys[0])
        if busy and (titled < _BUSY_TITLED or len(self.groups) == 1):
            return
        if titled < _TITLED or told < _TOLD or stories < _TOLD:
            return
        found = self._occurrences(keys)
        if len({id(line) for line, _ in found}) >= _TITLED * self._lines_with(keys):
            yield _Candidate(
                self._written(keys), self._weight(keys) * (titled + told / 2), len(found)
            )

    def _lines_with(self, keys: tuple[str, ...]) -> int:
        """Return the number of texts that hold all words of a phrase, wherever they stand."""
        return len(set.intersection(*({number for number, _ in self.places[key]} for key in keys)))

    def _joined(self, name: tuple[str, ...], event: str) -> Iterator[_Candidate]:
        """Yield a name with an event: it says all that the name says, and more."""
        alone, joined = self._shares(name), self._shares((*name, event))
        if alone[0] < _TITLED or min(alone[1:]) < _TOLD or min(joined) < _EVENT_TITLED:
            return
        weight = self._weight((event,)) + 2.0 * (event in EVENTS)
        score = self._weight(name) * (alone[0] + alone[1] / 2) + weight * (
            joined[0] + joined[1] / 2
        )
        text = f"{self._written(name)} {self._form(event)}"
        yield _Candidate(text, score, len(self.places[event]))

    def _written(self, keys: tuple[str, ...]) -> str:
        """Return words as running text writes them: a name as it stands mostly, other words small."""
        forms: Counter[str] = Counter()
        for line, place in self._occurrences(keys):
            run = line[place : place + len(keys)]
            blind = self._is_blind(line) or run[0].initial
            parts = [
                self._form(s.key) if blind or not self._is_proven(s.key) else s.surface for s in run
            ]
            joints = [_WRITTEN[s.gap] for s in run[:-1]] + [""]
            forms["".join(part + joint for part, joint in zip(parts, joints, strict=True))] += 1
        text = min(forms, key=lambda form: (-forms[form], form))
        text += "." * bool(_INITIALS.search(text))
        return text[:1].upper() + text[1:] if text[:2].islower() else text

    def _form(self, key: str) -> str:
        forms = self.forms.get(key, Counter())
        if not self._is_proven(key):
            return key
        return min(forms.items(), key=lambda one: (-one[1], one[0]), default=(key.capitalize(), 0))[
            0
        ]

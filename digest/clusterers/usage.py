"""How the texts of a topic use their words: what is a name, a noun, a whole phrase.

A name is what running text writes with a capital; a noun is what stands between an article or a preposition
and the end of its phrase. What the texts do not prove is nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from digest.clusterers.mentions import (
    EVENTS,
    OFFICES,
    RANKS,
    VERBAL,
    Token,
    Wording,
    case_proves_nothing,
    tokens,
    without_tail,
)
from digest.text.terms import stems, stop_words, zipf

_LEAD_WORDS = 40
_BODY_CHARS = 1200
"""Read for the forms of words: what names are, and which words are nouns."""
_BUSY = 4.6
"""From this Zipf value a name alone says little: a large country, a president."""
COMMON = 5.5
"""From this Zipf value a noun says nothing of what a topic is about."""
_UNKNOWN = 3.0
"""Below this Zipf value a word with a capital is a name even where it only opens sentences."""
JOINS = (" ", "&", ".")
_WRITTEN = {" ": " ", "&": " & ", ".": ". ", "'": " ", "": " "}
_INITIALS = re.compile(r"(?<!\w)\w\.\w$")
_TICKER = re.compile(r" ?(?:<[A-Z.]{1,6}>|\([A-Z.:]{1,6}\))")
INNER = frozenset("of the a an for de du la le del der van von al bin da di".split())
"""Small words that may stand inside a name."""
_DERIVED = {
    "en": ("n", "an", "ian", "i", "ns", "ans", "ians", "is", "er", "ers"),
    "de": ("s", "er"),
}
"""What makes the people and the adjective of a place that the texts name."""
_ADJECTIVES = ("ish", "ese", "ian", "ean", "can", "ans", "swiss", "french")
_POSSESSIVE = ("'s ", "’s ", "' ", "’ ")
_LINKS = frozenset("of in at on against for over with by".split())
"""What joins the word for what happened to a name: "takeover of", "talks with"."""


class Spot(NamedTuple):
    """A word where it stands."""

    surface: str
    key: str
    initial: bool
    gap: str
    """What follows up to the next word: a space, "'s" or nothing that joins them."""


@dataclass(frozen=True)
class Reading:
    """An article as it is read for a kicker."""

    title: tuple[Spot, ...]
    lead: tuple[Spot, ...]
    body: tuple[Spot, ...]
    language: str
    text: str
    """The title as it stands."""
    is_blind: bool
    """True where the capitals of the title prove nothing."""

    @cached_property
    def title_stems(self) -> frozenset[str]:
        return frozenset(_stemmed(self.title, self.language))

    @cached_property
    def mentioned_stems(self) -> frozenset[str]:
        return self.title_stems | frozenset(_stemmed(self.lead, self.language))


def reading(wording: Wording) -> Reading:
    """Return an article as it is read for a kicker."""
    head = _TICKER.sub("", without_tail(wording.title))
    words = wording.head if wording.title.startswith(head) else tokens(head)
    words = [token for token in words if token.start < len(head)]
    title = _spots(words, head)
    body = _spots(
        [t for t in wording.body if t.start + len(t.surface) <= _BODY_CHARS], wording.text
    )
    language = wording.mentions.language
    return Reading(
        title, body[:_LEAD_WORDS], body, language, head, _is_blind(head, words, language)
    )


def _is_blind(title: str, words: Sequence[Token], language: str) -> bool:
    """Say whether capitals prove nothing in a title; in German all nouns have one, and no verb."""
    return title.isupper() if language == "de" else case_proves_nothing(words)


def spots(text: str) -> tuple[Spot, ...]:
    """Return the words of a text, where they stand."""
    return _spots(tokens(text), text)


def _spots(found: Sequence[Token], text: str) -> tuple[Spot, ...]:
    spots = []
    for place, token in enumerate(found):
        end = token.start + len(token.surface)
        gap = text[end : found[place + 1].start] if place + 1 < len(found) else ""
        joins = _joint(token.surface, gap)
        spots.append(Spot(token.surface, token.key.replace(".", ""), token.initial, joins))
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


def _stemmed(spots: Sequence[Spot], language: str) -> list[str]:
    return stems([spot.key for spot in spots], language)


def _holds(line: Sequence[Spot], place: int, keys: tuple[str, ...]) -> bool:
    run = line[place : place + len(keys)]
    return tuple(s.key for s in run) == keys and all(s.gap in JOINS for s in run[:-1])


class Usage:
    """What the articles of a topic prove of their words, all taken together."""

    def __init__(self, members: Sequence[Reading], sources: frozenset[str]) -> None:
        self.language = Counter(one.language for one in members).most_common(1)[0][0]
        self.stops = stop_words(self.language)
        self.places: dict[str, list[tuple[int, int]]] = {}
        """Where each word stands: the number of the line, and the place in it."""
        self._sources = frozenset(source.casefold() for source in sources)
        self._lines = [line for one in members for line in (one.title, one.body)]
        self._found: dict[tuple[str, ...], list[tuple[Sequence[Spot], int]]] = {}
        self._blind = {id(one.title) for one in members if one.is_blind}
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._nouns: Counter[str] = Counter()
        self._verbs: Counter[str] = Counter()
        self._opening: Counter[str] = Counter()
        self._forms: dict[str, Counter[str]] = {}
        for number, line in enumerate(self._lines):
            for place, spot in enumerate(line):
                self.places.setdefault(spot.key, []).append((number, place))
                if number % 2 == 0 and members[number // 2].is_blind:
                    continue
                if spot.initial:
                    self._opening[spot.key] += 1
                else:
                    self._hear(line, place)

    def _hear(self, line: Sequence[Spot], place: int) -> None:
        spot = line[place]
        self._forms.setdefault(spot.key, Counter())[spot.surface] += 1
        if spot.surface[0].isalpha() and not spot.surface.islower():
            self._capital[spot.key] += 1
            return
        self._lower[spot.key] += 1
        before = line[place - 1]
        if before.key in VERBAL:
            self._verbs[spot.key] += 1
        elif (before.gap == "'" or before.key in self.stops) and self._is_last(line, place):
            self._nouns[spot.key] += 1

    def _is_last(self, line: Sequence[Spot], place: int) -> bool:
        """Say whether a phrase may end here: before a small word, a mark or the end."""
        last = place + 1 >= len(line) or line[place].gap not in JOINS
        return last or line[place + 1].key in self.stops

    def is_large(self, spot: Spot) -> bool:
        """Say whether a small word is part of a name ("New Zealand", "US")."""
        large = spot.surface[0].isupper() and not spot.initial and self._capital[spot.key] > 0
        return large and spot.key not in INNER

    def _is_proven(self, key: str) -> bool:
        """Say whether running text writes a word with a capital where it need not."""
        if self._capital[key]:
            return self._capital[key] > self._lower[key]
        return (
            not self._lower[key] and self._opening[key] > 0 and zipf(key, self.language) < _UNKNOWN
        )

    def _is_proven_run(self, keys: tuple[str, ...]) -> bool:
        if all(key in INNER or self._is_proven(key) for key in keys):
            return True
        found = [
            (line, place) for line, place in self.occurrences(keys) if not self._is_blind(line)
        ]
        capital = [
            not line[place].initial
            for line, place in found
            if all(
                s.surface[0].isupper() or s.key in INNER for s in line[place : place + len(keys)]
            )
        ]
        if len(keys) > 1 and any(capital) and len(capital) == len(found) > 1:
            return True
        return self._is_full_name(keys)

    def _is_full_name(self, keys: tuple[str, ...]) -> bool:
        """Say whether words that nobody writes small stand before a name mostly."""
        alone = len(self.places.get(keys[-1], ()))
        first = keys[:-1]
        return (
            bool(first)
            and self._is_proven(keys[-1])
            and not any(self._lower[key] or key in RANKS | OFFICES | self.stops for key in first)
            and len(self.occurrences(keys)) >= max(2, 0.5 * alone)
        )

    def _is_blind(self, line: Sequence[Spot]) -> bool:
        return id(line) in self._blind

    def is_name(self, keys: tuple[str, ...]) -> bool:
        """Say whether words are a whole name, and not only what somebody is or where something comes from."""
        if self.language == "de" and len(keys) == 1 and not self.is_rare(keys[0]):
            return False
        return (
            self._is_proven_run(keys)
            and not (keys[0] in RANKS | INNER or (keys[0] in OFFICES and len(keys) == 1))
            and keys[-1] not in RANKS
            and not self._is_outlet(keys)
            and not (len(keys) == 1 and self._is_adjective(keys[0]))
            and self._is_whole(keys)
            and self._stands_alone(keys)
        )

    def is_rare(self, key: str) -> bool:
        """Say whether a word alone says something: a large country or a president says little."""
        return zipf(key, self.language) < _BUSY

    def _is_outlet(self, keys: tuple[str, ...]) -> bool:
        name = " ".join(keys)
        return any(name == source or f" {name} " in f" {source} " for source in self._sources)

    def occurrences(self, keys: tuple[str, ...]) -> list[tuple[Sequence[Spot], int]]:
        """Return where words stand together: each line, and the place in it."""
        if keys not in self._found:
            self._found[keys] = [
                (line, place)
                for number, place in self.places.get(keys[0], ())
                for line in (self._lines[number],)
                if _holds(line, place, keys)
            ]
        return self._found[keys]

    def _is_whole(self, keys: tuple[str, ...]) -> bool:
        """Say whether a name is no half of a longer one: no other name stands at its side mostly."""
        found = self.occurrences(keys)
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

    def _neighbour(self, line: Sequence[Spot], place: int, step: int) -> Spot | None:
        """Return the name that stands beside a place, small words between them passed over."""
        for at in range(place, place + 3 * step, step):
            if not 0 <= at + step < len(line) or not line[min(at, at + step)].gap:
                return None
            spot = line[at + step]
            if spot.key not in INNER:
                large = spot.surface[0].isupper() and not self._lower[spot.key]
                mentioned = large and not self._is_blind(line) and (step < 0 or not spot.initial)
                is_small_word = spot.key in self.stops
                known = mentioned or self._is_proven(spot.key)
                return spot if known and not (is_small_word and spot.initial) else None
        return None

    def _stands_alone(self, keys: tuple[str, ...]) -> bool:
        """Say whether a name is not mostly the adjective of what follows ("Venezuelan crude")."""
        found = self.occurrences(keys)
        alone = 0
        for line, place in found:
            last, end = line[place + len(keys) - 1], place + len(keys)
            alone += last.gap != " " or end >= len(line) or not self._is_nominal(line[end].key)
        return alone >= 0.34 * len(found)

    def _is_nominal(self, key: str) -> bool:
        if key in EVENTS:
            return True
        return key not in self.stops and self._nouns[key] > self._verbs[key]

    def _is_noun(self, key: str) -> bool:
        if key.endswith("ing") and key not in EVENTS and not self._is_proven(key):
            return False
        known = self._is_proven(key) or key in EVENTS or self._nouns[key] > max(1, self._verbs[key])
        return known and not key.endswith("ly")

    def is_noun_phrase(self, keys: tuple[str, ...]) -> bool:
        """Say whether words are a noun with what it is about, as the texts use them."""
        if self.language != "en":
            return False
        for key in keys:
            if not self._is_proven(key) and (not self._lower[key] or zipf(key, "en") >= COMMON):
                return False
            if self._verbs[key] or (key.endswith(("ed", "ly", "ing")) and not self._is_proven(key)):
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
        found = self.occurrences(keys)
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

    def beside(self, line: Sequence[Spot], place: int, end: int) -> Iterator[str]:
        """Yield the nouns of "Orvane merger", "Orvane's AI" and "talks with the Orvane"."""
        gap = line[end - 1].gap if end < len(line) else ""
        after = line[end].key if gap else ""
        bare = gap == " " and self._is_last(line, end) and not self._has_object(line, end)
        if (gap == "'" and self.is_acronym(after)) or (
            (gap == "'" or bare) and self._is_event(after)
        ):
            yield after
        back = place - 1 - (place > 1 and line[place - 1].key in ("the", "a"))
        linked = back > 0 and line[back].key in _LINKS and line[back - 1].gap == " "
        if linked and self._is_event(line[back - 1].key):
            yield line[back - 1].key

    def _is_event(self, key: str) -> bool:
        plain = key.isalpha() and not key.endswith("ed") and not self._is_proven(key)
        return plain and self._is_noun(key) and zipf(key, self.language) < COMMON

    def is_acronym(self, key: str) -> bool:
        """Say whether a word is written in capitals, as nothing but a short form is."""
        # It has no form where it stands in headlines in capitals alone.
        forms = self._forms.get(key, Counter())
        proven = bool(forms) and self._is_proven(key)
        return proven and all(f.isupper() and len(f) < 6 for f in forms)

    def _has_object(self, line: Sequence[Spot], place: int) -> bool:
        after = line[place + 1].key if place + 1 < len(line) and line[place].gap else ""
        return self._is_proven(after) or after in ("the", "a", "an", "his", "her", "its", "their")

    def written(self, keys: tuple[str, ...]) -> str:
        """Return words as running text writes them: a name as it stands mostly, other words small."""
        forms: Counter[str] = Counter()
        for line, place in self.occurrences(keys):
            run = line[place : place + len(keys)]
            blind = self._is_blind(line) or run[0].initial
            parts = [
                self.form(s.key) if blind or not self._is_proven(s.key) else s.surface for s in run
            ]
            joints = [_WRITTEN[s.gap] for s in run[:-1]] + [""]
            forms["".join(part + joint for part, joint in zip(parts, joints, strict=True))] += 1
        text = min(forms, key=lambda form: (-forms[form], form))
        text += "." * bool(_INITIALS.search(text))
        return text[:1].upper() + text[1:] if text[:2].islower() else text

    def form(self, key: str) -> str:
        forms = self._forms.get(key, Counter())
        if not self._is_proven(key):
            return key
        return min(forms.items(), key=lambda one: (-one[1], one[0]), default=(key.capitalize(), 0))[
            0
        ]

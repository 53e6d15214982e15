"""Look-alike events: two quakes, two trials, two quarters. What is told in the same words of others, or of
another occasion, is another story."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from digest.clusterers.dates import MOST_DAYS
from digest.clusterers.mentions import Mentions
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.occasions import Occasion, contradiction, occasion
from digest.clusterers.pieces import Kin
from digest.clusterers.sparse import Floats, Ints, gathered
from digest.clusterers.vectors import Vectors
from digest.models import Article
from digest.text.calendar import CALENDAR
from digest.text.terms import stems, zipf

_LEAST_WORDS = 12
"""Headlines alone may call one thing by two names, and cannot say that another occasion comes in, too."""
_SHORT_WORDS = 60
_TOUCHES = 2
_FREQUENT = 5.3
"""The Zipf value from which a word says nothing of an event."""
_MOSTLY = 0.5
"""The share of a story's articles that must name contradicting occasions before it is parted: where few
do, they are turns of one story."""
_MOST_COMPARED = 200
"""The articles of one story whose occasions are held against each other."""


def strangers(one: Mentions, other: Mentions) -> bool:
    """Say whether the titles and texts of two articles name somebody, and the articles share no name at all."""
    long = min(sum(one.words.values()), sum(other.words.values())) >= _LEAST_WORDS
    named = all(any(m.names[n] > 1 for n in m.title_names - CALENDAR) for m in (one, other))
    return bool(long and named and (one.names.keys() & other.names.keys()) <= CALENDAR)


class Touches:
    """Counts the words in which short articles meet.

    A place, a person or a topic that two headlines share is no event yet; it takes a second word. Words that
    everybody uses do not count, and akin ones ("Protest", "Coronaproteste") count as one.
    """

    def __init__(self, mentions: Iterable[Mentions]) -> None:
        self._own = {id(m): _telling_stems(m) for m in mentions if _is_short(m)}
        self._kin = Kin({word for words in self._own.values() for word in words})

    def too_few(self, one: Mentions, other: Mentions) -> bool:
        """Say whether two articles are short and meet in fewer than two words."""
        if id(one) not in self._own or id(other) not in self._own:
            return False
        ours, theirs = self._own[id(one)], self._own[id(other)]
        if len(ours & theirs) >= _TOUCHES:
            return False
        met = (
            sum(not self._kin.of(word).isdisjoint(others) for word in words)
            for words, others in ((ours, theirs), (theirs, ours))
        )
        return min(met) < _TOUCHES


def _is_short(mention: Mentions) -> bool:
    return sum(mention.words.values()) < _SHORT_WORDS


def _telling_stems(mention: Mentions) -> frozenset[str]:
    language = mention.language
    return frozenset(
        stems([word], language)[0] for word in mention.words if zipf(word, language) < _FREQUENT
    )


def occasions(articles: Sequence[Article], lengths: Floats) -> dict[int, Occasion]:
    """Return the rows that name their occasion; `lengths` are the words of each article."""
    found = {
        row: occasion(article)
        for row, article in enumerate(articles)
        if lengths[row] >= _LEAST_WORDS
    }
    return {row: own for row, own in found.items() if own.head}


def without_strangers(near: Neighbours, mentions: Sequence[Mentions]) -> Neighbours:
    """Return the pairs of neighbours that are no strangers."""
    touches = Touches(mentions)
    pairs = [
        (mentions[a], mentions[b])
        for a, b in zip(near.first.tolist(), near.second.tolist(), strict=True)
    ]
    kept = [not (strangers(*pair) or touches.too_few(*pair)) for pair in pairs]
    return near.only(np.array(kept, dtype=bool))


def of_one_occasion(near: Neighbours, named: Mapping[int, Occasion], days: Floats) -> Neighbours:
    """Return the pairs of neighbours that neither their occasions nor their dates keep apart."""
    rows = np.array(sorted(named), dtype=np.int64)
    both = np.isin(near.first, rows) & np.isin(near.second, rows)
    kept = ~(np.abs(days[near.first] - days[near.second]) > MOST_DAYS)
    for pair in np.flatnonzero(both & kept).tolist():
        one, other = named[int(near.first[pair])], named[int(near.second[pair])]
        kept[pair] = not contradiction(one, other)
    return near.only(kept)


def parted(groups: Ints, named: Mapping[int, Occasion], vectors: Vectors) -> Ints:
    """Return the groups, those parted whose articles contradict each other in their occasion.

    Mean similarity may bring together what may not be; an article that names no occasion stays with the
    part that it is most like.
    """
    members: dict[int, list[int]] = {}
    for row in sorted(named.keys() | _spread(groups, vectors.days)):
        members.setdefault(int(groups[row]), []).append(row)
    moved, fresh = groups.copy(), int(groups.max()) + 1
    for group, rows in members.items():
        everybody = np.flatnonzero(groups == group)
        parts = _parts(rows[:_MOST_COMPARED], named, vectors.days)
        if sum(map(len, parts)) >= _MOSTLY * min(len(everybody), _MOST_COMPARED) and parts:
            nearest = _nearest_part(everybody, parts, vectors)
            moved[everybody] = np.where(nearest == 0, group, fresh + nearest)
            fresh += len(parts)
    return np.asarray(np.unique(moved, return_inverse=True)[1].reshape(-1))


def _spread(groups: Ints, days: Floats) -> set[int]:
    """Return the dated rows of the groups whose dates lie farther apart than those of one event."""
    dated = np.flatnonzero(~np.isnan(days))
    first, last = np.full(int(groups.max()) + 1, np.inf), np.full(int(groups.max()) + 1, -np.inf)
    np.minimum.at(first, groups[dated], days[dated])
    np.maximum.at(last, groups[dated], days[dated])
    return set(dated[(last - first)[groups[dated]] > MOST_DAYS].tolist())


def _parts(rows: Sequence[int], named: Mapping[int, Occasion], days: Floats) -> list[list[int]]:
    """Return the rows that contradict others, put together as far as they do not."""
    against: dict[int, set[int]] = {}
    for one, other in combinations(rows, 2):
        known = one in named and other in named
        far = abs(days[one] - days[other]) > MOST_DAYS
        if far or (known and contradiction(named[one], named[other])):
            against.setdefault(one, set()).add(other)
            against.setdefault(other, set()).add(one)
    parts: list[list[int]] = []
    for row in sorted(against):
        part = next((part for part in parts if against[row].isdisjoint(part)), None)
        if part is None:
            parts.append([row])
        else:
            part.append(row)
    return parts


def _nearest_part(rows: Ints, parts: Sequence[Sequence[int]], vectors: Vectors) -> Ints:
    """Return the number of the part that each row is in, or is most like."""
    terms = vectors.terms
    alike = np.zeros((len(parts), len(rows)))
    places, counts = gathered(terms.starts, rows)
    owner = np.repeat(np.arange(len(rows)), counts)
    for number, part in enumerate(parts):
        board = np.zeros(terms.width, dtype=np.float32)
        own, _ = gathered(terms.starts, np.array(part))
        np.add.at(board, terms.columns[own], terms.values[own] / len(part))
        products = board[terms.columns[places]] * terms.values[places]
        alike[number] = np.bincount(owner, products, len(rows))
        alike[number, np.isin(rows, np.array(part))] = np.inf
    return np.asarray(np.argmax(np.round(alike, 5), axis=0))

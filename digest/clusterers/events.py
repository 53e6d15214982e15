"""Stories held against the evidence that their reports tell one event, and not only of one subject.

Clusters of feed items are as good as their mean similarity, and a word like "Trump" or "Corona" makes two
items of one day near neighbours. So each pair is looked at once more, by two things that a reader goes by:
how much the two say the same on the whole, and how rare the words are that the title of one shares with the
other ("Eberl" proves more than "president", whatever else was written today).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations

import numpy as np

from digest.clusterers.pieces import Kin
from digest.clusterers.sparse import Ints
from digest.models import Article
from digest.text.likeness import HEAD, Vector, background, cosine, vector
from digest.text.outlets import outlets
from digest.text.terms import stop_words, words, zipf

_RARE_WORD = 0.01
"""What one unit of rareness counts beside the cosine. A logistic model of pairs gives .0086 to .014, whichever
of five real days is left out."""
_MEMBER = 0.15
"""The mean evidence from which a report is part of a story."""
_EVENT = 0.24
"""The evidence that the best pair of two outlets must have. Of 113 groups of five real days 41 were false by
an editor's list; with this 17 of 88 are; .26 leaves 15, but takes apart a true one of made mornings."""
_SAME = 0.3
"""The mean evidence from which two stories are one."""
_ITEM_WORDS = 35
"""Stories are joined by feed items of fewer words: of two paragraphs on one company the clusters know more."""
_LIKE = 0.1
"""The cosine under which no two stories are compared further."""
_COMMONEST, _UNKNOWN = 7.0, 2.5
"""The Zipf values between which a word is the rarer the more it says."""
_MOST = 40
"""An event of more reports stands by itself; its pairs would be too many to look at."""


class _Evidence:
    """The evidence that two of some articles tell one event, by their numbers."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._telling = background(articles)
        self._vectors: dict[int, Vector] = {}
        self._known: dict[tuple[int, int], float] = {}

    @cached_property
    def _titles(self) -> list[frozenset[str]]:
        return [_content(article.title, article.language) for article in self._articles]

    @cached_property
    def _texts(self) -> list[frozenset[str]]:
        return [_content(article.text[:HEAD], article.language) for article in self._articles]

    @cached_property
    def _kin(self) -> Kin:
        return Kin(frozenset().union(*self._titles, *self._texts))

    def cosine(self, one: int, other: int) -> float:
        """Return how much two articles say the same."""
        return cosine(self._vector(one), self._vector(other))

    def of(self, one: int, other: int) -> float:
        """Return the evidence for a pair."""
        pair = (min(one, other), max(one, other))
        if pair not in self._known:
            self._known[pair] = self._weighed(*pair)
        return self._known[pair]

    def _weighed(self, one: int, other: int) -> float:
        rubric = self._titles[one] == self._titles[other] and all(
            self._articles[number].text.strip() for number in (one, other)
        )
        rare = self._shared(one, other, rubric) + self._shared(other, one, rubric)
        alike = self._alike_texts(one, other) if rubric else self.cosine(one, other)
        return alike + _RARE_WORD * rare

    def _alike_texts(self, one: int, other: int) -> float:
        """Return how much two texts say the same: one title over both may be that of a series."""
        first, second = (replace(self._articles[number], title="") for number in (one, other))
        return cosine(vector(first, self._telling), vector(second, self._telling))

    def mean(self, one: Sequence[int], other: Sequence[int]) -> float:
        """Return the mean evidence between two groups."""
        return sum(self.of(a, b) for a in one for b in other) / (len(one) * len(other))

    def _vector(self, number: int) -> Vector:
        if number not in self._vectors:
            self._vectors[number] = vector(self._articles[number], self._telling)
        return self._vectors[number]

    def _shared(self, one: int, other: int, rubric: bool) -> float:
        """Return how rare the words are, together, of one's title that the other has in some form.

        Under one title it must have them in its text.
        """
        language = self._articles[one].language
        head = self._texts[other] if rubric else self._titles[other] | self._texts[other]
        return sum(
            max(0.0, _COMMONEST - max(_UNKNOWN, zipf(word, language)))
            for word in sorted(self._titles[one])
            if not self._kin.of(word).isdisjoint(head)
        )


def of_one_event(
    groups: Ints, articles: Sequence[Article], near: Iterable[tuple[int, int]]
) -> Ints:
    """Return the groups of articles, parted and joined so that each tells one event.

    `near` are the pairs that may be of one event. An article without a title is left where it is.
    """
    evidence = _Evidence(articles)
    names = outlets((article.source, article.url) for article in articles)
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups.tolist()):
        members.setdefault(group, []).append(number)
    parts = [
        part for group in members.values() for part in _parted(group, articles, names, evidence)
    ]
    found = np.zeros(len(groups), dtype=np.int64)
    for number, part in enumerate(_joined(parts, near, articles, evidence)):
        found[part] = number
    return found


def _parted(
    group: list[int], articles: Sequence[Article], names: Sequence[str], evidence: _Evidence
) -> Iterator[list[int]]:
    """Yield the parts of a story of several outlets that tell one event each, or else those of each outlet."""
    several = len({names[number] for number in group}) > 1
    if not several or len(group) > _MOST or not all(articles[n].title for n in group):
        yield group
        return
    for part in _linked([[number] for number in group], evidence):
        pairs = [(a, b) for a, b in combinations(part, 2) if names[a] != names[b]]
        if not pairs or max(evidence.of(a, b) for a, b in pairs) >= _EVENT:
            yield part
        else:
            own: dict[str, list[int]] = {}
            for number in part:
                own.setdefault(names[number], []).append(number)
            yield from own.values()


def _linked(parts: list[list[int]], evidence: _Evidence) -> list[list[int]]:
    """Return parts put together under average link, the best pair of them first."""
    while len(parts) > 1:
        best, one, other = max(
            (round(evidence.mean(parts[a], parts[b]), 6), -a, -b)
            for a, b in combinations(range(len(parts)), 2)
        )
        if best < _MEMBER:
            break
        parts[-one] += parts.pop(-other)
    return parts


def _joined(
    parts: list[list[int]],
    near: Iterable[tuple[int, int]],
    articles: Sequence[Article],
    evidence: _Evidence,
) -> list[list[int]]:
    """Return the parts, those joined that tell the same: the surest first, each held against all of another."""
    owner = {number: place for place, part in enumerate(parts) for number in part}
    found = {
        tuple(sorted((owner[a], owner[b])))
        for a, b in near
        if owner[a] != owner[b]
        and _is_item(articles[a])
        and _is_item(articles[b])
        and evidence.cosine(a, b) >= _LIKE
    }
    sure = sorted(
        (-round(evidence.mean(parts[a], parts[b]), 6), a, b)
        for a, b in found
        if len(parts[a]) + len(parts[b]) <= _MOST
    )
    moved = list(range(len(parts)))
    for least, a, b in sure:
        one, other = moved[a], moved[b]
        if one == other or -least < _SAME or len(parts[one]) + len(parts[other]) > _MOST:
            continue
        if evidence.mean(parts[one], parts[other]) >= _SAME:
            parts[one] += parts[other]
            parts[other] = []
            moved = [one if place == other else place for place in moved]
    return [part for part in parts if part]


def _is_item(article: Article) -> bool:
    return bool(article.title) and article.words < _ITEM_WORDS


def _content(text: str, language: str) -> frozenset[str]:
    """Return the words of a text that are no stop words."""
    return frozenset(words(text)) - stop_words(language)

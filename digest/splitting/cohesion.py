"""Lexical cohesion: how much two stretches of text speak of the same things.

After TextTiling (Hearst, Computational Linguistics 23(1), 1997). The stretches here are a paragraph or a few,
where a word is seldom said often; so each content word counts once, by how rare it is in the language, and
words are cut to their first letters in place of a stemmer.
"""

import re
from collections.abc import Mapping
from functools import cache
from math import sqrt

from digest.text.terms import stop_words, zipf

_WORD = re.compile(r"\w{4,}|\b[A-Z\d]{2,3}\b")
_STEM = 6
_COMMON = 6.5
_REMEMBERED = 200_000

Content = Mapping[str, float]
"""Cut-off words with their weights: from 0.5 (common) to 6.5 (unknown to the background)."""


class _Weights(dict[str, tuple[str, float]]):
    """Words met so far, as written, with their cut-off form and weight; both empty for a stop word."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stops = stop_words(language)

    def __missing__(self, word: str) -> tuple[str, float]:
        if len(self) > _REMEMBERED:
            self.clear()
        lower = word.lower()
        known = lower in self.stops
        weight = 0.0 if known else max(0.5, _COMMON - zipf(lower, self.language))
        entry = self[word] = ("" if known else lower[:_STEM], weight)
        return entry


_weights = cache(_Weights)


def content(text: str, language: str = "en") -> tuple[Content, Content]:
    """Return the content words of `text` with their weights, and those among them that are capitalised."""
    table = _weights(language)
    words = _WORD.findall(text)
    found = dict(map(table.__getitem__, words))
    names = dict(map(table.__getitem__, [word for word in words if "A" <= word < "a"]))
    found.pop("", None)
    names.pop("", None)
    return found, names


def merge(parts: list[Content]) -> Content:
    """Return the words of several stretches together."""
    found: dict[str, float] = {}
    for part in parts:
        found.update(part)
    return found


def similarity(left: Content, right: Content) -> float:
    """Return the cosine of two stretches with squared weights, 0 where one is empty."""
    if len(left) > len(right):
        left, right = right, left
    shared = sum(weight * weight for word, weight in left.items() if word in right)
    if not shared:
        return 0.0
    return shared / sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))


def overlap(words: Content, text: Content) -> float:
    """Return the share, by weight, of `words` that stands in `text`; few words are not taken for many."""
    if not words:
        return 0.0
    total = max(sum(words.values()), 6.0)
    return sum(weight for word, weight in words.items() if word in text) / total

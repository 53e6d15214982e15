"""Lexical cohesion: how much two stretches of text speak of the same things.

After TextTiling (Hearst, Computational Linguistics 23(1), 1997). The stretches here are a paragraph or a few,
where a word is seldom said often; so each content word counts once, by how rare it is in the language, and
words are cut to their first letters in place of a stemmer.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache
from itertools import chain, filterfalse
from math import sqrt
from operator import mul

from digest.length import has_unspaced
from digest.text.characters import QUOTES, TERMINALS
from digest.text.terms import stop_words, zipf
from digest.text.words import pairs, runs

_SHORT = re.compile(r"[A-Z\d]{2,3}")
_WHOLE = 4
_MARKS = f"{QUOTES}{TERMINALS},;:()[]（）【】《》〈〉、，；：،؛"
_STEM = 6
_COMMON = 6.5
_REMEMBERED = 100_000
_LONGEST = 40
"""Longer tokens, such as addresses, are not remembered."""

Content = Mapping[str, float]
"""Cut-off words with their weights: from 0.5 (common) to 6.5 (unknown to the background)."""

Weighted = tuple[tuple[str, float], ...]


class _Tokens(dict[str, Weighted]):
    """The tokens met so far, with the content words in each; most have one or none."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stops = stop_words(language)

    def __missing__(self, token: str) -> Weighted:
        if len(self) > _REMEMBERED:
            self.clear()
        found = tuple(map(self._weighted, filterfalse(self.stops.__contains__, self._words(token))))
        if len(token) <= _LONGEST:
            self[token] = found
        return found

    def _words(self, token: str) -> list[str]:
        core = token.strip(_MARKS)
        if core.isalpha() and not has_unspaced(
            core
        ):  # What the pattern would find, in a fifth of the time.
            whole = len(core) >= _WHOLE or (len(core) > 1 and core.isascii() and core.isupper())
            return [core.lower()] if whole else []
        if has_unspaced(core):
            return pairs(core)
        return [word.lower() for word in _telling(core)]

    def _weighted(self, word: str) -> tuple[str, float]:
        return word[:_STEM], max(0.5, _COMMON - zipf(word, self.language))


class _Names(_Tokens):
    """The same for capitalised words alone."""

    def _words(self, token: str) -> list[str]:
        core = token.strip(_MARKS)
        if core.isalpha() and not "A" <= core[0] <= "Z":
            return []
        return [word.lower() for word in _telling(core) if "A" <= word[0] <= "Z"]


def _telling(core: str) -> list[str]:
    return [word for word in runs(core) if len(word) >= _WHOLE or _SHORT.fullmatch(word)]


_tokens = cache(_Tokens)

_names = cache(_Names)


def content(text: str, language: str = "en") -> Content:
    """Return the content words of `text` with their weights."""
    return dict(chain.from_iterable(map(_tokens(language).__getitem__, text.split())))


def names(text: str, language: str = "en") -> Content:
    """Return the content words of `text` that begin with a capital of the Latin alphabet, weighted."""
    tokens = filterfalse(str.islower, text.split())
    return dict(chain.from_iterable(map(_names(language).__getitem__, tokens)))


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
    shared = _energy([weight for word, weight in left.items() if word in right])
    return shared / sqrt(_energy(left.values()) * _energy(right.values())) if shared else 0.0


def _energy(weights: Collection[float]) -> float:
    """The sum of the squares."""
    return float(sum(map(mul, weights, weights)))


def overlap(words: Content, text: Content) -> float:
    """Return the share, by weight, of `words` that stands in `text`; few words are not taken for many."""
    if not words:
        return 0.0
    total = max(sum(words.values()), 6.0)
    return sum([weight for word, weight in words.items() if word in text]) / total

"""The words met so far in this process, with what the ranking wants to know of each, as arrays.

Looking a word up once in a process and gathering by number afterwards is what makes the ranking fast:
an article costs one dictionary access a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from digest.text.terms import rarities, stems, stop_words

END = "\x00"
"""Stands between the sentences while their words are found, all in one go."""
_WORD = re.compile(rf"\w+(?:[.'’\-&]\w+)*|{END}")
_FIRST_SIZE = 4096
_MOST_WORDS = 400_000
_PERSONAL = frozenset(
    {"I", "we", "We", "you", "You", "my", "My", "our", "Our", "I'm", "I've", "we're", "I’m"}
)


class Vocabulary:
    """The words of one language as they are written, capitals and all; each has a number."""

    def __init__(self, language: str) -> None:
        """Begin without a word."""
        self.language = language
        self._numbers: dict[str, int] = {}
        self._pieces: dict[str, tuple[int, ...]] = {}
        """The numbers of the words in what stands between white space, mostly one and its commas."""
        self._terms: dict[str, int] = {}
        self._names: list[str] = []
        self._stops = stop_words(language)
        self.term = np.zeros(_FIRST_SIZE, dtype=np.int64)
        """The number of each word's stem; -1 for a stop word."""
        self.weight = np.zeros(_FIRST_SIZE)
        """The rarity of each word."""
        self.capital = np.zeros(_FIRST_SIZE)
        """1 where the word is written with a capital first letter."""
        self.number = np.zeros(_FIRST_SIZE)
        """1 where it begins with a digit."""
        self.personal = np.zeros(_FIRST_SIZE)
        """1 where it is the writer or speaker, or the reader: I, we, you."""

    def numbers(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The number of each word; words never met before get new ones."""
        known = self._numbers
        numbers = [known.get(word, -1) for word in words]
        if -1 in numbers:
            self._add(list(dict.fromkeys(word for word in words if word not in known)))
            numbers = [known[word] for word in words]
        return np.array(numbers, dtype=np.int64)

    def numbers_in(self, text: str) -> NDArray[np.int64]:
        """The numbers of the words of `text`: finding them once for each piece is twice as fast."""
        pieces = text.split()
        known = self._pieces
        found = list(map(known.get, pieces))
        if None in found:
            new = [piece for piece in dict.fromkeys(pieces) if piece not in known]
            words = [_WORD.findall(piece) for piece in new]
            numbers = iter(self.numbers(list(chain.from_iterable(words))).tolist())
            known.update(
                (p, tuple(islice(numbers, len(w)))) for p, w in zip(new, words, strict=True)
            )
            found = [known[piece] for piece in pieces]
        return np.fromiter(chain.from_iterable(filter(None, found)), np.int64)

    def name(self, term: int) -> str:
        """The stem of that number."""
        return self._names[term]

    @property
    def is_full(self) -> bool:
        """True where it has grown so large that a new one should be begun."""
        return len(self._numbers) + len(self._pieces) > _MOST_WORDS

    def _add(self, written: list[str]) -> None:
        """Give numbers to words that are new and all different."""
        begin = len(self._numbers)
        end = begin + len(written)
        while end > len(self.term):
            for name in ("term", "weight", "capital", "number", "personal"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate((old, np.zeros_like(old))))
        self._numbers.update(zip(written, range(begin, end), strict=True))
        lower = [word.lower().replace("’", "'") for word in written]
        stops, names = self._stops, self._names
        terms = []
        for word, stem in zip(lower, stems(lower, self.language), strict=True):
            if word in stops:
                terms.append(-1)
            else:
                terms.append(number := self._terms.setdefault(stem, len(names)))
                if number == len(names):
                    names.append(stem)
        self.term[begin:end] = terms
        self.weight[begin:end] = rarities(lower, self.language)
        self.capital[begin:end] = [word[0].isupper() for word in written]
        self.number[begin:end] = [word[0].isdigit() for word in written]
        self.personal[begin:end] = [word in _PERSONAL for word in written]


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    return {}


def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, kept for the life of the process, and begun anew when it is full."""
    kept = _vocabularies()
    if language not in kept or kept[language].is_full:
        kept[language] = Vocabulary(language)
    return kept[language]

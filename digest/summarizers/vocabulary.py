"""The words met so far in this process, with what the ranking wants to know of each, as arrays.

Looking a word up once in a process and gathering by number afterwards is what makes the ranking fast:
an article costs one dictionary access a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

import numpy as np

from digest.summarizers.layout import Integers
from digest.text.terms import rarities, stems, stop_words

_FIRST_SIZE = 4096
_MOST_TOKENS = 600_000
_NOTHING = 0
"""The number of a token without a word, such as a dash."""
_WORD = re.compile(r"\w+(?:[.'’\-&]\w+)*")
_AROUND = ".,;:!?\"'()[]“”‘’–—-"
_PERSONAL = frozenset(
    {"I", "we", "We", "you", "You", "my", "My", "our", "Our", "I'm", "I've", "we're", "I’m"}
)


class Vocabulary:
    """The words of one language as they are written, capitals and all; each has a number."""

    def __init__(self, language: str) -> None:
        """Begin with no word but the one that is none."""
        self.language = language
        self._numbers: dict[str, int] = {}
        """The number of the word that a token holds; -1 - k where it holds those of `_several[k]`."""
        self._several: list[tuple[int, ...]] = []
        self._words: dict[str, int] = {}
        self._size = 1
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
        self.term[_NOTHING] = -1

    def __len__(self) -> int:
        """The number of words, at least that of their stems."""
        return self._size

    def read(self, tokens: Sequence[str], sentence: Integers) -> tuple[Integers, Integers]:
        """The numbers of the words in white-space separated `tokens`, and the sentence of each.

        A token is looked up as it stands, with its punctuation: finding words by a pattern takes ten times as
        long. `sentence` is the sentence of each token.
        """
        found = list(map(self._numbers.get, tokens))
        if None in found:
            self._learn([token for token in dict.fromkeys(tokens) if token not in self._numbers])
            found = list(map(self._numbers.get, tokens))
        numbers: Integers = np.array(found, dtype=np.int64)
        several = np.flatnonzero(numbers < 0)
        if not len(several):
            return numbers, sentence
        parts = [self._several[-1 - int(k)] for k in numbers[several]]
        sizes = np.ones(len(numbers), dtype=np.int64)
        sizes[several] = [len(part) for part in parts]
        numbers, sentence = numbers.repeat(sizes), sentence.repeat(sizes)
        numbers[numbers < 0] = [number for part in parts for number in part]
        return numbers, sentence

    def name(self, term: int) -> str:
        """The stem of that number."""
        return self._names[term]

    @property
    def is_full(self) -> bool:
        """True where it has grown so large that a new one should be begun."""
        return len(self._numbers) > _MOST_TOKENS

    def _learn(self, tokens: Sequence[str]) -> None:
        """Part tokens that are new and all different into words, and number these."""
        stripped = [token.strip(_AROUND) for token in tokens]
        words = [[word] if word.isalnum() else _WORD.findall(word) for word in stripped]
        known = self._words
        self._add([w for w in dict.fromkeys(chain.from_iterable(words)) if w not in known])
        for token, parts in zip(tokens, words, strict=True):
            if len(parts) == 1:
                self._numbers[token] = known[parts[0]]
            elif not parts:
                self._numbers[token] = _NOTHING
            else:
                self._several.append(tuple(known[part] for part in parts))
                self._numbers[token] = -len(self._several)

    def _add(self, written: list[str]) -> None:
        """Give numbers to words that are new and all different."""
        begin = self._size
        end = self._size = begin + len(written)
        while end > len(self.term):
            for name in ("term", "weight", "capital", "number", "personal"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate((old, np.zeros_like(old))))
        self._words.update(zip(written, range(begin, end), strict=True))
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

"""The words met so far in this process, with what the ranking wants to know of each, as arrays.

Looking a word up once in a process and gathering by number afterwards is what makes the ranking fast:
an article costs one dictionary access a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import count

import numpy as np

from digest.summarizers.layout import Integers
from digest.text.letters import find_words
from digest.text.terms import rarities, stems, stop_words

_FIRST_SIZE = 4096
_MOST_TOKENS = 600_000
_NOTHING = 0
"""The number of a token without a word, such as a dash."""
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
        self._terms: defaultdict[str, int] = defaultdict(count().__next__)
        self._names: list[str] = []
        self._stops = stop_words(language)
        self.stem = np.zeros(_FIRST_SIZE, dtype=np.int64)
        """The number of each word's stem."""
        self.term = np.zeros(_FIRST_SIZE, dtype=np.int64)
        """The same; -1 for a stop word."""
        self.weight = np.zeros(_FIRST_SIZE)
        """The rarity of each word."""
        self.capital = np.zeros(_FIRST_SIZE)
        """1 where the word is written with a capital first letter."""
        self.number = np.zeros(_FIRST_SIZE)
        """1 where it begins with a digit."""
        self.letters = np.zeros(_FIRST_SIZE)
        """Its length."""
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
            new = [at for at, number in enumerate(found) if number is None]
            self._learn(dict.fromkeys([tokens[at] for at in new]))
            for at in new:
                found[at] = self._numbers[tokens[at]]
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
        if term >= len(self._names):
            self._names = list(self._terms)
        return self._names[term]

    @property
    def is_full(self) -> bool:
        """True where it has grown so large that a new one should be begun."""
        return len(self._numbers) > _MOST_TOKENS

    def _learn(self, tokens: Iterable[str]) -> None:
        """Part tokens that are new and all different into words, and number these."""
        known, numbers = self._words, self._numbers
        new: list[str] = []
        others: list[str] = []
        for token in tokens:
            word = token.strip(_AROUND)
            number = known.get(word)
            if number is None:
                if not word.isalnum():
                    others.append(token)
                    continue
                number = known[word] = self._size + len(new)
                new.append(word)
            numbers[token] = number
        for token in others:
            words = find_words(token)
            fresh = [word for word in dict.fromkeys(words) if word not in known]
            known.update(zip(fresh, count(self._size + len(new)), strict=False))
            new += fresh
            if len(words) > 1:
                self._several.append(tuple(known[word] for word in words))
            number = known[words[0]] if words else _NOTHING
            numbers[token] = -len(self._several) if len(words) > 1 else number
        self._add(new)

    def _add(self, written: list[str]) -> None:
        """Say what is known of new words, in the order of their numbers."""
        begin = self._size
        end = self._size = begin + len(written)
        while end > len(self.term):
            for name in ("stem", "term", "weight", "capital", "number", "letters", "personal"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate((old, np.zeros_like(old))))
        # All words in one text: a method of `str` costs as much to call as it does to do.
        lower = "\n".join(written).lower().replace("’", "'").split("\n") if written else []
        firsts = [word[0] for word in written]
        self.stem[begin:end] = list(map(self._terms.__getitem__, stems(lower, self.language)))
        self.term[begin:end] = self.stem[begin:end]
        self.term[begin:end][list(map(self._stops.__contains__, lower))] = -1
        self.weight[begin:end] = rarities(lower, self.language)
        self.capital[begin:end] = list(map(str.isupper, firsts))
        self.number[begin:end] = list(map(str.isdigit, firsts))
        self.letters[begin:end] = list(map(len, written))
        self.personal[begin:end] = list(map(_PERSONAL.__contains__, written))


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    return {}


def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, kept for the life of the process, and begun anew when it is full."""
    kept = _vocabularies()
    if language not in kept or kept[language].is_full:
        kept[language] = Vocabulary(language)
    return kept[language]

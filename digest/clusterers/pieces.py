"""Pieces of words: four and five letters in a row, by which short texts meet that share no whole word.

A headline says each thing once, and another outlet's headline says it in another form or inside a compound
("Coronaprotestzug", "Corona-Proteste"). Runs of letters serve all languages that build words (McNamee &
Mayfield, "Character n-gram tokenization for European language text retrieval", Information Retrieval 2004).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from digest.clusterers.sparse import Rows, from_entries, gathered

_LENGTHS = (4, 5)
_AKIN = 0.5
"""The share of the pieces of the shorter word from which two words are akin."""


def pieces_of(term: str) -> frozenset[str]:
    """Return the pieces of a word with its ends marked; a shorter one is its own piece."""
    word = f" {term} "
    return frozenset(
        word[start : start + size]
        for size in _LENGTHS
        for start in range(max(len(word) - size + 1, size == _LENGTHS[0]))
    )


class Kin:
    """The words of a collection that are akin: they share half of the shorter one's pieces."""

    def __init__(self, words: Iterable[str]) -> None:
        self._pieces = {word: pieces_of(word) for word in words}
        self._words: dict[str, list[str]] = {}
        for word in sorted(self._pieces):
            for piece in self._pieces[word]:
                self._words.setdefault(piece, []).append(word)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, word: str) -> frozenset[str]:
        """Return the words that are akin to a word of the collection."""
        if word not in self._known:
            own = self._pieces[word]
            shared = Counter(chain.from_iterable(self._words[piece] for piece in own))
            self._known[word] = frozenset(
                other
                for other, count in shared.items()
                if other == word or count >= max(2, _AKIN * min(len(own), len(self._pieces[other])))
            )
        return self._known[word]


def pieces(words: Rows, spelt: Sequence[str]) -> tuple[Rows, Rows]:
    """Return the pieces of articles, and those of each word.

    `words` holds the weighted terms, which `spelt` names; a piece weighs what its words weigh together.
    """
    used = np.unique(words.columns)
    number: dict[str, int] = {}
    owners, columns = [], []
    for term in used.tolist():
        for piece in sorted(pieces_of(spelt[term])):
            owners.append(term)
            columns.append(number.setdefault(piece, len(number)))
    ones = np.ones(len(owners), dtype=np.float32)
    table = from_entries(
        np.array(owners, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        ones,
        words.width,
        len(number),
    )
    places, counts = gathered(table.starts, words.columns)
    found = from_entries(
        np.repeat(words.row_numbers(), counts),
        table.columns[places],
        np.repeat(words.values, counts),
        words.height,
        len(number),
        add=True,
    )
    return found, table

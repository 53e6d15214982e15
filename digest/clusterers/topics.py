"""Stories into topics: what a reader files together.

Two stories belong together where the same distinctive names stand in their heads and they speak of the
same things. A name that merely occurs ("China", "AI") is no head; a name that half of the collection
shares tells nothing apart.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from digest.clusterers.agglomeration import levels
from digest.clusterers.mentions import Mentions
from digest.clusterers.neighbours import Neighbours, neighbours
from digest.clusterers.sparse import Ints, Rows, beside, from_entries
from digest.clusterers.vectors import Vectors
from digest.text.language import CASELESS
from digest.text.terms import stems, zipf

TOPIC_BAR = 0.18
"""The mean similarity of head names and terms from which stories are one topic."""
HEAD_SHARE = 0.4
"""How much the head names count beside all terms."""
_HEAD_NAMES = 6
_LOWEST = 0.5
_TELLING_WORD = 4.5
"""The Zipf value below which a word of a script without capitals is as telling as a name."""
_TELLING = 0.35
"""The length of a row of head names, before it is brought to 1, under which they tell little."""


def head_names(mention: Mentions) -> dict[str, float]:
    """Return the words of the names that an article is about, with how much it is about them, to 1.

    They stand in its title or come back; so a list of everything is about nobody. Where no capitals tell the
    names, rarer words stand for them.
    """
    if mention.language in CASELESS:
        counted = _telling(mention, mention.words)
        in_title = frozenset(_telling(mention, dict.fromkeys(mention.title_words, 1)))
    else:
        counted, in_title = mention.names, mention.title_names
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    most = max([count for _, count in ranked], default=1)
    found = {name: 0.6 * count / most for name, count in ranked[:_HEAD_NAMES] if count > 1}
    for name in in_title:
        found[name] = found.get(name, 0.0) + 0.4
    return found


def _telling(mention: Mentions, words: Mapping[str, int]) -> dict[str, int]:
    """Return the stems of the words that are rare enough to tell an event, with their counts."""
    found: dict[str, int] = {}
    for word, count in words.items():
        if zipf(word, mention.language) < _TELLING_WORD:
            stem = stems([word], mention.language)[0]
            found[stem] = found.get(stem, 0) + count
    return found


@dataclass(slots=True)
class HeadNames:
    """Collects the head names of articles while they are read."""

    index: dict[str, int] = field(default_factory=dict)
    rarities: "array[float]" = field(default_factory=lambda: array("d"))
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    columns: "array[int]" = field(default_factory=lambda: array("q"))
    values: "array[float]" = field(default_factory=lambda: array("d"))
    height: int = 0

    def add(self, mention: Mentions) -> Mentions:
        """Take in one more article, and hand it on."""
        for name, share in head_names(mention).items():
            if name not in self.index:
                self.rarities.append(max(0.0, 6.5 - max(zipf(name, mention.language), 2.5)) / 4.0)
            self.rows.append(self.height)
            self.columns.append(self.index.setdefault(name, len(self.index)))
            self.values.append(share)
        self.height += 1
        return mention

    def table(self) -> Rows:
        """Return the head names of each article as rows of length 1, the rarer the heavier.

        A row of names that everybody has stays shorter: they are no ground to file two stories together.
        """
        places = np.frombuffer(self.columns, dtype=np.int64)
        found = np.bincount(places, minlength=len(self.index))
        own = 1.0 - np.log1p(found) / np.log(self.height + 10.0)
        weight = np.frombuffer(self.rarities) * own
        values = np.frombuffer(self.values) * weight[places]
        table = from_entries(
            np.frombuffer(self.rows, dtype=np.int64),
            places,
            values.astype(np.float32),
            self.height,
            len(self.index),
        )
        squares = np.bincount(table.row_numbers(), table.values**2, table.height)
        length = np.maximum(np.sqrt(squares), _TELLING)
        return table.scaled((1.0 / length).astype(np.float32))


def group(heads: Rows, vectors: Vectors, stories: Ints) -> Ints:
    """Return the topic of each story: `stories` holds the number of the story of each article."""
    count = int(stories.max()) + 1
    all_terms = np.full(len(stories), (1.0 - HEAD_SHARE) ** 0.5, dtype=np.float32)
    names = np.full(len(stories), HEAD_SHARE**0.5, dtype=np.float32)
    joined = beside(vectors.terms.normalised().scaled(all_terms), heads.scaled(names))
    rows = joined.grouped(stories, count)
    size = np.bincount(stories, minlength=count).astype(np.float32)
    nothing = np.zeros(count, dtype=np.float32)
    flat = Vectors(rows.scaled(1.0 / size), nothing[:, None], nothing, nothing * np.nan)
    near = neighbours(flat)
    even = Neighbours(near.first, near.second, near.similarity, np.ones(count, dtype=np.float32))
    steps = np.round(np.geomspace(_LOWEST, TOPIC_BAR, 12), 4)
    return levels(flat, even, [float(step) for step in steps])[-1].cluster

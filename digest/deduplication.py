"""Near duplicates: one article is kept, the others become its copies.

An article is the set of its shingles, runs of three words. Winnowing (Schleimer, Wilkerson & Aiken, SIGMOD
2003) picks the least shingle hash of each window as a fingerprint, so two texts that share a long enough
run share a fingerprint, wherever it stands: unlike MinHash bands, that also finds an article that was cut
short or given another head. What shares fingerprints is then compared exactly, by the share of the shorter
text's shingles that stand in the longer one (containment, Broder 1997).

Articles are taken from the best to keep downwards and compared with kept ones only, so ten thousand copies
of one cost ten thousand comparisons.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.models import Article, Copy, Omission
from digest.text.terms import words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

_SHINGLE = 3
_WINDOW = 6
_FINGERPRINTS = 60
"""A longer text is winnowed with a wider window."""
_POSTINGS = 50
"""A fingerprint of more kept articles is a stock phrase and finds nothing new."""
_CANDIDATES = 8
_SHORT = 24
"""Shingles up to which a text counts as short: a few shared phrases prove little there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicates:
    """Collapses near copies: the longest article is kept, then the earliest."""

    containment: float = 0.45
    """The share of the shorter article's shingles that must stand in the longer one."""
    short_containment: float = 0.55
    """The same for a short text."""

    def __call__(
        self, articles: Sequence[Article], /, *, carried: Sequence[Article] = ()
    ) -> tuple[list[Article], list[Omission]]:
        """Return the kept articles in the order they came, and an omission for each dropped one.

        What is a copy of a `carried` article, which the reader has had, is dropped as well.
        """
        if not articles:
            return [], []
        ranked = sorted(range(len(articles)), key=lambda number: _rank(articles[number]))
        everything = [*articles, *sorted(carried, key=_rank)]
        copies: dict[int, list[int]] = {}
        kept = _Kept()
        for number in range(len(articles), len(everything)):
            kept.add(number, _shingles(everything[number]))
        for number in ranked:
            shingles = _shingles(articles[number])
            keeper = self._keeper(shingles, kept)
            if keeper is None:
                kept.add(number, shingles)
            else:
                copies.setdefault(keeper, []).append(number)
        survivors = [
            _with_copies(articles[k], [articles[c] for c in copies.get(k, [])])
            for k in sorted(kept.shingles)
            if k < len(articles)
        ]
        dropped = sorted((number, keeper) for keeper, own in copies.items() for number in own)
        return survivors, [
            _omission(articles[n], everything[k], earlier=k >= len(articles)) for n, k in dropped
        ]

    def _keeper(self, shingles: "Hashes", kept: "_Kept") -> int | None:
        """Return the kept article that these shingles are a copy of."""
        import numpy as np

        if not len(shingles):
            return kept.empty
        own = np.unique(shingles)
        for candidate in kept.candidates(shingles):
            other = kept.shingles[candidate]
            common = len(np.intersect1d(own, np.unique(other), assume_unique=True))
            bar = self.short_containment if len(own) <= _SHORT else self.containment
            if common >= bar * len(own):
                return candidate
        return None


@dataclass(slots=True)
class _Kept:
    """The kept articles: their shingles, and which fingerprints stand in which."""

    shingles: "dict[int, Hashes]" = field(default_factory=dict)
    postings: dict[int, list[int]] = field(default_factory=dict)
    empty: int | None = None
    """The first article without a word."""

    def add(self, number: int, shingles: "Hashes") -> None:
        """Keep an article."""
        self.shingles[number] = shingles
        if not len(shingles) and self.empty is None:
            self.empty = number
        for print_ in _fingerprints(shingles):
            posting = self.postings.setdefault(print_, [])
            if len(posting) < _POSTINGS:
                posting.append(number)

    def candidates(self, shingles: "Hashes") -> list[int]:
        """Return the kept articles that share the most fingerprints, the most first."""
        found: Counter[int] = Counter()
        for print_ in _fingerprints(shingles):
            found.update(self.postings.get(print_, ()))
        best = sorted(found.items(), key=lambda item: -item[1])
        return [number for number, _ in best[:_CANDIDATES]]


def _rank(article: Article) -> tuple[bool, int, str, str, str, str, str]:
    """The best to keep first: no teaser, the longest, then the earliest."""
    when = article.published.isoformat() if article.published else "~"
    length = len(article.text.split())
    return (article.teaser, -length, when, article.id, article.source, article.page, article.title)


def _shingles(article: Article) -> "Hashes":
    """Return the hashes of the runs of three words, in reading order."""
    import numpy as np

    tokens = words(article.text) or words(article.title)
    codes = np.array([zlib.crc32(token.encode()) for token in tokens], dtype=np.uint64)
    hashes: Hashes = (codes + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    if len(hashes) < _SHINGLE:
        return hashes
    first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
    second = (second ^ (second >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed: Hashes = first * np.uint64(31) + second + third * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _fingerprints(shingles: "Hashes") -> list[int]:
    """Return the least hash of each window, sorted."""
    import numpy as np

    window = max(_WINDOW, 2 * len(shingles) // _FINGERPRINTS)
    if len(shingles) <= window:
        return sorted(set(shingles.tolist()))[:_WINDOW]
    views = np.lib.stride_tricks.sliding_window_view(shingles, window)
    return [int(value) for value in np.unique(views.min(axis=1))]


def _with_copies(article: Article, copies: list[Article]) -> Article:
    if not copies:
        return article
    found = list(article.copies)
    for copy in sorted(copies, key=_rank):
        found += [Copy(copy.source, copy.url, copy.title, copy.page), *copy.copies]
    return replace(article, copies=tuple(found))


def _omission(dropped: Article, kept: Article, *, earlier: bool) -> Omission:
    what = " ".join((dropped.title or dropped.text).split())
    if len(what) > 120:
        what = f"{what[:119]}…"
    where = kept.source or kept.page
    of = f"“{kept.title}”" if kept.title else "an article without a title"
    detail = f"copy of {of}{f' ({where})' if where else ''}"
    if earlier:
        detail += ", which an earlier issue carried"
    return Omission(what, "duplicate", dropped.page, detail)

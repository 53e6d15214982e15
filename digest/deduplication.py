"""Near duplicates: one article is kept, the others become its copies.

Shingles of words, MinHash signatures (Broder, SEQUENCES 1997) in bands (Leskovec, Rajaraman & Ullman,
Mining of Massive Datasets, ch. 3) for candidates; then the exact share of shingles that two articles have
in common, and of the shorter one that stands in the longer, so that an article that was cut short or
has another head is found too.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.models import Article, Copy, Omission
from digest.text.terms import words

_MODULUS = (1 << 61) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicates:
    """Collapses near copies: the longest article is kept, then the earliest."""

    containment: float = 0.6
    """The share of the shorter article's shingles that must stand in the longer one."""
    shingle: int = 3
    """Words in a shingle."""
    bands: int = 48
    rows: int = 2

    def __call__(self, articles: Sequence[Article], /) -> tuple[list[Article], list[Omission]]:
        """Return the kept articles in the order they came, and an omission for each dropped one."""
        ranked = sorted(articles, key=_rank)
        shingles = [_shingles(article, self.shingle) for article in ranked]
        keeper: dict[int, int] = {}
        for first, second in sorted(self._candidates(shingles)):
            if first in keeper or second in keeper:
                continue
            small = min(len(shingles[first]), len(shingles[second]))
            common = len(shingles[first] & shingles[second])
            if small and common >= self.containment * small:
                keeper[second] = first
        copies: dict[int, list[Article]] = defaultdict(list)
        for second, first in sorted(keeper.items()):
            copies[first].append(ranked[second])
        merged = {
            ranked[k].id: _with_copies(ranked[k], copies[k])
            for k in range(len(ranked))
            if k not in keeper
        }
        omissions = [_omission(ranked[s], ranked[f]) for s, f in sorted(keeper.items())]
        dropped = {id(ranked[k]) for k in keeper}
        return [merged[a.id] for a in articles if id(a) not in dropped], omissions

    def _candidates(self, shingles: list[frozenset[int]]) -> set[tuple[int, int]]:
        import numpy as np

        count = self.bands * self.rows
        state = np.random.default_rng(20_100)
        factor = state.integers(1, 1 << 31, count, dtype=np.uint64)
        offset = state.integers(0, 1 << 31, count, dtype=np.uint64)
        buckets: dict[bytes, int] = {}
        pairs: set[tuple[int, int]] = set()
        for number, own in enumerate(shingles):
            if not own:
                continue
            values = np.fromiter(own, dtype=np.uint64, count=len(own)) >> np.uint64(32)
            values.sort()
            least = ((values[:, None] * factor + offset) >> np.uint64(32)).min(axis=0)
            for band in range(self.bands):
                key = bytes([band]) + least[band * self.rows : (band + 1) * self.rows].tobytes()
                first = buckets.setdefault(key, number)
                if first != number:
                    pairs.add((first, number))
        return pairs


def _rank(article: Article) -> tuple[int, int, str, str, str]:
    """The best to keep first: the longest, then the earliest."""
    when = article.published.isoformat() if article.published else "~"
    return (article.teaser, -len(article.text), when, article.id, article.source)


def _shingles(article: Article, size: int) -> frozenset[int]:
    tokens = words(article.text)
    runs = (
        {" ".join(tokens[k : k + size]) for k in range(max(1, len(tokens) - size + 1))}
        if tokens
        else set()
    )
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    )


def _with_copies(article: Article, copies: list[Article]) -> Article:
    if not copies:
        return article
    found = list(article.copies)
    for copy in copies:
        found += [Copy(copy.source, copy.url, copy.title, copy.page), *copy.copies]
    return replace(article, copies=tuple(found))


def _omission(dropped: Article, kept: Article) -> Omission:
    what = " ".join((dropped.title or dropped.text).split())[:120]
    where = f" ({kept.source})" if kept.source else ""
    return Omission(what, "duplicate", dropped.page, f"a copy of “{kept.title}”{where}")

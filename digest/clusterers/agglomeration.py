"""Average-link agglomeration (Sokal & Michener 1958): chains do not drift."""

from typing import Any


def agglomerate(similarity: Any, bar: float) -> list[list[int]]:
    """Return groups of row numbers: the closest two groups merge while their mean similarity is >= `bar`."""
    import numpy as np

    n = len(similarity)
    groups: list[list[int] | None] = [[k] for k in range(n)]
    sums = np.array(similarity, dtype=np.float64)
    np.fill_diagonal(sums, -np.inf)
    best = sums.argmax(axis=1) if n else np.zeros(0, dtype=int)
    while n > 1:
        tops = sums[np.arange(n), best]
        first = int(tops.argmax())
        second = int(best[first])
        if tops[first] < bar:
            break
        a, b = groups[first] or [], groups[second] or []
        merged = (len(a) * sums[first] + len(b) * sums[second]) / (len(a) + len(b))
        merged[first] = -np.inf
        sums[first], sums[:, first] = merged, merged
        sums[second], sums[:, second] = -np.inf, -np.inf
        groups[first], groups[second] = a + b, None
        stale = np.flatnonzero((best == first) | (best == second))
        best[stale] = sums[stale].argmax(axis=1)
        best[first] = sums[first].argmax()
        better = sums[:, first] > sums[np.arange(n), best]
        best[better] = first
    return [sorted(group) for group in groups if group]

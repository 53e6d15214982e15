"""Stories by agglomeration under average link: chains do not drift.

Sub-cluster components (Monath et al., KDD 2021): the bar is lowered step by step; at each step a cluster
joins its nearest one if their mean similarity is over the bar. The result does not depend on the order
of the input, and the work grows with the number of neighbours, not of pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from digest.clusterers.dates import closeness_of_spans
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors

BARS = tuple(float(bar) for bar in np.round(np.geomspace(3.0, 0.08, 42), 4))
"""The bars, from strict to lax, in units of the density around two articles."""


@dataclass(frozen=True, slots=True)
class Level:
    """The clusters at one bar: the number of the cluster of each article."""

    bar: float
    cluster: Ints


@dataclass(frozen=True, slots=True)
class _Clusters:
    size: Floats
    terms: Rows
    latent: Floats
    days: Floats
    """The first and the last day of each cluster (n x 2); NaN where no article has one."""
    first: Ints
    second: Ints
    link: Floats


def levels(vectors: Vectors, near: Neighbours, bars: Sequence[float] = BARS) -> list[Level]:
    """Return the clusters at each bar, each level a coarsening of the one before."""
    scale = (1.0 / np.sqrt(near.density)).astype(np.float32)
    link = near.similarity * scale[near.first] * scale[near.second]
    state = _Clusters(
        np.ones(len(scale), dtype=np.float32),
        vectors.terms.scaled(scale),
        vectors.latent * scale[:, None],
        np.column_stack((vectors.days, vectors.days)),
        near.first,
        near.second,
        link,
    )
    cluster = np.arange(len(scale))
    found = []
    for bar in bars:
        for _ in range(4):
            parent = _components(state, bar)
            if parent is None:
                break
            cluster = parent[cluster]
            state = _merged(state, parent)
        found.append(Level(bar, cluster))
    return found


def _components(state: _Clusters, bar: float) -> Ints | None:
    """Join each cluster to its nearest one over the bar; return new numbers, or None for no change."""
    count = len(state.size)
    over = state.link >= bar
    first, second, link = state.first[over], state.second[over], state.link[over]
    if not len(first):
        return None
    ends = np.concatenate((first, second))
    others = np.concatenate((second, first))
    weight = np.concatenate((link, link))
    order = np.lexsort((others, -weight, ends))
    ends, others = ends[order], others[order]
    nearest = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]])
    parent = np.arange(count)
    parent[ends[nearest]] = others[nearest]
    return _roots(parent)


def _roots(parent: Ints) -> Ints:
    """Number the components of a graph in which each node points at one other."""
    label = np.arange(len(parent))
    while True:
        lower = np.minimum(label, label[parent])
        np.minimum.at(lower, parent, label)
        lower = lower[lower]
        if np.array_equal(lower, label):
            break
        label = lower
    return np.asarray(np.unique(label, return_inverse=True)[1].reshape(-1))


def _merged(state: _Clusters, parent: Ints) -> _Clusters:
    count = int(parent.max()) + 1
    size = np.bincount(parent, state.size, count).astype(np.float32)
    grown = np.bincount(parent, minlength=count) > 1
    terms = state.terms.grouped(parent, count)
    order = np.argsort(parent, kind="stable")
    first_of = np.flatnonzero(np.r_[True, np.diff(parent[order]) > 0])
    latent = np.add.reduceat(state.latent[order], first_of, axis=0)
    low = np.minimum(parent[state.first], parent[state.second])
    high = np.maximum(parent[state.first], parent[state.second])
    apart = low != high
    key, place = np.unique(low[apart] * count + high[apart], return_index=True)
    first, second = key // count, key % count
    link = state.link[apart][place]
    stale = grown[first] | grown[second]
    days = _spans(state.days, parent, count)
    link[stale] = _links(size, terms, latent, first[stale], second[stale])
    link[stale] *= closeness_of_spans(days[first[stale]], days[second[stale]])
    return _Clusters(size, terms, latent, days, first, second, link)


def _spans(days: Floats, parent: Ints, count: int) -> Floats:
    """Return the first and the last day of clusters that are put together."""
    found = np.full((count, 2), np.nan, dtype=np.float32)
    np.fmin.at(found[:, 0], parent, days[:, 0])
    np.fmax.at(found[:, 1], parent, days[:, 1])
    return found


def _links(size: Floats, terms: Rows, latent: Floats, first: Ints, second: Ints) -> Floats:
    """Return the mean similarity of the articles of each pair of clusters."""
    hidden = np.einsum("ij,ij->i", latent[first], latent[second])
    shared = np.zeros(len(first), dtype=np.float32)
    wide = np.diff(terms.starts)
    swap = wide[first] < wide[second]
    big, small = np.where(swap, second, first), np.where(swap, first, second)
    order = np.argsort(big, kind="stable")
    changes = np.flatnonzero(np.diff(big[order])) + 1
    bounds = [0, *changes.tolist(), len(big)]
    board = np.zeros(terms.width, dtype=np.float32)
    for low, high in pairwise(bounds if len(big) else []):
        one = big[order[low]]
        own = slice(terms.starts[one], terms.starts[one + 1])
        board[terms.columns[own]] = terms.values[own]
        places, counts = gathered(terms.starts, small[order[low:high]])
        total = np.r_[0.0, np.cumsum(board[terms.columns[places]] * terms.values[places])]
        ends = np.cumsum(counts)
        shared[order[low:high]] = total[ends] - total[ends - counts]
        board[terms.columns[own]] = 0.0
    mean = (shared + hidden) / (size[first] * size[second])
    return np.asarray(np.round(mean, 5), dtype=np.float32)

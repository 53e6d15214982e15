"""Stories by agglomeration under average link, and the bar at which they stand apart best.

Sub-cluster components (Monath et al., KDD 2021): the bar is lowered step by step; at each step a cluster
joins its nearest one if their mean similarity is over the bar. The result does not depend on the order
of the input, and the work grows with the number of neighbours, not of pairs.

The silhouette of an article (Rousseeuw 1987) compares its similarity to its own cluster with that to the
next one. Collections differ in how alike two reports of one event are (headlines or long articles, three
outlets or a hundred), so the bar is not a constant: it is where the silhouettes are best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from digest.clusterers import Each
from digest.clusterers.dates import closeness, closeness_of_spans
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Bools, Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors, sampled, trust

BARS = tuple(float(bar) for bar in np.round(np.geomspace(3.0, 0.08, 42), 4))
"""The bars, from strict to lax, in units of the density around two articles."""
_LENGTHS = (8.0, 18.0, 30.0)
"""The mean words of a headline, of a feed's item and of a paragraph, without stop words."""
_EXPECTED_BARS = (0.4, 0.55, 1.0)
"""The bars that are expected of them: reports in paragraphs are as alike as near neighbours are, two
headlines on one event may share little. Real days of feeds, with and without their texts, are best from .33
to .66 and from .5 to .66; other days from 8 to 30 words care little."""
_FIRMNESS = (0.05, 0.15, 0.22)
"""How firmly: the fall of the score with the square of the logarithm."""
_FIRMNESS_OF_ITEMS = 4.0
_ITEM_WORDS = 25.0
_DAY_ARTICLES = 600.0
"""The items of a day of feeds share so little, within an event and without, that the silhouette tells only
which stand alone: there the expectation rules, the more so the shorter and the fewer they are."""
_FIRMNESS_WHEN_SMALL = 5.0
_STRICTNESS_WHEN_SMALL = 0.7
_TRUSTED_ARTICLES = 12.0
"""A collection of this size is half trusted to show its own granularity; a smaller one keeps close to
the expectation, and to a stricter one: little speaks against any pair there."""
_SATURATION = 0.9
"""Similarity beyond this share of what a nearest neighbour has is no better: copies must not decide."""
_TWINS = 0.33
"""The similarity that two reports of one event are expected to have at least, where no report of the
collection may have another: nearest neighbours that are less alike are no measure."""
_ALONE = (1.0, 0.5)
"""What an article gains by standing alone, for each part of that similarity that its neighbours lack: in a
small collection and in a large one, where nearly all have others."""
_LARGE_ARTICLES = 1000.0
"""A collection of this size is half-way between the two."""
_SAMPLE = 1000
_BATCH = 50
_PAIRS = 20_000
"""Pairs over the bar for one call: the work of about a second."""
_SUMMED = 10_000
"""Clusters whose latent vectors are summed at a time, since what is summed is copied."""


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


def strength(near: Neighbours) -> Floats:
    """Return the similarity of each pair of neighbours in units of the density around both."""
    scale = (1.0 / np.sqrt(near.density)).astype(np.float32)
    return np.asarray(near.similarity * scale[near.first] * scale[near.second])


def levels(
    vectors: Vectors,
    near: Neighbours,
    bars: Sequence[float] = BARS,
    start: Ints | None = None,
) -> list[Level]:
    """Return the clusters at each bar, each level a coarsening of the one before.

    Articles that `start` gives one number are together from the beginning.
    """
    scale = (1.0 / np.sqrt(near.density)).astype(np.float32)
    link = strength(near)
    state = _Clusters(
        np.ones(len(scale), dtype=np.float32),
        vectors.terms.scaled(scale),
        vectors.latent * scale[:, None],
        np.column_stack((vectors.days, vectors.days)),
        near.first,
        near.second,
        link,
    )
    cluster = np.arange(len(scale)) if start is None else start
    state = state if start is None else _merged(state, start)
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


def by_components(
    vectors: Vectors,
    links: Neighbours,
    bars: Sequence[float],
    each: Each,
    start: Ints | None = None,
) -> Ints:
    """Return the clusters at the last bar, by their first rows; no component of `links` knows of another one.

    Rows that `start` gives one number, that of the first of them, are together from the beginning.
    """
    found = np.arange(vectors.terms.height)
    if start is not None:
        found[: len(start)] = start
    ends = (
        np.concatenate((links.first, np.arange(len(found)))),
        np.concatenate((links.second, found)),
    )
    component = components(len(found), *ends)
    # Bins of components in the order of their least rows, of so many pairs that each is worth a call.
    own = np.cumsum(np.bincount(component[links.first], minlength=len(found))) // _PAIRS
    pairs = np.argsort(own[component[links.first]], kind="stable")
    links = links.only(pairs)
    rows = np.flatnonzero(np.bincount(component[links.first], minlength=len(found))[component])
    rows = rows[np.argsort(own[component[rows]], kind="stable")]
    bins = list(
        zip(
            _cut(rows, own[component[rows]]),
            _cut(np.arange(len(pairs)), own[component[links.first]]),
            strict=True,
        )
    )
    shared = vectors, links, tuple(bars), found.copy()
    for (members, _), groups in zip(bins, each(_agglomerated, shared, bins), strict=True):
        _, least = np.unique(groups, return_index=True)
        found[members] = members[least][groups]
    return found


def _cut(items: Ints, numbers: Ints) -> list[Ints]:
    """Return the items of each number, which stand together."""
    return np.split(items, np.flatnonzero(np.diff(numbers)) + 1) if len(items) else []


def _agglomerated(
    shared: tuple[Vectors, Neighbours, tuple[float, ...], Ints], part: tuple[Ints, Ints]
) -> Ints:
    """Return the clusters of some components, by their rows and the places of their pairs."""
    vectors, links, bars, start = shared
    rows, pairs = part
    own = links.only(pairs)
    near = Neighbours(
        np.searchsorted(rows, own.first),
        np.searchsorted(rows, own.second),
        own.similarity,
        own.density[rows],
    )
    begun = None if np.array_equal(start[rows], rows) else numbered(start[rows])
    return levels(taken(vectors, rows), near, bars, begun)[-1].cluster


def components(count: int, first: Ints, second: Ints) -> Ints:
    """Return the least row that each row is connected with by pairs."""
    label = np.arange(count)
    while True:
        lower = label.copy()
        least = np.minimum(label[first], label[second])
        np.minimum.at(lower, first, least)
        np.minimum.at(lower, second, least)
        lower = lower[lower]
        if np.array_equal(lower, label):
            return label
        label = lower


def taken(space: Vectors, rows: Ints) -> Vectors:
    """Return the vectors of some rows, with the columns that these have."""
    terms = space.terms.taken(rows)
    used, columns = np.unique(terms.columns, return_inverse=True)
    compact: Any = columns.reshape(-1).astype(np.int32)
    return Vectors(
        Rows(terms.starts, compact, terms.values, len(used)),
        space.latent[rows],
        space.lengths[rows],
        space.days[rows],
        space.draws[rows],
    )


def numbered(groups: Ints) -> Ints:
    """Return groups numbered from 0."""
    return np.asarray(np.unique(groups, return_inverse=True)[1].reshape(-1))


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
    latent = _summed(state.latent, parent, count)
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


def _summed(latent: Floats, parent: Ints, count: int) -> Floats:
    """Return the sums of the rows of each group, some groups at a time."""
    order = np.argsort(parent, kind="stable")
    first_of = np.searchsorted(parent[order], np.arange(count + 1))
    found = np.empty((count, latent.shape[1]), dtype=latent.dtype)
    for low in range(0, count, _SUMMED):
        bounds = first_of[low : low + _SUMMED + 1]
        own = latent[order[bounds[0] : bounds[-1]]]
        found[low : low + _SUMMED] = np.add.reduceat(own, bounds[:-1] - bounds[0], axis=0)
    return found


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
        products = board[terms.columns[places]] * terms.values[places]
        owner = np.repeat(np.arange(high - low), counts)
        shared[order[low:high]] = np.bincount(owner, products, high - low)
        board[terms.columns[own]] = 0.0
    mean = (shared + hidden) / (size[first] * size[second])
    return np.asarray(np.round(mean, 5), dtype=np.float32)


def best_level(vectors: Vectors, near: Neighbours, found: Sequence[Level]) -> Level:
    """Return the level whose clusters stand apart best."""
    height = vectors.terms.height
    sample = sampled(vectors.draws, _SAMPLE)
    own = np.zeros((len(found), len(sample)), dtype=np.float32)
    next_best = np.zeros_like(own)
    alone = np.zeros(own.shape, dtype=bool)
    sizes = [np.bincount(level.cluster) for level in found]
    coarser = _coarser(found)
    back = vectors.terms.transposed()
    ceiling = _SATURATION * _nearest(near)
    for low in range(0, len(sample), _BATCH):
        batch = sample[low : low + _BATCH]
        alike = _alike(vectors, back, near, batch) / ceiling
        for place, number in enumerate(batch, low):
            row = np.minimum(alike[place - low], 1.0)
            for depth, level in enumerate(found):
                if depth and len(sizes[depth]) == len(sizes[depth - 1]):
                    for table in (own, next_best, alone):
                        table[depth, place] = table[depth - 1, place]
                    continue
                mine, size = level.cluster[number], sizes[depth]
                row = np.bincount(coarser[depth], row, len(size))
                alone[depth, place] = size[mine] == 1
                own[depth, place] = row[mine] / max(size[mine] - 1, 1)
                means = row / size
                means[mine] = 0.0
                next_best[depth, place] = means.max()
    gain = _ALONE[0] + (_ALONE[1] - _ALONE[0]) * trust(height, _LARGE_ARTICLES)
    score = _scores(own, next_best, alone, gain)
    trusted = trust(height, _TRUSTED_ARTICLES)
    expected = _expected([level.bar for level in found], height, vectors.length, trusted)
    return found[int(np.argmax(np.round((trusted * score + 0.1) * expected, 6)))]


def _expected(bars: Sequence[float], height: int, length: float, trusted: float) -> Floats:
    """Return how much each bar is expected of so many articles of so many words, up to 1."""
    firmness = np.interp(np.log(length + 1.0), np.log(_LENGTHS), _FIRMNESS)
    firmness += _FIRMNESS_WHEN_SMALL * (1.0 - trusted)
    items = np.exp(-((length / _ITEM_WORDS) ** 2)) * (1.0 - trust(height, _DAY_ARTICLES))
    firmness += _FIRMNESS_OF_ITEMS * items
    bar = np.exp(np.interp(np.log(length + 1.0), np.log(_LENGTHS), np.log(_EXPECTED_BARS)))
    bar *= 1.0 + _STRICTNESS_WHEN_SMALL * (1.0 - trusted)
    return np.asarray(np.exp(-firmness * np.log(np.array(bars) / bar) ** 2))


def _coarser(found: Sequence[Level]) -> list[Ints]:
    """Return for each level the new cluster of each cluster of the last one that differs."""
    steps = [found[0].cluster]
    before = found[0].cluster
    for level in found[1:]:
        step = np.zeros(int(before.max()) + 1, dtype=np.int64)
        step[before] = level.cluster
        steps.append(step)
        before = level.cluster
    return steps


def _nearest(near: Neighbours) -> float:
    """Return the mean similarity of articles to their nearest neighbour, in units of density; at least that
    of twins."""
    scaled = near.similarity / np.sqrt(near.density[near.first] * near.density[near.second])
    best = np.zeros(len(near.density), dtype=np.float32)
    np.maximum.at(best, near.first, scaled)
    np.maximum.at(best, near.second, scaled)
    return max(float(best.mean()), _TWINS / float(near.density.mean()))


def _alike(vectors: Vectors, back: Rows, near: Neighbours, batch: Ints) -> Floats:
    """Return the similarity of some articles to all, in units of the density around both."""
    terms = vectors.terms
    alike = np.maximum(vectors.latent[batch] @ vectors.latent.T, 0.0)
    for place, number in enumerate(batch):
        low, high = terms.starts[number], terms.starts[number + 1]
        entries, counts = gathered(back.starts, terms.columns[low:high])
        weights = np.repeat(terms.values[low:high], counts) * back.values[entries]
        alike[place] += np.bincount(back.columns[entries], weights, terms.height)
        alike[place, number] = 0.0
    alike *= closeness(vectors.days[None, :], vectors.days[batch, None])
    return np.asarray(alike / np.sqrt(near.density * near.density[batch, None]), dtype=np.float32)


def _scores(own: Floats, other: Floats, alone: Bools, gain: float) -> Floats:
    """Return the mean silhouette of each level, by distance (twice) and by the ratio of similarities.

    The first falls where clusters are torn apart, the second where they are thrown together. Rousseeuw gives
    an article that stands alone 0, and so any partner would be better than none; here it stands as well as
    with a twin, less what its nearest cluster is like it.
    """
    gap = np.where(alone, gain * np.maximum(1.0 - other, 0.0), own - other)
    own = np.where(alone, 1.0, own)
    distance = gap / np.maximum(1.0 - np.minimum(own, other), 1e-6)
    ratio = gap / np.maximum(np.maximum(own, other), 1e-6)
    means = np.maximum(distance.mean(axis=1), 0.0) ** 2 * np.maximum(ratio.mean(axis=1), 0.0)
    return np.asarray(np.cbrt(means))

"""How fine the stories of a collection are: the bar at which its clusters stand apart best.

The silhouette of an article (Rousseeuw 1987) compares its similarity to its own cluster with that to the
next one. Collections differ in how alike two reports of one event are (headlines or long articles, three
outlets or a hundred), so the bar is not a constant: it is where the silhouettes are best.
"""

from collections.abc import Sequence

import numpy as np

from digest.clusterers.agglomeration import Level
from digest.clusterers.dates import closeness
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Bools, Floats, Ints, Rows, gathered
from digest.clusterers.vectors import Vectors, trust

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


def best_level(vectors: Vectors, near: Neighbours, found: Sequence[Level]) -> Level:
    """Return the level whose clusters stand apart best."""
    height = vectors.terms.height
    sample = np.unique(np.linspace(0, height - 1, min(height, _SAMPLE)).astype(np.int64))
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

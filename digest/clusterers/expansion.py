"""Short texts lean on their nearest neighbours: a headline says too little on its own.

Document expansion (Tao, Wang, Mei & Zhai, "Language model information retrieval with document
expansion", NAACL 2006), here of the latent vectors alone: the terms stay what was written.
"""

import numpy as np

from digest.clusterers.neighbours import nearest
from digest.clusterers.sparse import Floats, Ints
from digest.clusterers.vectors import Vectors

_SHARE = 2.0
"""How much the neighbours of the shortest text weigh beside itself."""
_SHORT = 20.0
"""The words over which that falls off (as a bell curve): a paragraph stands on its own."""
_NEIGHBOURS = 8
_LEAST = 0.1


def expanded(vectors: Vectors) -> Vectors:
    """Return `vectors` with the latent vectors of short texts drawn towards their neighbours'."""
    share = (_SHARE * np.exp(-((vectors.lengths / _SHORT) ** 2))).astype(np.float32)
    short = np.flatnonzero(share > _LEAST)
    if vectors.latent.shape[1] < 2 or not len(short):
        return vectors
    drawn = vectors.latent + share[:, None] * _middle(vectors, short)
    length = np.sqrt((vectors.latent**2).sum(axis=1) / np.maximum((drawn**2).sum(axis=1), 1e-12))
    latent = np.asarray(drawn * length[:, None], dtype=np.float32)
    return Vectors(vectors.terms, latent, vectors.lengths, vectors.days)


def _middle(vectors: Vectors, numbers: Ints) -> Floats:
    """Return the weighted mean of the latent vectors of the nearest neighbours of some articles."""
    ends, others, weight = nearest(vectors, numbers, _NEIGHBOURS)
    rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
    total = np.bincount(ends, weight, vectors.terms.height)
    middle = np.zeros_like(vectors.latent)
    for place in range(_NEIGHBOURS):
        own = rank == place
        middle[ends[own]] += vectors.latent[others[own]] * weight[own, None]
    return np.asarray(middle / np.maximum(total, 1e-6)[:, None], dtype=np.float32)

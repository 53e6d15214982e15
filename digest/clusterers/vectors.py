"""Articles as vectors: rare terms weigh more, names and headline words a little more again.

The weight of a term is the logarithm of how few articles hold it, where the collection's own counts are
blended with what the background frequency of the word leads to expect. So three articles are weighed as
sensibly as three thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.clusterers.mentions import Mentions
from digest.clusterers.sparse import Floats, Rows, from_entries
from digest.text.terms import stems

NAME_BOOST = 1.2
TITLE_BOOST = 1.2
BACKGROUND_ARTICLES = 50.0
"""How many articles the background counts for in the weight of a term."""
_LATENT_SAMPLE = 20_000
"""Rows from which the latent directions are learned; the others are projected onto them."""
_LATENT_DIRECTIONS = 100


@dataclass(frozen=True, slots=True)
class Vectors:
    """The term vectors of articles (n x vocabulary), and their latent vectors (n x k); rows of length 1."""

    terms: Rows
    latent: Floats
    vocabulary: tuple[str, ...]


def vectors(mentions: Sequence[Mentions]) -> Vectors:
    """Return the vectors of articles that have been read."""
    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for number, mention in enumerate(mentions):
        boosted = set(stems(sorted(mention.names), mention.language))
        for term, count in mention.terms.items():
            rows.append(number)
            columns.append(index.setdefault(term, len(index)))
            boost = NAME_BOOST if term in boosted else 1.0
            boost *= TITLE_BOOST if term in mention.title_terms else 1.0
            values.append(boost * (1.0 + float(np.log(count))))
    table = from_entries(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(values, dtype=np.float32),
        len(mentions),
        len(index),
    )
    found = np.bincount(table.columns, minlength=len(index))
    expected = _expected_shares(mentions, index)
    share = (found + BACKGROUND_ARTICLES * expected) / (len(mentions) + BACKGROUND_ARTICLES)
    weight = (1.0 - np.log(np.minimum(share, 1.0))).astype(np.float32)
    weighed = Rows(table.starts, table.columns, table.values * weight[table.columns], table.width)
    normal = weighed.normalised()
    return Vectors(normal, _latent(normal), tuple(index))


def _expected_shares(mentions: Sequence[Mentions], index: dict[str, int]) -> Floats:
    """Return the share of articles that the background leads us to expect each term in."""
    frequency = np.zeros(len(index), dtype=np.float32)
    for mention in mentions:
        for term, zipf in mention.zipfs.items():
            place = index[term]
            frequency[place] = max(frequency[place], zipf)
    length = sum(mention.length for mention in mentions) / max(1, len(mentions))
    chance = 10.0 ** (np.maximum(frequency, 2.0) - 9.0)
    return np.asarray(1.0 - (1.0 - chance) ** max(length, 1.0), dtype=np.float32)


def _latent(rows: Rows) -> Floats:
    """Latent semantic analysis (Deerwester et al. 1990) by a randomised range finder (Halko et al. 2011).

    Words that keep company bring headlines together that share none.
    """
    size = min(_LATENT_DIRECTIONS, rows.height // 3)
    if size < 2:
        return np.zeros((rows.height, 1), dtype=np.float32)
    step = -(-rows.height // _LATENT_SAMPLE)
    sample = rows if step == 1 else _every(rows, step)
    back = sample.transposed()
    start = np.random.default_rng(20_090_909).standard_normal((rows.width, size + 10))
    basis = np.linalg.qr(sample.times(start.astype(np.float32)))[0]
    for _ in range(3):
        basis = np.linalg.qr(back.times(basis))[0]
        basis = np.linalg.qr(sample.times(basis))[0]
    small = back.times(basis)
    _, spectrum, turn = np.linalg.svd(small.T @ small)
    directions = small @ turn.T[:, :size] / np.sqrt(np.maximum(spectrum[:size], 1e-9))
    projected = rows.times(directions.astype(np.float32))
    length = np.sqrt((projected**2).sum(axis=1, keepdims=True))
    return np.asarray(projected / np.maximum(length, 1e-6), dtype=np.float32)


def _every(rows: Rows, step: int) -> Rows:
    """Return every `step`th row."""
    number = rows.row_numbers()
    keep = number % step == 0
    height = -(-rows.height // step)
    return from_entries(
        number[keep] // step, rows.columns[keep], rows.values[keep], height, rows.width
    )

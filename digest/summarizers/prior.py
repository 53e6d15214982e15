"""The learned prior: how much of what editors would say a sentence holds, by its features.

Two small sets of boosted regression trees (Friedman, Annals of Statistics 29(5), 2001), one that knows the
position of a sentence and one taught on the same articles in shuffled order, and a logistic regression
that says from the text how far its order can be trusted. `benchmarks/summaries/train.py` makes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.features import NAMES, TRUST_NAMES
from digest.summarizers.layout import Layout
from digest.summarizers.trees import Matrix, Trees, read_trees

Vector = NDArray[np.float64]

_FILE = Path(__file__).with_name("prior.json")


@dataclass(frozen=True, slots=True)
class Prior:
    """The trees that know the position, those that do not, and the trust that chooses between them."""

    trees: Trees
    """Those that know the position, then those that do not."""
    ordered: int
    """How many know it."""
    centre: Vector
    scale: Vector
    weight: Vector
    bias: float

    def trust(self, traits: Matrix) -> Vector:
        """From 0 to 1 for each article (row): how likely the text puts first what matters most."""
        # Sums are taken column by column: the same to the last bit, however many articles there are.
        odds = np.full(len(traits), self.bias)
        for k, weight in enumerate(self.weight):
            odds += weight * ((traits[:, k] - self.centre[k]) / self.scale[k])
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def __call__(self, matrix: Matrix, trust: Vector, lay: Layout) -> Vector:
        """The prior of each sentence, with mean 0 and deviation 1 over its article."""
        sums = self.trees.sums(matrix, self.ordered)
        share = trust.take(lay.article)
        return share * lay.standard(sums[0]) + (1 - share) * lay.standard(sums[1])

    def contributions(self, matrix: Matrix, trust: float) -> Matrix:
        """The parts of the prior by feature, in the same unit, for the sentences of one article."""
        parts = np.zeros_like(matrix)
        leaves = self.trees.leaves(matrix)
        count = len(leaves)
        for share, begin, end in ((trust, 0, self.ordered), (1 - trust, self.ordered, count)):
            moved = self.trees.contributions(matrix, begin, end)
            deviation = float(leaves[begin:end].sum(axis=0).std()) + 1e-6
            parts += share * (moved - moved.mean(axis=1, keepdims=True)) / deviation
        return parts


@cache
def prior() -> Prior:
    """Load the weights that come with the package."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES or tuple(data["trust"]["features"]) != TRUST_NAMES:
        raise RuntimeError("prior.json was trained on other features: run benchmarks/summaries")
    trust = data["trust"]
    ordered, unordered = data["ordered"], data["unordered"]
    return Prior(
        trees=read_trees({key: [*ordered[key], *unordered[key]] for key in ordered}, len(NAMES)),
        ordered=len(ordered["value"]),
        centre=np.array(trust["centre"]),
        scale=np.array(trust["scale"]),
        weight=np.array(trust["weight"]),
        bias=float(trust["bias"]),
    )

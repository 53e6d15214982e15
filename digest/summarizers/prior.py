"""The learned prior: how much of what editors would say a sentence holds, by its features.

Two small sets of boosted regression trees (Friedman, Annals of Statistics 29(5), 2001), one that knows the
position of a sentence and one taught on the same articles in shuffled order, and a logistic regression
that says from the text how far its order can be trusted. `benchmarks/summaries/train.py` makes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.summarizers.features import NAMES, TRUST_NAMES
from digest.summarizers.layout import Layout

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Answers = NDArray[np.bool_]

_BLOCK = 512
_FILE = Path(__file__).with_name("prior.json")


@dataclass(frozen=True, slots=True)
class Trees:
    """Complete binary trees of depth three: 7 questions and 15 values (of all nodes) each."""

    feature: NDArray[np.int64]
    """Which feature each inner node asks for, level by level: (7, trees)."""
    value: Matrix
    """The value of each node, level by level, the last 8 the leaves: (trees, 15)."""
    asked: tuple[tuple[int, int, Matrix], ...]
    """The questions feature by feature, the first and the one after the last, and their thresholds, a column:
    the answer is right where the feature is greater."""
    order: NDArray[np.int64]
    """Where each node's question stands among those: (7, trees)."""

    def leaves(self, matrix: Matrix) -> Matrix:
        """The leaf of each tree (row) that each sentence (column) falls into."""
        one, two, three = self.answers(matrix)
        leaf = (one * np.uint8(4) + two * np.uint8(2) + three).astype(np.intp)
        leaf += (7 + 15 * np.arange(len(self.value)))[:, None]
        return self.value.ravel().take(leaf)

    def answers(self, matrix: Matrix) -> tuple[Answers, Answers, Answers]:
        """Whether each sentence goes right at each of the three nodes on its way down each tree."""
        # Boolean algebra is done in place of `where`, which is several times slower on single bytes.
        said = np.empty((self.feature.size, matrix.shape[1]), dtype=np.bool_)
        for feature, (begin, end, thresholds) in enumerate(self.asked):
            np.greater(matrix[feature], thresholds, out=said[begin:end])
        right = said.take(self.order, axis=0)
        one = right[0]
        two = _either(one, right[2], right[1])
        three = _either(one, _either(two, right[6], right[5]), _either(two, right[4], right[3]))
        return one, two, three

    def contributions(self, matrix: Matrix, begin: int, end: int) -> Matrix:
        """How much each feature (row) moved each sentence's sum of some trees away from their means."""
        total = np.zeros_like(matrix)
        trees = np.arange(begin, end)[:, None]
        node = np.zeros((len(trees), matrix.shape[1]), dtype=np.int64)
        one, two, three = (answer[begin:end].astype(np.int64) for answer in self.answers(matrix))
        sentence = np.broadcast_to(np.arange(matrix.shape[1]), node.shape)
        for reached in (1 + one, 3 + 2 * one + two, 7 + 4 * one + 2 * two + three):
            moved = self.value[trees, reached] - self.value[trees, node]
            np.add.at(total, (self.feature[node, trees], sentence), moved)
            node = reached
        return total


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
        sums = np.empty((2, matrix.shape[1]))
        # In blocks that fit the cache: a sentence takes several kilobytes.
        for at in range(0, matrix.shape[1], _BLOCK):
            leaves = self.trees.leaves(matrix[:, at : at + _BLOCK])
            sums[0, at : at + _BLOCK] = leaves[: self.ordered].sum(axis=0)
            sums[1, at : at + _BLOCK] = leaves[self.ordered :].sum(axis=0)
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


def _either(condition: Answers, yes: Answers, no: Answers) -> Answers:
    """`yes` where the condition holds, `no` elsewhere."""
    return np.asarray(no ^ (condition & (yes ^ no)))


@cache
def prior() -> Prior:
    """Load the weights that come with the package."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES or tuple(data["trust"]["features"]) != TRUST_NAMES:
        raise RuntimeError("prior.json was trained on other features: run benchmarks/summaries")
    trust = data["trust"]
    ordered, unordered = data["ordered"], data["unordered"]
    return Prior(
        trees=_trees({key: [*ordered[key], *unordered[key]] for key in ordered}),
        ordered=len(ordered["value"]),
        centre=np.array(trust["centre"]),
        scale=np.array(trust["scale"]),
        weight=np.array(trust["weight"]),
        bias=float(trust["bias"]),
    )


def _trees(data: dict[str, list[list[float]]]) -> Trees:
    feature = np.array(data["feature"], dtype=np.int64).T
    threshold = np.array(data["threshold"], dtype=np.float64).T
    by_feature = np.argsort(feature, axis=None, kind="stable")
    ends = np.bincount(feature.ravel(), minlength=len(NAMES)).cumsum()
    sorted_thresholds = threshold.ravel()[by_feature][:, None]
    order = np.empty(feature.size, dtype=np.int64)
    order[by_feature] = np.arange(feature.size)
    return Trees(
        feature=feature,
        value=np.array(data["value"], dtype=np.float64),
        asked=tuple(
            (begin, end, sorted_thresholds[begin:end])
            for begin, end in pairwise([0, *ends.tolist()])
        ),
        order=order.reshape(feature.shape),
    )

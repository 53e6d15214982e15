"""Boosted regression trees (Friedman, Annals of Statistics 29(5), 2001) as data, and what they say, in arrays.

`benchmarks/summaries` trains them; nothing of that is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Answers = NDArray[np.bool_]

_BLOCK = 512
"""How many columns are worked on at a time, so that they fit the cache: each takes several kilobytes."""


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

    def sums(self, matrix: Matrix, *cuts: int) -> Matrix:
        """Add up the leaves that each column falls into: a row for the trees up to each cut and the rest."""
        edges = (0, *cuts, len(self.value))
        found = np.empty((len(edges) - 1, matrix.shape[1]))
        for at in range(0, matrix.shape[1], _BLOCK):
            leaves = self.leaves(matrix[:, at : at + _BLOCK])
            for row, (begin, end) in enumerate(pairwise(edges)):
                found[row, at : at + _BLOCK] = leaves[begin:end].sum(axis=0)
        return found

    def leaves(self, matrix: Matrix) -> Matrix:
        """The leaf of each tree (row) that each column of features falls into."""
        one, two, three = self.answers(matrix)
        leaf = (one * np.uint8(4) + two * np.uint8(2) + three).astype(np.intp)
        leaf += (7 + 15 * np.arange(len(self.value)))[:, None]
        return self.value.ravel().take(leaf)

    def answers(self, matrix: Matrix) -> tuple[Answers, Answers, Answers]:
        """Whether each column goes right at each of the three nodes on its way down each tree."""
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
        """How much each feature (row) moved each column's sum of some trees away from their means."""
        total = np.zeros_like(matrix)
        trees = np.arange(begin, end)[:, None]
        node = np.zeros((len(trees), matrix.shape[1]), dtype=np.int64)
        one, two, three = (answer[begin:end].astype(np.int64) for answer in self.answers(matrix))
        column = np.broadcast_to(np.arange(matrix.shape[1]), node.shape)
        for reached in (1 + one, 3 + 2 * one + two, 7 + 4 * one + 2 * two + three):
            moved = self.value[trees, reached] - self.value[trees, node]
            np.add.at(total, (self.feature[node, trees], column), moved)
            node = reached
        return total


def _either(condition: Answers, yes: Answers, no: Answers) -> Answers:
    """`yes` where the condition holds, `no` elsewhere."""
    return np.asarray(no ^ (condition & (yes ^ no)))


def read_trees(data: Mapping[str, Sequence[Sequence[float]]], features: int) -> Trees:
    """Read trees from a file's lists: for each tree 7 features, 7 thresholds and 15 values."""
    feature = np.array(data["feature"], dtype=np.int64).T
    threshold = np.array(data["threshold"], dtype=np.float64).T
    by_feature = np.argsort(feature, axis=None, kind="stable")
    ends = np.bincount(feature.ravel(), minlength=features).cumsum()
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

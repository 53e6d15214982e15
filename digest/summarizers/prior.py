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

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Answers = NDArray[np.bool_]

_BLOCK = 2048
_FILE = Path(__file__).with_name("prior.json")


@dataclass(frozen=True, slots=True)
class Trees:
    """Complete binary trees of depth three: 7 questions and 15 values (of all nodes) each."""

    feature: NDArray[np.int64]
    """Which feature each inner node asks for, level by level: (trees, 7)."""
    threshold: Matrix
    """The answer is right where the feature is greater: (trees, 7)."""
    value: Matrix
    """The value of each node, level by level, the last 8 the leaves: (trees, 15)."""

    def __call__(self, matrix: Matrix) -> Vector:
        """The sum of all trees' leaves, for each row."""
        return np.asarray(self.leaves(matrix).sum(axis=1))

    def leaves(self, matrix: Matrix) -> Matrix:
        """The leaf of each tree (column) that each row falls into."""
        one, two, three = self.answers(matrix)
        leaf = (one * np.uint8(4) + two * np.uint8(2) + three).astype(np.intp)
        leaf += 7 + 15 * np.arange(len(self.value))
        return self.value.ravel().take(leaf)

    def answers(self, matrix: Matrix) -> tuple[Answers, Answers, Answers]:
        """Whether each row goes right at each of the three nodes on its way down each tree."""
        # Boolean algebra is done in place of `where`, which is several times slower on single bytes.
        asked = matrix.T.take(self.feature.T, axis=0) > self.threshold.T[:, :, None]
        one = asked[0]
        two = _either(one, asked[2], asked[1])
        three = _either(one, _either(two, asked[6], asked[5]), _either(two, asked[4], asked[3]))
        return one.T, two.T, three.T

    def contributions(self, matrix: Matrix) -> Matrix:
        """How much each feature (column) moved each row's sum away from the trees' means."""
        total = np.zeros((len(matrix), len(NAMES)))
        trees = np.arange(len(self.value))
        node = np.zeros((len(matrix), len(trees)), dtype=np.int64)
        one, two, three = (answer.astype(np.int64) for answer in self.answers(matrix))
        for reached in (1 + one, 3 + 2 * one + two, 7 + 4 * one + 2 * two + three):
            moved = self.value[trees, reached] - self.value[trees, node]
            asked = self.feature[trees, node]
            for i in range(len(matrix)):
                np.add.at(total[i], asked[i], moved[i])
            node = reached
        return total


@dataclass(frozen=True, slots=True)
class Prior:
    """The trees that know the position, those that do not, and the trust that chooses between them."""

    ordered: Trees
    unordered: Trees
    both: Trees
    """The trees of `ordered` and then of `unordered`, to be asked together."""
    centre: Vector
    scale: Vector
    weight: Vector
    bias: float

    def trust(self, traits: Vector) -> float:
        """From 0 to 1: how likely the text puts first what matters most."""
        return float(
            1.0 / (1.0 + np.exp(-((traits - self.centre) / self.scale @ self.weight + self.bias)))
        )

    def __call__(self, matrix: Matrix, traits: Vector) -> Vector:
        """The prior of each sentence, with mean 0 and deviation 1 over the article."""
        trust = self.trust(traits)
        count = len(self.ordered.value)
        sums = np.empty((2, len(matrix)))
        # In blocks, for a long text would take a kilobyte a sentence.
        for at in range(0, len(matrix), _BLOCK):
            leaves = self.both.leaves(matrix[at : at + _BLOCK])
            sums[0, at : at + _BLOCK] = leaves[:, :count].sum(axis=1)
            sums[1, at : at + _BLOCK] = leaves[:, count:].sum(axis=1)
        return trust * standard(sums[0]) + (1 - trust) * standard(sums[1])

    def contributions(self, matrix: Matrix, traits: Vector) -> Matrix:
        """The parts of the prior by feature, in the same unit."""
        trust = self.trust(traits)
        parts = np.zeros((len(matrix), len(NAMES)))
        for share, trees in ((trust, self.ordered), (1 - trust, self.unordered)):
            moved = trees.contributions(matrix)
            parts += share * (moved - moved.mean(axis=0)) / (float(trees(matrix).std()) + 1e-6)
        return parts


def _either(condition: Answers, yes: Answers, no: Answers) -> Answers:
    """`yes` where the condition holds, `no` elsewhere."""
    return np.asarray(no ^ (condition & (yes ^ no)))


def standard(scores: Vector) -> Vector:
    """The scores with mean 0 and deviation 1; zeros where all are alike."""
    deviation = float(scores.std())
    return (scores - scores.mean()) / deviation if deviation > 1e-9 else np.zeros(len(scores))


@cache
def prior() -> Prior:
    """Load the weights that come with the package."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES or tuple(data["trust"]["features"]) != TRUST_NAMES:
        raise RuntimeError("prior.json was trained on other features: run benchmarks/summaries")
    trust = data["trust"]
    ordered, unordered = data["ordered"], data["unordered"]
    return Prior(
        ordered=_trees(ordered),
        unordered=_trees(unordered),
        both=_trees({key: [*ordered[key], *unordered[key]] for key in ordered}),
        centre=np.array(trust["centre"]),
        scale=np.array(trust["scale"]),
        weight=np.array(trust["weight"]),
        bias=float(trust["bias"]),
    )


def _trees(data: dict[str, list[list[float]]]) -> Trees:
    return Trees(
        feature=np.array(data["feature"], dtype=np.int64),
        threshold=np.array(data["threshold"], dtype=np.float64),
        value=np.array(data["value"], dtype=np.float64),
    )

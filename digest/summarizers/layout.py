"""Where the sentences of several articles stand in common arrays, and sums over each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Articles of one sentence or more each, one behind the other."""

    sizes: Integers
    """The number of sentences of each article."""
    begins: Integers
    """The number of each article's first sentence."""
    article: Integers
    """The article of each sentence."""
    place: Integers
    """The number of each sentence in its article."""

    def totals(self, values: Vector) -> Vector:
        """The sum over each article's sentences; the same to the last bit whatever stands around them."""
        return np.asarray(np.bincount(self.article, values, len(self.sizes)), dtype=np.float64)

    def centred(self, values: Vector) -> Vector:
        """The values less their mean in their article."""
        mean: Vector = self.totals(values) / self.sizes
        return values - mean.take(self.article)

    def standard(self, values: Vector) -> Vector:
        """The values with mean 0 and deviation 1 in each article; zeros where all are alike."""
        away = self.centred(values)
        deviation = np.sqrt(self.totals(away * away) / self.sizes)
        alike = deviation <= 1e-9
        return np.where(alike, 0.0, 1.0 / np.where(alike, 1.0, deviation)).take(self.article) * away

    def correlation(self, a: Vector, b: Vector) -> Vector:
        """The correlation of two values over each article's sentences; 0 where one of them is constant."""
        a, b = self.centred(a), self.centred(b)
        scale = np.sqrt(self.totals(a * a) * self.totals(b * b))
        flat = scale <= 1e-9
        return np.where(flat, 0.0, self.totals(a * b) / np.where(flat, 1.0, scale))


def layout(sizes: Sequence[int]) -> Layout:
    """Lay out articles of so many sentences each."""
    counts = np.array(sizes, dtype=np.int64)
    begins = counts.cumsum() - counts
    article = np.arange(len(counts)).repeat(counts)
    return Layout(counts, begins, article, np.arange(len(article)) - begins.take(article))

"""Sparse rows in NumPy, so that no program needs SciPy (and its start-up time) for a few products."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_CHUNK = 1 << 18
"""Entries that are multiplied at a time: bounds the memory of a product."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows: row i holds `values[starts[i]:starts[i + 1]]` in those columns."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.starts) - 1

    def row_numbers(self) -> Ints:
        """Return the row of each entry."""
        return np.repeat(np.arange(self.height), np.diff(self.starts))

    def scaled(self, factors: Floats) -> "Rows":
        """Return the matrix with each row multiplied by its factor."""
        return Rows(
            self.starts, self.columns, self.values * factors[self.row_numbers()], self.width
        )

    def normalised(self) -> "Rows":
        """Return the matrix with rows of length 1; empty rows stay empty."""
        squares = np.bincount(self.row_numbers(), self.values**2, self.height)
        return self.scaled((1.0 / np.sqrt(np.maximum(squares, 1e-12))).astype(np.float32))

    def transposed(self) -> "Rows":
        """Return the matrix by columns."""
        return from_entries(self.columns, self.row_numbers(), self.values, self.width, self.height)

    def grouped(self, groups: Ints, count: int) -> "Rows":
        """Return the sums of the rows of each group."""
        return from_entries(
            groups[self.row_numbers()], self.columns, self.values, count, self.width, add=True
        )

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Yield (first, last) row numbers of pieces of bounded size."""
        first = 0
        while first < self.height:
            room = self.starts[first] + _CHUNK
            last = max(first + 1, int(np.searchsorted(self.starts, room, "right")) - 1)
            yield first, last
            first = last

    def times(self, dense: Floats) -> Floats:
        """Return the product with a dense matrix of `width` rows."""
        result = np.zeros((self.height, dense.shape[1]), dtype=np.float32)
        for first, last in self.chunks():
            low, high = self.starts[first], self.starts[last]
            if low == high:
                continue
            products = dense[self.columns[low:high]] * self.values[low:high, None]
            filled = np.flatnonzero(np.diff(self.starts[first : last + 1])) + first
            result[filled] = np.add.reduceat(products, self.starts[filled] - low, axis=0)
        return result


def from_entries(
    rows: Ints, columns: Ints, values: Floats, height: int, width: int, *, add: bool = False
) -> Rows:
    """Build a matrix from its entries in any order; with `add`, entries of one cell are summed."""
    key = rows * np.int64(max(width, 1)) + columns
    order = np.argsort(key, kind="stable")
    key, values = key[order], values[order]
    if add and len(key):
        first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        key, values = key[first], np.add.reduceat(values, first)
    rows, columns = np.divmod(key, np.int64(max(width, 1)))
    starts = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=height), out=starts[1:])
    return Rows(starts, columns, values.astype(np.float32), width)


def gathered(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return the positions of all entries of `rows`, and how many each has."""
    counts = starts[rows + 1] - starts[rows]
    ends = np.cumsum(counts)
    offset = np.repeat(starts[rows] - (ends - counts), counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + offset, counts

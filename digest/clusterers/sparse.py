"""Sparse rows in NumPy, so that no program needs SciPy (and its start-up time) for a few products."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_CHUNK = 1 << 14
"""Entries that are multiplied at a time: bounds the memory of a product, and keeps it in the cache."""
_DENSE_SHARE = 0.03
"""A column filled to this share is multiplied faster as a dense one."""
_MOST_DENSE = 600
_BLOCK = 4096
"""Rows whose dense columns are laid out at a time."""


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

    def weighted(self, weights: Floats) -> "Rows":
        """Return the matrix with each column multiplied by its weight."""
        return Rows(self.starts, self.columns, self.values * weights[self.columns], self.width)

    def normalised(self) -> "Rows":
        """Return the matrix with rows of length 1; empty rows stay empty."""
        squares = np.bincount(self.row_numbers(), self.values**2, self.height)
        return self.scaled((1.0 / np.sqrt(np.maximum(squares, 1e-12))).astype(np.float32))

    def transposed(self) -> "Rows":
        """Return the matrix by columns."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.zeros(self.width + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.columns, minlength=self.width), out=starts[1:])
        return Rows(starts, self.row_numbers()[order], self.values[order], self.height)

    def sorted(self) -> "Rows":
        """Return the matrix with the entries of each row by column."""
        order = np.lexsort((self.columns, self.row_numbers()))
        return Rows(self.starts, self.columns[order], self.values[order], self.width)

    def part(self, first: int, last: int) -> "Rows":
        """Return the rows from `first` up to `last`, which share the memory of this matrix."""
        low, high = self.starts[first], self.starts[last]
        starts = self.starts[first : last + 1] - low
        return Rows(starts, self.columns[low:high], self.values[low:high], self.width)

    def taken(self, numbers: Ints) -> "Rows":
        """Return some rows, in the order of `numbers`."""
        places, counts = gathered(self.starts, numbers)
        starts = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum(counts, out=starts[1:])
        return Rows(starts, self.columns[places], self.values[places], self.width)

    def renamed(self, columns: npt.NDArray[np.integer[Any]], width: int) -> "Rows":
        """Return the matrix with each column moved to the place that `columns` has for it."""
        moved: Any = columns[self.columns]
        return Rows(self.starts, moved, self.values, width)

    def only(self, kept: Bools) -> "Rows":
        """Return the matrix without the entries that are not `kept`."""
        held = np.zeros(len(kept) + 1, dtype=np.int64)
        np.cumsum(kept, out=held[1:])
        return Rows(held[self.starts], self.columns[kept], self.values[kept], self.width)

    def grouped(self, groups: Ints, count: int) -> "Rows":
        """Return the sums of the rows of each group."""
        return from_entries(
            groups[self.row_numbers()], self.columns, self.values, count, self.width, add=True
        )

    def dot(self, one: int, other: int) -> float:
        """Return the product of two rows."""
        board = np.zeros(self.width, dtype=np.float32)
        ours = slice(self.starts[one], self.starts[one + 1])
        theirs = slice(self.starts[other], self.starts[other + 1])
        board[self.columns[ours]] = self.values[ours]
        return float(board[self.columns[theirs]] @ self.values[theirs])

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
            products = dense[self.columns[low:high]]
            products *= self.values[low:high, None]
            filled = np.flatnonzero(np.diff(self.starts[first : last + 1])) + first
            result[filled] = np.add.reduceat(products, self.starts[filled] - low, axis=0)
        return result


@dataclass(frozen=True, slots=True)
class Halves:
    """A matrix for many products with dense ones: its fullest columns dense, the others sparse."""

    full: Ints
    dense: Floats
    rest: Rows
    back: Rows
    """The rest by columns."""

    def times(self, right: Floats) -> Floats:
        """Return the product with a dense matrix."""
        return self.rest.times(right) + self.dense @ right[self.full]

    def transposed_times(self, right: Floats) -> Floats:
        """Return the product of the transposed matrix with a dense one."""
        found = self.back.times(right)
        found[self.full] = self.dense.T @ right
        return found


def halves(rows: Rows) -> Halves:
    """Part the fullest columns of a matrix from the others."""
    full = _fullest(rows)
    dense, rest = _parted(rows, full)
    return Halves(full, dense, rest, rest.transposed())


def product(rows: Rows, right: Floats) -> Floats:
    """Return the product of a large sparse matrix with a dense one, some rows at a time."""
    full = _fullest(rows)
    found = np.empty((rows.height, right.shape[1]), dtype=np.float32)
    for first in range(0, rows.height, _BLOCK):
        last = min(first + _BLOCK, rows.height)
        dense, rest = _parted(rows.part(first, last), full)
        found[first:last] = rest.times(right)
        found[first:last] += dense @ right[full]
    return found


def _fullest(rows: Rows) -> Ints:
    """Return the columns that are fullest, if they are full enough."""
    count = np.bincount(rows.columns, minlength=rows.width)
    first = np.argsort(-count, kind="stable")[:_MOST_DENSE]
    return np.asarray(np.sort(first[count[first] > _DENSE_SHARE * rows.height]))


def _parted(rows: Rows, full: Ints) -> tuple[Floats, Rows]:
    """Return the `full` columns as a dense matrix, and the rows without them."""
    place = np.full(rows.width, -1, dtype=np.int64)
    place[full] = np.arange(len(full))
    own = place[rows.columns]
    dense = np.zeros((rows.height, len(full)), dtype=np.float32)
    held = own >= 0
    dense[rows.row_numbers()[held], own[held]] = rows.values[held]
    return dense, rows.only(~held)


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


def beside(left: Rows, right: Rows) -> Rows:
    """Put two matrices of one height side by side."""
    return from_entries(
        np.concatenate((left.row_numbers(), right.row_numbers())),
        np.concatenate((left.columns, right.columns + left.width)),
        np.concatenate((left.values, right.values)),
        left.height,
        left.width + right.width,
    )


def stacked(parts: Sequence[Rows]) -> Rows:
    """Put matrices of one width one below the other."""
    counts = np.concatenate([np.diff(part.starts) for part in parts])
    return Rows(
        np.concatenate(([0], np.cumsum(counts))),
        np.concatenate([part.columns for part in parts]),
        np.concatenate([part.values for part in parts]),
        parts[0].width,
    )


def gathered(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return the positions of all entries of `rows`, and how many each has."""
    counts = starts[rows + 1] - starts[rows]
    ends = np.cumsum(counts)
    offset = np.repeat(starts[rows] - (ends - counts), counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + offset, counts

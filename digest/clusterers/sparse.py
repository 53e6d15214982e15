"""Arrays: sparse rows in NumPy, so that no program needs SciPy (and its start-up time), and files of arrays.

A file is a line of JSON (what it is, a checksum, the shapes), and the bytes of the arrays; nothing is run.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digest.durability import write_file
from digest.errors import ConfigError
from digest.incoming import parse_json, read_regular

Ints = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_CHUNK = 1 << 14
"""Entries that are multiplied at a time: bounds the memory of a product, and keeps it in the cache."""
_DENSE_SHARE = 0.03
"""A column filled to this share is multiplied faster as a dense one."""
_MOST_DENSE = 600
_BLOCK = 4096
"""Rows whose dense columns are laid out at a time."""
_SORTED = 1 << 22
"""Entries that are sorted at a time: the keys of an entry take five times its own memory."""


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
        return np.repeat(np.arange(self.height, dtype=np.int32), np.diff(self.starts))

    def scaled(self, factors: Floats) -> "Rows":
        """Return the matrix with each row multiplied by its factor."""
        each = np.repeat(factors, np.diff(self.starts))
        return Rows(self.starts, self.columns, self.values * each, self.width)

    def weighted(self, weights: Floats) -> "Rows":
        """Return the matrix with each column multiplied by its weight."""
        return Rows(self.starts, self.columns, self.values * weights[self.columns], self.width)

    def normalised(self) -> "Rows":
        """Return the matrix with rows of length 1; empty rows stay empty."""
        return self.scaled((1.0 / np.sqrt(np.maximum(self.squares(), 1e-12))).astype(np.float32))

    def squares(self) -> npt.NDArray[np.float64]:
        """Return the sum of squares of each row."""
        found = np.zeros(self.height)
        for first, last in self.chunks(_SORTED):
            part = self.part(first, last)
            found[first:last] = np.bincount(part.row_numbers(), part.values**2, part.height)
        return found

    def transposed(self) -> "Rows":
        """Return the matrix by columns."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.zeros(self.width + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.columns, minlength=self.width), out=starts[1:])
        return Rows(starts, self.row_numbers()[order], self.values[order], self.height)

    def sorted(self) -> "Rows":
        """Return the matrix with the entries of each row by column."""
        columns, values = np.empty_like(self.columns), np.empty_like(self.values)
        for first, last in self.chunks(_SORTED):
            low, part = self.starts[first], self.part(first, last)
            order = np.lexsort((part.columns, part.row_numbers()))
            columns[low : self.starts[last]] = part.columns[order]
            values[low : self.starts[last]] = part.values[order]
        return Rows(self.starts, columns, values, self.width)

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
        moved = columns[self.columns].astype(np.int32, copy=False)
        return Rows(self.starts, moved, self.values, width)

    def only(self, kept: Bools) -> "Rows":
        """Return the matrix without the entries that are not `kept`."""
        held = np.zeros(len(kept) + 1, dtype=np.int64)
        np.cumsum(kept, out=held[1:])
        return Rows(held[self.starts], self.columns[kept], self.values[kept], self.width)

    def grouped(self, groups: Ints, count: int) -> "Rows":
        """Return the sums of the rows of each group."""
        order = np.argsort(groups, kind="stable")
        first_of = np.searchsorted(groups[order], np.arange(count + 1))
        entries = np.concatenate(([0], np.cumsum(np.diff(self.starts)[order])))[first_of]
        parts = []
        for first, last in _pieces(entries, _SORTED):
            numbers = order[first_of[first] : first_of[last]]
            part = self.taken(numbers)
            own = (groups[numbers] - first)[part.row_numbers()]
            parts.append(
                from_entries(own, part.columns, part.values, last - first, self.width, add=True)
            )
        return stacked(parts)

    def dot(self, one: int, other: int) -> float:
        """Return the product of two rows."""
        board = np.zeros(self.width, dtype=np.float32)
        ours = slice(self.starts[one], self.starts[one + 1])
        theirs = slice(self.starts[other], self.starts[other + 1])
        board[self.columns[ours]] = self.values[ours]
        return float(board[self.columns[theirs]] @ self.values[theirs])

    def chunks(self, entries: int = _CHUNK) -> Iterator[tuple[int, int]]:
        """Yield (first, last) row numbers of pieces of so many entries at most."""
        return _pieces(self.starts, entries)

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


def _pieces(starts: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of runs of so many entries at most; one item may have more."""
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + most, "right")) - 1)
        yield first, last
        first = last


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
    rows: Ints,
    columns: Ints,
    values: Floats,
    height: int,
    width: int,
    *,
    add: bool = False,
) -> Rows:
    """Build a matrix from its entries in any order; with `add`, entries of one cell are summed."""
    key = rows.astype(np.int64) * max(width, 1) + columns
    order = np.argsort(key, kind="stable")
    key, values = key[order], values[order]
    if add and len(key):
        first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        key, values = key[first], np.add.reduceat(values, first)
    own, places = np.divmod(key, np.int64(max(width, 1)))
    starts = np.zeros(height + 1, dtype=np.int64)
    np.cumsum(np.bincount(own, minlength=height), out=starts[1:])
    return Rows(starts, places.astype(np.int32), values.astype(np.float32), width)


def beside(left: Rows, right: Rows) -> Rows:
    """Put two matrices of one height side by side."""
    counts = np.diff(left.starts), np.diff(right.starts)
    starts = left.starts + right.starts
    columns = np.empty(int(starts[-1]), dtype=np.int32)
    values = np.empty(len(columns), dtype=np.float32)
    ours = np.repeat(right.starts[:-1], counts[0]) + np.arange(len(left.columns))
    columns[ours], values[ours] = left.columns, left.values
    theirs = np.repeat(left.starts[1:], counts[1]) + np.arange(len(right.columns))
    columns[theirs], values[theirs] = right.columns + left.width, right.values
    return Rows(starts, columns, values, left.width + right.width)


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


_MOST_BYTES = 1 << 34
_TYPES = ("<f2", "<f4", "<f8", "<i4", "<i8")


def save_arrays(path: Path, kind: str, said: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    """Write arrays, and what else is to be said of them, as a file that `load_arrays` reads."""
    # The first byte of a number is the lowest, whatever machine writes.
    bodies = [np.ascontiguousarray(one, one.dtype.newbyteorder("<")) for one in arrays.values()]
    body = b"".join(one.tobytes() for one in bodies)
    shapes = {
        name: [one.dtype.str, list(one.shape)] for name, one in zip(arrays, bodies, strict=True)
    }
    head = {"digest": kind, "sha256": "", "arrays": shapes, **said}
    head["sha256"] = _checksum(head, body)
    write_file(path.parent, path.name, json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)


def load_arrays(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a file says, and its arrays; raises `ConfigError` where it is damaged, or of another kind."""
    line, _, body = _bytes(path).partition(b"\n")
    try:
        head = parse_json(line)
        found, given = str(head["digest"]), head["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a {kind.partition('/')[0]} file") from error
    if found != kind:
        raise ConfigError(
            f"{path}: {found}, and this version of digest reads {kind}; make it again"
        )
    if given != _checksum(head, body):
        raise ConfigError(f"{path}: damaged (its checksum differs); make it again")
    try:
        return head, dict(_arrays(head["arrays"], body))
    except (ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: not as digest writes it; make it again") from error


def _arrays(shapes: Mapping[str, Any], body: bytes) -> Iterator[tuple[str, Any]]:
    at = 0
    for name, (type_, shape) in shapes.items():
        size = prod(shape) * np.dtype(type_).itemsize
        if type_ not in _TYPES or size < 0 or at + size > len(body):
            raise ValueError(name)
        yield name, np.frombuffer(body[at : at + size], dtype=type_).reshape(shape)
        at += size


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, most=_MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error


def _checksum(head: Mapping[str, Any], body: bytes) -> str:
    said = json.dumps({**head, "sha256": ""}, ensure_ascii=False).encode()
    return hashlib.sha256(said + b"\n" + body).hexdigest()

"""Sparse rows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.clusterers.sparse import Rows, from_entries, halves, product


def matrix(height: int, width: int, seed: int) -> Rows:
    chance = np.random.default_rng(seed)
    filled = chance.random((height, width)) < chance.random(width) ** 3
    row, column = np.nonzero(filled)
    values = chance.random(len(row)).astype(np.float32)
    return from_entries(row, column, values, height, width)


def dense(rows: Rows) -> np.ndarray:
    table = np.zeros((rows.height, rows.width), dtype=np.float32)
    table[rows.row_numbers(), rows.columns] = rows.values
    return table


@given(st.integers(1, 60), st.integers(1, 40), st.integers(0, 99))
def test_products_of_halves_are_those_of_the_whole(height: int, width: int, seed: int) -> None:
    rows = matrix(height, width, seed)
    right = np.random.default_rng(1).random((width, 3)).astype(np.float32)
    back = np.random.default_rng(2).random((height, 3)).astype(np.float32)
    parts = halves(rows)
    assert np.allclose(parts.times(right), dense(rows) @ right, atol=1e-4)
    assert np.allclose(parts.transposed_times(back), dense(rows).T @ back, atol=1e-4)
    assert np.allclose(product(rows, right), dense(rows) @ right, atol=1e-4)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 99))
def test_a_matrix_by_columns_is_its_transpose(height: int, width: int, seed: int) -> None:
    rows = matrix(height, width, seed)
    assert np.array_equal(dense(rows.transposed()), dense(rows).T)


@given(st.integers(2, 30), st.integers(1, 30), st.integers(0, 99))
def test_a_part_is_the_rows_it_names(height: int, width: int, seed: int) -> None:
    rows = matrix(height, width, seed)
    assert np.array_equal(dense(rows.part(1, height)), dense(rows)[1:])


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 99))
def test_entries_left_out_are_zero(height: int, width: int, seed: int) -> None:
    rows = matrix(height, width, seed)
    assert np.array_equal(
        dense(rows.only(rows.values > 0.5)), np.where(dense(rows) > 0.5, dense(rows), 0)
    )

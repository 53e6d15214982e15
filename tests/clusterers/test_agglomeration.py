"""Clusters join by the mean similarity of their articles, less what lies between them in time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.clusterers.dates import closeness, closeness_of_spans
from digest.clusterers.vectors import _signs

DAYS = st.lists(
    st.one_of(st.floats(0, 200, width=32), st.just(float("nan"))), min_size=1, max_size=5
)


def span(days: list[float]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    known = [day for day in days if day == day]
    return np.array([[min(known), max(known)] if known else [np.nan] * 2], dtype=np.float32)


@given(DAYS, DAYS)
def test_time_leaves_a_link_no_more_than_the_least_of_its_dated_pairs(
    ours: list[float], theirs: list[float]
) -> None:
    pairs = [
        float(closeness(np.float32([a]), np.float32([b]))[0])
        for a in ours
        for b in theirs
        if a == a and b == b
    ]
    assert closeness_of_spans(span(ours), span(theirs))[0] <= min(pairs, default=1.0) + 1e-6


def test_the_random_start_of_a_term_does_not_depend_on_the_other_terms() -> None:
    alone, among = _signs(["dam"], 30), _signs(["bridge", "dam", "orvel"], 30)
    assert np.array_equal(alone[0], among[1])
    assert 5 < (alone > 0).sum() < 25

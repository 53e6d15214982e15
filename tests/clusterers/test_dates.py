"""Time as evidence: what lies far apart is less alike, and a lead names the day of its event."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.clusterers.dates import closeness, closeness_of_spans, weekdays
from digest.models import Article

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


def products(*texts: str) -> list[float]:
    """Return the products of the first text with each."""
    rows = weekdays([Article(str(n), "A title", text) for n, text in enumerate(texts)])
    return [round(float(rows[0] @ row), 4) for row in rows]


def test_the_same_day_speaks_for_a_pair_and_a_distant_one_against_it() -> None:
    same, next_day, distant, none = products(
        "He said on Thursday.", "He said Friday.", "He said on Monday.", "He said so."
    )
    assert same > next_day > 0 > distant
    assert none == 0


def test_days_are_known_in_several_languages() -> None:
    english, german, french = products(
        "He said on Thursday.", "Er sagte am Donnerstag.", "Il a dit jeudi."
    )
    assert english == german == french


def test_a_title_that_is_its_own_text_says_nothing_of_a_day() -> None:
    assert not np.any(weekdays([Article("a", "Thursday special", "Thursday special")]))

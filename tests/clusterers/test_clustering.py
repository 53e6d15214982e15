"""Stories become topics by how alike they are, beside how alike the reports of one story are."""

import numpy as np
import pytest

from digest.clusterers.clustering import group
from digest.clusterers.sparse import from_entries
from digest.clusterers.vectors import Vectors

_FILLERS = 6


def _topics(within: float, between: float, words: float) -> int:
    """Return the number of topics of two stories of two articles with these similarities, and of others."""
    shares = (between, within - between, 1.0 - within)
    columns = [(0, 1 + story, 10 + 2 * story + n) for story in range(2) for n in range(2)]
    entries = [
        (row, c, w**0.5)
        for row, own in enumerate(columns)
        for c, w in zip(own, shares, strict=True)
    ]
    entries += [(4 + n, 20 + n, 1.0) for n in range(_FILLERS)]
    row, column, value = zip(*entries, strict=True)
    height = 4 + _FILLERS
    terms = from_entries(
        np.array(row), np.array(column), np.array(value, dtype=np.float32), height, 40
    )
    lengths = np.full(height, words, dtype=np.float32)
    vectors = Vectors(
        terms, np.zeros((height, 1), dtype=np.float32), lengths, lengths * np.nan, lengths
    )
    stories = np.array([0, 0, 1, 1, *range(2, 2 + _FILLERS)])
    return len(set(group(terms, vectors, stories).tolist()))


@pytest.mark.parametrize(
    ("within", "between", "words", "joined"),
    [
        (0.6, 0.2, 300, True),
        (0.6, 0.15, 300, False),
        # Where reports of one event share little, stories of one topic share less.
        (0.3, 0.15, 300, True),
        # Items of a feed share little in any language.
        (0.3, 0.15, 30, False),
    ],
)
def test_stories_are_one_topic_by_what_reports_of_one_event_share(
    within: float, between: float, words: float, joined: bool
) -> None:
    assert _topics(within, between, words) == 1 + _FILLERS + (not joined)

"""The day of the week that a lead names is evidence."""

import numpy as np

from digest.clusterers.dates import weekdays
from digest.models import Article


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

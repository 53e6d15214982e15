"""Articles as vectors."""

import numpy as np

from digest.clusterers.vectors import _signs


def test_the_random_start_of_a_term_does_not_depend_on_the_other_terms() -> None:
    alone, among = _signs(["dam"], 30), _signs(["bridge", "dam", "orvel"], 30)
    assert np.array_equal(alone[0], among[1])
    assert 5 < (alone > 0).sum() < 25

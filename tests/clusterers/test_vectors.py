"""Articles as vectors."""

import numpy as np

from digest.clusterers.sparse import Floats
from digest.clusterers.vectors import _signs, draws, guarded, sampled
from digest.models import Article


def test_the_random_start_of_a_term_does_not_depend_on_the_other_terms() -> None:
    alone, among = _signs(["dam"], 30), _signs(["bridge", "dam", "orvel"], 30)
    assert np.array_equal(alone[0], among[1])
    assert 5 < (alone > 0).sum() < 25


def _drawn(count: int) -> Floats:
    return draws([Article(f"{n}", f"Report {n}", "It rains.") for n in range(count)])


def test_a_rule_for_small_collections_leaves_one_article_after_the_other() -> None:
    sizes = (1000, 1001, 1500, 2000)
    held = [guarded(_drawn(size), 1000) for size in sizes]
    assert [bool(found.all()) for found in held[:1]] == [True]
    assert held[1].sum() >= 999
    assert 600 < held[2].sum() < 900
    assert not held[3].any()


def test_a_sample_loses_one_article_at_most_where_one_more_comes_in() -> None:
    before, after = (set(sampled(_drawn(size), 50).tolist()) for size in (100, 101))
    assert len(before - after) <= 1
    assert len(after) == 50

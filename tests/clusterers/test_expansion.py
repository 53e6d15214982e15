"""Headlines lean on their neighbours; paragraphs stand on their own."""

import numpy as np

from digest.clusterers.mentions import read
from digest.clusterers.neighbours import expanded
from digest.clusterers.vectors import Vectors, vectors
from digest.models import Article

PLACES = ("Ostwick", "Larnby", "Merrow", "Carden", "Velmund", "Harsk", "Meldra", "Teral")


def space(long: bool) -> Vectors:
    more = " ".join(f"{place} council {place} harbour" for place in PLACES) * 2 * long
    rows = [
        Article(f"{place}{n}", f"{place} {word} ferry fares {n}", more)
        for place in PLACES
        for n, word in enumerate(("raises", "council", "harbour", "island", "vote"))
    ]
    return vectors(read(row) for row in rows)


def test_headlines_are_drawn_towards_their_neighbours_and_keep_their_length() -> None:
    before = space(long=False)
    after = expanded(before)
    assert not np.allclose(before.latent, after.latent)
    assert np.allclose((before.latent**2).sum(1), (after.latent**2).sum(1), atol=1e-5)
    assert after.terms is before.terms


def test_longer_texts_are_left_alone() -> None:
    before = space(long=True)
    assert expanded(before) is before

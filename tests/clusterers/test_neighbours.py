"""Headlines lean on their neighbours, paragraphs stand on their own; hubs bring no strangers together."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from digest.clusterers import TopicClusterer
from digest.clusterers.mentions import read
from digest.clusterers.neighbours import expanded
from digest.clusterers.vectors import Vectors, vectors
from digest.models import Article

PLACES = ("Ostwick", "Larnby", "Merrow", "Carden", "Velmund", "Harsk", "Meldra", "Teral")
SUBJECTS = (Path(__file__).parent / "fixtures/subjects.json").read_text(encoding="utf-8")
ROWS = [Article(row["id"], row["title"], row["text"]) for row in json.loads(SUBJECTS)]
TRAM, CHIP = ROWS[0], ROWS[1]
TWO_IN_ONE = Article("two", TRAM.title, f"{TRAM.text}\n\n{CHIP.title}\n\n{CHIP.text}")


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


def together(*rows: Article) -> list[set[str]]:
    topics = TopicClusterer()(rows)
    return [ids for t in topics if len(ids := {a.id for a in t.articles}) > 1]


def test_in_a_small_collection_of_many_subjects_only_the_related_meet() -> None:
    assert together(*ROWS) == [{"chip", "chip2"}]


def test_two_articles_in_one_do_not_bring_their_subjects_together() -> None:
    for rows in (ROWS, ROWS[:2], ROWS[:3], ROWS[:5]):
        assert not any({"tram", "chip"} <= ids for ids in together(*rows, TWO_IN_ONE))


def test_nor_do_two_such_articles() -> None:
    again = replace(TWO_IN_ONE, id="again", title=CHIP.title)
    assert not any({"tram", "chip"} <= ids for ids in together(*ROWS, TWO_IN_ONE, again))


def test_a_list_of_everything_brings_nothing_together() -> None:
    everything = Article("all", "The day in brief", " ".join(row.text for row in ROWS))
    assert all(len(ids - {"all", "chip2"}) < 2 for ids in together(*ROWS, everything))

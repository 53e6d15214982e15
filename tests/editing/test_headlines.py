"""A headline is what is left of a title without the page's own words, as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing.headlines import once, plain_headline, shown_headlines
from digest.models import Article


def _titled(title: str, source: str = "Harbour Post", url: str = "", text: str = "") -> Article:
    return Article(id=title, title=title, text=text, source=source, url=url or None)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry runs aground off Tarn - Harbour Post", "Ferry runs aground off Tarn"),
        ("Ferry runs aground off Tarn | harbourpost.example", "Ferry runs aground off Tarn"),
        ("+++ Ferry news +++: Ferry runs aground off Tarn", "Ferry runs aground off Tarn"),
        ("Ferries • The best of P+: No job for dreamers", "No job for dreamers"),
        ("JUST IN | Ferry runs aground off Tarn", "Ferry runs aground off Tarn"),
        ("Video Ferries: Captain tells of the night", "Captain tells of the night"),
        ("Galerie Stars: Was sie heute machen", "Was sie heute machen"),
        ("Row at sea: Tarn: The fear of the boatmen", "Tarn: The fear of the boatmen"),
        # What follows stays, for it may be the headline.
        ("Tarn: The fear of the boatmen", "Tarn: The fear of the boatmen"),
        ("Ferry runs aground - eleven missing", "Ferry runs aground - eleven missing"),
        ("Opinion: Tarn: Build the bridge now", "Opinion: Tarn: Build the bridge now"),
        ('Jungle: "My brother": Star speaks out', 'Jungle: "My brother": Star speaks out'),
        ("Ferry sinks - Harbour Post", "Ferry sinks - Harbour Post"),
        ("Update: Ferry sinks", "Update: Ferry sinks"),
    ],
)  # fmt: skip
def test_a_headline_is_without_what_the_page_puts_around_it(title: str, headline: str) -> None:
    assert plain_headline(_titled(title, url="https://www.harbourpost.example/1")) == headline


def test_a_tail_that_ends_most_titles_of_an_outlet_is_none_of_a_headline() -> None:
    titles = [f"Ferry number {n} sails again | Sea and Shore" for n in range(3)]
    shown = shown_headlines(map(_titled, [*titles, "Storm closes the port | eleven missing"]))
    assert sorted(shown.values()) == [f"Ferry number {n} sails again" for n in range(3)]


@given(st.text(alphabet="aB |:-+•\u201e", max_size=60))
def test_a_headline_is_a_part_of_the_title(title: str) -> None:
    headline = plain_headline(_titled(title))
    assert headline in title
    assert bool(headline) == bool(title)


def test_what_an_outlet_gives_twice_under_one_headline_is_one_with_a_copy() -> None:
    roofed = _titled("Row at sea: The fear of the boatmen")
    told = _titled("The fear of the boatmen", text="They wait.")
    (kept,) = once((roofed, told))
    assert (kept.id, [copy.title for copy in kept.copies]) == (told.id, [roofed.title])


@pytest.mark.parametrize(
    "other",
    [
        _titled("Row at sea: The fear of the boatmen", source="Tide"),
        _titled("The fear of the boatmen", text="Another day."),
        _titled("Of old, the fear of the boatmen"),
    ],
    ids=["another outlet", "another text", "no roof line"],
)
def test_other_pieces_stay(other: Article) -> None:
    told = _titled("The fear of the boatmen", text="They wait.")
    assert len(once((told, other))) == 2

"""Addresses lose what only tracks their reader; those of one outlet are one."""

import pytest

from digest.text.addresses import outlets, untracked


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://a.example/x?utm_source=n&id=4", "https://a.example/x?id=4"),
        ("https://a.example/x?source=rss-1f2a------2", "https://a.example/x"),
        ("https://a.example/x?ref=newsletter", "https://a.example/x"),
        ("https://a.example/x?sid=9f04e9a6#part", "https://a.example/x#part"),
        ("https://a.example/x?sid=26/11/20/1234&source=city-desk", None),
        ("https://a.example/x?ref=7", None),
        ("https://[a.example/?utm_source=n", None),
        ("https://a.example/x", None),
    ],
)
def test_what_tracks_goes_and_all_else_stays(address: str, plain: str | None) -> None:
    assert untracked(address) == (plain or address)


BBC = ("BBC World", "https://www.bbc.example/news/1")


@pytest.mark.parametrize(
    ("published", "number"),
    [
        pytest.param([BBC, ("BBC UK", "https://bbc.example/uk/2")], 1, id="feeds of one house"),
        pytest.param([BBC, ("bbc  world", None)], 1, id="a name with and without an address"),
        pytest.param([BBC, ("Tide", None)], 2, id="another name"),
        pytest.param([("Tide", None), ("TIDE", None)], 1, id="a name in capitals"),
        pytest.param([("www.tide.example", None), ("tide.example", None)], 1, id="a host"),
        pytest.param(
            [("Tide", "https://gathered.example/1"), ("Quay", "https://gathered.example/2")],
            2,
            id="an aggregator",
        ),
        pytest.param(
            [("Co News", "https://news.co.uk/1"), ("Co Sport", "https://sport.co.uk/2")],
            2,
            id="the end of a host tells nothing",
        ),
        pytest.param([("Tide", "https://[broken"), ("Tide", None)], 1, id="a broken address"),
        pytest.param([("", None), ("", None)], 1, id="without a name"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_outlets_are_counted_by_who_they_are(
    published: list[tuple[str, str | None]], number: int
) -> None:
    """Whichever was named first."""
    assert len(set(outlets(published))) == len(set(outlets(published[::-1]))) == number

"""Addresses lose what only tracks their reader, and nothing else."""

import pytest

from digest.text.addresses import untracked


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

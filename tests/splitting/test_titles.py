"""Titles from an article's own words."""

from digest.splitting.titles import name_of

TEXT = (
    "Ferries stood still on Monday. The harbour of Kessel froze, and Kessel waited.\n\n"
    "Tugs left Kessel at noon. “Kessel knows ice,” said a pilot. The breaker came from Tarn."
)


def test_the_title_names_what_the_article_names_most() -> None:
    title = name_of(TEXT)
    assert "Kessel" in title
    assert title in TEXT


def test_without_names_the_first_words_are_the_title() -> None:
    text = "it rained and it rained until the river stood at the doors of every house in the street"
    assert text.startswith(name_of(text).rstrip("…"))

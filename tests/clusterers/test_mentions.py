"""What an article mentions."""

from hypothesis import given
from hypothesis import strategies as st

from digest.clusterers.mentions import opening, read, word
from digest.models import Article

PIECES = (
    "Harlow",
    "HARLOW",
    "harlow",
    "Harlow’s",
    "McCoy",
    "iPhone",
    "the",
    "The",
    "Iran-backed",
    "U.S.",
    "7.5",
    "İzmir",
    "STRASSE",
    "straße",
    "ships",
    "OpenAI发布新船",
    "0ဿ",
    ".",
    "“",
    "\n\n",
    ":",
    "—",
)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@given(
    texts | st.text(max_size=60), texts | st.text(max_size=60), st.sampled_from(("en", "de", "xx"))
)
def test_quick_reading_finds_the_same_as_reading_token_by_token(
    title: str, text: str, language: str
) -> None:
    article = Article("a", title, text, language=language)
    assert read(article) == word(article).mentions


def test_an_opening_ends_between_words() -> None:
    assert opening("Ships stay away today", 13) == "Ships stay"


def test_an_opening_of_a_text_without_spaces_is_cut_where_it_must() -> None:
    assert opening("x" * 1000, 10) == "x" * 10


def test_no_more_than_the_opening_is_read() -> None:
    article = Article("a", "", "Ships stay away. " * 10 + "Harlow")
    assert "harlow" not in read(article, 40).words
    assert "harlow" in read(article).words

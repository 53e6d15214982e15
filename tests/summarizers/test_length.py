"""Lengths: what can be written, and that each is a ceiling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.models import Article
from digest.summarizers import BUILTIN, Length, parse_length

WORDS = st.sampled_from(
    [
        "tide",
        "lamp",
        "Orla",
        "runs",
        "quietly",
        "beside",
        "seven",
        "green",
        "harbours",
        "and",
        "counts",
        "them",
    ]
)
SENTENCES = st.lists(WORDS, min_size=4, max_size=14).map(lambda w: " ".join(w).capitalize() + ".")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("3", Length(3, "sentences")),
        ("20%", Length(20, "percent")),
        ("60w", Length(60, "words")),
        (" 60 words ", Length(60, "words")),
        ("400c", Length(400, "characters")),
    ],
)
def test_a_length_is_read_in_each_unit(written: str, length: Length) -> None:
    """Sentences, percent, words and characters can be asked for."""
    assert parse_length(written) == length


@pytest.mark.parametrize(
    "written", ["", "0", "-1", "w", "3.5", "101%", "10km", "0%", "٣x", "1" * 30]
)
def test_another_length_is_refused_with_what_is_allowed(written: str) -> None:
    """The message shows how lengths are written."""
    with pytest.raises(ConfigError, match="60w"):
        parse_length(written)


@given(text=TEXTS, amount=st.integers(1, 60))
def test_a_number_of_words_is_never_exceeded_unless_it_is_said(text: str, amount: int) -> None:
    """A summary over its words is one sentence, the shortest, and its note says so."""
    summary = BUILTIN["textrank"](length=Length(amount, "words"), language="en")(
        [Article("a", "", text)]
    )
    assert summary.words <= amount or (len(summary.sentences) == 1 and "over" in summary.note)
    assert summary.sentences or summary.note


@given(text=TEXTS, amount=st.integers(1, 400))
def test_a_number_of_characters_counts_the_spaces_between(text: str, amount: int) -> None:
    """The sentences joined by spaces fit."""
    summary = BUILTIN["textrank"](length=Length(amount, "characters"), language="en")(
        [Article("a", "", text)]
    )
    joined = " ".join(sentence.text for sentence in summary.sentences)
    assert len(joined) <= amount or (len(summary.sentences) == 1 and "over" in summary.note)


@given(text=TEXTS, amount=st.integers(1, 100))
def test_a_percentage_is_of_the_words(text: str, amount: int) -> None:
    """No more than that share of the text's words is taken."""
    summary = BUILTIN["textrank"](length=Length(amount, "percent"), language="en")(
        [Article("a", "", text)]
    )
    fits = 100 * summary.words <= amount * len(text.split())
    assert fits or (len(summary.sentences) == 1 and "over" in summary.note)

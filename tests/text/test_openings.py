"""Openings that lean on what came before."""

import pytest

from digest.text.openings import leaning_word


@pytest.mark.parametrize(
    "sentence",
    [
        "If it sends no plan, its shares may lose their listing.",
        "Because they had no boat, they waited.",
        "Today, that price is the same everywhere.",
    ],
)
def test_a_pronoun_behind_a_conjunction_leans_too(sentence: str) -> None:
    """The reader does not know who is meant, wherever the first pronoun stands."""
    assert leaning_word(sentence)


def test_a_name_behind_a_conjunction_stands_alone() -> None:
    """The sentence names whom it speaks of."""
    assert not leaning_word("If Northline sends no plan, the pier will close.")

"""A word, in every script, with spaces between words or without."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.terms import words
from digest.text.words import cut, find_words, runs, signs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.N. met, l’eau d'été froide.", ["the", "u.n", "met", "l'eau", "d'été", "froide"]),
        ("mother-in-law of AT&T", ["mother-in-law", "of", "at&t"]),
        ("मंत्री ने कहा।", ["मंत्री", "ने", "कहा"]),
        ("প্রধানমন্ত্রী বলেছেন", ["প্রধানমন্ত্রী", "বলেছেন"]),
        ("முதல்வர் அறிவித்தார்", ["முதல்வர்", "அறிவித்தார்"]),
        ("می‌خواهم بروم", ["می‌خواهم", "بروم"]),
        ("שָׁלוֹם לכם", ["שָׁלוֹם", "לכם"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("ตลาด น้ำ", ["ตล", "ลา", "าด", "น้ำ"]),
        ("snake_case", ["snake", "case"]),
        ("\u0301 …", []),
    ],
)
def test_signs_belong_to_the_word(text: str, expected: list[str]) -> None:
    """Vowel signs, viramas, points, accents and joiners part no word."""
    assert words(text) == expected


def test_a_run_has_no_apostrophe() -> None:
    """Runs are the parts that apostrophes and hyphens join."""
    assert runs("l'eau mother-in-law हिन्दी") == ["l", "eau", "mother", "in", "law", "हिन्दी"]


@given(st.text(max_size=60))
def test_every_letter_and_digit_stands_in_a_run(text: str) -> None:
    """Whatever the script, no letter is lost."""
    kept = "".join(runs(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


def test_the_signs_of_the_scripts_of_today_are_known() -> None:
    """Unicode's non-spacing and spacing marks; variation selectors stay with their symbols."""
    for sign in "\u0301\u05b8\u064b\u093e\u094d\u09be\u0bcd\u0e35\u0e49\u3099":
        assert unicodedata.category(sign)[0] == "M"
        assert find_words(f"a{sign}b") == [f"a{sign}b"]
    assert "\ufe0f" not in signs()


def test_letters_of_other_scripts_stay_whole():
    assert cut("OpenAI发布GPT5模型") == [(0, "OpenAI"), (6, "发布"), (8, "GPT5"), (12, "模型")]


def test_longer_runs_are_cut_into_overlapping_pairs():
    assert cut("轮渡航线") == [(0, "轮渡"), (1, "渡航"), (2, "航线")]
    assert cut("船") == [(0, "船")]


@given(st.text(alphabet="ab1 _-轮渡航ไทยのカ", max_size=40))
def test_every_part_stands_where_it_says(word: str):
    parts = cut(word)
    assert all(word[place:].startswith(part) for place, part in parts)
    covered = {place + i for place, part in parts for i in range(len(part))}
    assert covered == {i for i, letter in enumerate(word) if letter.isalnum()}


def test_signs_stay_with_their_letters():
    """A vowel sign above or below is no letter of its own."""
    assert cut("ที่นี่") == [(0, "ที่นี่")]
    assert cut("น้ำท่วม") == [(0, "น้ำ"), (2, "ำท่"), (3, "ท่ว"), (5, "วม")]

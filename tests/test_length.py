"""Words and minutes, in every script by one measure."""

import pytest

from digest.length import count_words, has_unspaced
from digest.models import Article


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Five words are in this", 5),
        ("轮渡航线 ferry", 3),
        ("新しい防波堤が完成した", 6),
        ("รถไฟสายใหม่เปิดให้บริการ", 6),
        ("नौका समय पर आई।", 4),
        ("배가 제시간에 왔다", 3),
        ("\n  \t", 0),
        ("船", 1),
    ],
)
def test_a_text_has_about_as_many_words_as_a_reader_would_count(text: str, words: int) -> None:
    """In scripts without spaces, too: a sentence of Japanese is not one word long."""
    assert count_words(text) == words


def test_a_chinese_report_is_not_short() -> None:
    """Its sixteen hundred characters are eight hundred words."""
    assert Article("a", "船", "轮渡停航。" * 326).words > 600


def test_a_latin_letter_with_an_accent_is_no_script_without_spaces() -> None:
    """Only the scripts that need it are counted by letters."""
    assert has_unspaced("a 船")
    assert not has_unspaced("Fähre")

"""Untrusted text is shown, and does nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.incoming import storable
from digest.outgoing import clean, line
from digest.renderers.display import language_code, shorten


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ferries\x00 stay\x1b[31m in", "Ferries stay[31m in"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one two three four five"),
        ("bank \u202etxt.exe\u202c \u2066isolate\u2069", "bank txt.exe isolate"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag\U000e0041\U000e007f and \ufffe\U0001ffff", "tag and"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("“Curly” — quotes’", "“Curly” — quotes’"),
    ],
)
def test_a_line_holds_only_what_can_be_shown(raw: str, shown: str) -> None:
    """Controls, line breaks, bidi overrides and zero-width characters go; joiners and quotes stay."""
    assert line(raw) == shown


def test_a_pile_of_marks_is_cut_to_four() -> None:
    """A thousand combining marks on a letter cannot paint over the page."""
    assert clean("e" + "\u0301" * 1000 + "x") == "e" + "\u0301" * 4 + "x"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Nothing that was removed comes together anew from its neighbours."""
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_line_is_one_line_without_controls(text: str) -> None:
    """No control character and no surrogate is left, whatever came in."""
    shown = line(text)
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in shown)
    assert len(shown.splitlines()) <= 1


@given(st.text(alphabet=st.characters(categories=None)))
def test_surrogates_are_replaced_one_for_one(text: str) -> None:
    """Offsets into the text stay true."""
    replaced = storable(text)
    assert len(replaced) == len(text)
    replaced.encode()


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_keeps_its_length(text: str, length: int) -> None:
    """It is the text itself, or its beginning and an ellipsis, never longer than asked for."""
    short = shorten(text, length)
    assert short == text or (len(short) <= length and text.startswith(short[:-1]))


@pytest.mark.parametrize("code", ["en", "de", "pt-BR", "zh-Hant-TW"])
def test_a_language_code_is_kept(code: str) -> None:
    """What BCP 47 knows may stand in `lang`."""
    assert language_code(code) == code


@pytest.mark.parametrize("code", ["", "english", 'de" onload="x', "d e", "../de"])
def test_anything_else_is_no_language(code: str) -> None:
    """What is not a code is not shown as one."""
    assert language_code(code) is None

"""Words as they are counted: in small letters, without elided articles, as stems."""

import pytest

from digest.text.terms import has_stemmer, stems, stop_words, words, zipf


def test_a_turkish_capital_is_a_plain_small_letter() -> None:
    """Python lowers İ to an i with a dot above it, which no keyword has."""
    assert words("İstanbul’da") == ["istanbul'da"]


def test_running_letters_are_words_in_pairs() -> None:
    """Two headlines of one event share no whole run of letters, but many pairs."""
    assert words("橋に亀裂 ABC") == ["橋に", "に亀", "亀裂", "abc"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "l'eau", "d'eau"),
        ("it", "dell'acqua", "acqua"),
        ("ca", "l'aigua", "aigua"),
        ("cs", "povodně", "povodní"),
        ("sk", "mosty", "mosty"),
        ("pl", "mostu", "mosty"),
        ("uk", "міста", "місто"),
        ("fa", "کتاب‌ها", "کتاب"),
        ("sr", "мостови", "mostovi"),
    ],
)
def test_two_forms_have_one_stem(language: str, one: str, other: str) -> None:
    """Endings and elided words go."""
    assert stems([one], language) == stems([other], language)
    assert stems([one, other], language)[0] == stems([one], language)[0]


def test_an_english_contraction_is_no_elision() -> None:
    """O'Brien and don't stay whole."""
    assert stems(["o'brien", "l'oreal"], "en") == ["o'brien", "l'oreal"]


def test_norwegian_has_words() -> None:
    """The list of frequencies has it under the code of its written form."""
    assert zipf("ikke", "no") > 5
    assert "og" in stop_words("no")


@pytest.mark.parametrize("language", ["cs", "pl", "et", "ca", "sr", "uk", "hr", "sk"])
def test_the_stemmers_that_are_installed_are_used(language: str) -> None:
    """Those of Snowball, and sumy's Ukrainian one."""
    assert has_stemmer(language)

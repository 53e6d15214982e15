"""Running text that has swallowed its surroundings."""

import pytest

from digest.splitting.assembly import clean, likely_language

BODY = "The quay in Tarn was rebuilt last year. It took the county eleven months."


def test_a_feed_wrapper_is_cut_and_gives_the_title() -> None:
    found = clean(f"The post Quay opens appeared first on Skerry.example. {BODY}", None, last=True)
    assert (found.text, found.title) == (BODY, "Quay opens")


def test_the_title_at_the_head_of_running_text_is_cut() -> None:
    assert clean(f"Quay opens again {BODY}", "Quay opens again", last=True).text == BODY


def test_a_caption_is_cut_with_its_credit() -> None:
    text = f"{BODY} Boats lie at the quay in Tarn. Image: Ann Lee/Reuters The first ferry came at noon."
    found = clean(text, None, last=True)
    assert found.text == f"{BODY} The first ferry came at noon."
    assert found.cuts == [("Boats lie at the quay in Tarn. Image: Ann Lee/Reuters", "caption")]


def test_the_foot_is_cut_after_the_last_real_sentence() -> None:
    text = (
        f"{BODY} This is a developing story. Get the news in your inbox. Explore our newsletters:"
        " Source: https://skerry.example/quay"
    )
    found = clean(text, None, last=True)
    assert (found.text, found.url) == (BODY, "https://skerry.example/quay")


def test_a_sentence_that_breaks_off_is_cut_at_the_end_alone() -> None:
    text = f"{BODY} Next year it would…"
    assert clean(text, None, last=True).text == BODY
    assert clean(text, None, last=False).text == text


def test_real_sentences_stay() -> None:
    text = f"{BODY} Read more books, the mayor said. The report was updated by hand, he told them."
    assert clean(text, None, last=True).text == text


def test_the_fields_before_an_abstract_are_cut() -> None:
    found = clean(f"no:2611.0042v1 Announce Type: new Abstract: {BODY}", None, last=True)
    assert found.text == BODY
    assert found.cuts == [("no:2611.0042v1 Announce Type: new Abstract:", "widget")]
    assert clean(f"Abstract: {BODY}", None, last=True).text == f"Abstract: {BODY}"


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Sciopero dei tram, lunedì nero per i turisti", "it"),
        ("Döntött a tanács: bezár a kikötő", "hu"),
        ("The café of a painter is for sale", "en"),
        ("La florista no halló a nadie que se quedara con los jardines.", "es"),
    ],
)
def test_a_headline_is_in_its_own_language_on_an_english_page(headline: str, language: str) -> None:
    assert likely_language(headline, "en") == language

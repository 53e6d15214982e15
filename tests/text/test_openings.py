"""Openings that lean on what came before."""

import pytest

from digest.text.openings import bare_noun, leaning_word, stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "If it sends no plan, its shares may lose their listing.",
        "Because they had no boat, they waited.",
        "Today, that price is the same everywhere.",
        "Which is why the lock was shut.",
        "Only then will the lock open.",
        "At the same time, Ann Lee left.",
        "On the other hand, Ann Lee left.",
    ],
)
def test_a_pronoun_behind_a_conjunction_leans_too(sentence: str) -> None:
    """The reader does not know who is meant, wherever the first pronoun stands."""
    assert leaning_word(sentence)


def test_a_name_behind_a_conjunction_stands_alone() -> None:
    """The sentence names whom it speaks of."""
    assert not leaning_word("If Northline sends no plan, the pier will close.")


@pytest.mark.parametrize(
    "opening",
    [
        "A week later",
        "Four days before,",
        "12 days later",
        "Less than an hour earlier",
        "Shortly after,",
        "The next day",
        "The night before,",
        "Earlier that day",
        "In that same week",
        "Days later",
    ],
)
def test_time_counted_from_what_is_not_told_leans(opening: str) -> None:
    """Nobody can tell when it was."""
    assert leaning_word(f"{opening} the lock was shut.")


@pytest.mark.parametrize(
    "opening",
    [
        "A week ago",
        "Four days before the flood,",
        "Earlier this week",
        "Two years on the river",
        "Last May",
    ],
)
def test_time_that_is_told_stands_alone(opening: str) -> None:
    """It is counted from today, or from what the sentence names."""
    assert not leaning_word(f"{opening} the lock was shut.")


@pytest.mark.parametrize(
    "opening", ["On Friday", "In 2010", "At the age of twelve", "With the vote over"]
)
def test_a_pronoun_behind_an_opening_phrase_leans(opening: str) -> None:
    """A phrase without a name says nothing of who is meant."""
    assert leaning_word(f"{opening}, she left the harbour.")
    assert not leaning_word(f"{opening}, Ann Lee left the harbour.")


def test_a_name_in_the_opening_phrase_is_enough() -> None:
    """Who reads the name may take the pronoun for it."""
    assert not leaning_word("In a letter to Ann Lee, she thanked the harbour.")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Zwei Tage später schloss die Schleuse."),
        ("fr", "Le lendemain, l’écluse a fermé."),
        ("es", "Al día siguiente cerró la esclusa."),
    ],
)
def test_other_languages_count_time_too(language: str, sentence: str) -> None:
    """The day they count from stands elsewhere."""
    assert leaning_word(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("The company said it would pay.", "company"),
        ("The latest move comes in May.", "move"),
        ("The company’s lock was shut.", "company"),
        ("The company behind the lock said nothing.", ""),
        ("The company, Lamp & Co., said nothing.", ""),
        ("The film Metropolis was shown.", ""),
        ("The harbour was shut.", "harbour"),
        ("The auction house is offering a clock.", "house"),
        ("The workers are now at sea.", "workers"),
        ("The government is silent.", ""),
    ],
)
def test_a_thing_named_as_if_it_were_known(sentence: str, noun: str) -> None:
    """What tells which it is may follow; of some things a reader knows one."""
    assert bare_noun(sentence) == noun


LEANING = {
    "en": [
        "Asked how, Lind shrugged.",
        "Three of them were sold.",
        "Among those was a judge.",
        "Despite this the ferry sailed.",
        "Lind, however, stayed at home.",
        "According to the study, the lock is unsafe.",
        "For her the matter was closed.",
        "Most of their boats were lost.",
        "When she arrived the hall was empty.",
        "His wife, Joan Lindqvist, died in May.",
    ],
    "de": [
        "So lange bleibt die Schleuse zu.",
        "Nach ihm sprach Lind.",
        "Lind jedoch blieb zu Hause.",
        "Trotz dieser Zweifel wurde gebaut.",
        "Zwei von ihnen starben.",
    ],
    "fr": [
        "Selon lui, la digue tiendra.",
        "Lind, en revanche, est resté.",
        "Deux d’entre eux sont morts.",
    ],
    "es": [
        "Según él, el dique aguantará.",
        "Ambos fueron detenidos.",
        "Lind, sin embargo, se quedó.",
    ],
    "it": ["Secondo lui la diga terrà.", "Due di loro sono morti."],
    "pt": ["Segundo ele, o dique aguenta.", "Dois deles morreram."],
    "nl": ["Volgens hem houdt de dijk.", "Lind bleef echter thuis."],
}
STANDING = {
    "en": [
        "This winter, the harbour was full.",
        "It is the first strike since May.",
        "Both Lind and Orr voted no.",
        "In her speech, Lindqvist promised a school.",
        "Among the dead was a judge.",
        "Two of the nine boats sank.",
        "According to the Harbour Board, the lock is unsafe.",
        "It is unclear whether the mill will open.",
    ],
    "de": [
        "Dieses Jahr schließt der Hafen früher.",
        "Unter den Toten war ein Richter.",
        "Das Gericht hob das Urteil auf.",
        "Es ist der erste Streik seit Mai.",
    ],
    "fr": [
        "Cette année, le port a fermé.",
        "Selon la mairie, la digue tiendra.",
        "Il y a deux ponts à Hallin.",
    ],
    "es": ["Este año el puerto cerró antes.", "Según la alcaldía, el dique aguantará."],
    "it": ["Secondo il sindaco la diga terrà."],
    "pt": ["Segundo a prefeitura, o dique aguenta."],
    "nl": ["Volgens de burgemeester houdt de dijk."],
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in LEANING.items() for one in some]
)
def test_a_pronoun_before_the_first_noun_and_a_connective_lean(
    language: str, sentence: str
) -> None:
    """Whatever word comes first, in the clause up to the main verb."""
    assert leaning_word(sentence, language)
    assert not stands_alone(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, some in STANDING.items() for one in some]
)
def test_dates_names_that_follow_and_empty_subjects_stand_alone(
    language: str, sentence: str
) -> None:
    """What is pointed at stands in the sentence itself, or nothing is."""
    assert not leaning_word(sentence, language)

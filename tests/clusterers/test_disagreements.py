"""Figures that contradict are found; those that only differ are left alone."""

import itertools

import pytest

from digest.clusterers import disagreements
from digest.models import Article, Story, Topic


def figures(*texts: str) -> list[tuple[str, str]]:
    return [found.figures for found in disagreements(topic([*texts]))]


def topic(*stories: list[str]) -> Topic:
    """Make a topic of stories, an article a text."""
    numbers = itertools.count()
    return Topic(
        "Topic",
        tuple(
            Story(tuple(Article(str(next(numbers)), "", text) for text in own)) for own in stories
        ),
    )


def test_two_counts_of_the_same_people_disagree() -> None:
    assert figures(
        "Four people were hurt when the ferry hit the quay at Larnby.",
        "Officials in Larnby said seven people were hurt when the ferry hit the quay.",
    ) == [("Four", "seven")]


def test_two_sums_for_the_same_thing_disagree() -> None:
    assert figures(
        "Orbis will spend $50 billion on battery plants over three years, it said.",
        "Orbis said it would spend $53 billion on battery plants over three years.",
    ) == [("$50 billion", "$53 billion")]


@pytest.mark.parametrize(
    ("one", "other", "pair"),
    [
        (
            "At least eight people were hurt when the ferry hit the quay at Larnby.",
            "At least nine people were hurt when the ferry hit the quay at Larnby.",
            ("eight", "nine"),
        ),
        (
            "Sixteen people were hurt when the ferry hit the quay at Larnby.",
            "Twenty-three people were hurt when the ferry hit the quay at Larnby.",
            ("Sixteen", "Twenty-three"),
        ),
        (
            "Eight people died when the ferry hit the quay at Larnby.",
            "Nine people were killed when the ferry hit the quay at Larnby.",
            ("Eight", "Nine"),
        ),
    ],
)
def test_words_for_one_fate_and_floors_are_compared(
    one: str, other: str, pair: tuple[str, str]
) -> None:
    assert figures(one, other) == [pair]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Four people were hurt on Monday when the ferry hit the quay at Larnby.",
            "Seven people were hurt on Friday when the ferry hit the quay at Larnby.",
        ),
        (
            "Orbis sold 40 ferries in the first quarter, the builder said.",
            "Orbis sold 60 ferries in the second quarter, the builder said.",
        ),
        (
            "Four people died at the quay of Larnby on Monday, police said.",
            "Five people died at the quay of Larnby on Monday, including the gunman, police said.",
        ),
        (
            "Orbis sold 40 ferries in Norway this spring, the builder said.",
            "Orbis expected 60 ferries sold in Norway this spring, the builder said.",
        ),
        (
            "At least four people were hurt when the ferry hit the quay at Larnby.",
            "Seven people were hurt when the ferry hit the quay at Larnby.",
        ),
        (
            "Orbis earned 640 million euros in the quarter.",
            "Orbis earned 638.5 million euros in the quarter.",
        ),
        ("The ferry hit the quay on 3 May.", "The ferry hit the quay on 5 May."),
        ("The quay was built for 200 ships in 1901.", "The quay was built for 200 ships in 1911."),
        ("Ashby missed three games of the season.", "Mercer missed four games of the season."),
        (
            "The first wave hit the quay at Larnby at 4:10 and carried off 12 boats.",
            "The second wave hit the quay at Larnby at 6:45 and carried off 30 boats.",
        ),
        (
            "The ferry waited at Larnby for 4 1 / 2 hours.",
            "The ferry waited at Larnby for 3 hours.",
        ),
        ("Ashby and Larnby sold 20 ferries in May.", "Mercer and Larnby sold 30 ferries in May."),
        (
            "Some 40 guests came to the quay at Larnby.",
            "More than 30 guests came to the quay at Larnby.",
        ),
        ("Larnby has 30 ferries and the quay 12 berths.", "The quay at Larnby has 12 ferries."),
        (
            "Shares of Orbis rose 4% in Oslo on Monday.",
            "Shares of Orbis were expected to rise 6% in Oslo.",
        ),
    ],
)
def test_rounding_dates_and_other_things_do_not_disagree(one: str, other: str) -> None:
    assert figures(one, other) == []


def test_reports_of_a_series_count_each_its_own() -> None:
    """The title of each names a subject that no other has."""
    texts = ("The release mends 41 faults in the tool.", "The release mends 27 faults in the tool.")
    titles = ("Lumera 1.4 is out", "Tarnix 5.3 is out")
    articles = tuple(Article(title, title, text) for title, text in zip(titles, texts, strict=True))
    assert disagreements(Topic("Topic", (Story(articles),))) == ()


def test_an_article_does_not_disagree_with_itself() -> None:
    assert (
        figures("Four people were hurt at the quay. Later seven people were hurt at the quay.")
        == []
    )


def test_a_disagreement_quotes_both_sentences_as_they_stand() -> None:
    texts = ("It rained. Four people were hurt at the quay.", "Seven people were hurt at the quay.")
    (found,) = disagreements(topic([*texts]))
    for sentence in (found.first, found.second):
        assert texts[int(sentence.article_id)][sentence.start : sentence.end] == sentence.text


PLEDGE = "Norvik told its owners that the $50 billion it had pledged for ports was too little."


def test_stories_of_a_topic_disagree_in_a_sum_that_both_speak_of() -> None:
    """The sentences are worded apart, but the words around the sum are the same."""
    other = "Norvik has pledged $53 billion for ports and railways, its chairman said."
    (found,) = disagreements(topic([PLEDGE], [other]))
    assert found.figures == ("$50 billion", "$53 billion")


@pytest.mark.parametrize(
    "other",
    [
        "Norvik has pledged $50.2 billion for ports and railways.",
        "Norvik has pledged $90 billion for ports and railways.",
        "Norvik has pledged €53 billion for ports and railways.",
        "Norvik earned $53 billion in the year to June, more than ever.",
        "Tarrow has pledged $53 billion for ports and railways, said Tarrow's chairman in Orrin.",
        "Norvik has pledged $53 billion for ports, of which $20 billion for the first year.",
        "Norvik has pledged ports to fifty-three towns and railways to nine people.",
    ],
)
def test_sums_that_may_be_of_other_things_do_not(other: str) -> None:
    """Rounded, far off, of another currency, of something or somebody else, or parts of a whole."""
    assert disagreements(topic([PLEDGE], [other])) == ()


def test_stories_of_a_topic_may_count_differently() -> None:
    """Two events have two numbers of people hurt."""
    one = "Four people were hurt when the ferry hit the quay at Larnby."
    other = "Seven people were hurt when the ferry hit the quay at Larnby."
    assert disagreements(topic([one], [other])) == ()


@pytest.mark.parametrize(
    ("language", "exact", "vague"),
    [
        (
            "de",
            "Das Amt in Larn meldet 118.970 Kranke.",
            "Das Amt in Larn meldet knapp 120.000 Kranke.",
        ),
        (
            "fr",
            "La ville de Larn compte 118 malades.",
            "La ville de Larn compte environ 120 malades.",
        ),
        (
            "es",
            "La ciudad de Larn tiene 118 enfermos.",
            "La ciudad de Larn tiene casi 120 enfermos.",
        ),
        ("nl", "De stad Larn telt 118 zieken.", "De stad Larn telt ongeveer 120 zieken."),
    ],
)
def test_a_vague_figure_disagrees_with_none(language: str, exact: str, vague: str) -> None:
    """In whatever language it is called vague."""
    articles = [
        Article(str(k), "", text, language=language) for k, text in enumerate((exact, vague))
    ]
    assert disagreements(Topic("Larn", (Story(tuple(articles)),))) == ()

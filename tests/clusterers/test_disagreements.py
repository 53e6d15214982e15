"""Figures that contradict are found; those that only differ are left alone."""

import pytest

from digest.clusterers import disagreements
from digest.models import Article, Story


def figures(*texts: str) -> list[tuple[str, str]]:
    story = Story(tuple(Article(str(number), "", text) for number, text in enumerate(texts)))
    return [found.figures for found in disagreements(story)]


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
    ("one", "other"),
    [
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


def test_an_article_does_not_disagree_with_itself() -> None:
    assert (
        figures("Four people were hurt at the quay. Later seven people were hurt at the quay.")
        == []
    )


def test_a_disagreement_quotes_both_sentences_as_they_stand() -> None:
    texts = ("It rained. Four people were hurt at the quay.", "Seven people were hurt at the quay.")
    story = Story(tuple(Article(str(number), "", text) for number, text in enumerate(texts)))
    (found,) = disagreements(story)
    for sentence in (found.first, found.second):
        assert texts[int(sentence.article_id)][sentence.start : sentence.end] == sentence.text

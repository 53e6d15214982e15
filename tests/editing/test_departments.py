"""What kind of piece an article is: its part of the paper, and what the form of its title says."""

from collections.abc import Callable

import pytest

from digest.editing.departments import DEPARTMENTS, department_of, softness
from digest.models import Article

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("url", "department"),
    [
        ("https://quay.example/business/2026/11/rates-rise.html", "business"),
        ("https://www.quay.example/news/world/europe/a", "world"),
        ("https://sport.quay.example/a-cup-is-won", "sport"),
        ("https://quay.example/wirtschaft/zinsen-steigen", "business"),
        ("https://quay.example/deportes/la-copa", "sport"),
        ("https://quay.example/tv-and-radio/a", "culture"),
        ("https://quay.example/us-news/a", "world"),
        ("https://quay.example/a-business-of-its-own.html", None),
        ("https://quay.example/2026/11/21/a", None),
        ("https://quay.example/one/two/three/four/business/a", None),
        ("https://[broken/business/a", None),
        ("https://business.example/a", None),
        (None, None),
    ],
)
def test_a_folder_of_the_address_names_the_part_of_the_paper(
    article: Make, url: str | None, department: str | None
) -> None:
    """A folder near the top or the subdomain, in any language; the name of the piece itself says nothing."""
    found = department_of(article("T.", url=url))
    assert (found.name if found else None) == department


def test_within_an_address_the_part_that_is_least_news_wins(article: Make) -> None:
    """A quiz on the world is a quiz."""
    found = department_of(article("T.", url="https://quay.example/world/quiz/capitals"))
    assert found is not None
    assert found.name == "leisure"


@pytest.mark.parametrize(
    ("categories", "department"),
    [
        (("Business",), "business"),
        (("  SPORT ",), "sport"),
        (("Middle East",), "world"),
        (("Politik", "Kultur"), "politics"),
        (("Harbours", "Technology"), "technology"),
        (("News", "The ten best places for business at home"), None),
        (("国际",), "world"),
        ((), None),
    ],
)
def test_a_category_names_the_part_of_the_paper(
    article: Make, categories: tuple[str, ...], department: str | None
) -> None:
    """The first that does, in any case; a sentence of many words is no category."""
    found = department_of(article("T.", categories=categories))
    assert (found.name if found else None) == department


def test_the_user_s_section_goes_before_categories_and_these_before_the_address(
    article: Make,
) -> None:
    """Each is asked only where what knows better says nothing."""
    piece = article("T.", categories=("Sport",), url="https://quay.example/business/a")
    assert [
        department_of(piece, given).name  # type: ignore[union-attr]
        for given in ("culture", "", "of my own")
    ] == ["culture", "sport", "sport"]


def test_every_part_that_the_words_name_has_its_place_in_the_paper(article: Make) -> None:
    """And each part goes by its own name."""
    assert [department_of(article("T."), name) for name in DEPARTMENTS]
    assert {department_of(article("T."), name).name for name in DEPARTMENTS} == set(DEPARTMENTS)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "title",
    [
        "Quiz: how well do you know the week?",
        "Your horoscope for Sunday",
        "Save 40% off a garden hose today",
        "Win tickets to the regatta",
        "Sponsored: a new way to sail",
        "7 ways to keep a boat dry",
        "Seven ways to keep a boat dry",
        "How to mend a sail",
        "So gelingt der perfekte Kuchen",
        "Comment choisir un vélo",
        "The best hoses to buy of 2026",
        "Lottery numbers of Saturday",
        "In pictures: the regatta",
        "I sold my boat, and I am glad",
    ],
)
def test_the_form_of_a_title_says_that_it_is_no_news(article: Make, title: str) -> None:
    """Quizzes, shopping, service, promotions, routine, in several languages."""
    assert softness(article("T.", title=title)) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Dam at Colne breaks, eleven missing",
        "Court stops the largest solar farm",
        "Central bank raises its rate to 4%",
        "Regierung beschließt neues Wahlrecht",
        "Grève des ferries: les îles coupées du continent",
        "El tribunal anula la ley de aguas",
        "",
    ],
)
def test_the_headline_of_an_event_has_no_such_form(article: Make, title: str) -> None:
    """Nothing is taken from what happened."""
    assert softness(article("T.", title=title)) == 0.0


def test_a_question_is_a_little_less_news_than_an_answer(article: Make) -> None:
    """It comes after a report of the same weight, and before what is surely none."""
    question = softness(article("T.", title="Will the dam at Colne hold?"))
    assert 0.0 < question < 0.5


def test_a_curly_apostrophe_is_an_apostrophe(article: Make) -> None:
    """The marks that newspapers set change nothing."""
    straight, curly = ("I'm leaving the harbour", "I’m leaving the harbour")
    assert softness(article("T.", title=curly)) == softness(article("T.", title=straight)) > 0.0


def test_a_giant_title_is_read_as_far_as_a_headline_goes(article: Make) -> None:
    """Beyond, nothing is looked for."""
    assert softness(article("T.", title="ferry " * 100_000 + "quiz")) == 0.0

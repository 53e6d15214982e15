"""A kicker is a phrase that a desk would print above its topic, or nothing."""

import pytest

from digest.clusterers import TopicClusterer, suggested
from digest.clusterers.kickers import kicker
from digest.clusterers.mentions import word
from digest.models import Article, Story, Topic

FILLER = (
    "Nobody was ready for it, as a person who knows the matter well said on the phone, and the days that "
    "follow will show what it costs, who pays for it, and whether anybody else in the region has to do the "
    "same before the summer is over and the guests have left again for good."
)


def of(*rows: str | tuple[str, str], language: str = "en", sources: tuple[str, ...] = ()) -> str:
    """Return the kicker of one story; a row is a title, or a title and a lead."""
    pairs = [(row, "") if isinstance(row, str) else (row[0], f"{row[1]} {FILLER}") for row in rows]
    articles = [
        Article(str(n), title, text, language=language) for n, (title, text) in enumerate(pairs)
    ]
    return kicker([list(map(word, articles))], frozenset(sources))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        pytest.param(
            (
                ("Brightmoor merger talks fail", "The merger of Brightmoor with Orvane is off."),
                ("Orvane walks away from merger of Brightmoor", "Brightmoor is alone again."),
            ),
            "Brightmoor merger",
            id="a name with what happened, before the name alone",
        ),
        pytest.param(
            (
                "Ida Marlow says she will run again",
                "Why Ida Marlow wants to run again",
                "What Marlow did next",
            ),
            "Ida Marlow",
            id="a name in full, where most write it so",
        ),
        pytest.param(
            (
                "Velmund Denies Reports Of Plan",
                "Velmund Denies Plan To Sell",
                "Velmund Denies It Will Sell",
            ),
            "",
            id="nothing but titles in Title Case proves no name",
        ),
        pytest.param(
            (
                "Judges of the Tidal Court hear the case",
                "The Tidal Court hears it at last",
                "All eyes on the Tidal Court",
            ),
            "Tidal Court",
            id="no half of a name",
        ),
        pytest.param(
            ("Fog closes the pass", "Drivers wait for hours", "Snow ploughs called in"),
            "",
            id="nothing that the titles share",
        ),
        pytest.param(
            (
                ("Ferry fares go up", "By Jonah Pike. The ferry costs more, Jonah Pike reports."),
                ("Islanders pay more", "By Jonah Pike. Islanders pay more, Jonah Pike reports."),
            ),
            "",
            id="no reporter, who stands in no title",
        ),
        pytest.param(
            ("Mt. Corvo erupts", "Ash falls as Mt. Corvo wakes", "Flights around Mt. Corvo stop"),
            "Mt. Corvo",
            id="a short form with its full stop is a part of the name",
        ),
        pytest.param(
            (
                "Orlish crude sells again",
                "Ships wait for Orlish crude",
                "Why buyers of Orlan want Orlish crude",
            ),
            "",
            id="no adjective of a country",
        ),
        pytest.param(
            ("Velmund votes today", "A long day in Velmund"), "", id="two short items have none"
        ),
        pytest.param(
            ("Ash over Velmund stops flights", "Ash over Velmund stops flights"),
            "",
            id="a copy proves nothing",
        ),
    ],
)
def test_a_kicker_says_what_most_titles_say(
    rows: tuple[str | tuple[str, str], ...], wanted: str
) -> None:
    """Names as running text writes them, whole, with what happened; else nothing."""
    assert of(*rows) == wanted


def test_an_outlet_is_no_kicker() -> None:
    rows = ("Larnby Post sold", "Who buys the Larnby Post", "Staff of the Larnby Post are glad")
    assert of(*rows) == "Larnby Post"
    assert of(*rows, sources=("larnby post",)) == ""


def test_a_german_noun_is_no_name_that_an_event_could_follow() -> None:
    rows = (
        "Streit um die Fährpreise auf Nordsand",
        "Warum die Fährpreise steigen",
        "Wer die Fährpreise macht",
    )
    assert of(*rows, language="de") == "Fährpreise"


def test_a_german_genitive_is_no_form_for_a_kicker() -> None:
    rows = (
        "Orlanien wählt ein Parlament",
        "Wer in Orlanien regiert",
        "Warum Orlaniens Wahl lange dauert",
        "Orlaniens neue Regierung",
    )
    assert of(*rows, language="de") != "Orlaniens"


@pytest.mark.parametrize(
    ("language", "rows", "wanted"),
    [
        ("zh", ("上海开通电动轮渡航线", "电动轮渡首航顺利"), "电动轮渡"),
        (
            "ar",
            ("افتتاح ميناء الشمال الجديد اليوم", "رحلات من ميناء الشمال إلى الجزر"),
            "ميناء الشمال",
        ),
        ("zh", ("上海开通新航线", "北京书展开幕"), ""),
        # A Thai letter keeps its vowels and tones.
        (
            "th",
            ("เขื่อนโคลนพัง สูญหายสิบเอ็ดคน", "เขื่อนโคลนพังน้ำท่วมสามหมู่บ้าน สูญหายสิบเอ็ดคน"),
            "สูญหายสิบเอ็ดคน",
        ),
    ],
)
def test_without_capitals_a_kicker_is_a_phrase_that_the_titles_share(
    language: str, rows: tuple[str, ...], wanted: str
) -> None:
    assert of(*rows, language=language) == wanted


def test_no_two_topics_have_one_label() -> None:
    """The first that bears it keeps it; the other is called by its headline, and has no kicker."""
    rows = [
        (
            "Velmund harbour strike goes on",
            "Dockers in Velmund keep the harbour shut. Dockers want pay.",
        ),
        (
            "Dockers of Velmund harbour stay out",
            "The strike keeps Velmund harbour shut. Dockers want pay.",
        ),
        (
            "Opera of Velmund sings again",
            "The opera of Velmund opens with a new tenor and old songs.",
        ),
        (
            "Tenor delights the opera of Velmund",
            "A new tenor sings old songs at the opera of Velmund.",
        ),
    ]
    topics = TopicClusterer()([Article(str(n), *row) for n, row in enumerate(rows)])
    labels = [topic.label for topic in topics]
    assert len(set(labels)) == len(labels)
    assert all(topic.kicker in ("", topic.label) for topic in topics)


@pytest.mark.parametrize(
    ("kicker_", "title", "wanted"),
    [
        ("Velmund strike", "The Velmund strike of dockers", ("Velmund strike", "dockers")),
        ("Velmund strike", "A strike of dockers at Velmund", ("Velmund", "dockers")),
        ("", "A strike of dockers at Velmund", ("dockers",)),
    ],
)
def test_what_is_suggested_to_pin_is_what_a_person_would_pin(
    kicker_: str, title: str, wanted: tuple[str, ...]
) -> None:
    """The kicker as most write it, else its name; names and rare words, not what everybody says."""
    articles = tuple(Article(str(n), title, FILLER) for n in range(2))
    topic = Topic("Label", (Story(articles),), ("dockers", "summer"), kicker=kicker_)
    assert [one.keywords for one in suggested([topic])] == [wanted]

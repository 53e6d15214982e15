"""Labels say who and what; a byline, a place and what is common to all are not who."""

import pytest

from digest.clusterers import TopicClusterer
from digest.clusterers.labels import label
from digest.clusterers.mentions import word
from digest.models import Article


def labels(*rows: tuple[str, str]) -> list[str]:
    articles = [Article(str(n), title, text) for n, (title, text) in enumerate(rows)]
    return [topic.label for topic in TopicClusterer()(articles)]


def test_a_byline_is_no_label() -> None:
    rows = [
        (
            f"Ferry fares {word} again in the islands",
            f"By Jonah Pike\n\nThe fares of the island ferries {word} for the {nth} time. The operator "
            f"blames the price of fuel, and islanders ask for a discount on ferry fares.",
        )
        for word, nth in (("rise", "third"), ("climb", "fourth"))
    ]
    assert not any("Pike" in label for label in labels(*rows))


def test_two_companies_under_one_exchange_are_named_both() -> None:
    rows = (
        (
            "Orvane moves its shares to the Calder Exchange",
            "Orvane will list its shares on the Calder Exchange next month. The listing on the Calder "
            "Exchange brings Orvane into an index of large companies.",
        ),
        (
            "Orvane shares jump after its listing on the Calder Exchange",
            "Shares of Orvane jumped 9% on the first day of its listing on the Calder Exchange, where "
            "Orvane joins an index of large companies.",
        ),
        (
            "Brightmoor may lose its place on the Calder Exchange",
            "Brightmoor has until Monday to keep its listing on the Calder Exchange, which asks for a "
            "late report. Shares of Brightmoor fell before the Calder Exchange closed.",
        ),
        (
            "Brightmoor files late and keeps its listing for now",
            "Brightmoor filed its late report and keeps its listing on the Calder Exchange. Shares of "
            "Brightmoor rose; the Calder Exchange asks for another report in May.",
        ),
    )
    found = labels(*rows)
    assert found in (["Brightmoor / Orvane"], ["Orvane / Brightmoor"]) or len(found) > 1
    assert not any("Calder" in label for label in found)


def test_a_common_word_that_opens_a_title_is_no_name() -> None:
    text = "Tram drivers in Velmund walked out. The tram depots are shut and no tram runs."
    assert labels(("Tram drivers walk out in Velmund", text)) == ["Velmund tram"]


@pytest.mark.parametrize("turned", [False, True])
def test_names_of_equal_stories_stand_in_the_alphabets_order(turned: bool) -> None:
    """The order in which the stories come, which is that of a hash, has no say in it."""
    texts = [
        (
            "Orvane moves its shares to the exchange",
            "Orvane will list its shares next month. Orvane joins an index, and Orvane is glad of it.",
        ),
        (
            "Brightmoor may lose its place on the exchange",
            "Brightmoor has until Monday to keep its listing. Brightmoor is late with a report.",
        ),
    ]
    stories = [[word(Article(title, title, text))] for title, text in texts]
    assert label(stories[::-1] if turned else stories) == "Brightmoor / Orvane"

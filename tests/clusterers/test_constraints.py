"""Look-alike events stay apart; stories of feed items tell one event, not one subject."""

import numpy as np
import pytest

from digest.clusterers import TopicClusterer
from digest.clusterers.constraints import of_one_event
from digest.clusterers.neighbours import Neighbours
from digest.clusterers.sparse import Ints
from digest.models import Article

QUAKE = (
    "An earthquake of magnitude {} shook {} on Tuesday. Houses were damaged and people were hurt, the "
    "civil defence office said. The quake struck at a depth of {} kilometres."
)
TRIAL = (
    "The trial of the banker {0} opened on Monday. Prosecutors accuse {0} of fraud. The banker denies "
    "the charges; a verdict is expected soon."
)
_FILLER = (
    "Hop growers fear for the harvest after hail",
    "Library opens a reading room on Sundays",
    "Rail operator orders forty night trains",
    "Museum shows a ship raised from the lake",
)


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Earthquake shakes Meldra", QUAKE.format("6.1", "Meldra", 10)),
            ("Earthquake shakes Harsk", QUAKE.format("5.4", "Harsk", 30)),
        ),
        (
            ("Trial of banker Ines Calder opens", TRIAL.format("Ines Calder")),
            ("Trial of banker Tomas Weil opens", TRIAL.format("Tomas Weil")),
        ),
    ],
)
def test_the_same_words_of_others_are_another_story(rows: tuple[tuple[str, str], ...]) -> None:
    articles = [Article(str(n), title, text) for n, (title, text) in enumerate(rows)]
    stories = [story for topic in TopicClusterer()(articles) for story in topic.stories]
    assert len(stories) == 2


def _groups(*titles: str, text: str = "", story: tuple[int, ...] = (0, 0)) -> list[int]:
    """Return the stories of two outlets' titles, put into `story` before, among unrelated ones."""
    articles = [
        Article(id=f"{n}", title=title, text=text and f"{text} {n}.", source=f"Outlet {n}")
        for n, title in enumerate((*titles, *_FILLER))
    ]
    groups = np.array([*story, *range(10, 10 + len(_FILLER))])
    return _told(groups, articles, [(0, 1)])[:2]


def _told(groups: Ints, articles: list[Article], pairs: list[tuple[int, int]]) -> list[int]:
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ones = np.ones(len(articles), dtype=np.float32)
    links = Neighbours(first, second, ones[: len(pairs)], ones)
    return of_one_event(groups, articles, links, ones > 0).tolist()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dam at Colne breaks, eleven missing", "Eleven missing as Colne dam breaks", True),
        ("Trainer Halvorsen resigns", "Why Halvorsen gave up as trainer", True),
        ("President visits a school", "President signs a budget", False),
        ("Two killed in a shooting", "Five hurt in a market fire", False),
        # A full name is one thing, however many words it has.
        (
            "Odette Marchbanks leaves the city choir after a row over its new hall",
            "Castle by the lake sold to Odette Marchbanks, who wants bees and no guests",
            False,
        ),
        # A year dates what was written.
        (
            "Vintners of the valley expect a late harvest in 2026",
            "Chess: whom to watch when the league begins in 2026",
            False,
        ),
    ],
)
def test_a_story_stays_whole_where_its_titles_share_what_happened(
    one: str, other: str, same: bool
) -> None:
    first, second = _groups(one, other)
    assert (first == second) is same


def test_two_stories_of_one_event_are_joined() -> None:
    first, second = _groups(
        "Dam at Colne breaks, eleven missing", "Eleven missing as Colne dam breaks", story=(0, 1)
    )
    assert first == second


def _of_one_outlet(*titles: str, text: str = "") -> list[int]:
    articles = [
        Article(id=str(n), title=title, text=text, source="Post")
        for n, title in enumerate((*titles, *_FILLER))
    ]
    groups = np.minimum(np.arange(len(articles)), len(titles)) // len(titles)
    return _told(groups, articles, [])[: len(titles)]


def test_unlike_items_of_one_outlet_are_no_story() -> None:
    first, second = _of_one_outlet(
        "Peace talks over the Orda pass resume in Lindau with four delegations",
        "Farmers of Westmark vote to resume talks with the grain board",
    )
    assert first != second


def test_a_headline_with_and_without_a_roof_line_is_one_story() -> None:
    first, second = _of_one_outlet(
        "Row over the canal: The fear of the boatmen", "The fear of the boatmen"
    )
    assert first == second


def test_long_articles_of_one_outlet_stay_as_they_are() -> None:
    first, second = _of_one_outlet("Talks over the pass", "A union votes", text="Words. " * 60)
    assert first == second


def test_two_events_of_one_person_are_two_stories() -> None:
    titles = (
        "Mayor Ottoline Prudhoe charged with taking bribes",
        "Wexcombe mayor accused of taking bribes from a builder",
        "Mayor Ottoline Prudhoe opens new skating rink with a lap",
        "New skating rink opens with a lap by the mayor of Wexcombe",
    )
    articles = [
        Article(id=str(n), title=title, text="", source=f"Paper {n}")
        for n, title in enumerate((*titles, *_FILLER))
    ]
    groups = np.minimum(np.arange(len(articles)), len(titles)) // len(titles)
    one, two, three, four = _told(groups, articles, [])[:4]
    assert one == two != three == four


def test_two_reports_in_running_letters_are_one_story() -> None:
    """Where no space parts words, the pairs of letters that titles share tell the event."""
    articles = [
        Article(id=id, title=title, text=text, source=id, language="ja")
        for id, title, text in (
            (
                "A",
                "港の倉庫で火災、二人けが",
                "金曜日の朝、港の倉庫で火災が起きた。二人がけがをした。",
            ),
            ("B", "倉庫が焼け二人けが、港で", "港の倉庫が金曜日に焼けた。火災で二人がけがをした。"),
            ("C", "図書館が屋根を新しくする", "市の図書館は一月に休館し、屋根を新しくする。"),
        )
    ]
    stories = [story for topic in TopicClusterer()(articles) for story in topic.stories]
    assert sorted(len(story.articles) for story in stories) == [1, 2]


def test_items_of_unknown_outlets_are_left_as_they_are() -> None:
    """Titles without a source may be of as many outlets as there are titles."""
    titles = ("Talks over the pass resume in Lindau", "Farmers vote to resume talks", *_FILLER)
    articles = [Article(id=str(n), title=title, text="") for n, title in enumerate(titles)]
    groups = np.minimum(np.arange(len(articles)), 2) // 2
    first, second = _told(groups, articles, [])[:2]
    assert first == second

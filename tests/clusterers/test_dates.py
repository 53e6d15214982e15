"""Time as evidence: what lies far apart is less alike, and a lead names the day of its event."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.clusterers import TopicClusterer, explain_pair
from digest.clusterers.dates import closeness, closeness_of_spans, contradiction, slots_of, weekdays
from digest.models import Article

DAYS = st.lists(
    st.one_of(st.floats(0, 200, width=32), st.just(float("nan"))), min_size=1, max_size=5
)


def span(days: list[float]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    known = [day for day in days if day == day]
    return np.array([[min(known), max(known)] if known else [np.nan] * 2], dtype=np.float32)


@given(DAYS, DAYS)
def test_time_leaves_a_link_no_more_than_the_least_of_its_dated_pairs(
    ours: list[float], theirs: list[float]
) -> None:
    pairs = [
        float(closeness(np.float32([a]), np.float32([b]))[0])
        for a in ours
        for b in theirs
        if a == a and b == b
    ]
    assert closeness_of_spans(span(ours), span(theirs))[0] <= min(pairs, default=1.0) + 1e-6


def products(*texts: str) -> list[float]:
    """Return the products of the first text with each."""
    articles = [Article(str(n), "A title", text) for n, text in enumerate(texts)]
    rows = weekdays(articles, len(articles))
    return [round(float(rows[0] @ row), 4) for row in rows]


def test_the_same_day_speaks_for_a_pair_and_a_distant_one_against_it() -> None:
    same, next_day, distant, none = products(
        "He said on Thursday.", "He said Friday.", "He said on Monday.", "He said so."
    )
    assert same > next_day > 0 > distant
    assert none == 0


def test_days_are_known_in_several_languages() -> None:
    english, german, french = products(
        "He said on Thursday.", "Er sagte am Donnerstag.", "Il a dit jeudi."
    )
    assert english == german == french


def test_a_title_that_is_its_own_text_says_nothing_of_a_day() -> None:
    assert not np.any(weekdays([Article("a", "Thursday special", "Thursday special")], 1))


RESULTS = (
    "Velmora Foods said its {} quarter revenue came to {} million euros. The maker of biscuits sold more "
    "crackers in Italy and fewer cakes in Spain, and its margin improved. Velmora employs 900 people."
)
FIRST = [
    Article("q1-a", "Velmora Foods reports Q1 results", RESULTS.format("first", 410)),
    Article("q1-b", "Velmora revenue up in the first quarter", RESULTS.format("first", 410)),
]
SECOND = [
    Article("q2-a", "Velmora Foods reports Q2 results", RESULTS.format("second", 432)),
    Article("q2-b", "Velmora revenue up in second quarter", RESULTS.format("second", 432)),
]


def others(count: int) -> list[Article]:
    """Articles that have nothing to do with each other."""
    names = [f"{a}{b}{c}" for a in ("Bar", "Tol", "Gri", "Sen") for b in "aeiou" for c in "dklmnrt"]
    things = ("bridge", "school", "ferry", "museum", "harbour", "library", "theatre")
    return [
        Article(
            f"x{n}",
            f"{names[n]} opens its {things[n % 7]}",
            f"The mayor of {names[n]} opened the {things[n % 7]} before {n + 20} guests. "
            f"{names[n]} had waited {n % 9 + 2} years for it, said the builder {names[-n - 1]} Ost.",
        )
        for n in range(count)
    ]


def stories(articles: list[Article]) -> set[frozenset[str]]:
    found = TopicClusterer()(articles)
    return {frozenset(a.id for a in story.articles) for topic in found for story in topic.stories}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Velmora Q1 results", "Velmora Q2 results", "quarter 1 / 2"),
        ("Velmora 1Q profit up", "Velmora third-quarter profit up", "quarter 1 / 3"),
        ("Fire season of 2019", "Fire season of 2021", "year 2019 / 2021"),
        ("Quake of March 3 in Meldra", "Quake of 9 May in Meldra", "day March 3 / May 9"),
        ("Magnitude 6.1 quake hits", "Quake of magnitude 4.9 hits", "magnitude 6.1 / 4.9"),
        ("Final: Game 3 goes to Harsk", "Final: Game 4 goes to Harsk", "game 3 / 4"),
        ("Strike, day 0", "Strike of May 9", "day 0 / May 9"),
        ("Heated first debate", "A calm second debate", "debate 1 / 2"),
    ],
)
def test_titles_of_two_occasions_contradict_each_other(one: str, other: str, said: str) -> None:
    assert contradiction(slots_of(Article("a", one, "")), slots_of(Article("b", other, ""))) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Velmora Q1 results", "Velmora reports results"),
        ("Velmora Q4 results", "Velmora sees Q1 outlook weak"),
        ("Quake of March 3 in Meldra", "Meldra counts its dead on March 5"),
        ("Quake of December 30", "Relief on January 2"),
        ("Magnitude 6.1 quake hits", "Quake of magnitude 6.3 hits"),
        ("Storm kills 4 in Harsk", "Storm kills 7 in Harsk"),
        ("Shares fall 3% in day 2 rout", "Shares fall 5% on day two"),
    ],
)
def test_titles_that_may_be_of_one_occasion_do_not(one: str, other: str) -> None:
    assert contradiction(slots_of(Article("a", one, "")), slots_of(Article("b", other, ""))) == ""


def test_an_article_that_mentions_the_other_occasion_does_not_contradict_it() -> None:
    one = slots_of(Article("a", "Velmora Q2 results", "Better than in the first quarter."))
    other = slots_of(Article("b", "Velmora Q1 results", "A weak start."))
    assert contradiction(one, other) == ""


@pytest.mark.parametrize("around", [0, 3, 120])
def test_results_of_two_quarters_are_two_stories_of_one_topic(around: int) -> None:
    found = TopicClusterer()([*FIRST, *SECOND, *others(around)])
    ours = [topic for topic in found if "q1-a" in {a.id for a in topic.articles}]
    assert {frozenset(a.id for a in story.articles) for story in ours[0].stories} == {
        frozenset(("q1-a", "q1-b")),
        frozenset(("q2-a", "q2-b")),
    }


def test_reports_months_apart_are_two_stories_however_alike() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    text = "The Larnby fair drew 20,000 visitors. Stalls sold cheese and cider until midnight."
    rows = [
        Article("a", "Larnby fair draws 20,000", text, published=day),
        Article("b", "Fair in Larnby: 20,000 came", text + " Rain fell.", published=day),
    ]
    assert len(stories(rows)) == 1
    later = Article("b", rows[1].title, rows[1].text, published=day + timedelta(days=200))
    assert len(stories([rows[0], later])) == 2


def test_a_side_remark_does_not_part_a_story() -> None:
    text = "Rider {} of Harsk leads the tour of Meldra after a long climb in the rain; {} {}."
    rows = [
        Article(str(n), f"Ines Calder leads tour of Meldra {w}", text.format("Ines Calder", w, n))
        for n, w in enumerate(
            ("again", "still", "happily", "after stage 3", "after stage 4", "now")
        )
    ]
    assert len(stories(rows)) == 1


def test_an_explanation_names_the_veto_and_the_linkage() -> None:
    rows = [*FIRST, *SECOND]
    apart = explain_pair(FIRST[0], SECOND[0], rows)
    assert apart.vetoes == ("they tell of different occasions: quarter 1 / 2",)
    assert (apart.together, apart.same_topic, apart.sides) == (False, True, (2, 2))
    together = explain_pair(FIRST[0], FIRST[1], rows)
    assert (together.together, together.vetoes, together.sides) == (True, (), (1, 1))
    assert together.link >= together.bar


def test_an_explanation_names_strangers_and_dates_as_what_they_are() -> None:
    text = "An earthquake shook {0} on Tuesday. Houses in {0} were damaged, the civil defence said."
    rows = [
        Article(name, f"Earthquake shakes {name}", text.format(name), published=when)
        for name, when in (
            ("Meldra", datetime(2026, 3, 1, tzinfo=UTC)),
            ("Harsk", datetime(2026, 8, 1, tzinfo=UTC)),
        )
    ]
    found = explain_pair(rows[0], rows[1], rows)
    assert found.days == 153.0
    assert found.vetoes == (
        "reports on one event lie within 60 days",
        "they share no name: meldra / harsk",
    )

"""Copies collapse into one article; reports on one event do not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deduplication import NearDuplicates
from digest.models import Article

LONG = (
    "The harbour of Larnby will be closed to large ships from Monday while divers repair the northern"
    " sluice, the port authority said. Fishing boats may still use the inner basin at high tide. The"
    " work is expected to last three weeks and to cost two million pounds, half of it paid by the"
    " region. Traders on the quay fear that they will lose the last weeks of the summer season."
)
OTHER = (
    "Traders in Larnby are worried: for three weeks no large ship will call, because the port"
    " authority is mending a sluice. Half of the cost falls to the region. The inner basin stays"
    " open to fishermen, but only when the tide is high."
)


def article(name: str, text: str, title: str = "Port closes", **more: object) -> Article:
    return Article(id=name, title=title, text=text, source=name, **more)  # type: ignore[arg-type]


def test_an_equal_text_under_another_head_is_a_copy() -> None:
    kept, omitted = NearDuplicates()([article("a", LONG), article("b", LONG, "Ships kept away")])
    assert [a.id for a in kept] == ["a"]
    assert [copy.source for copy in kept[0].copies] == ["b"]
    assert [(o.reason, o.what) for o in omitted] == [("duplicate", "Ships kept away")]
    assert "Port closes" in omitted[0].detail


def test_an_article_cut_short_is_a_copy_of_the_whole() -> None:
    kept, _ = NearDuplicates()([article("short", LONG[:200]), article("whole", LONG)])
    assert [a.id for a in kept] == ["whole"]


def test_a_lightly_reworded_article_is_a_copy() -> None:
    reworded = LONG.replace("large", "big").replace("three", "a few").replace("Monday", "Tuesday")
    kept, _ = NearDuplicates()([article("a", LONG), article("b", reworded)])
    assert len(kept) == 1


def test_two_reports_on_one_event_are_not_copies() -> None:
    kept, omitted = NearDuplicates()([article("a", LONG), article("b", OTHER)])
    assert (len(kept), omitted) == (2, [])


def test_of_equal_articles_the_earliest_is_kept() -> None:
    late = article("a", LONG, published=datetime(2026, 3, 2, tzinfo=UTC))
    early = article("b", LONG, published=datetime(2026, 3, 1, tzinfo=UTC))
    kept, _ = NearDuplicates()([late, early])
    assert [a.id for a in kept] == ["b"]


def test_ten_thousand_copies_leave_one_article_that_knows_them_all() -> None:
    kept, omitted = NearDuplicates()([article(str(n), LONG) for n in range(10_000)])
    assert len(kept) == 1
    assert len(kept[0].copies) == len(omitted) == 9_999


def test_nothing_in_gives_nothing_out() -> None:
    assert NearDuplicates()([]) == ([], [])


words = st.lists(
    st.sampled_from(["ash", "bay", "cod", "dew", "elm", "fir", "gum", "hay", "ivy", "jet"]),
    max_size=40,
)


@given(st.lists(words, max_size=8), st.randoms())
def test_the_order_of_the_input_does_not_matter(texts: list[list[str]], chance: object) -> None:
    articles = [article(str(n), " ".join(text)) for n, text in enumerate(texts)]
    shuffled = list(articles)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = NearDuplicates()(articles)[0], NearDuplicates()(shuffled)[0]
    assert sorted(one, key=lambda a: a.id) == sorted(other, key=lambda a: a.id)


@given(st.lists(words, max_size=8))
def test_each_article_is_kept_or_omitted(texts: list[list[str]]) -> None:
    articles = [article(str(n), " ".join(text)) for n, text in enumerate(texts)]
    kept, omitted = NearDuplicates()(articles)
    assert len(kept) + len(omitted) == len(articles)
    assert sum(len(a.copies) for a in kept) == len(omitted)


def test_a_copy_of_a_carried_article_is_dropped() -> None:
    """What an earlier issue had is not told again, however it is headed; other news is."""
    new = [article("b", LONG, "Ships kept away"), article("c", OTHER)]
    kept, omitted = NearDuplicates()(new, carried=[article("a", LONG)])
    assert [(a.id, a.copies) for a in kept] == [("c", ())]
    assert [o.what for o in omitted] == ["Ships kept away"]
    assert omitted[0].detail == "copy of “Port closes” (a), which an earlier issue carried"


def test_headlines_without_a_text_are_copies_only_where_they_are_the_same():
    titles = (
        "Weekly thread for questions about ropes and knots - November 18",
        "Weekly thread for questions about ropes and knots - November 25",
        "Weekly thread for questions about ropes and knots - November 18",
    )
    headlines = [
        Article(f"id{number}", title, "", page=str(number), teaser=True)
        for number, title in enumerate(titles)
    ]
    kept, left_out = NearDuplicates()(headlines)
    assert [article.id for article in kept] == ["id0", "id1"]
    assert [omission.what for omission in left_out] == [titles[2]]


SERIES = {
    "weather": (
        "Weather for {0}",
        "Today in {0}: sunny spells with a light breeze from the {1}. Highs of {2} degrees, lows near {3}."
        " Rain is unlikely before the weekend. The outlook is updated every morning at six.",
        (("Larnby", "west", 19, 11), ("Kelm", "north", 17, 9), ("Orvel", "east", 22, 14)),
    ),
    "quakes": (
        "M {1} earthquake near {0}",
        "An earthquake of magnitude {1} struck near {0} at a depth of {2} km on Friday, the survey said."
        " There were no reports of damage. The survey said aftershocks were possible.",
        (("Colne", "5.2", 10), ("Ashby", "6.1", 33), ("Varn", "4.8", 12)),
    ),
    "results": (
        "{0} beat {1} {2}",
        "{0} beat {1} {2} on Saturday in the second division. The home side led at the break and never"
        " looked back, the league said in its match report. The next round is played on Wednesday.",
        (
            ("Kelm Town", "Orvel", "3-1"),
            ("Larnby", "Dorne", "2-0"),
            ("Ashby Rovers", "Colne", "4-2"),
        ),
    ),
    "releases": (
        "{0} {1} released",
        "Version {1} of {0} is out. The release fixes bugs and updates translations. Users are advised to"
        " upgrade. The full list of changes is on the project's site, with packages for all platforms.",
        (("Quillpad", "2.4.1"), ("Quillpad", "2.4.2"), ("Ferret", "0.9.0")),
    ),
    "advisories": (
        "{2}: {0} runs foreign code",
        "A vulnerability was found in {0} before version {1}. A remote attacker could run code with a"
        " crafted file. The flaw is tracked as {2}. Administrators should update; no workaround is known.",
        (("libpanel", "3.2", "CVE-2026-1101"), ("libpanel", "3.3", "CVE-2026-1307")),
    ),
    "obituaries": (
        "{0}, {2}",
        "{0}, who died on {1} aged {2}, was born in {3}. A service will be held at the chapel of the"
        " crematorium. Family flowers only, please; donations may be sent to the hospice.",
        (("Anna Berg", "12 May", 81, "Kelm"), ("Tom Hale", "14 May", 77, "Dorne")),
    ),
    "markets": (
        "{0} closes at {2}",
        "{0} shares closed {1} percent higher at {2} on Friday, in line with the wider market. Traders"
        " pointed to thin volumes ahead of the holiday. The stock is among the ten most traded.",
        (("Aldon", "0.4", "12.31"), ("Bremar", "1.2", "88.05"), ("Corvex", "0.7", "41.90")),
    ),
    "roads": (
        "{0} closed near {1}",
        "The road {0} is closed between {1} and {2} until {3} because of works on the bridge. Drivers"
        " should follow the signs. Buses stop on the other side of the square.",
        (("B12", "Kelm", "Orvel", "Friday"), ("B31", "Dorne", "Ashby", "Sunday")),
    ),
    "Wetter": (
        "Wetter in {0}",
        "In {0} bleibt es am Dienstag trocken bei Höchstwerten um {1} Grad. Der Wind weht schwach aus {2}."
        " In der Nacht kühlt es auf {3} Grad ab. Morgen ändert sich wenig.",
        (("Osterau", 19, "Westen", 8), ("Lundhafen", 17, "Norden", 9)),
    ),
    "episodes of one description": (
        "The Week, episode {0}: {1}",
        "Listen to the programme that explains the news of the week, every Friday, with guests from all"
        " over the country and music by the house band.",
        ((112, "the dam"), (113, "the election"), (114, "the strike")),
    ),
}


@pytest.mark.parametrize("name", SERIES)
def test_the_articles_of_a_series_are_no_copies(name: str) -> None:
    title, text, rows = SERIES[name]
    members = [
        replace(
            article(str(n), text.format(*row), title.format(*row)),
            source="one",
            url=f"https://x.example/{n}",
        )
        for n, row in enumerate(rows)
    ]
    assert [a.id for a in NearDuplicates()(members)[0]] == [a.id for a in members]
    later, _ = NearDuplicates()(members[1:], carried=members[:1])
    assert [a.id for a in later] == [a.id for a in members[1:]]


def test_an_excerpt_of_one_of_a_series_is_still_its_copy() -> None:
    title, text, rows = SERIES["weather"]
    whole = [article(str(n), text.format(*row), title.format(*row)) for n, row in enumerate(rows)]
    excerpt = article("cut", whole[1].text[:120], whole[1].title)
    kept, _ = NearDuplicates()([*whole, excerpt])
    assert {a.id: len(a.copies) for a in kept} == {"0": 0, "1": 1, "2": 0}


def test_another_outlet_may_put_right_one_figure_of_a_report_it_prints() -> None:
    kept, _ = NearDuplicates()(
        [article("a", LONG), article("b", LONG.replace("two million", "2.1 million"))]
    )
    assert len(kept) == 1

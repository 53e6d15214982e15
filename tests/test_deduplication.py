"""Copies collapse into one article; reports on one event do not."""

from datetime import UTC, datetime

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

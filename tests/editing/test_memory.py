"""What the reader has had is known again: told once, and what is new in it is told as an update."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editing import news, recall
from digest.models import Article

Make = Callable[..., Article]
DAM = (
    "The dam at Colne broke in the night after three weeks of rain. Eleven people are missing, the fire"
    " service said at noon. Four hundred houses below the dam were emptied before the morning. The river"
    " authority had found cracks in the wall in September and asked for money to mend them. The minister"
    " for water will speak in the evening. Schools in the valley stay closed for the week, and trains"
    " between Colne and Larnby do not run."
)
FURTHER = (
    " Divers found a bus with two of the missing in it on Saturday. The works to mend the wall had been"
    " put off twice, letters of the authority show."
)


@pytest.fixture
def told(article: Make) -> Article:
    """An article that an issue carried."""
    return article(DAM, id="told", title="Dam at Colne breaks", source="Tide",
                   url="https://tide.example/dam?utm_source=rss", page="feed#1")  # fmt: skip


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        pytest.param({}, "again", id="the same once more"),
        pytest.param({"url": "https://tide.example/dam#top"}, "again", id="its address"),
        pytest.param({"url": None}, "again", id="its title"),
        pytest.param({"title": "A dam breaks"}, "again", id="its address under another title"),
        pytest.param({"text": DAM[:200], "url": None}, "again", id="an excerpt of the whole"),
        pytest.param({"text": DAM[:210]}, "again", id="less of it"),
        pytest.param({"text": ""}, "again", id="its headline alone"),
        pytest.param({"text": "", "url": None}, "again", id="its headline elsewhere"),
        pytest.param({"text": DAM.replace(" are ", " were ")}, "again", id="a word or two"),
        pytest.param({"text": f"{DAM} Read more here."}, "again", id="a call to read on"),
        pytest.param({"text": DAM + FURTHER}, "update", id="more text"),
        pytest.param({"text": DAM + FURTHER, "url": None}, "update", id="more text elsewhere"),
        pytest.param({"text": DAM.replace("Four hundred", "400 or 500")}, "update", id="figures"),
        pytest.param({"text": FURTHER.strip() * 2}, "update", id="another text at its address"),
        pytest.param({"text": FURTHER, "url": None}, "new", id="a series of one title"),
        pytest.param({"url": "https://tide.example/2", "title": "Two found"}, "new", id="another"),
        pytest.param({"url": None, "title": "Other"}, "new", id="another title and no address"),
    ],
)
def test_what_comes_again_is_known_and_news_is_told(
    told: Article, change: dict[str, str | None], outcome: str
) -> None:
    """By its address or its title; what says more under either is an update, and a series is none."""
    now = replace(told, id="now", **change)  # type: ignore[arg-type]
    found = recall([now], [told])
    if outcome == "again":
        assert (found.articles, found.updates, len(found.omissions)) == ((), {}, 1)
    else:
        assert (found.articles, found.omissions) == ((now,), ())
        assert found.updates == ({"now": (told,)} if outcome == "update" else {})


def test_an_excerpt_and_then_its_whole_article_are_told_once(article: Make) -> None:
    """The whole says no more of what happened; a text that breaks off is an excerpt however long it is."""
    whole = article(DAM + FURTHER, id="whole", title="Dam at Colne breaks")
    short = article("The dam at Colne broke in the night.", title="Dam at Colne breaks")
    for excerpt in (
        short,
        replace(short, text=DAM, truncated=True),
        replace(short, text=DAM, teaser=True),
    ):
        found = recall([whole], [excerpt])
        assert (found.articles, len(found.omissions)) == ((), 1)


@pytest.mark.parametrize(
    ("title", "text", "updated"),
    [
        ("Dam at Colne breaks", "The dam at Colne broke in the night, 9 people are missing.", True),
        ("Dam at Colne breaks", "9 are missing since the dam at Colne broke in the night.", True),
        ("Dam at Colne breaks", "The dam at Colne broke at night: 3 people are missing.", False),
        ("Dam at Colne breaks", "The mayor of Colne has promised help to all of the 900.", False),
        (
            "Dam at Colne breaks",
            f"In the night the dam at Colne broke, 3 are missing. {DAM}",
            False,
        ),
        ("Dam at Colne breaks, 9 gone", "The dam at Colne broke in the night.", True),
    ],
)
def test_an_excerpt_with_other_figures_is_an_update(
    article: Make, title: str, text: str, updated: bool
) -> None:
    """Most of what a feed has is so short; other words about the same are no news there."""
    text_told = "The dam at Colne broke in the night, 3 people are missing."
    told = article(text_told, title="Dam at Colne breaks", url="https://tide.example/dam")
    found = recall([replace(told, id="now", title=title, text=text)], [told])
    assert bool(found.updates) is bool(found.articles) is updated
    if updated:
        (now,) = found.articles
        assert recall([replace(now, id="again")], [told, now]).articles == ()


def test_a_short_text_whose_inner_sentence_was_replaced_is_an_update(article: Make) -> None:
    """An excerpt leaves out what follows, and no sentence between two that stay."""
    told = "The dam at Colne broke in the night. Nobody was hurt there, a warden said. The road is shut."
    now = told.replace("Nobody was hurt there", "Two anglers were found dead below it")
    shown = article(told, title="Dam at Colne breaks", url="https://tide.example/dam")
    assert recall([replace(shown, id="now", text=f"{now} {FURTHER}")], [shown]).updates
    assert not recall([replace(shown, id="now", text=f"{told} {FURTHER}")], [shown]).updates


@pytest.mark.parametrize(
    ("title", "known"),
    [("Weather", False), ("The weather today", False), ("Dam at Colne breaks", True), ("大坝决堤", True)],
)  # fmt: skip
def test_a_title_of_few_words_is_no_name(article: Make, title: str, known: bool) -> None:
    """A heading that comes each day tells nothing apart, unless it is in a script without spaces."""
    found = recall([article("", title=title, id="b")], [article("", title=title)])
    assert bool(found.omissions) is known


def test_a_title_is_known_without_its_case_and_marks(article: Make) -> None:
    """As two feeds write one headline."""
    first = article("", title="“Dam at Colne” breaks: eleven missing")
    second = article("", id="b", title="DAM AT COLNE BREAKS – ELEVEN MISSING")
    assert recall([second], [first]).articles == ()


def test_news_is_held_against_every_version(article: Make) -> None:
    """What one of them said is no news, whichever is the longest, and whichever came first."""
    first = article(DAM, id="first", title="Dam at Colne breaks", url="https://tide.example/dam")
    second = replace(first, id="second", text=DAM.replace("Four hundred", "400"))
    third = replace(first, id="third", text=DAM + FURTHER)
    for had in ([first, second, third], [third, second, first]):
        for again in (first, second, third):
            assert recall([replace(again, id="again")], had).articles == ()
        fourth = replace(
            third, id="fourth", text=f"{third.text} Of the boats 12 are at work on the river."
        )
        assert set(recall([fourth], had).updates["fourth"]) == {first, second, third}


def test_an_omission_says_whose_copy_it_is(told: Article) -> None:
    """With the page it stood on."""
    again = replace(told, id="again", page="other#7")
    ((omission),) = recall([again], [told]).omissions
    assert (omission.what, omission.reason, omission.page) == (
        *("Dam at Colne breaks", "duplicate", "other#7"),
    )
    assert omission.detail == "copy of “Dam at Colne breaks” (Tide), which an earlier issue carried"


def test_the_sentences_of_news_are_those_that_say_what_was_not_said(article: Make) -> None:
    """Word for word where they stand; neither furniture nor what is only said otherwise."""
    earlier = article(DAM)
    now = article(f"Updated at noon. {DAM}{FURTHER}")
    found = [now.text[start:end] for start, end in news(now, earlier)]
    assert found == [
        "Divers found a bus with two of the missing in it on Saturday.",
        "The works to mend the wall had been put off twice, letters of the authority show.",
    ]


def test_a_figure_of_the_title_is_no_news(article: Make) -> None:
    """It was told there."""
    earlier = article(
        "The fire service counts the missing at the dam of Colne.", title="11 missing"
    )
    now = article("The fire service counts 11 missing at the dam of Colne.")
    assert list(news(now, earlier)) == []
    other = article("The fire service counts 12 missing at the dam of Colne.")
    assert len(list(news(other, earlier))) == 1


def test_without_a_memory_all_is_new(told: Article) -> None:
    """In the order in which it came."""
    articles = [replace(told, id=key) for key in "cab"]
    found = recall(articles, [])
    assert (found.articles, found.updates, found.omissions) == (tuple(articles), {}, ())


sentences = st.sampled_from(
    [
        "The dam at Colne broke in the night after the rain.",
        "Eleven people are missing since the dam has broken there.",
        "12 people are missing since the dam has broken there.",
        "Trains do not run between Colne and Larnby this week.",
        "Short one.",
    ]
)
texts = st.lists(sentences, max_size=8).map(" ".join)
titles = st.sampled_from(["Dam at Colne breaks", "Trains to Larnby stand still", "Weather", ""])
addresses = st.sampled_from([None, "https://tide.example/1", "https://tide.example/2"])
pieces = st.builds(lambda *given: given, titles, texts, addresses)


@given(st.lists(pieces, max_size=6), st.lists(pieces, max_size=6), st.randoms())
def test_every_article_is_kept_or_left_out_whatever_the_order_of_the_memory(
    now: list[tuple[str, str, str | None]], had: list[tuple[str, str, str | None]], chance: object
) -> None:
    """None twice, none lost; what is an update is kept."""
    articles = [Article(f"n{k}", title, text, url=url) for k, (title, text, url) in enumerate(now)]
    earlier = [Article(f"e{k}", title, text, url=url) for k, (title, text, url) in enumerate(had)]
    found = recall(articles, earlier)
    assert len(found.articles) + len(found.omissions) == len(articles)
    assert found.updates.keys() <= {article.id for article in found.articles}
    chance.shuffle(earlier)  # type: ignore[attr-defined]
    again = recall(articles, earlier)
    assert [one.id for one in again.articles] == [one.id for one in found.articles]


@given(pieces)
def test_what_was_told_is_never_told_again(given_piece: tuple[str, str, str | None]) -> None:
    """Wherever it can be known by an address or a telling title."""
    title, text, url = given_piece
    told = Article("told", title, text, url=url)
    found = recall([replace(told, id="again")], [told])
    assert bool(found.omissions) is bool(url or len(title.split()) >= 4)

"""One summary of several articles."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.length import Length
from digest.models import Article
from digest.summarizers.textrank import TextRank

FERRY = Article(
    "ferry",
    "Ferry sold",
    "The Brenmouth ferry was sold to a Danish line on Monday. Its crew of nine "
    "keeps their jobs, the line said. Gulls followed the boat.",
)
FERRY_AGAIN = Article(
    "again",
    "Line buys ferry",
    "A Danish line bought the Brenmouth ferry on Monday. The price was "
    "four million crowns. A brass band played in the rain.",
)
SCHOOL = Article(
    "school",
    "School opens",
    "Pupils moved into the new school at Tarn Hill. The roof of the school "
    "at Tarn Hill makes its own power.",
)


def choose(*articles: Article, sentences: int = 3) -> list[tuple[str, int]]:
    """The ids and starts of what is chosen."""
    summary = TextRank(length=Length(sentences), language="en")(articles)
    return [(s.article_id, s.start) for s in summary.sentences]


def test_one_event_is_told_once_and_then_what_is_new() -> None:
    """Three outlets open with the same news in other words: one of them is quoted, and what only one says."""
    stories = [
        "Fire broke out at the Lowmoor mill on Monday and killed two workers. The mill made rope.",
        "A fire at the Lowmoor mill killed two workers on Monday. Inspectors fined the mill last year.",
        "Two workers were killed on Monday when fire broke out at the Lowmoor mill. Smoke rose high.",
    ]
    articles = [Article(str(k), "Fire at Lowmoor mill", text) for k, text in enumerate(stories)]
    summary = TextRank(length=Length(3), language="en")(articles)
    assert sum("killed" in sentence.text for sentence in summary.sentences) == 1


def test_the_same_news_is_told_once() -> None:
    """A copy of an article adds nothing."""
    chosen = TextRank(length=Length(9), language="en")([FERRY, replace(FERRY, id="copy")])
    texts = [sentence.text for sentence in chosen.sentences]
    assert len(texts) == len(set(texts))


def test_sentences_stand_article_by_article() -> None:
    """In the order given, and within an article in its own order."""
    chosen = choose(FERRY, FERRY_AGAIN, SCHOOL, sentences=5)
    order = ["ferry", "again", "school"]
    assert chosen == sorted(chosen, key=lambda key: (order.index(key[0]), key[1]))


def test_dated_articles_stand_by_date() -> None:
    """Where all have a date, the oldest comes first."""
    late = replace(FERRY, published=datetime(2026, 5, 2, tzinfo=UTC))
    early = replace(SCHOOL, published=datetime(2026, 5, 1, tzinfo=UTC))
    assert [id_ for id_, _ in choose(late, early, sentences=2)] == ["school", "ferry"]


def test_what_was_told_is_not_told_again() -> None:
    """Told sentences are left out as long as there are others."""
    first = TextRank(length=Length(1), language="en")([FERRY]).sentences[0]
    told = frozenset({(first.article_id, first.start)})
    second = TextRank(length=Length(1), language="en")([FERRY], told=told).sentences
    assert second
    assert second[0].start != first.start


@pytest.mark.parametrize("articles", [(), (Article("e", "", ""),), (Article("e", "", ""), FERRY)])
def test_an_empty_article_does_no_harm(articles: tuple[Article, ...]) -> None:
    """Without a sentence there is a reason; beside another article it is as if it were not there."""
    summary = TextRank(language="en")(articles)
    assert bool(summary.sentences) == (FERRY in articles)
    assert summary.sentences or summary.note


def test_what_two_outlets_say_in_other_words_is_told_once() -> None:
    """A few names more or less are shared; then a sentence that says something else is better."""
    one = Article(
        "a",
        "Council passes bridge budget",
        "The Hallin council on Monday passed the bridge budget.",
    )
    two = Article(
        "b",
        "Bridge budget adopted",
        "On Monday the Hallin council narrowly adopted the disputed bridge budget despite grumblings in the "
        "harbour about its cost. Work on two new piers begins in the spring with forty builders from Oslo.",
    )
    told = TextRank(length=Length(3))([one, two], about=one.title).sentences
    assert sum("budget" in sentence.text for sentence in told) == 1


def test_a_comment_and_a_nameless_president_do_not_open_a_topic() -> None:
    """Where another outlet reports, and says who."""
    vague = Article(
        "a",
        "Oslo buys the ferry",
        "Leaders fear for the old ferry of Hallin if the president buys it.",
    )
    named = Article(
        "b",
        "Oslo buys the ferry",
        "President Joan Lindqvist bought the old ferry of Hallin on Monday.",
    )
    first = TextRank(length=Length(1))([vague, named], about="Oslo buys the ferry").sentences[0]
    assert "Lindqvist" in first.text


def test_what_was_so_days_before_the_newest_article_does_not_open_a_topic() -> None:
    """A ferry that is missed in one article and found in a later one is found."""
    missed = Article(
        "a",
        "Ferry is missed",
        "The ferry Isolde is missed with nine sailors in the sea off Tarn Head, the coastguard announced.",
        published=datetime(2026, 5, 1, tzinfo=UTC),
    )
    found = Article(
        "b",
        "Ferry is found",
        "Divers found the ferry Isolde and her bell in forty metres off Tarn Head, the navy announced.",
        published=datetime(2026, 5, 9, tzinfo=UTC),
    )
    summary = TextRank(length=Length(1))([missed, found], about="Ferry Isolde off Tarn Head")
    assert summary.sentences[0].article_id == "b"

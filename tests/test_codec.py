"""What is written is read again, whatever is in it."""

from dataclasses import fields
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from digest.codec import article_of, article_record, article_values
from digest.models import Article, Copy

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe = st.none() | texts.filter(bool)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
copies = st.builds(Copy, source=texts, url=maybe, title=maybe, page=texts)
articles = st.builds(
    Article,
    id=texts,
    title=texts,
    text=texts,
    source=texts,
    page=texts,
    url=maybe,
    author=maybe,
    published=st.none() | moments,
    language=st.sampled_from(["en", "de"]),
    headings=st.lists(texts, max_size=2).map(tuple),
    truncated=st.booleans(),
    teaser=st.booleans(),
    categories=st.lists(texts, max_size=2).map(tuple),
    copies=st.lists(copies, max_size=2).map(tuple),
)


@given(articles)
def test_an_article_is_read_as_it_was_written(article: Article) -> None:
    """Every field of it."""
    assert article_of(article_values(article)) == article


@given(articles)
def test_an_article_is_written_whole(article: Article) -> None:
    """No field of the model is forgotten."""
    assert article_values(article).keys() == {one.name for one in fields(Article)}


def test_the_date_of_a_record_ends_with_a_z() -> None:
    """As the schema split/1 has it."""
    article = Article("a", "Ferry", "It runs.", published=datetime(2026, 11, 21, 6, tzinfo=UTC))
    assert article_record(article)["published"] == "2026-11-21T06:00:00Z"

"""The pipeline, with stages of a line each in place of the real ones."""

import datetime
from collections.abc import Sequence, Set
from dataclasses import replace

from digest.errors import FetchError
from digest.models import (
    Article,
    Block,
    Carried,
    Identity,
    Omission,
    Page,
    RawDocument,
    Sentence,
    Source,
    Split,
    Story,
    Summary,
    Topic,
)
from digest.pipeline import Stages, build_digest, compose_digest


def fetch(source: Source) -> RawDocument:
    if source.location == "gone.txt":
        raise FetchError(source.location, "no such file")
    return RawDocument(source, source.location.encode())


def read(document: RawDocument) -> list[Page]:
    return [Page(document.source, (Block(document.content.decode()),))]


def split(page: Page) -> Split:
    location = page.source.location
    if location == "empty.txt":
        return Split()
    text = f"First of {location}. Second of {location}."
    article = Article(location, location, text, page=location, teaser=location.startswith("teaser"))
    return Split((article,), (Omission("Share", "navigation", location),))


def deduplicate(
    articles: Sequence[Article], *, carried: Sequence[Article] = ()
) -> tuple[list[Article], list[Omission]]:
    articles = [one for one in articles if one.text not in [past.text for past in carried]]
    kept = [article for article in articles if "copy" not in article.id]
    return kept, [Omission(a.title, "duplicate", a.page) for a in articles if a not in kept]


def cluster(articles: Sequence[Article]) -> list[Topic]:
    return [Topic("All", tuple(Story((article,)) for article in articles))] if articles else []


def first_untold(
    articles: Sequence[Article],
    /,
    *,
    told: Set[tuple[str, int]] = frozenset(),
    about: str = "",  # noqa: ARG001
) -> Summary:
    for article in articles:
        second = article.text.index("Second")
        for index, (start, end) in enumerate([(0, second - 1), (second, len(article.text))]):
            if (article.id, start) not in told:
                sentence = Sentence(article.id, index, start, end, article.text[start:end])
                return Summary((sentence,), "first")
    return Summary((), "first", "all told")


STAGES = Stages(
    fetch=fetch,
    read=read,
    split=split,
    deduplicate=deduplicate,
    cluster=cluster,
    summarize_topic=first_untold,
    summarize_story=first_untold,
    disagree=lambda _: (),
)
DAY = datetime.date(2026, 11, 21)
YESTERDAY = datetime.date(2026, 11, 20)


def build(*locations: str):
    sources = [Source(location, location) for location in locations]
    return build_digest(sources, stages=STAGES, date=DAY)


def test_the_order_of_the_sources_has_no_meaning() -> None:
    """The same sources in another order, or given twice, make the same digest."""
    assert build("b.txt", "a.txt", "teaser.txt") == build("teaser.txt", "a.txt", "b.txt", "a.txt")


def test_a_failed_source_is_an_omission_and_the_others_go_on() -> None:
    """One bad source never costs the issue, and never vanishes."""
    digest = build("a.txt", "gone.txt")
    assert [article.id for article in digest.articles] == ["a.txt"]
    assert Omission("gone.txt", "failed source", "gone.txt", "no such file") in digest.omissions


def test_a_page_without_an_article_is_a_failed_source() -> None:
    """A source that was read but gave nothing is named."""
    digest = build("a.txt", "empty.txt")
    assert (
        Omission("empty.txt", "failed source", "empty.txt", "no article found") in digest.omissions
    )


def test_teasers_go_in_brief_and_make_no_topic() -> None:
    """A teaser is shown, but is no article of a section."""
    digest = build("a.txt", "teaser.txt")
    assert [article.id for article in digest.in_brief] == ["teaser.txt"]
    assert [article.id for article in digest.sections[0].topic.articles] == ["a.txt"]


def test_no_sentence_is_told_twice() -> None:
    """A story's summary leaves out what the topic's summary has said."""
    section = build("a.txt").sections[0]
    assert [s.text for s in section.summary.sentences] == ["First of a.txt."]
    assert [s.text for s in section.stories[0].summary.sentences] == ["Second of a.txt."]


def test_a_story_that_is_its_whole_topic_repeats_nothing() -> None:
    """Where a summarizer has no other sentence, the topic has said what there is to say."""

    def repeating(articles: Sequence[Article], /, **_: object) -> Summary:
        return first_untold(articles)

    stages = replace(STAGES, summarize_topic=repeating, summarize_story=repeating)
    section = build_digest([Source("a.txt", "a.txt")], stages=stages, date=DAY).sections[0]
    assert [s.text for s in section.summary.sentences] == ["First of a.txt."]
    assert section.stories[0].summary.sentences == ()


def test_copies_are_omissions() -> None:
    """What deduplication dropped is listed."""
    digest = build("a.txt", "copy.txt")
    assert Omission("copy.txt", "duplicate", "copy.txt") in digest.omissions


def test_the_statistics_count_what_is_shown() -> None:
    """Sources, articles, topics, teasers, omissions and words."""
    statistics = build("a.txt", "copy.txt", "teaser.txt", "gone.txt").statistics
    assert statistics.sources == 4
    assert statistics.articles == 1
    assert statistics.topics == 1
    assert statistics.in_brief == 1
    assert statistics.omitted == 5
    assert statistics.words_read == 18
    assert statistics.words_shown == 6


def test_a_sentence_that_another_outlet_carries_too_is_not_told_again() -> None:
    """What one article said is told for every article that says it word for word."""

    def same_text(page: Page) -> Split:
        article = Article(page.source.location, "T", "First of all. Second of all.")
        return Split((article,))

    stages = replace(STAGES, split=same_text)
    sources = [Source("a.txt", "a.txt"), Source("b.txt", "b.txt")]
    section = build_digest(sources, stages=stages, date=DAY).sections[0]
    told = [s.text for s in section.summary.sentences]
    told += [s.text for story in section.stories for s in story.summary.sentences]
    assert told == ["First of all.", "Second of all."]


def test_a_lone_short_report_goes_in_brief_beside_longer_topics() -> None:
    """A report that a line says whole makes no topic of its own."""

    def sized(page: Page) -> Split:
        words = "word " * (200 if page.source.location == "long.txt" else 20)
        return Split((Article(page.source.location, "T", f"First. {words} Second."),))

    def apart(articles: Sequence[Article]) -> list[Topic]:
        return [Topic(article.id, (Story((article,)),)) for article in articles]

    stages = replace(STAGES, split=sized, cluster=apart)
    sources = [Source(name, name) for name in ("long.txt", "short.txt")]
    digest = build_digest(sources, stages=stages, date=DAY)
    assert [section.topic.label for section in digest.sections] == ["long.txt"]
    assert [article.id for article in digest.in_brief] == ["short.txt"]
    alone = build_digest(sources[1:], stages=stages, date=DAY)
    assert [section.topic.label for section in alone.sections] == ["short.txt"]


def _carried(name: str) -> Carried:
    text = f"First of {name}. Second of {name}."
    identity = Identity(id=name, topic="topic", story="story")
    return Carried(
        article=Article(name, name, text),
        identity=identity,
        topic_since=YESTERDAY,
        story_since=YESTERDAY,
    )


def test_what_the_reader_has_had_is_not_shown_again_but_dates_its_story() -> None:
    """An earlier article is clustered with the new ones, and only the new ones are told."""

    def together(articles: Sequence[Article]) -> list[Topic]:
        return [Topic("All", (Story(tuple(articles)),))]

    new = [Article("new", "New", "First news. Second news.")]
    digest, topics = compose_digest(
        new,
        omissions=(),
        sources=1,
        stages=replace(STAGES, cluster=together),
        date=DAY,
        title="T",
        earlier=[_carried("old")],
    )
    assert [article.id for article in digest.articles] == ["new"]
    assert digest.sections[0].topic.since == digest.sections[0].stories[0].story.since == YESTERDAY
    assert [article.id for article in topics[0].articles] == ["new", "old"]


def test_a_copy_of_what_the_reader_has_had_is_left_out() -> None:
    """Nothing is carried twice."""
    old = _carried("old")
    digest, _ = compose_digest(
        [replace(old.article, id="again"), Article("new", "New", "First news. Second news.")],
        omissions=(),
        sources=1,
        stages=STAGES,
        date=DAY,
        title="T",
        earlier=[old],
    )
    assert [article.id for article in digest.articles] == ["new"]

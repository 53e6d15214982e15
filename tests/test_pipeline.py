"""The pipeline, with stages of a line each in place of the real ones."""

import datetime
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import UTC
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deduplication import NearDuplicates
from digest.editing import Layout, Ranker, Wishes
from digest.errors import FetchError
from digest.length import WORDS_PER_MINUTE
from digest.models import (
    Article,
    Block,
    Carried,
    Digest,
    Identity,
    Omission,
    Page,
    RawDocument,
    Section,
    Sentence,
    Source,
    Split,
    Statistics,
    Story,
    Summary,
    Topic,
)
from digest.pipeline import Stages, build_digest, compose_digest
from digest.protocols import Clusterer
from digest.text.sentences import sentence_spans


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
    title = f"Page {location}"
    article = Article(location, title, text, page=location, teaser=location.startswith("teaser"))
    return Split((article,), (Omission("Share", "navigation", location),))


def deduplicate(
    articles: Sequence[Article], *, carried: Sequence[Article] = ()
) -> tuple[list[Article], list[Omission]]:
    had = {past.text for past in carried}
    kept = [a for a in articles if "copy" not in a.id and a.text not in had]
    ids = {article.id for article in kept}
    return kept, [Omission(a.title, "duplicate", a.page) for a in articles if a.id not in ids]


def cluster(articles: Sequence[Article]) -> list[Topic]:
    if not articles:
        return []
    stories = tuple(Story((article,)) for article in articles)
    return [Topic("All", stories, kicker="All")]


def apart(articles: Sequence[Article]) -> list[Topic]:
    return [Topic(article.id, (Story((article,)),)) for article in articles]


def together(articles: Sequence[Article]) -> list[Topic]:
    return [Topic("All", (Story(tuple(articles)),))] if articles else []


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
    summarize_shortly=first_untold,
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


def test_a_teaser_alone_goes_in_brief() -> None:
    """It is shown in a line, and makes no topic of its own."""
    sources = [Source("a.txt", "a.txt"), Source("teaser.txt", "teaser.txt")]
    digest = build_digest(sources, stages=replace(STAGES, cluster=apart), date=DAY)
    assert [brief.article.id for brief in digest.in_brief] == ["teaser.txt"]
    assert [article.id for article in digest.sections[0].topic.articles] == ["a.txt"]


def said(section: Section) -> list[str]:
    """Return the sentences of a section in the order in which they are read."""
    summaries = (section.summary, *(story.summary for story in section.stories))
    return [sentence.text for summary in summaries for sentence in summary.sentences]


def test_no_sentence_is_told_twice() -> None:
    """A story's summary leaves out what the topic's summary has said."""
    section = build("a.txt", "b.txt").sections[0]
    assert section.heading == "All"
    assert said(section) == ["First of a.txt.", "Second of a.txt.", "First of b.txt."]


def test_a_topic_of_one_story_is_told_by_its_summary_alone() -> None:
    """There is nothing that the story would have to add."""
    section = build("a.txt").sections[0]
    assert [s.text for s in section.summary.sentences] == ["First of a.txt."]
    assert section.stories[0].summary.sentences == ()
    assert section.heading == section.topic.label == "Page a.txt"
    assert section.topic.kicker == ""


def test_copies_are_omissions() -> None:
    """What deduplication dropped is listed."""
    digest = build("a.txt", "copy.txt")
    assert Omission("Page copy.txt", "duplicate", "copy.txt") in digest.omissions


def test_the_statistics_count_what_is_shown() -> None:
    """Articles and failed sources are left out, and no line of a page; words are those of the page."""
    sources = [Source(n, n) for n in ("a.txt", "copy.txt", "teaser.txt", "gone.txt")]
    digest = build_digest(sources, stages=replace(STAGES, cluster=apart), date=DAY)
    words_shown = digest.statistics.words_shown
    assert len(digest.omissions) == 5
    assert digest.statistics == Statistics(
        sources=4, outlets=1, articles=1, topics=1, in_brief=1, omitted=2,
        words_read=18, words_shown=words_shown,
    )  # fmt: skip
    assert 4 < words_shown < 60


def test_a_sentence_that_another_outlet_carries_too_is_not_told_again() -> None:
    """What one article said is told for every article that says it word for word."""

    def same_text(page: Page) -> Split:
        article = Article(page.source.location, "T", "First of all. Second of all.")
        return Split((article,))

    stages = replace(STAGES, split=same_text)
    sources = [Source("a.txt", "a.txt"), Source("b.txt", "b.txt")]
    section = build_digest(sources, stages=stages, date=DAY).sections[0]
    assert said(section) == ["First of all.", "Second of all."]


def test_a_lone_short_report_goes_in_brief_beside_longer_topics() -> None:
    """A report that a line says whole makes no topic of its own."""

    def sized(page: Page) -> Split:
        words = "word " * (200 if page.source.location == "long.txt" else 20)
        return Split((Article(page.source.location, "T", f"First. {words} Second."),))

    stages = replace(STAGES, split=sized, cluster=apart)
    sources = [Source(name, name) for name in ("long.txt", "short.txt")]
    digest = build_digest(sources, stages=stages, date=DAY)
    assert [section.topic.articles[0].id for section in digest.sections] == ["long.txt"]
    assert [brief.article.id for brief in digest.in_brief] == ["short.txt"]
    alone = build_digest(sources[1:], stages=stages, date=DAY)
    assert [section.topic.articles[0].id for section in alone.sections] == ["short.txt"]


def _carried(name: str) -> Carried:
    text = f"First of {name}. Second of {name}."
    identity = Identity(id=name, topic="topic", story="story")
    return Carried(
        article=Article(name, name, text),
        identity=identity,
        story_since=YESTERDAY,
    )


def compose(
    read: Sequence[Article],
    earlier: Sequence[Carried] = (),
    cluster: Clusterer = apart,
    **stages: Any,
) -> tuple[Digest, list[Topic]]:
    return compose_digest(
        read,
        omissions=(),
        sources=1,
        stages=replace(STAGES, cluster=cluster, **stages),
        date=DAY,
        title="T",
        earlier=earlier,
    )


def piece(name: str, outlet: str = "Quay", **fields: Any) -> Article:
    """Return an article of 124 words of an outlet."""
    text = f"First of {name}. Second of {name}. {'word ' * 117}."
    values: dict[str, Any] = {"title": f"Headline of {name}", "text": text, "page": name, **fields}
    return Article(name, source=outlet, **values)


def test_what_the_reader_has_had_is_not_shown_again_but_dates_its_story() -> None:
    """An earlier article is clustered with the new ones, and only the new ones are told."""
    new = [Article("new", "New", "First news. Second news.")]
    digest, topics = compose(new, [_carried("old")], together)
    assert [article.id for article in digest.articles] == ["new"]
    assert digest.sections[0].topic.since == digest.sections[0].stories[0].story.since == YESTERDAY
    assert [article.id for article in topics[0].articles] == ["new", "old"]


def test_a_topic_runs_only_as_far_as_one_of_its_events_does() -> None:
    """A name that comes back with another event is no thread."""
    old, new = _carried("old"), Article("new", "New", "First news. Second news.")
    digest, _ = compose(
        [new], [old], lambda found: [Topic("A name", tuple(Story((a,)) for a in found))]
    )
    assert digest.sections[0].topic.since is None
    assert [story.story.since for story in digest.sections[0].stories] == [None]


def test_a_copy_of_what_the_reader_has_had_is_left_out() -> None:
    """Nothing is carried twice."""
    old = _carried("old")
    new = Article("new", "New", "First news. Second news.")
    digest, _ = compose([replace(old.article, id="again", title="Other"), new], [old])
    assert [article.id for article in digest.articles] == ["new"]


FLOOD = (
    "First of all the river at Larnby rose by a metre in the night. Some 40 houses stand in the water,"
    " the fire service said, and the bridge is closed. Second and last, the mayor will speak at noon"
    " about what is to come. Nobody was hurt, and all who had to leave their homes sleep in the school"
    " by the church, where the parish cooks for them."
)


def test_an_update_is_told_as_one_with_its_news_first() -> None:
    """What was told stays told; what is new in it is said, and it is no copy of itself."""
    had = piece("had", title="River rises at Larnby", text=FLOOD, url="https://quay.example/1")
    now = replace(
        had, id="now", text=f"{FLOOD} Second of the dams upstream broke at six in the evening."
    )
    carried = Carried(
        article=had,
        identity=Identity(id="had", topic="t", story="s"),
        story_since=YESTERDAY,
    )

    def untold(
        articles: Sequence[Article], /, *, told: Set[tuple[str, int]] = frozenset(), **_: object
    ) -> Summary:
        sentences = [
            Sentence(a.id, 0, start, end, a.text[start:end])
            for a in articles
            for start, end in sentence_spans(a.text)
            if (a.id, start) not in told
        ]
        return Summary(tuple(sentences[:1]), "untold")

    digest, _ = compose(
        [now], [carried], together, summarize_topic=untold, deduplicate=NearDuplicates()
    )
    (section,) = digest.sections
    assert said(section) == ["Second of the dams upstream broke at six in the evening."]
    (story,) = section.stories
    assert (story.story.updated, story.story.since) == (True, YESTERDAY)
    again, _ = compose([had], [carried], together)
    assert (again.sections, [one.reason for one in again.omissions]) == ((), ["duplicate"])


@pytest.mark.parametrize(
    ("outlets", "about", "heading", "kicker"),
    [
        pytest.param([1], {}, "Headline of 0-0", "", id="one article"),
        pytest.param([2], {"kicker": "Floods"}, "Headline of 0-0", "Floods", id="one event"),
        pytest.param([1, 1], {"kicker": "Floods"}, "Floods", "Floods", id="several"),
        pytest.param([2, 2], {"kicker": "Floods"}, "Floods", "Floods", id="several events"),
        pytest.param([2, 1], {"kicker": "Floods"}, "Headline of 0-0", "Floods", id="one of them told"),
        pytest.param([2, 1], {"pinned": True}, "Label", "Label", id="the user's own"),
        pytest.param([1], {"pinned": True}, "Headline of 0-0", "Label", id="the user's, of one"),
    ],
)  # fmt: skip
def test_one_event_is_headed_by_its_headline_several_by_their_label(
    outlets: list[int], about: dict[str, Any], heading: str, kicker: str
) -> None:
    """A label that no desk would print heads nothing; the user's own is never lost."""
    stories = [
        Story(tuple(piece(f"{place}-{n}", f"Outlet {place}{n}") for n in range(number)))
        for place, number in enumerate(outlets)
    ]
    topic = Topic("Label", tuple(stories), **about)
    if "kicker" in about:
        topic = replace(topic, label=about["kicker"])
    digest, _ = compose(topic.articles, cluster=lambda _: [topic])
    (section,) = digest.sections
    assert (section.heading, section.topic.kicker) == (heading, kicker)


@pytest.mark.parametrize("title", ["", "Second of all"])
def test_an_article_without_a_headline_is_headed_by_its_label(title: str) -> None:
    """Also where its title is a sentence from within its text."""
    article = piece("a", title=title, text="First of all. Second of all. " + "word " * 90)
    digest, _ = compose([article], cluster=lambda found: [Topic("A label", (Story(tuple(found)),))])
    assert digest.sections[0].heading == "A label"


def test_a_section_tells_four_stories_and_lists_the_rest() -> None:
    """Of many under one label."""
    digest, _ = compose([piece(f"n{n}", f"Outlet {n}") for n in range(7)], cluster=cluster)
    (section,) = digest.sections
    assert [story.listed for story in section.stories] == [False] * 4 + [True] * 3
    assert all(story.summary.sentences for story in section.stories[:4])


def test_a_compact_section_has_its_headlines_and_outlets_alone() -> None:
    """Nothing is summarized that there is no room for."""
    stages = replace(STAGES, cluster=together, lay_out=Layout(minutes=0.2))
    articles = [piece(f"n{n}", f"Outlet {n}") for n in range(3)]
    digest, _ = compose(articles, cluster=together, lay_out=stages.lay_out)
    (section,) = digest.sections
    assert (section.tier, said(section), section.disagreements) == ("compact", [], ())
    assert section.heading == "Headline of n0"


def test_what_is_muted_is_left_out_and_named() -> None:
    """Before it can be a copy of anything, or anything a copy of it."""
    articles = [piece("royals", title="Royals open a bridge"), piece("copy", title="Royals again")]
    digest, _ = compose([*articles, piece("a")], wishes=Wishes(mute=("royals",)))
    assert [article.id for article in digest.articles] == ["a"]
    assert digest.omissions == tuple(
        Omission(article.title, "muted", article.page, "royals") for article in articles
    )
    assert digest.statistics.omitted == 2


def test_what_is_followed_stands_on_top() -> None:
    """Above what two outlets tell."""
    wishes = Wishes(follow=("eels",))

    def pairs(found: Sequence[Article]) -> list[Topic]:
        told = tuple(article for article in found if article.id != "eels")
        return [Topic("Told", (Story(told),)), *apart([a for a in found if a not in told])]

    articles = [piece("a"), piece("b", "Tide"), piece("eels", title="Eels return to the pond")]
    plain, _ = compose(articles, cluster=pairs)
    followed, _ = compose(articles, cluster=pairs, wishes=wishes, rank=Ranker(wishes=wishes))
    assert [section.topic.articles[0].id for section in plain.sections] == ["a", "eels"]
    assert [section.topic.articles[0].id for section in followed.sections] == ["eels", "a"]


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(lambda _: None, id="all undated"),
        pytest.param(lambda n: datetime.datetime(2126, 1, 1 + n % 28, tzinfo=UTC), id="future"),
        pytest.param(lambda n: datetime.datetime(1 + n, 1, 1, tzinfo=UTC), id="long ago"),
    ],
)
@pytest.mark.parametrize("minutes", [0.5, 5, 180])
def test_one_outlet_with_two_thousand_articles_makes_an_issue(
    published: Callable[[int], datetime.datetime | None], minutes: float
) -> None:
    """Of its minutes, with all that did not fit under its headline, however odd the dates."""
    articles = [piece(f"n{n:04}", published=published(n)) for n in range(2_000)]
    digest, _ = compose(articles, lay_out=Layout(minutes=minutes))
    assert sorted(a.id for a in digest.articles) == [a.id for a in articles]
    assert digest.statistics.words_shown <= minutes * WORDS_PER_MINUTE
    assert digest.statistics.topics < 12 * max(1, minutes / 5)
    assert digest.sections


def test_forty_outlets_with_one_story_are_one_section() -> None:
    """Told once, in as many sentences as a lead has."""
    digest, _ = compose([piece(f"n{n:02}", f"Outlet {n}") for n in range(40)], cluster=together)
    (section,) = digest.sections
    assert (section.tier, len(said(section))) == ("lead", 1)
    assert (digest.statistics.outlets, digest.statistics.articles) == (40, 40)
    assert not digest.in_brief


def test_an_issue_of_nothing_says_so() -> None:
    """No section, no line, and nothing to read."""
    digest, topics = compose([])
    assert (digest.articles, digest.statistics.words_read, topics) == ((), 0, [])


made = st.builds(
    lambda key, outlet, words, title, teaser, url: Article(
        key,
        title,
        f"First of {key}. Second of {key}. {'word ' * words}",
        source=outlet,
        page=f"{outlet}#{key}",
        url=f"https://wire.example/{url}" if url else None,
        teaser=teaser,
    ),
    st.from_regex(r"(copy|n)[0-9]{3}", fullmatch=True),
    st.sampled_from(["Quay", "Tide", "Ledger"]),
    st.sampled_from([0, 80]),
    st.sampled_from(["", "Dam at Colne breaks", "Royals open a new bridge", "Quiz of the week"]),
    st.booleans(),
    st.integers(0, 9),
)
days = st.lists(made, max_size=14, unique_by=lambda one: one.id)


def grouped(articles: Sequence[Article]) -> list[Topic]:
    """Return topics by titles, in them stories by outlets."""
    topics = []
    for title in sorted({article.title for article in articles}):
        own = [article for article in articles if article.title == title]
        stories = [
            Story(tuple(a for a in sorted(own, key=lambda a: a.id) if len(a.source) == size))
            for size in (4, 6)
        ]
        told = tuple(story for story in stories if story.articles)
        topics.append(Topic(title or "Untitled", told, kicker=title))
    return topics


@settings(max_examples=60)
@given(days, days, st.sampled_from([0.2, 5.0]), st.randoms(use_true_random=False))
def test_every_article_is_in_exactly_one_place_whatever_the_order(
    read: list[Article], before: list[Article], minutes: float, chance: Random
) -> None:
    """In a section, in brief, also read, or among the omissions with a reason."""
    earlier = [
        Carried(
            article=replace(article, id=f"had-{article.id}"),
            identity=Identity(id=f"had-{article.id}", topic="t", story="s"),
            story_since=YESTERDAY,
        )
        for article in before
    ]
    options: dict[str, Any] = {
        "wishes": Wishes(mute=("royals",)),
        "lay_out": Layout(minutes=minutes),
    }
    digest, _ = compose(read, earlier, grouped, **options)
    shown = [article.id for article in digest.articles]
    left_out = [one.page.partition("#")[2] for one in digest.omissions]
    assert sorted([*shown, *left_out]) == sorted(article.id for article in read)
    assert {one.reason for one in digest.omissions} <= {"muted", "duplicate"}
    if digest.statistics.words_shown > round(minutes * WORDS_PER_MINUTE):
        assert digest.statistics.topics == 1

    # Within a source the order is that of its feed, which says what stood first; the sources have none.
    sources = [[a for a in read if a.source == name] for name in ("Quay", "Tide", "Ledger")]
    straight, _ = compose([a for own in sources for a in own], earlier, grouped, **options)
    chance.shuffle(sources)
    chance.shuffle(earlier)
    again, _ = compose([a for own in sources for a in own], earlier, grouped, **options)
    assert again.sections == straight.sections
    assert (again.in_brief, again.also_read) == (straight.in_brief, straight.also_read)

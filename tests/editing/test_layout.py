"""An issue is laid out within the reader's minutes, the most important in full, and nothing vanishes."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import Laid, Layout, Ranked
from digest.editing.kinds import DEPARTMENTS
from digest.editing.layout import FOREIGN, page_words, shown_words
from digest.length import WORDS_PER_MINUTE
from digest.models import (
    Article,
    Brief,
    Digest,
    Disagreement,
    Importance,
    Section,
    Sentence,
    Story,
    StorySummary,
    Summary,
    Tier,
    Topic,
)

SENTENCES = {"lead": 3, "story": 2}
SENTENCE = "A sentence of twenty words says what has happened where, to whom, and what comes of all this now."


def ranked(
    name: str,
    *,
    outlets: int = 1,
    words: int = 200,
    pinned: bool = False,
    department: str = "",
    **fields: Any,
) -> Ranked:
    """Return a topic of one story of so many outlets and words each."""
    articles = tuple(
        Article(f"{name}-{n}", f"Headline of {name}", "word " * words, f"Outlet {n}", **fields)
        for n in range(outlets)
    )
    topic = Topic(name, (Story(articles),), pinned=pinned)
    importance = Importance((("outlets", float(outlets)),))
    lines = tuple(Brief(article, importance, department) for article in articles)
    return Ranked(topic, importance, department, outlets, lines=lines)


def tell(one: Ranked, tier: Tier) -> Section:
    """Tell a topic in so many sentences as its tier has, as far as there are words."""
    number = SENTENCES.get(tier, 0) if one.words else 0
    first = one.topic.stories[0].articles[0]
    sentence = Sentence(first.id, 0, 0, len(SENTENCE), SENTENCE)
    return Section(
        one.topic,
        Summary((sentence,) * number, "test"),
        tuple(StorySummary(story, Summary((), "")) for story in one.topic.stories),
        heading=first.title,
        importance=one.importance,
        tier=tier,
        department=one.department,
    )


def laid(minutes: float, *topics: Ranked) -> Laid:
    return Layout(minutes=minutes)(topics, tell=tell)


def tiers(found: Laid) -> list[str]:
    return [section.tier for section in found.sections]


def words(found: Laid) -> int:
    """Return the words that a reader of an issue meets."""
    digest = Digest("T", date(2026, 11, 21), found.sections, found.in_brief, found.also_read)
    return page_words(digest)


def names(briefs: tuple[Brief, ...]) -> list[str]:
    return [brief.article.id.partition("-")[0] for brief in briefs]


def test_two_lead_and_seven_follow_in_five_minutes() -> None:
    """What several outlets tell, and has no room for sentences, is told by its headline and outlets."""
    found = laid(5, *(ranked(f"n{number}", outlets=2) for number in range(14)))
    assert tiers(found) == ["lead"] * 2 + ["story"] * 7 + ["compact"] * 5
    assert [section.topic.label for section in found.sections] == [f"n{n}" for n in range(14)]
    assert found.in_brief == found.also_read == ()


@pytest.mark.parametrize(
    ("minutes", "leads", "stories"),
    [(0.4, 0, 1), (0.5, 1, 0), (1, 2, 0), (5, 2, 7), (10, 2, 16), (180, 2, 98)],
)
def test_more_minutes_hold_more_stories(minutes: float, leads: int, stories: int) -> None:
    """Half a minute is one lead; three hours are all there is."""
    found = laid(minutes, *(ranked(f"n{number}") for number in range(100)))
    assert tiers(found).count("lead") == leads
    assert tiers(found).count("story") == stories
    assert len(found.sections) + len(found.in_brief) + len(found.also_read) == 100


def test_a_quiet_day_is_shorter_and_never_padded() -> None:
    """Three hours make no more of one story."""
    short, long = laid(5, ranked("only")), laid(180, ranked("only"))
    assert short == long
    assert tiers(short) == ["lead"]
    assert words(short) < WORDS_PER_MINUTE


def test_nothing_makes_an_empty_issue() -> None:
    """With no words but the frame."""
    found = laid(5)
    assert (found.sections, found.in_brief, found.also_read) == ((), (), ())


def test_the_lead_is_there_whatever_the_budget() -> None:
    """As short as can be, where even that is too long."""
    found = laid(1 / 60, ranked("flood", outlets=9), ranked("other", outlets=2), ranked("single"))
    assert tiers(found) == ["compact", "listed"]
    assert names(found.also_read) == ["single"]


def test_every_story_of_several_outlets_has_a_section() -> None:
    """However short its articles are, however many single pieces stand above it; the last ones only listed."""
    topics = [
        *(ranked(f"single{n}") for n in range(30)),
        *(ranked(f"told{n}", outlets=2, words=0) for n in range(200)),
    ]
    found = laid(5, *topics)
    sections = {section.topic.label for section in found.sections}
    assert {f"told{n}" for n in range(200)} <= sections
    assert set(tiers(found)) == {"lead", "story", "compact", "listed"}
    told = [tier for tier in tiers(found) if tier != "listed"]
    assert told == sorted(told, key=["lead", "story", "compact"].index)
    assert tiers(found) == [*told, *["listed"] * (len(found.sections) - len(told))]


def test_what_is_only_listed_is_the_least_important() -> None:
    """Of a hundred stories the first are told in sentences, the next by their outlets."""
    found = laid(5, *(ranked(f"n{n:03}", outlets=3) for n in range(100)))
    assert [section.topic.label for section in found.sections] == [f"n{n:03}" for n in range(100)]
    assert tiers(found)[:4] == ["lead", "lead", "story", "story"]
    assert 40 < tiers(found).count("compact") < 90


@pytest.mark.parametrize(
    ("cohesion", "form", "tier"),
    [(0.3, 0.0, "compact"), (0.05, 0.0, "listed"), (0.3, -0.5, "listed")],
)
def test_far_down_doubtful_stories_are_listed(cohesion: float, form: float, tier: str) -> None:
    """Two reports that share little, or are no reports, are mostly two matters."""
    last = replace(
        ranked("last", outlets=2), cohesion=cohesion, importance=Importance((("form", form),))
    )
    found = laid(5, *(ranked(f"n{n}", outlets=3) for n in range(12)), last)
    assert (found.sections[-1].topic.label, found.sections[-1].tier) == ("last", tier)


def test_a_pinned_topic_has_a_section() -> None:
    """Also of one short piece."""
    found = laid(5, *(ranked(f"n{n}") for n in range(30)), ranked("mine", words=5, pinned=True))
    assert (found.sections[-1].topic.label, found.sections[-1].tier) == ("mine", "compact")


def test_a_short_single_piece_is_a_line_beside_longer_ones() -> None:
    """A line says it whole; where all are short, the first are stories."""
    short, long = ranked("short", words=20), ranked("long")
    assert names(laid(5, short, long).in_brief) == ["short"]
    assert tiers(laid(5, short, ranked("shorter", words=10))) == ["lead", "lead"]


def test_headlines_without_a_text_are_lines() -> None:
    """There is no sentence that a section could tell."""
    found = laid(5, ranked("a", words=0), ranked("b", words=0))
    assert (found.sections, names(found.in_brief)) == ((), ["a", "b"])


def test_what_does_not_fit_in_brief_is_also_read() -> None:
    """The least important: in the order of importance, and no line is left out for a shorter one."""
    topics = [ranked(f"n{n:04}", words=10) for n in range(2_000)]
    found = laid(5, ranked("lead"), *topics)
    lines = [*names(found.in_brief), *names(found.also_read)]
    assert lines == [f"n{n:04}" for n in range(2_000)]
    assert 100 < len(found.in_brief) < 400


def test_room_is_kept_for_lines_in_brief() -> None:
    """Long stories do not take it all."""
    topics = [*(ranked(f"told{n}", outlets=6) for n in range(60)), ranked("single", words=10)]
    assert names(laid(5, *topics).in_brief) == ["single"]


def test_many_lines_stand_by_parts_of_the_paper() -> None:
    """In the paper's order, other languages last; within a part the most important first."""
    parts = ("sport", "world", "", "sport", "business", "world") * 2
    topics = [ranked(f"n{n:02}", words=10, department=part) for n, part in enumerate(parts)]
    topics.append(ranked("fr", words=10, department="world", language="fr"))
    found = laid(5, ranked("lead"), *topics).in_brief
    order = [*DEPARTMENTS, "", FOREIGN]
    places = [order.index(brief.department) for brief in found]
    assert places == sorted(places)
    assert names(found)[:4] == ["n01", "n05", "n07", "n11"]
    assert (names(found)[-1], found[-1].department) == ("fr", FOREIGN)


def test_a_line_stands_by_the_part_of_its_own_story() -> None:
    """Two matters under one name may be of two parts of the paper."""
    two = ranked("court", words=10, department="business")
    stories = (*two.topic.stories, Story((Article("judge", "A judge is named", "", "Quay"),)))
    judge = Brief(stories[1].articles[0], two.importance, "politics")
    both = replace(two, topic=replace(two.topic, stories=stories), lines=(*two.lines, judge))
    found = laid(5, ranked("lead"), both, *(ranked(f"n{n}", words=10) for n in range(12))).in_brief
    parts = {brief.article.id: brief.department for brief in found}
    assert (parts["court-0"], parts["judge"]) == ("business", "politics")


def test_few_lines_stand_by_importance_alone() -> None:
    """Headings for one line each help nobody."""
    parts = ("sport", "world", "business", "sport")
    topics = [ranked(f"n{n}", words=10, department=part) for n, part in enumerate(parts)]
    found = laid(5, ranked("lead"), *topics).in_brief
    assert names(found) == ["n0", "n1", "n2", "n3"]
    assert {brief.department for brief in found} == {""}


def test_the_importance_goes_with_the_piece() -> None:
    """Into its section, its line and its headline."""
    found = laid(0.5, ranked("lead"), *(ranked(f"n{n}", words=10) for n in range(30)))
    shown = [*found.in_brief, *found.also_read]
    assert {one.importance.total for one in (*found.sections, *shown)} == {1.0}


def section(*stories: Story, listed: int = 0, disagreements: int = 0) -> Section:
    """Return a section of some stories, of which the last are only listed."""
    sentence = Sentence("a", 0, 0, 23, "Five words are in this.")
    first = len(stories) - listed
    return Section(
        Topic("A label", stories),
        Summary((sentence,), "test"),
        tuple(
            StorySummary(story, Summary((), ""), listed=n >= first)
            for n, story in enumerate(stories)
        ),
        (Disagreement(first=sentence, second=sentence, figures=("5", "6")),) * disagreements,
        heading="A heading of five words",
    )


def story(outlets: int, title: str = "Three words here") -> Story:
    return Story(tuple(Article(f"{title}{n}", title, "", f"Outlet {n}") for n in range(outlets)))


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        pytest.param(section(story(1)), 5 + 5 + 2, id="heading, sentence, outlet"),
        pytest.param(section(story(3)), 5 + 5 + 6, id="three outlets"),
        pytest.param(section(story(9)), 5 + 5 + 12, id="six outlets are named"),
        pytest.param(section(story(1), story(1)), 5 + 5 + 4 + 6, id="headlines of two stories"),
        pytest.param(section(story(1), story(1), listed=1), 5 + 5 + 5, id="one only listed"),
        pytest.param(section(story(1), disagreements=1), 5 + 5 + 2 + 14, id="figures that differ"),
    ],
)
def test_words_are_counted_as_a_reader_meets_them(shown: Section, words: int) -> None:
    """What is only listed costs no reading."""
    assert shown_words(shown) == words


def test_what_is_a_line_costs_a_line() -> None:
    """In brief its heading and how many outlets; under "Also read" nothing."""
    found = section(story(3))
    assert shown_words(replace(found, tier="brief")) == 7
    assert shown_words(replace(found, tier="listed")) == 0


def test_an_issue_has_the_words_of_its_sections_and_lines_and_a_frame() -> None:
    """What is only read is not among them."""
    frame, brief = words(Laid()), Brief(story(1, "Four words are here").articles[0])
    assert words(Laid((section(story(1)),), (brief,), (brief,))) == frame + 12 + 6


topics = st.builds(
    lambda name, outlets, words, pinned, department, language: ranked(
        f"{name:05}",
        outlets=outlets,
        words=words,
        pinned=pinned,
        department=department,
        language=language,
    ),
    st.integers(0, 99_999),
    st.integers(1, 8),
    st.sampled_from([0, 5, 59, 60, 400]),
    st.booleans(),
    st.sampled_from(["", *DEPARTMENTS]),
    st.sampled_from(["en", "en", "de"]),
)
days = st.lists(topics, max_size=40, unique_by=lambda one: one.topic.label)
budgets = st.sampled_from([0.1, 0.5, 1.0, 2.0, 5.0, 60.0, 180.0])


@settings(max_examples=120)
@given(days, budgets)
def test_every_article_is_in_exactly_one_place(found: list[Ranked], minutes: float) -> None:
    """In a section, in brief, or also read."""
    issue = laid(minutes, *found)
    shown = [a.id for one in issue.sections for a in one.topic.articles]
    shown += [brief.article.id for brief in (*issue.in_brief, *issue.also_read)]
    assert sorted(shown) == sorted(a.id for one in found for a in one.topic.articles)


@settings(max_examples=120)
@given(days, budgets)
def test_an_issue_is_never_longer_than_its_minutes_but_for_the_lead(
    found: list[Ranked], minutes: float
) -> None:
    """Only where the lead alone is longer is all else listed."""
    issue = laid(minutes, *found)
    frame = words(Laid())
    if words(issue) > max(frame, round(minutes * WORDS_PER_MINUTE)):
        assert set(tiers(issue)[1:]) <= {"listed"}
        assert issue.in_brief == ()


@settings(max_examples=120)
@given(days, budgets)
def test_the_order_of_importance_is_kept(found: list[Ranked], minutes: float) -> None:
    """Among the sections, among those listed, among the pieces also read; and only two lead."""
    issue = laid(minutes, *found)
    places = {one.topic.label: place for place, one in enumerate(found)}
    for listed in (False, True):
        own = [
            places[one.topic.label] for one in issue.sections if (one.tier == "listed") == listed
        ]
        assert own == sorted(own)
    rest = [places[name] for name in names(issue.also_read)]
    assert rest == sorted(rest)
    assert tiers(issue).count("lead") <= 2


@settings(max_examples=60)
@given(days, budgets, st.integers(0, 9))
def test_what_several_outlets_tell_is_never_a_line(
    found: list[Ranked], minutes: float, seed: int
) -> None:
    """Wherever it stands in the order."""
    random.Random(seed).shuffle(found)
    issue = laid(minutes, *found)
    kept = {one.topic.label for one in found if one.keeps_section}
    assert kept <= {one.topic.label for one in issue.sections}

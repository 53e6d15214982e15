"""Importance is a sum of named parts, and the order of an issue follows from it alone."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.editing import Ranked, Ranker, Wishes, outlet_count, reports
from digest.editing.kinds import DEPARTMENTS, department_of, softness
from digest.models import Article, Copy, Story, Topic

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PARTS = (
    *("outlets", "reach", "freshness", "growth", "place", "part of the paper", "event", "form"),
    *("source", "followed", "other stories"),
)


def piece(name: str, source: str = "Quay", **fields: object) -> Article:
    """Return an article of noon on a page of its own, of an outlet."""
    about: dict[str, object] = {"published": NOON, "page": name, "text": "A text of five words."}
    about |= {"title": f"Title of {name}", **fields}
    return Article(id=name, source=source, **about)  # type: ignore[arg-type]


def topic(*stories: tuple[Article, ...], **fields: object) -> Topic:
    return Topic("Label", tuple(map(Story, stories)), **fields)  # type: ignore[arg-type]


def told_by(*outlets: str, name: str = "e", **fields: object) -> Topic:
    """Return a topic of one story of these outlets."""
    return topic(tuple(piece(f"{name}-{outlet}", outlet, **fields) for outlet in outlets))


def order(*topics: Topic, **options: object) -> list[str]:
    """Return the ids of the first articles in the order of importance."""
    ranker = Ranker(**options)  # type: ignore[arg-type]
    return [one.topic.articles[0].id for one in ranker(topics)]


def part(name: str, *topics: Topic, rank: Ranker | None = None, **about: object) -> list[float]:
    """Return one part of the importance of each topic, in the order of the topics."""
    ranked = (rank or Ranker())(topics, **about)  # type: ignore[arg-type]
    found = {frozenset(one.topic.articles): dict(one.importance.parts)[name] for one in ranked}
    return [found[frozenset(one.articles)] for one in topics]


def test_every_topic_has_the_same_parts_in_the_same_order() -> None:
    """So that a table can be made of them; the total is their sum."""
    ranked = Ranker()([told_by("Quay"), told_by("Tide", "Ledger", name="f")])
    assert [tuple(name for name, _ in one.importance.parts) for one in ranked] == [PARTS, PARTS]
    for one in ranked:
        assert one.importance.total == sum(value for _, value in one.importance.parts)


def made(
    name: str,
    *,
    outlets: int = 1,
    each: int = 1,
    hours: float | None = 0.0,
    folder: str = "",
    copies: int = 0,
    title: str = "",
) -> Topic:
    """Return a topic of one story: so many outlets with so many articles each, of so many hours before noon."""
    return topic(
        tuple(
            replace(
                piece(f"{name}{outlet}{number}", f"Outlet {name}{outlet}"),
                title=title or f"Title {name}",
                published=None if hours is None else NOON - timedelta(hours=hours),
                url=f"https://wire.example/{folder}/{name}" if folder else None,
                copies=tuple(Copy(f"Copyist {copy}") for copy in range(copies)),
            )
            for outlet in range(outlets)
            for number in range(each)
        )
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"outlets": 3}, {"outlets": 2}, id="outlets"),
        pytest.param({"outlets": 2}, {"each": 5}, id="one outlet's many are one"),
        pytest.param({"outlets": 2}, {"copies": 20}, id="copies decide nothing"),
        pytest.param({"copies": 2}, {"copies": 0}, id="copies where all else is equal"),
        pytest.param({"hours": 1}, {"hours": 9}, id="fresh"),
        pytest.param({"hours": 20}, {"hours": None}, id="undated is half old"),
        pytest.param({"hours": None}, {"hours": 40}, id="undated is no older"),
        pytest.param({"folder": "world"}, {"folder": "lifestyle"}, id="part of the paper"),
        pytest.param({}, {"title": "Quiz of the week"}, id="form"),
        pytest.param({"folder": "business"}, {"folder": "shopping"}, id="shopping is no news"),
        pytest.param({"outlets": 4, "hours": 30}, {"hours": 0}, id="outlets before hours"),
    ],
)
def test_what_matters_more_stands_first(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Whichever was given first, and whatever their names."""
    at_noon = made("n")
    for names in ("ab", "ba"):
        one, other = made(names[0], **first), made(names[1], **second)
        found = order(other, at_noon, one)
        assert found.index(one.articles[0].id) < found.index(other.articles[0].id)


def test_two_outlets_in_the_same_words_are_worth_less_than_a_third_one() -> None:
    """What two took from one agency is no surer news than what three found worth a report of their own."""
    agency = topic(tuple(piece(f"a{n}", f"Agency {n}", title="Ferry sinks") for n in range(2)))
    three = topic(tuple(piece(f"o{n}", f"Own {n}", title="Dam breaks") for n in range(3)))
    two, more = part("outlets", agency, three)
    assert (round(two, 2), round(more, 2)) == (2.01, 2.85)


def test_feeds_of_one_house_are_one_outlet() -> None:
    """By the label of the host that their names hold; an aggregator's address makes no one of two."""
    house = [
        piece("a", "BBC World", url="https://www.bbc.example/a"),
        piece("b", "BBC UK", url="https://bbc.example/b"),
    ]
    gathered = [
        piece("c", "Quay", url="https://gathered.example/c"),
        piece("d", "Tide", url="https://gathered.example/d"),
    ]
    assert (outlet_count(house), outlet_count(gathered)) == (1, 2)


def test_what_is_told_is_what_was_reported() -> None:
    """A view counts as an outlet, but its sentences are no news where others report."""
    view, news, bare = (
        piece("view", url="https://quay.example/opinion/view"),
        piece("news", url="https://quay.example/world/news"),
        piece("bare", text=""),
    )
    assert reports((view, news)) == [news]
    assert reports((view, bare)) == (view, bare)


def test_of_a_series_one_article_is_told() -> None:
    """In the same words each tells another thing: a sentence of one is false beside one of another."""
    form = "A flaw in {0} lets others read files. Users of {0} should upgrade to {1} as soon as they can."
    first, second = (
        piece(name, "Wire", text=form.format(name, version))
        for name, version in (("Tar", "1.2"), ("Curl", "8.1"))
    )
    other = piece("other", "Wire", text="The harbour of Hull was closed on Monday after a fire.")
    assert reports((first, second)) == [first]
    assert reports((first, other)) == [first, other]


def test_the_first_of_its_feed_stands_before_the_tenth() -> None:
    """In the order in which a source gave them; sources are not held against each other."""
    own = [piece(f"{letter}", page=f"feed#{letter}") for letter in "zyx"]
    other = piece("a", "Tide", page="other#a")
    topics = [topic((one,)) for one in (*own, other)]
    places = part("place", *topics, read=[*own, other])
    assert places[0] == places[3] > places[1] > places[2] > 0


def test_a_story_that_other_outlets_take_up_has_grown() -> None:
    """Held against how many outlets earlier issues had; what is new has not grown."""
    grown, same, new = (told_by("Quay", "Tide", name=name) for name in ("grown", "same", "new"))
    earlier = {"grown-Quay": 1, "same-Quay": 2}
    growth = part("growth", grown, same, new, earlier=earlier)
    assert growth[0] > growth[1] > growth[2] == 0.0


@pytest.mark.parametrize(
    ("hard", "soft"),
    [
        ("Two dead as ferry sinks off Orrin", "Five predictions for the ferry season"),
        ("Court jails former mayor of Colne", "How the mayor of Colne spends a day"),
        ("Minister resigns over dam report", "Harbour launches an app for anglers"),
        ("Sechs Tote bei Brand in Altstadt", "Promi-Paar verrät Geheimnis"),
        ("Parlament beschließt Verbot von Streusalz", "Traumhaus am See zu haben"),
        ("Séisme en mer : trois villages évacués", "Le chanteur se confie sur sa vie"),
        ("Detenido el alcalde por el incendio", "La actriz luce su vestido rojo"),
        ("Sciopero dei treni in tutta la regione", "Le vacanze da sogno della cantante"),
        ("Rechter veroordeeld tot vijf jaar cel", "Zanger toont zijn nieuwe keuken"),
        ("Terramoto faz dez mortos na costa", "Os bastidores da nova novela"),
    ],
)
def test_hard_news_stands_above_soft_pieces_of_the_same_hour(hard: str, soft: str) -> None:
    """Of single pieces, whatever their place in the feed, and although others have the soft one's name, too."""
    news = topic((piece("n", title=hard, published=NOON - timedelta(hours=8)),))
    show = topic((piece("s", title=soft),), (piece("t", "Ledger", title=soft),))
    assert order(show, news)[0] == "n"


def test_in_sport_a_strike_is_none_and_of_several_outlets_their_number_says_enough() -> None:
    """And what is said in the first sentence counts less than a headline."""
    struck = {"title": "Late strike sinks Colne"}
    match = topic((piece("m", url="https://quay.example/sport/m", **struck),))
    event, opening = topic((piece("e", **struck),)), topic((piece("o", text="A strike began."),))
    assert part("event", match, event, opening, told_by("Quay", "Post", name="x", **struck)) == [
        0.0,
        0.6,
        0.3,
        0.0,
    ]


def test_pieces_that_get_no_section_are_rated_one_by_one() -> None:
    """That another outlet has a piece about the same name makes neither of them news."""
    both = replace(topic((piece("a"),), (piece("b", "Ledger"),)), kicker="Floods")
    (ranked,) = Ranker()([both])
    assert [dict(line.importance.parts)["other stories"] for line in ranked.lines] == [0.0, 0.0]


def test_stories_that_no_good_label_holds_together_are_topics_of_their_own() -> None:
    """What they share is a word."""
    told, alone = (piece("a"), piece("b", "Ledger")), (piece("c", "Tide"),)
    ranked = Ranker()([topic(told, alone)])
    assert [one.topic.articles for one in ranked] == [told, alone]


@pytest.mark.parametrize("title", ["Quiz: the week on the river", "Submit your questions to us"])
def test_what_is_never_news_is_part_of_no_event(title: str) -> None:
    """Two such pieces, of two outlets, are no event either."""
    soft = replace(piece("q", "Tide"), title=title)
    for others in ((piece("a"), piece("b", "Ledger")), (replace(soft, id="r", source="Ledger"),)):
        ranked = Ranker()([topic((*others, soft))])
        assert (soft,) in [one.topic.articles for one in ranked]


@pytest.mark.parametrize("key", ["Quay", "feed", "feed#quay"])
def test_the_weight_of_a_source_is_found_by_its_name_or_location(key: str) -> None:
    """A source of weight 2 goes before, one of a half after those that nothing is said of."""
    quay, tide = piece("quay", page="feed#quay"), piece("tide", "Tide")
    for weight, expected in ((2.0, ["quay", "tide"]), (0.5, ["tide", "quay"])):
        assert order(topic((tide,)), topic((quay,)), weights={key: weight}) == expected
    ((value, none),) = (
        part("source", topic((quay,)), topic((tide,)), rank=Ranker(weights={key: 2.0})),
    )
    assert (value, none) == (1.0, 0.0)


def test_a_weight_of_almost_nothing_is_not_the_end_of_the_scale() -> None:
    """No part is infinite, so that two such sources can still be told apart."""
    (value,) = part("source", told_by("Quay"), rank=Ranker(weights={"Quay": 1e-300}))
    assert -10 < value < 0


def own(number: int) -> str:
    """Return a word that no other number has: reports of one event share few."""
    return "".join(random.Random(number).choices("abcdefghijklmnopqrstuvwxyz", k=7))


def event(name: str, outlets: int) -> Topic:
    """Return a topic of so many reports that have their name in common, and else say it in their own words."""
    found = []
    for n in range(outlets):
        words = [own(n + offset) for offset in range(0, 1000, 100)]
        report = piece(f"{name}-{n}", f"Outlet {n}", text=f"{' '.join(words[:7])} {name}.")
        found.append(replace(report, title=f"{name} {' '.join(words[7:])}"))
    return topic(tuple(found))


def test_a_followed_topic_stands_above_all_but_the_greatest() -> None:
    """Above three outlets, and below ninety, whose reports share some of their words."""
    wishes = Wishes(follow=("eels",))
    eels = topic((piece("eels", "Pond", text="Eels return."),))
    others = [topic((piece(own(n), f"Site {n}", text=own(n + 50)),)) for n in range(3000, 3400)]
    found = order(event("three", 3), eels, event("ninety", 90), *others, wishes=wishes)
    assert [name.split("-")[0] for name in found[:3]] == ["ninety", "eels", "three"]


def test_the_section_that_the_user_gives_a_source_is_its_part_of_the_paper() -> None:
    """By the location of the source, for all of its entries."""
    entry = topic((piece("a", page="feed#a"),))
    (ranked,) = Ranker(departments={"feed": "culture"})([entry])
    assert ranked.department == "culture"


def test_the_part_of_the_paper_is_that_of_most_articles() -> None:
    """Where nothing tells, there is none."""
    urls = ("business/a", "world/b", "business/c")
    articles = tuple(piece(url, f"Outlet {url}", url=f"https://wire.example/{url}") for url in urls)
    ranked = Ranker()([topic(articles), told_by("Quay", name="none")])
    assert [one.department for one in ranked] == ["business", ""]


def test_in_a_topic_the_story_that_matters_most_stands_first() -> None:
    """And gives the topic its importance; each further one that others tell, too, adds less."""
    small, large = (piece("a"),), tuple(piece(f"b{n}", f"Outlet {n}") for n in range(3))
    both, alone = replace(topic(small, large), kicker="Floods"), topic(large)
    (ranked,) = Ranker()([both])
    assert [story.articles for story in ranked.topic.stories] == [large, small]
    assert ranked.outlets == 3
    assert part("other stories", both)[0] > part("other stories", alone)[0] == 0.0


def test_a_series_of_one_outlet_is_no_event() -> None:
    """However many pieces it has, it stands below an event that two outlets tell."""
    series = replace(topic(*((piece(f"s{n}", "Quay"),) for n in range(40))), kicker="Floods")
    event = told_by("Tide", "Ledger")
    assert order(series, event) == ["e-Tide", "s0"]
    assert part("other stories", series) == [0.0]


@pytest.mark.parametrize(
    ("outlets", "pinned", "keeps"), [(1, False, False), (1, True, True), (2, False, True)]
)
def test_a_section_is_kept_by_what_several_outlets_tell_and_what_is_pinned(
    outlets: int, pinned: bool, keeps: bool
) -> None:
    """For all else a line in brief will do."""
    found = replace(told_by(*(f"Outlet {n}" for n in range(outlets))), pinned=pinned)
    (ranked,) = Ranker()([found])
    assert ranked.keeps_section is keeps


def test_teasers_have_no_words_of_their_own() -> None:
    """They point to a page that was not read."""
    (ranked,) = Ranker()([topic((piece("a"), piece("b", teaser=True)))])
    assert ranked.words == 5


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"published": NOON}, {"published": NOON - timedelta(seconds=1)}),
        ({"text": "Six words are in this text."}, {"text": "Five words are in this."}),
    ],
)
def test_what_no_evidence_tells_apart_goes_by_time_then_length(
    first: dict[str, object], second: dict[str, object]
) -> None:
    """The newer first, then the longer; never the alphabet."""
    for names in ("az", "za"):
        one, other = piece(names[0], **first), piece(names[1], **second)
        assert order(topic((other,)), topic((one,))) == [names[0], names[1]]


@pytest.mark.parametrize(
    "moments",
    [
        [None] * 6,
        [datetime(2101, 1, 1, tzinfo=UTC)] * 6,
        [datetime(1, 1, 1, tzinfo=UTC)] * 6,
        [None, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), None, NOON, NOON],
    ],
)
def test_dates_that_are_missing_or_mad_leave_an_order(moments: list[datetime | None]) -> None:
    """All undated, in the future, in the year 1: nothing breaks, and no age is past the oldest."""
    topics = [told_by("Quay", name=f"{n}", published=moment) for n, moment in enumerate(moments)]
    assert sorted(order(*topics)) == [f"{n}-Quay" for n in range(6)]
    assert all(-1.0 <= value <= 0.0 for value in part("freshness", *topics))


def test_nothing_gives_nothing() -> None:
    """An empty day has no order."""
    assert Ranker()([]) == []


articles = st.builds(
    lambda key, source, hours, words, folder, copies: piece(
        f"{key:05}",
        f"Outlet {source}",
        published=None if hours is None else NOON - timedelta(hours=hours),
        text="word " * words,
        url=f"https://wire.example/{folder}/{key}",
        copies=(Copy("Elsewhere"),) * copies,
    ),
    st.integers(0, 99_999),
    st.integers(0, 6),
    st.none() | st.integers(-100, 1000),
    st.integers(0, 300),
    st.sampled_from(["world", "sport", "shopping", "x"]),
    st.integers(0, 3),
)
days = st.lists(articles, max_size=24, unique_by=lambda one: one.id)


def some_topics(found: list[Article], seed: int) -> list[Topic]:
    """Return the articles in stories and topics of chance."""
    chance = random.Random(seed)
    topics = []
    while found:
        size = chance.randint(1, 4)
        own, found = found[:size], found[size:]
        cut = chance.randint(1, len(own))
        topics.append(topic(*(tuple(part) for part in (own[:cut], own[cut:]) if part)))
    return topics


@settings(max_examples=80)
@given(days, st.integers(0, 9))
def test_the_order_of_what_was_given_has_no_meaning(found: list[Article], seed: int) -> None:
    """Of topics, and of the sources that were read."""
    topics = some_topics(found, seed)
    expected = Ranker()(topics, read=found)
    chance = random.Random(seed)
    shuffled, read = chance.sample(topics, len(topics)), chance.sample(found, len(found))
    assert Ranker()(shuffled, read=read) == expected


@settings(max_examples=80)
@given(days, st.integers(0, 9))
def test_ranking_keeps_every_article_once_and_falls(found: list[Article], seed: int) -> None:
    """Nothing comes or goes, and no total is above the one before it."""
    ranked: list[Ranked] = Ranker()(some_topics(found, seed))
    assert sorted(a.id for one in ranked for a in one.topic.articles) == sorted(a.id for a in found)
    totals = [round(one.importance.total, 6) for one in ranked]
    assert totals == sorted(totals, reverse=True)


Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("url", "department"),
    [
        ("https://quay.example/business/2026/11/rates-rise.html", "business"),
        ("https://www.quay.example/news/world/europe/a", "world"),
        ("https://sport.quay.example/a-cup-is-won", "sport"),
        ("https://quay.example/wirtschaft/zinsen-steigen", "business"),
        ("https://quay.example/deportes/la-copa", "sport"),
        ("https://quay.example/tv-and-radio/a", "culture"),
        ("https://quay.example/us-news/a", "world"),
        ("https://quay.example/a-business-of-its-own.html", None),
        ("https://quay.example/2026/11/21/a", None),
        ("https://quay.example/one/two/three/four/business/a", None),
        ("https://[broken/business/a", None),
        ("https://business.example/a", None),
        (None, None),
    ],
)
def test_a_folder_of_the_address_names_the_part_of_the_paper(
    article: Make, url: str | None, department: str | None
) -> None:
    """A folder near the top or the subdomain, in any language; the name of the piece itself says nothing."""
    found = department_of(article("T.", url=url))
    assert (found.name if found else None) == department


def test_within_an_address_the_part_that_is_least_news_wins(article: Make) -> None:
    """A quiz on the world is a quiz."""
    found = department_of(article("T.", url="https://quay.example/world/quiz/capitals"))
    assert found is not None
    assert found.name == "leisure"


@pytest.mark.parametrize(
    ("categories", "department"),
    [
        (("Business",), "business"),
        (("  SPORT ",), "sport"),
        (("Middle East",), "world"),
        (("Politik", "Kultur"), "politics"),
        (("Harbours", "Technology"), "technology"),
        (("News", "The ten best places for business at home"), None),
        (("国际",), "world"),
        ((), None),
    ],
)
def test_a_category_names_the_part_of_the_paper(
    article: Make, categories: tuple[str, ...], department: str | None
) -> None:
    """The first that does, in any case; a sentence of many words is no category."""
    found = department_of(article("T.", categories=categories))
    assert (found.name if found else None) == department


def test_the_user_s_section_goes_before_categories_and_these_before_the_address(
    article: Make,
) -> None:
    """Each is asked only where what knows better says nothing."""
    piece = article("T.", categories=("Sport",), url="https://quay.example/business/a")
    assert [
        department_of(piece, given).name  # type: ignore[union-attr]
        for given in ("culture", "", "of my own")
    ] == ["culture", "sport", "sport"]


def test_every_part_that_the_words_name_has_its_place_in_the_paper(article: Make) -> None:
    """And each part goes by its own name."""
    assert [department_of(article("T."), name) for name in DEPARTMENTS]
    assert {department_of(article("T."), name).name for name in DEPARTMENTS} == set(DEPARTMENTS)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "title",
    [
        "Quiz: how well do you know the week?",
        "Your horoscope for Sunday",
        "Save 40% off a garden hose today",
        "Win tickets to the regatta",
        "Sponsored: a new way to sail",
        "7 ways to keep a boat dry",
        "Seven ways to keep a boat dry",
        "How to mend a sail",
        "So gelingt der perfekte Kuchen",
        "Comment choisir un vélo",
        "The best hoses to buy of 2026",
        "Lottery numbers of Saturday",
        "In pictures: the regatta",
        "I sold my boat, and I am glad",
    ],
)
def test_the_form_of_a_title_says_that_it_is_no_news(article: Make, title: str) -> None:
    """Quizzes, shopping, service, promotions, routine, in several languages."""
    assert softness(article("T.", title=title)) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Dam at Colne breaks, eleven missing",
        "Court stops the largest solar farm",
        "Central bank raises its rate to 4%",
        "Regierung beschließt neues Wahlrecht",
        "Grève des ferries: les îles coupées du continent",
        "El tribunal anula la ley de aguas",
        "",
    ],
)
def test_the_headline_of_an_event_has_no_such_form(article: Make, title: str) -> None:
    """Nothing is taken from what happened."""
    assert softness(article("T.", title=title)) == 0.0


def test_a_question_is_a_little_less_news_than_an_answer(article: Make) -> None:
    """It comes after a report of the same weight, and before what is surely none."""
    question = softness(article("T.", title="Will the dam at Colne hold?"))
    assert 0.0 < question < 0.5


def test_a_curly_apostrophe_is_an_apostrophe(article: Make) -> None:
    """The marks that newspapers set change nothing."""
    straight, curly = ("I'm leaving the harbour", "I’m leaving the harbour")
    assert softness(article("T.", title=curly)) == softness(article("T.", title=straight)) > 0.0


def test_a_giant_title_is_read_as_far_as_a_headline_goes(article: Make) -> None:
    """Beyond, nothing is looked for."""
    assert softness(article("T.", title="ferry " * 100_000 + "quiz")) == 0.0

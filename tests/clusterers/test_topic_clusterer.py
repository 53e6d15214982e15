"""Articles are sorted into stories and topics as a reader would file them."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clusterers import PinnedTopic, TopicClusterer, explain_pair, suggest_topics
from digest.models import Article, Topic

COLLECTIONS = json.loads(
    (Path(__file__).parent / "fixtures/collections.json").read_text(encoding="utf-8")
)


def articles(name: str) -> list[Article]:
    return [Article(row["id"], row["title"], row["text"]) for row in COLLECTIONS[name]]


def filed(name: str, key: str) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in COLLECTIONS[name]:
        groups.setdefault(row[key], set()).add(row["id"])
    return {frozenset(group) for group in groups.values()}


def found_topics(topics: list[Topic]) -> set[frozenset[str]]:
    return {frozenset(article.id for article in topic.articles) for topic in topics}


def found_stories(topics: list[Topic]) -> set[frozenset[str]]:
    return {frozenset(a.id for a in story.articles) for topic in topics for story in topic.stories}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_topics_hold_what_a_reader_files_together(name: str) -> None:
    assert found_topics(TopicClusterer()(articles(name))) == filed(name, "topic")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_stories_hold_the_reports_on_one_event(name: str) -> None:
    assert found_stories(TopicClusterer()(articles(name))) == filed(name, "story")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_titles_in_capitals_change_no_topic(name: str) -> None:
    shouted = [replace(article, title=article.title.upper()) for article in articles(name)]
    assert found_topics(TopicClusterer()(shouted)) == filed(name, "topic")


def test_labels_name_who_and_what() -> None:
    labels = {topic.label for topic in TopicClusterer()(articles("quakes and courts"))}
    assert labels == {"Carden Bank fraud", "Lucia Reyes trial", "Peru quake", "Tonga earthquake"}


def test_a_label_is_never_the_name_of_the_publication() -> None:
    rows = [
        Article(
            str(n),
            "Tide gate opens",
            f"Larnby Post: the tide gate at {place} is open.",
            "Larnby Post",
        )
        for n, place in enumerate(("Ostwick", "Ostwick"))
    ]
    assert all("Larnby Post" not in topic.label for topic in TopicClusterer()(rows))


def test_the_order_of_the_input_does_not_matter() -> None:
    rows = [article for name in COLLECTIONS for article in articles(name)]
    expected = TopicClusterer()(rows)
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert TopicClusterer()(rows) == expected


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=200)), max_size=8))
def test_every_article_comes_back_exactly_once(texts: list[tuple[str, str]]) -> None:
    rows = [Article(str(n), title, text) for n, (title, text) in enumerate(texts)]
    topics = TopicClusterer()(rows)
    assert sorted(a.id for t in topics for a in t.articles) == sorted(a.id for a in rows)
    assert all(topic.label.strip() for topic in topics)


def test_copies_of_one_article_are_one_story() -> None:
    one = articles("companies")[0]
    topics = TopicClusterer()([replace(one, id=str(n)) for n in range(10_000)])
    assert [len(topic.stories) for topic in topics] == [1]
    assert len(topics[0].articles) == 10_000


def test_articles_of_one_word_are_filed_by_that_word() -> None:
    words = ("harbour", "glacier", "tractor", "violin", "pepper")
    found = [Article(f"{word} {n}", "", word) for word in words for n in range(40)]
    assert found_stories(TopicClusterer()(found)) == {
        frozenset(f"{word} {n}" for n in range(40)) for word in words
    }


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_list_of_everything_brings_nothing_together(name: str) -> None:
    text = "\n\n".join(f"{a.title}. {a.text}" for a in articles(name))
    everything = Article("everything", "All the news of the week", text)
    topics = found_topics(TopicClusterer()([*articles(name), everything]))
    assert {topic - {"everything"} for topic in topics} - {frozenset()} == filed(name, "topic")


def test_ids_do_not_matter() -> None:
    own = articles("quakes and courts")
    names = {article.id: str(number) for number, article in enumerate(reversed(own))}
    renamed = TopicClusterer()([replace(article, id=names[article.id]) for article in own])
    before = {
        frozenset(names[id_] for id_ in topic) for topic in found_topics(TopicClusterer()(own))
    }
    assert found_topics(renamed) == before


def test_impossible_dates_do_no_harm() -> None:
    rows = articles("quakes and courts")
    dated = [
        replace(a, published=datetime(1970 if n % 2 else 2099, 1, 1, tzinfo=UTC))
        for n, a in enumerate(rows)
    ]
    assert found_topics(TopicClusterer()(dated)) == filed("quakes and courts", "topic")


def test_reports_a_year_apart_are_less_alike_than_those_of_one_day() -> None:
    rows = articles("companies")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    same = [replace(a, published=day) for a in rows]
    apart = [replace(a, published=day + timedelta(days=365 * (a.id == "orbis-2"))) for a in rows]
    near = explain_pair(same[0], same[1], same)
    far = explain_pair(apart[0], apart[1], apart)
    assert (near.days, far.days) == (0.0, 365.0)
    assert near.together
    assert not far.together


def test_function_words_do_not_bring_languages_together() -> None:
    texts = {
        "en": "The council of the town said that the bridge over the river would be closed.",
        "de": "Der Rat der Stadt hat gesagt, dass die Schule in der Mitte bald schließen wird.",
        "fr": "Le conseil de la ville a dit que le musée de la place serait fermé pour un an.",
        "nl": "De raad van de stad zei dat de markt in de haven van de zomer weg zou zijn.",
    }
    rows = [Article(code, "", text, language=code) for code, text in texts.items()]
    assert len(TopicClusterer()(rows)) == 4


def test_an_article_goes_to_the_pinned_topic_that_fits_best() -> None:
    pinned = (
        PinnedTopic(name="Cars", keywords=("Orbis", "carmaker")),
        PinnedTopic(name="Markets", keywords=("Euronext", "shares")),
    )
    topics = {t.label: t for t in TopicClusterer(pinned=pinned)(articles("companies"))}
    assert {a.id for a in topics["Cars"].articles} == {"orbis-1", "orbis-2", "orbis-3"}
    assert {a.id for a in topics["Markets"].articles} == {"lumen", "portway"}
    assert len(topics) == 3


def test_a_word_under_never_keeps_an_article_out_of_a_pinned_topic() -> None:
    pinned = (PinnedTopic(name="Cars", keywords=("Orbis",), never=("brakes",)),)
    cars = TopicClusterer(pinned=pinned)(articles("companies"))[0]
    assert {a.id for a in cars.articles} == {"orbis-1", "orbis-2"}


def test_suggested_topics_catch_the_articles_they_were_made_from() -> None:
    rows = articles("companies")
    topics = TopicClusterer(pinned=tuple(suggest_topics(rows)))(rows)
    assert frozenset({"orbis-1", "orbis-2", "orbis-3"}) in found_topics(topics)


def test_an_explanation_says_what_two_articles_share_and_what_not() -> None:
    rows = articles("quakes and courts")
    together = explain_pair(rows[0], rows[1], rows)
    apart = explain_pair(rows[0], rows[2], rows)
    assert together.together
    assert {"peru", "arequipa"} <= set(together.names)
    assert "6.9" in together.numbers
    assert together.similarity > apart.similarity
    assert not apart.same_topic
    assert {"peru", "tonga"} <= set(apart.unshared)


def test_an_article_outside_the_collection_cannot_be_explained() -> None:
    rows = articles("companies")
    with pytest.raises(ValueError, match="not in the collection"):
        explain_pair(rows[0], Article("x", "", ""), rows)


def test_suggested_topics_have_names_of_their_own_and_leave_other_articles_alone() -> None:
    rows = [article for name in COLLECTIONS for article in articles(name)]
    before = TopicClusterer()(rows)
    pinned = suggest_topics(rows)
    after = TopicClusterer(pinned=tuple(pinned))(rows)
    assert len({topic.name for topic in pinned}) == len(pinned)
    groups = {frozenset(a.id for a in topic.articles) for topic in before}
    assert len(groups & found_topics(after)) >= 0.8 * len(groups)


def test_no_articles_make_no_topic_and_one_makes_one() -> None:
    one = articles("companies")[:1]
    assert TopicClusterer()([]) == []
    assert [topic.articles for topic in TopicClusterer()(one)] == [tuple(one)]


def test_articles_of_one_word_keep_apart_and_have_labels() -> None:
    rows = [Article(word, word, word) for word in ("Ferries", "Tax", "1970", "Ö", "RAIN")]
    topics = TopicClusterer()(rows)
    assert len(topics) == 5
    assert all(topic.label.strip() for topic in topics)


def test_articles_without_dates_are_filed_beside_those_with_one() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [
        replace(a, published=day if n % 2 else None) for n, a in enumerate(articles("companies"))
    ]
    assert found_topics(TopicClusterer()(rows)) == filed("companies", "topic")


def test_a_list_of_everything_leaves_stories_apart() -> None:
    rows = articles("quakes and courts")
    everything = Article(
        "all", "The week in brief", "\n\n".join(f"{a.title}. {a.text}" for a in rows)
    )
    groups = {
        frozenset(a.id for a in topic.articles if a.id != "all")
        for topic in TopicClusterer()([*rows, everything])
    }
    assert groups - {frozenset()} == filed("quakes and courts", "topic")


def test_a_long_title_without_a_name_is_never_cut_in_the_middle() -> None:
    title = "why so many of us are still unable to sleep at night, and what might be done about it"
    label = TopicClusterer()(
        [Article("a", title, "people lie awake and count. nobody knows why.")]
    )[0].label
    assert (
        label == "why so many of us are still unable to sleep at night" or len(label.split()) <= 3
    )


def test_texts_without_spaces_are_compared_and_labelled_by_their_titles() -> None:
    """Pairs of letters serve as words; none of them stands in a label or among the keywords."""
    texts = {
        "上海开通新的轮渡航线": "上海市周一开通了一条新的轮渡航线，连接浦东和崇明。首日有四千名乘客乘坐。"
        "工程耗资三亿元，明年还将增加三艘电动船。",
        "浦东至崇明轮渡首航": "连接浦东和崇明的轮渡航线周一正式开通，首日共运送四千名乘客。"
        "工程花费三亿元，明年计划投入三艘电动船。",
        "北京举行国际书展": "国际书展周三开幕，六十个国家的出版社参加。展览持续五天，预计吸引二十万读者。",
    }
    articles = [
        Article(str(n), t, text, language="zh") for n, (t, text) in enumerate(texts.items())
    ]
    topics = TopicClusterer()(articles)
    assert sorted(len(topic.articles) for topic in topics) == [1, 2]
    assert all(topic.label in texts and not topic.keywords for topic in topics)


def test_one_long_article_is_named_by_what_happened_however_late_it_says_so() -> None:
    """Beside the name of what it is about; its opening tells of something else."""
    opening = (
        "Northline sold tickets in nine ports, and the price of a ticket was known to all. " * 40
    )
    end = "Rivals saw Northline’s collapse come. Northline filed for bankruptcy on Friday. "
    article = Article(
        "a", "The trust in Northline stood in the price of its tickets", opening + end
    )
    (topic,) = TopicClusterer()([article])
    assert topic.label == "Northline collapse"

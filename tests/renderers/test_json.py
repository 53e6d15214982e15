"""The JSON of a briefing has the shape that other programs rely on, and can be read back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.codec import SCHEMA, read_digest, write_digest
from digest.errors import ConfigError
from digest.models import Digest, Disagreement, FailingSource, Summary


def test_the_keys_stand_in_their_order(digest: Digest) -> None:
    """The keys of every object, as the schema has them."""
    value = json.loads(write_digest(digest))
    assert value["schema"] == SCHEMA
    assert list(value) == [
        *("schema", "title", "date", "sections", "in_brief", "also_read", "articles", "omissions"),
        *("failing", "statistics"),
    ]
    section = value["sections"][0]
    assert list(section) == [
        *("label", "heading", "kicker", "tier", "section", "importance", "keywords", "summary"),
        *("disagreements", "stories"),
    ]
    assert list(section["importance"]) == ["total", "outlets", "freshness"]
    assert list(section["stories"][0]) == ["headline", "articles", "outlets", "summary"]
    sentence = section["summary"][0]
    assert list(sentence) == ["text", "article", "index", "start", "end", "score"]
    articles = {article["id"]: article for article in value["articles"]}
    told = [
        *("id", "title", "source", "url", "published", "words", "text", "author", "language"),
        *("page", "headings", "truncated", "teaser", "categories", "copies"),
    ]
    assert list(articles["a001"]) == told
    assert list(articles["a007"]) == [*told, "section", "importance"]
    assert list(value["omissions"][0]) == ["what", "reason", "page", "detail"]
    assert list(value["statistics"]) == [
        *("sources", "outlets", "articles", "topics", "in_brief", "also_read", "omitted"),
        *("words_read", "words_shown"),
    ]


def test_what_is_true_of_few_is_a_key_of_few(digest: Digest, running: Digest) -> None:
    """`listed` and `updated` stand where they are true, `since` where a day is known."""
    section = digest.sections[0]
    first, second = section.stories
    listed = replace(section, stories=(first, replace(second, listed=True)))
    value = json.loads(write_digest(replace(digest, sections=(listed,), also_read=())))
    stories = value["sections"][0]["stories"]
    assert [story.get("listed") for story in stories] == [None, True]
    value = json.loads(write_digest(running))
    assert [
        (story.get("since"), story.get("updated"))
        for section in value["sections"][:2]
        for story in section["stories"]
    ] == [("2026-11-18", None), (None, None), ("2026-11-19", True)]


def test_the_order_is_that_of_the_page(digest: Digest) -> None:
    """Sections by their importance, those only listed last; every story of several outlets is among them."""
    value = json.loads(write_digest(digest))
    assert [section["tier"] for section in value["sections"]] == [
        *("lead", "story", "story", "compact", "listed"),
    ]
    totals = [section["importance"]["total"] for section in value["sections"]]
    assert totals == sorted(totals, reverse=True)
    assert (value["in_brief"], value["also_read"]) == (["a007", "a008"], ["a015"])


def test_a_briefing_of_before_it_was_edited_can_still_be_read(digest: Digest) -> None:
    """Its topics are stories under their labels."""
    value = json.loads(write_digest(digest))
    del value["also_read"], value["statistics"]["outlets"], value["statistics"]["also_read"]
    for section in value["sections"]:
        for key in ("heading", "kicker", "tier", "section", "importance"):
            del section[key]
    for article in value["articles"]:
        for key in ("section", "importance", "categories"):
            article.pop(key, None)
    again = read_digest(json.dumps(value))
    assert [section.heading for section in again.sections] == [
        section.topic.label for section in digest.sections
    ]
    assert {section.tier for section in again.sections} == {"story"}
    assert [brief.article for brief in again.in_brief] == [b.article for b in digest.in_brief]


def test_every_sentence_stands_in_its_article(digest: Digest) -> None:
    """`article.text[start:end] == text`."""
    value = json.loads(write_digest(digest))
    texts = {article["id"]: article["text"] for article in value["articles"]}
    sentences = [s for section in value["sections"] for s in section["summary"]]
    sentences += [
        s for section in value["sections"] for t in section["stories"] for s in t["summary"]
    ]
    assert len(sentences) == 12
    assert all(texts[s["article"]][s["start"] : s["end"]] == s["text"] for s in sentences)


def test_it_is_read_back_as_it_was(digest: Digest) -> None:
    """All but the method of the summaries comes back."""

    def plain(summary: Summary) -> Summary:
        return replace(summary, method="")

    sections = tuple(
        replace(
            section,
            summary=plain(section.summary),
            stories=tuple(replace(s, summary=plain(s.summary)) for s in section.stories),
        )
        for section in digest.sections
    )
    assert read_digest(write_digest(digest)) == replace(digest, sections=sections)


def test_what_is_new_and_what_fails_is_read_back(digest: Digest) -> None:
    """The days of earlier issues, disagreeing figures and failing sources survive."""
    day = date(2026, 11, 19)
    section = digest.sections[0]
    story = section.stories[0]
    first, second = section.summary.sentences[:2]
    running = replace(
        section,
        topic=replace(section.topic, since=day),
        stories=(replace(story, story=replace(story.story, since=day)), *section.stories[1:]),
        disagreements=(Disagreement(first=first, second=second, figures=("$5", "$6")),),
    )
    failing = FailingSource("Harbour", "https://harbour.example/feed", "no answer", day)
    issue = replace(
        digest, sections=(running,), previous=day, failing=(failing,), in_brief=(), also_read=()
    )
    again = read_digest(write_digest(issue))
    assert (again.previous, again.failing) == (day, (failing,))
    assert again.sections[0].topic.since == again.sections[0].stories[0].story.since == day
    assert again.sections[0].disagreements == running.disagreements


def test_a_note_is_kept(digest: Digest) -> None:
    """What must be said of a summary is said after sending it, too."""
    first = digest.sections[0]
    noted = replace(first, summary=replace(first.summary, note="over its length"))
    text = write_digest(replace(digest, sections=(noted,)))
    assert read_digest(text).sections[0].summary.note == "over its length"


def test_scores_are_rounded(digest: Digest) -> None:
    """The last bits of a score do not change the file, and there is no NaN in JSON."""
    first = digest.sections[0]

    def scored(score: float) -> str:
        sentences = (replace(first.summary.sentences[0], score=score),)
        section = replace(first, summary=replace(first.summary, sentences=sentences), stories=())
        return write_digest(replace(digest, sections=(section,)))

    assert scored(0.1 + 0.2) == scored(0.3)
    assert scored(-1e-9) == scored(0.0) == scored(float("nan"))


@given(st.text(alphabet=st.characters(categories=None), max_size=20))
def test_any_text_survives(text: str) -> None:
    """Any characters come back; lone surrogates as U+FFFD, so that the file can be written."""
    issue = Digest(text, date(2026, 11, 21))
    written = write_digest(issue)
    written.encode()
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert read_digest(written).title == expected


def test_hostile_issues_are_read_back(hostile: Callable[[str], Digest]) -> None:
    """Quotes, brackets and line breaks change nothing."""
    issue = hostile('"}]\n\u2028<script>\\')
    assert read_digest(write_digest(issue)).articles == issue.articles


def changed(digest: Digest, change: Callable[[Any], object]) -> str:
    value = json.loads(write_digest(digest))
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda v: v.pop("title"), "title is missing"),
        (lambda v: v.update(date="yesterday"), "date is not a date"),
        (lambda v: v.update(sections={}), "sections is not a list"),
        (lambda v: v["sections"][0].update(label=1), r"sections\[0\].label is not a string"),
        (lambda v: v["sections"][0]["summary"][0].update(start="0"), r"summary\[0\].start"),
        (lambda v: v["sections"][0]["summary"][0].update(score=True), r"summary\[0\].score"),
        (lambda v: v["sections"][0]["summary"][0].update(article="x"), "the id of one of its"),
        (lambda v: v["sections"][0]["stories"][0].update(articles=[]), "at least one article"),
        (lambda v: v["articles"][0].update(published="soon"), r"articles\[0\].published"),
        (lambda v: v["articles"].append(None), r"articles\[15\] is not an object"),
        (lambda v: v.update(statistics=[]), "statistics is not an object"),
        (lambda v: v["statistics"].update(outlets="5"), "statistics.outlets is not a whole number"),
        (lambda v: v.update(also_read=["gone"]), r"also_read\[0\] is not the id"),
        (lambda v: v["sections"][0].update(tier="huge"), r"sections\[0\].tier is not one of lead"),
        (lambda v: v["sections"][0].update(kicker=1), r"sections\[0\].kicker is not a string"),
        (lambda v: v["sections"][0].update(importance=[]), r"\[0\].importance is not an object"),
        (
            lambda v: v["sections"][0]["importance"].update(outlets="many"),
            r"importance.outlets is not a number",
        ),
        (
            lambda v: v["sections"][0]["stories"][0].update(updated="yes"),
            r"stories\[0\].updated is not true or false",
        ),
        (lambda v: v["articles"][0].update(categories="x"), r"categories is not a list"),
        (lambda v: v.update(schema="other"), "schema"),
    ],
)
def test_a_flaw_is_named_by_its_place(
    digest: Digest, change: Callable[[Any], object], place: str
) -> None:
    """The error is one line that says where the JSON is not ours."""
    with pytest.raises(ConfigError, match=place) as caught:
        read_digest(changed(digest, change))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 5000, "null", "[]", '"text"'])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    """However odd, it ends in a `ConfigError`."""
    with pytest.raises(ConfigError):
        read_digest(text)

"""The page is one file, sound, accessible in its bones, and hostile text stays text."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.models import Digest, Statistics
from digest.renderers import HtmlRenderer

VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</style></title></details><svg onload=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "--><!--<b>",
    "&lt;b&gt; &#60;i&#62; &quot;",
    "{{ 7 * 7 }}{% raw %}",
    "\u202etxt\u2066\ud800\x00\x1b",
    "a" * 3000,
)


def parsed(digest: Digest) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(HtmlRenderer()(digest))


def text_of(document: lxml.html.HtmlElement) -> str:
    return re.sub(r"[ \n]+", " ", document.text_content()).strip(" ")


def test_the_page_has_its_landmarks(digest: Digest) -> None:
    """One h1, a nav of topics, main, footer, and a skip link that leads to main."""
    page = parsed(digest)
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//nav")) == 1
    assert page.find(".//main").get("id") == page.find(".//body/a").get("href")[1:]
    assert page.get("lang") == "en"
    assert [h.tag for h in page.iter("h1", "h2")][:2] == ["h1", "h2"]


def test_every_jump_arrives_and_every_id_is_one(digest: Digest) -> None:
    """No link within the page leads nowhere, and no id stands twice."""
    page = parsed(digest)
    ids = Counter(element.get("id") for element in page.xpath("//*[@id]"))
    assert max(ids.values()) == 1
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids
    for element in page.xpath("//*[@aria-labelledby]"):
        assert element.get("aria-labelledby") in ids


def test_nothing_is_loaded_and_nothing_runs(digest: Digest) -> None:
    """No script, no image, no font, no style sheet from anywhere."""
    source = HtmlRenderer()(digest)
    page = lxml.html.document_fromstring(source)
    assert not page.xpath("//script | //img | //iframe | //object | //embed | //form | //*[@src]")
    assert [link.get("href") for link in page.xpath("//link")] == ["data:,"]
    assert not re.search(r"url\(|@import|@font-face", source)


def test_key_sentences_open_the_original_at_the_sentence(digest: Digest) -> None:
    """The number of the source leads to the address and its text directive."""
    key = parsed(digest).find_class("key")[0]
    link = key.find(".//a")
    assert link.text == "1"
    assert link.get("href").startswith("https://courier.example/news/1?id=1#top:~:text=Ferries%20")


def test_without_an_address_the_marked_sentence_is_the_goal(digest: Digest) -> None:
    """The number leads to the sentence within the folded article."""
    page = parsed(digest)
    key = page.find_class("key")[2]
    goal = key.find(".//a").get("href")[1:]
    mark = page.get_element_by_id(goal)
    assert mark.tag == "mark"
    assert key.text == mark.text
    assert any(parent.tag == "details" for parent in mark.iterancestors())


def test_the_whole_article_is_there(digest: Digest) -> None:
    """Every word of every article of a topic, in order, with its headings as headings."""
    page = parsed(digest)
    for number, article in enumerate(digest.sections[0].topic.articles, 1):
        whole = page.get_element_by_id(f"article-{number}").find_class("whole")[0]
        assert " ".join(article.text.split()) in text_of(whole)
    assert page.find(".//h4").text.strip() == "What the crews want"
    shown = {s.text for section in digest.sections for s in section.summary.sentences}
    shown |= {
        s.text for section in digest.sections for t in section.stories for s in t.summary.sentences
    }
    assert {mark.text for mark in page.iter("mark")} == shown


def test_foreign_articles_say_their_language(digest: Digest) -> None:
    """`lang` stands on what is German, and on nothing that is English."""
    page = parsed(digest)
    german = page.xpath("//*[@lang='de']")
    assert {"h3", "p", "div", "a"} <= {element.tag for element in german}
    assert {element.get("lang") for element in page.xpath("//*[@lang]")} == {"en", "de"}


def test_what_is_not_known_is_not_shown(digest: Digest) -> None:
    """No date, no placeholder for one."""
    facts = [text_of(element) for element in parsed(digest).find_class("muted")]
    assert "6\u2002Halvorsbrucker Tageblatt · 1 min" in facts
    assert not [fact for fact in facts if "None" in fact]


def test_copies_are_counted_as_outlets(digest: Digest) -> None:
    """How many outlets carried it, and how many of the texts are their own."""
    page = text_of(parsed(digest))
    assert "3 articles · 2 outlets, 3 originals" in page
    assert "1 min · 2 outlets, 2 originals" in page
    assert "1 article · 1 outlet · 20 Nov 2026" in page


def test_what_was_left_out_is_counted_by_reason(digest: Digest) -> None:
    """Failed sources first, then copies, then furniture."""
    omitted = parsed(digest).find_class("omitted")[0]
    counts = "1 failed source · 2 copies · 1 stub · 1 advert · 1 caption · 1 widget"
    assert counts in text_of(omitted)
    assert "missing.html no such file" in text_of(omitted)


def test_an_empty_day_says_so(empty: Digest) -> None:
    """A sentence, no glance, no empty sections."""
    page = parsed(empty)
    assert "No articles today from 4 sources." in text_of(page)
    assert not page.xpath("//nav | //section")


def test_one_topic_drops_the_glance(digest: Digest) -> None:
    """A list of one is no help."""
    page = parsed(replace(digest, sections=digest.sections[1:2]))
    assert not page.xpath("//nav")
    assert page.find(".//h2").text == "Solar farm ruling"


def test_the_strip_says_in_text_what_it_draws(digest: Digest) -> None:
    """Shares add up to a hundred; each drawing of days has its name."""
    strip = parsed(digest).find_class("strip")[0]
    shares = [int(share) for share in re.findall(r"(\d+)%", text_of(strip))]
    assert sum(shares) in (99, 100, 101)
    bars = strip.xpath(".//rect[@class='fill']/@width")
    assert bars == [f"{share}%" for share in shares]
    days = strip.xpath(".//svg[@role='img']/@aria-label")
    assert days == ["18 to 20 Nov 2026", "20 Nov 2026", "19 Nov 2026"]


def test_a_series_says_what_is_new(running: Digest) -> None:
    """The issue before is named by its day; what it did not have is new since then."""
    page = parsed(running)
    facts = [text_of(head) for head in page.xpath("//section[contains(@class, 'topic')]/header")]
    assert "running since Wednesday" in facts[0]
    assert "new since Thursday" in facts[1]
    assert "new since Thursday" in text_of(page.get_element_by_id("topic-1-story-2"))
    assert "running" not in text_of(page.get_element_by_id("topic-1-story-1"))
    assert "4 stories new since Thursday" in text_of(page.find(".//header"))


def test_a_first_issue_calls_nothing_new(digest: Digest) -> None:
    """Where no issue before is known, nothing is said of it."""
    assert not re.search("(running|new) since", text_of(parsed(digest)))


def test_an_empty_day_of_a_series_says_since_when(empty: Digest) -> None:
    """Not only that there is nothing today, but since which issue."""
    page = parsed(replace(empty, previous=date(2026, 11, 19)))
    assert "No articles since Thursday from 4 sources." in text_of(page)


def test_figures_that_differ_stand_side_by_side(running: Digest) -> None:
    """Both with their sentence, word for word, the figure marked, and the number of the source."""
    sides = parsed(running).find_class("differ")[0].findall(".//li")
    assert [text_of(side.find_class("figure")[0]) for side in sides] == [
        "14 million crowns1",
        "7 million crowns2",
    ]
    for side, sentence in zip(
        sides,
        (running.sections[0].disagreements[0].first, running.sections[0].disagreements[0].second),
        strict=True,
    ):
        assert text_of(side.find_class("small")[0]) == sentence.text
        assert side.find(".//a").get("href").startswith("https://")
    assert sides[1].find(".//b").text == "7 million crowns"


def test_a_figure_is_not_found_within_another(running: Digest) -> None:
    """Seven million is no part of 47 million; what is not found is not marked."""
    first = running.sections[0]
    one = replace(first.disagreements[0], figures=("4 million crowns", "7 million crowns"))
    section = replace(first, disagreements=(one,))
    sides = parsed(replace(running, sections=(section,))).find_class("differ")[0].findall(".//li")
    assert sides[0].find(".//b").text is None
    assert text_of(sides[0].find_class("small")[0]) == one.first.text


def test_a_timeline_stands_where_stories_span_days(digest: Digest) -> None:
    """A row a day in order, its headline leads to the story; the drawing says nothing more."""
    page = parsed(digest)
    rows = page.find_class("days")
    assert len(rows) == 1
    assert [text_of(row) for row in rows[0].iter("li")] == [
        "18 Nov Ferry crews walk out, and the islands are cut off",
        "19 Nov A bed for the night at twice the price",
        "20 Nov Talks resume a day early as the county offers to pay",
    ]
    assert [circle.get("cx") for circle in rows[0].iter("circle")] == ["0.0%", "50.0%", "100.0%"]
    assert rows[0].xpath(".//a/@href") == [
        "#topic-1-story-1",
        "#topic-1-story-2",
        "#topic-1-story-1",
    ]


def test_a_long_timeline_shows_its_latest_days(digest: Digest) -> None:
    """Eight days are drawn; what came before is counted."""
    first = digest.sections[0]
    told = first.stories[0]
    base = told.story.articles[0]
    articles = tuple(
        replace(base, id=f"b{day}", published=datetime(2026, 11, day, tzinfo=UTC))
        for day in range(1, 21)
    )
    story = replace(told, story=replace(told.story, articles=articles))
    section = replace(first, topic=replace(first.topic, stories=(story.story,)), stories=(story,))
    days = parsed(replace(digest, sections=(section,))).find_class("days")[0]
    assert [row.find("time").get("datetime") for row in days.iter("li")] == [
        f"2026-11-{day}" for day in range(13, 21)
    ]
    assert text_of(days.find("p")) == "12 articles on 12 earlier days"


def test_failing_sources_stand_at_the_foot(running: Digest, digest: Digest) -> None:
    """By name, since when, and why; where none fails there is no heading."""
    failing = parsed(running).xpath("//footer//section[contains(@class, 'failing')]")[0]
    assert "The Sund Observer failing since 3 Nov: no answer" in text_of(failing)
    assert not parsed(digest).find_class("failing")


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_stays_text(
    hostile: Callable[[str], Digest], flaws: Callable[[str], list[str]], vector: str
) -> None:
    """Whatever field it stands in, only our own tags and attributes are on the page."""
    assert flaws(HtmlRenderer()(hostile(vector))) == []


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("<>\"'&/=:;!-{}%#ab \n\u2028\u202e\x00"), max_size=40))
def test_no_text_makes_a_tag(text: str) -> None:
    """The number of elements does not depend on what titles say."""
    issue = Digest(text, date(2026, 11, 21))
    plain = replace(issue, title="x")
    assert len(list(parsed(issue).iter())) == len(list(parsed(plain).iter()))


def test_offsets_that_lie_break_nothing(digest: Digest) -> None:
    """A JSON that was tampered with is still a page: no sentence is marked where it does not stand."""
    first = digest.sections[0]
    sentences = tuple(
        replace(sentence, start=start, end=end)
        for sentence, (start, end) in zip(
            first.summary.sentences, [(-5, 10), (10**6, 10**7), (30, 3)], strict=True
        )
    )
    section = replace(first, summary=replace(first.summary, sentences=sentences))
    page = parsed(replace(digest, sections=(section,)))
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert page.get_element_by_id(link.get("href")[1:]) is not None


def test_large_issues_stay_whole(digest: Digest) -> None:
    """Five hundred topics are five hundred entries of the glance."""
    many = replace(digest, sections=digest.sections[:1] * 500, statistics=Statistics(topics=500))
    assert HtmlRenderer()(many).count("<li>\n<p><a") == 500


def test_a_large_issue_keeps_passages(digest: Digest) -> None:
    """Where the texts do not fit, the paragraphs of the chosen sentences stay, and gaps are shown."""
    long = digest.sections[0].topic.articles[2]
    filler = "\n\n".join(["A paragraph that nobody chose, of some fifty characters."] * 9_000)
    longer = replace(long, text=f"{long.text}\n\n{filler}\n\nThe end.")
    first = digest.sections[0]
    story = replace(first.stories[1], story=replace(first.stories[1].story, articles=(longer,)))
    topic = replace(first.topic, stories=(first.topic.stories[0], story.story))
    section = replace(first, topic=topic, stories=(first.stories[0], story))
    source = HtmlRenderer()(replace(digest, sections=(section, *digest.sections[1:])))
    page = lxml.html.document_fromstring(source)
    assert len(source.encode()) < 400_000
    labels = [summary.text for summary in page.iter("summary")]
    assert labels.count("The passages") == 1
    assert len(page.get_element_by_id("article-3").findall(".//mark")) == 2
    assert "The end." not in source


def test_gaps_are_shown_between_passages(digest: Digest) -> None:
    """A reader sees that something is missing there."""
    first = digest.sections[1]
    article = first.topic.articles[0]
    filler = "\n\n".join(["A paragraph that nobody chose, of some fifty characters."] * 9_000)
    text = f"{article.text}\n\n{filler}\n\nThe last sentence."
    longer = replace(article, text=text, url=None)
    last = replace(
        first.summary.sentences[0], start=len(text) - 18, end=len(text), text="The last sentence."
    )
    story = replace(first.stories[0], story=replace(first.stories[0].story, articles=(longer,)))
    section = replace(
        first,
        topic=replace(first.topic, stories=(story.story,)),
        summary=replace(first.summary, sentences=(last,)),
        stories=(story,),
    )
    page = parsed(replace(digest, sections=(section,)))
    whole = page.find_class("whole")[0]
    assert [text_of(p) for p in whole][-2:] == ["[…]", "The last sentence."]

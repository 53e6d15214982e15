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

from digest.models import Digest, Statistics, Story
from digest.renderers.formats import HtmlRenderer

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
    """Every word of every article that is told, in order, with its headings as headings."""
    page = parsed(digest)
    told = [article for section in digest.sections[:3] for article in section.topic.articles]
    wholes = [text_of(whole) for whole in page.find_class("whole")]
    assert len(wholes) == len(told) == 7
    for article in told:
        assert sum(" ".join(article.text.split()) in whole for whole in wholes) == 1
    headings = [text_of(heading) for heading in page.xpath("//*[@class='whole']/h4")]
    assert headings == ["What the crews want"]
    shown = {s.text for section in digest.sections for s in section.summary.sentences}
    shown |= {
        s.text for section in digest.sections for t in section.stories for s in t.summary.sentences
    }
    assert {mark.text for mark in page.iter("mark")} == shown


def test_foreign_articles_say_their_language(digest: Digest) -> None:
    """`lang` stands on what is German, and on nothing that is English."""
    page = parsed(digest)
    german = page.xpath("//*[@lang='de']")
    assert {"h3", "p", "div", "a"} == {element.tag for element in german}
    assert {element.get("lang") for element in page.xpath("//*[@lang]")} == {"en", "de"}


def test_what_is_not_known_is_not_shown(digest: Digest) -> None:
    """No date, no placeholder for one."""
    facts = [text_of(element) for element in parsed(digest).find_class("muted")]
    assert "Halvorsbrucker Tageblatt · 1 min" in facts
    assert not [fact for fact in facts if "None" in fact]


def test_every_outlet_of_a_story_leads_to_its_own_headline(digest: Digest) -> None:
    """By its name, with its headline behind it; a copy is no outlet, and is counted apart."""
    page = parsed(digest)
    strike, bridge = page.find_class("outlets")[0], page.find_class("outlets")[-1]
    assert text_of(strike) == "2 outlets: The Wessel Courier · Harbour Post · 1 copy"
    assert text_of(bridge) == "3 outlets: Harbour Post · The Ledger · Meridian"
    assert [(link.get("href"), link.get("title")) for link in bridge.iter("a")] == [
        ("https://post.example/bridge", "Sund bridge to open in June"),
        ("https://ledger.example/bridge", "A date for the bridge at Sund"),
        ("https://meridian.example/bridge", "Sund bridge gets its date"),
    ]


def test_a_story_of_many_outlets_names_six(digest: Digest) -> None:
    """The others are counted; one outlet's second article is no second outlet."""
    compact = digest.sections[3]
    base = compact.topic.articles[0]
    articles = tuple(
        replace(base, id=f"o{n}", source=f"Outlet {n}", url=f"https://{n}.example/")
        for n in range(9)
    )
    again = replace(articles[0], id="again")
    story = replace(compact.stories[0], story=Story((*articles, again)))
    section = replace(
        compact, topic=replace(compact.topic, stories=(story.story,)), stories=(story,)
    )
    shown = parsed(replace(digest, sections=(section,))).find_class("outlets")[0]
    names = " · ".join(f"Outlet {n}" for n in range(6))
    assert text_of(shown) == f"9 outlets: {names} · 3 more"


def test_a_file_is_no_outlet(digest: Digest) -> None:
    """A page whose publisher is not known goes by the name of its file, and is counted as a source."""
    compact = digest.sections[3]
    first, *others = compact.topic.articles
    file = replace(first, source="004.txt", page="pages/004.txt", url=None)
    story = replace(compact.stories[0], story=Story((file, *others)))
    section = replace(
        compact, topic=replace(compact.topic, stories=(story.story,)), stories=(story,)
    )
    page = parsed(replace(digest, sections=(section,)))
    assert text_of(page.find_class("outlets")[0]) == "3 sources: 004.txt · The Ledger · Meridian"
    assert "outlets" not in text_of(page.find_class("masthead")[0])


def test_a_headline_leads_to_the_original_at_its_first_sentence(digest: Digest) -> None:
    """A label leads nowhere; where no sentence is shown, to the article."""
    page = parsed(digest)
    links = [heading.find("a") for heading in page.xpath("//main//h2[@dir]")]
    assert links[0] is None
    assert [link.get("href").partition("#")[0] for link in links[1:]] == [
        *("https://meridian.example/solar", "https://ledger.example/orlan"),
        "https://post.example/bridge",
    ]
    assert links[1].get("href").startswith("https://meridian.example/solar#:~:text=The%20highest")


def test_nothing_is_said_twice_in_a_section(digest: Digest) -> None:
    """A headline that heads it is not repeated above its outlets; a label says less than its kicker."""
    page = parsed(digest)
    for number, section in enumerate(digest.sections[1:4], 2):
        block = text_of(page.get_element_by_id(f"topic-{number}").find("div"))
        shown = block.partition("whole article")[0]
        assert shown.count(section.heading) == 1
    kickers = [text_of(kicker) for kicker in page.find_class("kicker")]
    assert kickers == ["Orlan Semiconductor"]


def test_lines_stand_by_the_parts_of_the_paper(digest: Digest) -> None:
    """With headings where there are several; of one part without."""
    brief = parsed(digest).get_element_by_id("brief").getparent().getparent()
    assert [h.text for h in brief.iter("h3")] == ["Science and health", "Culture"]
    assert [text_of(row) for row in brief.iter("li")] == [
        "Every glacier lost ice again Meridian",
        "Bread museum reopens The Ledger",
    ]
    one = replace(digest, in_brief=digest.in_brief[:1])
    assert not parsed(one).get_element_by_id("brief").getparent().getparent().findall(".//h3")


def test_what_is_only_read_is_folded(digest: Digest) -> None:
    """Under a number; each a headline with its link."""
    listed = parsed(digest).get_element_by_id("also-read").getparent().getparent()
    assert listed.find("details/summary").text == "2 headlines"
    assert listed.find("details").get("open") is None
    assert [text_of(row) for row in listed.iter("li")] == [
        "Lyngholm votes on its school 2 outlets",
        "A year of small pears The Wessel Courier",
    ]
    assert len(listed.findall(".//li//a")) == 2
    empty = parsed(replace(digest, sections=digest.sections[:1], also_read=()))
    assert "Also read" not in text_of(empty)


def test_stories_that_a_section_only_lists_are_also_read(digest: Digest) -> None:
    """Where a topic has more than it tells."""
    first = digest.sections[0]
    told, other = first.stories
    section = replace(first, stories=(told, replace(other, listed=True)))
    page = parsed(replace(digest, sections=(section,), also_read=()))
    assert "A bed for the night" not in text_of(page.get_element_by_id("topic-1"))
    listed = page.get_element_by_id("also-read").getparent().getparent()
    assert "A bed for the night at twice the price The Wessel Courier" in text_of(listed)


def test_the_whole_articles_of_a_story_are_under_one_fold(digest: Digest) -> None:
    """Each under its number and headline; one alone needs neither."""
    page = parsed(digest)
    folds = [summary.text for summary in page.iter("summary")]
    assert folds.count("The 2 whole articles") == 2
    assert folds.count("The whole article") == 7
    also = page.get_element_by_id("topic-3").find_class("also")
    assert [text_of(part.find("h3")) for part in also] == [
        "5 Orlan picks Halvorsbruck for its second chip plant",
        "6 The capital asks why it lost the chip plant",
    ]


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
    assert text_of(page.find(".//h2")) == digest.sections[1].heading


def test_the_glance_is_the_issue_in_its_order(digest: Digest) -> None:
    """What is told in sentences, by its heading, with how many outlets have it; then the ways to the rest."""
    glance = parsed(digest).find_class("glance")[0]
    assert [text_of(row) for row in glance.iter("li")] == [
        "Ferry strike 2 outlets",
        "Court stops the largest solar farm over a question nobody had asked",
        "Orlan picks Halvorsbruck for its second chip plant 3 outlets",
    ]
    further = glance.find("div/p")
    assert text_of(further) == "1 more story · In brief · Also read"
    assert further.xpath("a/@href") == ["#topic-4", "#brief", "#also-read"]


def test_the_head_counts_what_a_reader_cares_about(digest: Digest) -> None:
    """Articles, outlets, articles left out; and how long it takes."""
    head = text_of(parsed(digest).find_class("masthead")[0])
    assert "15 articles of 5 outlets · 4 left out" in head
    assert "1 minute instead of 4" in head


def test_a_series_says_what_is_new(running: Digest) -> None:
    """The issue before is named by its day; what it did not have is new since then, an update is one."""
    page = parsed(running)
    facts = [text_of(head) for head in page.xpath("//section[contains(@class, 'topic')]/header")]
    assert "running since Wednesday" in facts[0]
    assert "running since Thursday" in facts[1]
    assert "new since Thursday" in facts[2]
    assert "new since Thursday" in text_of(page.get_element_by_id("topic-1-story-2"))
    assert "running" not in text_of(page.get_element_by_id("topic-1-story-1"))
    assert "· updated" in text_of(page.get_element_by_id("topic-2-story-1"))
    assert "5 stories new since Thursday" in text_of(page.find(".//header"))
    glance = page.find_class("glance")[0].xpath(".//ol//span[@class='muted']")
    assert [text_of(count) for count in glance] == ["1 new story · 2 outlets", "new · 3 outlets"]


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
    assert len(parsed(many).find_class("glance")[0].findall(".//li")) == 500


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


def test_a_giant_paragraph_is_cut_around_its_sentence(digest: Digest) -> None:
    """A text without paragraphs does not take the page: the words beside the chosen sentence stay."""
    first = digest.sections[1]
    article = first.topic.articles[0]
    filler = "A sentence that nobody chose, of some fifty letters. " * 9_000
    text = f"{filler}This one was chosen. {filler}"
    start = len(filler)
    chosen = replace(
        first.summary.sentences[0], start=start, end=start + 20, text="This one was chosen."
    )
    longer = replace(article, text=text, headings=())
    story = replace(first.stories[0], story=replace(first.stories[0].story, articles=(longer,)))
    section = replace(
        first,
        topic=replace(first.topic, stories=(story.story,)),
        summary=replace(first.summary, sentences=(chosen,)),
        stories=(replace(story, summary=replace(story.summary, sentences=())),),
    )
    source = HtmlRenderer()(replace(digest, sections=(section,)))
    assert len(source.encode()) < 60_000
    paragraph = lxml.html.document_fromstring(source).find_class("whole")[0].find("p")
    mark = paragraph.find("mark")
    assert mark.text == "This one was chosen."
    assert paragraph.text.startswith(" […] ")
    assert paragraph.text.endswith("some fifty letters. ")
    assert mark.tail.endswith(" […] ")

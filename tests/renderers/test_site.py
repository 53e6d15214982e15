"""A site has a page and a feed a topic, a search of all of them, and a sitemap."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from click.testing import CliRunner

from digest.cli import digest as command
from digest.codec import write_digest
from digest.models import Article, Digest, Section, Sentence, Story, StorySummary, Summary, Topic
from digest.renderers.site import render_site, threads
from digest.renderers.words import ENGLISH

FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (19, 20, 21))
ATOM = "{http://www.w3.org/2005/Atom}"


def _section(number: int, text: str, since: date | None = None) -> Section:
    article = Article(f"a{number}", text, text, "The Courier", "a.html")
    told = Summary((Sentence(article.id, 0, 0, len(text), text),), "lead")
    story = Story((article,))
    topic = Topic(text, (story,), since=since)
    return Section(topic, told, (StorySummary(story, told),), heading=text, tier="lead")


@pytest.fixture
def issues() -> dict[str, Digest]:
    """Three mornings: a strike that goes on, beside a court's case that goes on and then ends."""
    told = {
        FIRST: [
            ("Ferry crews strike at the islands", None),
            ("A court stops the solar farm", None),
        ],
        SECOND: [("The solar farm appeals", FIRST), ("The ferry strike goes on", FIRST)],
        THIRD: [("Ferry crews end their strike", FIRST), ("Snow falls in the north", None)],
    }
    return {
        day.isoformat(): Digest(
            "The morning",
            day,
            tuple(_section(number, *one) for number, one in enumerate(topics)),
        )
        for day, topics in told.items()
    }


def test_a_topic_is_followed_over_the_issues(issues: dict[str, Digest]) -> None:
    """Those that run since the same day are told apart by their words."""
    found = [[one.heading for one in thread.chapters] for thread in threads(issues, ENGLISH)]
    assert [
        "Ferry crews end their strike",
        "The ferry strike goes on",
        "Ferry crews strike at the islands",
    ] in found
    assert ["The solar farm appeals", "A court stops the solar farm"] in found
    assert ["Snow falls in the north"] in found
    assert len(found) == 3


def test_the_order_of_the_issues_has_no_meaning(issues: dict[str, Digest]) -> None:
    """The same issues give the same files."""
    again = dict(reversed(issues.items()))
    assert dict(render_site(issues, title="x")) == dict(render_site(again, title="x"))


def test_a_new_issue_leaves_the_addresses_of_topics(issues: dict[str, Digest]) -> None:
    """A page may be linked to."""
    earlier = {name: issues[name] for name in list(issues)[:2]}
    stems = {thread.stem for thread in threads(earlier, ENGLISH)}
    assert stems < {thread.stem for thread in threads(issues, ENGLISH)}


def test_the_page_of_a_topic_leads_to_its_issues(issues: dict[str, Digest]) -> None:
    """To its place on the page of each, the latest first."""
    thread = next(one for one in threads(issues, ENGLISH) if "Ferry" in one.heading)
    page = lxml.html.document_fromstring(
        dict(render_site(issues, title="The morning"))[f"{thread.stem}.html"]
    )
    assert [one.get("href") for one in page.xpath("//main//a")] == [
        "2026-11-21.html#topic-1",
        "2026-11-20.html#topic-2",
        "2026-11-19.html#topic-1",
    ]


def test_the_feed_of_a_topic_has_an_entry_an_issue(issues: dict[str, Digest]) -> None:
    """With whole addresses where that of the site is known."""
    thread = threads(issues, ENGLISH)[0]
    files = dict(render_site(issues, title="x", base_url="https://news.example.org/a"))
    feed = lxml.etree.fromstring(files[f"{thread.stem}.xml"].encode())
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
    assert len(links) == len(thread.chapters)
    assert all(link.startswith("https://news.example.org/a/2026-") for link in links)


def test_the_search_has_every_topic_of_every_issue(issues: dict[str, Digest]) -> None:
    """In the page itself: nothing is loaded."""
    page = lxml.html.document_fromstring(dict(render_site(issues, title="x"))["search.html"])
    rows = json.loads(page.get_element_by_id("rows").text)
    assert len(rows) == 6
    assert "https:" not in page.xpath("string(//head)")


def test_the_sitemap_names_every_page(issues: dict[str, Digest]) -> None:
    """And is left out where nobody knows the address."""
    files = dict(render_site(issues, title="x", base_url="https://news.example.org/"))
    root = lxml.etree.fromstring(files["sitemap.xml"].encode())
    places = {one.text.removeprefix("https://news.example.org/") for one in root.iter("{*}loc")}
    pages = {name for name in files if name.startswith("topic-") and name.endswith(".html")}
    assert places == {"index.html", *(f"{name}.html" for name in issues), *pages}
    assert "sitemap.xml" not in dict(render_site(issues, title="x"))


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", '"><svg onload=alert(1)>'])
def test_hostile_text_stays_text(hostile: Callable[[str], Digest], text: str) -> None:
    """On the page of a topic, in its feed, and among what is searched."""
    files = dict(render_site({"a": hostile(text)}, title=text, base_url="https://example.org/"))
    for name, content in files.items():
        if name.endswith(".xml"):
            lxml.etree.fromstring(content.encode())
        else:
            page = lxml.html.document_fromstring(content)
            scripts = 1 if name == "search.html" else 0
            assert len(page.xpath("//script")) == scripts
            assert not page.xpath("//@onload")


def test_a_site_of_a_folder(issues: dict[str, Digest], tmp_path: Path) -> None:
    """Every link within it arrives, and no topic of an empty issue is made up."""
    for name, digest in {
        **issues,
        "2026-11-22": replace(issues["2026-11-21"], sections=()),
    }.items():
        (tmp_path / f"{name}.json").write_text(write_digest(digest))
    public = tmp_path / "public"
    done = CliRunner().invoke(
        command, ["site", str(tmp_path), "-o", str(public)], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    assert "4 issues, 3 topics" in done.output
    for file in public.glob("*.html"):
        for link in lxml.html.parse(str(file)).xpath("//a/@href"):
            place, _, anchor = link.partition("#")
            if ":" in place:
                continue
            target = lxml.html.parse(str(public / (place or file.name)))
            assert not anchor or target.xpath("//*[@id=$id]", id=anchor), link

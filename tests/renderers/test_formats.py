"""Markdown and plain text read well raw, and hostile text shows literally."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import mistune
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.library import build_digest
from digest.models import Digest
from digest.outgoing import line
from digest.protocols import Renderer
from digest.renderers.display import safe_link
from digest.renderers.formats import MarkdownRenderer, TextRenderer, escape_markdown, wrap

PLUGINS = (
    *("strikethrough", "footnotes", "table", "url", "task_lists", "def_list", "abbr", "mark"),
    *("insert", "superscript", "subscript", "math", "spoiler", "ruby"),
)
ENGINES: dict[str, Callable[[str], str]] = {
    "markdown-it": MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .render,
    "mistune": mistune.create_markdown(escape=False, plugins=PLUGINS),  # type: ignore[dict-item]
}
PLACES = ("{}", "# {}", "> {}", "- {}", "- a\n  - {}", "- **{}** b", "a {}, b")
PIECES = (
    *("<b>", "<script>alert(1)</script>", "<http://x>", "<!--", "]]>", "<?", "&amp;", "&#60;", "&lt"),
    *("](javascript:alert(1))", "![x](http://t)", "[^1]", "[^1]: x", "[a]: b", "[ ]", "[x] ", "*[A]: b"),
    *("| a | b |", "|---|", "```", "~~~", "    ", "\t", "\n", "---", "===", "# ", " #", "> ", ">! a !<"),
    *("1. ", "1) ", "- ", "+ ", "* ", ": b", "http://x.example/a", "www.example.com", "HTTPS://X.EXAMPLE"),
    *("\\", "`", "*", "**", "_", "__", "~~", "==", "^^", "++", "$a$", "$$", "%%", "{#id}", "[漢(kan)]"),
    *("a", "b c", " ", "é", "\u202e", "\u2028", "\xa0", "&copy", "."),
)  # fmt: skip


@pytest.mark.parametrize("render", [MarkdownRenderer(), TextRenderer()])
def test_the_briefing_reads_as_it_did(running: Digest, render: Renderer) -> None:
    """The golden files are the issue of invented news, one of a series."""
    ending = "md" if isinstance(render, MarkdownRenderer) else "txt"
    golden = Path(__file__).parent / f"issue.{ending}"
    assert render(running) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "prose",
    [
        "Prices rose from $50 billion to $53 billion, AT&T said.",
        "He paid 5*4... no: “nothing” (at all) - or so he said!",
        "file_name_001.txt and C++ and 3 > 2 & 1 = 1",
        "1,100 hectares; 4.2 billion: 50%",
        "-5 degrees, +3 points",
    ],
)
def test_prose_is_left_alone(prose: str) -> None:
    """What cannot act is not escaped, so that the Markdown can be read raw."""
    assert escape_markdown(prose).replace("\\*", "*") == prose


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.sampled_from(PLACES))
@example("1.", "{}")
@example("[text](javascript:alert(1))", "# {}")
@example("!", "> {}")
def test_any_title_shows_literally(title: str, place: str) -> None:
    """Two engines, with all their extensions, make nothing of a title but its own text."""
    expected = line(title)
    if not expected:
        return
    source = f"start\n\n{place.format(escape_markdown(title))}\n\nend\n"
    for name, render in ENGINES.items():
        document = lxml.html.fromstring(f"<div>{render(source)}</div>")
        tags = {element.tag for element in document.iter()}
        assert tags <= {"div", "p", "h1", "blockquote", "ul", "li", "strong"}, (name, source)
        shown = place.replace("**", "").lstrip("#>- ").replace("\n  - ", " ").format(expected)
        assert " ".join(document.text_content().split()) == f"start {shown} end", (name, source)


@pytest.mark.parametrize(
    "title", ["".join(PIECES), *PIECES, "](https://evil.example/)", "a\nb: c\n===\n"]
)
def test_a_hostile_issue_holds_no_markup_but_ours(
    hostile: Callable[[str], Digest], title: str
) -> None:
    """Nothing in any field becomes a tag, an image or a link but to the article's own address."""
    if not title.strip():
        return
    text = MarkdownRenderer()(hostile(title))
    addresses = ("https://news.example/", "#", safe_link(title) or "#")
    for render in ENGINES.values():
        document = lxml.html.fromstring(f"<div>{render(text)}</div>")
        tags = {element.tag for element in document.iter()}
        ours = {
            "div",
            "section",
            "p",
            "h1",
            "h2",
            "h3",
            "blockquote",
            "ul",
            "ol",
            "li",
            "em",
            "strong",
            "hr",
        }
        assert tags <= ours | {"a", "sup"}
        for link in document.iter("a"):
            assert link.get("href", "").startswith(addresses)


@pytest.mark.parametrize(
    "title",
    [
        *PIECES,
        "".join(PIECES),
        'a "b" \\ c',
        "yes",
        "- a: {b}",
        "2026-11-21",
        "www.x.example",
        "😀 é",
    ],
)
def test_the_front_matter_says_what_the_title_says(digest: Digest, title: str) -> None:
    """YAML reads it back, whatever it is; engines that know no front matter make no markup of it."""
    first = digest.sections[0]
    section = replace(first, heading=title)
    text = MarkdownRenderer()(replace(digest, title=title, sections=(section,)))
    front = text.split("---\n")[1]
    values = yaml.safe_load(front)
    assert values["digest"] == (line(title) or "Digest")
    assert values["topics"] == [line(title) or "Topic 1"]
    assert values["date"] == digest.date
    for render in ENGINES.values():
        document = lxml.html.fromstring(f"<div>{render(front)}</div>")
        assert {element.tag for element in document.iter()} <= {"div", "p"}


def test_no_two_headings_are_alike(digest: Digest) -> None:
    """Their words are their anchors: a second of the same words gets a number, and no other's."""
    first = digest.sections[0]
    names = ("In brief", "In brief (2)", "In brief", "in-brief!")
    sections = tuple(replace(first, heading=name) for name in names)
    text = MarkdownRenderer()(replace(digest, sections=sections))
    headings = [row.lstrip("# ") for row in text.split("\n") if row.startswith("#")]
    assert [one for one in headings if "brief" in one.casefold()] == [
        *("In brief", "In brief (2)", "In brief (3)", "in-brief! (4)", "In brief (5)"),
    ]
    assert len(set(headings)) == len(headings)


def test_a_story_that_its_section_is_headed_by_has_no_heading_of_its_own(digest: Digest) -> None:
    """It would be the same line twice, with a number behind the second; the others have theirs."""
    text = MarkdownRenderer()(digest)
    for section in (digest.sections[1], digest.sections[2]):
        assert text.count(f"# [{section.heading}](") == 1
    assert "(2)" not in text
    assert "### [1.400 Stellen, 212 Wohnungen](https://tageblatt.example/wohnen#" in text


def test_every_outlet_of_a_story_is_a_link_to_its_own_headline(digest: Digest) -> None:
    """With how many they are, and how many copied it."""
    text = MarkdownRenderer()(digest)
    outlets = (
        "3 outlets: [Harbour Post](https://post.example/bridge)"
        " · [The Ledger](https://ledger.example/bridge)"
        " · [Meridian](https://meridian.example/bridge)"
    )
    assert f"## [Sund bridge to open in June](https://post.example/bridge)\n\n{outlets}\n" in text
    assert "(https://post.example/talks) · 1 copy\n" in text


def test_what_is_only_read_stands_under_its_headline(digest: Digest) -> None:
    """Stories of several outlets with their number, then single pieces, each a line and a link."""
    listed = MarkdownRenderer()(digest).partition("## Also read\n\n")[2].partition("\n\n")[0]
    assert listed.split("\n") == [
        "- [Lyngholm votes on its school](https://post.example/vote) · 2 outlets",
        "- [A year of small pears](https://courier.example/pears) · The Wessel Courier",
    ]


def test_every_footnote_has_its_source(digest: Digest) -> None:
    """Every number that a sentence has stands at the end, and none that no sentence has."""
    first = digest.sections[0]
    section = replace(first, summary=replace(first.summary, sentences=()))
    text = MarkdownRenderer()(replace(digest, sections=(section,)))
    cited = set(re.findall(r"\[\^(\d+)\]$", text, re.MULTILINE))
    assert cited == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)) == {"1", "2", "3"}


@pytest.mark.parametrize("render", [MarkdownRenderer(), TextRenderer()])
def test_a_day_without_articles_says_so(empty: Digest, render: Renderer) -> None:
    """An empty issue is a sentence, not a blank page."""
    text = render(empty)
    assert "No articles today from 4 sources." in text
    assert "##" not in text


def test_a_template_of_ones_own_is_escaped_too(digest: Digest, tmp_path: Path) -> None:
    """Every value is escaped unless the template says `|safe`."""
    (tmp_path / "digest.md").write_text("{{ briefing.title }} {{ '*a*' }} {{ '*b*'|safe }}\n")
    assert MarkdownRenderer(templates=tmp_path)(digest) == "The daily digest \\*a\\* *b*\n"


@given(st.text(), st.sampled_from(["", "  ", "  - ", "[12] "]))
def test_wrapping_changes_only_spaces(text: str, first: str) -> None:
    """The words stay; a line is wider than 72 columns only where a single word is."""
    lines = wrap(text, first).split("\n")
    assert " ".join(" ".join(lines).split()) == " ".join(f"{first}{line(text)}".split())
    for row in lines:
        columns = sum(not unicodedata.combining(character) for character in row)
        assert columns <= 72 or len(row.split()) <= 2


def test_the_width_can_be_that_of_the_window(digest: Digest) -> None:
    """Every line but a lone long word keeps to it."""
    for row in TextRenderer(width=40)(digest).split("\n"):
        assert len(row) <= 40 or len(row.split()) <= 2


def test_wide_characters_count_twice() -> None:
    """A line of Chinese is as wide as 72 letters."""
    rows = wrap(" ".join(["新聞新聞"] * 20)).split("\n")
    assert max(map(len, rows)) <= 44
    assert len(rows) == 3


def test_a_terminal_is_not_told_what_to_do(hostile: Callable[[str], Digest]) -> None:
    """No escape sequence reaches the terminal."""
    text = TextRenderer()(hostile("\x1b]0;owned\x07 \x9b31m red \x08\x08"))
    assert all(character.isprintable() or character == "\n" for character in text)


def test_a_series_of_one_outlet_shows_each_of_its_headlines(tmp_path: Path) -> None:
    """Its section has the headline and the sentences of one; the others are links, and not lost."""
    form = "A flaw in {0} before {1} lets others {2}. Users of {0} should upgrade to {1} as soon as possible."
    series = [
        (
            "curl 8.19",
            form.format("curl", "8.19", "read cookies of another host by a long address"),
        ),
        (
            "tar 1.36",
            form.format("tar", "1.36", "write outside of its folder by a crafted archive"),
        ),
        (
            "bind 9.20",
            form.format("bind", "9.20", "stop the server by a query that is never answered"),
        ),
    ]
    lines = [
        {
            "title": f"{name} security update",
            "text": text,
            "source": "Wire",
            "url": f"https://w.example/{name[:3]}",
        }
        for name, text in series
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    text = MarkdownRenderer()(build_digest([tmp_path], date=date(2026, 11, 27)))
    assert all(f"{name} security update](https://w.example" in text for name, _ in series)

"""Markdown: blocks with tags, words without markup, front matter."""

import pytest

from digest.readers import read_pages
from digest.readers.markdown import blocks

PAGE = """---
title: "Ferries return"
date: 2026-03-02
authors:
  - Ingrid Solheim
  - Per Lund
tags: [harbour, transport]
---

# The *oldest* line

The city [reopened](https://quay.example) its `line`
on **Monday**.

![A boat](boat.jpg "Boat")

> A quay is a promise.

- nurses
- dockers

---

| a | b |
|---|---|
| 1 | 2 |

    code here

<div class="note"><p>Set in HTML</p></div>
"""


def read(document, text=PAGE):
    return read_pages(document(text, "a.md", "text/markdown"))[0]


def test_each_block_has_its_tag_its_line_and_no_markup(document):
    found = [(b.line, b.tag, b.text) for b in read(document).blocks]
    assert found == [
        (10, "h1", "The oldest line"),
        (12, "p", "The city reopened its line on Monday."),
        (17, "blockquote", "A quay is a promise."),
        (19, "li", "nurses"),
        (20, "li", "dockers"),
        (22, "hr", ""),
        (24, "th", "a"),
        (24, "th", "b"),
        (26, "td", "1"),
        (26, "td", "2"),
        (28, "pre", "code here"),
        (30, "p", "Set in HTML"),
    ]


def test_front_matter_gives_title_date_and_authors(document):
    page = read(document)
    assert page.title == "Ferries return"
    assert page.author == "Ingrid Solheim, Per Lund"
    assert page.published is not None
    assert page.published.date().isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("fields", "title", "author"),
    [
        pytest.param(
            "title: 'Ferries return'\nauthor: Per Lund", "Ferries return", "Per Lund", id="plain"
        ),
        pytest.param(
            "title: >-\n  Ferries\n  return\nauthor:\n  name: Per Lund\n  email: per@quay.example",
            "Ferries return",
            "Per Lund",
            id="folded, and a name of many facts",
        ),
        pytest.param(
            "title: Ferries return # for now\nauthors:\n  - {name: Per Lund}\n  - name: Ida Berg",
            "Ferries return",
            "Per Lund, Ida Berg",
            id="several names",
        ),
        pytest.param(
            "title: Ferries: a return\nauthor: ~", "Ferries: a return", None, id="no YAML at all"
        ),
        pytest.param(
            "title: Ferries return\nauthor: null\ntags: [a, [b]]",
            "Ferries return",
            None,
            id="nobody",
        ),
        pytest.param(
            "title: &a Ferries return\nauthor: *a", "Ferries return", "Ferries return", id="alias"
        ),
    ],
)
def test_front_matter_is_yaml(document, fields, title, author):
    page = read(document, f"---\n{fields}\n---\nText.")
    assert (page.title, page.author, [b.text for b in page.blocks]) == (title, author, ["Text."])


def test_toml_front_matter_is_read_as_well(document):
    page = read(document, '+++\ntitle = "T"\ndate = 2026-03-02\nauthor = "A"\n+++\nText.')
    assert (page.title, page.author, page.blocks[0].text) == ("T", "A", "Text.")


def test_a_rule_at_the_top_is_no_front_matter(document):
    page = read(document, "---\nplain words here\n---\n\nText.")
    assert [b.text for b in page.blocks if b.text] == ["plain words here", "Text."]


def test_lists_nested_too_deep_for_the_parser_lose_no_item():
    text = "".join("  " * i + f"- item{i}\n" for i in range(300))
    assert {b.text for b in blocks(text)} == {f"item{i}" for i in range(300)}


def test_a_text_of_nothing_but_markup_takes_linear_time():
    text = "![" * 100_000 + " words"
    assert "words" in "".join(b.text for b in blocks(text))


@pytest.mark.parametrize(
    "line",
    [
        "[Open original](https://quay.example/a)",
        "[Original](<https://quay.example/a>)",
        "**Source:** https://quay.example/a",
        "> Original link: [The Quay Post](https://quay.example/a)",
    ],
)
def test_a_line_with_the_link_of_the_original_is_the_address_of_the_page(document, line):
    assert read(document, f"{line}\n\n# A title\n\nA text.\n").url == "https://quay.example/a"


def test_a_link_within_a_sentence_or_links_of_several_originals_are_no_address(document):
    assert read(document, "The [original](https://quay.example/a) was lost.\n").url is None
    assert (
        read(document, "Source: https://a.example/1\n\nSource: https://a.example/2\n").url is None
    )

"""Plain text: lines, wrapped paragraphs, header lines."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.readers import read_pages
from digest.readers.paragraphs import paragraphs

LINES = st.lists(st.text(st.sampled_from("ab .\t\u00a0\u200b-1>é"), max_size=120), max_size=30)


def texts(text):
    return [block.text for block in paragraphs(text.split("\n"))]


def test_each_line_of_an_unwrapped_text_is_a_block_with_its_number(document):
    (page,) = read_pages(document("One headline\n\nFirst.\nSecond.\n\n\nThird.", "a.txt"))
    assert [(b.line, b.text) for b in page.blocks] == [
        (1, "One headline"),
        (3, "First."),
        (4, "Second."),
        (7, "Third."),
    ]
    assert not page.single


def test_wrapped_paragraphs_are_joined_and_lists_are_not(stories):
    story = stories[0]
    items = "- oars and ropes\n- life jackets\n- lamps"
    text = "\n\n".join([story.title, *(textwrap.fill(p, 66) for p in story.paragraphs), items])
    assert texts(text) == [story.title, *story.paragraphs, *items.split("\n")]


def test_short_lines_of_any_length_are_not_taken_for_wrapped_prose():
    headlines = [
        "Council votes on the harbour budget after a long night",
        "Rain",
        "Night trains return to the northern line in the summer",
        "A word on the weather",
        "Seed bank wakes wheat that slept for a whole century, botanists say",
        "Divers play sounds",
    ]
    assert texts("\n".join(headlines)) == headlines


def test_white_space_of_every_kind_is_one_space():
    assert texts("a\u00a0\u00a0b\u200bc\t d\u2003e") == ["a bc d e"]


def test_header_lines_describe_the_page_and_are_no_text(document):
    header = (
        "Title: Ferries return\nURL: https://quay.example/a\nDate: 2026-03-02\nAuthor: I. Solheim"
    )
    (page,) = read_pages(document(header + "\n\nThe text.", "a.txt"))
    assert (page.title, page.url, page.author) == (
        "Ferries return",
        "https://quay.example/a",
        "I. Solheim",
    )
    assert page.published is not None
    assert page.published.isoformat() == "2026-03-02T00:00:00+00:00"
    assert [b.text for b in page.blocks] == ["The text."]


def test_one_line_with_a_colon_is_no_header(document):
    (page,) = read_pages(document("Title: the long fight for a name\n\nThe text.", "a.txt"))
    assert page.title is None
    assert len(page.blocks) == 2


def test_headers_of_several_articles_are_not_the_headers_of_the_page(document):
    text = "Title: One\nDate: 2026-03-02\n\nText one.\n\nTitle: Two\nDate: 2026-03-03\n\nText two."
    (page,) = read_pages(document(text, "a.txt"))
    assert page.title is None
    assert page.blocks[0].text == "Title: One"


@given(LINES)
def test_no_letter_is_lost_and_none_is_added(lines):
    squeezed = "".join("".join(lines).split()).replace("\u200b", "")
    found = list(paragraphs(lines))
    assert "".join("".join(b.text.split()) for b in found) == squeezed
    assert [b.line for b in found] == sorted({b.line for b in found})


def test_one_long_headline_does_not_hide_that_a_text_is_wrapped() -> None:
    """The width is that of the many lines, not of the one that stands out."""
    words = "the ferry left the harbour at noon and came back with nine more people".split()
    wrapped = textwrap.fill(" ".join(words * 12), 64)
    headline = "Ferry brings nine more people home than it had taken out, and nobody can say how"
    read = list(paragraphs([headline, "", *wrapped.splitlines()]))
    assert len(read) == 2


def test_a_rule_as_long_as_wrapped_lines_is_a_line_of_its_own(stories):
    """A title between two rules stays apart from them."""
    wrapped = [textwrap.fill(p, 66) for p in stories[0].paragraphs]
    rule = "=" * 60
    found = texts("\n\n".join([f"{rule}\n{stories[0].title}\n{rule}", *wrapped]))
    assert found == [rule, stories[0].title, rule, *stories[0].paragraphs]


PROSE = (
    "The harbour board closed the northern pier on Monday because the piles below\n"
    "the waterline were eaten away, and it will stay closed until the autumn, when\n"
    "a second crew is free to replace them."
)
SET = {
    "wrapped above its underline": (
        "A long title about the pier that\nwas set on two lines\n~~~~~~~~~~~~~~~~~~~~",
        "A long title about the pier that was set on two lines",
    ),
    "in a box": (
        "*" * 40 + "\n* Seed bank wakes old wheat           *\n" + "*" * 40,
        "Seed bank wakes old wheat",
    ),
    "between rules": ("=" * 30 + "\nNight trains come back\n" + "=" * 30, "Night trains come back"),
    "above a byline": (
        "NIGHT TRAINS COME BACK TO THE COAST\nBy Marta Kowal",
        "NIGHT TRAINS COME BACK TO THE COAST",
    ),
}


@pytest.mark.parametrize(("form", "title"), SET.values(), ids=SET)
def test_a_title_is_known_by_how_it_is_set(document, form, title):
    others = [form.replace("l", number) for number in ("l", "n", "r")]
    pages = read_pages(document("\n\n\n".join(f"{one}\n\n{PROSE}" for one in others), "a.txt"))
    assert pages[0].title == title
    assert len(pages) == 3


def test_what_follows_the_last_rule_is_left_out_where_rules_part_articles(document):
    items = "\n\n-----------------\n\n".join(f"TITLE OF NUMBER {n}\n\n{PROSE}" for n in "ABC")
    end = "\n\n=================\n\nThat is all.\n\nYours,\nDorothy\n"
    pages = read_pages(document(items + end, "a.txt"))
    last = [[block.text for block in page.blocks if block.text][-1] for page in pages]
    assert [text[-10:] for text in last] == ["lace them."] * 3
    assert {one.what for one in pages[-1].left_out} >= {"That is all.", "Dorothy"}


@pytest.mark.parametrize(
    "lines",
    [
        "    a verse is sung,\n    and here it ends,\n    and here.",
        "Year    Tonnes    Workers\n1985       312        840",
    ],
    ids=["verse", "table"],
)
def test_lines_that_are_set_off_stand_together(lines):
    assert " ".join(lines.split()) in texts(f"The miners still sing of it:\n\n{lines}\n\n{PROSE}")


def test_contents_may_name_pages_instead_of_numbers(document):
    names = ["Pier closed for repairs", "Wheat of a century", "Night trains come back"]
    contents = "\n".join(f"{name} {'.' * (40 - len(name))} {n}" for n, name in enumerate(names, 3))
    text = contents + "".join(f"\n\n\n{name}\n\n{PROSE}" for name in names)
    assert [page.title for page in read_pages(document(text, "a.txt"))] == names


def test_marks_at_both_ends_of_a_line_alone_are_no_box(document):
    rows = "\n\n".join(f"* TITLE OF NUMBER {n} *\n\n{PROSE}" for n in "ABC")
    (page,) = read_pages(document(rows, "a.txt"))
    assert "TITLE OF NUMBER A *" in page.blocks[0].text


FRAMED = {
    "lettered": ("A) {}\nB) {}\nC) {}\n\n", "{letter}) {title}\n\n{text}\n\n\n"),
    "tagged": ("", "[NEWS] {title}\n{text}\n-> https://t.example/{letter}\n\n"),
    "slugs": ("", "{n} NOV / WIRE / TOWN {letter}\n\n{upper}\n\n{text}\n\n"),
}


@pytest.mark.parametrize(("contents", "form"), FRAMED.values(), ids=FRAMED)
def test_titles_are_told_by_letters_tags_and_lines_of_labels(document, stories, contents, form):
    """And neither a label nor the address below a text is part of it."""
    text = contents.format(*(story.title for story in stories[:3])) + "".join(
        form.format(
            letter=letter,
            n=number,
            title=story.title,
            upper=story.title.upper(),
            text="\n\n".join(textwrap.fill(p, 66) for p in story.paragraphs),
        )
        for number, letter, story in zip((1, 2, 3), "ABC", stories, strict=False)
    )
    pages = read_pages(document(text, "a.txt"))
    assert [page.title.lower() for page in pages] == [s.title.lower() for s in stories[:3]]
    assert [page.blocks[-1].text for page in pages] == [s.paragraphs[-1] for s in stories[:3]]


def test_running_heads_of_printed_pages_are_left_out(document, stories):
    """One name beside several numbers."""
    first, second = (textwrap.fill(text, 60) for text in stories[0].paragraphs[:2])
    text = (
        f"THE QUAY          7\n\n{stories[0].title}\n\n{first}\n\n8          THE QUAY\n\n{second}\n"
    )
    (page,) = read_pages(document(text, "a.txt"))
    assert [block.text for block in page.blocks] == [stories[0].title, *stories[0].paragraphs[:2]]
    assert [one.what for one in page.left_out] == ["THE QUAY 7", "8 THE QUAY"]


def test_a_list_whose_title_counts_its_entries_is_one_article(document, stories):
    """`Three ways to ...`, with its lead above and numbers or underlines below."""
    entries = "".join(
        f"{n}. The way {s.slug}\n\n{s.paragraphs[0]}\n\n" for n, s in enumerate(stories[:3], 1)
    )
    text = f"Three ways to come home\n\nBy Ada Lund\n\n{stories[3].paragraphs[0]}\n\n{entries}"
    (page,) = read_pages(document(text, "a.txt"))
    assert page.blocks[0].text == "Three ways to come home"


def test_the_licence_around_a_book_is_left_out_by_name_also_where_titles_part_it(document, stories):
    chapters = "".join(f"{s.title.upper()}\n\n{s.paragraphs[0]}\n\n\n" for s in stories[:3])
    text = (
        f"This book is for anyone.\n\n*** START OF THE BOOK ***\n\n{chapters}"
        "*** END OF THE BOOK ***\n\nYou may give it away.\n"
    )
    pages = read_pages(document(text, "a.txt"))
    assert len(pages) == 3
    left_out = [omission.what for omission in pages[0].left_out]
    assert "This book is for anyone." in left_out
    assert "You may give it away." in left_out

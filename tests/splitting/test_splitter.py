"""Pages in, articles and omissions out."""

import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.models import Block, Page, Source, Split
from digest.splitting import PageSplitter
from digest.splitting.lines import fold

PAGES = Path(__file__).parent / "pages"


def blocks(text: str) -> tuple[Block, ...]:
    """A block a line, as the plain reader gives them."""
    return tuple(
        Block(text=" ".join(line.split()), line=number)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )


def split(text: str, *, single: bool = False) -> Split:
    page = Page(
        source=Source(name="page.txt", location="in/page.txt"), blocks=blocks(text), single=single
    )
    return PageSplitter()(page)


def load(name: str) -> Split:
    return split((PAGES / name).read_text(encoding="utf-8"))


def reasons(result: Split) -> dict[str, str]:
    return {omission.what: omission.reason for omission in result.omissions}


def test_a_section_page_gives_its_articles_with_their_titles() -> None:
    assert [article.title for article in load("section.txt").articles] == [
        "Ferry line buys two electric boats for the island route",
        "Bakers strike over night work as bread prices climb",
    ]


def test_captions_credits_and_chrome_are_in_no_article() -> None:
    text = "\n\n".join(article.text for article in load("section.txt").articles)
    for noise in ("battery deck", "Northern Press", "Continue to", "Published", "closed bakery"):
        assert noise not in text


def test_a_section_heading_stays_in_the_text() -> None:
    first = load("section.txt").articles[0]
    assert first.headings == ("What the islanders say",)
    assert "\n\nWhat the islanders say\n\n" in first.text


def test_captions_are_omitted_as_captions_and_credits_as_credits() -> None:
    found = reasons(load("section.txt"))
    assert found["Loaves lie in the window of a closed bakery in the old town."] == "caption"
    assert found["Odile Marsh | Northern Press Images"] == "credit"


def test_an_excerpt_before_the_article_is_a_duplicate() -> None:
    result = load("repost.txt")
    assert result.articles[0].text.startswith("Scientists at the Kell glacier station")
    assert any(
        omission.reason == "duplicate" and omission.what.startswith("The post Glacier lab")
        for omission in result.omissions
    )


def test_the_source_line_gives_the_address() -> None:
    assert [article.url for article in load("repost.txt").articles] == [
        "https://polarwatch.example/deep-core",
        "https://polarwatch.example/herders",
    ]


def test_a_teaser_of_three_sentences_is_an_article_and_a_shorter_one_a_stub() -> None:
    result = load("repost.txt")
    assert [article.teaser for article in result.articles] == [False, True]
    assert result.articles[1].text.endswith("from a site on the coast.")
    stubs = [omission.what for omission in result.omissions if omission.reason == "stub"]
    assert len(stubs) == 1
    assert stubs[0].startswith("Two towns swap mayors for a week")


def test_a_date_below_a_teaser_belongs_to_it() -> None:
    published = load("repost.txt").articles[1].published
    assert published is not None
    assert published.isoformat() == "2024-05-02T09:15:00+00:00"


def test_a_disclaimer_is_boilerplate() -> None:
    assert any(
        omission.reason == "boilerplate" and omission.what.startswith("Disclaimer:")
        for omission in load("repost.txt").omissions
    )


def test_what_readers_wrote_is_no_article() -> None:
    result = load("thread.txt")
    assert [article.title for article in result.articles] == [
        "Library keeps its doors open until midnight"
    ]
    assert "kitchen" not in result.articles[0].text
    assert sum(omission.reason == "comment" for omission in result.omissions) >= 4


def test_the_byline_gives_author_and_date() -> None:
    article = load("thread.txt").articles[0]
    assert article.author == "Ruth Ankers"
    assert article.published is not None
    assert article.published.date().isoformat() == "2023-05-09"


NUMBERED = (PAGES / "numbered.txt").read_text(encoding="utf-8")


def test_numbered_items_are_articles_without_their_numbers() -> None:
    assert [article.title for article in split(NUMBERED).articles] == [
        "Dam passes its first flood test",
        "Choir of pensioners wins the radio prize",
    ]


MAIL = (PAGES / "mail.txt").read_text(encoding="utf-8")


def test_each_message_of_a_mail_digest_is_an_article() -> None:
    result = split(MAIL)
    assert [article.title for article in result.articles] == [
        "Museum finds a lost map in its own attic",
        "Night trains return to the southern line",
    ]
    assert [article.published.day for article in result.articles if article.published] == [3, 4]


UNTITLED = (PAGES / "untitled.txt").read_text(encoding="utf-8")


def test_an_article_without_a_title_is_named_in_its_own_words() -> None:
    title = split(UNTITLED).articles[0].title
    assert "Kessel" in title
    assert title in UNTITLED


def test_a_single_page_is_not_taken_apart() -> None:
    assert len(split(NUMBERED, single=True).articles) == 1


def test_one_sentence_alone_is_an_article() -> None:
    assert [article.text for article in split("The bridge is open again.").articles] == [
        "The bridge is open again."
    ]


def test_a_page_without_text_has_only_omissions() -> None:
    result = split("Menu\n\nSearch\n\nHome | News | Sport | Business")
    assert result.articles == ()
    assert len(result.omissions) == 3


def test_nul_bytes_do_not_stop_it() -> None:
    assert len(split("\x00Title of it all\x00\n\n" + NUMBERED).articles) == 2


def test_an_article_that_breaks_off_is_truncated() -> None:
    text = (
        "Snow stops the mountain race\n\n"
        "The race over the Hoch pass was stopped on Saturday after two hours of snow. All runners "
        "were brought down by bus. Nobody was hurt, the organisers said. They added that next…\n"
    )
    article = split(text).articles[0]
    assert article.truncated
    assert article.text.endswith("the organisers said.")


NOTHING, NUMBER, LABEL = re.compile("(?!)"), re.compile(r"^\W*\d+\W*"), re.compile(r"^\W*\w+:")
"""What a title may lose: nothing, its number, or its label."""

PARTS = (
    *(
        line
        for name in ("section.txt", "repost.txt", "thread.txt", "numbered.txt", "mail.txt")
        for line in (PAGES / name).read_text(encoding="utf-8").split("\n")
        if line.strip()
    ),
    "You may also like",
    "Sources",
    "About the author",
    "09:15",
    "10:20",
    "11:45",
    "Danforth 30 31,442.17 -12.90 -0.04",
    "Why did it take so long?",
    "This edition is brought to you by Larch Mattresses",
)


def test_each_line_is_in_an_article_or_among_the_omissions() -> None:
    """Whatever lines a page has, in whatever order: each is kept or accounted for."""

    @settings(max_examples=100)
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(PARTS),
                st.text(alphabet=st.characters(codec="utf-8"), max_size=80),
            ),
            max_size=25,
        ),
        st.sampled_from(["", "p", "h2", "li"]),
        st.booleans(),
        st.sampled_from([None, PARTS[0]]),
    )
    def check(texts: list[str], tag: str, single: bool, title: str | None) -> None:
        made = tuple(
            Block(text=text, tag=tag if text else "hr", line=number)
            for number, text in enumerate((" ".join(t.split()) for t in texts), 1)
            if text or number % 2
        )
        page = Page(source=Source(name="p", location="p"), blocks=made, single=single, title=title)
        result = PageSplitter()(page)
        told = [
            text
            for article in result.articles
            for text in (article.title, article.text, article.url)
        ]
        seen = fold("|".join([*map(str, told), *(omission.what for omission in result.omissions)]))
        for block in made:
            begins = {fold(mark.sub("", block.text))[:40] for mark in (NOTHING, NUMBER, LABEL)}
            words = [fold(word) for word in block.text.split()]
            assert any(begin in seen for begin in begins) or all(word in seen for word in words)

    check()


@given(
    st.lists(
        st.sampled_from(
            NUMBERED.split("\n") + MAIL.split("\n") + ["***", "By Ann Lee", "Read more"]
        ),
        max_size=25,
    )
)
def test_the_same_page_gives_the_same_articles(lines: list[str]) -> None:
    first, second = split("\n".join(lines)), split("\n".join(lines))
    assert first == second
    assert all(len(article.id) == 16 and article.text for article in first.articles)


def test_the_explanation_names_each_block_and_each_boundary() -> None:
    page = Page(source=Source(name="p", location="p"), blocks=blocks(NUMBERED))
    rows = PageSplitter().explain(page)
    assert [row.role for row in rows].count("boundary") == 2
    assert [row.role for row in rows].count("title") == 2
    assert len([row for row in rows if row.role != "boundary"]) == len(page.blocks)
    assert all(row.evidence for row in rows if row.role == "boundary")


def test_the_title_that_a_single_page_gives_wins_over_its_lines() -> None:
    made = (
        Block(text="Harbour special", tag="h2"),
        Block(text="Boats wait in the ice", tag="p"),
        Block(
            text="The harbour froze on Monday, and eleven boats have waited there since.", tag="p"
        ),
        Block(text="Ice report", tag="h2"),
        Block(
            text="The ice is a hand thick, and it was still growing at the end of the day.", tag="p"
        ),
    )
    source = Source(name="p", location="p")
    page = Page(source=source, blocks=made, title="Eleven boats stuck in Kessel", single=True)
    article = PageSplitter()(page).articles[0]
    assert article.title == "Eleven boats stuck in Kessel"
    assert article.headings == ("Harbour special", "Ice report")
    assert "Boats wait in the ice" in article.text


def test_sections_below_the_only_top_heading_are_one_article() -> None:
    lines = (PAGES / "numbered.txt").read_text(encoding="utf-8").split("\n\n")
    text = f"# Letters from the valley\n\n{lines[2]}\n\n## Ice\n\n{lines[3]}\n\n## Next year\n\n{lines[3]}"
    assert [article.title for article in split(text).articles] == ["Letters from the valley"]


@example(["# # #"])
@example(["## #", "= ="])
@given(st.lists(st.text(alphabet="#*=-_>.~•|“\"' 1aA", min_size=1, max_size=9), max_size=6))
def test_lines_of_marks_alone_break_nothing(marks: list[str]) -> None:
    """Such as the `# # #` under a press release."""
    body = "The city will close the bridge in April for repairs that last two years. " * 3
    lines = [
        f"Bridge to close\n\n{body}",
        *marks,
        f"Ferry to sail\n\n{body.replace('city', 'port')}",
    ]
    assert split("\n\n".join(lines)).articles

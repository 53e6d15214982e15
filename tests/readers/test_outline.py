"""A page of titles over texts is items or the parts of one article."""

import textwrap

import pytest

from digest.readers import read_pages, visible_text
from digest.splitting import PageSplitter

LIDO = (
    "The council voted on Tuesday night to close the lido, which has been open since 1931. "
    "Swimmers who had filled the gallery left in silence."
)
FERRY = (
    "The ferry stayed in port for an eighth day on Monday, as crews and operator could not agree. "
    "Two hundred cars wait on the island."
)
ROOF = (
    "The school gets a new roof in the summer holidays, the county said. "
    "The old one let in water in eleven places."
)
TITLES = ["Lido to close in September", "Ferry strike enters second week", "School gets a new roof"]
TEXTS = [LIDO, FERRY, ROOF]


def set_as(form: str, before: str = "", between: str = "\n\n") -> str:
    """Set the three stories by a form with the places `title` and `text`."""
    stories = zip(TITLES, TEXTS, strict=True)
    return before + between.join(
        form.format(title=title, text=text, rule="-" * len(title)) for title, text in stories
    )


BODY = (
    "The council agreed on Monday to pay for it, after a long night and eleven speeches that nobody in the "
    "hall will soon forget. The work begins in spring, the mayor said, and should be done before the winter."
)
SUBJECTS = ("ferries", "wheat", "trains")
STORIES = [f"Council pays for the city's {subject}" for subject in SUBJECTS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(set_as("# {title}\n\n{text}"), id="headings"),
        pytest.param(set_as("## {title}\n\n{text}", "# Harbour news\n\n"), id="under a title"),
        pytest.param(set_as("# **{title}**\n\n{text}"), id="headings in bold"),
        pytest.param(
            set_as(
                "### [{title}](https://quay.example/a)\n\n{text}",
                "# The month\n\n## Ours\n\nOurs.\n\n",
            ),
            id="linked headings below a theme",
        ),
        pytest.param(
            set_as("- **{title}:** {text}", "# Weekly letter\n\n## News\n\n"), id="bullets"
        ),
        pytest.param(set_as("**{title}**\n\n{text}"), id="lines in bold"),
        pytest.param(
            "---\ntitle: Harbour Weekly No. 7\n---\n"
            + set_as(
                "## {title}\n\n{text}",
                "## Harbour Weekly No. 7\n\nWelcome to the seventh of our letters from the quay.\n\n",
            )
            + "\n\n## Join us!\n\nWrite to the editors by Friday, they read whatever comes in.",
            id="between a welcome and an appeal",
        ),
        pytest.param(
            "In this issue:\n\n"
            + "".join(f"* [{title}](#a)\n" for title in TITLES)
            + set_as("\n# {title}\n\n{text}"),
            id="below a table of contents",
        ),
    ],
)
def test_titles_in_markdown_part_articles(document, text):
    assert [page.title for page in read_pages(document(text, "a.md", "text/markdown"))] == TITLES


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(set_as("{title}\n{rule}\n\n{text}"), id="underlined"),
        pytest.param(set_as("+++ {title} +++\n\n{text}"), id="between marks"),
        pytest.param(set_as("*** {title} ***\n\n{text}"), id="between stars"),
        pytest.param(
            set_as("> 1. {title}\n>\n> {text}", between=f"\n>\n> {'-' * 50}\n>\n"),
            id="quoted and numbered",
        ),
        pytest.param(
            set_as(
                "{title}\n{rule}\n\n{text}", "CONTENTS\n\n" + "".join(f"  * {t}\n" for t in TITLES)
            ),
            id="below a table of contents",
        ),
    ],
)
def test_titles_in_plain_text_part_articles(document, text):
    assert [page.title for page in read_pages(document(text, "a.txt"))] == TITLES


def test_capitals_between_texts_are_titles(document):
    text = "\n\n".join(f"{t.upper()}\n\n{x}" for t, x in zip(TITLES, TEXTS, strict=True))
    assert len(read_pages(document(text, "a.txt"))) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            f"# How the lido was lost\n\n{LIDO} {FERRY} {ROOF}\n\n## Introduction\n\n{LIDO}\n\n"
            f"## The council and the lido\n\n{LIDO}\n\n## References\n\n{ROOF}\n",
            "a.md",
            id="sections of an article",
        ),
        pytest.param(f"# A title\n\n{LIDO}\n\n{FERRY}\n", "a.md", id="one title"),
        pytest.param(f"HARBOUR\n\n{LIDO}\n\n{FERRY}\n", "a.txt", id="one line in capitals"),
    ],
)
def test_the_parts_of_one_article_stay_together(document, text, name):
    assert (
        len(read_pages(document(text, name, "text/markdown" if name.endswith("md") else ""))) == 1
    )


def test_a_list_of_links_gives_each_in_brief(document):
    text = "# Links of the week\n\n" + "".join(
        f"+ [{title}](https://quay.example/{number}): {text}\n"
        for number, (title, text) in enumerate(
            zip([*TITLES, "A fourth one"], [*TEXTS, ""], strict=True)
        )
    )
    pages = read_pages(document(text, "a.md", "text/markdown"))
    assert [page.title for page in pages] == [*TITLES, "A fourth one"]
    assert pages[1].url == "https://quay.example/1"
    assert pages[1].blocks[0].text == FERRY
    assert all(page.headline and page.issue and page.single for page in pages)


def test_titles_above_bare_addresses_are_headlines(document):
    heads = [*TITLES, "Lamps for the pier", "渔船归来"]
    text = "# Digest of Friday\n\n## Elsewhere\n\n" + "".join(
        f"### {title}\n\n<https://quay.example/{place}>\n\n<https://talk.example/{place}>\n\n"
        for place, title in enumerate(heads)
    )
    pages = read_pages(document(text + "They opened it on Monday.", "a.md", "text/markdown"))
    assert [(page.title, page.url) for page in pages] == [
        (title, f"https://quay.example/{place}") for place, title in enumerate(heads)
    ]
    assert all(page.issue for page in pages)


def test_items_of_a_language_without_spaces_are_counted_by_their_letters(document):
    items = {
        "市议会决定九月关闭露天泳池": "这座泳池自一九三一年起开放，星期二晚上市议会投票决定将其关闭。",
        "渡轮罢工进入第二周": "船员与公司未能达成协议，渡轮星期一仍然停在港口，岛上有两百辆汽车在等待。",
        "学校暑假更换屋顶": "县政府表示学校将在暑假换上新屋顶，旧屋顶有十一处漏水，工程需要六个星期。",
    }
    text = "## 新闻\n\n" + "\n".join(f"- **{title}:** {said}" for title, said in items.items())
    pages = read_pages(document(text, "a.md", "text/markdown"))
    assert {page.title: page.blocks[0].text for page in pages} == items


LISTED = {
    "bare lines": "{title}\n\n{text}",
    "set in": "    {title}\n\n{text}",
    "wrapped over two lines": "{half}\n  {rest}\n\n{text}",
}


@pytest.mark.parametrize("form", LISTED.values(), ids=LISTED)
@pytest.mark.parametrize(
    "entry",
    ["{number}. {title}", "* {title}", "- {title} ..... {number}", " [{number}] {title}"],
)
def test_a_table_of_contents_names_the_titles_below_it(document, form, entry):
    heads = [*TITLES, "Lamps for the long pier"]
    texts = [
        *TEXTS,
        "The pier gets forty lamps before the winter, said the harbour master on Friday.",
    ]
    entries = [entry.format(number=n, title=title) for n, title in enumerate(heads, 1)]
    stories = [
        form.format(
            title=title,
            text=textwrap.fill(text, 60),
            half=" ".join(title.split()[:3]),
            rest=" ".join(title.split()[3:]),
        )
        for title, text in zip(heads, texts, strict=True)
    ]
    text = "\n".join(["Harbour news", "", "In this number:", "", *entries]) + "\n\n\n"
    pages = read_pages(document(text + "\n\n\n".join(stories), "a.txt", "text/plain"))
    assert [page.title for page in pages] == heads
    assert [" ".join(block.text for block in page.blocks) for page in pages] == texts


def test_a_list_whose_entries_head_nothing_below_is_no_table_of_contents(document):
    items = "\n".join(f"{n}. {title}" for n, title in enumerate(TITLES, 1))
    text = f"What we read this week\n\n{items}\n\n" + "\n\n".join(TEXTS)
    assert len(read_pages(document(text, "a.txt", "text/plain"))) == 1


def test_what_stands_above_the_first_title_is_listed_as_left_out(document):
    text = set_as("# {title}\n\n{text}", "A word of greeting.\n\n")
    first, *_ = read_pages(document(text, "a.md", "text/markdown"))
    assert [one.what for one in first.left_out] == ["A word of greeting."]


def test_a_quoted_text_is_proven_without_its_marks(document):
    raw = document("> A line that\n> goes on.\n", "a.txt")
    assert "A line that\ngoes on." in visible_text(raw)


def test_the_frame_around_an_electronic_book_is_no_text(document):
    book = set_as("{title}\n{rule}\n\n{text}")
    text = (
        f"*** START OF THIS BOOK NEWS ***\n\n{book}\n\n*** END OF THIS BOOK NEWS ***\n\n"
        f"LICENSE\n-------\n\n{LIDO}\n"
    )
    assert [page.title for page in read_pages(document(text, "a.txt"))] == TITLES


def test_a_byline_set_as_a_heading_names_the_writer_of_the_text_above_it(document):
    parts = "".join(
        f"<h2>{title}</h2><h3>By {name}</h3><p>{text}</p><p>{text}</p>"
        for title, text, name in zip(TITLES, TEXTS, ["Anna Lind", "Femke de Boer"], strict=False)
    )
    pages = read_pages(document(f"<title>Quay Post</title><body>{parts}</body>", "a.html"))
    articles = [PageSplitter()(page).articles[0] for page in pages]
    assert [article.author for article in articles] == ["Anna Lind", "Femke de Boer"]


def test_short_sections_below_a_lead_are_of_one_article(document):
    """Whose title is that of the page, since no heading has it."""
    lead = (
        "My aunt's radio had not made a sound for forty years when I opened it last week with a new driver and"
        " some care."
    )
    parts = "".join(
        f"<h2>{head}</h2><p>{text}</p>"
        for head, text in zip(["Taking it apart", "New parts", "The sound"], TEXTS, strict=False)
    )
    html = (
        f"<title>Mending an old radio - Notes</title><body><div><p>{lead}</p>{parts}</div></body>"
    )
    (page,) = read_pages(document(html, "a.html"))
    assert page.title == "Mending an old radio"


def test_headings_that_are_counted_lose_their_numbers(document):
    items = (
        f"## {n}. {title}\n\n*Nov {20 + n}, 2026*\n\n{BODY}" for n, title in enumerate(STORIES, 1)
    )
    pages = read_pages(document("\n\n".join(items), "a.md", "text/markdown"))
    assert [page.title for page in pages] == STORIES


def test_a_linked_line_above_a_date_and_a_quotation_is_a_title(document):
    items = (
        f"[{title}](https://a.example/{title[-4:]})  \n*Nov 24, 2026*\n\n> {BODY}"
        for title in STORIES
    )
    pages = read_pages(document("# Clippings\n\n" + "\n\n".join(items), "a.md"))
    assert [page.title for page in pages] == STORIES


def test_a_heading_of_a_name_and_a_date_is_a_byline(document):
    items = (
        f"<h2>{title}</h2><h3>Tine Zupan – 20 November 2026</h3><p>{BODY}</p>" for title in STORIES
    )
    pages = read_pages(document(f"<h1>The Letter, no. 48</h1>{''.join(items)}"))
    assert [page.title for page in pages] == STORIES


ENDS = {
    "a line that signs off": "See you next week!",
    "a greeting and a name": "Terveisin\n\nKirjaston väki",
    "a notice below a rule": "---\n\n*Enjoyed this? Forward it to a friend.*",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_ends_an_issue_is_no_text_of_its_last_article(document, end):
    text = f"# Weekly letter\n\n{set_as('## {title}' + chr(10) * 2 + '{text}')}\n\n{end}\n"
    pages = read_pages(document(text, "a.md", "text/markdown"))
    assert [page.title for page in pages] == TITLES
    assert [block.text for block in pages[-1].blocks] == [ROOF]
    left_out = " ".join(omission.what for omission in pages[0].left_out)
    assert end.split()[-1].strip("*") in left_out


def test_a_name_below_each_letter_stays_with_it(document):
    text = (
        f"# Letters\n\n{set_as('## {title}' + chr(10) * 2 + '{text}' + chr(10) * 2 + 'Ada Lund')}"
    )
    pages = read_pages(document(text, "a.md", "text/markdown"))
    assert [page.blocks[-1].text for page in pages] == ["Ada Lund"] * 3

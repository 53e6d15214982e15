"""Pages of many layouts, each with the article or articles that a reader would see in it."""

from pathlib import Path

import pytest

from digest.models import Block, Page, Source, Split
from digest.readers.paragraphs import paragraphs as plain_blocks
from digest.splitting import PageSplitter

PAGES = Path(__file__).parent / "pages"


def split(name: str) -> Split:
    lines = (PAGES / name).read_text(encoding="utf-8").split("\n")
    source = Source(name=name, location=name)
    return PageSplitter()(Page(source=source, blocks=tuple(plain_blocks(lines))))


def reason(result: Split, beginning: str) -> str:
    """Why the line that begins so was left out."""
    return next(o.reason for o in result.omissions if o.what.startswith(beginning))


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("live.txt", ["Storm Vilda: latest updates as floods close roads across the county"]),
        (
            "ticker.txt",
            [
                "Copper falls to lowest price since spring",
                "Choir wins prize in Tallinn",
                "Zoo names its newborn giraffe",
                "Court halts motorway through marsh",
            ],
        ),
        (
            "newsletter.txt",
            [
                "Cycle lane opens after nine years",
                "A whale in the wrong sea",
                "Stolen violin found on a tram",
            ],
        ),
        (
            "brief.txt",
            [
                "Bus fares frozen",
                "Otter returns to mill",
                "School wins chess cup",
                "Bakery fire",
            ],
        ),
        ("list.txt", ["Five ways to keep a house cool without a machine"]),
        ("missing.txt", []),
        ("science.txt", ["Deep corals keep a diary of the monsoon"]),
        ("aggregator.txt", ["Miners leave the valley as power prices double"]),
        (
            "wire.txt",
            [
                "Observatory finds a slow pulsar by accident",
                "Parliament votes to keep the halfpenny tram",
                "Copper thieves stop the mountain railway",
                "Chess league bans the silent phone",
            ],
        ),
        (
            "prints.txt",
            [
                "Parliament votes to keep the halfpenny tram",
                "Beekeepers count their losses after a warm winter",
                "Chess league bans the silent phone",
            ],
        ),
        (
            "kettle.txt",
            [
                "TANNERY ROW REOPENS AFTER FLOOD",
                "GOALKEEPER OF SIXTY PLAYS A FULL SEASON",
                "MUSEUM RETURNS A DRUM TO THE ISLAND IT CAME FROM",
                "VACCINE FOR SHEEP FEVER PASSES ITS FIRST TRIAL",
            ],
        ),
        (
            "mailing_list.txt",
            [
                "Goalkeeper of sixty plays a full season",
                "Copper thieves stop the mountain railway",
                "Chess league bans the silent phone",
            ],
        ),
        ("questions.txt", ["Ask the Pantry"]),
    ],
)
def test_a_page_gives_the_articles_that_a_reader_sees(name: str, titles: list[str]) -> None:
    assert [article.title for article in split(name).articles] == titles


def test_dated_items_without_titles_are_articles() -> None:
    published = [article.published for article in split("dated.txt").articles]
    assert [moment.day for moment in published if moment] == [1, 9, 20]


def test_the_questions_of_an_interview_stay_in_its_text() -> None:
    (article,) = split("interview.txt").articles
    assert article.headings == (
        "What does a healthy bridge sound like?",
        "Have you ever closed one on the spot?",
        "Who takes over?",
    )


def test_page_numbers_and_running_heads_stand_in_no_article() -> None:
    for article in split("prints.txt").articles:
        assert len(article.text.split("\n\n")) == 3
        assert "9:14 AM" not in article.text


def test_a_bare_name_above_a_reading_time_is_the_author() -> None:
    assert [article.author for article in split("pasted.txt").articles] == [
        "Nuala Fenwick",
        "Halla Jónsdóttir",
        "Ida Lorenz",
    ]


def test_rows_of_figures_are_widgets_and_liability_is_boilerplate() -> None:
    result = split("table.txt")
    assert reason(result, "Wheat 214.50") == "widget"
    assert reason(result, "This information is provided") == "boilerplate"
    assert len(result.articles[0].text.split("\n\n")) == 3


def test_a_sponsor_is_an_advertisement_and_its_address_is_nobodys() -> None:
    result = split("newsletter.txt")
    assert reason(result, "Presented by Bramble Bank") == "advert"
    assert [article.url for article in result.articles] == [
        None,
        "https://whales.example/baltic",
        None,
    ]


def test_the_dateline_dates_a_release_and_its_foot_is_left_out() -> None:
    result = split("release.txt")
    (article,) = result.articles
    assert article.published is not None
    assert article.published.date().isoformat() == "2025-03-03"
    assert reason(result, "Norholt Cells makes") == "boilerplate"


def test_a_byline_below_a_text_belongs_to_it() -> None:
    assert [article.author for article in split("front.txt").articles] == [
        "Lena Voigt",
        "Omar Sayegh",
        "Lena Voigt",
        "Ruth Adair",
    ]


def test_a_bare_name_above_a_date_is_the_author_and_what_he_does_is_no_text() -> None:
    result = split("local.txt")
    assert [article.author for article in result.articles] == ["MARTHA QUILL"]
    assert reason(result, "Martha Quill covers") == "boilerplate"
    assert reason(result, "The van in the square") == "caption"


def tagged(*pairs: tuple[str, str], single: bool = False, title: str | None = None) -> Split:
    blocks = tuple(Block(text=text, tag=tag) for tag, text in pairs)
    source = Source(name="page", location="page")
    return PageSplitter()(Page(source=source, blocks=blocks, single=single, title=title))


RISE = "Bread rises because yeast eats sugar and breathes out gas, which the dough holds well."
FLOUR = "Strong flour holds more gas than weak flour does, since its gluten is the tougher one."


def test_what_an_extractor_chose_is_kept_word_for_word() -> None:
    (article,) = tagged(
        ("p", "A standfirst above it all"),
        ("h2", "5. The flour"),
        ("p", RISE),
        ("li", "# comments stay"),
        ("pre", "x = 1"),
        single=True,
        title="Why bread rises",
    ).articles
    assert article.title == "Why bread rises"
    assert article.headings == ("5. The flour",)
    for text in ("A standfirst above it all", RISE, "# comments stay", "x = 1"):
        assert text in article.text


def test_the_sections_of_one_document_are_no_articles() -> None:
    (article,) = tagged(
        ("h1", "Why bread rises"), ("p", RISE), ("h2", "The flour"), ("p", FLOUR)
    ).articles
    assert (article.title, article.headings) == ("Why bread rises", ("The flour",))


def test_signed_sections_are_articles() -> None:
    result = tagged(
        ("h1", "Kitchen notes"),
        ("h2", "Why the dough of bread rises"),
        ("p", "By Ann Lee, 3 March 2025"),
        ("p", f"{RISE} A cold kitchen slows it down. A warm one hurries it."),
        ("h2", "What strong flour is good for"),
        ("p", "By Tom Reed, 5 March 2025"),
        ("p", f"{FLOUR} Millers test it with a hook. Bakers ask the dough."),
    )
    assert [article.author for article in result.articles] == ["Ann Lee", "Tom Reed"]

"""What pages set into their articles - ornaments, links, captions, appeals - is no article and no text."""

import pytest

from digest.models import Page, Source, Split
from digest.readers.paragraphs import paragraphs as blocks
from digest.splitting import PageSplitter

FERRY = [
    "Ferry to the northern isles will sail in winter again",
    "By Nora Lindqvist",
    "12 January 2026",
    "The ferry to the northern isles will sail all winter for the first time in nine years, the harbour "
    "board decided on Thursday.",
    "Islanders had collected 4,000 signatures after two clinics ran out of medicine in a stormy week last "
    "December, when no boat could leave the harbour.",
    "The islanders raise goats and knit for a living. None of them keeps medicine for more than a month.",
    "The crossing takes five hours and will cost 38 crowns; children and bicycles travel free of charge "
    "until the end of the year.",
    "A second ship is to be rented from a yard in the south until the new one has been built there.",
]
CHESS = [
    "Chess club wins its first national title",
    "By Omar Feld",
    "13 January 2026",
    "A chess club of nineteen members won the national title on Sunday, beating a team that has three "
    "grandmasters and a budget ten times as large.",
    "The club plays in the back room of a bakery, and its strongest player is a nurse who studies openings "
    "between night shifts.",
    "“I played the ending on two hours of sleep,” she said after the last game, which lasted until nearly "
    "midnight.",
    "The prize money will pay for new clocks and for a bus to the European cup, which begins in Porto in "
    "September.",
]


def split(*paragraphs: str, gap: str = "\n\n") -> Split:
    source = Source(name="page", location="page")
    lines = gap.join(paragraphs).split("\n")
    return PageSplitter()(Page(source=source, blocks=tuple(plain for plain in blocks(lines))))


def texts(result: Split) -> list[tuple[str, list[str]]]:
    return [(article.title, article.text.split("\n\n")) for article in result.articles]


def whole(article: list[str]) -> tuple[str, list[str]]:
    return article[0], article[3:]


@pytest.mark.parametrize(
    "mark", ["***", "* * *", "•", "—", "-", "“", '"', "!", "©", "…", "|", "×", "END", "🎈"]
)
def test_a_lone_mark_between_two_paragraphs_parts_no_articles(mark: str) -> None:
    """A line without letters cuts no article in two where titles and bylines tell where articles begin."""
    alone = split(*FERRY[:5], mark, *FERRY[5:])
    assert texts(alone) == [whole(FERRY)]
    both = split(*FERRY[:5], mark, *FERRY[5:], *CHESS[:5], mark, *CHESS[5:])
    assert texts(both) == [whole(FERRY), whole(CHESS)]


@pytest.mark.parametrize(
    "inserted",
    [
        ["Pilots vote to stay out until spring", "Read more"],
        ["Reuters", "Pilots vote to stay out until spring"],
        ["Isle Media/Reuters", "Pilots vote to stay out until spring"],
        ["Read more:", "Pilots vote to stay out until spring", "Why bread costs twice as much now"],
        ["Related", "Pilots vote to stay out until spring"],
        [
            "Pilots vote to stay out until spring",
            "National",
            "Pilots vote to stay out until spring",
        ],
    ],
)
def test_a_headline_pulled_into_an_article_begins_none(inserted: list[str]) -> None:
    """Where every article is signed and dated, a headline that is neither leads to another page."""
    found = split(*FERRY[:6], *inserted, *FERRY[6:], "Share", *CHESS[:6], *inserted, *CHESS[6:])
    assert texts(found) == [whole(FERRY), whole(CHESS)]
    assert any(inserted[-1] == o.what or inserted[0] == o.what for o in found.omissions)


@pytest.mark.parametrize(
    "box",
    [
        "Before you turn the page: would you help to keep these reports free to read? Every gift, great or "
        "small, makes our work possible.",
        "Transcripts are made in a hurry by a contractor, and may be revised at a later time.",
    ],
)
def test_a_paragraph_that_comes_again_in_another_article_is_the_pages_own(box: str) -> None:
    """An appeal below every article belongs to none of them, and is said to be left out."""
    found = split(*FERRY, box, *CHESS, box)
    assert texts(found) == [whole(FERRY), whole(CHESS)]
    assert [o.what == box for o in found.omissions].count(True) == 2


def test_a_paragraph_of_background_may_stand_in_two_articles() -> None:
    """Two reports of one event may share a paragraph that speaks of it."""
    background = (
        "The ferry to the northern isles was last seen in winter nine years ago, when the harbour board sold "
        "its only ship."
    )
    later = [
        "Harbour board meets over ferry fares",
        "By Nora Lindqvist",
        "14 January 2026",
        "The harbour board met on Friday to settle what the winter ferry to the northern isles will cost "
        "those who live there.",
        "Members spoke for three hours, and voted at last for half the summer fare from the first of March "
        "until the end of the year.",
        background,
        "Two members voted against it, since the ship must be paid for by the harbour alone and the state "
        "gives nothing.",
    ]
    found = split(*FERRY, background, *later)
    assert texts(found) == [whole([*FERRY, background]), whole(later)]


def test_the_last_paragraph_before_a_copyright_is_no_caption() -> None:
    """An agency's copyright closes a report; a picture's stands before more text."""
    found = split(
        *FERRY[:7], "Read also", "Why bread costs more", *FERRY[7:], "© dpa, 260112-99-1", *CHESS
    )
    assert texts(found) == [whole(FERRY), whole(CHESS)]


@pytest.mark.parametrize(
    "inserted",
    [
        [
            "Image",
            "A boat in a storm.",
            "The old ferry in its last winter.Credit...Ada Berg/The Harbour Post",
        ],
        ["Image:", "A crane lifts the bow of the new ship. Pic: AP"],
        ["The yard in the south.Photographer: Ada Berg/Northwire"],
        ["Islanders wait for the boat at dawn. Ada Berg/The Harbour Post"],
        ["Islanders wait for the boat at dawn. (Isle Radio: Ada Berg)"],
        ["+4", "View gallery", "A view of the harbour at the northern isles on Monday"],
        ["Please use another browser for a more accessible video player", "2:14"],
        ["Inhalt", "1. Seite 1", "Auf einer Seite lesen"],
    ],
)
def test_a_picture_or_a_player_between_two_paragraphs_leaves_no_trace(inserted: list[str]) -> None:
    """Captions and what stands beside them begin no article, and are no text."""
    found = split(*FERRY[:6], *inserted, *FERRY[6:], "Share", *CHESS[:6], *inserted, *CHESS[6:])
    assert texts(found) == [whole(FERRY), whole(CHESS)]


def test_a_caption_below_the_credit_of_the_first_picture_is_no_title() -> None:
    """Above the credit stand the headline and its date; below it what the picture shows."""
    head = ["2 hours ago", "Share", "Nora Lindqvist", "Harbour Post", "Getty Images"]
    pages = [
        (FERRY, "The crossing takes five hours in winter"),
        (CHESS, "The strongest player is a nurse"),
    ]
    lines = [
        line
        for article, caption in pages
        for line in [article[0], *head, caption, *article[3:], "Related topics", "Weather"]
    ]
    assert texts(split(*lines, gap="\n")) == [whole(FERRY), whole(CHESS)]


@pytest.mark.parametrize(
    "box",
    [
        "Coast Letters is a reader-supported publication. To receive new posts, consider becoming a member.",
        "A version of this article appears in print on Jan. 13, 2026, Page 4, with the headline A boat.",
        "Appeared in the January 13, 2026, print edition as 'A boat at last'.",
        "Should every isle have a boat in winter? Join the conversation below.",
        "Got a confidential news tip? We want to hear from you.",
        "Transcripts are made in a hurry by a contractor. They may be revised at a later time.",
        "I hope you enjoyed this article. Before you move on, please think of supporting our work.",
        "Follow topics and authors from this story to see more like it and to receive email updates.",
        "Ada Berg is a senior reporter covering ships and harbours. Tips can be sent to ada@post.example.",
        "Type your email…",
    ],
)
def test_a_box_that_speaks_for_the_publisher_is_no_text(box: str) -> None:
    """Appeals, notes on the printed edition and cards of writers stand below an article, not in it."""
    found = split(*FERRY, box, *CHESS)
    assert texts(found) == [whole(FERRY), whole(CHESS)]


@pytest.mark.parametrize(
    "byline",
    [
        "By Nora Lindqvist nora@post.example",
        "By [7]Nora Lindqvist | January 12, 2026",
        "By Nora Lindqvist @noralindq",
    ],
)
def test_what_stands_beside_a_writers_name_does_not_hide_it(byline: str) -> None:
    """Addresses, handles and the numbers of links belong to a byline."""
    ferry, chess = [FERRY[0], byline, *FERRY[3:]], [CHESS[0], byline, *CHESS[3:]]
    found = split(*ferry, *chess)
    assert texts(found) == [whole(FERRY), whole(CHESS)]
    assert found.articles[0].author == "Nora Lindqvist"


def test_a_list_article_among_signed_ones_is_whole() -> None:
    """Numbered parts without bylines belong to the signed article above them."""
    listed = [
        "What to see at the winter fair",
        "By Ida Holm",
        "11 January 2026",
        "The winter fair opens on Friday with stalls in three streets. Here is what we like.",
        "1. The ice carvers",
        "Four carvers from the north will cut a whale of nine tonnes in a single night.",
        "2. Who sings on a roof?",
        "A choir of nine can be heard from the top of the bank at noon, whatever the weather.",
        "3. Soup",
        "Nobody leaves without a bowl of the pea soup that the harbour pilots cook in a boiler.",
    ]
    expected = [line.split(". ", 1)[-1] if line[0].isdigit() else line for line in listed[3:]]
    found = split(*listed, *FERRY, *CHESS)
    assert texts(found) == [(listed[0], expected), whole(FERRY), whole(CHESS)]


def test_the_names_of_speakers_stay_in_an_interview() -> None:
    """Names on lines of their own tell who asks and who answers."""
    talk = [
        "A talk with the woman who plays chess at night",
        "13 January 2026",
        "Rosa Iversen has won the national title with her club. We asked her how she finds the time.",
        "Omar Feld",
        "When do you sleep?",
        "Rosa Iversen",
        "In the morning, when the children are at school, and on the bus to the games if there is a seat.",
        "Omar Feld",
        "And what comes next?",
        "Rosa Iversen",
        "The European cup in September, if somebody takes my shifts at the hospital for two weeks.",
    ]
    assert texts(split(*talk, *FERRY)) == [(talk[0], talk[2:]), whole(FERRY)]


def test_more_empty_lines_than_between_paragraphs_part_two_articles() -> None:
    """A headline that shares no word with its text is one by the space above it."""
    ferry, chess = [FERRY[0], *FERRY[3:]], [CHESS[0], *CHESS[3:]]
    loft = [
        "Under the roof",
        "For sixty years nobody opened the door at the top of the mill, and those who knew why had moved away.",
        "Last spring a plumber found behind it four thousand letters, tied in bundles and sorted by the year.",
    ]
    pages = "\n\n\n\n".join("\n\n".join(part) for part in (ferry, chess, loft))
    assert texts(split(pages)) == [(part[0], part[1:]) for part in (ferry, chess, loft)]


def test_a_record_with_quotation_marks_around_its_titles_has_titles_without() -> None:
    """Front matter quotes what it holds."""
    records = [
        line
        for article in (FERRY, CHESS)
        for line in ["---", f'title: "{article[0]}"', "date: 2026-01-12", "---", *article[3:]]
    ]
    assert texts(split(*records, gap="\n")) == [whole(FERRY), whole(CHESS)]
    own = [f"Title: '{FERRY[0]}'", *FERRY[3:], "", f"Title: {CHESS[0]}", *CHESS[3:]]
    assert [article.title for article in split(*own, gap="\n").articles] == [
        f"'{FERRY[0]}'",
        CHESS[0],
    ]


def test_a_signed_article_alone_on_its_page_stays_whole() -> None:
    """One article with byline and date tells as well where articles begin, if a headline fits no text."""
    inserted = ["Pilots vote to stay out until spring", "Read more"]
    assert texts(split(*FERRY[:6], *inserted, *FERRY[6:])) == [whole(FERRY)]


def test_a_picture_alone_parts_no_articles() -> None:
    """Without a headline, a date or a separator no article begins behind a caption."""
    inserted = [
        "Image",
        "A boat in a storm.",
        "The old ferry at sea.Credit...Ada Berg/The Harbour Post",
    ]
    ferry = [FERRY[0], *FERRY[3:]]
    assert texts(split(*ferry[:3], *inserted, *ferry[3:])) == [(ferry[0], ferry[1:])]

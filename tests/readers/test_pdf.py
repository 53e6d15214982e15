"""PDF files give paragraphs, and say why where they do not."""

from io import BytesIO

import pytest

from digest.errors import ReadError
from digest.models import Page, RawDocument, Source
from digest.readers import read_pages, visible_text

pypdf = pytest.importorskip("pypdf", reason="the extra pdf is not installed")
Line = tuple[float, float, float, str]
"""x, y, the size of the letters, and the words."""
LONG = "The harbour of Larnby will be closed to large ships while"
FIRST = f"{LONG} divers repair the sluice. It is expected to last three weeks."


def made(*pages: list[Line], title: str = "") -> bytes:
    """Return a PDF with lines at places."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    kids = []
    for lines in pages:
        text = "\n".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET" for x, y, size, words in lines
        )
        objects.append(f"<</Length {len(text)}>>\nstream\n{text}\nendstream")
        resources = "<</Font<</F 3 0 R>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources{resources}"
            f"/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects.append(f"<</Title({title})/CreationDate(D:20261120080000Z)>>")
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"<</Size {size}/Root 1 0 R/Info {len(objects)} 0 R>>"
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return f"{body}{table}trailer{trailer}\nstartxref\n{len(body)}\n%%EOF".encode()


def document(content: bytes) -> RawDocument:
    """Return a file of a folder."""
    return RawDocument(Source("a.pdf", "a.pdf"), content, media_type="application/pdf")


def read(*pages: list[Line], title: str = "") -> Page:
    """Return what is read of a PDF."""
    (page,) = read_pages(document(made(*pages, title=title)))
    return page


def texts(page: Page) -> list[str]:
    """Return the paragraphs."""
    return [block.text for block in page.blocks]


def column(x: float, y: float, *lines: str) -> list[Line]:
    """Return lines below one another."""
    return [(x, y - 12 * number, 10, words) for number, words in enumerate(lines)]


def test_lines_are_joined_to_paragraphs() -> None:
    """A gap parts them."""
    lines = [
        *column(50, 700, LONG, "divers repair the sluice. It is expected to last three weeks."),
        *column(50, 650, LONG, "the gates are painted."),
    ]
    assert texts(read(lines)) == [FIRST, f"{LONG} the gates are painted."]


@pytest.mark.parametrize("apart", ["column", "page"])
def test_a_paragraph_goes_on_in_the_next_column_or_page(apart: str) -> None:
    """Where its sentence does."""
    begin = column(50, 112, LONG)
    rest = column(300, 700, "divers repair the sluice. It is expected to last three weeks.")
    pages = [[*begin, *rest]] if apart == "column" else [begin, rest]
    assert texts(read(*pages)) == [FIRST]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    """Unless what follows begins with a capital."""
    lines = column(
        50,
        700,
        "The harbour of Larnby will be closed for re-",
        "pairs by the Larnby-",
        "Orrin line of ferries.",
    )
    assert texts(read(lines)) == [
        "The harbour of Larnby will be closed for repairs by the Larnby- Orrin line of ferries."
    ]


def test_larger_letters_are_headings_and_the_first_is_the_title() -> None:
    """Before what the file says of itself; the date is the file's."""
    lines: list[Line] = [(50, 750, 18, "Sluice repairs"), (50, 728, 18, "begin at Larnby")]
    page = read([*lines, *column(50, 690, LONG, "the gates are painted.")], title="Report")
    assert page.title == "Sluice repairs begin at Larnby"
    assert page.published
    assert page.published.isoformat() == "2026-11-20T08:00:00+00:00"


@pytest.mark.parametrize(("said", "title"), [("Report", "Report"), ("report_v2.docx", None)])
def test_without_a_heading_the_file_says_its_title(said: str, title: str | None) -> None:
    """If that is not the name of a file."""
    assert read(column(50, 700, LONG, "the gates are painted."), title=said).title == title


def test_running_heads_are_left_out_and_still_shown() -> None:
    """Whatever number is in them."""
    pages = [
        [
            (50, 780, 10, "Harbour authority"),
            *column(50, 700, f"Number {'abcd'[number]}. {LONG}", "they wait."),
            (300, 20, 10, f"Page {number + 1} of 4"),
        ]
        for number in range(4)
    ]
    page = read(*pages)
    assert texts(page) == [f"Number {letter}. {LONG} they wait." for letter in "abcd"]
    assert "Page 3 of 4" in visible_text(document(made(*pages)))


def test_of_very_many_pages_the_first_are_read() -> None:
    """The rest is named among what was left out."""
    page = read(*[column(50, 700, f"{LONG} {number} they wait.") for number in range(2_000)])
    assert len(page.blocks) <= 50
    assert "pages 51 to 2000" in [one.what for one in page.left_out]


def _encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(made(column(50, 700, LONG))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (made([], []), "a scan"),
        (made(column(50, 700, "3")), "a scan"),
        (_encrypted(), "encrypted"),
        (b"%PDF-1.4\n", "damaged"),
        (made(column(50, 700, LONG))[:300], "damaged|scan"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    """In one line."""
    with pytest.raises(ReadError, match=reason):
        read_pages(document(content))

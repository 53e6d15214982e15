"""Letters to the editor end in the names of those who wrote them."""

import pytest

from digest.models import Page, Source
from digest.readers.paragraphs import paragraphs as blocks
from digest.splitting import PageSplitter

LETTERS = [
    (
        "Leave the plane trees alone",
        [
            "I have walked under the plane trees of Station Road for forty years, and so have my children.",
            "A road can be mended around them. Other towns have shown how.",
        ],
        "Hilde Brandt",
        "Upper Mill",
    ),
    (
        "Buses at night",
        [
            "The night bus was taken from us in autumn, and those who clean the hospital now walk home at two.",
            "A taxi costs what they earn in an hour. Who thought of that?",
        ],
        "Samuel Okafor",
        "Station Road",
    ),
    (
        "Thanks to a stranger",
        [
            "Somebody found my purse at the market on Saturday and left it with the man who sells eggs there.",
            "Nothing was missing. I should like to shake a hand.",
        ],
        "Ruth Amsel",
        "Lower Mill",
    ),
]


def articles(text: str) -> list[tuple[str, str, str | None]]:
    page = Page(source=Source(name="page", location="page"), blocks=tuple(blocks(text.split("\n"))))
    return [(a.title, a.text, a.author) for a in PageSplitter()(page).articles]


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize("capitals", [True, False])
def test_each_letter_is_an_article_with_its_writer(places: bool, capitals: bool) -> None:
    """The name, and the place where there is one, is no text of any letter."""
    titles = [title.title() if capitals else title for title, *_ in LETTERS]
    lines = ["LETTERS TO THE EDITOR"]
    for title, (_, text, name, place) in zip(titles, LETTERS, strict=True):
        lines += [title, *text, f"{name}\n{place}" if places else name]
    assert articles("\n\n".join(lines)) == [
        (title, "\n\n".join(text), name)
        for title, (_, text, name, _) in zip(titles, LETTERS, strict=True)
    ]


def test_a_name_that_comes_again_signs_no_letter() -> None:
    """The speakers of an interview stand above what they say."""
    lines = ["Two friends talk about the market"]
    for title, text, *_ in LETTERS:
        lines += [*text, "Hilde Brandt", f"{title}?"]
    assert len(articles("\n\n".join([*lines, *LETTERS[0][1], "Hilde Brandt"]))) == 1

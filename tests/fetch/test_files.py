"""Files, folders, standard input and addresses as sources."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import Server, answer

from digest.errors import FetchError
from digest.fetch import AnyFetcher, FileFetcher, expand
from digest.models import Source


def fetch(location, **options):
    return FileFetcher(**options)(Source(name="x", location=str(location)))


def test_a_file_comes_with_its_bytes_and_the_media_type_of_its_name(tmp_path):
    path = tmp_path / "page.HTML"
    path.write_bytes(b"<p>\xff</p>")
    document = fetch(path)
    assert document.content == b"<p>\xff</p>"
    assert document.media_type == "text/html"


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Some words.")))
    document = fetch("-")
    assert document.content == b"Some words."
    assert document.media_type == ""


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("missing.txt", "no such file"),
        (
            "https://example.org/a",
            "an address, where only files are read; save the page",
        ),
        ("a\0b.txt", "not the name of a file"),
        ("a" * 5000, "the name is too long for a file"),
    ],
)
def test_what_cannot_be_had_says_why(location, reason):
    with pytest.raises(FetchError) as caught:
        fetch(location)
    assert caught.value.reason == reason


def test_a_folder_is_not_a_page(tmp_path):
    with pytest.raises(FetchError, match="a folder without pages"):
        fetch(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0)
    with pytest.raises(FetchError, match="permission denied"):
        fetch(path)


def test_the_limit_holds_to_the_byte(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert fetch(path, max_bytes=5).content == b"12345"
    with pytest.raises(FetchError, match="larger than"):
        fetch(path, max_bytes=4)


def test_a_device_is_no_file_and_no_hang():
    with pytest.raises(FetchError, match="a pipe or a device"):
        fetch("/dev/zero", max_bytes=65536)


def test_a_folder_gives_its_pages_sorted_at_any_depth_and_nothing_hidden(tmp_path):
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/d.png",
        ".hidden.txt",
        ".git/e.txt",
        "sub.eml",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [os.path.relpath(source.location, tmp_path) for source in expand([str(tmp_path)])]
    assert found == ["a.md", "b.txt", os.path.join("sub", "c.html"), "sub.eml"]  # noqa: PTH118


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("saved.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
        ("list.opml", "<opml/>", True),
        ("saved.xml", "<rss/>", True),
        ("settings.json", '{"items": []}', False),
        ("broken.json", "", False),
    ],
)
def test_a_feed_in_a_folder_is_no_file_to_pass_over(tmp_path, name, content, is_taken):
    (tmp_path / name).write_text(content)
    assert [one.name for one in expand([str(tmp_path)])] == [name if is_taken else tmp_path.name]


def test_a_folder_nested_deeper_than_python_recurses_is_read(tmp_path, monkeypatch):
    here = Path.cwd()
    monkeypatch.chdir(tmp_path)
    for _ in range(1100):
        os.mkdir("a")  # noqa: PTH102 - by steps: the whole path is almost too long for a name
        os.chdir("a")
    Path("page.txt").write_text("A")
    os.chdir(here)
    found = [source.name for source in expand([str(tmp_path)])]
    subprocess.run(["rm", "-rf", str(tmp_path / "a")], check=True)  # pytest's own cleaning recurses
    assert found == ["page.txt"]


def test_a_folder_of_too_many_files_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("digest.incoming.MOST_ENTRIES", 3)
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("A")
    (source,) = expand([str(tmp_path)])
    with pytest.raises(FetchError, match="more than 3 files and folders in it"):
        FileFetcher()(source)


def test_a_loop_of_links_is_no_folder(tmp_path):
    (tmp_path / "page.txt").write_text("A")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    assert [source.name for source in expand([str(tmp_path)])] == ["page.txt", "self.txt"]


def test_the_same_location_counts_once_and_order_stays(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    name = str(tmp_path / "a.txt")
    assert [s.location for s in expand(["-", name, str(tmp_path), "-", "missing"])] == [
        "-",
        name,
        "missing",
    ]


def test_sources_are_named_as_a_reader_would():
    assert [s.name for s in expand(["-", "dir/page.txt"])] == ["standard input", "page.txt"]


def test_a_file_and_an_address_are_both_fetched(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a file")
    server["/b"] = answer(b"a page", "Content-Type: text/plain")
    fetch = AnyFetcher(allow_private=True)
    sources = expand([str(tmp_path / "a.txt"), server.url("/b")])
    assert [fetch(source).content for source in sources] == [b"a file", b"a page"]


def test_one_s_own_network_is_closed_by_default(server: Server) -> None:
    with pytest.raises(FetchError, match="--allow-private permits it"):
        AnyFetcher()(*expand([server.url("/")]))


def test_a_file_address_names_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a file")
    with pytest.raises(FetchError, match="give the name of the file"):
        AnyFetcher(allow_private=True)(*expand([f"file://{tmp_path}/a.txt"]))


def test_a_password_is_no_part_of_a_source_s_name() -> None:
    assert expand(["https://me:secret@example.org/"])[0].name == "https://example.org/"


def test_a_file_needs_nothing_of_the_web(tmp_path: Path) -> None:
    """What speaks HTTP is not even loaded."""
    (tmp_path / "a.txt").write_text("a file")
    script = (
        "import sys; from digest.fetch import AnyFetcher, expand\n"
        "AnyFetcher()(*expand(sys.argv[1:]))\n"
        "print([name for name in ('urllib3', 'ssl', 'brotli', 'protego', 'digest.fetch.http')"
        " if name in sys.modules])"
    )
    arguments = [sys.executable, "-c", script, str(tmp_path / "a.txt")]
    assert subprocess.run(arguments, capture_output=True, text=True).stdout.strip() == "[]"

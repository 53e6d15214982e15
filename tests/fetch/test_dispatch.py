"""A fetcher for files and addresses alike."""

import subprocess
import sys
from pathlib import Path

import pytest
from fault_server import Server, answer

from digest.errors import FetchError
from digest.fetch import AnyFetcher, expand


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

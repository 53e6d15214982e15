"""Parts are found by path, folder, pattern and address, and written whole or not at all."""

from pathlib import Path
from typing import IO

import pytest

from digest.batch.parts import Folder, are_parts, check_names, endings, find, is_remote, opened
from digest.errors import ConfigError, FetchError


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a.jsonl", ("a", "jsonl", "")),
        ("a.b.NDJSON.gz", ("a.b", "jsonl", ".gz")),
        ("a.jsonl.zst", ("a", "jsonl", ".zst")),
        ("a.parquet", ("a", "parquet", "")),
        ("CC-1.warc.gz", ("CC-1", "warc", ".gz")),
        ("CC-1.warc.wet.gz", ("CC-1.warc", "warc", ".gz")),
        ("a.parquet.gz", None),
        ("a.txt", None),
        (".jsonl", None),
        ("jsonl", None),
    ],
)
def test_a_name_says_what_is_in_a_part(name: str, taken: tuple[str, str, str] | None) -> None:
    """By its endings, whatever their case."""
    assert endings(name) == taken


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("s3://bucket/a.parquet", True),
        ("memory://a", True),
        ("simplecache::gs://bucket/a", True),
        ("https://example.org/a.jsonl", False),
        ("simplecache::https://example.org/a.jsonl", False),
        ("file:///a.jsonl", False),
        ("a.jsonl", False),
        ("C:\\a.jsonl", False),
    ],
)
def test_object_storage_is_told_from_the_web(address: str, remote: bool) -> None:
    """What is on the web is fetched as pages are, with all care."""
    assert is_remote(address) is remote


def _touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_a_folder_gives_its_parts_at_any_depth_without_hidden_ones(tmp_path: Path) -> None:
    """Named by their paths within it, as partitioned data sets are laid out; `_SUCCESS` is no data."""
    _touch(tmp_path, "day=2/b.parquet", "day=1/a.parquet", "_SUCCESS", ".a.crc", "_x/c.parquet")
    assert [part.name for part in find([str(tmp_path)])] == ["day=1/a", "day=2/b"]


def test_a_pattern_gives_what_matches(tmp_path: Path) -> None:
    """Each part once, though an address before it leads there, too."""
    _touch(tmp_path, "x/a.jsonl", "x/b.jsonl", "x/c.jsonl.gz")
    found = find([str(tmp_path / "x/b.jsonl"), str(tmp_path / "*/*.jsonl")])
    assert [part.name for part in found] == ["b", "x/a"]


def test_a_pattern_that_fits_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder of too many is: it was not meant."""
    for number in range(3):
        (tmp_path / f"{number}.jsonl").touch()
    monkeypatch.setattr("digest.batch.parts.MOST_ENTRIES", 2)
    with pytest.raises(FetchError, match="more than"):
        find([str(tmp_path / "*.jsonl")])


def test_a_bracket_in_the_name_of_a_file_is_no_pattern(tmp_path: Path) -> None:
    """A file that is there is meant by its name."""
    _touch(tmp_path, "a[1].jsonl")
    assert [part.name for part in find([str(tmp_path / "a[1].jsonl")])] == ["a[1]"]


def test_a_folder_of_pages_is_none_of_parts(tmp_path: Path) -> None:
    """One file that is no table makes it pages."""
    assert are_parts([str(_touch(tmp_path / "t", "a.jsonl", "b.parquet"))])
    assert not are_parts([str(_touch(tmp_path / "p", "a.jsonl", "b.html"))])
    assert not are_parts([str(tmp_path)])


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    """One of the outputs would be lost."""
    _touch(tmp_path, "x/a.jsonl", "y/a.parquet")
    with pytest.raises(ConfigError, match="both be written as 'a'"):
        check_names(find([str(tmp_path / "x/a.jsonl"), str(tmp_path / "y/a.parquet")]))


def test_nothing_there_is_said(tmp_path: Path) -> None:
    """Of a pattern at once, of a file when it is opened."""
    with pytest.raises(FetchError, match="no part in it"):
        find([str(tmp_path / "*.jsonl")])
    (part,) = find([str(tmp_path / "a.jsonl")])
    with pytest.raises(FetchError, match="no such file"), opened(part):
        pass


def test_what_breaks_off_while_it_is_written_is_not_there(tmp_path: Path) -> None:
    """Nor is anything left of it."""
    with pytest.raises(KeyError), Folder(address=str(tmp_path)).written("x/a.jsonl") as file:
        _break_off(file)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _break_off(file: IO[bytes]) -> None:
    file.write(b"half")
    raise KeyError


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    """It has a name that nobody takes for data."""
    _touch(tmp_path, "x/_a.jsonl.0123.aside", "x/b.jsonl")
    folder = Folder(address=str(tmp_path))
    assert folder.names() == {"x/b.jsonl"}
    folder.clear_asides()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["b.jsonl"]


def test_object_storage_is_read_and_written_like_a_folder() -> None:
    """Through fsspec, of which every installation has one kind: memory."""
    pytest.importorskip("fsspec")
    folder = Folder(address="memory://test_parts/out")
    with folder.written("day=1/a.jsonl") as file:
        file.write(b"{}\n")
    assert folder.names() == {"day=1/a.jsonl"}
    (part,) = find(["memory://test_parts/out"])
    assert part.name == "day=1/a"
    with opened(part) as read:
        assert read.read() == b"{}\n"


def test_a_protocol_that_lacks_its_package_is_named() -> None:
    """And one that nobody knows."""
    pytest.importorskip("fsspec")
    with pytest.raises(FetchError, match="nosuch"):
        find(["nosuch://bucket/a.jsonl"])

"""Files are written whole, under their folder, with names that every system takes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.durability import safe_name, write_file
from digest.errors import WriteError


def test_a_file_is_written_and_its_path_returned(tmp_path: Path) -> None:
    """The folder is made where it is missing, and nothing else is left in it."""
    path = write_file(tmp_path / "new" / "folder", "issue.md", "text")
    assert path.read_text() == "text"
    assert [one.name for one in path.parent.iterdir()] == ["issue.md"]


def test_a_file_replaces_the_one_before(tmp_path: Path) -> None:
    """Writing again is no error."""
    write_file(tmp_path, "issue.md", "old")
    assert write_file(tmp_path, "issue.md", b"new").read_text() == "new"


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    """The error says what to do, and the exit code is 73."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="choose another folder") as caught:
        write_file(tmp_path / "file", "issue.md", "text")
    assert caught.value.exit_code == 73


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a\\b", "a\x00b", "..", "CON.md"]
)
def test_hostile_names_stay_in_the_folder(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder or to a device."""
    path = write_file(tmp_path, name, "text")
    assert path.parent == tmp_path
    assert path.name.upper() != "CON.MD"


@given(st.text())
def test_a_name_is_never_empty_nor_too_long(name: str) -> None:
    """Whatever comes in, a file name of at most 200 bytes comes out."""
    safe = safe_name(name.encode("utf-8", "ignore").decode())
    assert 0 < len(safe.encode()) <= 201
    assert "/" not in safe
    assert safe not in (".", "..")

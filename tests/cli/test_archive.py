"""`digest archive` and `digest build --archive`: a folder of issues becomes a site."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

REPORT = """The ferry line between the two islands reopened on Monday after a storm had closed it for nine days.
The operator, Northline, said that 4,200 passengers had booked for the first day alone.

Repairs to the eastern pier cost about 3 million crowns, according to the harbour office. A second pier
will stay closed until spring, the office said.

Fishermen had carried mail and medicine across the strait while the line was shut. The council thanked
them at a meeting in the town hall on Sunday.
"""


@pytest.fixture
def build(run: Run, tmp_path: Path) -> Callable[..., Result]:
    """Build an issue of one article in the folder `out`."""
    page = tmp_path / "ferry.txt"
    page.write_text(f"Ferry line reopens after storm\n\n{REPORT}", encoding="utf-8")
    return lambda *options: run("build", page, "-o", tmp_path / "out", *options)


def links(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return re.findall(r'<a rel="(?:prev|next)" href="([^"]+)"', text)


def test_issues_are_tied_together(build: Callable[..., Result], tmp_path: Path) -> None:
    """A new issue is in the list and the feed, and the one before leads to it."""
    for day in ("2026-11-19", "2026-11-20", "2026-11-21"):
        assert build("--date", day, "--archive").exit_code == 0
    out = tmp_path / "out"
    assert links(out / "2026-11-19.html") == ["2026-11-20.html"]
    assert links(out / "2026-11-20.html") == ["2026-11-19.html", "2026-11-21.html"]
    assert (out / "index.html").read_text().count('class="entry"') == 3
    assert (out / "feed.xml").read_text().count("<entry>") == 3


def test_build_writes_no_page_twice(build: Callable[..., Result]) -> None:
    """Every file that is named is named once, however many issues there are."""
    build("--date", "2026-11-20", "--archive")
    named = build("--date", "2026-11-21", "--archive").stdout.splitlines()
    assert len(named) == len(set(named)) == 6


def test_archive_makes_the_folder_as_build_does(
    build: Callable[..., Result], run: Run, tmp_path: Path
) -> None:
    """Issues that were built on their own are tied together later, to the same bytes."""
    for day in ("2026-11-20", "2026-11-21"):
        build("--date", day, "--archive")
    out = tmp_path / "out"
    made = {path.name: path.read_bytes() for path in out.iterdir()}
    for name in ("index.html", "feed.xml", "2026-11-20.html"):
        (out / name).unlink()
    assert run("archive", out).exit_code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == made


def test_a_build_without_archive_stands_alone(build: Callable[..., Result], tmp_path: Path) -> None:
    """No list, no feed, no links to pages that may not be there."""
    build("--date", "2026-11-21")
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".json", ".md"]
    assert links(tmp_path / "out" / "2026-11-21.html") == []


def test_json_that_is_no_issue_is_passed_over(
    build: Callable[..., Result], run: Run, tmp_path: Path
) -> None:
    """It is named on stderr, and the issues are listed."""
    build("--date", "2026-11-21")
    (tmp_path / "out" / "other.json").write_text("{}")
    result = run("archive", tmp_path / "out")
    assert result.exit_code == 0
    assert "other.json is passed over" in result.stderr


def test_a_folder_without_issues_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    """So is one that does not exist."""
    for folder in (tmp_path, tmp_path / "gone"):
        result = run("archive", folder)
        assert result.exit_code == 2
        assert str(folder) in result.stderr


def test_an_issue_may_not_be_called_like_the_list(build: Callable[..., Result]) -> None:
    """It would be written over."""
    result = build("--name", "index", "--archive")
    assert result.exit_code == 2
    assert "the archive has a file of that name" in result.stderr


def test_a_format_can_be_printed(build: Callable[..., Result], run: Run, tmp_path: Path) -> None:
    """`-o -` prints it as it would be written, and writes nothing."""
    build("--date", "2026-11-21", "--format", "text")
    written = (tmp_path / "out" / "2026-11-21.txt").read_text(encoding="utf-8")
    page = tmp_path / "ferry.txt"
    printed = run("build", page, "-o", "-", "--format", "text", "--date", "2026-11-21")
    assert printed.stdout == written
    assert not Path("-").exists()


def test_only_one_format_can_be_printed(run: Run, tmp_path: Path) -> None:
    """Three files after one another are none."""
    result = run("build", tmp_path, "-o", "-")
    assert result.exit_code == 2
    assert "--format text" in result.stderr

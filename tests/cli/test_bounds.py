"""What takes too long, too much memory, or dies, costs itself: commands read in a process that may end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from digest import collecting
from digest.batch import engines
from digest.models import RawDocument, Source

Run = Callable[..., Result]
TEXT = "The ferry between Harrow and Dale runs again after six weeks. Two hundred people took it."


def spin(_: object) -> None:
    """Never end."""
    while True:
        pass


def test_what_spins_is_given_up_and_the_next_is_read() -> None:
    """The process is ended, and another one takes its place."""
    with collecting.Bounded() as reading:
        reading._grace_s = 0
        with pytest.raises(Exception, match="took longer than"):
            reading(spin, 1, location="page", seconds=0.2)
        document = RawDocument(Source("a.txt", "a.txt"), f"Ferry runs\n\n{TEXT}".encode())
        assert reading.articles(document)[0].title == "Ferry runs"


SPINNING = {
    "split": ("split",),
    "summarize": ("summarize",),
    "explain": ("explain",),
    "build": ("build", "--name", "x"),
}


@pytest.mark.parametrize("command", SPINNING.values(), ids=SPINNING)
def test_a_page_that_never_ends_is_named_by_every_command(
    command: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name of its file; the command ends."""
    monkeypatch.setattr(collecting, "_LOADING_S", 0.3)
    monkeypatch.setattr(collecting, "limit_s", lambda _: 0.2)
    monkeypatch.setattr(collecting, "articles_of", spin)
    monkeypatch.setattr(collecting, "read_pages", spin)
    (tmp_path / "bad.txt").write_text(TEXT)
    result = run(*command, tmp_path / "bad.txt")
    assert result.exit_code in (2, 65)
    assert "bad.txt" in result.stderr
    assert "took longer than" in result.stderr


@pytest.mark.parametrize("blank", [" " * 200_000, "\n" * 200_000, "<!--" + " " * 200_000])
def test_blanks_in_a_description_take_no_time(run: Run, tmp_path: Path, blank: str) -> None:
    """The article of the page is read, however the script around it is padded."""
    script = f'<script type="application/ld+json">{blank}{{"a": 1}}{blank}x</script>'
    (tmp_path / "a.html").write_text(
        f"<!doctype html><title>T</title>{script}<article><h1>Ferry runs</h1><p>{TEXT}</p></article>"
    )
    result = run("split", tmp_path / "a.html")
    assert result.exit_code == 0
    assert "six weeks" in result.stdout


def test_a_text_longer_than_any_book_is_named_and_costs_itself(run: Run, tmp_path: Path) -> None:
    """Choosing its sentences would take minutes."""
    (tmp_path / "a.txt").write_text(f"Ferry runs\n\n{TEXT}\n")
    (tmp_path / "b.txt").write_text("The ferry runs to Dale and back again. " * 130_000)
    result = run("summarize", tmp_path / "b.txt", tmp_path / "a.txt")
    assert result.exit_code == 10
    assert "b.txt: a text of 5 MiB, longer than any book" in result.stderr
    assert "six weeks" in result.stdout


ATTACKS = {
    "no JSON": '<script type="application/ld+json">{"author":%s</script>' % ('"author":' * 9_000),
    "tags": '<script type="application/ld+json">{"headline": "%s"}</script>' % ("<" * 60_000),
    "author": f'<meta name="author" content="{"(" * 60_000}">',
    "title": f'<meta property="og:title" content="{"<!--" * 15_000}">',
}


@pytest.mark.parametrize("head", ATTACKS.values(), ids=ATTACKS)
def test_what_a_library_searches_in_quadratic_time_costs_nothing(
    run: Run, tmp_path: Path, head: str
) -> None:
    """The page is read within its limit."""
    (tmp_path / "a.html").write_text(
        f"<!doctype html><title>T</title>{head}<article><h1>Ferry runs</h1><p>{TEXT}</p></article>"
    )
    result = run("split", tmp_path / "a.html")
    assert result.exit_code == 0
    assert "six weeks" in result.stdout


@pytest.mark.parametrize("cell", ["<td>Go there", "<th>Go there"])
def test_a_row_of_endless_cells_is_read(run: Run, tmp_path: Path, cell: str) -> None:
    """A library takes quadratic time for it, and is not asked."""
    page = f"<!doctype html><title>T</title><article><h1>Ferry</h1><p>{TEXT}</p></article><table>{cell * 1500}"
    (tmp_path / "a.html").write_text(page)
    result = run("split", tmp_path / "a.html")
    assert result.exit_code == 0
    assert "six weeks" in result.stdout


def lethal(task: tuple[Any, Any]) -> Any:
    """Do as the batch does, but die of one of the articles."""
    if any(one.id == "lethal" for one in task[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return apply(task)


apply = engines._apply


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_kills_costs_itself(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The others of its chunk are done, and all in their order."""
    monkeypatch.setattr(engines, "_apply", lethal)
    names = [f"a{number}" for number in range(150)]
    names[70] = "lethal"
    lines = [json.dumps({"id": name, "text": TEXT}) for name in names]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    result = run("summarize", tmp_path / "a.jsonl", "--jobs", jobs, "--length", "1")
    assert result.exit_code == 10
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [
        name for name in names if name != "lethal"
    ]
    assert "line 71: its reading crashed (SIGKILL)" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_nothing_is_printed_by_those_who_outlive_a_killed_run(tmp_path: Path) -> None:
    """A run that is killed leaves no process behind that complains."""
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"Ferry {number}\n\n{TEXT * 40}")
    (tmp_path / "digest.toml").write_text('store = "s.db"\n[[sources]]\nlocation = "*.txt"\n')
    for pause in (0.2, 0.35, 0.5, 0.8):
        process = subprocess.Popen(
            [sys.executable, "-m", "digest", "run"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        time.sleep(pause)
        process.kill()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        process.wait()


def test_what_cannot_be_printed_is_no_success(tmp_path: Path) -> None:
    """A closed standard output is said, and is no exit code of 0."""
    (tmp_path / "a.txt").write_text(f"Ferry runs\n\n{TEXT}")
    for command in ("summarize a.txt", "build a.txt -o - --format epub"):
        done = _shell(f"digest {command} >&-", tmp_path)
        assert done.returncode == 73
        assert b"standard output is closed" in done.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("digest init new <&-", b"new/digest.toml"),  # nobody can be asked
        ("mkdir gone; cd gone; rmdir ../gone; digest build a.txt", b"current folder is not there"),
        ("digest split a.jsonl --jobs 99999", b"Ferry runs"),
    ],
    ids=["no stdin", "no folder", "no end of processes"],
)
def test_where_a_program_runs_is_no_reason_for_a_traceback(
    command: str, said: bytes, tmp_path: Path
) -> None:
    """What stands around it comes from outside, too."""
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "Ferry runs again after six weeks."}\n')
    done = _shell(command, tmp_path)
    assert said in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    own = f'digest() {{ "{sys.executable}" -m digest "$@"; }}; {command}'
    return subprocess.run(["sh", "-c", own], cwd=folder, capture_output=True, check=False)

"""A package that is installed beside digest adds readers, summarizers, renderers and channels."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parent.parent / "examples" / "plugin"
REPORTS = """Ferry runs again
The ferry between Harrow and Dale runs again after six weeks of repairs. It was late.
+++
Library opens
The library of Harrow opens on Monday with forty thousand books. Entry is free.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a file of the plug-in's format, and the plug-in as an installer leaves it."""
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text())["project"]
    about = tmp_path / "site" / "digest_example_plugin-0.1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: digest-example-plugin\nVersion: 0.1.0\n"
    )
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (about / "entry_points.txt").write_text("\n".join(groups))
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "flash.wire").write_text(REPORTS)
    return tmp_path


def digest(home: Path, *arguments: str) -> str:
    """Run the command with the plug-in, and return what it prints."""
    path = os.pathsep.join((str(home / "site"), str(PLUGIN)))
    done = subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        cwd=home,
        env={**os.environ, "PYTHONPATH": path, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_reader_takes_the_files_of_its_ending(home: Path) -> None:
    """Those of a folder as well, and what it read can be proven."""
    records = map(json.loads, digest(home, "split", "news", "--format", "jsonl").splitlines())
    assert [one["title"] for one in records] == ["Ferry runs again", "Library opens"]
    digest(home, "build", "news", "--name", "x")
    assert "stand word for word" in digest(home, "verify", "out/x.json")


def test_a_summarizer_and_a_renderer_are_chosen_by_name(home: Path) -> None:
    """On the command line and in digest.toml."""
    shown = digest(home, "summarize", "news/flash.wire", "--algorithm", "longest", "--length", "1")
    assert "six weeks" in shown
    assert "It was late" not in shown
    (home / "digest.toml").write_text(
        'store = "s.sqlite"\nalgorithm = "longest"\nformats = ["headlines", "json"]\n'
        '[[sources]]\nlocation = "news"\n'
    )
    assert "out/2026-11-21.lst" in digest(home, "run", "--date", "2026-11-21")
    text = digest(home, "build", "news", "--format", "headlines", "-o", "-")
    assert text == (home / "out" / "2026-11-21.lst").read_text()


def test_a_channel_takes_the_mails(home: Path) -> None:
    """Each is noted as sent."""
    (home / "digest.toml").write_text(
        'store = "s.sqlite"\n[[sources]]\nlocation = "news"\n'
        '[mail]\nto = ["a@example.org"]\nfrom = "d@example.org"\ndeliver = "pile"\nfolder = "pile"\n'
    )
    assert "1 sent" in digest(home, "run", "--date", "2026-11-21")
    assert len(list((home / "pile").iterdir())) == 1

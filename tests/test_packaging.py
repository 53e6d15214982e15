"""The distribution: one version, extras that exist, and files that are the same bytes whenever built."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = TABLE["project"]
FILES = ("digest", "templates", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml")

in_the_project = pytest.mark.skipif(
    not (ROOT / "digest").is_dir(), reason="no digest/ beside the tests"
)


@in_the_project
def test_the_version_stands_in_one_place() -> None:
    """`digest/__init__.py` has it, the build reads it there, and the image's name is checked elsewhere."""
    assert "version" in PROJECT["dynamic"]
    assert TABLE["tool"]["hatch"]["version"]["path"] == "digest/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", digest.__version__)
    assert digest.__version__ not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_an_extra_that_takes_others_takes_those_that_exist() -> None:
    """By the name of this distribution, not of the other one that is called like the command."""
    extras = PROJECT["optional-dependencies"]
    for needs in extras.values():
        for need in needs:
            assert not need.startswith("digest[")
            if own := re.match(r"digest-briefing\[(.*)\]", need):
                assert set(own[1].split(",")) <= set(extras)


def test_both_commands_are_the_same_program() -> None:
    """One has the usual name, one a name that nobody else has."""
    assert set(PROJECT["scripts"]) == {"digest", PROJECT["name"]}
    assert len(set(PROJECT["scripts"].values())) == 1


def test_every_python_from_the_oldest_is_named() -> None:
    """A classifier for each minor version, without a gap."""
    named = re.findall(r"Python :: 3\.(\d+)", "\n".join(PROJECT["classifiers"]))
    oldest = int(PROJECT["requires-python"].removeprefix(">=3."))
    assert [int(one) for one in named] == list(range(oldest, oldest + len(named)))


@in_the_project
def test_the_files_of_a_release_are_the_same_twice(tmp_path: Path) -> None:
    """Built from two copies, of another age and with other permissions."""
    pytest.importorskip("hatchling", reason="no hatchling: pip install hatchling")
    found = []
    for name, age, mode in (("a", 1_000_000_000, 0o644), ("b", 1_500_000_000, 0o600)):
        copy = tmp_path / name
        copy.mkdir()
        for file in FILES:
            source = ROOT / file
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, copy / file, ignore=ignored)
            else:
                shutil.copyfile(source, copy / file)
        for path in copy.rglob("*"):
            if path.is_file():
                path.chmod(mode)
                os.utime(path, (age, age))
        subprocess.run(
            [
                sys.executable,
                "-m",
                "hatchling",
                "build",
                "--directory",
                str(tmp_path / f"{name}-out"),
            ],
            cwd=copy,
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795219200"},
        )
        found.append(
            {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in (tmp_path / f"{name}-out").iterdir()
            }
        )
    assert len(found[0]) == 2
    assert found[0] == found[1]


@in_the_project
def test_a_message_that_names_an_extra_names_this_package() -> None:
    """`digest` alone is another program on the index."""
    named = [
        (path.name, found[1], found[2])
        for path in sorted((ROOT / "digest").rglob("*.py"))
        for found in re.finditer(r"([\w-]*)\[([a-z]+)\](?=['\"`])", path.read_text("utf-8"))
        if found[2] in PROJECT["optional-dependencies"]
    ]
    assert len(named) > 4
    assert {name for _, name, _ in named} == {PROJECT["name"]}

"""One gate in and one gate out: nothing else reads what is foreign, and nothing else writes to the terminal."""

import ast
import dataclasses
import json
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

import digest
from digest import incoming, models, outgoing
from digest.cli import terminal

Run = Callable[..., Result]
PACKAGE = Path(digest.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXT = "The ferry between Harrow and Dale runs again after six weeks. Two hundred people took it."

WAYS = {
    # what a call may look like -> the modules that may make it
    "click.echo": {"cli/terminal.py"},
    "click.secho": {"cli/terminal.py"},
    "click.echo_via_pager": {"cli/terminal.py"},
    "print": set(),
    "sys.stdout.write": set(),
    "sys.stderr.write": set(),
    "logging.StreamHandler": {"cli/terminal.py"},
    # our own files; and what `parse_json` is made of
    "json.loads": {
        *(
            "incoming.py",
            "splitting/features.py",
            "summarizers/scoring.py",
            "summarizers/concepts.py",
        ),
    },
    "json.load": set(),
    "tomllib.load": set(),
    "sqlite3.connect": {"store/database.py", "store/damage.py"},
    "open": {"incoming.py"},
}
METHODS = {
    # our own files, and those that are written
    "read_text": {
        *("splitting/lexicon.py", "splitting/features.py", "text/terms.py", "summarizers/scoring.py"),
        *("editing/kinds.py", "summarizers/concepts.py", "readers/interstitials.py", "text/dates.py"),
        "text/__init__.py",
    },
    "read_bytes": set(),
    "open": {
        *("batch/parts.py", "cli/batch.py", "cli/setup.py", "renderers/words.py", "text/terms.py"),
        *("readers/html.py", "readers/looks.py", "readers/markup.py"),  # an element is opened there
        "cli/__init__.py",  # the null device, where stderr is closed
    },
}  # fmt: skip


def _name(call: ast.expr) -> str:
    return ast.unparse(call)


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_there_is_no_other_way(path: Path) -> None:
    """What reads foreign bytes, or writes to the terminal, is called at the gates alone."""
    place = path.relative_to(PACKAGE).as_posix()
    for call in _calls(path):
        assert place in WAYS.get(_name(call.func), {place}), ast.unparse(call)
        if isinstance(call.func, ast.Attribute) and _name(call.func) not in WAYS:
            allowed = METHODS.get(call.func.attr, {place})
            assert place in allowed or _name(call.func).startswith("os."), ast.unparse(call)


def _values() -> list[type]:
    found = [one for one in vars(models).values() if dataclasses.is_dataclass(one)]
    return [one for one in found if isinstance(one, type) and one is not incoming.Value]


@pytest.mark.parametrize("kind", _values(), ids=lambda kind: kind.__name__)
def test_every_value_holds_what_can_be_stored(kind: type) -> None:
    """Half a character, which no file can hold, becomes U+FFFD in every string of every value."""
    samples = {
        "str": "a\ud800b", "str | None": "\udfff", "tuple[str, ...]": ("\ud800", "a"),
        "tuple[str, str]": ("a", "\ud800"), "datetime | None": datetime(2026, 1, 1, tzinfo=UTC),
        "date": date(2026, 1, 1), "Day | None": None, "int": 1, "float": 1.0, "bool": False,
    }  # fmt: skip
    given = {}
    for field in dataclasses.fields(kind):
        known = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", "")
        given[field.name] = samples.get(known or str(field.type), samples.get(str(field.type)))
    value = kind(**given)
    held = [getattr(value, field.name) for field in dataclasses.fields(kind)]
    texts = [t for one in held for t in (one if isinstance(one, tuple) else [one])]
    assert all(text.encode() is not None for text in texts if isinstance(text, str))


@given(st.text(st.characters(categories=["L", "Cs", "Cc", "So"])))
def test_what_is_storable_keeps_its_offsets(text: str) -> None:
    """And what can be stored stays as it is."""
    assert len(incoming.storable(text)) == len(text)
    assert incoming.storable(incoming.storable(text)) == incoming.storable(text)
    incoming.storable(text).encode()


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (r'{"a": "\ud83d\ude00"}', {"a": "😀"}),
        (r'{"a\ud800": ["\udfff"]}', {"a\ufffd": ["\ufffd"]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    ],
)
def test_json_holds_what_can_be_stored(raw: str | bytes, value: object) -> None:
    """Pairs of halves are one character; lone ones are none."""
    assert incoming.parse_json(raw) == value


@pytest.mark.parametrize("raw", ["[" * 100_000, b"\xff", "{", '{"a": ' + "9" * 5000 + "}"])
def test_json_that_cannot_be_read_is_a_value_error(raw: str | bytes) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(ValueError, match=r"."):
        incoming.parse_json(raw)


@given(st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name))
def test_the_name_of_a_file_is_found_again(name: bytes) -> None:
    """As a location it can be stored, and it leads back to the same bytes."""
    path = os.fsdecode(name)
    location = incoming.location_of(path)
    location.encode()
    assert os.fsencode(incoming.path_of(location)) == os.fsencode(Path(path))


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "link"])
def test_only_regular_files_are_opened(kind: str, tmp_path: Path) -> None:
    """A pipe, a socket, a device or a folder is refused at once, by a link as well."""
    path = tmp_path / "a"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        socket.socket(socket.AF_UNIX).bind(str(path))
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(OSError, match=r"a pipe or a device|a folder"):
        incoming.read_regular(path)


@pytest.mark.parametrize("command", ["split", "summarize", "build", "explain", "cluster", "verify"])
def test_a_pipe_is_refused_by_every_command(command: str, run: Run, tmp_path: Path) -> None:
    """None waits for somebody to write into it."""
    os.mkfifo(tmp_path / "p.jsonl")
    result = run(command, tmp_path / "p.jsonl")
    assert result.exit_code in (2, 65)
    assert "a pipe or a device" in result.stderr


def test_a_pipe_in_a_folder_costs_itself(run: Run, tmp_path: Path) -> None:
    """The other files make the briefing, which names it."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(f"Ferry runs\n\n{TEXT}")
    result = run("build", tmp_path, "-o", tmp_path / "out", "--name", "x")
    assert result.exit_code == 10
    assert "a.txt: a pipe or a device" in result.stderr


def test_a_file_name_that_is_no_text_is_quoted_and_proven(run: Run, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are named by an escape that leads back to the file."""
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(f"Ferry runs\n\n{TEXT}")
    assert run("build", tmp_path, "-o", tmp_path / "out", "--name", "x").exit_code == 0
    assert "caf%E9.txt" in (tmp_path / "out" / "x.json").read_text()
    assert run("verify", tmp_path / "out" / "x.json").exit_code == 0


HOSTILE = "T\x1b[31mred\x9b31m\x07\x1b]0;owned\x07\u202egnp\u2066"
HARMFUL = ("\x1b", "\x9b", "\x07", "\u202e", "\u2066")


def _hostile(tmp_path: Path) -> Path:
    record = {"id": HOSTILE, "title": HOSTILE, "author": HOSTILE, "text": f"{TEXT} {HOSTILE}"}
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(record | {"source": HOSTILE}) + "\nno JSON \x1b[31m\n")
    return file


@pytest.mark.parametrize(
    "command",
    [
        ("split",),
        ("split", "--explain"),
        ("split", "--omissions"),
        ("explain",),
        ("cluster",),
        ("summarize", "--format", "text"),
        ("topics", "suggest"),
        ("build", "-o", "-", "--format", "text"),
        ("unknown\x1b[31m",),
        ("split", "no\x9bfile"),
        ("build", "--name\x1b"),
    ],
    ids=" ".join,
)
def test_nothing_that_acts_on_a_terminal_reaches_it(
    command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    """Neither from titles, names and ids nor from the names of files and errors."""
    result = run(*command, _hostile(tmp_path))
    shown = result.stdout + ("" if command[0].startswith("unknown") else result.stderr)
    assert not [one for one in HARMFUL if one in shown]


def test_json_for_a_terminal_is_the_same_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What could act on the terminal stands there as an escape."""
    value = {"title": HOSTILE, "tag": "\U000e0041"}
    terminal.json_text(value)
    shown = capsys.readouterr().out
    assert not [one for one in HARMFUL if one in shown]
    assert json.loads(shown) == value


@given(st.text())
def test_cleaning_leaves_no_control_characters(text: str) -> None:
    """But line breaks and tabs; and what is clean stays as it is."""
    shown = outgoing.clean(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown if c not in "\n\t")
    assert outgoing.clean(shown) == shown

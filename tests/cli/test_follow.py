"""`digest follow` and `digest mute`: lists of names in a digest.toml whose comments stay."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from digest.config import load_config

Run = Callable[..., Result]
PLAIN = '# mine\ntitle = "News"  # ours\n\n# where from\n[[sources]]\nlocation = "inbox"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with comments."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "digest.toml"
    path.write_text(PLAIN)
    return path


@pytest.mark.parametrize("command", ["follow", "mute"])
def test_names_are_added_listed_and_removed(run: Run, file: Path, command: str) -> None:
    """What stood in the file before stands there after."""
    added = run(command, "Danube", "  port \t authority ")
    assert added.stdout == "added Danube\nadded port authority\n"
    assert file.read_text() == PLAIN.replace(
        "# ours\n", f'# ours\n{command} = ["Danube", "port authority"]\n'
    )
    assert run(command).stdout == "Danube\nport authority\n"
    assert run(command, "--remove", "DANUBE").stdout == "removed Danube\n"
    assert getattr(load_config(file), command) == ("port authority",)
    run(command, "--remove", "port authority")
    assert file.read_text() == PLAIN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'follow = ["Danube"]\n'),
        ('# only a remark\n\n[mail]\nfrom = "a@b.example"\n', None),
        (
            '[[sources]]\nlocation = "inbox"\n',
            'follow = ["Danube"]\n\n[[sources]]\nlocation = "inbox"\n',
        ),
        ('follow = []\nmute = ["a b"]\n', 'follow = ["Danube"]\nmute = ["a b"]\n'),
        (
            'follow = [\n  "Orrin",  # the sound\n]\n# more\n[mail]\nfrom = "a@b.example"\n',
            'follow = [\n  "Orrin",  # the sound\n  "Danube",\n]\n# more\n[mail]\nfrom = "a@b.example"\n',
        ),
    ],
)
def test_a_name_finds_its_place_in_any_file(
    run: Run, file: Path, before: str, after: str | None
) -> None:
    """Above the first table, in the way the list is written."""
    file.write_text(before)
    assert run("follow", "Danube").exit_code == 0
    assert "Danube" in load_config(file).follow
    assert after is None or file.read_text() == after


def test_the_same_name_twice_is_there_once(run: Run, file: Path) -> None:
    """In one call or in two, in whichever case."""
    assert run("mute", "Horoscope", "horoscope").stdout == "added horoscope\n"
    again = run("mute", "HOROSCOPE")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "already there: HOROSCOPE" in again.stderr
    assert load_config(file).mute == ("horoscope",)


def test_a_word_that_says_little_is_warned_of(run: Run, file: Path) -> None:
    """It is taken: it may be the name of a band."""
    result = run("mute", "the")
    assert (result.exit_code, "stands in most headlines" in result.stderr) == (0, True)
    assert load_config(file).mute == ("the",)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["follow", ""], "a name has 1 to 200 characters"),
        (["mute", "Danube", " \n "], "a name has 1 to 200 characters"),
        (["follow", "x" * 201], "a name has 1 to 200 characters"),
        (["follow", "--remove"], "--remove needs a name"),
        (["follow", "--remove", "Rhine"], "follow has no 'Rhine'"),
        (["mute", "orrin"], "follow has 'Orrin' already; `digest follow --remove` it first"),
    ],
)
def test_what_means_nothing_is_refused(
    run: Run, file: Path, arguments: list[str], said: str
) -> None:
    """And the file stays as it is."""
    file.write_text('follow = ["Orrin"]\n')
    result = run(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr
    assert file.read_text() == 'follow = ["Orrin"]\n'


@pytest.mark.parametrize("command", ["follow", "mute"])
def test_without_a_configuration_there_is_nothing_to_change(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """It says how to get one."""
    monkeypatch.chdir(tmp_path)
    for arguments in ([command], [command, "Danube"], [command, "Danube", "--config", "none.toml"]):
        result = run(*arguments)
        assert (result.exit_code, "no such file" in result.stderr) == (2, True)
    assert not (tmp_path / "digest.toml").exists()


def test_a_list_that_is_none_is_said_to_be_wrong(run: Run, file: Path) -> None:
    """By its key, as everywhere."""
    file.write_text('follow = "Danube"\n')
    result = run("follow", "Orrin")
    assert (result.exit_code, "'follow' must be a list of texts" in result.stderr) == (2, True)

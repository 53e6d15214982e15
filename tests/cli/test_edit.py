"""An editor's hand on the command line: edit, take back, hold, send; and why a piece stands where it does."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import digest
from digest.store import locked

Run = Callable[..., Result]
Edit = Callable[..., Result]
DAY = "2026-11-21"
STORIES = {
    "dam": "Dam at Colne breaks\n\nThe dam at Colne broke on Friday night, and eleven people are missing. The"
    " valley below was cleared within an hour, the county said. Rescuers looked for survivors with dogs and"
    " boats on Saturday. The dam had been inspected in May, and nothing was found.",
    "ferry": "Ferry line returns after nine years\n\nA ferry will cross the Orrin sound again from the spring,"
    " nine years after the last one was sold. The line has ordered two electric boats from a yard in Bergen. A"
    " crossing takes forty minutes and will cost eleven pounds.",
    "pears": "A frost takes half of the pears\n\nGrowers in the Vale of Orrin have lost half of their pears"
    " to a late frost. The association of growers asked the region for help. Prices in the markets rose by a"
    " fifth within a week, and the first cellars are empty.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue in it, which waits as a draft: made once, since a run takes its time."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "inbox").mkdir()
    for name, text in STORIES.items():
        (folder / "inbox" / f"{name}.txt").write_text(text)
    file = folder / "digest.toml"
    file.write_text(
        'store = "store.sqlite"\nhold = true\n\n[mail]\nfrom = "digest@example.org"\n'
        'to = ["a@example.org", "b@example.org"]\ndeliver = "file"\nfolder = "mails"\n\n'
        '[[sources]]\nlocation = "inbox"\n'
    )
    done = CliRunner().invoke(digest, ["run", "--config", str(file), "--date", DAY])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, the current one."""
    folder = tmp_path / "home"
    shutil.copytree(made, folder)
    with closing(sqlite3.connect(folder / "store.sqlite")) as store, store:
        # Its checksum names the folder.
        store.execute("UPDATE issues SET folder = ?, sum = NULL", (str(folder / "out"),))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def edit(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Run `digest edit` with an editor that is a Python script: it has the list as `text`."""

    def do(script: str, *arguments: object) -> Result:
        editor = home / "editor.py"
        editor.write_text(
            "#!/usr/bin/env python3\nimport sys\nfile = sys.argv[1]\ntext = open(file).read()\n"
            f"{script}\nopen(file, 'w').write(text)\n"
        )
        editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("VISUAL", str(editor))
        return run("edit", *arguments)

    return do


def files(home: Path) -> dict[str, bytes]:
    """Return what stands in the folder of the issues."""
    return {path.name: path.read_bytes() for path in sorted((home / "out").iterdir())}


def issue(home: Path) -> dict[str, object]:
    """Return the JSON of the issue."""
    found: dict[str, object] = json.loads((home / "out" / f"{DAY}.json").read_text())
    return found


def shown(run: Run) -> list[tuple[str, str]]:
    """Return the tier and the heading of every piece, as `digest explain` has them."""
    value = json.loads(run("explain", DAY, "--format", "json").stdout)
    return [(one["tier"], one["heading"]) for one in value["pieces"]]


def test_an_edit_is_written_proven_and_taken_back(run: Run, home: Path, edit: Edit) -> None:
    """The files follow it, and are byte for byte what they were once it is undone."""
    before, pieces = files(home), shown(run)
    last = pieces[-1][1]
    result = edit(
        f"lines = [one for one in text.splitlines() if {last!r} not in one]\n"
        "text = chr(10).join(lines + ['heading Of my own'])"
    )
    assert (result.exit_code, "edit back" in result.stderr) == (0, True), result.stderr
    assert result.stdout.split() == [f"out/{DAY}.html", f"out/{DAY}.json", f"out/{DAY}.md"]
    assert run("verify", f"out/{DAY}.json").exit_code == 0
    assert [one["what"] for one in issue(home)["omissions"] if one["reason"] == "dropped"] == [last]  # type: ignore[attr-defined]
    assert "Of my own" in (home / "out" / "index.html").read_text()
    assert b"Of my own" in files(home)[f"{DAY}.md"]
    with closing(sqlite3.connect(home / "store.sqlite")) as store:
        assert "heading Of my own" in store.execute("SELECT list FROM edits").fetchone()[0]
    again = run("run", "--again", DAY)
    assert "1 edit taken back" in again.stderr
    assert files(home) == before
    assert shown(run) == pieces


def test_an_edit_goes_on_from_the_last(run: Run, edit: Edit) -> None:
    """And all are taken back at once."""
    before = shown(run)
    assert edit("text = text.split('\\n\\n')[1] + '\\nheading One'").exit_code == 0
    assert (
        edit("assert 'One' in text; text = text.split('\\n\\n')[1] + '\\nheading Two'").exit_code
        == 0
    )
    assert shown(run)[-1][1] == "Two"
    assert "2 edits taken back" in run("run", "--again", DAY).stderr
    assert shown(run) == before


@pytest.mark.parametrize(
    "script",
    ["sys.exit()", "pass", "text = ''", "text = '# no more\\n'", "text += '# a remark\\n'"],
)
def test_a_list_without_a_change_does_nothing(home: Path, edit: Edit, script: str) -> None:
    """Closed as it was, or emptied; it says so."""
    before = files(home)
    result = edit(script)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{DAY} is as it was" in result.stderr
    assert files(home) == before


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("text = 'stroy 1\\n'", "line 1: no word 'stroy': did you mean story?"),
        ("text = 'story 1\\nstory 9\\n'", "line 2: no piece 9"),
        ("text = 'story 1\\n\\n+ 99\\n'", "line 3: no sentence 99"),
        ("open(file, 'wb').write(b'\\xff\\xfe\\x00'); sys.exit()", "line 1: no word"),
    ],
)
def test_nonsense_is_named_and_kept(
    run: Run, home: Path, edit: Edit, script: str, said: str
) -> None:
    """In one line; another one says how to go on with the list, which is in a file."""
    before = files(home)
    result = edit(script)
    assert result.exit_code == 2
    assert said in result.stderr
    kept = home / f"{DAY}.list-1.txt"
    assert f"digest edit {DAY} --list {kept.name}" in result.stderr
    assert files(home) == before
    kept.write_text("story 1\nheading Mended\n")
    assert run("edit", DAY, "--list", kept.name).exit_code == 0
    assert shown(run) == [("story", "Mended")]


def test_a_list_is_kept_where_a_run_is_at_work(home: Path, edit: Edit) -> None:
    """Nothing that was typed is lost."""
    with locked(home / "store.sqlite"):
        result = edit("text = 'drop 1\\n'")
    assert result.exit_code == 75
    assert (home / f"{DAY}.list-1.txt").read_text() == "drop 1\n"


def test_an_edit_that_could_not_be_written_is_written_by_the_next_run(
    run: Run, home: Path, edit: Edit
) -> None:
    """It is decided before a file is touched, and no file is half of one."""
    (home / "out").rename(home / "away")
    (home / "out").write_text("in the way")
    result = edit("text = text.split('\\n\\n')[1] + '\\nheading Of my own'")
    assert result.exit_code == 73
    (home / "out").unlink()
    (home / "away").rename(home / "out")
    assert b"Of my own" not in files(home)[f"{DAY}.md"]
    assert run("run", "--date", DAY).exit_code == 0
    assert b"Of my own" in files(home)[f"{DAY}.md"]
    assert run("verify", f"out/{DAY}.json").exit_code == 0


def test_an_editor_that_fails_changes_nothing(home: Path, edit: Edit) -> None:
    """As one that is left with an error."""
    before = files(home)
    assert edit("sys.exit(1)").exit_code == 2
    assert files(home) == before


def test_a_sentence_is_added_by_its_number(home: Path, edit: Edit) -> None:
    """The numbers are those that the list shows."""
    result = edit(
        "number = next(one for one in text.splitlines() if 'inspected in May' in one).split()[1]\n"
        "text = 'lead 1\\nlead 2\\nlead 3\\n'\n"
        "text = text.replace('lead 1', 'lead 1' + chr(10) + '+ ' + number)",
        "--sentences",
    )
    if result.exit_code:  # the dam is not the first piece
        pytest.fail(result.stderr)
    assert "inspected in May" in json.dumps(issue(home)["sections"][0]["summary"])  # type: ignore[index]


def test_a_draft_is_mailed_once_as_it_was_edited(run: Run, home: Path, edit: Edit) -> None:
    """By `send` and not by a run, whatever is run and sent after."""
    assert not (home / "mails").exists()
    run("run", "--date", DAY)
    assert not (home / "mails").exists()
    edit("text = text.split('\\n\\n')[1].splitlines()[0] + '\\nheading Of my own'")
    tried = run("send", "--test", "me@example.org")
    assert tried.stdout.startswith("test sent to me@example.org")
    sent = run("send")
    assert (sent.exit_code, sent.stdout) == (0, "2 sent\n")
    mails = sorted((home / "mails").iterdir())
    assert len(mails) == 3
    assert all(b"Of my own" in mail.read_bytes() for mail in mails)
    for arguments in (["send"], ["send", DAY], ["run", "--date", DAY]):
        assert run(*arguments).exit_code == 0
    assert sorted((home / "mails").iterdir()) == mails
    later = edit("text = 'drop 1\\n'")
    assert "nobody is mailed again" in later.stderr
    run("run", "--date", DAY)
    assert sorted((home / "mails").iterdir()) == mails


def test_a_draft_waits_where_it_could_not_be_mailed(run: Run, home: Path) -> None:
    """It is one until its mails stand in the outbox."""
    text = (home / "digest.toml").read_text()
    (home / "digest.toml").write_text(text.replace('from = "digest@example.org"', 'from = "none"'))
    assert run("send").exit_code != 0
    (home / "digest.toml").write_text(text)
    assert run("send").stdout == "2 sent\n"


def test_the_latest_draft_is_sent_and_another_stays(run: Run, home: Path) -> None:
    """Yesterday's is not mailed by the way; it is named."""
    (home / "inbox" / "new.txt").write_text(
        "Library to open on Sundays\n\nThe city library will open on Sundays from January, the council decided"
        " on Thursday. Twelve people will be hired for the new hours. The mayor said that the demand had been"
        " growing for years."
    )
    assert run("run", "--date", "2026-11-22").exit_code == 0
    sent = run("send")
    assert (sent.stdout, f"{DAY} stays a draft" in sent.stderr) == ("2 sent\n", True)
    assert all(path.name.startswith("2026-11-22") for path in (home / "mails").iterdir())
    assert run("send", DAY).stdout == "2 sent\n"
    assert len(list((home / "mails").iterdir())) == 4


def test_an_issue_that_is_not_held_is_mailed_by_the_run(run: Run, home: Path) -> None:
    """As it always was; and the draft of before stays one."""
    text = (home / "digest.toml").read_text()
    (home / "digest.toml").write_text(text.replace("hold = true\n", ""))
    (home / "inbox" / "new.txt").write_text(
        STORIES["dam"].replace("Colne", "Dale").replace("eleven", "two")
    )
    result = run("run", "--date", "2026-11-22")
    assert result.stdout.endswith("2 sent\n") or "2 sent" in result.stdout
    assert all(path.name.startswith("2026-11-22") for path in (home / "mails").iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["edit", "2020-01-01"], "no issue 2020-01-01 in store.sqlite; the last is 2026-11-21"),
        (["edit", "--store", "none.sqlite"], "no store none.sqlite"),
        (["edit", "--list", "none.txt"], "none.txt: no such file"),
        (["explain", "2020-01-01"], "no issue 2020-01-01"),
        (["explain", DAY, "--format", "html"], "an issue is told as text or json"),
        (["send", "2020-01-01"], "no issue 2020-01-01"),
        (["send", "none.json"], "none.json: no such file"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_is_not_there_is_said_in_one_line(run: Run, arguments: list[str], said: str) -> None:
    """And nothing is made by asking."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
    assert said in result.stderr
    assert not Path("none.sqlite").exists()


@pytest.mark.parametrize("name", [DAY, f"out/{DAY}.json"])
@pytest.mark.usefixtures("home")
def test_an_issue_is_explained_as_a_table(run: Run, name: str) -> None:
    """A line a piece: its place, room, importance, the parts that count for any, its heading."""
    lines = run("explain", name).stdout.splitlines()
    head = lines[0].split()
    assert head[:3] == ["place", "tier", "importance"]
    assert head[-1] == "heading"
    assert "followed" not in head
    assert len(lines) == 1 + len(STORIES)
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3"]
    assert {heading for _, heading in shown(run)} == {
        text.split("\n")[0] for text in STORIES.values()
    }


@pytest.mark.usefixtures("home")
def test_the_parts_of_an_importance_are_its_sum(run: Run) -> None:
    """In the JSON, for every piece."""
    value = json.loads(run("explain", f"out/{DAY}.json", "--format", "json").stdout)
    for piece in value["pieces"]:
        assert sum(piece["parts"].values()) == pytest.approx(piece["importance"], abs=1e-5)
        assert len(piece["articles"]) == 1

"""The commands of the daily job: init, feeds, run, articles, doctor, schedule."""

import datetime
import json
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from click.testing import Result
from fault_server import Server, answer, redirect

from digest.cli.options import day_named
from digest.cli.setup import STARTERS
from digest.config import load_config
from digest.errors import ConfigError
from digest.store import locked

Run = Callable[..., Result]

FERRY = """Ferry line reopens after storm

The ferry line between the two islands reopened on Monday after a storm had closed it for nine days.
The operator, Northline, said that 4,200 passengers had booked for the first day alone.
"""
PEARS = """A frost takes half of the pears

Growers in the vale have lost half of their pears to a late frost. Their association asked the region
for help. Prices in the markets rose by a fifth within a week, and the first cellars are empty.
"""


class _Silent:
    """A mail server's handler that counts what it is given."""

    mails = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802
        self.mails += 1
        return "250 taken"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, as `digest init` leaves it, and a store of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "digest.toml").write_text(
        '# mine\nstore = "store.sqlite"\nformats = ["json"]\n\n[[sources]]\nlocation = "inbox"\n'
    )
    return tmp_path


def test_init_writes_a_configuration_that_can_be_read_and_spares_what_stands(
    run: Run, tmp_path: Path
) -> None:
    """Every line of it is valid, also those that are comments now."""
    assert run("init", tmp_path / "new").exit_code == 0
    file = tmp_path / "new" / "digest.toml"
    assert [source.location for source in load_config(file).sources] == ["inbox"]
    assert (tmp_path / "new" / "inbox").is_dir()
    whole = tmp_path / "whole.toml"
    lines = file.read_text().splitlines()
    keys = [line.removeprefix("# ") for line in lines if " = " in line or "[[" in line]
    whole.write_text("\n".join(keys))
    assert load_config(whole).topics[0].name == "Harbours"
    again = run("init", tmp_path / "new")
    assert again.exit_code == 2
    assert "left as it is" in again.stderr


def test_a_run_writes_the_issue_and_the_next_one_says_that_it_stands(run: Run, home: Path) -> None:
    """The names of the files on stdout, the rest on stderr."""
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    first = run("run", "--date", "2026-11-21")
    assert (first.exit_code, first.stdout.split()) == (0, ["out/2026-11-21.json"])
    second = run("run", "--date", "2026-11-21")
    assert (second.exit_code, second.stdout) == (0, "")
    assert "nothing new has come" in second.stderr
    (home / "inbox" / "pears.txt").write_text(PEARS)
    third = run("run", "--date", "2026-11-21")
    assert "1 article waits for the next" in third.stderr
    assert run("run", "--date", "2026-11-21", "--extra").stdout.split() == ["out/2026-11-21-2.json"]


def test_an_issue_is_proven_by_the_store_after_its_source_is_gone(run: Run, home: Path) -> None:
    """What was read is kept."""
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    run("run", "--date", "2026-11-21")
    (home / "inbox" / "ferry.txt").unlink()
    assert run("verify", "out/2026-11-21.json").exit_code == 0
    written = home / "out" / "2026-11-21.json"
    written.write_text(written.read_text().replace("nine days", "nine weeks"))
    assert run("verify", "out/2026-11-21.json").exit_code == 1


def test_a_second_run_at_the_same_time_leaves_with_75(run: Run, home: Path) -> None:
    """At once, and touches nothing."""
    with locked(home / "store.sqlite"):
        result = run("run")
    assert result.exit_code == 75
    assert "another run is at work" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--date", "someday"], "--date someday: no such day; write year, month and day"),
        (["run", "--date", "2026-02-30"], "--date 2026-02-30: no such day"),
        (["build", "inbox", "--date", "21.11."], "or today, yesterday or tomorrow"),
        (["run", "--since", "yesterday"], "--since yesterday: it must be hours, days or weeks"),
        (["run", "--again", "2020-01-01"], "no issue in store.sqlite yet"),
        (["articles", "show", "zzz"], "no store yet"),
        (["feeds", "remove", "none"], "no source 'none'"),
        (["schedule", "--at", "25:00"], "--at 25:00"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_wrong_word_is_refused_in_one_line(run: Run, arguments: list[str], message: str) -> None:
    """It says what is allowed."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_run_without_sources_says_how_to_add_one(run: Run, home: Path) -> None:
    """It is no error of the sources."""
    (home / "digest.toml").write_text("")
    result = run("run", "--store", home / "s.sqlite")
    assert result.exit_code == 2
    assert "digest feeds add" in result.stderr


def test_a_run_whose_only_source_is_missing_ends_with_65(run: Run, home: Path) -> None:
    """And makes no issue, so that a later run can."""
    (home / "inbox").rmdir()
    result = run("run")
    assert result.exit_code == 65
    assert "inbox" in result.stderr
    assert not (home / "out").exists()


def test_articles_are_listed_searched_and_shown(run: Run, home: Path) -> None:
    """As lines for people, and as JSON lines for programs."""
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    run("run", "--date", "2026-11-21")
    (home / "inbox" / "pears.txt").write_text(PEARS)
    run("run", "--date", "2026-11-21")
    listed = run("articles", "list").stdout.splitlines()
    assert [line.split()[1] for line in listed] == ["waiting", "2026-11-21"]
    (found,) = run(
        "articles", "search", "northline passengers", "--format", "jsonl"
    ).stdout.splitlines()
    record = json.loads(found)
    assert (record["title"], record["issue"]) == ("Ferry line reopens after storm", "2026-11-21")
    shown = run("articles", "show", record["id"][:6]).stdout
    assert shown.startswith("Ferry line reopens after storm\n")
    assert "4,200 passengers" in shown


def test_sources_are_added_and_removed_and_comments_stay(run: Run, home: Path) -> None:
    """A source that is there already is not added twice."""
    (home / "more").mkdir()
    assert run("feeds", "add", "more", "--name", "More").exit_code == 0
    assert "already there" in run("feeds", "add", "more").stdout
    run("feeds", "add", "https://ledger.example/feed", "--as-it-is", "--full-text")
    text = (home / "digest.toml").read_text()
    assert text.startswith("# mine\n")
    locations = [(s.location, s.name, s.full_text) for s in load_config().sources]
    assert locations == [
        ("inbox", "", False),
        ("more", "More", False),
        ("https://ledger.example/feed", "", True),
    ]
    assert "removed more" in run("feeds", "remove", "More").stdout
    assert [source.location for source in load_config().sources] == [
        "inbox",
        "https://ledger.example/feed",
    ]
    assert (home / "digest.toml").read_text().startswith("# mine\n")


@pytest.mark.usefixtures("home")
def test_a_source_that_is_not_there_is_not_added(run: Run) -> None:
    """It is named, and the exit code says that nothing was usable."""
    result = run("feeds", "add", "nowhere")
    assert result.exit_code == 65
    assert "nowhere: no such file" in result.stderr


def test_sources_go_out_and_come_in_as_opml(run: Run, home: Path) -> None:
    """What one program exports, another imports."""
    run("feeds", "add", "https://ledger.example/feed", "--as-it-is", "--name", "The Ledger & Co")
    with (home / "digest.toml").open("a") as file:
        file.write('section = "news/harbour"\n')
    exported = home / "feeds.opml"
    exported.write_text(run("feeds", "export").stdout)
    run("feeds", "remove", "https://ledger.example/feed")
    imported = run("feeds", "import", exported)
    assert imported.stdout == "1 feed added to digest.toml\n"
    assert "`digest run` makes an issue" in imported.stderr
    again = run("feeds", "import", exported).stdout
    assert again == "0 feeds added to digest.toml, 1 already there\n"
    source = load_config().sources[-1]
    assert (source.name, source.section) == ("The Ledger & Co", "news/harbour")


def test_the_health_of_sources_is_listed(run: Run, home: Path) -> None:
    """Before the first run, after a good one and after a bad one."""
    assert run("feeds", "list").stdout == "inbox  not asked yet\n"
    run("run", "--date", "2026-11-21")
    assert run("feeds", "list").stdout.startswith("inbox  well, ")
    (home / "inbox").rmdir()
    run("run", "--date", "2026-11-22")
    assert run("feeds", "list").stdout.startswith("inbox  fails")


FEED = (
    b"<rss version='2.0'><channel><title>Harbour Ledger</title><item><title>Old crane moves</title>"
    b"<link>https://ledger.example/1</link></item></channel></rss>"
)


@pytest.fixture
def ledger() -> Iterator[Server]:
    """A server with a feed, an empty one, and an old address of the first."""
    server = Server()
    server["/feed"] = answer(FEED, "Content-Type: application/rss+xml")
    server["/none"] = answer(FEED[: FEED.index(b"<item>")] + b"</channel></rss>")
    server["/old"] = redirect("/feed", "301 Moved Permanently")
    yield server
    server.close()


def test_a_feed_goes_by_its_own_name(run: Run, home: Path, ledger: Server) -> None:
    """In the list, and where it fails; the name of the configuration goes before it."""
    run("feeds", "add", ledger.url("/feed"), "--as-it-is")
    run("run", "--date", "2026-11-21", "--allow-private")
    assert f"{ledger.url('/feed')}  Harbour Ledger  well, " in run("feeds", "list").stdout
    ledger["/feed"] = answer(b"", status="404 Not Found")
    for day in (22, 23, 24):
        run("run", "--date", f"2026-11-{day}", "--allow-private")
    told = [path.read_text() for path in (home / "out").glob("*.json")]
    assert any('"name": "Harbour Ledger"' in text for text in told)


def test_headlines_alone_are_carried_once_and_listed(run: Run, home: Path, ledger: Server) -> None:
    run("feeds", "add", ledger.url("/feed"), "--as-it-is")
    run("run", "--date", "2026-11-21", "--allow-private")
    issue = json.loads((home / "out" / "2026-11-21.json").read_text())
    assert issue["statistics"]["in_brief"] == 1
    (listed,) = run("articles", "list").stdout.splitlines()
    assert listed.endswith("2026-11-21    Old crane moves")
    run("run", "--date", "2026-11-22", "--allow-private")
    later = json.loads((home / "out" / "2026-11-22.json").read_text())
    assert later["statistics"]["in_brief"] == 0


@pytest.mark.usefixtures("home")
def test_a_feed_that_has_moved_for_good_is_added_where_it_is(run: Run, ledger: Server) -> None:
    added = run("feeds", "add", ledger.url("/old"), "--allow-private")
    assert f"{ledger.url('/old')} has moved for good to {ledger.url('/feed')}" in added.stderr
    assert added.stdout == f"added {ledger.url('/feed')}\n"


def test_what_a_feed_holds_is_counted_in_words(run: Run, home: Path, ledger: Server) -> None:
    (home / "digest.toml").write_text("")
    for path in ("/feed", "/none"):
        run("feeds", "add", ledger.url(path), "--as-it-is")
    checked = run("feeds", "check", "--allow-private").stdout
    assert f"{ledger.url('/feed')}  a feed of 1 entry\n" in checked
    assert f"{ledger.url('/none')}  a feed of 0 entries\n" in checked


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("ledger.invalid", "no such file; if it is an address, write https://ledger.invalid"),
        ("ledger.invalid/feed.xml", "write https://ledger.invalid/feed.xml"),
        ("notes.txt", "no such file\n"),
        ("nowhere", "no such file\n"),
    ],
)
def test_an_address_without_its_beginning_is_told(location: str, said: str, run: Run) -> None:
    assert said in run("feeds", "add", location).stderr


@pytest.mark.usefixtures("home")
def test_an_address_of_a_feed_button_is_one_of_the_web(run: Run) -> None:
    for location in ("feed://ledger.example/a", "feed:https://ledger.example/b"):
        run("feeds", "add", location, "--as-it-is")
    listed = run("feeds", "list").stdout
    assert "https://ledger.example/a  " in listed
    assert "https://ledger.example/b  " in listed


def test_a_damaged_store_is_kept_and_repaired(run: Run, home: Path) -> None:
    """A run refuses it; the doctor restores what it can, and nothing is told twice."""
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    run("run", "--date", "2026-11-21")
    store = home / "store.sqlite"
    with sqlite3.connect(store) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'articles'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(store.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    store.write_bytes(content)
    assert run("run", "--date", "2026-11-22").exit_code == 74
    assert run("doctor", "--offline").exit_code == 74
    repaired = run("doctor", "--offline", "--repair")
    assert repaired.exit_code == 0
    assert (home / "store.sqlite.damaged-1").read_bytes() == bytes(content)
    assert run("run", "--date", "2026-11-22").exit_code == 0
    second = json.loads((home / "out" / "2026-11-22.json").read_text())
    assert second["articles"] == []


def test_each_folder_that_init_makes_has_a_store_of_its_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one digest has told, another tells as well; and each issue is proven by its own, from anywhere."""
    for name in ("morning", "evening"):
        assert run("init", tmp_path / name).exit_code == 0
        (tmp_path / name / "inbox" / "ferry.txt").write_text(FERRY)
        done = run("run", "--date", "2026-11-21", "--config", tmp_path / name / "digest.toml")
        assert done.stdout.count(name) == 3
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evening" / "inbox" / "ferry.txt").unlink()
    proven = run("verify", tmp_path / "evening" / "out" / "2026-11-21.json")
    assert proven.exit_code == 0


def test_the_doctor_says_which_languages_nobody_measured(run: Run, home: Path) -> None:
    """Of what the store has; it is no fault."""
    georgian = (
        "ქალაქის საბჭომ ძველი ხიდი პარასკევს დაკეტა, რადგან წყალდიდობამ ორი საყრდენი დააზიანა. "
    )
    (home / "inbox" / "bridge.txt").write_text(f"ძველი ხიდი დაიკეტა\n\n{georgian * 4}\n")
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    run("run", "--date", "2026-11-21")
    result = run("doctor", "--offline")
    assert result.exit_code == 0
    assert " languages: en; not measured: ka; see docs/languages.md\n" in result.stdout


@pytest.mark.parametrize("line", ['timezone = "Wien"', "memory_days = -1"])
def test_the_doctor_refuses_a_value_that_means_nothing(run: Run, home: Path, line: str) -> None:
    """As the run would."""
    (home / "digest.toml").write_text(line)
    result = run("doctor", "--offline")
    assert result.exit_code == run("run").exit_code == 2
    assert line.split()[0].removesuffix("zone") in result.stderr.replace(" ", "")


def test_the_doctor_finds_a_broken_template(run: Run, home: Path) -> None:
    """By rendering an issue that has everything."""
    (home / "mine").mkdir()
    (home / "mine" / "digest.md").write_text("{{ digest.nothing }}")
    (home / "digest.toml").write_text('templates = "mine"\nformats = ["markdown"]\nstore = "s"\n')
    result = run("doctor", "--offline")
    assert result.exit_code == 2
    assert "digest.md" in result.stdout


def test_the_doctor_asks_the_mail_server_and_mails_nothing(run: Run, home: Path) -> None:
    """What it answers is said before the first morning needs it; a server that is gone is 75."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    controller = Controller(inbox := _Silent(), hostname="127.0.0.1", port=port)
    controller.start()
    mail = f'store = "s"\n[mail]\nfrom = "d@example.org"\nto = ["a@example.org"]\nport = {port}\n'
    (home / "digest.toml").write_text(mail)
    try:
        result = run("doctor")
    finally:
        controller.stop()
    assert f"mail: localhost:{port}, one recipient" in result.stdout
    assert (result.exit_code, inbox.mails) == (0, 0)
    gone = run("doctor")
    assert gone.exit_code == 75
    assert f"wrong mail: localhost:{port}: " in gone.stdout
    assert "mail" not in run("doctor", "--offline").stdout


def test_the_doctor_names_a_recipient_that_is_none(run: Run, home: Path) -> None:
    """Before the mail to it is refused."""
    mail = '[mail]\nfrom = "d@example.org"\nto = ["nobody"]\ndeliver = "file"\nfolder = "mails"\n'
    (home / "digest.toml").write_text(f'store = "s"\n{mail}')
    result = run("doctor")
    assert result.exit_code == 2
    assert "wrong mail: nobody" in result.stdout


def test_the_schedule_names_the_configuration_by_its_whole_path(run: Run, home: Path) -> None:
    """Neither cron nor systemd knows where it was called."""
    text = run("schedule", "--at", "6:30").stdout
    assert "30 6 * * * " in text
    assert text.count(str(home / "digest.toml")) == 2
    assert "OnCalendar=*-*-* 06:30:00" in text
    assert "Persistent=true" in text


def test_messages_are_json_lines_where_a_log_wants_them(run: Run, home: Path) -> None:
    """Failures and notes alike; the names of files stay on stdout."""
    (home / "inbox").rmdir()
    (home / "ferry.txt").write_text(FERRY)
    run("feeds", "add", "ferry.txt")
    result = run("--log-json", "run", "--date", "2026-11-21")
    (line,) = result.stderr.splitlines()
    assert json.loads(line).keys() == {"time", "level", "message"}
    assert "inbox" in json.loads(line)["message"]
    assert result.stdout.split() == ["out/2026-11-21.json"]


def test_the_schedule_is_that_of_the_time_zone(run: Run, home: Path) -> None:
    """The one that the configuration names, for cron and for systemd."""
    file = home / "digest.toml"
    file.write_text('timezone = "Europe/Vienna"\n' + file.read_text())
    text = run("schedule", "--at", "6:30").stdout
    assert "CRON_TZ=Europe/Vienna\n30 6 * * * " in text
    assert "OnCalendar=*-*-* 06:30:00 Europe/Vienna\n" in text


EDITIONS = """
[[editions]]
name = "daily"

[[editions]]
name = "weekly"
days = ["saturday"]
title = "The week"
to = ["week@example.org"]

[[editions]]
name = "evening"
days = ["mon", "sun"]
at = "18:05"

[mail]
from = "desk@example.org"
to = ["day@example.org"]
deliver = "file"
folder = "mails"
"""


def test_the_schedule_has_a_line_for_each_time_at_which_an_edition_is_due(
    run: Run, home: Path
) -> None:
    """What is due at the same time is one run's."""
    file = home / "digest.toml"
    file.write_text('timezone = "Europe/Vienna"\n' + file.read_text() + EDITIONS)
    text = run("schedule", "--at", "6:30").stdout
    assert "CRON_TZ=Europe/Vienna\n# daily, weekly\n30 6 * * * " in text
    assert "# evening\n5 18 * * 1,0 " in text
    assert (
        "# daily, weekly\nOnCalendar=*-*-* 06:30:00 Europe/Vienna\n"
        "# evening\nOnCalendar=Mon,Sun *-*-* 18:05:00 Europe/Vienna\nPersistent" in text
    )


def test_each_edition_has_files_a_folder_and_recipients_of_its_own(run: Run, home: Path) -> None:
    """And a person's hand takes its issues as any others."""
    file = home / "digest.toml"
    file.write_text('timezone = "UTC"\n' + file.read_text() + EDITIONS)
    (home / "inbox" / "a.txt").write_text(FERRY)
    made = run("run", "--date", "2026-11-21")
    assert [word for word in made.stdout.split() if word.startswith("out/")] == [
        "out/daily/2026-11-21-daily.json",
        "out/weekly/2026-11-21-weekly.json",
    ]
    assert "evening is not due" in made.stderr
    text = "".join(mail.read_text() for mail in (home / "mails").iterdir())
    assert ("To: day@example.org" in text, "To: week@example.org" in text) == (True, True)
    issue = "out/weekly/2026-11-21-weekly.json"
    assert json.loads(Path(issue).read_text())["title"] == "The week"
    assert run("verify", issue).exit_code == 0
    assert "lead" in run("explain", "2026-11-21-weekly").stdout
    (home / "list.txt").write_text("")
    assert "changes nothing" in run("edit", "2026-11-21-weekly", "--list", "list.txt").stderr
    again = run("run", "--again", "2026-11-21-weekly")
    assert again.stdout.split() == [issue]
    dry = run("send", issue, "--dry-run")
    assert (dry.exit_code, "week" in dry.stdout) == (0, True)


def test_one_edition_is_made_by_its_name(run: Run, home: Path) -> None:
    """A name that none has is answered with those there are."""
    file = home / "digest.toml"
    file.write_text(file.read_text() + EDITIONS)
    (home / "inbox" / "a.txt").write_text(FERRY)
    made = run("run", "--edition", "evening", "--date", "2026-11-20")
    assert made.stdout.split()[-1:] == ["out/evening/2026-11-20-evening.json"]
    wrong = run("run", "--edition", "nightly")
    assert (wrong.exit_code, "daily, weekly, evening" in wrong.stderr) == (2, True)


def test_a_day_without_news_is_not_used_up(run: Run, home: Path) -> None:
    """What comes later on the same day makes a further issue."""
    assert run("run", "--date", "2026-11-21").exit_code == 0
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    assert run("run", "--date", "2026-11-21").exit_code == 0
    told = [file.read_text() for file in (home / "out").glob("2026-11-21*.json")]
    assert sum("ferry" in text.lower() for text in told) == 1
    before = sorted((home / "out").iterdir())
    assert run("run", "--date", "2026-11-21").exit_code == 0
    assert sorted((home / "out").iterdir()) == before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_calendar_has_ends(run: Run, home: Path, day: str) -> None:
    """The first and the last day of it have their issues like any other."""
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    assert run("run", "--date", day).exit_code == 0
    assert (home / "out" / f"{day}.json").exists()


def test_one_file_of_a_folder_that_cannot_be_read_costs_itself(run: Run, home: Path) -> None:
    """It is named; the files before and after it are told."""
    (home / "inbox" / "b.txt").write_text(FERRY)
    for name in ("a.txt", "c.txt"):
        os.mkfifo(home / "inbox" / name)
    result = run("run", "--date", "2026-11-21")
    assert result.exit_code == 10
    assert "a.txt: a pipe or a device" in result.stderr
    assert "c.txt: a pipe or a device" in result.stderr
    assert "ferry" in (home / "out" / "2026-11-21.json").read_text().lower()


@pytest.mark.parametrize(
    ("word", "days"), [("yesterday", -1), ("today", 0), ("Tomorrow", 1), (" today ", 0)]
)
def test_a_day_can_be_named_by_a_word(word: str, days: int) -> None:
    """Seen from the day that it is where the digest is made."""
    today = datetime.date(2026, 3, 1)
    assert day_named(word, today=today) == today + datetime.timedelta(days=days)
    assert day_named(None, today=today) == today


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_a_day_beyond_the_calendar_is_refused(day: datetime.date) -> None:
    word = "yesterday" if day == datetime.date.min else "tomorrow"
    with pytest.raises(ConfigError, match="no such day"):
        day_named(word, today=day)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["sumarize"], "Did you mean 'summarize'?"),
        (["Doctor"], "Did you mean 'doctor'?"),
        (["feeds", "imprt"], "Did you mean 'import'?"),
        (["outbox", "list all"], "Did you mean 'list'?"),
        (["xyz"], "The commands are archive, "),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest(
    run: Run, typed: list[str], said: str
) -> None:
    result = run(*typed)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.usefixtures("home")
def test_a_search_without_a_hit_says_so(run: Run) -> None:
    """On stderr: a program that reads the hits gets none."""
    run("run", "--date", "2026-11-21")
    for words, said in (("search", "no article has"), ("list", "no articles yet")):
        result = run("articles", words, *(["zeppelin"] if words == "search" else []))
        assert (result.exit_code, result.stdout) == (0, "")
        assert said in result.stderr


def test_one_cause_of_many_failures_is_told_once(run: Run, home: Path) -> None:
    """By the run, the doctor and the check of the feeds; the sources are counted and some are named."""
    names = [f"folder{number}" for number in range(80)]
    sources = "".join(f'[[sources]]\nlocation = "{name}"\n' for name in names)
    (home / "digest.toml").write_text(f'store = "store.sqlite"\n{sources}')
    told = "80 sources: no such file (folder0, folder1, folder10 and 77 more)"
    for command in (["run"], ["doctor"], ["feeds", "check"]):
        result = run(*command)
        assert (result.stdout + result.stderr).count(told) == 1
        assert "folder5" not in result.stdout + result.stderr


def test_a_folder_says_what_it_has(run: Run, home: Path) -> None:
    """Nothing yet, files that are read, or none of a kind that is."""
    assert "well  source: inbox: empty: it waits" in run("doctor").stdout
    for name in ("a.docx", "b.docx", "c.rar", ".hidden"):
        (home / "inbox" / name).write_bytes(b"PK")
    result = run("doctor")
    assert result.exit_code == 10
    assert "wrong source: inbox: no file of a kind that is read, but .docx, .rar\n" in result.stdout
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    assert "well  source: inbox: 1 file\n" in run("doctor").stdout


def test_the_doctor_counts_in_words(run: Run, home: Path) -> None:
    (home / "inbox" / "ferry.txt").write_text(FERRY)
    run("run", "--date", "2026-11-21")
    (home / "inbox" / "pears.txt").write_text(PEARS)
    run("run", "--date", "2026-11-21")
    said = run("doctor", "--offline").stdout
    assert "1 issue, the last of 2026-11-21; 1 article waits" in said


@pytest.mark.parametrize(
    ("options", "sources", "output"),
    [
        (["--sources", "science"], 6, "out"),
        (["--sources", "list.opml", "--to", "paper"], 2, "paper"),
        (["--sources", "pages", "--to", "Me <me@example.org>"], 2, "out"),
    ],
)
def test_init_takes_what_when_and_where_to(
    options: list[str],
    sources: int,
    output: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A theme, a list of feeds or a folder; it ends with the command for the first issue."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "list.opml").write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    )
    done = run("init", "new", "--at", "6:45", *options)
    assert done.stdout == "new/digest.toml\n"
    assert "`digest run --config new/digest.toml` makes the first issue" in done.stderr
    assert "--at 6:45" in done.stderr
    config = load_config(tmp_path / "new" / "digest.toml")
    assert (len(config.sources), config.output) == (sources, output)
    if "pages" in options:
        assert config.sources[-1].location == str(tmp_path / "pages")
        assert config.mail is not None
        assert config.mail.to == ("me@example.org",)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--sources", "nowhere"], "the themes are world, business"),
        (["--at", "25:00"], "--at 25:00: it must be a time of day"),
        (["--to", "me@"], "--to me@: not a mail address"),
    ],
)
def test_init_writes_nothing_where_an_answer_is_wrong(
    options: list[str], said: str, run: Run, tmp_path: Path
) -> None:
    result = run("init", tmp_path / "new", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("theme", STARTERS)
def test_a_theme_has_several_outlets(theme: str) -> None:
    """Each by an address of its own: a story needs two to be told by several."""
    assert len(set(STARTERS[theme].values())) == len(STARTERS[theme]) >= 4
    assert all(url.startswith("https://") for url in STARTERS[theme].values())


def test_the_doctor_says_what_comes_first(run: Run, home: Path) -> None:
    """Where there is no configuration, or no source in it."""
    (home / "digest.toml").write_text('store = "store.sqlite"')
    assert "no sources; `digest feeds add`" in run("doctor", "--offline").stdout
    (home / "digest.toml").unlink()
    assert "none here; `digest init` writes one" in run("doctor", "--offline").stdout

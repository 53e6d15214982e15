"""`digest outbox` and `digest unsubscribe`, on the command line."""

import json
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
A, B = "a@example.org", "b@example.org"


@pytest.fixture
def issue(run: Run, inbox: Path, tmp_path: Path) -> Path:
    """The briefing of one example page, as JSON."""
    run("build", inbox / "03-clean.txt", "-o", tmp_path, "--name", "issue", "--format", "json")
    return tmp_path / "issue.json"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration that writes the mails into a folder."""
    file = tmp_path / "digest.toml"
    file.write_text(
        f'[mail]\nfrom = "digest@example.com"\nto = ["{A}", "{B}"]\n'
        'deliver = "file"\nfolder = "mail"\nunsubscribe_mailto = "leave@example.com"\n'
    )
    return file


@pytest.fixture
def waiting(run: Run, issue: Path, config: Path) -> None:
    """Two mails in the outbox, for a server that is not there."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    sent = run("send", issue, "--config", config, "--smtp", f"127.0.0.1:{port}")
    assert sent.exit_code == 75
    assert "2 waiting" in sent.stdout


def test_the_recipients_of_the_configuration_are_served(
    run: Run, issue: Path, config: Path
) -> None:
    """Once; a rerun sends nothing."""
    first = run("send", issue, "--config", config)
    assert (first.exit_code, first.stdout) == (0, "2 sent\n")
    files = sorted((config.parent / "mail").iterdir())
    assert len(files) == 2
    for file in files:
        file.unlink()
    assert run("send", issue, "--config", config).exit_code == 0
    assert list((config.parent / "mail").iterdir()) == []


def test_an_edition_of_the_same_articles_has_its_own_mails(
    run: Run, issue: Path, config: Path
) -> None:
    """The JSON of two editions may be the same; each goes to everyone once."""
    text = issue.read_bytes()
    for name in ("2026-11-21-daily", "2026-11-21-weekly", "2026-11-21-weekly"):
        file = issue.with_name(f"{name}.json")
        file.write_bytes(text)
        assert run("send", file, "--config", config).exit_code == 0
    assert len(list((config.parent / "mail").iterdir())) == 4


def test_an_empty_outbox_says_so(run: Run, config: Path) -> None:
    """On stderr: a program that reads the list gets none."""
    listed = run("outbox", "list", "--config", config)
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "nothing waits" in listed.stderr


def test_nobody_to_send_to_is_one_line(run: Run, issue: Path, config: Path, tmp_path: Path) -> None:
    """A line says what to do."""
    run("send", issue, "--config", config)
    (tmp_path / "other.toml").write_text('[mail]\nfrom = "digest@example.com"\n')
    sent = run("send", "--config", tmp_path / "other.toml")
    assert sent.exit_code == 2
    assert sent.stderr.count("\n") == 1
    assert "name recipients in [mail]" in sent.stderr


@pytest.mark.usefixtures("waiting")
def test_the_outbox_is_listed(run: Run) -> None:
    """What waits, with the reason; in JSON for programs."""
    listed = run("outbox", "list")
    assert listed.exit_code == 0
    assert [line.split()[:3] for line in listed.stdout.splitlines()] == [
        ["1", "DEFERRED", A],
        ["2", "DEFERRED", B],
    ]
    assert "refused" in listed.stdout
    rows = [
        json.loads(line) for line in run("outbox", "list", "--format", "jsonl").stdout.splitlines()
    ]
    assert [row["state"] for row in rows] == ["DEFERRED", "DEFERRED"]


@pytest.mark.usefixtures("waiting")
def test_what_waits_is_retried(run: Run, config: Path) -> None:
    """Then nothing is left in the list but with --all."""
    assert run("outbox", "retry", "--config", config).stdout == "2 sent\n"
    assert run("outbox", "list").stdout == ""
    assert run("outbox", "list", "--all").stdout.count("SENT") == 2


@pytest.mark.usefixtures("waiting")
def test_what_waits_is_dropped(run: Run, issue: Path, config: Path) -> None:
    """By number or all; a rerun does not send it."""
    assert run("outbox", "drop", "1").stdout == "1 dropped\n"
    assert run("outbox", "drop").exit_code == 2
    assert run("outbox", "drop", "--all").stdout == "1 dropped\n"
    assert run("send", issue, "--config", config).stdout.startswith("2 dropped")


def test_a_retry_needs_a_server(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says where it is named."""
    monkeypatch.chdir(tmp_path)
    result = run("outbox", "retry")
    assert result.exit_code == 2
    assert "[mail]" in result.stderr


def test_an_unsubscribed_address_is_not_mailed(run: Run, issue: Path, config: Path) -> None:
    """By its address or by its token."""
    assert run("unsubscribe", A).exit_code == 0
    assert run("send", issue, "--config", config).stdout == "1 sent\n"
    (file,) = (config.parent / "mail").iterdir()
    token = file.read_text().partition("?subject=")[2].partition(">")[0]
    result = run("unsubscribe", token)
    assert (result.exit_code, result.stdout) == (0, f"{B} is not mailed any more\n")
    assert run("unsubscribe", "nonsense").exit_code == 2


def test_a_test_goes_to_one_address(run: Run, issue: Path, config: Path) -> None:
    """And the subscribers get the issue all the same."""
    assert run("send", issue, "--config", config, "--test", "me@example.org").exit_code == 0
    (file,) = (config.parent / "mail").iterdir()
    assert "\nSubject: Test: " in file.read_text()
    assert run("send", issue, "--config", config).stdout == "2 sent\n"


def test_a_dry_run_sends_nothing(run: Run, issue: Path, config: Path) -> None:
    """The files are what would be sent; the outbox stays empty."""
    result = run("send", issue, "--config", config, "--dry-run")
    assert result.exit_code == 0
    assert all(Path(line).read_bytes().startswith(b"From: ") for line in result.stdout.splitlines())
    assert run("outbox", "list", "--all").stdout == ""


def test_nobody_to_send_to_is_an_error(
    run: Run, issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says where recipients are named."""
    monkeypatch.chdir(tmp_path)
    result = run("send", issue)
    assert result.exit_code == 2
    assert "--to" in result.stderr

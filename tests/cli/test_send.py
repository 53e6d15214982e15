"""`digest send`, to a real server on loopback."""

import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from click.testing import Result

Run = Callable[..., Result]


class Inbox:
    """Keeps every mail, and refuses the address that it is told to."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: object, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: N802
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Inbox, str]]:
    """A server, and its HOST:PORT."""
    inbox = Inbox()
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, f"127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def issue(run: Run, inbox: Path, tmp_path: Path) -> Path:
    """The briefing of the example pages, as JSON."""
    run(
        "build",
        inbox,
        "-o",
        tmp_path,
        "--name",
        "issue",
        "--format",
        "json",
        "--date",
        "2026-11-21",
    )
    return tmp_path / "issue.json"


def test_each_recipient_gets_one_mail_with_text_and_html(
    run: Run, issue: Path, server: tuple[Inbox, str]
) -> None:
    """Plain text first, and each mail names its one recipient."""
    inbox, address = server
    result = run("send", issue, "--to", "a@example.org", "--to", "b@example.org", "--smtp", address)
    assert result.exit_code == 0
    assert [recipients for _, recipients, _ in inbox.mails] == [
        ["a@example.org"],
        ["b@example.org"],
    ]
    message = email.message_from_bytes(inbox.mails[0][2], policy=email.policy.default)
    assert message["To"] == "a@example.org"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Alibaba" in message.get_body(("plain",)).get_content()


def test_a_refused_recipient_is_named_and_the_others_served(
    run: Run, issue: Path, server: tuple[Inbox, str]
) -> None:
    """Exit code 76, as trying again cannot help."""
    inbox, address = server
    result = run(
        "send", issue, "--to", "nobody@example.org", "--to", "b@example.org", "--smtp", address
    )
    assert result.exit_code == 76
    assert "nobody@example.org" in result.stderr
    assert [recipients for _, recipients, _ in inbox.mails] == [["b@example.org"]]


def test_a_server_that_is_not_there_defers(run: Run, issue: Path) -> None:
    """Exit code 75, as a rerun can help."""
    assert run("send", issue, "--to", "a@example.org", "--smtp", "127.0.0.1:1").exit_code == 75


def test_a_dry_run_writes_the_mail_and_sends_nothing(run: Run, issue: Path) -> None:
    """The file is beside the issue, and is the same each time but for its date."""
    path = Path(run("send", issue, "--to", "a@example.org", "--dry-run").stdout.strip())
    first = undated(path)
    assert path.parent == issue.parent
    run("send", issue, "--to", "a@example.org", "--dry-run")
    assert undated(path) == first


def undated(path: Path) -> list[bytes]:
    return [row for row in path.read_bytes().split(b"\r\n") if not row.startswith(b"Date: ")]


@pytest.mark.parametrize("smtp", ["host:port", "host:0", "host:99999", ":"])
def test_a_wrong_server_address_is_a_usage_error(run: Run, issue: Path, smtp: str) -> None:
    """The error shows the form."""
    result = run("send", issue, "--to", "a@example.org", "--smtp", smtp)
    assert result.exit_code == 2
    assert "HOST:PORT" in result.stderr


def test_a_user_name_without_tls_is_refused(run: Run, issue: Path) -> None:
    """A password is never sent in the clear."""
    options = ("--to", "a@example.org", "--user", "me", "--security", "none")
    result = run("send", issue, *options, "--smtp", "127.0.0.1:1")
    assert result.exit_code == 2
    assert "starttls" in result.stderr


@pytest.mark.parametrize(
    "recipient", ["no-at-sign", "a@b\r\nBcc: c@example.org", "@example.org", ""]
)
def test_a_bad_address_is_named_in_one_line(
    run: Run, issue: Path, server: tuple[Inbox, str], recipient: str
) -> None:
    """Nothing is sent to it, and the exit code says that a person must look."""
    inbox, address = server
    result = run("send", issue, "--to", recipient, "--smtp", address)
    assert result.exit_code in (2, 76)
    assert len(result.stderr.strip().splitlines()) == 1
    assert inbox.mails == []

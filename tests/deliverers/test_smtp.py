"""Mails are handed to a real server on loopback; what it says decides between 75 and 76."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from digest.deliverers import SmtpDeliverer
from digest.errors import ConfigError, DeliveryError

MESSAGE = b"From: a@example.com\r\nTo: b@example.org\r\nSubject: x\r\n\r\nOne.\r\n.\r\nTwo.\r\n"


class Inbox:
    """A server's handler that keeps what it gets, and answers as it is told."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.envelopes: list[Any] = []

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: object, envelope: Any, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: object, envelope: Any, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.get("data", "250 OK")
        if answer.startswith("250"):
            self.envelopes.append(envelope)
        return answer


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Inbox, SmtpDeliverer]]]:
    """Start a server that answers as told, and return its inbox and a deliverer for it."""
    controllers = []

    def start(**answers: str) -> tuple[Inbox, SmtpDeliverer]:
        inbox = Inbox(**answers)
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            port = probe.getsockname()[1]
        controller = Controller(inbox, hostname="127.0.0.1", port=port)
        controller.start()
        controllers.append(controller)
        return inbox, SmtpDeliverer(host="127.0.0.1", port=port, timeout_s=5)

    yield start
    for controller in controllers:
        controller.stop()


Serve = Callable[..., tuple[Inbox, SmtpDeliverer]]


def test_a_mail_arrives_as_it_was_built(serve: Serve) -> None:
    """The bytes, the envelope, and nothing else."""
    inbox, deliver = serve()
    deliver(MESSAGE, "a@example.com", "B Reader <b@example.org>")
    (envelope,) = inbox.envelopes
    assert envelope.content == MESSAGE
    assert (envelope.mail_from, envelope.rcpt_tos) == ("a@example.com", ["b@example.org"])


@pytest.mark.parametrize(
    ("answers", "temporary"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, False),
        ({"rcpt": "450 4.2.1 try later"}, True),
        ({"mail": "553 5.1.8 not you"}, False),
        ({"mail": "451 4.3.0 busy"}, True),
        ({"data": "554 5.7.1 spam"}, False),
        ({"data": "452 4.3.1 disk full"}, True),
    ],
)
def test_the_server_s_answer_decides(
    serve: Serve, answers: dict[str, str], temporary: bool
) -> None:
    """4xx can be tried again, 5xx needs a person; the error has the server's own words."""
    inbox, deliver = serve(**answers)
    with pytest.raises(DeliveryError) as caught:
        deliver(MESSAGE, "a@example.com", "b@example.org")
    assert caught.value.temporary is temporary
    assert caught.value.exit_code == (75 if temporary else 76)
    assert " ".join(answers.values()).split(" ", 1)[1] in str(caught.value)
    assert caught.value.target == "b@example.org"
    assert inbox.envelopes == []


def test_a_server_that_is_not_there_can_be_tried_again() -> None:
    """Nobody listens: a temporary failure that names the server."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(DeliveryError, match=f"127.0.0.1:{port}") as caught:
        SmtpDeliverer(host="127.0.0.1", port=port)(MESSAGE, "a@example.com", "b@example.org")
    assert caught.value.temporary


def test_a_server_that_says_nothing_is_left() -> None:
    """The time-out bounds the wait."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        deliver = SmtpDeliverer(host="127.0.0.1", port=silent.getsockname()[1], timeout_s=0.2)
        with pytest.raises(DeliveryError, match="timed out") as caught:
            deliver(MESSAGE, "a@example.com", "b@example.org")
    assert caught.value.temporary


def test_tls_that_is_required_and_missing_is_refused(serve: Serve) -> None:
    """Nothing is sent in the clear instead."""
    inbox, plain = serve()
    deliver = SmtpDeliverer(host=plain.host, port=plain.port, starttls=True, timeout_s=5)
    with pytest.raises(DeliveryError, match="STARTTLS") as caught:
        deliver(MESSAGE, "a@example.com", "b@example.org")
    assert not caught.value.temporary
    assert inbox.envelopes == []


def test_a_password_needs_tls_and_is_never_shown() -> None:
    """AUTH in the clear is refused before a connection is made."""
    with pytest.raises(ConfigError, match="TLS") as caught:
        SmtpDeliverer(host="h", port=25, username="u", password="hunter2")
    assert "hunter2" not in str(caught.value)
    deliver = SmtpDeliverer(host="h", port=25, username="u", password="hunter2", starttls=True)
    assert "hunter2" not in repr(deliver)


def test_an_address_that_is_none_reaches_no_server() -> None:
    """The envelope is checked before connecting."""
    deliver = SmtpDeliverer(host="127.0.0.1", port=9)
    with pytest.raises(DeliveryError, match="control characters"):
        deliver(MESSAGE, "a@example.com", "b@example.org>\r\nRCPT TO:<c@example.org")


class Clerk:
    """Lets one user in."""

    def __call__(
        self, _server: SMTP, _session: object, _envelope: object, _mechanism: str, data: Any
    ) -> AuthResult:
        known = (data.login, data.password) == (b"reader", b"hunter2")
        return AuthResult(success=known, handled=False)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for 127.0.0.1 that nobody has signed but itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    path = tmp_path / "server.pem"
    subprocess.run(
        [
            *(program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(path), "-out", str(tmp_path / "ca.pem")),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + (tmp_path / "ca.pem").read_bytes())
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Inbox, int]]:
    """Start a server that wants STARTTLS and a login; return its inbox and port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    inbox = Inbox()
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=Clerk(),
    )
    controller.start()
    yield inbox, port
    controller.stop()


def deliverer(port: int, password: str = "hunter2", host: str = "localhost") -> SmtpDeliverer:
    return SmtpDeliverer(
        host=host, port=port, starttls=True, username="reader", password=password, timeout_s=5
    )


def test_a_login_goes_over_tls(
    secure: tuple[Inbox, int], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a certificate that is trusted, the mail arrives."""
    inbox, port = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("ca.pem")))
    deliverer(port)(MESSAGE, "a@example.com", "b@example.org")
    assert len(inbox.envelopes) == 1


def test_a_wrong_password_needs_a_person(
    secure: tuple[Inbox, int], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """535 is permanent, and the error does not repeat the password."""
    inbox, port = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("ca.pem")))
    with pytest.raises(DeliveryError, match="535") as caught:
        deliverer(port, "opensesame")(MESSAGE, "a@example.com", "b@example.org")
    assert not caught.value.temporary
    assert "opensesame" not in str(caught.value)
    assert inbox.envelopes == []


@pytest.mark.parametrize("trusted", [False, True])
def test_a_certificate_that_proves_nothing_is_refused(
    secure: tuple[Inbox, int], certificate: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    """Signed by nobody we know, or for another host: no password is sent, and a person must look."""
    inbox, port = secure
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("ca.pem")))
    deliver = deliverer(port, host="127.0.0.1" if trusted else "localhost")
    with pytest.raises(DeliveryError, match=r"no safe TLS.*certificate") as caught:
        deliver(MESSAGE, "a@example.com", "b@example.org")
    assert not caught.value.temporary
    assert inbox.envelopes == []

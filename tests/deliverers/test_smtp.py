"""Mails are handed to a real server on loopback; what it says decides between 75 and 76."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

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

"""Servers whose answers are fuzzed: what was given is all that they ever say."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from digest.delivery.channels import Envelope, SessionError
from digest.delivery.smtp import SmtpServer
from digest.errors import FetchError
from digest.fetch import Request

PASSWORD = "geheim-7"
_GOOD = (
    b"220 hi\r\n250-hi\r\n250-SIZE 1000000\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN\r\n235 ok\r\n"
    b"250 ok\r\n250 ok\r\n354 go on\r\n250 taken\r\n221 bye\r\n"
)
_MAIL = Envelope(
    sender="d@example.org",
    recipient="a@example.org",
    key="<1@example.org>",
    payload=b"Subject: x\r\n\r\nThe ferry runs.\r\n",
)


class _OpenServer(SmtpServer):
    """Logs in without TLS, which nothing else may."""

    def __post_init__(self) -> None:
        """Refuse nothing."""


def smtp(data: bytes) -> str:
    """Hand a mail to a server that says `data`; nothing it says may hold the password."""
    with _saying(data) as port:
        server = _OpenServer(
            host="127.0.0.1",
            port=port,
            security="none",
            user="me",
            password=PASSWORD,
            timeout_s=0.3,
            data_timeout_s=0.3,
        )
        with server.session() as session:
            try:
                outcome = session(_MAIL, lambda: True)
            except SessionError as error:
                told = str(error)
            else:
                told = outcome.answer if outcome else ""
    return "repeats the password" if PASSWORD in told else ""


def smtp_seeds() -> list[bytes]:
    """Conversations that go well, and some that do not."""
    challenge = _GOOD.replace(b"235 ok", b"334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n235 ok")
    return [
        _GOOD,
        challenge.replace(b"AUTH PLAIN LOGIN", b"AUTH LOGIN"),
        challenge.replace(b"AUTH PLAIN LOGIN", b"AUTH CRAM-MD5"),
        _GOOD.replace(b"235 ok", b"535 no geheim-7 here"),
        _GOOD.replace(b"250 taken", b"451 later"),
        _GOOD.replace(b"354 go on", b"421 bye"),
    ]


def http(data: bytes) -> str:
    """Fetch an address whose server answers `data`."""
    from digest.fetch import HttpFetcher

    with _saying(data) as port:
        fetch = HttpFetcher(allow_private=True, timeout_s=0.5)
        with suppress(FetchError):
            response = fetch.get(Request(url=f"http://127.0.0.1:{port}/", etag='"1"'))
            f"{response.url}{response.etag}{response.moved_to}".encode()
            if len(response.content) > 32 << 20:
                return "more than is read of a body"
    return ""


def http_seeds() -> list[bytes]:
    """Answers of the usual kinds."""
    import gzip

    packed = gzip.compress(b"The ferry runs. " * 50)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    return [
        head + b"Content-Length: 5\r\n\r\nhello",
        head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        head + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed,
        b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n",
        b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n',
        b"HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\nhello",
    ]


@contextmanager
def _saying(data: bytes) -> Iterator[int]:
    """Listen on loopback and say `data` to whoever connects, without listening to them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_talk, args=(listener, data), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _talk(listener: socket.socket, data: bytes) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.settimeout(0.3)
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65_536):
                    pass

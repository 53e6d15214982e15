"""Servers that fail as they are told, a small issue, and a store to send it from."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from digest.delivery.dispatch import Delivery, deliver_issue
from digest.delivery.options import MailConfig
from digest.models import Digest, Statistics
from digest.store import locked, open_store, outbox

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
ISSUE = Digest("The daily digest", date(2026, 11, 21), statistics=Statistics(sources=4))

CLOSE = "close"
HANG = "hang"
STORE_AND_CLOSE = "store and close"
STORE_AND_HANG = "store and hang"
DRIP = "drip"

Answer = str | bytes | Callable[[int, str], str | None] | None
"""What to say instead of yes: words, or a function of how often it was asked and of the line."""


@dataclass
class FaultyServer:
    """A mail server on loopback that keeps what it takes; each step can be told to go wrong."""

    greeting: Answer = None
    ehlo: Answer = None
    helo: Answer = None
    starttls: Answer = None
    auth: Answer = None
    mail: Answer = None
    rcpt: Answer = None
    data: Answer = None
    body: Answer = None
    """Said, or done, after 100 bytes of the mail."""
    end: Answer = None
    rset: Answer = None
    quit: Answer = None
    features: tuple[str, ...] = ("SIZE 10485760", "SMTPUTF8", "8BITMIME")
    kept: list[tuple[str, bytes]] = field(default_factory=list)
    """What was taken: recipient and bytes."""
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _asked: dict[str, int] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator["FaultyServer"]:
        """Listen until the block ends."""
        with closing(socket.create_server(("127.0.0.1", 0))) as listener:
            self.port = listener.getsockname()[1]
            thread = threading.Thread(target=self._serve, args=(listener,), daemon=True)
            thread.start()
            yield self
            self._over.set()
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                pass
            thread.join(5)

    def heal(self) -> None:
        """From now on everything goes well."""
        steps = ("greeting", "ehlo", "helo", "mail", "rcpt", "data", "body", "end", "rset", "quit")
        for step in steps:
            setattr(self, step, None)
        self.features = ("SIZE 10485760", "SMTPUTF8", "8BITMIME")

    def ids(self, recipient: str) -> list[str]:
        """Return the Message-IDs of what was taken for a recipient."""
        return [
            str(message_from_bytes(content)["Message-ID"])
            for whom, content in self.kept
            if whom == recipient
        ]

    def _serve(self, listener: socket.socket) -> None:
        while not self._over.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with closing(connection), suppress(OSError, _GoneError):
            connection.settimeout(20)
            file = connection.makefile("rb")
            self._say(connection, "greeting", "", "220 fault.test ESMTP")
            recipient = ""
            while line := file.readline():
                text = line.decode("utf-8", "replace").strip()
                self.commands.append(text)
                verb = text[:4].lower()
                if verb == "ehlo":
                    features = [f"250-{one}" for one in self.features]
                    self._say(
                        connection, "ehlo", text, "\r\n".join(("250-hi", *features, "250 HELP"))
                    )
                elif verb == "rcpt":
                    recipient = text.partition("<")[2].partition(">")[0]
                    self._say(connection, "rcpt", text, "250 ok")
                elif verb == "data":
                    if self._say(connection, "data", text, "354 go on"):
                        self._take(connection, file, recipient)
                elif verb == "quit":
                    self._say(connection, "quit", text, "221 bye")
                    return
                else:
                    step = {"star": "starttls"}.get(verb, verb)
                    self._say(connection, step, text, "250 ok")

    def _take(self, connection: socket.socket, file: Any, recipient: str) -> None:
        rows = []
        while (row := file.readline()) != b".\r\n":
            if not row:
                raise _GoneError
            rows.append(row[1:] if row.startswith(b".") else row)
            if self.body is not None and len(rows) == 5:
                self._say(connection, "body", recipient, "")
        if self._say(connection, "end", recipient, "250 taken", content=b"".join(rows)):
            self.kept.append((recipient, b"".join(rows)))

    def _say(
        self, connection: socket.socket, step: str, line: str, usual: str, content: bytes = b""
    ) -> bool:
        """Answer, and return whether it was a yes."""
        told = getattr(self, step, None)
        if callable(told):
            self._asked[step] = self._asked.get(step, 0) + 1
            told = told(self._asked[step], line)
        if told in (STORE_AND_CLOSE, STORE_AND_HANG):
            self.kept.append((line, content))
        if told in (CLOSE, STORE_AND_CLOSE):
            connection.shutdown(socket.SHUT_RDWR)
            raise _GoneError
        if told in (HANG, STORE_AND_HANG):
            self._over.wait(10)
            raise _GoneError
        if told == DRIP:
            for byte in b"250-" + b"x" * 400:
                connection.send(bytes([byte]))
                if self._over.wait(0.05):
                    break
            raise _GoneError
        said = usual if told is None else told
        if said:
            connection.sendall(said if isinstance(said, bytes) else f"{said}\r\n".encode())
        return told is None or (isinstance(told, str) and told[:1] in ("2", "3"))


class _GoneError(Exception):
    """The conversation is over."""


@dataclass
class Post:
    """Sends an issue from a store of its own, as often as it is told."""

    folder: Path
    server: FaultyServer
    lines: list[str] = field(default_factory=list)
    now: datetime = NOW
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        """The file of the store."""
        return self.folder / "store.sqlite"

    def mail(self, *recipients: str, **options: Any) -> MailConfig:
        """Return a configuration for the server, with time-outs that a busy machine keeps."""
        known: dict[str, Any] = {
            "sender": "digest@example.com",
            "to": recipients,
            "host": "127.0.0.1",
            "port": self.server.port,
            "timeout": 10,
            "data_timeout": 10,
        }
        return MailConfig(**(known | self.options | options))

    def send(self, *recipients: str, issue: str = "issue", **options: Any) -> Delivery:
        """Send the issue; what is reported is kept in `lines`."""
        with locked(self.store), open_store(self.store) as store:
            return deliver_issue(
                store,
                replaced(ISSUE, title=f"The daily digest, {issue}"),
                issue,
                self.mail(*recipients, **options),
                now=self.now,
                report=self.lines.append,
            )

    def later(self, **units: float) -> None:
        """Let time pass."""
        self.now += timedelta(**units)

    def states(self) -> dict[str, str]:
        """Return each recipient's state."""
        with open_store(self.store) as store:
            return {row.recipient: row.state for row in outbox.rows(store, everything=True)}

    def row(self, recipient: str) -> outbox.Row:
        """Return a recipient's row."""
        with open_store(self.store) as store:
            rows = outbox.rows(store, everything=True)
        return next(row for row in rows if row.recipient == recipient)


@pytest.fixture
def faulty() -> Iterator[Callable[..., FaultyServer]]:
    """Start a server that goes wrong as it is told."""
    with ExitStack() as stack:
        yield lambda **faults: stack.enter_context(FaultyServer(**faults).running())


@pytest.fixture
def post(tmp_path: Path, faulty: Callable[..., FaultyServer]) -> Callable[..., Post]:
    """Return what sends to a server with the given faults."""

    def make(options: dict[str, Any] | None = None, **faults: Any) -> Post:
        return Post(tmp_path, faulty(**faults), options=dict(options or {}))

    return make


@pytest.fixture
def good(post: Callable[..., Post]) -> Post:
    """A post whose server does everything right."""
    return post()


__all__ = ["CLOSE", "DRIP", "HANG", "ISSUE", "NOW", "STORE_AND_CLOSE", "STORE_AND_HANG"]

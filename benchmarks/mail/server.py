"""A mail server on loopback that takes everything and remembers it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes


@dataclass
class Server:
    """What was taken, as (recipient, bytes)."""

    port: int = 0
    kept: list[tuple[str, bytes]] = field(default_factory=list)
    after: dict[int, Callable[[], None]] = field(default_factory=dict)
    """What happens once so many mails were taken, before the server says so."""

    def counts(self) -> dict[str, int]:
        """Return how many mails each recipient has."""
        found: dict[str, int] = {}
        for recipient, _ in self.kept:
            found[recipient] = found.get(recipient, 0) + 1
        return found

    def message_ids(self, recipient: str) -> set[str]:
        """Return the Message-IDs of a recipient's mails."""
        mails = (message_from_bytes(content) for whom, content in self.kept if whom == recipient)
        return {str(mail["Message-ID"]) for mail in mails}

    def _talk(self, connection: socket.socket) -> None:
        with closing(connection), suppress(OSError):
            file = connection.makefile("rb")
            connection.sendall(b"220 loopback ESMTP\r\n")
            recipient = ""
            while line := file.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    connection.sendall(b"250-loopback\r\n250-SMTPUTF8\r\n250 SIZE 10485760\r\n")
                elif verb == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    rows = []
                    while (row := file.readline()) and row != b".\r\n":
                        rows.append(row[1:] if row.startswith(b".") else row)
                    if not row:
                        return
                    self.kept.append((recipient, b"".join(rows)))
                    self.after.get(len(self.kept), lambda: None)()
                    connection.sendall(b"250 taken\r\n")
                elif verb == b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                else:
                    if verb == b"RCPT":
                        recipient = line.decode().partition("<")[2].partition(">")[0]
                    connection.sendall(b"250 ok\r\n")

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the block ends."""
    server = Server()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server._serve, args=(listener,), daemon=True)
        thread.start()
        yield server
        # Or the thread would go on listening, under a number that the next listener gets.
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()

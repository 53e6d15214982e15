"""Sockets that know what may still be spent on them: time until the deadline of the whole fetch, and bytes.

Each read is bounded by what is left of both, so that no thread has to watch over a connection.
"""

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from digest.fetch.deadlines import Deadline


class OverBudgetError(Exception):
    """A server sent more than can be of use."""


class Allowance:
    """What the reads from a socket may still take: time until the deadline, and bytes."""

    def __init__(self, deadline: Deadline, max_bytes: int) -> None:
        """Begin with all of it."""
        self.deadline = deadline
        self.left = max_bytes
        self.ended = False

    def spend(self, count: int) -> int:
        """Note that `count` bytes were read, and return it; 0 is the end. Raises `OverBudgetError`."""
        self.left -= count
        self.ended = count == 0
        if self.left < 0:
            raise OverBudgetError
        return count


class PlainSocket(socket.socket):
    """No read waits beyond the deadline of the whole fetch: a byte a second does not outlive it."""

    allowance: Allowance

    def recv_into(self, buffer, nbytes=0, flags=0):  # type: ignore[no-untyped-def]
        self.settimeout(self.allowance.deadline.remaining())
        return self.allowance.spend(super().recv_into(buffer, nbytes, flags))


class TlsSocket(ssl.SSLSocket):
    """The same over TLS."""

    allowance: Allowance

    def recv_into(self, buffer, nbytes=None, flags=0):  # type: ignore[no-untyped-def]
        self.settimeout(self.allowance.deadline.remaining())
        return self.allowance.spend(super().recv_into(buffer, nbytes, flags))


def tls_context(certificates: str = "") -> ssl.SSLContext:
    """Return a context that trusts what the system trusts, and the certificates of a PEM file besides."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if sys.platform != "win32" and not (paths.cafile or paths.capath):
        import certifi

        context.load_verify_locations(certifi.where())
    if certificates:
        context.load_verify_locations(certificates)
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = TlsSocket
    return context


@contextmanager
def dropped(sock: socket.socket) -> Iterator[None]:
    """Close a socket on leaving, whatever was left behind that reads from it: `close()` would wait for that."""
    try:
        yield
    finally:
        descriptor = sock.detach()
        if descriptor >= 0:
            socket.close(descriptor)

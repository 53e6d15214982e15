"""A fetcher, and the servers it asks."""

import socket
import ssl
from collections.abc import Iterator

import pytest
import trustme
from fault_server import Server

from digest.fetch import HttpFetcher


@pytest.fixture
def server() -> Iterator[Server]:
    """A server without TLS."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates here."""
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Server]:
    """A server with TLS, whose certificate is for `localhost`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    server = Server(context)
    yield server
    server.close()


@pytest.fixture
def fetch() -> HttpFetcher:
    """A fetcher that may ask the server."""
    return HttpFetcher(allow_private=True, timeout_s=10)


@pytest.fixture
def hasty() -> HttpFetcher:
    """A fetcher that soon loses its patience."""
    return HttpFetcher(allow_private=True, timeout_s=0.4)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that anything connects to, in order."""
    seen: list[str] = []
    connect = socket.socket.connect

    def recorded(sock: socket.socket, address: tuple[str, int]) -> None:
        seen.append(address[0])
        connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", recorded)
    return seen


@pytest.fixture
def certified(authority: trustme.CA) -> Iterator[HttpFetcher]:
    """A fetcher that trusts our authority."""
    with authority.cert_pem.tempfile() as path:
        yield HttpFetcher(allow_private=True, timeout_s=10, certificates=path)

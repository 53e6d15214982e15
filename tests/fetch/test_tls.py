"""https: only to a server whose certificate is trusted and for the name that was asked for."""

import dataclasses
import datetime
import socket
import ssl
import threading

import pytest
import trustme
from fault_server import Server, answer, drip

from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request

PAGE = b"<p>The ferry line reopened.</p>"


def test_a_trusted_server_is_read(secure: Server, certified: HttpFetcher) -> None:
    secure["/"] = answer(PAGE)
    assert certified.get(Request(url=secure.url("/", "localhost"))).content == PAGE
    assert f"Host: localhost:{secure.port}\r\n" in secure.requests[0]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_unknown_signer_is_not_trusted(secure: Server, fetch: HttpFetcher, host: str) -> None:
    with pytest.raises(FetchError, match="certificate is not trusted"):
        fetch.get(Request(url=secure.url("/", host)))
    assert not secure.requests


def test_a_certificate_for_another_name_is_not_trusted(
    secure: Server, certified: HttpFetcher
) -> None:
    with pytest.raises(FetchError, match="certificate is not trusted"):
        certified.get(Request(url=secure.url("/", "127.0.0.1")))
    assert not secure.requests


def test_an_expired_certificate_is_not_trusted(
    authority: trustme.CA, certified: HttpFetcher
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    authority.issue_cert("localhost", not_after=past).configure_cert(context)
    server = Server(context)
    with pytest.raises(FetchError, match="expired"):
        certified.get(Request(url=server.url("/", "localhost")))
    server.close()


def test_a_server_without_tls_is_not_read(fetch: HttpFetcher) -> None:
    """One that answers a handshake in words."""

    def greet() -> None:
        with listener.accept()[0] as connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(FetchError, match="no secure connection"):
            fetch.get(Request(url=f"https://127.0.0.1:{listener.getsockname()[1]}/"))


def test_the_deadline_holds_inside_tls(secure: Server, certified: HttpFetcher) -> None:
    secure["/"] = drip(answer(PAGE * 10))
    hasty = dataclasses.replace(certified, timeout_s=0.5)
    with pytest.raises(FetchError, match="no whole answer within"):
        hasty.get(Request(url=secure.url("/", "localhost")))


def test_the_deadline_holds_for_the_handshake(hasty: HttpFetcher) -> None:
    """A server that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(FetchError, match="no whole answer within"):
            hasty.get(Request(url=address))


def test_half_an_answer_inside_tls_is_not_used(secure: Server, certified: HttpFetcher) -> None:
    secure["/"] = answer(PAGE)[:-1]
    with pytest.raises(FetchError, match="broke off"):
        certified.get(Request(url=secure.url("/", "localhost")))


@pytest.mark.parametrize("said", [True, False])
def test_an_end_without_a_word_is_no_end(
    secure: Server, certified: HttpFetcher, said: bool
) -> None:
    """Where no length was promised, TLS says whether the answer is whole."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(answer(PAGE, length=False))
        if said:
            connection.unwrap()  # type: ignore[attr-defined]

    secure["/"] = behave
    request = Request(url=secure.url("/", "localhost"))
    if said:
        assert certified.get(request).content == PAGE
    else:
        with pytest.raises(FetchError, match="broke off"):
            certified.get(request)

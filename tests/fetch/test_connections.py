"""https only to servers of trusted certificates; what a server sends is a whole answer or one sentence."""

import contextlib
import dataclasses
import datetime
import gzip
import socket
import ssl
import threading
import zlib

import brotli
import pytest
import trustme
from fault_server import Behaviour, Server, answer, drip, flood
from hypothesis import given, settings
from hypothesis import strategies as st

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


TEXT = b"The ferry line reopened on Monday. " * 20
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunks(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return CHUNKED + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


def refusal(fetch: HttpFetcher, url: str, **known: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=url, **known))
    assert caught.value.source == url
    assert "\n" not in caught.value.reason
    return caught.value


@pytest.mark.parametrize(
    "sent",
    [
        answer(TEXT),
        answer(TEXT, length=False),
        chunks(TEXT),
        chunks(*(TEXT[i : i + 7] for i in range(0, len(TEXT), 7))),
        chunks(TEXT, end=b"0\r\nTrailer: x\r\n\r\n"),
        b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + answer(TEXT),
        answer(gzip.compress(TEXT), "Content-Encoding: gzip"),
        answer(gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]), "Content-Encoding: x-gzip"),
        answer(gzip.compress(TEXT) + b"\0\0\0", "Content-Encoding: GZIP"),
        answer(zlib.compress(TEXT), "Content-Encoding: deflate"),
        answer(zlib.compress(TEXT, wbits=-15), "Content-Encoding: deflate"),
        answer(brotli.compress(TEXT), "Content-Encoding: br"),
        answer(TEXT, "Content-Encoding: identity"),
        answer(TEXT, status="200"),
        answer(TEXT, "X: \xff\0\x01", "Folded: a\r\n b"),
        answer(TEXT) + b"more than was promised",
    ],
)
def test_a_whole_answer_is_read_however_it_is_sent(
    server: Server, fetch: HttpFetcher, sent: bytes
) -> None:
    server["/"] = sent
    assert fetch.get(Request(url=server.url("/"))).content == TEXT


BROKEN: dict[str, Behaviour] = {
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "shorter than promised": answer(TEXT)[:-1],
    "no last chunk": chunks(TEXT, end=b""),
    "half a chunk": chunks(TEXT)[:-30],
    "a chunk size in words": CHUNKED + b"many\r\n" + TEXT,
    "an endless chunk size": flood(CHUNKED, b"1"),
    "half a gzip": answer(gzip.compress(TEXT)[:-9], "Content-Encoding: gzip"),
    "half a deflate": answer(zlib.compress(TEXT)[:-5], "Content-Encoding: deflate"),
    "no deflate": answer(b"", "Content-Encoding: deflate"),
    "half a brotli": answer(brotli.compress(TEXT)[:-3], "Content-Encoding: br"),
    "not gzip": answer(TEXT, "Content-Encoding: gzip"),
    "not brotli": answer(TEXT, "Content-Encoding: br"),
    "not asked for": answer(TEXT, "Content-Encoding: zstd"),
    "compressed twice": answer(
        gzip.compress(gzip.compress(TEXT)), "Content-Encoding: gzip", "Content-Encoding: gzip"
    ),
    "two lengths": answer(TEXT, "Content-Length: 5"),
}
NOT_HTTP: dict[str, Behaviour] = {
    "HTTP/0.9": b"<html>The ferry line reopened on Monday.</html>",
    "NUL in the status": b"HTTP/1.1 2\x0000 OK\r\n\r\n",
    "no status": b"HTTP/1.1\r\n\r\n",
    "a status in words": b"HTTP/1.1 FINE\r\n\r\n",
    "another protocol": b"220 mail.example.org ESMTP\r\n",
    "an endless status": flood(b"HTTP/1.1 200 ", b"O"),
    "a header line of 20 MB": flood(b"HTTP/1.1 200 OK\r\nX: ", b"x", 20 * 1024 * 1024),
    "endless headers": flood(b"HTTP/1.1 200 OK\r\n", b"X: x\r\n"),
}
TOO_MUCH: dict[str, Behaviour] = {
    "endless": flood(b"HTTP/1.1 200 OK\r\n\r\n", TEXT),
    "endless chunks": flood(CHUNKED, b"400\r\n" + b"x" * 0x400 + b"\r\n"),
    "a negative chunk": flood(CHUNKED + b"-1\r\n", TEXT),
    "endless trailers": flood(CHUNKED + b"0\r\n", b"X: x\r\n"),
    "to be continued for ever": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a large promise": answer(TEXT, "Content-Length: 99999999999", length=False),
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN.keys())
def test_nothing_of_a_broken_answer_is_used(
    server: Server, fetch: HttpFetcher, sent: Behaviour
) -> None:
    server["/"] = sent
    assert "try again later" in refusal(fetch, server.url("/")).reason


@pytest.mark.parametrize("sent", NOT_HTTP.values(), ids=NOT_HTTP.keys())
def test_what_is_not_http_is_said_to_be_none(
    server: Server, fetch: HttpFetcher, sent: Behaviour
) -> None:
    server["/"] = sent
    assert refusal(fetch, server.url("/")).reason == "the answer is not HTTP; correct the address"


@pytest.mark.parametrize("sent", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_an_endless_answer_ends_at_the_limit(server: Server, sent: Behaviour) -> None:
    """Well before the server has sent its 256 MB."""
    server["/"] = sent
    fetch = HttpFetcher(allow_private=True, max_bytes=1024 * 1024)
    assert "it is left out" in refusal(fetch, server.url("/")).reason


@pytest.mark.parametrize(
    "sent",
    [
        drip(answer(TEXT)),
        drip(b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 50 + b"\r\n"),
        drip(chunks(TEXT)),
        lambda connection: connection.recv(1),
        lambda connection: (connection.sendall(answer(TEXT)[:-5]), connection.recv(1)),
    ],
    ids=["drips", "drips headers", "drips chunks", "says nothing", "stops in the middle"],
)
def test_the_deadline_holds_for_the_whole(
    server: Server, hasty: HttpFetcher, sent: Behaviour
) -> None:
    """A byte now and then does not put it off."""
    server["/"] = sent
    assert "no whole answer within" in refusal(hasty, server.url("/")).reason


def test_the_deadline_holds_over_redirects_and_robots(server: Server, hasty: HttpFetcher) -> None:
    """Each hop has what the earlier ones left over."""
    for number in range(5):
        there = f"HTTP/1.1 302 Found\r\nLocation: /{number + 1}\r\n\r\n".encode()
        server[f"/{number}"] = drip(there, 0.004)
    server["/5"] = answer(TEXT)
    assert "no whole answer within" in refusal(hasty, server.url("/0")).reason


def test_an_empty_body_is_an_answer(server: Server, fetch: HttpFetcher) -> None:
    server["/"] = answer(b"")
    assert fetch.get(Request(url=server.url("/"))).content == b""


def test_the_limit_holds_to_the_byte(server: Server) -> None:
    server["/"] = answer(b"x" * 1000)
    assert len(
        HttpFetcher(allow_private=True, max_bytes=1000).get(Request(url=server.url("/"))).content
    )
    refusal(HttpFetcher(allow_private=True, max_bytes=999), server.url("/"))


def test_nobody_there(fetch: HttpFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert "refused" in refusal(fetch, address).reason


WHOLE = [answer(TEXT, 'ETag: "1"', "Content-Type: a/b"), chunks(TEXT[:50], TEXT[50:])]
WHOLE += [
    answer(gzip.compress(TEXT), "Content-Encoding: gzip"),
    answer(b"", "Location: /x", status="301 M"),
]


@settings(max_examples=150)
@given(
    whole=st.sampled_from(WHOLE),
    place=st.floats(0, 1),
    cut=st.integers(0, 12),
    put=st.binary(max_size=12)
    | st.sampled_from([b"\r\n", b"\n", b"\0", b": ", b"\r\n\r\n", b"-1"]),
)
def test_any_bytes_give_an_answer_or_a_fetch_error(
    whole: bytes, place: float, cut: int, put: bytes
) -> None:
    """Nothing else is ever raised, whatever is damaged on the way."""
    start = int(place * len(whole))
    with contextlib.closing(Server()) as server:
        server["/"] = whole[:start] + put + whole[start + cut :]
        with contextlib.suppress(FetchError):
            HttpFetcher(allow_private=True, timeout_s=5).get(Request(url=server.url("/")))

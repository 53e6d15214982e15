"""A source's own ways: its proxy, its cookies and its user agent, against servers on loopback."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fault_server import Server, answer, redirect

from digest.errors import ConfigError, FetchError
from digest.fetch import HttpFetcher, Request
from digest.fetch.messages import ENVIRONMENT, Ways, cookies_of
from digest.fetch.urls import parse_url


class Proxy:
    """An HTTP proxy: it knows one server, under every name, and the heads that it was sent."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.heads: list[str] = []
        self.to = 0
        self.refusal = b""
        """What is said in the place of an answer."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Serve nobody any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with closing(client):
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(1) or b"\r\n\r\n"
            self.heads.append(head.decode())
            if self.refusal:
                client.sendall(self.refusal)
                return
            with closing(socket.create_connection(("127.0.0.1", self.to))) as server:
                if head.startswith(b"CONNECT"):
                    client.sendall(b"HTTP/1.1 200 Here you are\r\nVia: 1.1 here\r\n\r\n")
                else:
                    method, target, rest = head.split(b" ", 2)
                    path = b"/" + target.split(b"/", 3)[3]
                    server.sendall(b" ".join((method, path, rest)))
                _carry(client, server)


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until a side ends."""
    while True:
        for ready in select.select([one, other], [], [], 10)[0]:
            try:
                piece = ready.recv(65536)
            except OSError:
                return
            if not piece:
                return
            (other if ready is one else one).sendall(piece)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """A proxy on loopback."""
    found = Proxy()
    yield found
    found.close()


@pytest.fixture
def strict() -> HttpFetcher:
    """A fetcher that goes to the public internet alone, and can look nothing up."""

    def nothing(host: str, _port: int) -> list[str]:
        if host == "127.0.0.1":
            return [host]
        raise socket.gaierror(socket.EAI_NONAME, host)

    return HttpFetcher(timeout_s=10, resolver=nothing)


def test_a_proxy_looks_a_name_up_and_asks_for_us(
    server: Server, proxy: Proxy, strict: HttpFetcher
) -> None:
    """It is told the whole address; nothing is looked up here."""
    server["/feed"], proxy.to = answer(b"news"), server.port
    url = "http://ledger.example.org/feed"
    response = strict.get(Request(url=url, ways=Ways(proxy=proxy.address)))
    assert (response.content, response.url, response.public) == (b"news", url, True)
    assert proxy.heads[0].startswith(f"GET {url} HTTP/1.1\r\n")
    assert "Host: ledger.example.org\r\n" in server.requests[0]


def test_a_proxy_gives_a_way_to_https_and_sees_nothing_of_it(
    secure: Server, proxy: Proxy, certified: HttpFetcher
) -> None:
    """The certificate is that of the server."""
    secure["/feed"], proxy.to = answer(b"news"), secure.port
    url = f"https://localhost:{secure.port}/feed"
    ways = Ways(proxy=proxy.address)
    assert certified.get(Request(url=url, ways=ways)).content == b"news"
    (head,) = proxy.heads
    assert (
        head == f"CONNECT localhost:{secure.port} HTTP/1.1\r\nHost: localhost:{secure.port}\r\n\r\n"
    )
    with pytest.raises(FetchError, match="certificate is not trusted"):
        certified.get(Request(url="https://ledger.example.org/feed", ways=ways))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f000001", "localhost", "a.localhost", "[::1]", "10.1.2.3"]
)
def test_a_proxy_leads_nobody_inside(host: str, proxy: Proxy, strict: HttpFetcher) -> None:
    """What an address itself says is checked as ever, before the proxy is asked."""
    for scheme in ("http", "https"):
        with pytest.raises(FetchError, match="not to the public internet"):
            strict.get(Request(url=f"{scheme}://{host}/", ways=Ways(proxy=proxy.address)))
    assert proxy.heads == []


def test_what_came_by_a_proxy_redirects_nowhere_inside(
    server: Server, proxy: Proxy, fetch: HttpFetcher
) -> None:
    """Not even with `allow_private`: nobody knows where the proxy was."""
    server["/feed"], proxy.to = redirect(server.url("/secret")), server.port
    with pytest.raises(FetchError, match="not to the public internet"):
        fetch.get(Request(url="http://ledger.example.org/feed", ways=Ways(proxy=proxy.address)))
    assert server.paths() == ["/feed"]


def test_without_a_proxy_the_environment_changes_nothing(
    server: Server, proxy: Proxy, fetch: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy is used where a source names one."""
    monkeypatch.setenv("HTTP_PROXY", proxy.address)
    monkeypatch.setenv("http_proxy", proxy.address)
    server["/feed"] = answer(b"news")
    assert fetch.get(Request(url=server.url("/feed"))).content == b"news"
    assert proxy.heads == []


@pytest.mark.parametrize(("spared", "asked"), [("", 1), ("example.com", 1), ("example.org", 0)])
def test_by_choice_the_environment_names_the_proxy(
    spared: str,
    asked: int,
    server: Server,
    proxy: Proxy,
    strict: HttpFetcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With its password, but for the hosts of NO_PROXY."""
    server["/feed"], proxy.to = answer(b"news"), server.port
    monkeypatch.setenv("http_proxy", proxy.address.replace("://", "://me:hunter-2@"))
    monkeypatch.setenv("no_proxy", spared)
    request = Request(url="http://ledger.example.org/feed", ways=Ways(proxy=ENVIRONMENT))
    if asked:
        assert strict.get(request).content == b"news"
        assert "Proxy-Authorization: Basic bWU6aHVudGVyLTI=\r\n" in proxy.heads[0]
    else:
        with pytest.raises(FetchError, match="no such host"):
            strict.get(request)
    assert len(proxy.heads) == asked


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (b"HTTP/1.1 407 No\r\n\r\n", r"does not let it through \(407\)"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", r"does not let it through \(502\)"),
        (b"HTTP/1.1 200", "broke off"),
        (b"nonsense\r\n\r\n", r"does not let it through \(nothing\)"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 4000, "broke off"),
        (b"HTTP/1.1 200 OK\r\n\r\nno TLS here", r"no secure connection \(TLS\)"),
    ],
)
def test_a_proxy_that_fails_costs_its_source(
    refusal: bytes, said: str, proxy: Proxy, strict: HttpFetcher
) -> None:
    """In a sentence that names it, and shows no password."""
    proxy.refusal = refusal
    address = proxy.address.replace("://", "://me:hunter-2@")
    with pytest.raises(FetchError, match=said) as caught:
        strict.get(Request(url="https://ledger.example.org/", ways=Ways(proxy=address)))
    assert "hunter-2" not in str(caught.value)


def test_a_proxy_that_is_not_there_is_named_as_any_server(strict: HttpFetcher) -> None:
    """Its port is closed."""
    ways = Ways(proxy="http://127.0.0.1:9")
    with pytest.raises(FetchError, match="refused"):
        strict.get(Request(url="https://ledger.example.org/", ways=ways))


COOKIES = """# Netscape HTTP Cookie File
.example.org\tTRUE\t/\tFALSE\t4102444800\tid\t7
#HttpOnly_.example.org\tTRUE\t/\tTRUE\t0\tsafe\t8
ledger.example.org\tFALSE\t/paid\tFALSE\t0\tpaid\t9
.example.org\tTRUE\t/\tFALSE\t86400\told\t1
.tracker.example\tTRUE\t/\tFALSE\t0\tspy\t2
127.0.0.1\tFALSE\t/\tFALSE\t0\there\t3
"""


def _file(folder: Path, text: str = COOKIES, mode: int = 0o600) -> Path:
    file = folder / "cookies.txt"
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://ledger.example.org/", {"id=7", "safe=8"}),
        ("http://ledger.example.org/", {"id=7"}),
        ("http://ledger.example.org/paid/a", {"id=7", "paid=9"}),
        ("http://www.example.org/", {"id=7"}),
        ("http://tracker.example/", set()),
        ("http://127.0.0.1/", set()),
        ("http://example.org.evil.example/", set()),
    ],
)
def test_a_cookie_goes_to_the_hosts_of_its_source_alone(
    url: str, sent: set[str], tmp_path: Path
) -> None:
    """By the rules of its domain, its path and its age (RFC 6265); none of another site's in the file."""
    header = cookies_of(_file(tmp_path), "https://ledger.example.org/feed")(parse_url(url))
    assert set(filter(None, header.split("; "))) == sent


def test_a_cookie_is_not_taken_along_by_a_redirect(
    server: Server, fetch: HttpFetcher, tmp_path: Path
) -> None:
    """To another host."""
    server["/feed"] = redirect(server.url("/there", host="localhost"))
    server["/there"] = answer(b"news")
    cookie = cookies_of(_file(tmp_path), server.url("/feed"))
    ways = Ways(cookie=cookie, user_agent="Reader/2")
    fetch.get(Request(url=server.url("/feed"), ways=ways))
    assert ["Cookie: here=3\r\n" in head for head in server.requests] == [True, False]
    assert all("User-Agent: Reader/2\r\n" in head for head in server.requests)
    assert "here" not in repr(Request(url="a", ways=ways))


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (COOKIES, 0o640, "others can read the cookies; say chmod 600"),
        ("id=7", 0o600, "line 1 is no cookie"),
        ("# Netscape HTTP Cookie File\nsecret-7\n", 0o600, "line 2 is no cookie"),
        ("\t".join(["a", "b", "c", "d", "secret-7", "f", "g"]), 0o600, "line 1 is no cookie"),
    ],
)
def test_a_file_of_cookies_that_is_none_is_named_and_not_shown(
    text: str, mode: int, said: str, tmp_path: Path
) -> None:
    """Nothing of it is in the error, nor behind it."""
    with pytest.raises(ConfigError, match=said) as caught:
        cookies_of(_file(tmp_path, text, mode), "https://ledger.example.org/feed")
    assert "secret-7" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_robots_txt_is_read_for_the_name_that_is_told(server: Server, fetch: HttpFetcher) -> None:
    """The rules are those of the user agent."""
    server["/robots.txt"] = answer(b"User-agent: Reader\nDisallow: /\n")
    server["/page"] = answer(b"news")
    ways = Ways(user_agent="Reader/2 (home)")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetch.get(Request(url=server.url("/page"), is_page=True, ways=ways))

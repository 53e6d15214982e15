"""Where a redirect may lead, and where not."""

import dataclasses
import socket

import pytest
from fault_server import Server, answer, redirect

from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request

ADDRESSES = {"outside.example": "93.184.215.14", "inside.example": "10.0.0.1"}
PAGE = b"<p>The ferry line reopened.</p>"


def get(fetch: HttpFetcher, server: Server, path: str = "/0") -> str:
    """Return where the answer came from."""
    response = fetch.get(Request(url=server.url(path)))
    assert response.content == PAGE
    return response.url


def reason(fetch: HttpFetcher, server: Server, path: str = "/0") -> str:
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url(path)))
    assert caught.value.source == server.url(path)
    return caught.value.reason


def chain(server: Server, hops: int, status: str = "302 Found") -> None:
    for hop in range(hops):
        server[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    server[f"/{hops}"] = answer(PAGE)


@pytest.mark.parametrize("status", ["301 Gone on", "302 Found", "303 Other", "307 T", "308 P"])
def test_five_redirects_are_followed(server: Server, fetch: HttpFetcher, status: str) -> None:
    chain(server, 5, status)
    assert get(fetch, server) == server.url("/5")


def test_a_sixth_is_not(server: Server, fetch: HttpFetcher) -> None:
    chain(server, 6)
    assert "more than 5 redirects" in reason(fetch, server)
    assert server.paths() == [f"/{hop}" for hop in range(6)]


def test_a_circle_is_named(server: Server, fetch: HttpFetcher) -> None:
    server["/0"] = redirect("/1")
    server["/1"] = redirect("/2")
    server["/2"] = redirect("/1")
    one, two = server.url("/1"), server.url("/2")
    assert f"redirects in a circle ({one} -> {two} -> {one})" in reason(fetch, server)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        (["301 M", "308 P"], True),
        (["301 M", "302 F"], False),
        (["302 F", "301 M"], False),
        (["307 T"], False),
    ],
)
def test_only_what_moved_for_good_all_the_way_has_a_new_address(
    server: Server, fetch: HttpFetcher, statuses: list[str], moved: bool
) -> None:
    for hop, status in enumerate(statuses):
        server[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    last = f"/{len(statuses)}"
    server[last] = answer(PAGE)
    response = fetch.get(Request(url=server.url("/0")))
    assert response.moved_to == (server.url(last) if moved else "")


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("there?a=b#part", "/a/there?a=b"),
        ("../up", "/up"),
        ("?a=b", "/a/0?a=b"),
        ("/caf\u00e9".encode().decode("latin-1"), "/caf%C3%A9"),
        ("/two words", "/two%20words"),
        ("//127.0.0.1:PORT/other", "/other"),
    ],
)
def test_a_location_is_read_as_a_browser_reads_it(
    server: Server, fetch: HttpFetcher, location: str, path: str
) -> None:
    server["/a/0"] = redirect(location.replace("PORT", str(server.port)))
    server[path] = answer(PAGE)
    assert get(fetch, server, "/a/0") == server.url(path)


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "give the name of the file"),
        ("gopher://127.0.0.1:25/x", "not gopher:"),
        ("ftp://127.0.0.1/x", "not ftp:"),
        ("data:text/html,x", "not data:"),
        ("javascript:alert(1)", "not javascript:"),
        ("http://..", "no host"),
        ("http://[::1", "not an address"),
        ("http://a\\@b/", "not an address"),
        ("http://127.0.0.1:99999/", "not an address"),
        ("", "without saying where"),
        ("/" + "x" * 9000, "too long"),
    ],
)
def test_a_redirect_leads_to_http_or_nowhere(
    server: Server, fetch: HttpFetcher, location: str, why: str
) -> None:
    server["/0"] = redirect(location)
    assert why in reason(fetch, server)
    assert len(server.requests) == 1


def test_nothing_leaves_for_a_cloud_s_own_services(
    server: Server, fetch: HttpFetcher, connections: list[str]
) -> None:
    """A redirect to the link-local address is refused before a packet leaves, with `allow_private`, too."""
    server["/0"] = redirect("http://169.254.169.254/latest/meta-data/")
    assert "169.254.169.254 (link-local)" in reason(fetch, server)
    assert connections == ["127.0.0.1"]


def test_the_public_internet_leads_nobody_inside(
    server: Server, fetch: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer from a public address may not redirect to a private one, even with `allow_private`."""
    connect = socket.socket.connect
    monkeypatch.setattr(
        socket.socket, "connect", lambda sock, there: connect(sock, ("127.0.0.1", there[1]))
    )
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("93.184.215.14", 80))
    public = dataclasses.replace(fetch, resolver=lambda host, _port: [ADDRESSES[host]])
    server["/0"] = redirect(server.url("/1", "inside.example"))
    server["/1"] = answer(PAGE)
    assert public.get(Request(url=server.url("/1", "inside.example"))).content == PAGE
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 \(private\), not to the public internet$"):
        public.get(Request(url=server.url("/0", "outside.example")))
    assert server.paths() == ["/1", "/0"]


def test_what_a_public_feed_links_to_is_not_inside(server: Server, fetch: HttpFetcher) -> None:
    """A request may say where its address comes from."""
    server["/"] = answer(PAGE)
    assert not fetch.get(Request(url=server.url("/"))).public
    with pytest.raises(FetchError, match="loopback"):
        fetch.get(Request(url=server.url("/"), from_public=True))
    assert len(server.requests) == 1


def test_a_password_does_not_follow_to_another_server(server: Server, fetch: HttpFetcher) -> None:
    """It goes on to another page of its own server, and to nobody else."""
    server["/0"] = redirect("/1")
    server["/1"] = redirect(server.url("/2", "localhost"))
    server["/2"] = redirect(server.url("/3", "you:too@127.0.0.1"))
    server["/3"] = answer(PAGE)
    response = fetch.get(Request(url=server.url("/0", "me:secret@127.0.0.1")))
    assert response.url == server.url("/3")
    assert ["Authorization" in head for head in server.requests] == [True, True, False, False]


def test_https_does_not_become_http(secure: Server, server: Server, certified: HttpFetcher) -> None:
    secure["/0"] = redirect(server.url("/1"))
    server["/1"] = answer(PAGE)
    with pytest.raises(FetchError, match="from https to http"):
        certified.get(Request(url=secure.url("/0", "localhost")))
    assert not server.requests


def test_http_may_become_https(secure: Server, server: Server, certified: HttpFetcher) -> None:
    server["/0"] = redirect(secure.url("/1", "localhost"))
    secure["/1"] = answer(PAGE)
    assert get(certified, server) == secure.url("/1", "localhost")

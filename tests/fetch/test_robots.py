"""What a site lets programs read is asked once, for pages, and heeded."""

import contextlib
import gzip

import pytest
from fault_server import Behaviour, Server, answer, redirect

from digest.errors import FetchError
from digest.fetch import HttpFetcher, Request

PAGE = b"<p>The ferry line reopened.</p>"
RULES = b"User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.cgi$\n"


def allowed(fetch: HttpFetcher, server: Server, path: str) -> bool:
    """Whether a page is fetched, rather than refused for the robots.txt."""
    server[path] = answer(PAGE)
    before = server.paths().count(path)
    with contextlib.suppress(FetchError):
        fetch.get(Request(url=server.url(path), is_page=True))
        assert server.paths().count(path) == before + 1
        return True
    assert server.paths().count(path) == before
    with pytest.raises(FetchError, match=r"its robots\.txt forbids it"):
        fetch.get(Request(url=server.url(path), is_page=True))
    return False


def reason(fetch: HttpFetcher, server: Server) -> str:
    with pytest.raises(FetchError) as caught:
        fetch.get(Request(url=server.url("/page"), is_page=True))
    assert "/page" not in server.paths()
    return caught.value.reason


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open", True),
        ("/a.cgi", False),
        ("/b.cgi?x", True),
    ],
)
def test_the_longest_rule_decides(
    server: Server, fetch: HttpFetcher, path: str, expected: bool
) -> None:
    server["/robots.txt"] = answer(RULES)
    assert allowed(fetch, server, path) is expected


@pytest.mark.parametrize("rules", [RULES, b"\xef\xbb\xbf" + RULES, RULES.replace(b"\n", b"\r")])
def test_rules_are_read_as_they_are_written_in_the_wild(
    server: Server, fetch: HttpFetcher, rules: bytes
) -> None:
    server["/robots.txt"] = answer(rules)
    assert not allowed(fetch, server, "/private/x")


def test_rules_for_digest_come_before_those_for_all(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(b"User-agent: Digest\nDisallow: /\n\nUser-agent: *\nAllow: /")
    assert not allowed(fetch, server, "/x")


def test_a_feed_is_not_asked_about(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
    server["/feed"] = answer(PAGE)
    assert fetch.get(Request(url=server.url("/feed"))).content == PAGE
    assert server.paths() == ["/feed"]


def test_a_site_is_asked_once(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = answer(RULES)
    assert allowed(fetch, server, "/a")
    assert allowed(fetch, server, "/b")
    assert not allowed(fetch, server, "/private/c")
    assert server.paths() == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 No", "404 None", "410 Gone"])
def test_without_rules_all_is_allowed(server: Server, fetch: HttpFetcher, status: str) -> None:
    server["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status=status)
    assert allowed(fetch, server, "/x")


@pytest.mark.parametrize("status", ["429 Slowly", "500 Oops", "503 Closed"])
def test_a_site_that_cannot_say_is_left_alone(
    server: Server, fetch: HttpFetcher, status: str
) -> None:
    server["/robots.txt"] = answer(b"", "Retry-After: 60", status=status)
    assert reason(fetch, server).startswith(
        f"its robots.txt cannot be had: the server said {status[:3]}"
    )
    with pytest.raises(FetchError) as again:
        fetch.get(Request(url=server.url("/other"), is_page=True))
    assert again.value.retry_after_s == 60
    assert again.value.source == server.url("/other")
    assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [answer(RULES)[:-3], answer(RULES, "Content-Encoding: gzip"), b"Disallow: /", b""],
    ids=["cut short", "damaged", "not HTTP", "nothing"],
)
def test_a_broken_answer_allows_nothing(
    server: Server, fetch: HttpFetcher, rules: Behaviour
) -> None:
    server["/robots.txt"] = rules
    reason(fetch, server)


def test_rules_may_stand_elsewhere(server: Server, fetch: HttpFetcher) -> None:
    server["/robots.txt"] = redirect("/rules.txt", "301 Moved")
    server["/rules.txt"] = answer(gzip.compress(RULES), "Content-Encoding: gzip")
    assert not allowed(fetch, server, "/private/x")
    server["/robots.txt"] = redirect("http://169.254.169.254/")
    assert "link-local" in reason(HttpFetcher(allow_private=True), server)


def test_only_the_beginning_of_long_rules_is_read(server: Server, fetch: HttpFetcher) -> None:
    """As RFC 9309 allows from 500 KiB on."""
    long = RULES + b"# x\n" * 128 * 1024 + b"Disallow: /late\n"
    server["/robots.txt"] = answer(long)
    assert allowed(fetch, server, "/late")
    assert not allowed(fetch, server, "/private/x")


def test_each_site_that_a_page_leads_to_is_asked(server: Server, fetch: HttpFetcher) -> None:
    other = Server()
    server["/page"] = redirect(other.url("/private/x"))
    other["/robots.txt"] = answer(RULES)
    with pytest.raises(FetchError, match=r"its robots\.txt forbids it"):
        fetch.get(Request(url=server.url("/page"), is_page=True))
    assert other.paths() == ["/robots.txt"]
    other.close()

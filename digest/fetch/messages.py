"""Requests and responses as plain values: a source's own ways, headers, and the chain of redirects.

What is done on the wire is in `connections`; nothing here asks a server for anything.
"""

import os
import re
import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ConfigError, FetchError
from digest.fetch.urls import Url, basic, parse_url
from digest.incoming import read_regular
from digest.models import RawDocument, Source

if TYPE_CHECKING:
    from http.cookiejar import Cookie

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_LONGEST_WAIT_S = 7 * 24 * 3600.0
"""No server keeps us away for longer than a week."""
_LONGEST_TYPE = 512
"""Characters of a header that are read: a media type has 127 a part (RFC 6838, section 4.2), and a charset."""
_SECONDS = re.compile(r"\s*(\d{1,12})\s*")


# --- how a source is asked: its user agent, proxy and cookies


ENVIRONMENT = "environment"
"""As a source's `proxy`: HTTPS_PROXY, HTTP_PROXY and NO_PROXY say which."""
_HTTP_ONLY = "#HttpOnly_"
"""Before a cookie that a page's scripts do not see, which is no comment."""
_MOST_BYTES = 4 * 1024 * 1024
"""A browser's cookies of many years take less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """A source's own ways; none by default. What they hold is never shown."""

    user_agent: str = ""
    proxy: str = ""
    """The address of an HTTP proxy, or `environment`."""
    cookie: Callable[[Url], str] | None = field(default=None, repr=False, compare=False)
    """Returns the header `Cookie` for an address; empty for none."""

    def proxy_for(self, url: Url) -> Url | None:
        """Return the proxy that an address is asked by; raises `FetchError` where its address is none."""
        address = self.proxy
        if address == ENVIRONMENT:
            import urllib.request

            found = urllib.request.getproxies_environment()
            place = f"{url.host}:{url.port}"
            if urllib.request.proxy_bypass_environment(place, found):  # type: ignore[attr-defined]
                return None
            address = found.get(url.scheme) or found.get("all", "")
        return parse_proxy(address) if address else None


AS_ALL = Ways()


def xoauth2(user: str, token: str) -> bytes:
    """Return what a mail server is told of a token of OAuth2, as Google and Microsoft define it."""
    return f"user={user}\1auth=Bearer {token}\1\1".encode()


def parse_proxy(address: str) -> Url:
    """Read the address of a proxy; raises `FetchError`."""
    proxy = parse_url(address if "://" in address else f"http://{address}")
    if proxy.scheme != "http":
        raise FetchError(str(proxy), "a proxy is asked by http: write http://host:port")
    return proxy


def cookies_of(path: Path, location: str) -> Callable[[Url], str]:
    """Return what gives the header `Cookie` for an address, of a file in Netscape's format (`cookies.txt`).

    Only cookies of the host of `location` are taken, and of the domains that it is in: those of other sites
    in the file go to nobody. Raises `ConfigError` where others can read the file, or it is none.
    """
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) and os.name == "posix":
            raise ConfigError(f"{path}: others can read the cookies; say chmod 600 {path}")
        lines = read_regular(path, most=_MOST_BYTES).decode("utf-8-sig").splitlines()
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not a text file") from None
    import http.cookiejar
    import urllib.request

    host, jar = parse_url(location).host, http.cookiejar.CookieJar()
    for number, line in enumerate(lines, 1):
        if line.strip() and (not line.startswith("#") or line.startswith(_HTTP_ONLY)):
            cookie = _cookie(line.removeprefix(_HTTP_ONLY))
            if cookie is None:
                raise ConfigError(f"{path}: line {number} is no cookie in the format of Netscape")
            domain = cookie.domain.removeprefix(".")
            if host == domain or host.endswith(f".{domain}"):
                jar.set_cookie(cookie)

    def header(url: Url) -> str:
        request = urllib.request.Request(str(url))
        jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    return header


def _cookie(line: str) -> "Cookie | None":
    """Read domain, subdomains, path, secure, expires, name and value; None for anything else.

    The library's own reader takes a cookie of a session, whose time is 0 in a browser's file, for an old one.
    """
    parts = line.split("\t")
    if len(parts) != 7 or not parts[4].isdecimal() or len(parts[4]) > 18:  # 64 bits
        return None
    domain, below, path, secure, expires, name, value = parts
    from http.cookiejar import Cookie

    return Cookie(
        version=0,
        name=name,
        value=value,
        port=None,
        port_specified=False,
        domain=domain,
        domain_specified=below == "TRUE",
        domain_initial_dot=domain.startswith("."),
        path=path,
        path_specified=True,
        secure=secure == "TRUE",
        expires=int(expires) or None,
        discard=expires == "0",
        comment=None,
        comment_url=None,
        rest={},
    )


# --- request and response


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An address, and what is known of it from the last time."""

    url: str
    etag: str = ""
    """The validators of the last answer, as `Response` gave them: with them, the server may say 304."""
    last_modified: str = ""
    is_page: bool = False
    """True for a page, which a site's robots.txt may forbid; a feed is published to be fetched by programs."""
    from_public: bool = False
    """True where an answer from the public internet named the address: it leads nobody inside, not even with
    `allow_private`."""
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers, by name and value; a site that redirects elsewhere does not pass them on."""
    ways: Ways = AS_ALL
    """How it is asked, on the whole way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A whole answer: nothing of one that broke off is ever handed on."""

    request: Request
    url: str
    """Where it came from in the end, after redirects; without a user name and password."""
    status: int
    """200, or 304 where nothing has changed since the validators of the request."""
    content: bytes = b""
    """Decompressed; empty with 304."""
    media_type: str = ""
    """In lower case, without parameters; empty where the server names none."""
    charset: str = ""
    """As the server says, in lower case; empty where it does not."""
    etag: str = ""
    last_modified: str = ""
    public: bool = True
    """True where it came from the public internet."""
    moved_to: str = ""
    """The address to use from now on: every hop said that it moved for good (301, 308)."""

    def document(self, source: Source) -> RawDocument:
        """Return what came as a document of `source`, in the charset that the server names."""
        charset = f"; charset={self.charset}" if self.charset else ""
        return RawDocument(
            source,
            self.content,
            url=self.url,
            media_type=self.media_type and self.media_type + charset,
        )


# --- headers of a response


def reason(status: int) -> str:
    """Return why an answer with this status is of no use."""
    return f"the server said {_named(status)}; {_advice(status)}"


def retry_after_s(value: str) -> float | None:
    """Return the seconds that a header `Retry-After` asks for, as a number or a date (RFC 9110, 10.2.3)."""
    if match := _SECONDS.fullmatch(value):
        return min(float(match[1]), _LONGEST_WAIT_S)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value[:64]).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(moment - time.time(), 0.0), _LONGEST_WAIT_S)


def content_type(value: str) -> tuple[str, str]:
    """Return the media type and the charset of a header `Content-Type`, in lower case."""
    media_type, *parameters = value[:_LONGEST_TYPE].lower().split(";")
    named = (parameter.partition("=") for parameter in parameters)
    charsets = [text.strip(" \t\"'") for name, _, text in named if name.strip() == "charset"]
    return media_type.strip(), charsets[0] if charsets else ""


def _named(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _advice(status: int) -> str:
    if status in (404, 410):
        return "remove the source or correct its address"
    if status in (401, 403, 407, 451):
        return "it does not let programs in: see what a browser shows, or remove the source"
    if status == 429:
        return "it is asked too often: run less often"
    if status >= 500:
        return "try again later"
    return "see what a browser shows, and correct the address"


# --- redirects (RFC 9110, section 15.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectChain:
    """What is asked, and the way so far."""

    request: Request
    url: Url
    """Where the next hop goes."""
    visited: tuple[str, ...] = ()
    """The addresses that redirected here."""
    permanent: bool = True
    """True while every redirect was for good."""
    public: bool = False
    """True once an answer came from the public internet, which leads nobody into a private network."""
    spent_s: float = 0.0


def redirected(
    chain: RedirectChain, status: int, location: str, *, public: bool, most: int
) -> RedirectChain:
    """Return the trip that goes on at `location`; raises `FetchError` where it may not."""
    here = str(chain.url)
    if not location:
        raise FetchError(here, "it redirects without saying where; try again later")
    url = chain.url.join(_as_utf8(location))
    visited = (*chain.visited, here)
    if str(url) in visited:
        circle = " -> ".join((*visited[visited.index(str(url)) :], str(url)))
        raise FetchError(here, f"redirects in a circle ({circle}); correct the address")
    if len(visited) > most:
        raise FetchError(here, f"more than {most} redirects; correct the address")
    if chain.url.scheme == "https" and url.scheme == "http":
        raise FetchError(here, f"redirects from https to http ({url}), which is not followed")
    same = url.origin == chain.url.origin
    return replace(
        chain,
        url=replace(url, credentials=chain.url.credentials if same else ""),
        visited=visited,
        permanent=chain.permanent and status in PERMANENT,
        public=chain.public or public,
    )


def headers_of(chain: RedirectChain, *, user_agent: str, codings: str) -> Mapping[str, str]:
    """Return the headers of the next hop."""
    ways = chain.request.ways
    agent = ways.user_agent or user_agent
    headers = {"User-Agent": agent, "Accept-Encoding": codings, "Connection": "close"}
    headers["Accept"] = _PAGES if chain.request.is_page else _FEEDS
    headers |= conditions(chain.request)
    if chain.url.credentials:
        headers["Authorization"] = basic(chain.url.credentials)
    if ways.cookie and (cookie := ways.cookie(chain.url)):
        headers["Cookie"] = cookie
    if not chain.visited or parse_url(chain.request.url).origin == chain.url.origin:
        own = {name.lower() for name, _ in chain.request.headers}
        headers = {name: value for name, value in headers.items() if name.lower() not in own}
        headers |= dict(chain.request.headers)
    return headers


def conditions(request: Request) -> dict[str, str]:
    """Return the headers that make a request conditional (RFC 9110, section 13)."""
    headers = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in headers.items() if usable(value)}


_PAGES = "text/html, application/xhtml+xml, */*;q=0.8"
_FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.8"
_LONGEST_VALIDATOR = 1024
"""Characters: a longer one would fill a good part of the 8 KiB of headers that servers take."""


def usable(validator: str) -> bool:
    """True where a validator can be sent back as it came."""
    return (
        0 < len(validator) <= _LONGEST_VALIDATOR
        and validator.isprintable()
        and all(character <= "\xff" for character in validator)
    )


def _as_utf8(value: str) -> str:
    """A header comes as Latin-1; an address in it that was not percent-encoded is in UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value

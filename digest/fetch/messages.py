"""Requests and responses as plain values: their headers, and the chain of redirects between them.

What is done on the wire is in `connections`; nothing here asks a server for anything.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from digest.errors import FetchError
from digest.fetch.urls import Url, basic, parse_url
from digest.fetch.ways import AS_ALL, Ways
from digest.models import RawDocument, Source

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_LONGEST_WAIT_S = 7 * 24 * 3600.0
"""No server keeps us away for longer than a week."""
_LONGEST_TYPE = 512  # characters of a header are read
_SECONDS = re.compile(r"\s*(\d{1,12})\s*")


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
_LONGEST_VALIDATOR = 1024  # characters; longer ones are not sent back


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

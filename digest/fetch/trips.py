"""A fetch under way, and where a redirect takes it (RFC 9110, section 15.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from digest.errors import FetchError
from digest.fetch.heads import PERMANENT
from digest.fetch.messages import Request
from digest.fetch.urls import Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
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


def redirected(trip: Trip, status: int, location: str, *, public: bool, most: int) -> Trip:
    """Return the trip that goes on at `location`; raises `FetchError` where it may not."""
    here = str(trip.url)
    if not location:
        raise FetchError(here, "it redirects without saying where; try again later")
    url = trip.url.join(_as_utf8(location))
    visited = (*trip.visited, here)
    if str(url) in visited:
        circle = " -> ".join((*visited[visited.index(str(url)) :], str(url)))
        raise FetchError(here, f"redirects in a circle ({circle}); correct the address")
    if len(visited) > most:
        raise FetchError(here, f"more than {most} redirects; correct the address")
    if trip.url.scheme == "https" and url.scheme == "http":
        raise FetchError(here, f"redirects from https to http ({url}), which is not followed")
    same = url.origin == trip.url.origin
    return replace(
        trip,
        url=replace(url, credentials=trip.url.credentials if same else ""),
        visited=visited,
        permanent=trip.permanent and status in PERMANENT,
        public=trip.public or public,
    )


def headers_of(trip: Trip, *, user_agent: str, codings: str) -> Mapping[str, str]:
    """Return the headers of the next hop."""
    headers = {"User-Agent": user_agent, "Accept-Encoding": codings, "Connection": "close"}
    headers["Accept"] = _PAGES if trip.request.is_page else _FEEDS
    headers |= conditions(trip.request)
    if trip.url.credentials:
        import base64

        encoded = base64.b64encode(trip.url.credentials.encode("utf-8", "replace")).decode("ascii")
        headers["Authorization"] = f"Basic {encoded}"
    return headers


def conditions(request: Request) -> dict[str, str]:
    """Return the headers that make a request conditional (RFC 9110, section 13)."""
    headers = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in headers.items() if usable(value)}


_PAGES = "text/html, application/xhtml+xml, */*;q=0.8"
_FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.8"
_LONGEST_VALIDATOR = 1024


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

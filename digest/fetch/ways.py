"""How a source's servers are asked where they are not asked as all are: its user agent, proxy and cookies."""

import http.cookiejar
import os
import stat
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from digest.errors import ConfigError, FetchError
from digest.fetch.urls import Url, parse_url
from digest.incoming import read_regular

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


def _cookie(line: str) -> http.cookiejar.Cookie | None:
    """Read domain, subdomains, path, secure, expires, name and value; None for anything else.

    The library's own reader takes a cookie of a session, whose time is 0 in a browser's file, for an old one.
    """
    parts = line.split("\t")
    if len(parts) != 7 or not parts[4].isdecimal() or len(parts[4]) > 18:  # 64 bits
        return None
    domain, below, path, secure, expires, name, value = parts
    return http.cookiejar.Cookie(
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

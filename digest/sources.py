"""A source of `digest run`: a table `[[sources]]` of digest.toml, and what is wrong with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING

from digest.errors import ConfigError, FetchError, without_credentials

if TYPE_CHECKING:
    from digest.readers.discovery import Selectors

SPAN = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s?([smhdw]|)")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_VALUE = re.compile(r"[ -~]{1,2000}")
_OURS = frozenset(
    "accept-encoding connection content-length host if-modified-since if-none-match te trailer"
    " transfer-encoding upgrade".split()
)
"""Headers that the fetching itself depends on."""
_HOURS = {"h": 1, "d": 24, "w": 168}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """A source of `digest run`: a table `[[sources]]`."""

    location: str
    """The address of a feed, a page or a sitemap; a mailbox, `imaps://user@host/Folder`; or a file, a folder or
    a pattern such as `inbox/*.eml`."""
    name: str = ""
    """What the briefing calls it; without one, what it calls itself."""
    full_text: bool = False
    """Fetch the page of each entry of a feed that gives only the beginning of its articles."""
    weight: float = 1.0
    """What the source counts in the order of the issue: `2` for twice, `0.5` for half."""
    section: str = ""
    """The part of the paper its articles belong to, such as `business`, where they do not say it themselves."""
    max_items: int = 0
    """The most new entries of it in one issue, the first of the feed; 0 for all."""
    max_age: str = ""
    """For how long after its date an entry may be told: `12h`, `3d`, `2w`; without it, as the issue's."""
    keep: tuple[str, ...] = ()
    """Words, phrases and names: only articles are told that have one in the title or the beginning. A `*` is
    the rest of a word: `["Danube", "elect*"]`."""
    drop: tuple[str, ...] = ()
    """Words, phrases and names: an article with one in its title is left out."""
    interval: str = ""
    """The least time between two visits: `6h`, `1d`, `1w`; without it, each run asks."""
    headers: tuple[str, ...] = ()
    """What is sent to its own site with each request: `["User-Agent: Reader/1.0", "Cookie: id=7"]`."""
    user_agent: str = ""
    """The name that it is asked under, in place of ours; also what its robots.txt is read for."""
    proxy: str = ""
    """The proxy that it is asked by, `http://proxy.example.org:3128`; or `environment`, for what HTTPS_PROXY,
    HTTP_PROXY and NO_PROXY say."""
    cookies: str = ""
    """A file of cookies in the format of Netscape (`cookies.txt`); only those of its own site are sent."""
    select: str = ""
    """Of a page without a feed: a CSS selector of its items, such as `article h2 a`; the pages that they
    link to are read."""
    select_link: str = ""
    """Within an item, the link; without it, the item itself or its first link."""
    select_title: str = ""
    """Within an item, its title, as `digest feeds check` shows it; without it, the words of the link."""
    select_date: str = ""
    """Within an item, its date; without it, the first `<time>`."""
    mails: str = field(default="unread", metadata={"choices": ("unread", "new")})
    """Of a mailbox: the `unread` mails, which are marked as read once their issue is written, or all `new`
    ones, which are left as they are."""
    auth: str = field(default="password", metadata={"choices": ("password", "oauth2")})
    """Of a mailbox: `password`, or `oauth2` for a server that wants a token (XOAUTH2) in its place."""
    password_command: tuple[str, ...] = ()
    """Of a mailbox: a command that prints the password or a fresh token; asked for each visit."""
    password_file: str = ""
    """Of a mailbox: a file that holds its password, where DIGEST_IMAP_PASSWORD is not set."""
    keyring: str = ""
    """Of a mailbox: the service under which the keyring of the system has its password."""

    @property
    def header_fields(self) -> tuple[tuple[str, str], ...]:
        """`headers` as names and values."""
        parts = (header.partition(":") for header in self.headers)
        return tuple((name.strip(), value.strip()) for name, _, value in parts)

    @property
    def selectors(self) -> "Selectors | None":
        """What the items of a page are; None for anything else."""
        if not self.select:
            return None
        from digest.readers.discovery import Selectors

        return Selectors(
            item=self.select,
            link=self.select_link,
            title=self.select_title,
            date=self.select_date,
        )

    @property
    def shown(self) -> str:
        """The location without a user name and password, as it is printed and stored."""
        return without_credentials(self.location)


def check_source(source: SourceConfig, where: str) -> None:
    """Raise `ConfigError` for a value of the right type that means nothing."""
    if not 0 < source.weight < inf or source.max_items < 0:
        raise ConfigError(f"{where}: weight is above 0, max_items 0 or more")
    for key in ("max_age", "interval"):
        span = getattr(source, key)
        if span and age(span) is None:
            raise ConfigError(f"{where}: {key} {span!r}: write 12h, 3d or 2w")
    for name, value in source.header_fields:
        if not _HEADER.fullmatch(name) or not _VALUE.fullmatch(value) or name.lower() in _OURS:
            raise ConfigError(f"{where}: {name!r} is no header that can be set")
    if source.user_agent and not _VALUE.fullmatch(source.user_agent):
        raise ConfigError(f"{where}: user_agent is a line of ASCII")
    _check_proxy(source.proxy, where)
    _check_selectors(source, where)


def _check_proxy(proxy: str, where: str) -> None:
    from digest.fetch.messages import ENVIRONMENT, parse_proxy

    if proxy in ("", ENVIRONMENT):
        return
    try:
        found = parse_proxy(proxy)
    except FetchError as error:
        raise ConfigError(f"{where}: proxy {error}") from error
    if found.credentials:
        raise ConfigError(
            f"{where}: a proxy's password does not belong into a configuration: set HTTPS_PROXY and write"
            ' proxy = "environment"'
        )


def _check_selectors(source: SourceConfig, where: str) -> None:
    """Raise `ConfigError` for a selector that is none, and for parts of an item without the item."""
    if source.selectors:
        from digest.readers.discovery import check_selectors

        try:
            check_selectors(source.selectors)
        except ConfigError as error:
            raise ConfigError(f"{where}: {error}") from error
    elif source.select_link or source.select_title or source.select_date:
        raise ConfigError(f"{where}: select_link, select_title and select_date need a select")


def check_mailboxes(sources: Sequence[SourceConfig], name: str) -> None:
    """Raise `ConfigError` for an address of a mailbox that is none, and for two that are kept as one."""
    from digest.fetch.urls import is_mailbox, parse_mailbox

    seen = set()
    for source in filter(lambda one: is_mailbox(one.location), sources):
        try:
            place = parse_mailbox(source.location).place
        except FetchError as error:
            raise ConfigError(f"{name}: {error}") from error
        if place in seen:
            raise ConfigError(f"{name}: {place} twice: the folders of two users need two names")
        seen.add(place)


def age(span: str) -> timedelta | None:
    """Return a span such as `12h`, `3d` or `2w`; `timedelta.max` for `0`, for ever; None where it is none."""
    found = SPAN.fullmatch(span.strip().lower())
    if found is None or (found[2] or "d") not in _HOURS:
        return None
    number = float(found[1])
    return timedelta(hours=number * _HOURS[found[2] or "d"]) if number else timedelta.max

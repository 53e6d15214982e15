"""robots.txt (RFC 9309): what a site lets programs read.

Asked once a site and a run, for pages only. Where there is none (4xx), all is allowed; where it cannot be
had (5xx, 429, no connection), the site is left alone for now.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.errors import FetchError
from digest.fetch.urls import Url

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 500 * 1024
"""What of a longer file is read (RFC 9309, section 2.5)."""


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: "Protego | FetchError | None" = None


@dataclass(slots=True)
class Robots:
    """The rules of every site that was asked for so far."""

    _sites: dict[str, _Site] = field(default_factory=dict)

    def check(self, url: Url, product: str, read: Callable[[Url], bytes | None]) -> None:
        """Raise `FetchError` where the rules of the site forbid `url`.

        `product` is the name that the rules have for us; `read` gives the bytes of a robots.txt, or None
        where there is none.
        """
        site = self._sites.setdefault(url.origin, _Site())
        with site.lock:
            if site.rules is None:
                site.rules = _rules(url, read)
        if isinstance(site.rules, FetchError):
            raise FetchError(
                str(url), site.rules.reason, retry_after_s=site.rules.retry_after_s
            ) from site.rules
        if not site.rules.can_fetch(str(url), product):
            raise FetchError(str(url), "its robots.txt forbids it; save the page and give the file")


def _rules(url: Url, read: Callable[[Url], bytes | None]) -> "Protego | FetchError":
    from protego import Protego

    try:
        content = read(url.join("/robots.txt"))
    except FetchError as error:
        return error
    text = (content or b"")[:MAX_BYTES].decode("utf-8", "replace")
    return Protego.parse(text.removeprefix("\ufeff"))

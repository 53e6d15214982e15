"""Source -> RawDocument: files, folders, standard input, and addresses on the web.

What speaks HTTP loads when it is first named, and urllib3 when an address is fetched: files need neither.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from digest.fetch.files import STANDARD_INPUT, FileFetcher, expand, mailbox_files
from digest.fetch.messages import Request, Response
from digest.fetch.urls import is_address
from digest.media import MEDIA_TYPES
from digest.models import RawDocument, Source

if TYPE_CHECKING:
    from digest.fetch.http import HttpFetcher, fetch_all

__all__ = [
    "MEDIA_TYPES",
    "STANDARD_INPUT",
    "AnyFetcher",
    "FileFetcher",
    "HttpFetcher",
    "Request",
    "Response",
    "expand",
    "fetch_all",
    "is_address",
    "mailbox_files",
]
_LATER = ("HttpFetcher", "fetch_all")


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from digest.fetch import http

    return getattr(http, name)


@dataclass(frozen=True, kw_only=True)
class AnyFetcher:
    """Reads files, standard input for `-`, and pages at http and https addresses; raises `FetchError`."""

    allow_private: bool = False
    """Let addresses lead to one's own machine and network."""

    def __call__(self, source: Source, /) -> RawDocument:
        """Return the bytes of `source`."""
        if is_address(source.location):
            return self._web(source)
        return FileFetcher()(source)

    @cached_property
    def _web(self) -> "HttpFetcher":
        from digest.fetch.http import HttpFetcher

        return HttpFetcher(allow_private=self.allow_private)

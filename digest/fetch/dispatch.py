"""A fetcher for whatever the user names."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from digest.fetch.files import FileFetcher
from digest.fetch.urls import is_address
from digest.models import RawDocument, Source

if TYPE_CHECKING:
    from digest.fetch.http import HttpFetcher


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

"""Source -> RawDocument: files, folders, standard input, and addresses on the web.

What speaks HTTP loads when it is first named, and urllib3 when an address is fetched: files need neither.
"""

from typing import TYPE_CHECKING, Any

from digest.fetch.dispatch import AnyFetcher
from digest.fetch.files import MEDIA_TYPES, STANDARD_INPUT, FileFetcher, expand, mailbox_files
from digest.fetch.messages import Request, Response
from digest.fetch.urls import is_address

if TYPE_CHECKING:
    from digest.fetch.concurrency import fetch_all
    from digest.fetch.http import HttpFetcher

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
_LATER = {"HttpFetcher": "digest.fetch.http", "fetch_all": "digest.fetch.concurrency"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)

"""Sitemaps (sitemaps.org, 0.9): the pages of a site, and the sitemaps of a large one."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime

from digest.errors import ReadError
from digest.readers.dates import moment
from digest.readers.schema_org import web_address
from digest.text.elements import read_elements

_MOST = 50_000
"""Addresses that a sitemap may have, by the protocol."""
_LARGEST = 50 * 1024 * 1024
"""Bytes that it may have."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names."""

    index: bool
    """True where the addresses are those of other sitemaps."""
    addresses: tuple[tuple[str, datetime | None], ...]
    """Each address and when it was published or changed, in order, each once."""


@dataclass(slots=True)
class _Entries:
    index: bool | None = None
    found: dict[str, datetime | None] = field(default_factory=dict)
    location: str | None = None
    published: datetime | None = None
    changed: datetime | None = None

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if self.index is None:
            self.index = name == "sitemapindex"
        if name in ("url", "sitemap"):
            self.location = self.published = self.changed = None

    def end(self, name: str, text: str) -> None:
        if name == "loc" and self.location is None:
            self.location = web_address(text)
        elif name == "lastmod":
            self.changed = moment(text)
        elif name == "publication_date":  # of a news sitemap
            self.published = moment(text)
        elif name in ("url", "sitemap") and self.location and len(self.found) < _MOST:
            self.found.setdefault(self.location, self.published or self.changed)


def parse_sitemap(content: bytes, source: str = "sitemap") -> Sitemap:
    """Return the addresses of a sitemap or of a sitemap index, gzipped or not; also of a plain list.

    Of a malformed one, those before its flaw. At most 50,000 of them and 50 MiB, as the protocol has it.
    Raises `ReadError` for `source` where there is none.
    """
    content = _unzipped(content, source)
    entries = _Entries()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"http"):
        for line in content.decode("utf-8-sig", "replace").splitlines()[:_MOST]:
            if address := web_address(line):
                entries.found.setdefault(address)
    else:
        flaw = read_elements(content, start=entries.start, end=entries.end)
        if flaw and not entries.found:
            raise ReadError(source, f"no sitemap: {flaw}")
    if not entries.found:
        raise ReadError(source, "a sitemap without addresses")
    return Sitemap(bool(entries.index), tuple(entries.found.items()))


def _unzipped(content: bytes, source: str) -> bytes:
    if not content.startswith(_GZIP):
        return content[:_LARGEST]
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _LARGEST)
    except zlib.error as error:
        raise ReadError(source, "a damaged .gz file") from error

"""A feed taken apart into its entries."""

from datetime import UTC, datetime

from digest.errors import ReadError
from digest.models import RawDocument
from digest.readers.feeds import entries
from digest.readers.sniffing import is_html


def feed_entries(document: RawDocument, *, now: datetime | None = None) -> list[RawDocument]:
    """Return a document for each entry of a feed, in its order; raises `ReadError` where it cannot be read.

    Dates more than two days after `now` are not believed.
    """
    if is_html(document.content):
        raise ReadError(document.source.location, "an HTML page where a feed should be")
    if document.content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{"):
        from digest.readers.feeds.json import read
    else:
        from digest.readers.feeds.xml import read
    return entries.documents(read(document), document, now or datetime.now(UTC))

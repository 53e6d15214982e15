"""A container of several documents taken apart: a feed into its entries, a mailbox into its messages."""

from datetime import datetime

from digest.models import RawDocument
from digest.readers.sniffing import reader_name

CONTAINERS = ("feed", "mailbox")
"""What holds several documents, by the names of their readers."""


def unpack(document: RawDocument, *, now: datetime | None = None) -> list[RawDocument]:
    """Return the documents in a feed or mailbox; of anything else, the document itself.

    Raises `ReadError` for a feed or mailbox that cannot be read. `now` is what dates of entries are held
    against: those of the future are not believed.
    """
    if document.fragment:
        return [document]
    asked = document.source.reader
    name = reader_name(document) if asked == "auto" else asked
    if name == "feed":
        from digest.readers.feeds import feed_entries

        return feed_entries(document, now=now)
    if name == "mailbox":
        from digest.readers.mail import messages

        return messages(document)
    return [document]

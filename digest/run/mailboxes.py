"""Mailboxes -> documents: fetch the mails that are new, and mark them as read once their issue is written.

Which mails are known, and which an issue has carried, stands in the store: a run that breaks off, or a mark
that fails, is made up for by the next run.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from digest.delivery.options import found_password
from digest.errors import ConfigError, FetchError
from digest.fetch.imap import Visit, new_keys, visit
from digest.fetch.urls import Mailbox, parse_mailbox
from digest.models import RawDocument, Source
from digest.protocols import Report
from digest.sources import SourceConfig, age
from digest.store import Store
from digest.store.articles import carried_parts, known_parts

_VARIABLE = "DIGEST_IMAP_PASSWORD"
_LONGEST = timedelta(days=3650)
"""No mail is asked for that is older."""


@dataclass(slots=True)
class Unread:
    """The mails of a mailbox that were unread when it was asked."""

    keys: list[str] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    """Those of them that say nothing that the store has not: no issue will carry them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFetcher:
    """Asks mailboxes. A relative `password_file` is relative to `folder`."""

    folder: Path
    certificates: str = ""
    """A PEM file of certificates to trust besides those of the system."""

    def new(
        self, source: SourceConfig, store: Store, *, now: datetime, max_age: str, report: Report
    ) -> Iterator[RawDocument | Unread]:
        """Yield the unread mails' keys, if those are asked for, then each new mail; raises `FetchError`."""
        longest = min(age(source.max_age or max_age) or _LONGEST, _LONGEST)
        with self._visit(source) as opened:
            keys = opened.keys(unread=source.mails == "unread", since=now - longest)
            new, later = new_keys(keys, known_parts(store, source.shown))
            if later:
                report(
                    f"{source.shown}: the newest {len(new):,} mails; {later:,} wait for the next run"
                )
            if source.mails == "unread":
                yield Unread(keys)
            for key in new:
                if content := opened.content(key):
                    yield _document(source, key, content)

    def count(self, source: SourceConfig) -> int:
        """Return how many mails a run would ask for; raises `FetchError`."""
        with self._visit(source) as opened:
            return len(opened.keys(unread=source.mails == "unread", since=None))

    def mark(self, source: SourceConfig, unread: Unread, store: Store) -> None:
        """Mark those mails as read that an issue has carried; raises `FetchError`."""
        told = unread.repeated | carried_parts(store, source.shown)
        keys = [key for key in unread.keys if key in told]
        if not keys:
            return
        with self._visit(source) as opened:
            opened.mark(keys)

    def _visit(self, source: SourceConfig) -> AbstractContextManager[Visit]:
        box = parse_mailbox(source.location)
        password = self._password(source, box)
        has_token = source.auth == "oauth2"
        return visit(box, password, has_token=has_token, certificates=self.certificates)

    def _password(self, source: SourceConfig, box: Mailbox) -> str:
        file = source.password_file and self.folder / Path(source.password_file).expanduser()
        try:
            return found_password(
                box.user,
                variable=_VARIABLE,
                file=file,
                keyring=source.keyring,
                command=source.password_command,
                where="with it",
            )
        except ConfigError as error:
            raise FetchError(source.shown, str(error)) from error


def mark_told(
    fetcher: MailFetcher, mails: Mapping[SourceConfig, Unread], store: Store, report: Report
) -> None:
    """Mark the mails of every mailbox that an issue has carried; what fails waits for the next run."""
    for source, unread in mails.items():
        try:
            fetcher.mark(source, unread, store)
        except FetchError as error:
            report(f"{source.shown}: not marked as read: {error.reason}")


def _document(source: SourceConfig, key: str, content: bytes) -> RawDocument:
    named = Source(source.name or source.shown, f"{source.shown}#{key}")
    return RawDocument(named, content, media_type="message/rfc822", key=key)

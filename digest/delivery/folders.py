"""Delivery into a folder: a maildir that a mail program watches, or one .eml file a mail.

The name of a file is made from the mail, so that one that is delivered once more replaces itself."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.delivery.channels import Begin, Envelope, Outcome, SessionError, Transport
from digest.durability import write_file
from digest.errors import WriteError


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of mails; called, it opens the transport that writes into it."""

    path: Path
    maildir: bool = False
    """True for the layout of a maildir (https://cr.yp.to/proto/maildir.html)."""

    @contextmanager
    def __call__(self) -> Iterator[Transport]:
        """Nothing is held open."""
        yield self._deliver

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.path)

    def _deliver(self, envelope: Envelope, begin: Begin, /) -> Outcome | None:
        if not begin():
            return None
        try:
            place = self._into_maildir(envelope) if self.maildir else self._as_file(envelope)
        except WriteError as error:
            raise SessionError(str(self.path), str(error), temporary=True) from error
        return Outcome(state="SENT", answer=str(place))

    def _as_file(self, envelope: Envelope) -> Path:
        return write_file(self.path, envelope.name, envelope.content, private=True)

    def _into_maildir(self, envelope: Envelope) -> Path:
        """Write into `new`, whole or not at all; a mail that was read meanwhile stays where it is."""
        try:
            for name in ("cur", "new", "tmp"):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise WriteError(f"{self.path}: {reason}; choose another folder in [mail]") from error
        name = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32] + ".digest"
        read = next((self.path / "cur").glob(f"{name}*"), None)
        return read or write_file(self.path / "new", name, envelope.content, private=True)

"""Delivery into a folder: a file a mail, or a maildir, which a mail program watches.

The name of a file is made from the mail, so that one that is delivered once more replaces itself.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.delivery.channels import Begin, Channel, Envelope, HandOver, Outcome, SessionError
from digest.delivery.options import MailConfig
from digest.durability import check_folder, write_file
from digest.errors import WriteError


def open_channel(mail: MailConfig) -> Channel:
    """Return the folder that `mail` names."""
    kind = Maildir if mail.deliver == "maildir" else MailFolder
    return kind(path=Path(mail.folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFolder:
    """A folder of mails."""

    path: Path

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.path)

    def check(self) -> None:
        """See that files can be written into it; raises `WriteError`."""
        check_folder(self.path)

    @contextmanager
    def session(self) -> Iterator[HandOver]:
        """Nothing is held open."""
        yield self._hand_over

    def _hand_over(self, envelope: Envelope, begin: Begin, /) -> Outcome | None:
        if not begin():
            return None
        try:
            place = self._written(envelope)
        except WriteError as error:
            raise SessionError(str(self.path), str(error), temporary=True) from error
        return Outcome(state="SENT", answer=str(place))

    def _written(self, envelope: Envelope) -> Path:
        """Write a mail, and what it needs around it, and return its place; raises `WriteError`."""
        return write_file(self.path, envelope.name, envelope.payload, private=True)


class Maildir(MailFolder):
    """A folder of mails in the layout of a maildir (https://cr.yp.to/proto/maildir.html)."""

    def _written(self, envelope: Envelope) -> Path:
        """Write into `new`, whole or not at all; a mail that was read meanwhile stays where it is."""
        try:
            for name in ("cur", "new", "tmp"):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "cannot be written").lower()
            raise WriteError(f"{self.path}: {reason}; choose another folder in [mail]") from error
        name = hashlib.sha256(envelope.key.encode()).hexdigest()[:32] + ".digest"
        read = next((self.path / "cur").glob(f"{name}*"), None)
        return read or write_file(self.path / "new", name, envelope.payload, private=True)

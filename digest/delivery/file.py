"""Delivery as one .eml file a mail.

The name of a file is made from the mail, so that one that is delivered once more replaces itself.
"""

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
    return MailFolder(path=Path(mail.folder))


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

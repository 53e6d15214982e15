"""Delivery into a maildir (https://cr.yp.to/proto/maildir.html), which a mail program watches."""

import hashlib
from pathlib import Path

from digest.delivery.channels import Channel, Envelope
from digest.delivery.file import MailFolder
from digest.delivery.options import MailConfig
from digest.durability import write_file
from digest.errors import WriteError


def open_channel(mail: MailConfig) -> Channel:
    """Return the maildir that `mail` names."""
    return Maildir(path=Path(mail.folder))


class Maildir(MailFolder):
    """A folder of mails in the layout of a maildir."""

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

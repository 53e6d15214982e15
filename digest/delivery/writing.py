"""An issue becomes mails: rendered once, then written for each recipient."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from digest.deliverers.addresses import Mailbox, mailbox
from digest.deliverers.message import Parts, message_id, unsubscribe_ways
from digest.deliverers.options import MailConfig
from digest.deliverers.recipients import recipients
from digest.errors import ConfigError
from digest.models import Digest
from digest.store import Store, outbox
from digest.store.outbox import mark, tokens


def wanted_by(mail: MailConfig) -> tuple[list[Mailbox], list[str]]:
    """Return the recipients that `mail` names, and a line for each address that is none."""
    return recipients(mail.to, Path(mail.recipients_file) if mail.recipients_file else None)


def prepare(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    targets: Sequence[Mailbox],
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "en",
) -> tuple[Parts, dict[str, str]]:
    """Render what all mails of an issue have in common; return it with the recipients' tokens."""
    if not mail.sender:
        raise ConfigError('[mail] needs a sender: from = "digest@example.org"')
    made = tokens(store, [one.address for one in targets], now=now)
    sign = mark(store, key) if unsubscribe_ways(mail, "") else ""
    return _parts(digest, key, mail, sign, templates, language), made


def _parts(
    digest: Digest, key: str, mail: MailConfig, sign: str, templates: Path | None, language: str
) -> Parts:
    from digest.renderers.mail import MailRenderer

    day = digest.date.isoformat()
    ways = unsubscribe_ways(mail, sign)
    render = MailRenderer(
        templates=templates,
        language=language,
        web_url=mail.web_url.replace("{date}", day) or None,
        unsubscribe_url=ways[0] if ways else None,
        reason=mail.reason,
    )
    subject, text, html = render.parts(digest)
    return Parts(key=key, day=digest.date, subject=subject, text=text, html=html, mark=sign)


def item_of(mail: MailConfig, key: str, target: Mailbox, content: bytes) -> outbox.Item:
    origin = mailbox(mail.sender)
    return outbox.Item(
        recipient=target.address,
        sender=mailbox(mail.envelope_sender or mail.sender).address,
        message_id=message_id(key, target, origin),
        content=content,
    )


def file_name(day: str, identity: str, recipient: str) -> str:
    """Return the name of a mail's file, with so much of its Message-ID that no two mails share one."""
    return f"{day}.{identity[1:9]}.{recipient}.eml"

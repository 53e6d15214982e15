"""Notices: an issue's lead and headlines for a chat or a phone (by Apprise), and its JSON for a webhook.

They stand in the outbox as mails do, under the name of their table in place of an address: each goes out once,
and what a service puts off is tried again by the same rules.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from digest.delivery.dispatch import Delivery, Report, send
from digest.delivery.options import NoticeConfig, secret_of
from digest.delivery.services import AppriseService
from digest.delivery.webhook import Webhook
from digest.models import Digest
from digest.renderers.display import safe_link
from digest.store import Store, outbox

_SENDER = "notice"
"""What the outbox has in place of a sender's address."""


def deliver_notices(
    store: Store,
    notices: Sequence[NoticeConfig],
    issue: tuple[str, Digest] | None = None,
    *,
    now: datetime,
    language: str = "",
    report: Report,
) -> Delivery:
    """Put the notices of an issue (its key and itself) into the outbox, and hand over all that are due.

    The caller holds `digest.store.locked`. Raises `ConfigError` where a secret is missing.
    """
    rows: list[outbox.Row] = []
    fault = None
    outbox.recover(store, now=now)
    for notice in notices:
        channel = open_channel(notice)
        if issue is not None:
            key, digest = issue
            item = _item(notice, channel, key, digest, language)
            outbox.enqueue(store, key, digest.date.isoformat(), [item], now=now)
        due = [row for row in outbox.due(store, now=now) if is_notice(row, notice.name)]
        fault = send(store, due, channel, now=now, report=report) or fault
        waiting = [row for row in outbox.rows(store) if is_notice(row, notice.name)]
        tried = outbox.named(store, [row.id for row in due])
        rows += [*tried, *(r for r in waiting if r not in tried and r.state != "REFUSED")]
    return Delivery(rows=tuple(rows), fault=fault)


def is_notice(row: outbox.Row, name: str) -> bool:
    """Return whether a row of the outbox is for the notice of that name."""
    return row.sender == _SENDER and row.recipient == name


def open_channel(notice: NoticeConfig) -> Webhook | AppriseService:
    """Return what hands over a notice; raises `ConfigError` where its secret cannot be had."""
    if notice.webhook:
        return Webhook(address=notice.webhook, secret=secret_of(Path(notice.secret_file)).encode())
    return AppriseService(name=notice.name, address=secret_of(Path(notice.url_file)))


def _item(
    notice: NoticeConfig,
    channel: Webhook | AppriseService,
    key: str,
    digest: Digest,
    language: str,
) -> outbox.Item:
    identity = hashlib.sha256(f"{key} {notice.name}".encode()).hexdigest()
    link = safe_link(notice.web_url.replace("{date}", digest.date.isoformat())) or ""
    content = channel.payload(digest, link, language)
    return outbox.Item(recipient=notice.name, sender=_SENDER, message_id=identity, content=content)

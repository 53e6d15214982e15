"""Notices: an issue's lead and headlines for a chat or a phone (by Apprise), and its JSON for a webhook.

They stand in the outbox as mails do, under the name of their table in place of an address: each goes out once,
and what a service puts off is tried again by the same rules.
"""

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.codec import write_digest
from digest.delivery.channels import Envelope, OneByOne, Outcome
from digest.delivery.connection import line
from digest.delivery.dispatch import Delivery, Report, send
from digest.delivery.options import NoticeConfig, secret_of
from digest.errors import ConfigError
from digest.models import Digest
from digest.renderers.composition import briefing_view
from digest.renderers.display import safe_link, shorten
from digest.renderers.words import words_for
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


def open_channel(notice: NoticeConfig) -> "Webhook | AppriseService":
    """Return what hands over a notice; raises `ConfigError` where its secret cannot be had."""
    if notice.webhook:
        return Webhook(address=notice.webhook, secret=secret_of(Path(notice.secret_file)).encode())
    return AppriseService(name=notice.name, address=secret_of(Path(notice.url_file)))


def _item(
    notice: NoticeConfig,
    channel: "Webhook | AppriseService",
    key: str,
    digest: Digest,
    language: str,
) -> outbox.Item:
    identity = hashlib.sha256(f"{key} {notice.name}".encode()).hexdigest()
    link = safe_link(notice.web_url.replace("{date}", digest.date.isoformat())) or ""
    content = channel.payload(digest, link, language)
    return outbox.Item(recipient=notice.name, sender=_SENDER, message_id=identity, content=content)


# --- chats and phones, by Apprise


_LEAD = 400
"""Characters of the lead's sentence: what a phone shows without unfolding."""
_SPARE = 0.8
"""The share of a service's limit that is used: some escape the text, or put the title before it."""
_BODY, _TITLE = 1_000, 250
"""The limits where a service names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseService(OneByOne):
    """A service that Apprise knows: ntfy, Matrix, Slack, Telegram, Discord, Teams and a hundred others.

    Apprise does not say why a service did not take a notice: it is tried again for as long as a mail is.
    """

    name: str
    address: str = field(repr=False)
    """An address of Apprise, such as `ntfy://ntfy.sh/topic`; it mostly holds a secret."""

    @property
    def place(self) -> str:
        """The name of the notice: the address is never shown."""
        return self.name

    def payload(self, digest: Digest, link: str, language: str) -> bytes:
        """Return the title in the first line, and what fits into a message of the service."""
        service = self._service()
        most = int((service.body_maxlen or _BODY) * _SPARE)
        title, *lines = _told(digest, language)
        title = shorten(title, int((service.title_maxlen or _TITLE) * _SPARE))
        return "\n".join([title, *_fitting(lines, link, most - len(title))]).encode(
            "utf-8", "replace"
        )

    def _sent(self, envelope: Envelope) -> Outcome:
        import apprise

        title, _, body = envelope.payload.decode().partition("\n")
        with apprise.LogCapture(level=logging.WARNING) as said:  # type: ignore[no-untyped-call]
            taken = self._service().notify(title=title, body=body, body_format="text")
            why = line(said.getvalue().partition(" - WARNING - ")[2])
        if taken:
            return Outcome(state="SENT", answer="taken")
        return Outcome(state="DEFERRED", answer=why.replace(self.address, "…"), wait=True)

    def _service(self) -> Any:
        try:
            import apprise
        except ImportError as error:
            raise ConfigError(
                'notices need a package more: pip install "digest-briefing[channels]"'
            ) from error
        service = apprise.Apprise.instantiate(self.address)
        if service is None:
            raise ConfigError(f"notice {self.name!r}: its url_file holds no address of Apprise")
        return service


def _told(digest: Digest, language: str) -> list[str]:
    """Return the title, the lead's headline and sentence, and the headlines of the other topics.

    No one is called by a headline: an @ is written as its wide form, which services take for no mention.
    """
    view = briefing_view(digest, words_for(digest, language))
    told = [f"{view.title}, {view.day}"]
    for number, topic in enumerate(view.topics):
        told.append(f"• {topic.heading}")
        if not number and topic.quotes:
            told.append(shorten(topic.quotes[0].text, _LEAD))
    told += [view.nothing] if view.is_empty else []
    return [text.replace("@", "＠") for text in told]


def _fitting(lines: Sequence[str], link: str, most: int) -> list[str]:
    """Return as many of the lines as fit, and the link in any case."""
    room = most - len(link) - 1
    kept: list[str] = []
    for text in lines:
        room -= len(text) + 1
        if room < 0:
            break
        kept.append(text)
    return [*kept, *([link] if link else [])]


# --- a webhook


_LATER = {408, 425, 429}
"""The answers of HTTP, beside those from 500 on, that ask to be asked again (RFC 9110, 8470 and 6585)."""
_TIMEOUT_S = 30.0
"""For connecting, and for each part of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(OneByOne):
    """An address to which the JSON of an issue is posted.

    `X-Hub-Signature-256` is `sha256=` and the HMAC-SHA-256 of the body under the secret, in hexadecimal (as
    GitHub signs); `Idempotency-Key` is the same for the same issue, however often it is tried.
    """

    address: str
    secret: bytes = field(repr=False)

    @property
    def place(self) -> str:
        """The address."""
        return self.address

    def payload(self, digest: Digest, link: str, language: str) -> bytes:
        """Return the JSON that `--format json` writes."""
        del link, language
        return write_digest(digest).encode("utf-8", "replace")

    def _sent(self, envelope: Envelope) -> Outcome:
        import urllib3

        signature = hmac.new(self.secret, envelope.payload, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": envelope.key,
            "User-Agent": "digest",
            "X-Hub-Signature-256": f"sha256={signature}",
        }
        try:
            with urllib3.PoolManager(timeout=_TIMEOUT_S, retries=False) as pool:
                answer = pool.request(
                    "POST",
                    self.address,
                    body=envelope.payload,
                    headers=headers,
                    redirect=False,
                    preload_content=False,  # what it says beside the status is not read
                )
                answer.close()
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            return Outcome(state="DEFERRED", answer="no connection", wait=True)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return Outcome(state="UNCERTAIN", answer=line(type(error).__name__), wait=True)
        return _outcome(answer.status, line(answer.reason or ""))


def _outcome(status: int, reason: str) -> Outcome:
    said = f"{status} {reason}".strip()
    if 200 <= status < 300:
        return Outcome(state="SENT", answer=said)
    if status in _LATER or status >= 500:
        return Outcome(state="DEFERRED", answer=said, wait=True)
    return Outcome(state="REFUSED", answer=said)

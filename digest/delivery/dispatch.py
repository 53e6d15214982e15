"""Dispatch on one page: an issue's mails go into the outbox, and what is due there is sent.

At least once: a mail whose answer was lost is sent again, with the same Message-ID and the same bytes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path

from digest.delivery.channels import CHANNELS, Channel, Envelope, HandOver, Outcome, SessionError
from digest.delivery.message import IssueMail, Writer, message_id, unsubscribe_ways
from digest.delivery.options import Mailbox, MailConfig, mailbox, recipients
from digest.errors import (
    EXIT_DEFERRED,
    EXIT_OK,
    EXIT_REFUSED,
    ConfigError,
    DeliveryError,
    StoreError,
    WriteError,
)
from digest.models import Digest
from digest.protocols import plugin
from digest.store import Store, outbox
from digest.store.outbox import mark, person, suppressed, tokens

Report = Callable[[str], None]
"""Takes a line on everything that a person may have to look after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The result of a delivery: the mails of the issue and those that waited, and invalid addresses."""

    rows: tuple[outbox.Row, ...]
    problems: tuple[str, ...] = ()
    """Recipients that could not be served at all, each in a line."""
    fault: SessionError | None = None
    """Why sending stopped before the end, where it did."""

    def count(self, *states: outbox.State) -> int:
        """Return how many mails are in one of these states."""
        return sum(row.state in states for row in self.rows)

    @property
    def exit_code(self) -> int:
        """0 all sent, 75 some wait for a rerun, 76 a person must look."""
        if self.problems or self.count("REFUSED", "UNCERTAIN"):
            return EXIT_REFUSED
        if self.fault is not None:
            return self.fault.exit_code
        return EXIT_DEFERRED if self.count("QUEUED", "DEFERRED", "SENDING") else EXIT_OK


def issue_key(text: str, edition: str = "") -> str:
    """Return the key of an issue: the SHA-256 of its JSON text, and of the name of its edition.

    Two editions of the same articles have the same JSON, and each its own mails.
    """
    own = f"{edition}\n{text}" if edition else text
    return hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()


def deliver_issue(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "",
    report: Report,
) -> Delivery:
    """Mail an issue to everyone who does not have it, and send what waits of earlier issues.

    The caller holds `digest.store.locked`. All mails are in the outbox before the first connection.

    Args:
        key: of the issue, from `issue_key`: under the same key nobody is mailed twice.
        language: of the fixed words.
        now: the clock; the date of new mails, and what back-off is counted from.

    Raises:
        ConfigError: no sender, no password, a list of recipients that cannot be read.
        RenderError: a template that fails, or a disk that is full; nothing more was sent.
    """
    channel = make_channel(mail)
    for row in outbox.recover(store, now=now):
        report(
            f"{row.recipient}: the last run ended while the mail was handed over; it may be there"
        )
    problems = _enqueue(
        store, digest, key, mail, now=now, templates=templates, language=language, report=report
    )
    sent = _send_due(store, mail, channel, now=now, report=report)
    own = _mails(outbox.rows(store, issue=key, everything=True))
    rows = {row.id: row for row in (*sent.rows, *own)}
    return replace(sent, rows=tuple(rows.values()), problems=tuple(problems))


def send_waiting(
    store: Store, numbers: Sequence[int], mail: MailConfig, *, now: datetime, report: Report
) -> Delivery:
    """Send now what waits, or the mails with these numbers, even those refused or held.

    The caller holds `digest.store.locked`.
    """
    channel = make_channel(mail)
    outbox.recover(store, now=now)
    outbox.requeue(store, numbers, now=now)
    held = mail.hold_uncertain and not numbers
    waiting = [
        row
        for row in _mails(outbox.due(store, now=now, hold_uncertain=held))
        if not numbers or row.id in numbers
    ]
    fault = send(store, waiting, channel, now=now, report=report)
    return Delivery(rows=tuple(outbox.named(store, [row.id for row in waiting])), fault=fault)


def send_due(store: Store, mail: MailConfig, *, now: datetime, report: Report) -> Delivery:
    """Send what is due, of whichever issue; the caller holds `digest.store.locked`."""
    channel = make_channel(mail)
    outbox.recover(store, now=now)
    return _send_due(store, mail, channel, now=now, report=report)


def _send_due(
    store: Store, mail: MailConfig, channel: Channel, *, now: datetime, report: Report
) -> Delivery:
    """Send what is due; return that and what still waits, without earlier refusals, which were reported."""
    tried = _mails(outbox.due(store, now=now, hold_uncertain=mail.hold_uncertain))
    fault = send(store, tried, channel, now=now, report=report)
    numbers = sorted({row.id for row in tried})
    waiting = (row for row in _mails(outbox.rows(store)) if row.state != "REFUSED")
    rest = (row for row in waiting if row.id not in numbers)
    return Delivery(rows=(*outbox.named(store, numbers), *rest), fault=fault)


def _mails(rows: Sequence[outbox.Row]) -> list[outbox.Row]:
    """Return the rows that are mails: `digest.delivery.notices` hands over the others."""
    return [row for row in rows if "@" in row.recipient]


def _enqueue(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "",
    report: Report,
) -> list[str]:
    """Put a mail for each new recipient into the outbox; return the problems with recipients."""
    wanted, problems = wanted_by(mail)
    kept_out = suppressed(store) | outbox.known(store, key)
    targets = [one for one in wanted if person(one.address) not in kept_out]
    items = []
    if targets:
        parts, made = prepare(
            store, digest, key, mail, targets, now=now, templates=templates, language=language
        )
        write = Writer(mail=mail, moment=now)
        for target in targets:
            try:
                content = write(parts, target, made[target.address])
            except DeliveryError as error:
                problems.append(str(error))
            else:
                items.append(_item(mail, key, target, content))
        outbox.enqueue(store, key, digest.date.isoformat(), items, now=now)
    for problem in problems:
        report(problem)
    return problems


def send_test(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    address: str,
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "",
) -> Outcome:
    """Send an issue to one address, marked as a test and without a note in the outbox.

    Raises `DeliveryError` for an address that is invalid or unsubscribed, `SessionError`, `ConfigError`.
    """
    target = mailbox(address)
    if person(target.address) in suppressed(store):
        raise DeliveryError(target.address, "unsubscribed; it is never mailed again")
    parts, made = prepare(
        store, digest, key, mail, [target], now=now, templates=templates, language=language
    )
    trial = replace(parts, key=f"{key} test {now.isoformat()}", subject=f"Test: {parts.subject}")
    content = Writer(mail=mail, moment=now)(trial, target, made[target.address])
    item = _item(mail, trial.key, target, content)
    with make_channel(mail).session() as hand_over:
        outcome = hand_over(_envelope(item, "test"), lambda: True)
    assert outcome is not None
    return outcome


def make_channel(mail: MailConfig) -> Channel:
    """Return the channel that `mail` names; raises `ConfigError` where the password is missing."""
    if mail.deliver in CHANNELS:
        make = import_module(CHANNELS[mail.deliver].module).open_channel
    else:
        make = plugin("channels", mail.deliver)
    channel: Channel = make(mail)
    return channel


def check_delivery(mail: MailConfig) -> str:
    """Check that mails could be handed over, without sending one; return how, in a few words.

    Raises `ConfigError` for what `[mail]` lacks, `SessionError` where the server serves nobody, and
    `WriteError` where its folder cannot be written.
    """
    wanted, problems = wanted_by(mail)
    if problems or not (wanted and mail.sender):
        raise ConfigError("; ".join(problems) or "[mail] needs a sender and a recipient: from, to")
    channel = make_channel(mail)
    channel.check()
    count = "one recipient" if len(wanted) == 1 else f"{len(wanted)} recipients"
    return f"{channel.place}, {count}"


def send(
    store: Store, rows: Sequence[outbox.Row], channel: Channel, *, now: datetime, report: Report
) -> SessionError | None:
    """Hand over mails one after the other, and note each at once; return why it stopped early, if it did."""
    if not rows:
        return None
    with channel.session() as hand_over:
        fault = _send_all(store, rows, hand_over, now, report)
    outbox.clear(store)
    return fault


def _send_all(
    store: Store,
    rows: Sequence[outbox.Row],
    hand_over: HandOver,
    now: datetime,
    report: Report,
) -> SessionError | None:
    for number, row in enumerate(rows):
        if number % outbox.MAILS_A_RESERVE == 0:
            outbox.reserve(store)
        try:
            _send_one(store, row, hand_over, now, report)
        except SessionError as fault:
            waiting = rows[number:]
            outbox.put_off(store, waiting, str(fault), now=now, wait=fault.wait)
            report(f"{fault}; {len(waiting)} of {len(rows)} mails wait")
            return fault
    return None


def _send_one(
    store: Store, row: outbox.Row, hand_over: HandOver, now: datetime, report: Report
) -> None:
    item = outbox.item(store, row)
    if item is None:
        outbox.settle(store, row.id, "REFUSED", "its bytes were lost with a damaged store", now=now)
        report(f"{row.recipient}: its mail was lost with a damaged store")
        return
    envelope = _envelope(item, row.day)
    outcome = hand_over(envelope, lambda: outbox.begin(store, row.id, now=now))
    if outcome is None:
        return
    state: outbox.State = outcome.state
    if state == "DEFERRED" and row.state == "UNCERTAIN":
        state = "UNCERTAIN"  # what may have arrived before may still have arrived
    try:
        state = outbox.settle(store, row.id, state, outcome.answer, now=now, wait=outcome.wait)
    except (StoreError, WriteError):
        # A mail that was taken and is not noted is sent twice: that is worth a second try.
        state = outbox.settle(store, row.id, state, outcome.answer, now=now, wait=outcome.wait)
    if state != "SENT":
        report(f"{row.recipient}: {_phrase(state, outcome)}")


def _phrase(state: outbox.State, outcome: Outcome) -> str:
    phrases = {
        "DEFERRED": "put off",
        "REFUSED": "refused",
        "UNCERTAIN": "it may have arrived, nobody knows",
    }
    return f"{phrases.get(state, state.lower())}: {outcome.answer}"


def _envelope(item: outbox.Item, day: str) -> Envelope:
    return Envelope(
        sender=item.sender,
        recipient=item.recipient,
        key=item.message_id,
        payload=item.content,
        name=file_name(day, item.message_id, item.recipient),
    )


def wanted_by(mail: MailConfig) -> tuple[list[Mailbox], list[str]]:
    """Return the recipients that `mail` names, and a line for each invalid address."""
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
    language: str = "",
) -> tuple[IssueMail, dict[str, str]]:
    """Render what the mails of an issue have in common; return it with the recipients' tokens."""
    if not mail.sender:
        raise ConfigError('[mail] needs a sender: from = "digest@example.org"')
    made = tokens(store, [one.address for one in targets], now=now)
    sign = mark(store, key) if unsubscribe_ways(mail, "") else ""
    return _parts(digest, key, mail, sign, templates, language), made


def _parts(
    digest: Digest, key: str, mail: MailConfig, sign: str, templates: Path | None, language: str
) -> IssueMail:
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
    return IssueMail(key=key, day=digest.date, subject=subject, text=text, html=html, mark=sign)


def _item(mail: MailConfig, key: str, target: Mailbox, content: bytes) -> outbox.Item:
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

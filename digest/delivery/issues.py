"""Delivery on one page: an issue's mails go into the outbox, and what is due there is sent.

At least once: a mail whose answer was lost is sent again, with the same Message-ID and the same bytes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from digest.deliverers.addresses import mailbox
from digest.deliverers.message import Writer
from digest.deliverers.options import MailConfig
from digest.deliverers.outcome import Outcome, SessionError
from digest.delivery.sending import Report, envelope_of, make_opener, send
from digest.delivery.writing import item_of, prepare, wanted_by
from digest.errors import EXIT_DEFERRED, EXIT_OK, EXIT_REFUSED, DeliveryError
from digest.models import Digest
from digest.store import Store, outbox
from digest.store.outbox import person, suppressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of an issue, and of earlier ones that waited: the rows, and the addresses that are none."""

    rows: tuple[outbox.Row, ...]
    problems: tuple[str, ...] = ()
    """Recipients that could not be served at all, each in a line."""
    fault: SessionError | None = None
    """Why the server served nobody any more, where it did not."""

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


def issue_key(text: str) -> str:
    """Return what an issue is known by: the SHA-256 of its JSON text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def deliver_issue(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "en",
    report: Report,
) -> Delivery:
    """Mail an issue to everyone who has not got it; what waits of earlier issues goes with it.

    The caller holds `digest.store.locked`. All mails are in the outbox before the first connection.

    Args:
        key: of the issue, from `issue_key`: under the same key nobody is mailed twice.
        language: of the fixed words.
        now: the clock; the date of new mails, and what back-off is counted from.

    Raises:
        ConfigError: no sender, no password, a list of recipients that cannot be read.
        RenderError: a template that fails, or a disk that is full; nothing more was sent.
    """
    opener = make_opener(mail)
    for row in outbox.recover(store, now=now):
        report(
            f"{row.recipient}: the last run ended while the mail was handed over; it may be there"
        )
    problems = enqueue_issue(
        store, digest, key, mail, now=now, templates=templates, language=language, report=report
    )
    waiting = outbox.due(store, now=now, hold_uncertain=mail.hold_uncertain)
    fault = send(store, waiting, opener, now=now, report=report)
    own = outbox.rows(store, issue=key, everything=True)
    rows = {row.id: row for row in (*_concerned(store, waiting), *own)}
    return Delivery(rows=tuple(rows.values()), problems=tuple(problems), fault=fault)


def send_waiting(
    store: Store, numbers: Sequence[int], mail: MailConfig, *, now: datetime, report: Report
) -> Delivery:
    """Send at once what waits, or the mails of these numbers, refused and held ones too.

    The caller holds `digest.store.locked`.
    """
    opener = make_opener(mail)
    outbox.recover(store, now=now)
    outbox.requeue(store, numbers, now=now)
    held = mail.hold_uncertain and not numbers
    waiting = [
        row
        for row in outbox.due(store, now=now, hold_uncertain=held)
        if not numbers or row.id in numbers
    ]
    fault = send(store, waiting, opener, now=now, report=report)
    return Delivery(rows=tuple(outbox.named(store, [row.id for row in waiting])), fault=fault)


def send_due(store: Store, mail: MailConfig, *, now: datetime, report: Report) -> Delivery:
    """Send what may be sent by now, whichever issue it is of; the caller holds `digest.store.locked`."""
    opener = make_opener(mail)
    outbox.recover(store, now=now)
    waiting = outbox.due(store, now=now, hold_uncertain=mail.hold_uncertain)
    fault = send(store, waiting, opener, now=now, report=report)
    return Delivery(rows=tuple(_concerned(store, waiting)), fault=fault)


def _concerned(store: Store, tried: Sequence[outbox.Row]) -> list[outbox.Row]:
    """Return what was tried, as it is now, and what still waits; what was refused before is not told again."""
    seen = {row.id for row in tried}
    waiting = (row for row in outbox.rows(store) if row.state != "REFUSED")
    return [*outbox.named(store, sorted(seen)), *(row for row in waiting if row.id not in seen)]


def enqueue_issue(
    store: Store,
    digest: Digest,
    key: str,
    mail: MailConfig,
    *,
    now: datetime,
    templates: Path | None = None,
    language: str = "en",
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
                items.append(item_of(mail, key, target, content))
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
    language: str = "en",
) -> Outcome:
    """Send an issue to one address, marked as a test and without a note in the outbox.

    Raises `DeliveryError` for an address that is none or that unsubscribed, `SessionError`, `ConfigError`.
    """
    target = mailbox(address)
    if person(target.address) in suppressed(store):
        raise DeliveryError(target.address, "unsubscribed; it is never mailed again")
    parts, made = prepare(
        store, digest, key, mail, [target], now=now, templates=templates, language=language
    )
    trial = replace(parts, key=f"{key} test {now.isoformat()}", subject=f"Test: {parts.subject}")
    content = Writer(mail=mail, moment=now)(trial, target, made[target.address])
    item = item_of(mail, trial.key, target, content)
    with make_opener(mail)() as transport:
        outcome = transport(envelope_of(item, "test"), lambda: True)
    assert outcome is not None
    return outcome

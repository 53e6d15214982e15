"""What waits in the outbox is handed over, one mail after the other, and noted at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from digest.deliverers.folders import Folder
from digest.deliverers.options import MailConfig
from digest.deliverers.outcome import Envelope, Opener, Outcome, SessionError, Transport
from digest.deliverers.passwords import password
from digest.deliverers.smtp import SmtpServer
from digest.delivery.writing import file_name, wanted_by
from digest.durability import check_folder
from digest.errors import ConfigError, StoreError, WriteError
from digest.store import Store, outbox

Report = Callable[[str], None]
"""Is told, in one line, of everything that a person may have to look after."""


def make_opener(mail: MailConfig) -> Folder | SmtpServer:
    """Return what hands mails over; raises `ConfigError` where the password is missing."""
    if mail.deliver != "smtp":
        return Folder(path=Path(mail.folder), maildir=mail.deliver == "maildir")
    return SmtpServer(
        host=mail.host,
        port=mail.server_port,
        security=mail.encryption,
        user=mail.user,
        password=password(mail),
        timeout_s=mail.timeout,
        data_timeout_s=mail.data_timeout,
    )


def check_delivery(mail: MailConfig) -> str:
    """See that mails could be handed over, without one; return how, in a few words.

    Raises `ConfigError` for what `[mail]` lacks, `SessionError` where the server serves nobody, and
    `WriteError` where its folder cannot be written.
    """
    wanted, problems = wanted_by(mail)
    if problems or not (wanted and mail.sender):
        raise ConfigError("; ".join(problems) or "[mail] needs a sender and a recipient: from, to")
    opener = make_opener(mail)
    if isinstance(opener, Folder):
        check_folder(opener.path)
    else:
        opener.check()
    count = "one recipient" if len(wanted) == 1 else f"{len(wanted)} recipients"
    return f"{opener.place}, {count}"


def send(
    store: Store, rows: Sequence[outbox.Row], opener: Opener, *, now: datetime, report: Report
) -> SessionError | None:
    """Hand over mails one after the other, and note each at once; return why it was broken off, if it was."""
    if not rows:
        return None
    with opener() as transport:
        fault = _send_all(store, rows, transport, now, report)
    outbox.clear(store)
    return fault


def _send_all(
    store: Store,
    rows: Sequence[outbox.Row],
    transport: Transport,
    now: datetime,
    report: Report,
) -> SessionError | None:
    for number, row in enumerate(rows):
        if number % outbox.MAILS_A_RESERVE == 0:
            outbox.reserve(store)
        try:
            _send_one(store, row, transport, now, report)
        except SessionError as fault:
            waiting = rows[number:]
            outbox.put_off(store, waiting, str(fault), now=now, wait=fault.wait)
            report(f"{fault}; {len(waiting)} of {len(rows)} mails wait")
            return fault
    return None


def _send_one(
    store: Store, row: outbox.Row, transport: Transport, now: datetime, report: Report
) -> None:
    item = outbox.item(store, row)
    if item is None:
        outbox.settle(store, row.id, "REFUSED", "its bytes were lost with a damaged store", now=now)
        report(f"{row.recipient}: its mail was lost with a damaged store")
        return
    envelope = envelope_of(item, row.day)
    outcome = transport(envelope, lambda: outbox.begin(store, row.id, now=now))
    if outcome is None:
        return
    state: outbox.State = outcome.state
    if state == "DEFERRED" and row.state == "UNCERTAIN":
        state = "UNCERTAIN"  # what may have arrived before may still have arrived
    try:
        state = outbox.settle(store, row.id, state, outcome.answer, now=now, wait=outcome.wait)
    except (StoreError, WriteError):
        # What was taken and is not noted is sent twice: that is worth a second try.
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


def envelope_of(item: outbox.Item, day: str) -> Envelope:
    return Envelope(
        sender=item.sender,
        recipient=item.recipient,
        message_id=item.message_id,
        content=item.content,
        name=file_name(day, item.message_id, item.recipient),
    )

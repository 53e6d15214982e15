"""`digest outbox` and `digest unsubscribe`: the mails that wait, and who is never mailed again."""

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import (
    SuggestingGroup,
    config_option,
    format_option,
    place,
    store_option,
)
from digest.cli.terminal import failure, json_text, note, say
from digest.errors import ConfigError, counted

if TYPE_CHECKING:
    from digest.delivery.dispatch import Delivery
    from digest.store.outbox import Row


def print_counts(done: "Delivery") -> None:
    """Print the states of an issue's mails: "2 sent, 1 refused (digest outbox list)"."""
    words = (
        ("sent", ("SENT",)),
        ("waiting", ("QUEUED", "DEFERRED", "SENDING")),
        ("refused", ("REFUSED",)),
        ("uncertain", ("UNCERTAIN",)),
        ("dropped", ("DROPPED",)),
    )
    counts = [(done.count(*states), word) for word, states in words]
    shown = (
        ", ".join(f"{number} {word}" for number, word in counts if number) or "nobody to send to"
    )
    hint = "  (digest outbox list)" if done.count("SENT") < len(done.rows) else ""
    say(f"{shown}{hint}")


numbers_argument = click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")


@click.group(
    "outbox",
    cls=SuggestingGroup,
    epilog="\b\nExamples:\n  digest outbox list\n  digest outbox retry\n  digest outbox drop 12 13",
)
def outbox() -> None:
    """See, retry or drop the mails that wait.

    A mail is QUEUED, SENDING, SENT, DEFERRED (tried again after a while), REFUSED (a person must look),
    UNCERTAIN (the server may have taken it; sent again with the same Message-ID) or DROPPED.
    """


@outbox.command("list", epilog="\b\nExample:\n  digest outbox list --all")
@click.option("--all", "everything", is_flag=True, help="Those that were sent or dropped, too.")
@format_option("text", "jsonl")
@config_option
@store_option
def list_(everything: bool, format_: str, config: Path | None, store: Path | None) -> None:
    """List the mails that were not sent: number, state, recipient, issue, attempts, answer."""
    from digest.store import open_store
    from digest.store.outbox import rows as kept

    with open_store(place(config).store(store)) as opened:
        rows = kept(opened, everything=everything)
    for row in rows:
        if format_ == "jsonl":
            json_text(asdict(row))
        else:
            say(_line(row))
    if not rows and format_ == "text":
        note("nothing was mailed yet" if everything else "nothing waits; --all lists what was sent")


@outbox.command("retry", epilog="\b\nExample:\n  digest outbox retry 12")
@numbers_argument
@config_option
@store_option
def retry(numbers: tuple[int, ...], config: Path | None, store: Path | None) -> None:
    """Send what waits now, without waiting longer; with numbers, refused mails too."""
    from digest.delivery.dispatch import send_waiting
    from digest.delivery.notices import deliver_notices
    from digest.store import locked, open_store
    from digest.store.outbox import requeue

    here = place(config)
    mail, notices = here.config.mail, here.config.notices
    if mail is None and not notices:
        raise ConfigError(f"{here.file}: no server to send to: name it in a table [mail]")
    path, now = here.store(store), datetime.datetime.now(datetime.UTC)
    with locked(path), open_store(path) as opened:
        requeue(opened, numbers, now=now)
        done = [send_waiting(opened, numbers, mail, now=now, report=failure)] if mail else []
        if notices:
            done.append(deliver_notices(opened, notices, now=now, report=failure))
    for one in done:
        print_counts(one)
    click.get_current_context().exit(max(one.exit_code for one in done))


@outbox.command("drop", epilog="\b\nExample:\n  digest outbox drop 12")
@numbers_argument
@click.option("--all", "everything", is_flag=True, help="All that were not sent.")
@config_option
@store_option
def drop(
    numbers: tuple[int, ...], everything: bool, config: Path | None, store: Path | None
) -> None:
    """Give up mails; they are never sent, by no rerun either."""
    from digest.store import locked, open_store
    from digest.store.outbox import drop as give_up
    from digest.store.outbox import rows

    if bool(numbers) == everything:
        raise ConfigError(
            "name the mails to drop by their numbers (digest outbox list), or say --all"
        )
    path, now = place(config).store(store), datetime.datetime.now(datetime.UTC)
    with locked(path), open_store(path) as opened:
        if everything:
            numbers = tuple(row.id for row in rows(opened))
        say(f"{give_up(opened, numbers, now=now)} dropped")


def _line(row: "Row") -> str:
    after = f" next {row.next_attempt}" if row.state == "DEFERRED" else ""
    return (
        f"{row.id:>5}  {row.state:<9}  {row.recipient}  {row.day}"
        f"  {counted(row.attempts, 'attempt', 'attempts')}{after}  {row.answer}"
    ).rstrip()


@click.command(
    "unsubscribe",
    epilog="\b\nExamples:\n"
    "  digest unsubscribe 7ksb2mxq3kz5u6oyvq4pctd2ye\n"
    "  digest unsubscribe reader@example.org",
)
@click.argument("token", metavar="TOKEN")
@config_option
@store_option
def unsubscribe(token: str, config: Path | None, store: Path | None) -> None:
    """Never mail an address again.

    TOKEN is that of the unsubscribe link, or the address itself. What waits for the address is dropped.
    """
    from digest.delivery.options import mailbox
    from digest.store import open_store
    from digest.store.outbox import unsubscribe as never_mail

    who = mailbox(token).address if "@" in token else token
    now = datetime.datetime.now(datetime.UTC)
    with open_store(place(config).store(store)) as opened:
        say(f"{never_mail(opened, who, now=now)} is not mailed any more")

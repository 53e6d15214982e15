"""`digest outbox`."""

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.mails import print_counts
from digest.cli.messages import failure
from digest.cli.options import config_option, format_option
from digest.cli.places import place, store_option
from digest.cli.terminal import json_text, say
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.store.outbox import Row

numbers_argument = click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")


@click.group(
    "outbox",
    epilog="\b\nExamples:\n  digest outbox list\n  digest outbox retry\n  digest outbox drop 12 13",
)
def command() -> None:
    """See, retry or drop the mails that wait.

    A mail is QUEUED, SENDING, SENT, DEFERRED (tried again after a while), REFUSED (a person must look),
    UNCERTAIN (the server may have taken it; sent again with the same Message-ID) or DROPPED.
    """


@command.command("list", epilog="\b\nExample:\n  digest outbox list --all")
@click.option("--all", "everything", is_flag=True, help="Those that were sent or dropped, too.")
@format_option("text", "jsonl")
@config_option
@store_option
def list_(everything: bool, format_: str, config: Path | None, store: Path | None) -> None:
    """List the mails that were not sent: number, state, recipient, issue, attempts, answer."""
    from digest.store import open_store, outbox

    with open_store(place(config).store(store)) as opened:
        rows = outbox.rows(opened, everything=everything)
    for row in rows:
        if format_ == "jsonl":
            json_text(asdict(row))
        else:
            say(_line(row))


@command.command("retry", epilog="\b\nExample:\n  digest outbox retry 12")
@numbers_argument
@config_option
@store_option
def retry(numbers: tuple[int, ...], config: Path | None, store: Path | None) -> None:
    """Send what waits now, without waiting longer; with numbers, refused mails too."""
    from digest.delivery.dispatch import send_waiting
    from digest.store import locked, open_store

    here = place(config)
    if here.config.mail is None:
        raise ConfigError(f"{here.file}: no server to send to: name it in a table [mail]")
    path, now = here.store(store), datetime.datetime.now(datetime.UTC)
    with locked(path), open_store(path) as opened:
        done = send_waiting(opened, numbers, here.config.mail, now=now, report=failure)
    print_counts(done)
    click.get_current_context().exit(done.exit_code)


@command.command("drop", epilog="\b\nExample:\n  digest outbox drop 12")
@numbers_argument
@click.option("--all", "everything", is_flag=True, help="All that were not sent.")
@config_option
@store_option
def drop(
    numbers: tuple[int, ...], everything: bool, config: Path | None, store: Path | None
) -> None:
    """Give up mails; they are never sent, by no rerun either."""
    from digest.store import locked, open_store, outbox

    if bool(numbers) == everything:
        raise ConfigError(
            "name the mails to drop by their numbers (digest outbox list), or say --all"
        )
    path, now = place(config).store(store), datetime.datetime.now(datetime.UTC)
    with locked(path), open_store(path) as opened:
        if everything:
            numbers = tuple(row.id for row in outbox.rows(opened))
        say(f"{outbox.drop(opened, numbers, now=now)} dropped")


def _line(row: "Row") -> str:
    after = f" next {row.next_attempt}" if row.state == "DEFERRED" else ""
    return (
        f"{row.id:>5}  {row.state:<9}  {row.recipient}  {row.day}"
        f"  {row.attempts} attempts{after}  {row.answer}"
    ).rstrip()

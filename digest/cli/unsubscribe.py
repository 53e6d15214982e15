"""`digest unsubscribe`."""

import datetime
from pathlib import Path

import click

from digest.cli.options import config_option
from digest.cli.places import place, store_option
from digest.cli.terminal import say


@click.command(
    "unsubscribe",
    epilog="\b\nExamples:\n"
    "  digest unsubscribe 7ksb2mxq3kz5u6oyvq4pctd2ye\n"
    "  digest unsubscribe reader@example.org",
)
@click.argument("token", metavar="TOKEN")
@config_option
@store_option
def command(token: str, config: Path | None, store: Path | None) -> None:
    """Never mail an address again.

    TOKEN is that of the unsubscribe link, or the address itself. What waits for the address is dropped.
    """
    from digest.deliverers.addresses import mailbox
    from digest.store import open_store
    from digest.store.outbox import unsubscribe

    who = mailbox(token).address if "@" in token else token
    now = datetime.datetime.now(datetime.UTC)
    with open_store(place(config).store(store)) as opened:
        say(f"{unsubscribe(opened, who, now=now)} is not mailed any more")

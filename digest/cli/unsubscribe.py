"""`digest unsubscribe`."""

import datetime
from pathlib import Path

import click

from digest.cli.mails import store_option


@click.command(
    "unsubscribe",
    epilog="\b\nExamples:\n"
    "  digest unsubscribe 7ksb2mxq3kz5u6oyvq4pctd2ye\n"
    "  digest unsubscribe reader@example.org",
)
@click.argument("token", metavar="TOKEN")
@store_option
def command(token: str, store_path: Path | None) -> None:
    """Never mail an address again.

    TOKEN is that of the unsubscribe link, or the address itself. What waits for the address is dropped.
    """
    from digest.deliverers.addresses import mailbox
    from digest.store import default_store, open_store
    from digest.store.subscribers import unsubscribe

    who = mailbox(token).address if "@" in token else token
    now = datetime.datetime.now(datetime.UTC)
    with open_store(store_path or default_store()) as store:
        click.echo(f"{unsubscribe(store, who, now=now)} is not mailed any more")

"""Options and lines that the commands of the mail share."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digest.deliverers.options import MailConfig
    from digest.delivery import Delivery

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The configuration with its table [mail].  [default: digest.toml, if there is one]",
)
store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The store with the outbox.  [default: in the user's folder for data]",
)


def read_settings(config: Path | None) -> "tuple[MailConfig | None, Path | None]":
    """Return `[mail]` and the folder of templates, as far as the configuration has them."""
    from digest.config import load_config
    from digest.errors import ConfigError

    settings = load_config(config)
    if not settings.templates:
        return settings.mail, None
    folder = (config.parent if config else Path()) / settings.templates
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of templates")
    return settings.mail, folder


def complain(line: str) -> None:
    """Say something that a person may have to look after."""
    click.echo(f"digest: {' '.join(line.split())}", err=True)


def print_counts(done: "Delivery") -> None:
    """Print what became of the mails of an issue: "2 sent, 1 refused (digest outbox list)"."""
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
    click.echo(f"{shown}{hint}")

"""`digest mute`."""

from pathlib import Path

import click

from digest.cli.follow import change, names_argument, remove_option
from digest.cli.options import config_option
from digest.cli.places import place


@click.command(
    "mute",
    epilog='\b\nExamples:\n  digest mute horoscope "royal family"\n  digest mute --remove horoscope\n'
    "  digest mute",
)
@names_argument
@remove_option
@config_option
def command(names: tuple[str, ...], remove: bool, config: Path | None) -> None:
    """Leave out what NAMEs name in the headline, and the sources of these names.

    What is muted is named among what was left out. The names are the list `mute` of digest.toml; without a
    NAME it is printed, a name a line.
    """
    change("mute", names, remove=remove, here=place(config))

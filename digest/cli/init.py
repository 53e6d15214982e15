"""`digest init`."""

from pathlib import Path

import click

from digest.cli.terminal import say
from digest.config import FILE_NAME
from digest.errors import ConfigError

TEMPLATE = """\
# The configuration of a digest, which `digest run` reads. Every key has a default; `digest doctor` checks it.

title = "The daily digest"

# Whose day it is; without it, the machine's.
# timezone = "Europe/Vienna"

# A topic's summary: 3 sentences, "80w" words, "400c" characters or "5%".
length = 3

# Where the issues go, and which files are written: markdown, html, json, text.
output = "out"
formats = ["markdown", "html", "json"]

# What was read and sent is kept here; without this line in the platform's folder for data, where all
# configurations without it share one memory.
store = "digest.sqlite"

# What is read: feeds, pages, sitemaps; files, folders and patterns. `digest feeds add ADDRESS` adds one.
# [[sources]]
# location = "https://example.org/feed.xml"
# name = "Example"                # what the briefing calls it
# full_text = true                # fetch the page where an entry gives only the beginning

[[sources]]
location = "inbox"                # drop pages, newsletters (.eml) and texts here

# Topics with a fixed name; the rest is found. `digest topics suggest out/` writes a first table.
# [[topics]]
# name = "Harbours"
# keywords = ["harbour", "port authority", "ferry"]
# never = ["port wine"]
"""


@click.command(
    "init",
    epilog="\b\nExamples:\n  digest init\n  digest init morning && digest run --config morning/digest.toml",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
def command(folder: Path) -> None:
    """Write a digest.toml to start from, with a comment on every key, and a folder to drop pages in.

    What stands there already is left alone.
    """
    file = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(TEMPLATE)
        (folder / "inbox").mkdir(exist_ok=True)
    except FileExistsError as error:
        raise ConfigError(f"{file}: it stands there already, and is left as it is") from error
    except OSError as error:
        from digest.errors import WriteError

        raise WriteError(f"{file}: {(error.strerror or 'cannot be written').lower()}") from error
    say(file)

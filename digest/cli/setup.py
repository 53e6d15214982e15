"""`digest init`, `digest templates` and `digest schedule`: the files that a newcomer starts from."""

import json
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from digest.cli.options import (
    SuggestingGroup,
    config_option,
    place,
)
from digest.cli.terminal import note, on_terminal, say
from digest.config import FILE_NAME
from digest.editions import DAYS, TIME, EditionConfig
from digest.errors import ConfigError, DeliveryError
from digest.incoming import read_regular
from digest.sources import SourceConfig

TEMPLATE = """\
# The configuration of a digest, which `digest run` reads. Every key has a default; `digest doctor` checks it.

title = "The daily digest"

# Whose day it is; without it, the machine's.
# timezone = "Europe/Vienna"

# A topic's summary: 3 sentences, "80w" words, "400c" characters or "5%".
length = 3

# Where the issues go, and which files are written: markdown, html, json, text, epub.
output = "out"
formats = ["markdown", "html", "json"]

# What stands above others, and what is left out: words, names and sources (`digest follow`, `digest mute`).
# follow = ["Danube"]
# mute = ["horoscope"]

# The run writes a draft: `digest edit` changes it, `digest send` mails it.
# hold = true

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


STARTERS = {
    "world": {
        "BBC News": "https://feeds.bbci.co.uk/news/world/rss.xml",
        "The Guardian": "https://www.theguardian.com/world/rss",
        "Al Jazeera": "https://www.aljazeera.com/xml/rss/all.xml",
        "Deutsche Welle": "https://rss.dw.com/rdf/rss-en-all",
        "NPR": "https://feeds.npr.org/1001/rss.xml",
        "France 24": "https://www.france24.com/en/rss",
    },
    "business": {
        "BBC Business": "https://feeds.bbci.co.uk/news/business/rss.xml",
        "Guardian Business": "https://www.theguardian.com/business/rss",
        "The Economist": "https://www.economist.com/finance-and-economics/rss.xml",
        "CNBC": "https://www.cnbc.com/id/100003114/device/rss/rss.html",
    },
    "technology": {
        "Ars Technica": "https://feeds.arstechnica.com/arstechnica/index",
        "The Verge": "https://www.theverge.com/rss/index.xml",
        "The Register": "https://www.theregister.com/headlines.atom",
        "LWN": "https://lwn.net/headlines/rss",
        "BBC Technology": "https://feeds.bbci.co.uk/news/technology/rss.xml",
    },
    "science": {
        "Nature": "https://www.nature.com/nature.rss",
        "ScienceDaily": "https://www.sciencedaily.com/rss/all.xml",
        "Phys.org": "https://phys.org/rss-feed/",
        "Guardian Science": "https://www.theguardian.com/science/rss",
        "BBC Science": "https://feeds.bbci.co.uk/news/science_and_environment/rss.xml",
    },
    "german": {
        "tagesschau": "https://www.tagesschau.de/infoservices/alle-meldungen-100~rss2.xml",
        "DER SPIEGEL": "https://www.spiegel.de/schlagzeilen/index.rss",
        "DIE ZEIT": "https://newsfeed.zeit.de/index",
        "ORF": "https://rss.orf.at/news.xml",
        "NZZ": "https://www.nzz.ch/recent.rss",
    },
}
"""Feeds to start with, by theme: several outlets each, so that stories of several outlets come together."""


@click.command(
    "init",
    epilog="\b\nExamples:\n"
    "  digest init\n"
    "  digest init --sources world --at 06:30 --to me@example.org\n"
    "  digest init --sources subscriptions.opml\n"
    "  digest init morning && digest run --config morning/digest.toml",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--sources",
    metavar="WHAT",
    help=f"Feeds of a theme ({', '.join(STARTERS)}), an OPML file, or a folder.  [default: inbox]",
)
@click.option("--at", metavar="HH:MM", help="When it is to run each morning.  [default: 06:00]")
@click.option("--to", metavar="WHERE", help="A folder, or a mail address as well.  [default: out]")
def init(folder: Path, sources: str | None, at: str | None, to: str | None) -> None:
    """Write a digest.toml to start from, with a comment on every key, and a folder to drop pages in.

    It takes three things: what is read, when, and where the issue goes. On a terminal it asks for them. Feeds
    move: `digest feeds check` asks each one. What stands there already is left alone.
    """
    file = folder / FILE_NAME
    if file.exists():
        raise ConfigError(f"{file}: it stands there already, and is left as it is")
    if sources is at is to is None and on_terminal(sys.stdin, sys.stdout):
        themes = ", ".join(STARTERS)
        sources = click.prompt(f"What to read: {themes}, an OPML file or a folder", default="inbox")
        at = click.prompt("When, each morning", default="06:00")
        to = click.prompt("Where to: a folder or a mail address", default="out")
    at = at or "06:00"
    _time_of_day(at)
    _write_new(file, _configuration(folder, sources or "inbox", to or "out"))
    say(file)
    here = "" if folder == Path() else f" --config {shlex.quote(str(file))}"
    mail = ", `digest doctor` asks the mail server" if "@" in (to or "") else ""
    note(
        f"next: `digest run{here}` makes the first issue{mail}, "
        f"`digest schedule{here} --at {at}` prints what makes one each morning"
    )


def _configuration(folder: Path, sources: str, to: str) -> str:
    """Return the text of a digest.toml with these sources and this place for the issues."""
    from digest.subscriptions import with_sources

    text = TEMPLATE
    if "@" in to:
        from digest.delivery.options import mailbox

        try:
            address = json.dumps(mailbox(to).address)
        except DeliveryError as error:
            raise ConfigError(f"--to {error}") from error
        text += f'\n[mail]\nfrom = {address}\nto = [{address}]\nhost = "localhost"\n'
    else:
        text = text.replace('output = "out"', f"output = {json.dumps(to)}")
    return with_sources(text, _starting(folder, sources), FILE_NAME)


def _starting(folder: Path, sources: str) -> list[SourceConfig]:
    """Return the feeds of a theme or of a list, or a folder; raises `ConfigError` for what is none."""
    if sources in STARTERS:
        return [SourceConfig(location=url, name=name) for name, url in STARTERS[sources].items()]
    if sources == "inbox":
        return []
    path = Path(sources)
    if path.is_dir():
        # What the file names is relative to its own folder, what was typed to this one.
        return [SourceConfig(location=sources if folder == Path() else str(path.resolve()))]
    if path.is_file():
        from digest.cli.settings import subscribed

        return subscribed(path)
    themes = ", ".join(STARTERS)
    raise ConfigError(f"--sources {sources}: no such file or folder; the themes are {themes}")


def _write_new(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
        (file.parent / "inbox").mkdir(exist_ok=True)
    except FileExistsError as error:
        raise ConfigError(f"{file}: it stands there already, and is left as it is") from error
    except OSError as error:
        from digest.errors import WriteError

        raise WriteError(f"{file}: {(error.strerror or 'cannot be written').lower()}") from error


@click.group(
    "templates",
    cls=SuggestingGroup,
    epilog="\b\nExamples:\n"
    "  digest templates copy my-templates/\n"
    "  digest templates copy my-templates/ digest.css --theme plain\n"
    "  digest build pages/ --templates my-templates/",
)
def templates() -> None:
    """Start templates of your own from the built-in ones.

    docs/templates.md says what a template sees. A folder of templates need not be whole: what it does not
    have is built in, so copy only what you change.
    """


@templates.command(
    "copy",
    epilog="\b\nExamples:\n"
    "  digest templates copy my-templates/\n"
    "  digest templates copy my-templates/ digest.css --theme plain",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--theme", default="paper", show_default=True, metavar="NAME", help="Whose: paper or plain."
)
def copy(folder: Path, names: tuple[str, ...], theme: str) -> None:
    """Copy the built-in templates, or those named, into DIR. No file is written over."""
    from digest.durability import write_file

    found = built_in(theme)
    for name in names:
        if name not in found:
            raise ConfigError(f"no template {name!r}: choose from {', '.join(found)}")
    chosen = {name: found[name] for name in names or found}
    for name in chosen:
        if (folder / name).exists():
            raise ConfigError(f"{folder / name} exists already: choose another folder")
    for name, path in chosen.items():
        say(write_file(folder, name, read_regular(path)))


def built_in(theme: str) -> dict[str, Path]:
    """Return the built-in templates by name, those of the theme before the others."""
    from digest.renderers.templates import template_folders

    found: dict[str, Path] = {}
    for folder in template_folders(theme):
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.name, path)
    return dict(sorted(found.items()))


@click.command(
    "schedule",
    epilog="\b\nExamples:\n  digest schedule --at 06:00\n  digest schedule --kind systemd --at 06:30",
)
@config_option
@click.option("--at", default="06:00", show_default=True, metavar="HH:MM", help="When it runs.")
@click.option(
    "--kind",
    type=click.Choice(["both", "cron", "systemd"]),
    default="both",
    show_default=True,
    help="What to print.",
)
def schedule(config: Path | None, at: str, kind: str) -> None:
    """Print the cron line and the systemd timer that run the digest each morning. Nothing is installed.

    With [[editions]] there is a line for each time at which one of them is due; --at is that of those without
    a time. One run makes all that are due, and asks the sources once.

    A morning that the machine slept through is caught up: by systemd when it wakes, and in any case by the
    next issue, which has all that no issue has told.
    """
    _time_of_day(at)
    here = place(config)
    file = here.file.absolute()
    if not file.exists():
        raise ConfigError(f"{file}: no such file; `digest init` writes one")
    run, zone = [*_program(), "run", "--config", str(file)], here.config.timezone
    times = _times(here.config.editions, at)
    if kind in ("both", "cron"):
        # In a crontab a percent sign begins the standard input.
        line = shlex.join(run).replace("%", r"\%")
        say("# a line for `crontab -e`; cron mails what it prints")
        if zone:
            say("# where cron does not know CRON_TZ (its manual says), the time is the machine's")
            say(f"CRON_TZ={zone}")
        for time in times:
            say(f"{time.comment}{time.cron} {line}")
    if kind == "both":
        say()
    if kind in ("both", "systemd"):
        say(
            _units(
                run,
                "\n".join(
                    f"{time.comment}OnCalendar={time.systemd} {zone}".rstrip() for time in times
                ),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Time:
    """A time of day, and the days on which an edition is due then."""

    hour: int
    minute: int
    days: tuple[int, ...] = tuple(range(7))
    """0 for Monday."""
    editions: tuple[str, ...] = ()

    @property
    def comment(self) -> str:
        """A line that names the editions; nothing without any."""
        return f"# {', '.join(self.editions)}\n" if self.editions else ""

    @property
    def cron(self) -> str:
        """The five fields of crontab(5), where Sunday is 0."""
        days = ",".join(str((day + 1) % 7) for day in self.days) if len(self.days) < 7 else "*"
        return f"{self.minute} {self.hour} * * {days}"

    @property
    def systemd(self) -> str:
        """The calendar event of systemd.time(7)."""
        days = ",".join(DAYS[day][:3].capitalize() for day in self.days)
        at = f"*-*-* {self.hour:02}:{self.minute:02}:00"
        return at if len(self.days) == 7 else f"{days} {at}"


def _times(editions: Sequence[EditionConfig], at: str) -> list[_Time]:
    """Return when a run is to begin, the earliest first: at each time once, for all that are due then."""
    times: dict[tuple[int, int], _Time] = {}
    for one in editions:
        hour, minute = _time_of_day(one.at or at)
        before = times.get((hour, minute), _Time(hour=hour, minute=minute, days=()))
        times[hour, minute] = replace(
            before,
            days=tuple(sorted({*before.days, *one.weekdays})),
            editions=(*before.editions, one.name),
        )
    if not editions:
        hour, minute = _time_of_day(at)
        return [_Time(hour=hour, minute=minute)]
    return [times[key] for key in sorted(times)]


def _time_of_day(at: str) -> tuple[int, int]:
    time = TIME.fullmatch(at)
    if time is None:
        raise ConfigError(f"--at {at}: it must be a time of day such as 06:00")
    return int(time[1]), int(time[2])


def _program() -> list[str]:
    """The program that is running, by its whole path: a scheduler has no PATH to find it on."""
    script = Path(sys.executable).with_name("digest")
    return [str(script)] if script.exists() else [sys.executable, "-m", "digest"]


def _units(run: list[str], calendar: str) -> str:
    command = " ".join(_quoted(word) for word in run)
    return f"""\
# ~/.config/systemd/user/digest.service
[Unit]
Description=The daily digest
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# 10: some sources failed, and the issue names them
SuccessExitStatus=10

# ~/.config/systemd/user/digest.timer: `systemctl --user enable --now digest.timer`
[Unit]
Description=The daily digest, each morning

[Timer]
{calendar}
Persistent=true

[Install]
WantedBy=timers.target"""


def _quoted(word: str) -> str:
    """A word as systemd reads it: `%` and `$` doubled, quoted where it has a space or a quote."""
    word = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if re.search(r"[\s'\"]", word) else word

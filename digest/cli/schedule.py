"""`digest schedule`."""

import re
import shlex
import sys
from pathlib import Path

import click

from digest.cli.options import config_option
from digest.cli.places import place
from digest.cli.terminal import say
from digest.errors import ConfigError

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


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
def command(config: Path | None, at: str, kind: str) -> None:
    """Print the cron line and the systemd timer that run the digest each morning. Nothing is installed.

    A morning that the machine slept through is caught up: by systemd when it wakes, and in any case by the
    next issue, which has all that no issue has told.
    """
    time = _TIME.fullmatch(at)
    if time is None:
        raise ConfigError(f"--at {at}: it must be a time of day such as 06:00")
    here = place(config)
    file = here.file.absolute()
    if not file.exists():
        raise ConfigError(f"{file}: no such file; `digest init` writes one")
    run, zone = [*_program(), "run", "--config", str(file)], here.config.timezone
    if kind in ("both", "cron"):
        # In a crontab a percent sign begins the standard input.
        line = shlex.join(run).replace("%", r"\%")
        say("# a line for `crontab -e`; cron mails what it prints")
        if zone:
            say("# where cron does not know CRON_TZ (its manual says), the time is the machine's")
            say(f"CRON_TZ={zone}")
        say(f"{int(time[2])} {int(time[1])} * * * {line}")
    if kind == "both":
        say()
    if kind in ("both", "systemd"):
        say(_units(run, f"{int(time[1]):02}:{time[2]}:00 {zone}".rstrip()))


def _program() -> list[str]:
    """The program that is running, by its whole path: a scheduler has no PATH to find it on."""
    script = Path(sys.executable).with_name("digest")
    return [str(script)] if script.exists() else [sys.executable, "-m", "digest"]


def _units(run: list[str], at: str) -> str:
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
OnCalendar=*-*-* {at}
Persistent=true

[Install]
WantedBy=timers.target"""


def _quoted(word: str) -> str:
    """A word as systemd reads it: `%` and `$` doubled, quoted where it has a space or a quote."""
    word = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return f'"{word}"' if re.search(r"[\s'\"]", word) else word

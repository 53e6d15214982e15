"""Where the configuration, its store and its folders are."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import click

from digest.config import FILE_NAME, Config, load_config
from digest.errors import ConfigError

ISSUE_NAME = re.compile(r"\d{4}-\d\d-\d\d(?:-\d{1,4})?")
"""What an issue of the store is called: its date, with a number where it is not the first."""
store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it is kept what was read and sent.  [default: as the configuration says]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A configuration with the file it came from: what its relative paths are relative to."""

    config: Config
    file: Path

    @property
    def folder(self) -> Path:
        """The folder of the file."""
        return self.file.parent

    @property
    def output(self) -> Path:
        """The folder of the issues."""
        return self.folder / self.config.output

    @property
    def templates(self) -> Path | None:
        """The folder with the user's templates, if there is one."""
        return self.folder / self.config.templates if self.config.templates else None

    def store(self, option: Path | None) -> Path:
        """Return the place of the store: that of the option, of the configuration, or of the platform."""
        if option is not None:
            return option
        if self.config.store:
            return self.folder / Path(self.config.store).expanduser()
        from digest.store import default_store

        return default_store()

    def today(self, now: datetime.datetime) -> datetime.date:
        """Return the local day of a moment."""
        if not self.config.timezone:
            return now.astimezone().date()
        from zoneinfo import ZoneInfo

        return now.astimezone(ZoneInfo(self.config.timezone)).date()


def existing_store(here: Place, option: Path | None) -> Path:
    """Return the place of the store; raises `ConfigError` where there is none yet."""
    path = here.store(option)
    if not path.exists():
        raise ConfigError(f"no store {path}; `digest run` makes issues")
    return path


def place(config: Path | None) -> Place:
    """Read the configuration and remember where it stands."""
    return Place(config=load_config(config), file=config or Path(FILE_NAME))


def place_of(issue: Path, config: Path | None) -> Place:
    """Read the configuration that made an issue: the one given, the one here, or one in a folder above it."""
    if config is None and not Path(FILE_NAME).exists():
        above = (folder / FILE_NAME for folder in issue.resolve().parents)
        config = next((file for file in above if file.is_file()), None)
    return place(config)

"""An edition: a table `[[editions]]` of digest.toml, what is wrong with one, and the days on which it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from digest.delivery.options import NoticeConfig
from digest.errors import ConfigError
from digest.sources import SourceConfig

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_NAME = re.compile(r"[a-z][a-z0-9]{0,30}(?:-[a-z][a-z0-9]{0,30}){0,3}")
"""A part of the names of its files, which ends in no number: that is a further issue's."""
_MAIL = "mail"
"""The channel that is the table `[mail]`."""
_EARLY = timedelta(hours=1)
"""A first issue that is made a little early does not take the news of the day before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionConfig:
    """What `[[editions]]` can say: when an edition is made, and what in it is not as in the file's own keys."""

    name: str
    """A short word, which is in the names of its files: `weekly` makes `2026-11-21-weekly.html`."""
    days: tuple[str, ...] = ()
    """The days on which it is made: `["saturday"]` or `["mon", "thu"]`; without any, each day."""
    at: str = ""
    """The time of day from which it is made, `18:00`; without it, the first run of the day makes it."""
    sources: tuple[str, ...] = ()
    """The sources it is made of, by `name` or `location`; without `sources` and `sections`, all."""
    sections: tuple[str, ...] = ()
    """The sources it is made of, by their `section`."""
    channels: tuple[str, ...] | None = None
    """Who is told: `mail`, and names of `[[notices]]`; without it, all, and `[]` is nobody."""
    to: tuple[str, ...] | None = None
    """The recipients of its mails, in place of those of `[mail]`."""
    web_url: str | None = None
    """Where its issues can be read on the web, with `{date}` for the day."""
    title: str | None = None
    """Its headline."""
    length: str | None = None
    """The length of a lead's summary."""
    story_length: str | None = None
    """The length of each story's summary."""
    reading_time: str | None = None
    """How long an issue takes to read."""
    language: str | None = None
    """The language of its fixed words and dates."""
    theme: str | None = None
    """The look of its page."""
    templates: str | None = None
    """A folder with templates of its own."""
    formats: tuple[str, ...] | None = None
    """The files that are written."""
    output: str | None = None
    """The folder of its issues; without it, the one of its name in `output`."""
    follow: tuple[str, ...] | None = None
    """Words, names and sources that stand above others."""
    mute: tuple[str, ...] | None = None
    """Words, names and sources that are left out."""
    memory_days: int | None = None
    """For how many days it knows a story for the same."""
    hold: bool | None = None
    """Whether its issues are drafts."""

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The days on which it is made, 0 for Monday, in their order."""
        wanted = [_weekday(day) for day in self.days]
        return tuple(number for number in range(7) if not wanted or number in wanted)

    @property
    def time(self) -> time:
        """The time from which it is made."""
        found = TIME.fullmatch(self.at)
        return time(int(found[1]), int(found[2])) if found else time()

    @property
    def begins(self) -> timedelta:
        """For how long before its first issue it has the news: from one of its days to the next."""
        days = self.weekdays
        gaps = [
            (after - before) % 7 or 7
            for before, after in zip(days, (*days[1:], days[0]), strict=True)
        ]
        return timedelta(days=max(gaps)) - _EARLY

    def has(self, source: SourceConfig) -> bool:
        """Return whether it is made of a source."""
        names = {source.name, source.location, source.shown} - {""}
        return (
            not (self.sources or self.sections)
            or not names.isdisjoint(self.sources)
            or (bool(source.section) and source.section in self.sections)
        )

    def has_channel(self, name: str) -> bool:
        """Return whether a channel is told of it: `mail`, or one of the notices."""
        return self.channels is None or name in self.channels

    def last_due(self, moment: datetime) -> date:
        """Return the latest of its days that has come, and its time too, at a local moment."""
        day = moment.date() - timedelta(days=moment.time().replace(tzinfo=None) < self.time)
        while day.weekday() not in self.weekdays:
            day -= timedelta(days=1)
        return day


def check_editions(
    editions: Sequence[EditionConfig],
    sources: Sequence[SourceConfig],
    notices: Sequence[NoticeConfig],
    name: str,
) -> None:
    """Raise `ConfigError` for an edition called as another one, or that names what the file does not have."""
    channels = [_MAIL, *(notice.name for notice in notices)]
    sections = sorted({source.section for source in sources} - {""})
    named = {key for one in sources for key in (one.name, one.location, one.shown)}
    for number, edition in enumerate(editions, 1):
        where = f"{name}: edition {number}"
        if not _NAME.fullmatch(edition.name):
            raise ConfigError(
                f"{where}: its name {edition.name!r} becomes a part of names of files: write small"
                " letters, such as weekly or city-news"
            )
        if edition.name in [one.name for one in editions[: number - 1]]:
            raise ConfigError(f"{where}: another edition is called {edition.name!r} too")
        where = f"{name}: edition {edition.name!r}"
        for day in edition.days:
            if _weekday(day) is None:
                raise ConfigError(f"{where}: no day {day!r}: write {', '.join(DAYS)}")
        if edition.at and not TIME.fullmatch(edition.at):
            raise ConfigError(f"{where}: at {edition.at!r}: it must be a time of day such as 06:00")
        _known(edition.sources, sorted(named), f"{where}: no source has this name or location")
        _known(edition.sections, sections, f"{where}: no source has this section")
        _known(edition.channels or (), channels, f"{where}: no such channel")


def _known(given: Sequence[str], known: Sequence[str], problem: str) -> None:
    for one in given:
        if one not in known:
            raise ConfigError(
                f"{problem}: {one!r}; known: {', '.join(filter(None, known)) or 'none'}"
            )


def _weekday(day: str) -> int | None:
    """Return the number of a day's English name or its first three letters, 0 for Monday."""
    word = day.strip().lower()
    names = [name for name in DAYS if word in (name, name[:3])]
    return DAYS.index(names[0]) if names else None

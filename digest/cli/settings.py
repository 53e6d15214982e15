"""`digest feeds`, `digest follow` and `digest mute`: they edit the lists of digest.toml; its comments stay."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.options import (
    Place,
    SuggestingGroup,
    Tally,
    allow_private_option,
    config_option,
    place,
    store_option,
)
from digest.cli.terminal import data, failure, note, progress, say
from digest.errors import ConfigError, FetchError, by_cause, counted, without_credentials
from digest.incoming import location_of
from digest.outgoing import line
from digest.sources import SourceConfig
from digest.text.addresses import without_feed_scheme

if TYPE_CHECKING:
    from digest.store.sources import SourceState


_LIST_S = 10.0
"""Enough for 64 MiB of OPML, the largest file that is read."""


@click.group(
    "feeds",
    cls=SuggestingGroup,
    epilog="\b\nExamples:\n"
    "  digest feeds add https://example.org/\n"
    "  digest feeds import subscriptions.opml\n"
    "  digest feeds check",
)
def feeds() -> None:
    """Add, remove, check, import and export the sources of digest.toml. Its comments stay as they are."""


@feeds.command(
    "add",
    epilog="\b\nExamples:\n  digest feeds add https://example.org/ --name Example\n  digest feeds add inbox",
)
@click.argument("locations", nargs=-1, required=True, metavar="LOCATION...")
@click.option("--name", default="", metavar="NAME", help="What the briefing calls it.")
@click.option("--full-text", is_flag=True, help="Fetch the page of each short entry.")
@click.option("--as-it-is", is_flag=True, help="Add the address without asking it.")
@config_option
@allow_private_option
@click.pass_context
def add(
    ctx: click.Context,
    locations: tuple[str, ...],
    name: str,
    full_text: bool,
    as_it_is: bool,
    config: Path | None,
    allow_private: bool,
) -> None:
    """Add sources: feeds, pages, sitemaps, files, folders. Of a page that names a feed, the feed is added."""
    here = place(config)
    tally = Tally()
    found = []
    for location in locations:
        with tally.one():
            location = without_feed_scheme(location)
            real = location if as_it_is else _real(location, here.folder, allow_private)
            found.append(SourceConfig(location=real, name=name, full_text=full_text))
            tally.done += 1
    new = _add(here, found)
    for source in found:
        say(f"{'added' if source in new else 'already there:'} {source.shown}")
    ctx.exit(tally.exit_code)


@feeds.command("remove")
@click.argument("sources", nargs=-1, required=True, metavar="LOCATION|NAME...")
@config_option
def remove(sources: tuple[str, ...], config: Path | None) -> None:
    """Remove sources, by location or name. What they gave stays in the store."""
    from digest.subscriptions import read_text, without_sources, write_text

    here = place(config)
    known = here.config.sources
    gone = [source.location for source in known if {source.location, source.name} & set(sources)]
    for source in sources:
        if not any(source in (one.location, one.name) for one in known):
            raise ConfigError(f"{here.file}: no source {source!r}; `digest feeds list` shows them")
    write_text(here.file, without_sources(read_text(here.file), gone, str(here.file)))
    for location in gone:
        say(f"removed {without_credentials(location)}")


@feeds.command("list")
@config_option
@store_option
def list_(config: Path | None, store: Path | None) -> None:
    """List the sources with their names and their health."""
    here = place(config)
    _note_none(here)
    states = _states(here.store(store))
    for source in here.config.sources:
        state = states.get(source.shown)
        name = source.name or (state.name if state else "")
        named = f"  {line(name)}" if name else ""
        say(f"{source.shown}{named}  {_health(state)}")


@feeds.command("check")
@config_option
@allow_private_option
@click.pass_context
def check(ctx: click.Context, config: Path | None, allow_private: bool) -> None:
    """Ask every source now, and say what it gives; nothing is kept."""
    from digest.run.checking import check_sources

    here = place(config)
    _note_none(here)
    tally, failed = Tally(), []
    for source, result in check_sources(
        here.config.sources, folder=here.folder, allow_private=allow_private, progress=progress
    ):
        if isinstance(result, FetchError):
            tally.failed += 1
            failed.append((result.source, result.reason))
        else:
            tally.done += 1
            say(f"{source.shown}  {result}")
    for line_ in by_cause(failed):
        failure(line_)
    ctx.exit(tally.exit_code)


@feeds.command("import", epilog="\b\nExample:\n  digest feeds import subscriptions.opml")
@click.argument("opml", type=click.Path(path_type=Path), metavar="FILE.opml")
@config_option
def import_(opml: Path, config: Path | None) -> None:
    """Add the feeds of an OPML file, as feed readers export it; its folders become sections.

    Those that are there already stay.
    """
    here = place(config)
    found = subscribed(opml)
    new = _add(here, found)
    known = len(found) - len(new)
    had = f", {known} already there" if known else ""
    say(f"{counted(len(new), 'feed', 'feeds')} added to {here.file}{had}")
    note("next: `digest feeds check` asks each of them, `digest run` makes an issue")


def subscribed(opml: Path) -> list[SourceConfig]:
    """Return the feeds of an OPML file as sources; raises `SourceError` where it cannot be read."""
    from functools import partial

    from digest.collecting import Bounded
    from digest.fetch import FileFetcher
    from digest.models import Source
    from digest.subscriptions import read_opml

    content = FileFetcher()(Source(opml.name, location_of(opml))).content
    with Bounded() as bounded:
        found = bounded(
            partial(read_opml, source=str(opml)), content, location=str(opml), seconds=_LIST_S
        )
    return [SourceConfig(location=one.url, name=one.title, section=one.category) for one in found]


@feeds.command("export", epilog="\b\nExample:\n  digest feeds export > subscriptions.opml")
@config_option
def export(config: Path | None) -> None:
    """Print the sources that have an address as OPML, for another feed reader."""
    from digest.fetch import is_address
    from digest.fetch.urls import is_mailbox
    from digest.subscriptions import Subscription, write_opml

    here = place(config)
    feeds = [
        source
        for source in here.config.sources
        if is_address(source.location) and not is_mailbox(source.location)
    ]
    subscriptions = [
        Subscription(
            url=one.shown, title=one.name, folders=tuple(filter(None, one.section.split("/")))
        )
        for one in feeds
    ]
    data(write_opml(subscriptions, title=here.config.title))


def _real(location: str, folder: Path, allow_private: bool) -> str:
    """The location itself, the feed that the page there names, or where it has moved; raises `SourceError`."""
    from digest.run.checking import real_location

    real = real_location(location, folder=folder, allow_private=allow_private)
    if real.note:
        note(real.note)
    return real.location


def _add(here: Place, sources: Sequence[SourceConfig]) -> list[SourceConfig]:
    """Write sources into the configuration, and return those that it did not have."""
    from digest.subscriptions import read_text, with_sources, write_text

    had = {source.location for source in here.config.sources}
    new = list({one.location: one for one in sources if one.location not in had}.values())
    text = read_text(here.file) if here.file.exists() else ""
    write_text(here.file, with_sources(text, new, str(here.file)))
    return new


def _note_none(here: Place) -> None:
    if not here.config.sources:
        note(f"no sources in {here.file} yet; `digest feeds add LOCATION` adds one")


def _states(path: Path) -> "dict[str, SourceState]":
    from digest.store import open_store
    from digest.store.sources import source_states

    if not path.exists():
        return {}
    with open_store(path) as opened:
        return source_states(opened)


def _health(state: "SourceState | None") -> str:
    if state is None or not state.checked:
        return "not asked yet"
    if state.reason:
        since = f" since {state.failing_since}" if state.failing_since else ""
        return f"fails{since}: {state.reason}"
    moved = f"; it has moved, and is asked at {state.moved_to}" if state.moved_to else ""
    return f"well, {state.succeeded[:10]}{moved}"


names_argument = click.argument("names", nargs=-1, metavar="[NAME]...")
remove_option = click.option("--remove", is_flag=True, help="Take the names from the list.")
_OTHER = {"follow": "mute", "mute": "follow"}
_LONGEST = 200
"""Characters; a longer name is a text that was pasted by mistake."""


@click.command(
    "follow",
    epilog='\b\nExamples:\n  digest follow Danube "port authority"\n  digest follow --remove Danube\n'
    "  digest follow",
)
@names_argument
@remove_option
@config_option
def follow(names: tuple[str, ...], remove: bool, config: Path | None) -> None:
    """Set what NAMEs name above others: words, phrases and names, or sources.

    They are the list `follow` of digest.toml; without a NAME it is printed, a name a line.
    """
    change("follow", names, remove=remove, here=place(config))


def change(key: str, names: Sequence[str], *, remove: bool, here: Place) -> None:
    """Add names to a list of the configuration, take them from it, or print it."""
    from digest.subscriptions import read_text, with_names, without_names, write_text

    known: tuple[str, ...] = getattr(here.config, key)
    text = read_text(here.file)
    if not names:
        _print(key, known, remove=remove)
        return
    wanted = {fold(name): " ".join(name.split()) for name in names}
    if "" in wanted or any(len(name) > _LONGEST for name in wanted):
        raise ConfigError(f"a name has 1 to {_LONGEST} characters; an empty one would fit anything")
    if remove:
        gone = _found(key, wanted, known, here)
        write_text(here.file, without_names(text, key, gone, str(here.file)))
        _say("removed", gone)
        return
    _refuse_both(key, wanted, here)
    had = {fold(name) for name in known}
    added = [name for folded, name in wanted.items() if folded not in had]
    for folded, name in wanted.items():
        if folded in had:
            note(f"already there: {name}")
    if added:
        write_text(here.file, with_names(text, key, added, str(here.file)))
        _say("added", added)
        _warn(added, here.config.language or "en")


def _found(key: str, wanted: dict[str, str], known: Sequence[str], here: Place) -> list[str]:
    """Return the names as the list has them; raises `ConfigError` for one that it has not."""
    for folded, name in wanted.items():
        if folded not in map(fold, known):
            raise ConfigError(
                f"{here.file}: {key} has no {name!r}; `digest {key}` lists what it has"
            )
    return [name for name in known if fold(name) in wanted]


def _refuse_both(key: str, wanted: dict[str, str], here: Place) -> None:
    other = _OTHER[key]
    for name in getattr(here.config, other):
        if fold(name) in wanted:
            raise ConfigError(
                f"{here.file}: {other} has {name!r} already; `digest {other} --remove` it first"
            )


def _print(key: str, known: Sequence[str], *, remove: bool) -> None:
    if remove:
        raise ConfigError(f"--remove needs a name; `digest {key}` lists what there is")
    for name in known:
        say(name)
    if not known:
        note(f"nothing yet: `digest {key} NAME` adds a word, a name or a source")


def _warn(names: Sequence[str], language: str) -> None:
    """Say of a name that it fits nearly everything, as one of nothing but "the" does."""
    from digest.text.terms import stop_words, words

    for name in names:
        if set(words(name)) <= stop_words(language):
            note(f"{name!r} says little: it stands in most headlines")


def _say(what: str, names: Sequence[str]) -> None:
    for name in names:
        say(f"{what} {name}")


def fold(name: str) -> str:
    """Return a name as it is compared: in one case, with single spaces."""
    return " ".join(name.casefold().split())


@click.command(
    "mute",
    epilog='\b\nExamples:\n  digest mute horoscope "royal family"\n  digest mute --remove horoscope\n'
    "  digest mute",
)
@names_argument
@remove_option
@config_option
def mute(names: tuple[str, ...], remove: bool, config: Path | None) -> None:
    """Leave out what NAMEs name in the headline, and the sources of these names.

    What is muted is named among what was left out. The names are the list `mute` of digest.toml; without a
    NAME it is printed, a name a line.
    """
    change("mute", names, remove=remove, here=place(config))

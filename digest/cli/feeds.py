"""`digest feeds`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.messages import note
from digest.cli.options import Tally, allow_private_option, config_option, progress
from digest.cli.places import Place, place, store_option
from digest.cli.terminal import data, say
from digest.config import SourceConfig
from digest.errors import ConfigError, FetchError, without_credentials
from digest.incoming import location_of
from digest.outgoing import line
from digest.text.addresses import without_feed_scheme

_LIST_S = 10.0
"""More than 64 MiB of OPML take."""

if TYPE_CHECKING:
    from digest.store.sources import SourceState


@click.group(
    "feeds",
    epilog="\b\nExamples:\n"
    "  digest feeds add https://example.org/\n"
    "  digest feeds import subscriptions.opml\n"
    "  digest feeds check",
)
def command() -> None:
    """Add, remove, check, import and export the sources of digest.toml. Its comments stay as they are."""


@command.command(
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
    _add(here, found)
    ctx.exit(tally.exit_code)


@command.command("remove")
@click.argument("sources", nargs=-1, required=True, metavar="LOCATION|NAME...")
@config_option
def remove(sources: tuple[str, ...], config: Path | None) -> None:
    """Remove sources, by location or name. What they gave stays in the store."""
    from digest.toml_edits import read_text, without_sources, write_text

    here = place(config)
    known = here.config.sources
    gone = [source.location for source in known if {source.location, source.name} & set(sources)]
    for source in sources:
        if not any(source in (one.location, one.name) for one in known):
            raise ConfigError(f"{here.file}: no source {source!r}; `digest feeds list` shows them")
    write_text(here.file, without_sources(read_text(here.file), gone, str(here.file)))
    for location in gone:
        say(f"removed {without_credentials(location)}")


@command.command("list")
@config_option
@store_option
def list_(config: Path | None, store: Path | None) -> None:
    """List the sources with their names and their health."""
    here = place(config)
    states = _states(here.store(store))
    for source in here.config.sources:
        state = states.get(source.shown)
        name = source.name or (state.name if state else "")
        named = f"  {line(name)}" if name else ""
        say(f"{source.shown}{named}  {_health(state)}")


@command.command("check")
@config_option
@allow_private_option
@click.pass_context
def check(ctx: click.Context, config: Path | None, allow_private: bool) -> None:
    """Ask every source now, and say what it gives; nothing is kept."""
    from digest.run.checking import check_sources

    here = place(config)
    tally = Tally()
    for source, result in check_sources(
        here.config.sources, folder=here.folder, allow_private=allow_private, progress=progress
    ):
        if isinstance(result, FetchError):
            tally.failure(result)
        else:
            tally.done += 1
            say(f"{source.shown}  {result}")
    ctx.exit(tally.exit_code)


@command.command("import", epilog="\b\nExample:\n  digest feeds import subscriptions.opml")
@click.argument("opml", type=click.Path(path_type=Path), metavar="FILE.opml")
@config_option
def import_(opml: Path, config: Path | None) -> None:
    """Add the feeds of an OPML file, as feed readers export it. Those that are there already stay."""
    from functools import partial

    from digest.bounded import Bounded
    from digest.fetch import FileFetcher
    from digest.models import Source
    from digest.opml import read_opml

    content = FileFetcher()(Source(opml.name, location_of(opml))).content
    with Bounded() as bounded:
        found = bounded(
            partial(read_opml, source=str(opml)), content, location=str(opml), seconds=_LIST_S
        )
    _add(place(config), [SourceConfig(location=one.url, name=one.title) for one in found])


@command.command("export", epilog="\b\nExample:\n  digest feeds export > subscriptions.opml")
@config_option
def export(config: Path | None) -> None:
    """Print the sources that have an address as OPML, for another feed reader."""
    from digest.fetch import is_address
    from digest.opml import Subscription, write_opml

    here = place(config)
    feeds = [source for source in here.config.sources if is_address(source.location)]
    subscriptions = [Subscription(url=one.shown, title=one.name) for one in feeds]
    data(write_opml(subscriptions, title=here.config.title))


def _real(location: str, folder: Path, allow_private: bool) -> str:
    """The location itself, the feed that the page there names, or where it has moved; raises `SourceError`."""
    from digest.run.checking import real_location

    real = real_location(location, folder=folder, allow_private=allow_private)
    if real.note:
        note(real.note)
    return real.location


def _add(here: Place, sources: Sequence[SourceConfig]) -> None:
    from digest.toml_edits import read_text, with_sources, write_text

    before = {source.location for source in here.config.sources}
    text = read_text(here.file) if here.file.exists() else ""
    write_text(here.file, with_sources(text, sources, str(here.file)))
    for source in sources:
        known = "already there:" if source.location in before else "added"
        say(f"{known} {source.shown}")
        before.add(source.location)


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
    moved = f"; it has moved to {state.moved_to}: change its address" if state.moved_to else ""
    return f"well, {state.succeeded[:10]}{moved}"

"""`digest follow`, and what `digest mute` shares with it: the lists of names in digest.toml."""

from collections.abc import Sequence
from pathlib import Path

import click

from digest.cli.messages import note
from digest.cli.options import config_option
from digest.cli.places import Place, place
from digest.cli.terminal import say
from digest.errors import ConfigError

names_argument = click.argument("names", nargs=-1, metavar="[NAME]...")
remove_option = click.option("--remove", is_flag=True, help="Take the names from the list.")
_OTHER = {"follow": "mute", "mute": "follow"}
_LONGEST = 200


@click.command(
    "follow",
    epilog='\b\nExamples:\n  digest follow Danube "port authority"\n  digest follow --remove Danube\n'
    "  digest follow",
)
@names_argument
@remove_option
@config_option
def command(names: tuple[str, ...], remove: bool, config: Path | None) -> None:
    """Set what NAMEs name above others: words, phrases and names, or sources.

    They are the list `follow` of digest.toml; without a NAME it is printed, a name a line.
    """
    change("follow", names, remove=remove, here=place(config))


def change(key: str, names: Sequence[str], *, remove: bool, here: Place) -> None:
    """Add names to a list of the configuration, take them from it, or print it."""
    from digest.toml_edits import read_text, with_names, without_names, write_text

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
        _warn(added, here.config.language)


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

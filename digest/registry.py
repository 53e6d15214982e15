"""Names to implementations: the built-in ones, and those of other packages by their entry points.

An entry point in one of these groups adds an implementation under its name, and replaces no built-in one:

    digest.readers      a `Reader`; its name is a media type or the ending of a file: `text/x-wire`, `.wire`
    digest.summarizers  called with `length=` (a `Length`), `language=` and `guard=`, it returns a `Summarizer`
    digest.renderers    a `Format`: the ending of the files, and what is called for its `Renderer`

`examples/plugin` has one of each.
"""

from functools import cache
from typing import Any

from digest.errors import ConfigError
from digest.protocols import Renderer, Summarizer


@cache
def plugin(group: str, name: str) -> Any:
    """Return what another package adds to a group under a name; None where none does.

    Raises `ConfigError` where it cannot be loaded.
    """
    from importlib.metadata import entry_points

    for entry in entry_points(group=f"digest.{group}", name=name):
        try:
            return entry.load()
        except Exception as error:
            raise ConfigError(
                f"the plug-in {entry.value} cannot be loaded: {error!r:.200}"
            ) from error
    return None


def make_summarizer(name: str, *, length: str = "3", **options: Any) -> Summarizer:
    """Return the summarizer of that name; raises `ConfigError` for an unknown name or length."""
    from digest.summarizers import BUILTIN, parse_length

    make = BUILTIN.get(name) or plugin("summarizers", name)
    if make is None:
        raise ConfigError(f"no algorithm {name!r}: choose from {', '.join(BUILTIN)}")
    made: Summarizer = make(length=parse_length(length), **options)
    return made


def make_renderer(name: str, **options: Any) -> tuple[str, Renderer]:
    """Return the file ending and the renderer of a format; raises `ConfigError` for an unknown name."""
    from digest.renderers import BUILTIN

    format_ = BUILTIN.get(name) or plugin("renderers", name)
    if format_ is None:
        raise ConfigError(f"no format {name!r}: choose from {', '.join(BUILTIN)}")
    extension, make = format_
    return extension, make(**options)

"""Names to implementations: the built-in ones, and those of other packages by their entry points.

An entry point in one of these groups adds an implementation under its name, and replaces no built-in one:

    digest.readers      a `Reader`, under the ending of the files that it reads, such as `.wire`
    digest.summarizers  called with `length=` (a `Length`), `language=` and `guard=`, returns a `Summarizer`
    digest.renderers    the ending of its files, and what returns a `Renderer` when it is called with
                        `templates=`, `theme=` and `language=`
    digest.channels     called with the table `[mail]`, returns a `Channel` for `deliver = "NAME"`

`examples/plugin` has one of each.
"""

from typing import Any

from digest.errors import ConfigError
from digest.protocols import Renderer, Summarizer, plugin


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
    from digest.renderers import FORMATS

    if name in FORMATS:
        return FORMATS[name].extension, FORMATS[name].make(**options)
    added = plugin("renderers", name)
    if added is None:
        raise ConfigError(f"no format {name!r}: choose from {', '.join(FORMATS)}")
    extension, make = added
    return extension, make(**options)

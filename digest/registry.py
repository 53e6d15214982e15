"""Names to implementations."""

from typing import Any

from digest.errors import ConfigError
from digest.protocols import Renderer, Summarizer


def make_summarizer(name: str, *, length: str = "3", **options: Any) -> Summarizer:
    """Return the summarizer of that name; raises `ConfigError` for an unknown name or length."""
    from digest.summarizers import BUILTIN, parse_length

    if name not in BUILTIN:
        raise ConfigError(f"no algorithm {name!r}: choose from {', '.join(BUILTIN)}")
    return BUILTIN[name](length=parse_length(length), **options)


def make_renderer(name: str, **options: Any) -> tuple[str, Renderer]:
    """Return the file ending and the renderer of a format; raises `ConfigError` for an unknown name."""
    from digest.renderers import FORMATS

    if name not in FORMATS:
        raise ConfigError(f"no format {name!r}: choose from {', '.join(FORMATS)}")
    format_ = FORMATS[name]
    return format_.extension, format_.make(**options)

"""A news briefing that can prove every sentence: splitting, clustering and extractive summaries.

    >>> from digest import summarize
    >>> summary = summarize("First things come first. The rest follows later.", length=1)

Everything is deterministic and works offline. `import digest` loads nothing heavy.

Stable are the names of `digest.__all__`, the arguments of the functions, the fields of the values, the groups
of entry points (docs/library.md), and the JSON schemas of docs/schema.md. They change only with a new minor
version before 1.0 and a new major version from then on, and the changelog says so. Not stable are all other
modules, the text of messages, and which sentences are chosen.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.batch.functions import split_table, summarize_table
    from digest.config import Config, TopicConfig, load_config
    from digest.delivery.options import MailConfig, NoticeConfig
    from digest.editions import EditionConfig
    from digest.errors import (
        BusyError,
        ConfigError,
        DigestError,
        FetchError,
        ReadError,
        RenderError,
        SourceError,
        StoreError,
        WriteError,
    )
    from digest.library import (
        build_digest,
        cluster,
        load_digest,
        render,
        split,
        summarize,
        verify,
        write,
    )
    from digest.models import (
        Article,
        Block,
        Brief,
        Copy,
        Digest,
        Disagreement,
        FailingSource,
        Importance,
        Omission,
        Page,
        RawDocument,
        Section,
        Sentence,
        Source,
        Split,
        Statistics,
        Story,
        StorySummary,
        Summary,
        Topic,
    )
    from digest.protocols import Reader, Renderer, Summarizer
    from digest.sources import SourceConfig
    from digest.verification import Failure

__version__ = "1.0.0"

__all__ = [
    "Article",
    "Block",
    "Brief",
    "BusyError",
    "Config",
    "ConfigError",
    "Copy",
    "Digest",
    "DigestError",
    "Disagreement",
    "EditionConfig",
    "FailingSource",
    "Failure",
    "FetchError",
    "Importance",
    "MailConfig",
    "NoticeConfig",
    "Omission",
    "Page",
    "RawDocument",
    "ReadError",
    "Reader",
    "RenderError",
    "Renderer",
    "Section",
    "Sentence",
    "Source",
    "SourceConfig",
    "SourceError",
    "Split",
    "Statistics",
    "StoreError",
    "Story",
    "StorySummary",
    "Summarizer",
    "Summary",
    "Topic",
    "TopicConfig",
    "WriteError",
    "build_digest",
    "cluster",
    "load_config",
    "load_digest",
    "render",
    "split",
    "split_table",
    "summarize",
    "summarize_table",
    "verify",
    "write",
]

_MODULES = (
    *("errors", "models", "protocols", "library", "verification", "config", "delivery.options"),
    "batch.functions",
)
"""Where the names are, the lightest first."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for (PEP 562): the command line needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    for module in _MODULES:
        found = vars(importlib.import_module(f"{__name__}.{module}"))
        if name in found:
            return globals().setdefault(name, found[name])
    raise AssertionError(name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

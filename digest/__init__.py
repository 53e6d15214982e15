"""A news briefing that can prove every sentence: splitting, clustering and extractive summaries.

    >>> from digest import summarize
    >>> summary = summarize("First things come first. The rest follows later.", length=1)

Everything is deterministic and works offline. `import digest` loads nothing heavy.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.batch.functions import split_table, summarize_table
    from digest.config import Config, load_config
    from digest.errors import DigestError
    from digest.library import build_digest, cluster, load_digest, split, summarize, verify
    from digest.models import Article, Digest, Sentence, Split, Summary, Topic

__version__ = "1.0.0"

__all__ = [
    "Article",
    "Config",
    "Digest",
    "DigestError",
    "Sentence",
    "Split",
    "Summary",
    "Topic",
    "build_digest",
    "cluster",
    "load_config",
    "load_digest",
    "split",
    "split_table",
    "summarize",
    "summarize_table",
    "verify",
]

_HOMES = {
    "batch.functions": ("split_table", "summarize_table"),
    "config": ("Config", "load_config"),
    "errors": ("DigestError",),
    "library": ("build_digest", "cluster", "load_digest", "split", "summarize", "verify"),
    "models": ("Article", "Digest", "Sentence", "Split", "Summary", "Topic"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for (PEP 562): the command line needs none of them."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])

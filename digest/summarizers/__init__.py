"""Summarizers: each chooses sentences that stand in the articles, word for word.

Nothing heavy is imported here: a name is looked up in `BUILTIN` and its module is loaded by `load`.
"""

from importlib import import_module
from typing import Any

from digest.errors import ConfigError

BUILTIN = {
    "textrank": "digest.summarizers.textrank:TextRank",
    "lead": "digest.summarizers.lead:Lead",
    "lexrank": "digest.summarizers.sumy_algorithms:LexRank",
    "lsa": "digest.summarizers.sumy_algorithms:Lsa",
    "luhn": "digest.summarizers.sumy_algorithms:Luhn",
    "edmundson": "digest.summarizers.sumy_algorithms:Edmundson",
    "sum-basic": "digest.summarizers.sumy_algorithms:SumBasic",
    "kl": "digest.summarizers.sumy_algorithms:KL",
    "reduction": "digest.summarizers.sumy_algorithms:Reduction",
    "random": "digest.summarizers.sumy_algorithms:Random",
    "sumy-textrank": "digest.summarizers.sumy_algorithms:SumyTextRank",
}
"""Name of an algorithm -> `module:Class`; each class takes `length`, `guard` and `language`."""


def load(name: str) -> Any:
    """Return the summarizer class of that name; raise `ConfigError` naming the known ones."""
    if name not in BUILTIN:
        raise ConfigError(f"unknown algorithm {name!r}: choose one of {', '.join(BUILTIN)}")
    module, _, attribute = BUILTIN[name].partition(":")
    return getattr(import_module(module), attribute)

"""Summarizers: each chooses sentences that stand in the articles, word for word.

A summarizer's module is imported when it is first made, so that a name costs nothing.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from digest.errors import ConfigError
from digest.length import Length, parse_length
from digest.protocols import Summarizer, plugin

__all__ = ["BUILTIN", "Length", "make_summarizer", "parse_length"]


def _make(where: str, **options: object) -> Summarizer:
    module, _, name = where.partition(":")
    summarizer: Summarizer = getattr(import_module(f"digest.summarizers.{module}"), name)(**options)
    return summarizer


BUILTIN: dict[str, Callable[..., Summarizer]] = {
    "textrank": partial(_make, "textrank:TextRank"),
    "lead": partial(_make, "selection:Lead"),
    "lexrank": partial(_make, "sumy_algorithms:LexRank"),
    "lsa": partial(_make, "sumy_algorithms:Lsa"),
    "luhn": partial(_make, "sumy_algorithms:Luhn"),
    "edmundson": partial(_make, "sumy_algorithms:Edmundson"),
    "sum-basic": partial(_make, "sumy_algorithms:SumBasic"),
    "kl": partial(_make, "sumy_algorithms:KL"),
    "reduction": partial(_make, "sumy_algorithms:Reduction"),
    "random": partial(_make, "sumy_algorithms:Random"),
    "sumy-textrank": partial(_make, "sumy_algorithms:SumyTextRank"),
}
"""Name of an algorithm -> what makes it, given `length`, `guard` and `language`."""


def make_summarizer(name: str, *, length: str = "3", **options: Any) -> Summarizer:
    """Return the summarizer of that name; raises `ConfigError` for an unknown name or length."""
    make = BUILTIN.get(name) or plugin("summarizers", name)
    if make is None:
        raise ConfigError(f"no algorithm {name!r}: choose from {', '.join(BUILTIN)}")
    made: Summarizer = make(length=parse_length(length), **options)
    return made

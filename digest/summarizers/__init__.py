"""Summarizers: each chooses sentences that stand in the articles, word for word.

A summarizer's module is imported when it is first made, so that a name costs nothing.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from digest.protocols import Summarizer
from digest.summarizers.length import Length, parse_length

__all__ = ["BUILTIN", "Length", "parse_length"]


def _make(where: str, **options: object) -> Summarizer:
    module, _, name = where.partition(":")
    summarizer: Summarizer = getattr(import_module(f"digest.summarizers.{module}"), name)(**options)
    return summarizer


BUILTIN: dict[str, Callable[..., Summarizer]] = {
    "textrank": partial(_make, "textrank:TextRank"),
    "lead": partial(_make, "lead:Lead"),
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

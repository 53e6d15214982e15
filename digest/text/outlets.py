"""Who published something: which names and addresses stand for one outlet."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_TELLING = 3
"""The letters from which a label of a host tells an outlet: not `co`, not `uk`."""
_NOT_LETTERS = re.compile(r"[\W_]+")


def outlets(published: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return what the outlet of each (name, address) is known by: the label of its host that its name holds.

    "BBC World" and "BBC UK" under bbc.com are one; two names under the address of an aggregator are two. A
    name without an address is the outlet that goes by it elsewhere, else one of its own.
    """
    names = [(_name(source), url) for source, url in published]
    labels = [_label(name, url) for name, url in names]
    known: dict[str, str] = {}
    for (name, _), label in zip(names, labels, strict=True):
        if label:
            known[name] = min(label, known.get(name, label))
    return [label or known.get(name, name) for (name, _), label in zip(names, labels, strict=True)]


def _name(source: str) -> str:
    return " ".join(source.casefold().removeprefix("www.").split())


def _label(name: str, url: str | None) -> str:
    """Return the label of a host that a name holds; empty where there is none."""
    letters = _NOT_LETTERS.sub("", name)
    try:
        labels = (urlsplit(url or "").hostname or "").split(".")
    except ValueError:
        labels = []
    return next((one for one in labels if len(one) >= _TELLING and one in letters), "")

"""Who published something: which names and addresses stand for one outlet."""

import re
from urllib.parse import urlsplit

_TELLING = 3
"""The letters from which a label of a host tells an outlet: not `co`, not `uk`."""
_NOT_LETTERS = re.compile(r"[\W_]+")


def outlet(source: str, url: str | None) -> str:
    """Return what an outlet is known by: the label of its host that its name holds, else its name.

    "BBC World" and "BBC UK" under bbc.com are one; two names under the address of an aggregator are two.
    """
    name = " ".join(source.casefold().removeprefix("www.").split())
    letters = _NOT_LETTERS.sub("", name)
    try:
        labels = (urlsplit(url or "").hostname or "").split(".")
    except ValueError:
        labels = []
    return next((one for one in labels if len(one) >= _TELLING and one in letters), name)

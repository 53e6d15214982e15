"""Pure functions on text that several stages share: sentences, terms, language; lists of words as data."""

from functools import cache
from importlib.resources import files


@cache
def listed(name: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of a list of this folder by the name that each begins with; a line behind `#` is none."""
    found: dict[str, tuple[str, ...]] = {}
    for line in files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines():
        key, _, row = line.partition(" ")
        if row and key != "#":
            found[key] = (*found.get(key, ()), row)
    return found

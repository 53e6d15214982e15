"""The committed hashes of the outputs, and which groups and items have changed since.

`hashes.txt` has a line a group, and below it a line an item, so that a change says what it changes; groups of
MANY items and more have the first line alone.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

FILE = Path(__file__).parent / "hashes.txt"
MANY = 400
NAMED = 12
"""So many changed items are named; the others are counted."""

Items = dict[str, str]


def differences(before: Mapping[str, Items], now: Mapping[str, Items]) -> dict[str, str]:
    """Return what changed in each group, in words."""
    return {
        group: _difference(before[group], _committed(now[group])) if group in before else "new"
        for group in sorted(now)
        if group not in before or before[group] != _committed(now[group])
    }


def _difference(before: Items, now: Items) -> str:
    names = sorted(name for name in {*before, *now} - {""} if before.get(name) != now.get(name))
    if not names:
        return "differs"
    marks = {
        name: "" if name in before and name in now else "+" if name in now else "-"
        for name in names
    }
    shown = ", ".join(f"{marks[name]}{name}" for name in names[:NAMED])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{len(names)} of {len({*before, *now} - {''})} differ: {shown}{more}"


def _committed(items: Items) -> Items:
    """What the file keeps of a group: the hash of the whole under no name, and those of its items if few."""
    whole = "".join(f"{name} {value}\n" for name, value in sorted(items.items()))
    total = {"": hashlib.sha256(whole.encode()).hexdigest()[:8]}
    return total if len(items) >= MANY else total | items


def load(file: Path = FILE) -> dict[str, Items]:
    """Read the committed hashes; there are none where there is no file."""
    found: dict[str, Items] = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        name, _, value = line.rpartition(" ")
        group, _, item = name.partition("/")
        found.setdefault(group, {})[item] = value
    return found


def save(now: Mapping[str, Items], file: Path = FILE) -> None:
    """Write the hashes of the groups that were run; the others stay as they are."""
    kept = load(file) | {group: _committed(items) for group, items in now.items()}
    file.write_text("".join(_lines(kept)), "utf-8")


def _lines(kept: Mapping[str, Items]) -> Iterator[str]:
    for group, items in sorted(kept.items()):
        for name, value in sorted(items.items()):
            yield f"{group}/{name} {value}\n" if name else f"{group} {value}\n"

"""The committed floor of each figure, and the verdict on what the figure is today.

A floor is kept as it was printed, one line a figure, in `floors.toml`; a figure of which less is better has a
`most` instead of a `least`. It may move by SLACK, or by one in its last printed digit, without a word: so much
may a sum in another order change on another machine. What is counted may not move at all.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

FILE = Path(__file__).parent / "floors.toml"
SLACK = Decimal("0.002")
LESS_IS_BETTER = frozenset(
    "noise buried repeats twice minutes soft misleading empty several losses"
    " title_wrong author_wrong date_wrong".split()
)
_HEADER = "# Floors of the gate: written by `make gate`, read in benchmarks/gate/README.md.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The worst that a figure may be, and why it is less than it once was."""

    value: Decimal
    less: bool = False
    """Whether less is better: then it is a ceiling."""
    reason: str = ""

    @property
    def slack(self) -> Decimal:
        """How far a figure may be on the wrong side."""
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)
        return max(SLACK, Decimal(1).scaleb(exponent)) if exponent < 0 else Decimal(0)

    def verdict(self, now: Decimal | None) -> str:
        """Return what has become of the figure: better, same, within the slack, worse or gone."""
        if now is None:
            return "gone"
        gain = self.value - now if self.less else now - self.value
        if gain < -self.slack:
            return "worse"
        return "better" if gain > 0 else "within slack" if gain < 0 else "same"


Floors = dict[str, Floor]
Figures = Mapping[str, Decimal]
FAILING = ("worse", "gone")


def verdicts(floors: Floors, now: Figures) -> dict[str, str]:
    """Return the verdict on every figure that has a floor or a value, by name."""
    return {
        name: floors[name].verdict(now.get(name)) if name in floors else "new"
        for name in sorted({*floors, *now})
    }


def raised(floors: Floors, now: Figures) -> Floors:
    """Return floors that take up every figure that is better or new; a reason goes with its old floor."""
    taken = (name for name, found in verdicts(floors, now).items() if found in ("better", "new"))
    return floors | {name: _floor(name, now[name]) for name in taken}


def lowered(floors: Floors, now: Figures, patterns: Iterable[str], reason: str) -> Floors:
    """Return floors in which the failing figures that a pattern names are let down, or let go if they are gone.

    Raises ValueError where there is no reason, or a pattern names no figure that fails.
    """
    if not reason.strip():
        raise ValueError("a floor is lowered for a reason: --reason '...'")
    failing = [name for name, found in verdicts(floors, now).items() if found in FAILING]
    let = dict(floors)
    for pattern in patterns:
        names = [name for name in failing if fnmatchcase(name, pattern)]
        if not names:
            raise ValueError(f"nothing to lower: no figure {pattern} is below its floor")
        for name in names:
            if name in now:
                let[name] = _floor(name, now[name], " ".join(reason.split()))
            else:
                let.pop(name, None)
    return let


def load(file: Path = FILE) -> Floors:
    """Read the committed floors; there are none where there is no file."""
    if not file.exists():
        return {}
    rows = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    return {
        name: Floor(
            value=Decimal(row["most" if "most" in row else "least"]),
            less="most" in row,
            reason=row.get("reason", ""),
        )
        for name, row in rows.items()
    }


def save(floors: Floors, file: Path = FILE) -> None:
    """Write the floors, sorted, a line each."""
    lines = (f'"{name}" = {{ {_row(floor)} }}\n' for name, floor in sorted(floors.items()))
    file.write_text(_HEADER + "".join(lines), "utf-8")


def _row(floor: Floor) -> str:
    value = f"{'most' if floor.less else 'least'} = {floor.value}"
    # A string of JSON is one of TOML, too.
    return (
        f"{value}, reason = {json.dumps(floor.reason, ensure_ascii=False)}"
        if floor.reason
        else value
    )


def _floor(name: str, value: Decimal, reason: str = "") -> Floor:
    return Floor(value=value, less=name.rpartition(".")[2] in LESS_IS_BETTER, reason=reason)

"""Run the gate, as README.md beside this file tells: figures beside their floors, and which outputs changed.

python -m benchmarks.gate [NAME ...] [--raise] [--lower FIGURE --reason WHY] [--accept] [--same]
"""

import argparse
import sys
import time
from collections.abc import Mapping
from decimal import Decimal

from benchmarks.data import shared_folder
from benchmarks.gate import floors, hashes, runs


def main() -> int:
    """Print the tables; 1 where a figure is below its floor, or with --same an output differs."""
    shared_folder()
    options = _options()
    started = time.monotonic()
    found = runs.results(options.names, reuse=bool(options.up or options.lower or options.accept))
    try:
        failing = _settle_figures(found, options)
    except ValueError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 2
    changed = _settle_outputs(found, accept=options.accept)
    print(f"gate: {_summary(failing, changed)} ({time.monotonic() - started:.0f} s)")
    return int(bool(failing) or (options.same and bool(changed)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these scorers and outputs")
    parser.add_argument("--raise", dest="up", action="store_true", help="take up better figures")
    parser.add_argument("--lower", nargs="+", metavar="FIGURE", help="let these floors down")
    parser.add_argument("--reason", default="", help="why; it stands beside the floor")
    parser.add_argument("--accept", action="store_true", help="take up the outputs of today")
    parser.add_argument("--same", action="store_true", help="fail where an output differs")
    options = parser.parse_args()
    if unknown := sorted(set(options.names) - set(runs.NAMES)):
        parser.error(f"nothing is called {', '.join(unknown)}: there are {', '.join(runs.NAMES)}")
    if options.lower and not options.reason.strip():
        parser.error("a floor is lowered for a reason: --reason '...'")
    return options


def _settle_figures(found: runs.Results, options: argparse.Namespace) -> list[str]:
    """Print the table, take up or let down floors as asked, and return the figures that fail."""
    now, kept = runs.figures(found), floors.load()
    mine = {
        name: floor for name, floor in kept.items() if name.partition(".")[0] in runs.scorers(found)
    }
    changed = floors.lowered(mine, now, options.lower, options.reason) if options.lower else mine
    changed = floors.raised(changed, now) if options.up else changed
    _print_table(mine, now)
    if changed != mine:
        floors.save({name: floor for name, floor in kept.items() if name not in mine} | changed)
    return [n for n, verdict in floors.verdicts(changed, now).items() if verdict in floors.FAILING]


def _print_table(kept: floors.Floors, now: Mapping[str, Decimal]) -> None:
    print(f"{'figure':40s} {'floor':>8s} {'now':>8s}  verdict")
    for name, verdict in floors.verdicts(kept, now).items():
        floor = kept.get(name)
        bound = f"{'≤' if floor.less else ''}{floor.value}" if floor else ""
        reason = f" ({floor.reason})" if floor and floor.reason else ""
        print(f"{name:40s} {bound:>8s} {now.get(name, '')!s:>8s}  {verdict}{reason}")


def _settle_outputs(found: runs.Results, *, accept: bool) -> list[str]:
    """Print what changed, take it up if asked, and return the groups that still differ."""
    now = runs.items(found)
    changed = hashes.differences(hashes.load(), now)
    for group, difference in changed.items():
        print(f"changed: {group}: {difference}")
    if not accept:
        return list(changed)
    hashes.save(now)
    return []


def _summary(failing: list[str], changed: list[str]) -> str:
    figures = f"below the floor: {', '.join(failing)}" if failing else "every figure holds"
    return f"{figures}; " + (
        f"outputs changed: {', '.join(changed)}" if changed else "outputs the same"
    )


if __name__ == "__main__":
    sys.exit(main())

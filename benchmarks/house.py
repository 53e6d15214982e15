"""Print the shape of the code: modules, lines, long and branchy functions, and constants that say no reason.

`python -m benchmarks.house [PART]` prints the figures; with `--list` also each thing that is counted. With
`--docstrings N` it prints that many docstrings of each package, drawn by lot, to read them aloud.
"""

import argparse
import ast
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
LONGEST, BRANCHIEST = 50, 15
"""Lines of a function, and its complexity (McCabe, 1976, as ruff counts it): the limits of CONTRIBUTING.md."""
_BRANCHES = (
    *(
        ast.If,
        ast.For,
        ast.AsyncFor,
        ast.While,
        ast.ExceptHandler,
        ast.comprehension,
        ast.match_case,
    ),
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module: its dotted name, its lines and its syntax tree."""

    name: str
    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def part(self) -> str:
        """The part of the program it belongs to: a package, or the root."""
        names = self.name.split(".")
        return names[1] if len(names) > 2 or (self.is_package and len(names) > 1) else "root"

    @property
    def is_package(self) -> bool:
        """True for an `__init__.py`."""
        return self.path.name == "__init__.py"


def modules(package: str = "digest") -> dict[str, Module]:
    """Return the modules of a package by their dotted names."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        lines = tuple(text.splitlines())
        found[name] = Module(name=name, path=path, lines=lines, tree=ast.parse(text))
    return found


def imports(module: Module, known: Mapping[str, Module]) -> set[str]:
    """Return the modules of the program that a module imports, at its top or within a function."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            inner = whole & known.keys()
            found |= inner or {node.module}
    return (found & known.keys()) - {module.name}


def imported_by_one(known: Mapping[str, Module]) -> dict[str, str]:
    """Return the modules that only one other imports, with that one; commands and packages are left out."""
    users = defaultdict(set)
    for module in known.values():
        for name in imports(module, known):
            users[name].add(module.name)
    return {
        name: next(iter(users[name]))
        for name, module in known.items()
        if len(users[name]) == 1 and not module.is_package and ".cli." not in name
    }


def longest_chain(known: Mapping[str, Module]) -> list[str]:
    """Return the longest chain of modules of one package that import each other."""
    arrows = {
        name: {one for one in imports(module, known) if _same(one, name)}
        for name, module in known.items()
        if not module.is_package
    }

    @cache
    def below(name: str, passed: frozenset[str]) -> tuple[str, ...]:
        open_ = [one for one in arrows[name] if one in arrows and one not in passed]
        longest = max((below(one, passed | {one}) for one in sorted(open_)), key=len, default=())
        return (name, *longest)

    return list(max((below(name, frozenset({name})) for name in arrows), key=len, default=()))


def _same(one: str, other: str) -> bool:
    return one.rpartition(".")[0] == other.rpartition(".")[0] and one.count(".") > 1


def functions(module: Module) -> Iterator[tuple[str, int, int]]:
    """Yield the name, the lines and the complexity of each function of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, _FUNCTIONS):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{module.name}:{node.lineno} {node.name}", lines, 1 + _branches(node)


def _branches(function: ast.AST) -> int:
    count = 0
    for node in ast.iter_child_nodes(function):
        if isinstance(node, _DEFINITIONS):
            continue
        count += isinstance(node, _BRANCHES) + _branches(node)
    return count


def unexplained(module: Module) -> list[str]:
    """Return the numeric constants of a module that have neither a comment nor a docstring."""
    found = []
    body = module.tree.body
    for at, node in enumerate(body):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not _is_number(node.value):
            continue
        lines = module.lines[node.lineno - 1 : node.end_lineno]
        above = module.lines[node.lineno - 2].lstrip().startswith("#") if node.lineno > 1 else False
        below = at + 1 < len(body) and _is_text(body[at + 1])
        if not (above or below or any("#" in line for line in lines) or _follows(body, at)):
            found.append(f"{module.name}:{node.lineno} {module.lines[node.lineno - 1].strip()}")
    return found


def _is_number(value: ast.expr | None) -> bool:
    """Return whether a value is a number, or a row of numbers."""
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_number, value.elts))
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _follows(body: list[ast.stmt], at: int) -> bool:
    """Return whether a later line of the same block, without a gap, has a docstring."""
    while at + 1 < len(body) and body[at + 1].lineno == (body[at].end_lineno or 0) + 1:
        at += 1
        if _is_text(body[at]):
            return True
    return False


def docstrings(module: Module) -> Iterator[str]:
    """Yield the docstrings of a module, each with the name of what it tells of."""
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.Module, *_DEFINITIONS)) and (text := ast.get_docstring(node)):
            yield f"{module.name} {getattr(node, 'name', '')}: {text}"


def figures(known: Mapping[str, Module]) -> dict[str, list[str]]:
    """Return what is counted, each figure with the list of what it counts."""
    all_functions = [one for module in known.values() for one in functions(module)]
    chain = longest_chain(known)
    return {
        "modules": list(known),
        "modules over 450 lines": [n for n, m in known.items() if len(m.lines) > 450],
        "imported by exactly one other": [
            f"{name} by {user}" for name, user in imported_by_one(known).items()
        ],
        f"functions over {LONGEST} lines": [f"{n} {k}" for n, k, _ in all_functions if k > LONGEST],
        f"functions of complexity over {BRANCHIEST}": [
            f"{n} {c}" for n, _, c in all_functions if c > BRANCHIEST
        ],
        "longest chain in a package": chain,
        "constants without a reason": [c for m in known.values() for c in unexplained(m)],
    }


def _parts(known: Iterable[Module]) -> dict[str, tuple[int, int]]:
    """Return the modules and lines of each part."""
    found: dict[str, tuple[int, int]] = {}
    for module in known:
        count, lines = found.get(module.part, (0, 0))
        found[module.part] = (count + 1, lines + len(module.lines))
    return found


def _drawn(known: Iterable[Module], number: int, seed: int) -> Iterator[str]:
    by_part = defaultdict(list)
    for module in known:
        by_part[module.part] += docstrings(module)
    lot = random.Random(seed)
    for part, texts in sorted(by_part.items()):
        yield f"--- {part}"
        yield from lot.sample(texts, min(number, len(texts)))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", nargs="?", help="only this part, such as renderers")
    parser.add_argument("--list", action="store_true", help="name each thing that is counted")
    parser.add_argument("--docstrings", type=int, metavar="N", help="draw N of each package")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    known = modules()
    shown = [m for m in known.values() if args.part in (None, m.part)]
    if args.docstrings:
        print(*_drawn(shown, args.docstrings, args.seed), sep="\n")
        return
    for part, (count, lines) in _parts(shown).items():
        print(f"{part:12} {count:4} modules {lines:6} lines")
    lengths = [n for module in shown for _, n, _ in functions(module)]
    print(f"{'all':12} {len(shown):4} modules {sum(len(m.lines) for m in shown):6} lines")
    print(f"median function {median(lengths):g} lines, longest {max(lengths)}")
    names = {module.name for module in shown}
    for figure, counted in figures(known).items():
        own = [one for one in counted if _names(one) & names]
        print(f"{figure}: {len(own)}")
        if args.list and figure != "modules":
            print(*(f"    {one}" for one in own), sep="\n")


def _names(entry: str) -> Set[str]:
    return {entry.split(":")[0].split()[0]}


if __name__ == "__main__":
    main()

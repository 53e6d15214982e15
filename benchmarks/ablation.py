"""Which functions, patterns and alternatives of the splitter change no page when they are disabled.

    python -m benchmarks.ablation [PART ...]    # only those whose name has PART in it

Each page of the sample is split once with everything, and it is noted what fires on it: a function that returns
more than its neutral value, an alternative of a pattern that matches alone. What fires is then disabled, one at
a time, and the pages on which it fires are split again, the smallest first, until three have changed. A line
each: how many pages changed (3 for more), on how many it fires, and the first of those that changed.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from functools import cached_property, partial, wraps
from types import ModuleType
from typing import Any
from unittest.mock import patch

import digest.splitting
from benchmarks.data import rows, shared_folder
from benchmarks.pages.bodies import load
from benchmarks.pages.grammar import random_pages
from benchmarks.pages.layouts import pages as layouts
from digest.errors import DigestError
from digest.fetch import AnyFetcher, expand
from digest.models import Page, Source
from digest.readers import read_pages
from digest.readers.paragraphs import paragraphs as blocks
from digest.splitting import PageSplitter, lexicon
from digest.splitting.lexicon import LazyPattern

FOLDERS = ("pages_real/files", "single_pages/files", "hostile")
ENOUGH = 3
"""A unit is needed where so many pages change; there is no need to split the others."""
NEVER = re.compile(r"(?!)")
SEARCHES = ("findall", "finditer", "split")
METHODS = ("match", "fullmatch", "search", "findall", "finditer", "split")
MODULES: list[ModuleType] = [
    importlib.import_module(f"digest.splitting.{found.name}")
    for found in pkgutil.iter_modules(digest.splitting.__path__)
]
NEUTRAL: dict[str, Any] = {
    "bool": False,
    "int": 0,
    "float": 0.0,
    "str": "",
    "Literal": "",
    "LineKind": "",
    "None": None,
    "Content": {},
    "dict": {},
    "list": [],
    "tuple": (),
    "set": set(),
    "frozenset": frozenset(),
    "Iterator": (),
}
Disable = Callable[[], Any]
"""Makes the context in which a unit is disabled."""


def sample() -> Iterator[Page]:
    """Yield the pages of the data, and those of generated layouts."""
    fetch = AnyFetcher(allow_private=False)
    data = shared_folder() / "data"
    files = [path for name in FOLDERS for path in sorted((data / name).rglob("*"))]
    for source in expand([str(path) for path in files if path.is_file()]):
        try:
            yield from read_pages(fetch(source))
        except DigestError:  # a page of an attack, which nobody can read
            continue
    bodies = load()
    generated = [*layouts(bodies, 4, 101), *random_pages(bodies[1::2], 50, 101)]
    for number, row in enumerate([*rows("pages/pages_dev.jsonl"), *generated]):
        source = Source(name=row["layout"], location=f"{row['layout']} {number}")
        yield Page(source=source, blocks=tuple(blocks(row["text"].split("\n"))))


def split(page: Page) -> str:
    """Return all that is made of a page, by no memory of another."""
    for module in MODULES:
        for value in vars(module).values():
            if hasattr(value, "cache_clear") and value.__module__ in _CACHED:
                value.cache_clear()
    try:
        return repr(PageSplitter()(page))
    except Exception as error:  # noqa: BLE001 - what is disabled may break anything
        return repr(error)


_CACHED = {"digest.splitting.bylines", "digest.splitting.line_kinds"}


def functions() -> Iterator[tuple[str, type | None, str, Any]]:
    """Yield the functions of the splitter: their names, their classes if any, and what they return at rest."""
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            owner = getattr(module, node.name) if isinstance(node, ast.ClassDef) else None
            for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
                if not isinstance(inner, ast.FunctionDef) or inner.name.startswith("__"):
                    continue
                kind = ast.unparse(inner.returns or ast.Constant(None))
                kind = "None" if kind.endswith("| None") else kind.partition("[")[0]
                if kind in NEUTRAL:
                    name = f"{module.__name__.rpartition('.')[2]}.{inner.name}"
                    yield name, owner, inner.name, NEUTRAL[kind]


@contextmanager
def replaced(owner: type | None, name: str, make: Callable[[Any], Any]) -> Iterator[None]:
    """Put `make(function)` in the place of a function wherever it has been imported."""
    with ExitStack() as stack:
        if owner:
            old = inspect.getattr_static(owner, name)
            if isinstance(old, cached_property):
                new: Any = cached_property(make(old.func))
                new.__set_name__(owner, name)
            else:
                new = property(make(old.fget)) if isinstance(old, property) else make(old)
            stack.enter_context(patch.object(owner, name, new))
        else:
            first = next(getattr(m, name) for m in MODULES if _is_home(m, name))
            for module in MODULES:
                if getattr(module, name, None) is first:
                    stack.enter_context(patch.object(module, name, make(first)))
        yield


def _is_home(module: ModuleType, name: str) -> bool:
    return getattr(getattr(module, name, None), "__module__", None) == module.__name__


def patterns() -> dict[str, tuple[LazyPattern, list[str]]]:
    """Return the patterns with their alternatives; those in the modules themselves are one each."""
    named = {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, LazyPattern) and (module is lexicon or not hasattr(lexicon, name))
    }
    lists = {f"lexicon.{name.upper()}": lines for name, lines in lexicon.LISTS.items()}
    return {name: (one, lists.get(name, [one.pattern])) for name, one in named.items()}


@contextmanager
def reduced(wording: LazyPattern, alternatives: Sequence[str]) -> Iterator[None]:
    """Leave some alternatives in a pattern."""
    old = wording.compiled
    wording._compiled = re.compile("|".join(alternatives), old.flags) if alternatives else NEVER
    yield
    wording._compiled = old


class Recorder:
    """What fires on which pages."""

    def __init__(self) -> None:
        """Nothing has, and no page is being split."""
        self.fired: defaultdict[str, set[int]] = defaultdict(set)
        self.page = 0
        self._declared_title = {id(one): (name, lines) for name, (one, lines) in patterns().items()}
        self._known: dict[tuple[Any, ...], list[str]] = {}

    def function(self, name: str, neutral: Any) -> Callable[[Any], Any]:
        """Return what makes a function noted where it returns more than at rest, or changes an argument."""

        def make(old: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(old)
            def new(*args: Any, **kwargs: Any) -> Any:
                before = repr(args) if neutral is None else ""
                found = old(*args, **kwargs)
                if found != neutral or (neutral is None and repr(args) != before):
                    self.fired[name].add(self.page)
                return found

            return new

        return make

    def pattern(self, method: str) -> Callable[..., Any]:
        """Return a method of patterns that notes which alternatives match alone where the pattern does."""
        old = getattr(LazyPattern, method)

        def new(wording: LazyPattern, text: str, *start: int) -> Any:
            found = old(wording, text, *start)
            if wording.search(text, *start) if method in SEARCHES else found:
                for name in self._matching(wording, method, text, *start):
                    self.fired[name].add(self.page)
            return found

        return new

    def _matching(self, wording: LazyPattern, method: str, text: str, *start: int) -> list[str]:
        name, lines = self._declared_title.get(id(wording), ("", []))
        key = (id(wording), method, text, start)
        if key not in self._known:
            flags = wording.compiled.flags & ~re.UNICODE
            way = "search" if method in SEARCHES else method
            self._known[key] = (
                [name]
                if len(lines) == 1
                else [
                    f"{name}: {line}"
                    for line in lines
                    if len(lines) > 1 and getattr(re.compile(line, flags), way)(text, *start)
                ]
            )
        return self._known[key]


def record(pages: Sequence[Page]) -> tuple[list[str], dict[str, set[int]]]:
    """Return what is made of each page, and the numbers of the pages on which each unit fires."""
    made = [split(page) for page in pages]
    recorder = Recorder()
    with ExitStack() as stack:
        for name, owner, function, neutral in functions():
            make = recorder.function(name, neutral)
            stack.enter_context(replaced(owner, function, make))
        for method in METHODS:
            stack.enter_context(patch.object(LazyPattern, method, recorder.pattern(method)))
        for recorder.page, page in enumerate(pages):
            split(page)
    return made, recorder.fired


def units() -> Iterator[tuple[str, Disable]]:
    """Yield the name of each thing that can be disabled, and how."""
    for name, owner, function, neutral in functions():
        yield name, partial(replaced, owner, function, partial(_constant, neutral))
    for name, (wording, lines) in patterns().items():
        if len(lines) == 1:
            yield name, partial(reduced, wording, ())
        for line in lines if len(lines) > 1 else ():
            yield f"{name}: {line}", partial(reduced, wording, [o for o in lines if o != line])


def _constant(neutral: Any, _: Any) -> Callable[..., Any]:
    return lambda *_, **__: copy(neutral)


def main() -> int:
    """Print a line for each unit, those that change nothing first."""
    parts = sys.argv[1:]
    pages = sorted(sample(), key=lambda page: sum(len(block.text) for block in page.blocks))
    made, fired = record(pages)
    table: list[tuple[int, int, str, str]] = []
    for name, disabled in units():
        if parts and not any(part in name for part in parts):
            continue
        changed: list[str] = []
        with disabled():
            for number in sorted(fired.get(name, ())):
                if split(pages[number]) != made[number]:
                    changed.append(pages[number].source.location)
                if len(changed) == ENOUGH:
                    break
        table.append((len(changed), len(fired.get(name, ())), name, (*changed, "")[0]))
    for count, pages_fired, name, first in sorted(table):
        print(f"{count:3d} {pages_fired:5d}  {name[:150]}  {first[-60:]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

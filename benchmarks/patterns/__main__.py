"""Time each pattern of the package on attack strings of 4, 8 and 16 kB: all must take linear time.

    python -m benchmarks.patterns [NAME ...]

The strings are made from the pattern itself: what can repeat in it is repeated, after what can begin it and
before what it cannot go on with. A pattern fails where twice the text takes more than three times as long,
twice over, and longer than a few milliseconds at all. Each is tried by the methods that the package calls it
with; those in `BOUNDED` get no more text than is said there.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import digest
from digest.splitting.lexicon import LazyPattern
from digest.workers import WorkerFailure, Workers

ROOT = Path(digest.__file__).parent
SIZES = (4_096, 8_192, 16_384)
FEWEST_S = 0.004
RATIO = 3.0
ENOUGH_S = 0.02
PATIENCE_S = 1.0
ROW_S = 0.1
"""For a row of fewer than 2,000 characters: what takes longer doubles with every word of it."""
MOST_S = 120.0
"""For all that is tried with one pattern; a call that goes on longer is ended with its process."""
METHODS = ("search", "match", "fullmatch", "sub", "findall", "finditer", "split")
FOLLOWERS = ("\0", "\n", "a")
LANGUAGES = "en de fr es it nl pt pl ru uk el tr ar he hi th zh ja ko".split()

BOUNDED: dict[str, int] = {
    "digest.editing.kinds._titles()[16][1]": 400,
    "digest.media._RULE_ABOVE": 200,
    "digest.readers.cards._MORE": 10,
    "digest.readers.text_titles._LEADER": 300,
    "digest.readers.metadata._TITLE_PART": 500,
    "digest.splitting.lexicon.SEPARATOR": 60,
    "digest.splitting.lines._ABBREVIATION": 8,
    "digest.splitting.lines._AFTER": 160,
    "digest.splitting.lines._TERMINAL": 8,
    "digest.splitting.sections._BIOGRAPHY": 120,
    "digest.summarizers.passages._CUT": 8,
    "digest.text.bylines._FILED": 120,
}
"""Pattern -> the most characters that it is ever given."""


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern and how it is used."""

    name: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


def main() -> int:
    """Print each pattern that is not linear, with what it was given; the exit code is 1 if there is any."""
    asked = sys.argv[1:]
    found = [one for one in patterns() if not asked or any(name in one.name for name in asked)]
    slow = 0
    began = time.perf_counter()
    with Workers(first_flaw, processes=2, limit_s=lambda _: MOST_S) as workers:
        for number, said in workers.map(found):
            if said:
                slow += 1
                flaw = said.reason if isinstance(said, WorkerFailure) else said
                print(f"  {found[number].name} {flaw}", flush=True)
    took = time.perf_counter() - began
    print(f"{len(found)} patterns in {took:.0f} s: {slow} not linear")
    return bool(slow)


def patterns() -> Iterator[Named]:
    """Yield the patterns at the top of modules, those of cached functions, and those written in place."""
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages([str(ROOT)], "digest.")
    ]
    sources = {
        one: Path(one.__file__).read_text(encoding="utf-8") for one in modules if one.__file__
    }
    shared: dict[str, set[str]] = {}
    for source in sources.values():
        for name, methods in _uses(source).items():
            if not name.startswith("_"):
                shared[name] = shared.get(name, set()) | methods
    seen: set[tuple[Any, int]] = set()
    for module, source in sources.items():
        for named in _of_module(module, source, shared | _uses(source)):
            key = (named.pattern.pattern, named.pattern.flags)
            if key not in seen:
                seen.add(key)
                yield named


def _of_module(module: ModuleType, source: str, used: Mapping[str, set[str]]) -> Iterator[Named]:
    for name, value in sorted(vars(module).items()):
        found = [*_compiled(value, name)]
        if _makes_patterns(value, module):
            found += _made(value, name)
        for place, pattern in found:
            field = place.rpartition(".")[1] + place.rpartition(".")[2]
            methods = used.get(name) or used.get(field) or {"search", "fullmatch"}
            yield Named(f"{module.__name__}.{place}", pattern, tuple(sorted(methods)))
    for number, method, pattern in _inline(source):
        yield Named(f"{module.__name__}:{number}", pattern, (method,))


def _makes_patterns(value: Any, module: ModuleType) -> bool:
    if not hasattr(value, "cache_info") or value.__module__ != module.__name__:
        return False
    return "re.compile(" in inspect.getsource(value) or "Pattern" in str(inspect.signature(value))


def _made(function: Any, name: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns that a cached function returns, of each language where it asks for one."""
    asked = tuple(inspect.signature(function).parameters)
    if asked == ():
        yield from _compiled(function(), f"{name}()")
    elif asked == ("language",):
        for language in LANGUAGES:
            yield from _compiled(function(language), f"{name}({language!r})")


def _uses(source: str) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            value = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(value, ast.Name | ast.Attribute):
                name = value.id if isinstance(value, ast.Name) else f".{value.attr}"
                used.setdefault(name, set()).add(node.attr)
    return used


def _compiled(value: object, place: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, LazyPattern):
        value = value.compiled
    if isinstance(value, re.Pattern):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _compiled(one, f"{place}[{key!r}]")
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _compiled(one, f"{place}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _compiled(getattr(value, field.name), f"{place}.{field.name}")


def _inline(source: str) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {f"re.{name}" for name in METHODS}
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            method = node.func.attr  # type: ignore[attr-defined]
            yield node.lineno, method, re.compile(node.args[0].value)


def first_flaw(named: Named) -> str:
    """Return how a pattern takes more than linear time; empty where it does not."""
    return next((f".{method}: {attack}" for method, attack in worst(named)), "")


def worst(named: Named) -> Iterator[tuple[str, str]]:
    """Yield the methods and strings that take more than linear time."""
    sizes = SIZES
    if most := BOUNDED.get(named.name):
        sizes = tuple(size * most // SIZES[-1] for size in SIZES)
    for row in rows(named.pattern):
        for method in named.methods:
            if (took := _seconds(named.pattern, method, row, least=0.0)) > ROW_S:
                yield method, f"{row!r:.60} takes {1000 * took:.1f} ms"
    for attack in attacks(named.pattern):
        for method in named.methods:
            small, middle = (
                _seconds(named.pattern, method, attack(size), least=0.0) for size in sizes[:2]
            )
            if middle < FEWEST_S / 4 or middle < RATIO * small * 0.8:
                continue  # one call each tells most of them
            times = [_seconds(named.pattern, method, attack(size)) for size in sizes]
            if _is_superlinear(times):
                took = ", ".join(f"{1000 * one:.1f}" for one in times)
                yield method, f"{attack(12)!r:.60} takes {took} ms"


def _is_superlinear(times: list[float]) -> bool:
    first, second, third = times
    if third >= PATIENCE_S:
        return True
    return third > FEWEST_S and third > RATIO * second and second > RATIO * first * 0.8


def _seconds(pattern: re.Pattern[Any], method: str, text: Any, least: float = ENOUGH_S) -> float:
    """Return the seconds of a call, of as many as last long enough for the clock of a busy machine."""
    call = getattr(pattern, method)
    calls, start, spent = 0, time.process_time(), 0.0
    while not calls or spent < least:
        if method == "sub":
            call(text[:0], text)
        elif method == "finditer":
            for _found in call(text):
                pass
        else:
            call(text)
        calls += 1
        spent = time.process_time() - start
    return min(PATIENCE_S, spent / calls)


def rows(pattern: re.Pattern[Any]) -> Iterator[Any]:
    """Yield rows of what can repeat, by each of its branches: a row that can be parted in many ways."""
    binary = isinstance(pattern.pattern, bytes)
    try:
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    except (re.error, ValueError):
        return
    for word in dict.fromkeys(one for part in _repeated(tree) for one in _examples(part)):
        for between in ("", " "):
            row = (word + between) * 18 + "x!\0"
            if len(row) < 2_000:
                yield row.encode("utf-8", "replace") if binary else row


def _repeated(items: Any) -> Iterator[Any]:
    """Yield each part that is repeated more than twenty times, wherever it stands."""
    for operation, argument in items:
        if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if argument[1] > 20:
                yield argument[2]
            yield from _repeated(argument[2])
        elif operation is codes.SUBPATTERN:
            yield from _repeated(argument[3])
        elif operation is codes.ATOMIC_GROUP:
            yield from _repeated(argument)
        elif operation is codes.BRANCH:
            for branch in argument[1]:
                yield from _repeated(branch)


def _examples(items: Any) -> list[str]:
    """Return a text for each branch of a part, with what may be left out and without."""
    made = [""]
    for operation, argument in items:
        if operation is codes.BRANCH:
            ways = [one for branch in argument[1] for one in _examples(branch)[:3]]
        elif operation is codes.SUBPATTERN:
            ways = _examples(argument[3])
        elif operation is codes.ATOMIC_GROUP:
            ways = _examples(argument)
        elif operation in (codes.MAX_REPEAT, codes.MIN_REPEAT) and argument[:2] == (0, 1):
            ways = ["", *_examples(argument[2])]
        else:
            ways = [_one(operation, argument)]
        made = [before + way for way in dict.fromkeys(ways) for before in made[:3]][:160]
    return [one for one in dict.fromkeys(made) if one]


def attacks(pattern: re.Pattern[Any]) -> Iterator[Any]:
    """Yield functions that make an attack of so many characters."""
    binary = isinstance(pattern.pattern, bytes)
    try:
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    except (re.error, ValueError):
        return
    pumps, heads = _pumps(tree), _heads(tree)
    made: set[tuple[str, str, str]] = set()
    for head in heads:
        for pump in pumps:
            for tail in FOLLOWERS:
                if (head, pump, tail) not in made:
                    made.add((head, pump, tail))
                    yield _attack(head, pump, tail, binary)


def _attack(head: str, pump: str, tail: str, binary: bool) -> Any:
    def make(size: int) -> Any:
        text = (head + pump * (size // max(1, len(pump)) + 1))[:size] + tail
        return text.encode("utf-8", "replace") if binary else text

    return make


def _pumps(tree: Any) -> list[str]:
    """What can be repeated: an example of each repeated part, and those of its characters by themselves."""
    found: dict[str, None] = {}

    def walk(items: Any, before: str) -> None:
        for operation, argument in items:
            if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
                example = _example(argument[2])
                if argument[1] > 50:
                    found.setdefault(example)
                    found.setdefault(before + example)
                    for letter in example[:2]:
                        found.setdefault(letter)
                walk(argument[2], before)
            elif operation is codes.SUBPATTERN:
                walk(argument[3], before)
            elif operation is codes.BRANCH:
                for branch in argument[1]:
                    walk(branch, before)
            elif operation in (codes.ASSERT, codes.ASSERT_NOT):
                walk(argument[1], before)
            before = _example([(operation, argument)])[-3:] or before

    walk(tree, "")
    whole = _example(tree)
    found.setdefault(whole[:20])
    for letter in dict.fromkeys(whole[:8]):
        found.setdefault(letter)
    found.setdefault(" ")
    return [one for one in found if one][:14]


def _heads(tree: Any) -> list[str]:
    whole = _example(tree)
    return list(dict.fromkeys(("", whole[:1], whole[:4], whole)))[:4]


def _example(items: Any) -> str:
    """A text that a part of a pattern matches, as far as that is easily told."""
    return "".join(_one(operation, argument) for operation, argument in items)[:200]


def _one(operation: Any, argument: Any) -> str:
    if operation is codes.LITERAL:
        return chr(argument)
    if operation is codes.NOT_LITERAL:
        return "b" if argument == ord("a") else "a"
    if operation is codes.ANY:
        return "a"
    if operation is codes.IN:
        return _of_set(argument)
    if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _example(argument[2]) * max(1, min(argument[0], 4))
    if operation is codes.SUBPATTERN:
        return _example(argument[3])
    if operation is codes.BRANCH:
        return max((_example(branch) for branch in argument[1][:20]), key=len)
    if operation is codes.ATOMIC_GROUP:
        return _example(argument)
    return ""


_CATEGORY = {
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_NOT_WORD: "-",
    codes.CATEGORY_NOT_DIGIT: "a",
}


def _of_set(items: Any) -> str:
    compiled = [item for item in items if item[0] is not codes.NEGATE]
    if len(compiled) != len(items):
        return next((c for c in "a 1-<\n\t.b" + chr(0xE9) if not _holds(compiled, c)), chr(0x4E00))
    operation, argument = compiled[0]
    if operation is codes.LITERAL:
        return chr(argument)
    if operation is codes.RANGE:
        return chr(argument[0])
    return _CATEGORY.get(argument, "a")


def _holds(items: Any, character: str) -> bool:
    for operation, argument in items:
        if operation is codes.LITERAL and argument == ord(character):
            return True
        if operation is codes.RANGE and argument[0] <= ord(character) <= argument[1]:
            return True
        if operation is codes.CATEGORY:
            example = _CATEGORY.get(argument)
            same = example is not None and (
                (example == " " and character.isspace())
                or (example == "1" and character.isdigit())
                or (example == "a" and character.isalnum())
            )
            if same:
                return True
    return False


if __name__ == "__main__":
    sys.exit(main())

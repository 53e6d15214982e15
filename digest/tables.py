"""A table read from TOML, checked against a frozen dataclass: its fields are the keys it may have."""

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from digest.errors import ConfigError

T = TypeVar("T")

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_EXPECTED = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


def parse_table(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """Return `table` as a `kind`: keys are its fields, tables in it are dataclasses in turn.

    A field's metadata may name its `choices`, and its `key` where Python would not have it for a name.
    Raises `ConfigError`, which begins with `where` and says what is allowed, for an unknown key, a missing
    one, and a value of another type.
    """
    known = {
        field.metadata.get("key", field.name): field
        for field in fields(kind)  # type: ignore[arg-type]
    }
    hints = get_type_hints(kind)
    for key in table:
        if key not in known:
            raise _unknown(key, list(known), where)
    for name, field in known.items():
        required = field.default is MISSING and field.default_factory is MISSING
        if required and name not in table:
            raise ConfigError(f'{where}: it needs a {name} = "..."')
    values = {
        key: _value(hints[known[key].name], value, key, where) for key, value in table.items()
    }
    for key, value in values.items():
        _check(known[key], value, where)
    return kind(**{known[key].name: value for key, value in values.items()})


def _value(hint: Any, value: Any, key: str, where: str) -> Any:
    arguments = get_args(hint)
    if get_origin(hint) is tuple and is_dataclass(arguments[0]):
        return _tables(arguments[0], value, key, where)
    if get_origin(hint) is tuple:
        return _texts(value, key, where)
    if get_origin(hint) in (Union, types.UnionType):  # a table, or None where it is not there
        hint = arguments[0]
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise ConfigError(f"{where}: {key} is a table: write [{key}] above its keys")
        return parse_table(hint, value, f"{where}: [{key}]")  # type: ignore[arg-type]
    if isinstance(value, str) and _CONTROL.search(value):
        raise ConfigError(
            f"{where}: {key!r} has a control character in it ({value!r:.80}); a path of Windows goes in"
            " single quotes: 'C:\\news'"
        )
    number = hint is float and isinstance(value, int) and not isinstance(value, bool)
    if number or (isinstance(value, hint) and isinstance(value, bool) == (hint is bool)):
        return hint(value)
    raise ConfigError(f"{where}: {key!r} must be {_EXPECTED[hint]}, not {value!r}")


def _tables(kind: Any, tables: Any, key: str, where: str) -> tuple[Any, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{where}: {key} are tables: write [[{key}]] above each")
    one = key.removesuffix("s")
    return tuple(
        parse_table(kind, table, f"{where}: {one} {number}")
        for number, table in enumerate(tables, 1)
    )


def _texts(value: Any, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ConfigError(f'{where}: {key!r} must be a list of texts: {key} = ["one", "two"]')
    return tuple(value)


def _check(field: Field[Any], value: Any, where: str) -> None:
    choices = field.metadata.get("choices")
    given = value if isinstance(value, tuple) else (value,)
    for one in given:
        if choices and one not in choices:
            allowed = ", ".join(repr(choice) for choice in choices)
            raise ConfigError(f"{where}: {field.name!r} cannot be {one!r}: choose from {allowed}")


def _unknown(key: str, known: list[str], where: str) -> ConfigError:
    import difflib

    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
    return ConfigError(f"{where}: unknown key {key!r} ({hint})")

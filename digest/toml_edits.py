"""A digest.toml, edited so that its comments and its order stay."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config import SourceConfig, parse_config
from digest.errors import ConfigError
from digest.incoming import read_regular

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def with_sources(text: str, added: Sequence[SourceConfig], name: str) -> str:
    """Return the text of a digest.toml with further sources at its end; those it has already are passed over.

    Raises `ConfigError`, which names the file `name`, where the text is not a configuration.
    """
    import tomlkit

    document = _document(text, name)
    tables = document.get("sources")
    has = {str(table["location"]) for table in tables or ()}
    for source in added:
        if source.location in has:
            continue
        has.add(source.location)
        if tables is None:
            document["sources"] = tomlkit.aot()
            tables = document["sources"]
        tables.append(_table(source))
    return tomlkit.dumps(document)


def without_sources(text: str, locations: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml without the sources at these locations."""
    import tomlkit

    document = _document(text, name)
    tables: Any = document.get("sources", [])
    for number in reversed(range(len(tables))):
        if tables[number]["location"] in locations:
            del tables[number]
    if not tables:
        document.pop("sources", None)
    return tomlkit.dumps(document)


def read_text(path: Path) -> str:
    """Return the text of a configuration; raises `ConfigError` where it cannot be read."""
    try:
        return read_regular(path).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; `digest init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ConfigError(f"{path}: {reason.lower()}") from error


def with_names(text: str, key: str, added: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml with further names in a list such as `follow`."""
    import tomlkit

    document = _document(text, name)
    if key in document:
        names: Any = document[key]
        names.extend(added)
    elif above := [one.key for one, item in document.body if one and not _is_table(item)]:
        # Below the last key of its own: `append` puts it under the comment of the first table.
        document._insert_after(above[-1], key, tomlkit.item(list(added)))
    else:
        first = tomlkit.item(list(added))
        first.trivia.trail = "\n\n" if document.body else "\n"
        document.add(key, first)
    return tomlkit.dumps(document)


def without_names(text: str, key: str, gone: Sequence[str], name: str) -> str:
    """Return the text of a digest.toml without these names in a list; one that is empty then goes, too."""
    import tomlkit

    document = _document(text, name)
    names: Any = document.get(key, [])
    for number in reversed(range(len(names))):
        if names[number] in gone:
            del names[number]
    if not names:
        document.pop(key, None)
    return tomlkit.dumps(document)


def _is_table(item: object) -> bool:
    from tomlkit.items import AoT, Table

    return isinstance(item, AoT | Table)


def write_text(path: Path, text: str) -> None:
    """Write a configuration, whole or not at all."""
    from digest.durability import write_file

    write_file(path.parent, path.name, text)


def _table(source: SourceConfig) -> Any:
    import tomlkit

    table = tomlkit.table()
    table["location"] = source.location
    if source.name:
        table["name"] = source.name
    if source.full_text:
        table["full_text"] = True
    return table


def _document(text: str, name: str) -> "TOMLDocument":
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    parse_config(document.unwrap(), name)
    return document

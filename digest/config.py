"""`digest.toml` and the options of the command line, turned into the stages of the pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from digest.deliverers.options import MailConfig, parse_mail
from digest.errors import ConfigError
from digest.pipeline import Stages

FILE_NAME = "digest.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicConfig:
    """A pinned topic: a table `[[topics]]`."""

    name: str
    keywords: tuple[str, ...]
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that `digest.toml` can say. Every field is a key of the file."""

    title: str = "The daily digest"
    """The headline of the briefing."""
    algorithm: str = "textrank"
    """The summarizer: `textrank`, `lead`, or one of sumy's (`digest summarize --help` lists them)."""
    length: str = "3"
    """The length of a topic's summary: `3` sentences, `80w` words, `400c` characters, or `5%`."""
    story_length: str = "2"
    """The length of each story's summary, in the same units."""
    templates: str = ""
    """A folder with templates of your own, relative to the file."""
    topics: tuple[TopicConfig, ...] = ()
    """Topics with a fixed name: `name`, `keywords`, and `never` for words that keep an article out."""
    mail: MailConfig | None = None
    """How issues are mailed: the table `[mail]`."""


def load_config(path: Path | None = None) -> Config:
    """Read a configuration file; without a path, `digest.toml` here if there is one, else the defaults.

    Raises:
        ConfigError: the file is missing or not TOML, or a key is unknown or of the wrong type.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.exists():
            return Config()
    import tomllib

    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    return parse_config(table, str(path))


def parse_config(table: Mapping[str, Any], name: str = FILE_NAME) -> Config:
    """Check a table read from TOML and return it as a `Config`; `name` is the file that errors speak of."""
    _refuse_unknown(table, Config, name)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "topics":
            values[key] = _topics(value, name)
        elif key == "mail":
            values[key] = parse_mail(value, name)
        elif key in ("length", "story_length") and isinstance(value, int):
            values[key] = str(value)
        elif isinstance(value, str):
            values[key] = value
        else:
            raise ConfigError(f"{name}: {key!r} must be text in quotes, not {value!r}")
    return Config(**values)


def make_stages(config: Config) -> Stages:
    """Turn names into the callables that do the work.

    Raises:
        ConfigError: an algorithm or a length that does not exist.
    """
    from digest.clusterers import PinnedTopic, TopicClusterer, disagreements
    from digest.deduplication import NearDuplicates
    from digest.fetch import FileFetcher
    from digest.readers import read_pages
    from digest.registry import make_summarizer
    from digest.splitting import PageSplitter

    pinned = tuple(
        PinnedTopic(name=topic.name, keywords=topic.keywords, never=topic.never)
        for topic in config.topics
    )
    return Stages(
        fetch=FileFetcher(),
        read=read_pages,
        split=PageSplitter(),
        deduplicate=NearDuplicates(),
        cluster=TopicClusterer(pinned=pinned),
        summarize_topic=make_summarizer(config.algorithm, length=config.length),
        summarize_story=make_summarizer(config.algorithm, length=config.story_length),
        disagree=disagreements,
    )


def _topics(tables: Any, name: str) -> tuple[TopicConfig, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{name}: topics are tables: write [[topics]] above each")
    topics = []
    for number, table in enumerate(tables, 1):
        where = f"{name}: topic {number}"
        _refuse_unknown(table, TopicConfig, where)
        if not isinstance(table.get("name"), str) or not table["name"].strip():
            raise ConfigError(f'{where}: it needs a name = "..."')
        topics.append(
            TopicConfig(
                name=table["name"],
                keywords=_texts(table, "keywords", where) or (table["name"],),
                never=_texts(table, "never", where),
            )
        )
    return tuple(topics)


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ConfigError(f'{where}: {key!r} must be a list of texts: {key} = ["one", "two"]')
    return tuple(values)


def _refuse_unknown(table: Mapping[str, Any], kind: type, where: str) -> None:
    known = [field.name for field in fields(kind)]
    for key in table:
        if key not in known:
            import difflib

            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
            raise ConfigError(f"{where}: unknown key {key!r} ({hint})")

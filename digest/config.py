"""`digest.toml` and the options of the command line, checked and turned into the stages of the pipeline."""

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from digest.delivery.options import (
    MailConfig,
    NoticeConfig,
    checked,
    checked_notices,
    placed,
    refuse_password,
)
from digest.editions import EditionConfig, check_editions
from digest.errors import ConfigError
from digest.incoming import read_regular
from digest.protocols import Reader, Splitter, plugin
from digest.renderers import FORMATS, LANGUAGES, THEMES
from digest.sources import SPAN, SourceConfig, age, check_mailboxes, check_source

if TYPE_CHECKING:
    from digest.pipeline import Stages

FILE_NAME = "digest.toml"
_BACKSLASH = re.compile(rb"\"[^\"\n]{0,200}\\")
_MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0}
_NUMBERS = ("length", "story_length", "reading_time", "max_age")
"""Keys that take text, but whose most natural value is a whole number."""
_LONGEST_READING = 24 * 60.0
"""A day, in minutes: more is a mistake."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_EXPECTED = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicConfig:
    """A pinned topic: a table `[[topics]]`."""

    name: str
    """Its label in the briefing."""
    keywords: tuple[str, ...] = ()
    """Words and phrases that an article of it has; without any, its name."""
    never: tuple[str, ...] = ()
    """Words and phrases that keep an article out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that `digest.toml` can say. Every field is a key of the file."""

    title: str = "The daily digest"
    """The headline of the briefing."""
    algorithm: str = "textrank"
    """The summarizer: `textrank`, `lead`, or one of sumy's (`digest summarize --help` lists them)."""
    length: str = "3"
    """The length of a lead's summary: `3` sentences, `80w` words, `400c` characters, or `5%`."""
    story_length: str = "2"
    """The length of each story's summary, in the same units."""
    reading_time: str = "5m"
    """How long an issue takes to read: minutes such as `5m`, seconds such as `90s`, hours such as `1h`."""
    follow: tuple[str, ...] = ()
    """Words, names and sources that stand above others: `["Danube", "Rotterdam"]`."""
    mute: tuple[str, ...] = ()
    """Words, names and sources that are left out, and named among what was."""
    templates: str = ""
    """A folder with templates of your own, relative to the file."""
    output: str = "out"
    """The folder that `digest run` writes to, relative to the file."""
    formats: tuple[str, ...] = field(
        default=("markdown", "html", "json"),
        metadata={"choices": (*FORMATS,), "plugins": "renderers"},
    )
    """The files that `digest run` writes: `markdown`, `html`, `json`, `text`, `epub`."""
    archive: bool = True
    """Whether `digest run` also lists all issues: `index.html`, `feed.xml`, links between their pages."""
    base_url: str = ""
    """Where the folder of the issues can be read, for the feed's addresses: `https://news.example.org/`."""
    store: str = ""
    """Where `digest run` keeps what it knows, relative to the file; without it, in the folder for
    data, which all configurations without it share."""
    timezone: str = ""
    """Whose day it is, such as `Europe/Vienna`; without it, the machine's."""
    max_age: str = "3d"
    """For how long after its date a feed's entry may be told: `12h`, `3d`, `2w`; `0` for ever."""
    memory_days: int = 7
    """For how many days a story is known for the same, and a copy of an earlier article for a copy."""
    sources: tuple[SourceConfig, ...] = ()
    """What `digest run` reads: a `location`, and what is said of it."""
    theme: str = field(default="paper", metadata={"choices": THEMES})
    """The look of the page: `paper`, or `plain` without colours of its own."""
    language: str = field(default="", metadata={"choices": ("", *LANGUAGES)})
    """The language of the briefing's fixed words and dates: `en`, `de`, `es`, `fr`, `it`, `nl`, `pl`, `pt` or
    `sv`; without it, that of most of its articles."""
    topics: tuple[TopicConfig, ...] = ()
    """Topics with a fixed name: `name`, `keywords`, and `never` for words that keep an article out."""
    hold: bool = False
    """Whether `digest run` writes a draft, to look at and `digest edit`, which only `digest send` mails."""
    mail: MailConfig | None = None
    """How issues are mailed: the table `[mail]`."""
    notices: tuple[NoticeConfig, ...] = ()
    """Chats, phones and webhooks that are told of an issue: `name`, and `url_file` or `webhook`."""
    editions: tuple[EditionConfig, ...] = ()
    """Several papers of one file: a table `[[editions]]` each, with a memory of its own."""


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
        content = read_regular(path)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError as error:
        raise ConfigError(f"{path}: not TOML: nested too deeply") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}{_hint(content)}") from error
    return parse_config(table, str(path))


def _hint(content: bytes) -> str:
    """What is often wrong with a file that is no TOML."""
    if not _BACKSLASH.search(content):
        return ""
    return "; a path of Windows goes in single quotes: location = 'C:\\news'"


def parse_config(table: Mapping[str, Any], name: str = FILE_NAME) -> Config:
    """Check a table read from TOML and return it as a `Config`; `name` is the file that errors speak of."""
    # A whole number is the most natural way to say a number of sentences.
    table = _with_lengths(table)
    if isinstance(editions := table.get("editions"), list):
        tables = [_with_lengths(one) if isinstance(one, dict) else one for one in editions]
        table = {**table, "editions": tables}
    if "mail" in table:
        refuse_password(table["mail"], name)
    config = parse_table(Config, table, name)
    for number, topic in enumerate(config.topics, 1):
        if not topic.name.strip():
            raise ConfigError(f"{name}: topic {number}: its name is empty")
    _check(config, name)
    topics = tuple(replace(one, keywords=one.keywords or (one.name,)) for one in config.topics)
    mail = config.mail and placed(checked(config.mail, f"{name}: [mail]"), Path(name).parent)
    notices = checked_notices(config.notices, name)
    found = replace(config, topics=topics, mail=mail, notices=notices)
    check_editions(found.editions, found.sources, found.notices, name)
    for edition in found.editions:
        _check_edition(edition_config(found, edition), f"{name}: edition {edition.name!r}")
    return found


def _with_lengths(table: Mapping[str, Any]) -> dict[str, Any]:
    lengths = {key: str(table[key]) for key in _NUMBERS if type(table.get(key)) is int}
    return {**table, **lengths}


def edition_config(config: Config, edition: EditionConfig) -> Config:
    """Return the configuration of an edition: what the file says, but for what the edition says."""
    names = {one.name for one in fields(Config)} - {"sources"}
    own = {
        one.name: value
        for one in fields(edition)
        if one.name in names and (value := getattr(edition, one.name)) is not None
    }
    url = {} if edition.web_url is None else {"web_url": edition.web_url}
    mail = config.mail if edition.has_channel("mail") else None
    if mail is not None:
        to = {} if edition.to is None else {"to": edition.to, "recipients_file": ""}
        mail = replace(mail, **to, **url)  # type: ignore[arg-type]
    own.setdefault("output", str(Path(config.output) / edition.name))
    return replace(
        config,
        **own,
        sources=tuple(filter(edition.has, config.sources)),
        mail=mail,
        notices=tuple(replace(o, **url) for o in config.notices if edition.has_channel(o.name)),
        editions=(),
    )


def config_of(config: Config, edition: str) -> Config:
    """Return the configuration of the edition of that name; the file's own where it has none such."""
    found = next((one for one in config.editions if one.name == edition), None)
    return config if found is None else edition_config(config, found)


def _check_edition(config: Config, where: str) -> None:
    """Raise `ConfigError` for a value of an edition that its key cannot have."""
    for key in fields(Config):
        _check_choice(key, getattr(config, key.name), where)
    _check_values(config, where)
    if config.mail:
        checked(config.mail, where)


def _check_values(config: Config, name: str) -> None:
    if not 0.0 < minutes(config.reading_time) <= _LONGEST_READING:
        raise ConfigError(
            f"{name}: reading_time {config.reading_time!r}: write minutes, seconds or hours: 5m, 90s, 1h"
        )
    if config.memory_days < 0:
        raise ConfigError(f"{name}: memory_days: a number of days, 0 or more")


def _check(config: Config, name: str) -> None:
    """Raise `ConfigError` for a value of the right type that means nothing."""
    _check_values(config, name)
    for number, source in enumerate(config.sources, 1):
        check_source(source, f"{name}: source {number}")
    check_mailboxes(config.sources, name)
    if age(config.max_age) is None:
        raise ConfigError(f"{name}: max_age {config.max_age!r}: write 12h, 3d or 2w; 0 for ever")
    if config.timezone:
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(config.timezone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ConfigError(
                f"{name}: no time zone {config.timezone!r}; write it like 'Europe/Vienna'"
            ) from error


def make_stages(
    config: Config,
    *,
    allow_private: bool = False,
    read: Reader | None = None,
    split: Splitter | None = None,
) -> "Stages":
    """Turn names into the callables that do the work.

    `allow_private` lets addresses lead to one's own machine and network; `read` and `split` take the places
    of those that work in this process.

    Raises:
        ConfigError: an algorithm or a length that does not exist.
    """
    from digest.clusterers import PinnedTopic, TopicClusterer, disagreements
    from digest.deduplication import NearDuplicates
    from digest.editing import Layout, Ranker, Wishes
    from digest.fetch import AnyFetcher
    from digest.pipeline import Stages
    from digest.readers import read_pages
    from digest.splitting import PageSplitter
    from digest.summarizers import make_summarizer

    pinned = tuple(
        PinnedTopic(name=topic.name, keywords=topic.keywords, never=topic.never)
        for topic in config.topics
    )
    wishes = Wishes(follow=config.follow, mute=config.mute)
    return Stages(
        fetch=AnyFetcher(allow_private=allow_private),
        read=read or read_pages,
        split=split or PageSplitter(),
        deduplicate=NearDuplicates(),
        cluster=TopicClusterer(pinned=pinned),
        summarize_topic=make_summarizer(config.algorithm, length=config.length),
        summarize_story=make_summarizer(config.algorithm, length=config.story_length),
        summarize_shortly=make_summarizer(config.algorithm, length="1"),
        disagree=disagreements,
        wishes=wishes,
        rank=Ranker(
            wishes=wishes,
            weights=_by_source(config.sources, "weight"),
            departments=_by_source(config.sources, "section"),
        ),
        lay_out=Layout(minutes=minutes(config.reading_time)),
    )


def _by_source(sources: Sequence[SourceConfig], setting: str) -> dict[str, Any]:
    """Return a setting of each source by its name and by its location."""
    return {
        key: getattr(source, setting)
        for source in sources
        for key in (source.shown, source.name)
        if key
    }


def minutes(reading_time: str) -> float:
    """Return the minutes of a reading time such as `5m`, `90s` or `1h`; 0 where it is none."""
    found = SPAN.fullmatch(reading_time.strip().lower())
    return float(found[1]) * _MINUTES.get(found[2] or "m", 0.0) if found else 0.0


def parse_table(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """Return `table` as a `kind`: keys are its fields, tables in it are dataclasses in turn.

    A field's metadata may name its `choices`, and its `key` where Python would not have it for a name.
    Raises `ConfigError`, which begins with `where` and says what is allowed, for an unknown key, a missing
    one, and a value of another type.
    """
    known = {
        one.metadata.get("key", one.name): one
        for one in fields(kind)  # type: ignore[arg-type]
    }
    hints = get_type_hints(kind)
    for key in table:
        if key not in known:
            raise _unknown(key, list(known), where)
    for name, one in known.items():
        required = one.default is MISSING and one.default_factory is MISSING
        if required and name not in table:
            raise ConfigError(f'{where}: it needs a {name} = "..."')
    values = {
        key: _value(hints[known[key].name], value, key, where) for key, value in table.items()
    }
    for key, value in values.items():
        _check_choice(known[key], value, where)
    return kind(**{known[key].name: value for key, value in values.items()})


def _value(hint: Any, value: Any, key: str, where: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):  # a value, or None where it is not there
        hint = get_args(hint)[0]
    arguments = get_args(hint)
    if get_origin(hint) is tuple and is_dataclass(arguments[0]):
        return _tables(arguments[0], value, key, where)
    if get_origin(hint) is tuple:
        return _texts(value, key, where)
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


def _check_choice(key: Field[Any], value: Any, where: str) -> None:
    choices, group = key.metadata.get("choices"), key.metadata.get("plugins")
    for one in value if isinstance(value, tuple) else (value,):
        if choices and one not in choices and not (group and plugin(group, one)):
            allowed = ", ".join(repr(choice) for choice in choices)
            raise ConfigError(f"{where}: {key.name!r} cannot be {one!r}: choose from {allowed}")


def _unknown(key: str, known: list[str], where: str) -> ConfigError:
    import difflib

    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
    return ConfigError(f"{where}: unknown key {key!r} ({hint})")

"""Provide the functions of the library: each does what the command of its name does, on values."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import ConfigError
from digest.incoming import location_of, read_regular, storable
from digest.models import Article, Digest, RawDocument, Source, Split, Summary, Topic

if TYPE_CHECKING:
    from digest.config import Config
    from digest.verification import Failure

_LONGEST_NAME = 255
"""A file's name has no more characters, on any system in use."""


def split(page: str | bytes | Path) -> Split:
    """Take a page apart into its articles.

    >>> page = '''Ferry runs again
    ...
    ... The ferry between Harrow and Dale runs again after six weeks. Two hundred people took it on Monday.
    ... The harbour board had its engine replaced.'''
    >>> found = split(page)
    >>> found.articles[0].title
    'Ferry runs again'

    Args:
        page: the page itself as text or bytes (plain, Markdown, HTML or a mail), or the `Path` of a file.

    Raises:
        ConfigError: a text that is the name of a file.
        SourceError: the file cannot be read, or the page is empty or binary.
        TypeError: an argument of another type.
    """
    from digest.collecting import split_document
    from digest.fetch import FileFetcher

    _expect("page", page, str, bytes, Path)
    if isinstance(page, Path):
        document = FileFetcher()(Source(page.name, location_of(page)))
    else:
        content = _text(page).encode() if isinstance(page, str) else page
        document = RawDocument(Source("page", ""), content)
    return split_document(document)


def summarize(
    text: str | Article | Iterable[Article],
    *,
    length: int | str = 3,
    algorithm: str = "textrank",
    language: str | None = None,
    guard: bool = True,
) -> Summary:
    """Choose the key sentences of a text, an article, or several articles about one thing.

    >>> summary = summarize("The ferry runs again. It was repaired. Nobody was hurt.", length=1)
    >>> summary.text
    'The ferry runs again.'

    Args:
        text: the text (paragraphs parted by blank lines), or one or more articles.
        length: a ceiling: sentences (`3`), words (`"60w"`), characters (`"400c"`) or a share (`"20%"`).
        algorithm: `textrank`, `lead`, one of sumy's, or that of a plug-in.
        language: an ISO 639-1 code; detected where it is not given.
        guard: choose no sentence that misleads when it is read alone.

    Returns:
        A summary whose sentences are slices of the text: `article.text[s.start:s.end] == s.text`.

    Raises:
        ConfigError: an unknown algorithm or length, or a text that is the name of a file.
        TypeError: an argument of another type.
    """
    from digest.summarizers import make_summarizer

    _expect("text", text, str, Article, Iterable)
    _expect("length", length, int, str)
    _expect("algorithm", algorithm, str)
    _expect("language", language, str, type(None))
    _expect("guard", guard, bool)
    summarizer = make_summarizer(algorithm, length=str(length), language=language, guard=guard)
    if isinstance(text, str):
        text = Article(id="text", title="", text=_text(text))
    return summarizer([text] if isinstance(text, Article) else _articles("text", text))


def cluster(articles: Iterable[Article]) -> list[Topic]:
    """Sort articles into topics of stories; each article comes back exactly once.

    >>> [topic.label for topic in cluster([])]
    []

    Raises:
        TypeError: an argument of another type.
    """
    from digest.clusterers import TopicClusterer

    _expect("articles", articles, Iterable)
    return TopicClusterer()(_articles("articles", articles))


def build_digest(
    sources: str | Path | Iterable[str | Path],
    *,
    date: datetime.date | None = None,
    config: "Config | None" = None,
) -> Digest:
    """Make a digest of files, folders and addresses.

    >>> digest = build_digest("examples/inbox", date=datetime.date(2026, 11, 21))
    >>> len(digest.sections)
    3

    Args:
        sources: one or more paths of pages, or of folders of pages, or http and https addresses of pages.
        date: the day on the briefing; today where it is not given.
        config: what `digest.toml` would say: `Config(...)` or `load_config(...)`.

    Raises:
        ConfigError: the configuration names something that does not exist.
        TypeError: an argument of another type.
    """
    from digest.config import Config, make_stages
    from digest.fetch import expand
    from digest.pipeline import build_digest as build

    _expect("sources", sources, str, Path, Iterable)
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    for source in given:
        _expect("sources", source, str, Path)
    _expect_day(date)
    _expect("config", config, Config, type(None))
    config = config or Config()
    return build(
        expand(map(str, given)),
        stages=make_stages(config),
        date=date or datetime.date.today(),
        title=config.title,
    )


def render(
    digest: Digest,
    format: str = "markdown",
    *,
    templates: str | Path | None = None,
    theme: str = "paper",
    language: str = "",
) -> str:
    """Return a digest as the text of one file.

    >>> digest = Digest("The morning", datetime.date(2026, 11, 21))
    >>> render(digest, "text").splitlines()[0]
    'The morning · Saturday, 21 November 2026'

    Args:
        digest: what `build_digest` or `load_digest` returned.
        format: `markdown`, `html`, `json`, `text`, or that of a plug-in.
        templates: a folder with templates of your own; they are trusted code.
        theme: the look of the page: `paper` or `plain`.
        language: that of the fixed words and dates: `en`, `de`, `es`, `fr`, `it`, `nl`, `pl`, `pt` or `sv`;
            without it, that of most of the articles.

    Raises:
        ConfigError: an unknown format, theme or language, or a format that is no text.
        RenderError: a template fails.
        TypeError: an argument of another type.
    """
    text = _rendered(digest, format, templates=templates, theme=theme, language=language)[1]
    if not isinstance(text, str):
        raise ConfigError(f"{format} is no text: write it into a file")
    return text


def write(
    digest: Digest,
    folder: str | Path,
    *,
    formats: str | Sequence[str] = ("markdown", "html", "json"),
    name: str | None = None,
    templates: str | Path | None = None,
    theme: str = "paper",
    language: str = "",
) -> list[Path]:
    """Write a digest into a folder, a file for each format, and return their paths.

    Each file is written whole or not at all.

    >>> digest = Digest("The morning", datetime.date(2026, 11, 21))
    >>> [path.name for path in write(digest, "out", formats=["html", "json"])]
    ['2026-11-21.html', '2026-11-21.json']

    Args:
        digest: what `build_digest` or `load_digest` returned.
        folder: where the files go; it is made where there is none.
        formats: one or more of the formats of `render`, or `epub`.
        name: that of the files without their endings; the date where it is not given.
        templates: a folder with templates of your own; they are trusted code.
        theme: the look of the page: `paper` or `plain`.
        language: that of the fixed words and dates: `en`, `de`, `es`, `fr`, `it`, `nl`, `pl`, `pt` or `sv`;
            without it, that of most of the articles.

    Raises:
        ConfigError: an unknown format, theme or language, or a name that no file can have.
        RenderError: a template fails.
        WriteError: a file cannot be written.
        TypeError: an argument of another type.
    """
    from digest.durability import names_a_file, safe_stem, write_file

    _expect("folder", folder, str, Path)
    _expect("name", name, str, type(None))
    _expect("formats", formats, str, Sequence)
    names = [formats] if isinstance(formats, str) else formats
    look: dict[str, Any] = {"templates": templates, "theme": theme, "language": language}
    rendered = [_rendered(digest, one, **look) for one in names]
    if name is not None and not names_a_file(name):
        raise ConfigError(f"name {name!r}: no file can be called so; give letters or digits")
    stem = safe_stem(name or digest.date.isoformat())
    return [write_file(Path(folder), f"{stem}.{ending}", text) for ending, text in rendered]


def verify(
    digest: Digest | str | Path,
    *,
    store: str | Path | None = None,
    allow_private: bool = False,
    visible_text: Callable[[RawDocument], str] | None = None,
) -> "list[Failure]":
    """Prove every sentence of a digest, or of the JSON file of one; returns those that fail.

    >>> digest = build_digest("examples/inbox", date=datetime.date(2026, 11, 21))
    >>> verify(digest)
    []

    Args:
        digest: the digest, or the path of its JSON.
        store: the store of the run that made it: it has the bytes as they were fetched. What it does not
            have is read from its source.
        allow_private: fetch from addresses of this machine and its network, too.
        visible_text: reads what a source shows; by default in this process and without limits.

    Raises:
        ConfigError: the file is not a digest.
        StoreError: the store cannot be used.
        TypeError: an argument of another type.
    """
    from digest.fetch import AnyFetcher
    from digest.readers import visible_text as read
    from digest.verification import verify_digest

    _expect("digest", digest, Digest, str, Path)
    _expect("store", store, str, Path, type(None))
    if not isinstance(digest, Digest):
        digest = load_digest(digest)
    fetch = AnyFetcher(allow_private=allow_private)
    if store is None:
        return verify_digest(digest, fetch=fetch, visible_text=visible_text or read)
    from digest.store import open_store
    from digest.store.articles import document_at

    with open_store(Path(store)) as opened:

        def kept_or_fetched(source: Source, /) -> RawDocument:
            return document_at(opened, source.location) or fetch(source)

        return verify_digest(digest, fetch=kept_or_fetched, visible_text=visible_text or read)


def load_digest(path: str | Path) -> Digest:
    """Read back the JSON file of a digest.

    >>> load_digest("out/sample/briefing.json").date
    datetime.date(2026, 11, 21)

    Raises:
        ConfigError: the file cannot be read, or is not the JSON of a digest.
        TypeError: an argument of another type.
    """
    from digest.codec import read_digest

    _expect("path", path, str, Path)
    try:
        text = read_regular(Path(path)).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ConfigError(
            f"{path}: {reason.lower()}; give the .json that `digest build` wrote"
        ) from error
    return read_digest(text)


def _rendered(
    digest: Digest, name: str, *, templates: str | Path | None, theme: str, language: str
) -> tuple[str, str | bytes]:
    """Return the ending of a format's file, and its content."""
    from digest.renderers import make_renderer

    _expect("digest", digest, Digest)
    _expect("format", name, str)
    _expect("templates", templates, str, Path, type(None))
    folder = Path(templates) if templates is not None else None
    if folder is not None and not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of templates")
    ending, render = make_renderer(name, templates=folder, theme=theme, language=language)
    return ending, render(digest)


def _text(page: str) -> str:
    """Return a page given as text; raises `ConfigError` for the name of a file, which would be its own page."""
    from digest.fetch import MEDIA_TYPES

    name = page.strip()
    if len(name) <= _LONGEST_NAME and len(name.splitlines()) == 1 and "\0" not in name:
        path = Path(name)
        if (path.suffix.lower() in MEDIA_TYPES and len(name.split()) == 1) or path.is_file():
            raise ConfigError(f"{name!r:.80} is taken for a text; give Path(...) of a file")
    return storable(page)


def _articles(name: str, articles: Iterable[Article]) -> list[Article]:
    found = list(articles)
    for article in found:
        _expect(name, article, Article)
    return found


def _expect_day(date: object) -> None:
    _expect("date", date, datetime.date, type(None))
    if isinstance(date, datetime.datetime):
        raise TypeError("date must be a date, not a datetime: give its .date()")


def _expect(name: str, value: object, *kinds: type) -> None:
    """Raise `TypeError` where an argument is of no type that it may have."""
    is_flag = isinstance(value, bool) and bool not in kinds
    if is_flag or not isinstance(value, kinds):
        known = " or ".join("None" if one is type(None) else one.__name__ for one in kinds)
        raise TypeError(f"{name} must be {known}, not {type(value).__name__}")

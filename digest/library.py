"""The functions of the library. Each does what the command of its name does, on values instead of files."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from digest.config import Config, make_stages
from digest.errors import ConfigError
from digest.incoming import location_of, read_regular, storable
from digest.models import Article, Digest, RawDocument, Source, Split, Summary, Topic
from digest.pipeline import build_digest as _build_digest
from digest.verification import Failure, verify_digest


def split(page: str | bytes | Path) -> Split:
    """Take a page apart into its articles.

    Args:
        page: the page itself as text or bytes (plain, Markdown, HTML or a mail), or the `Path` of a file.

    Raises:
        ConfigError: a text that is the name of a file.
        SourceError: the file cannot be read, or the page is empty or binary.
    """
    from digest.collecting import split_document
    from digest.fetch import FileFetcher

    if isinstance(page, Path):
        document = FileFetcher()(Source(page.name, location_of(page)))
    else:
        content = _text(page).encode() if isinstance(page, str) else page
        document = RawDocument(Source("page", ""), content)
    return split_document(document)


def _text(page: str) -> str:
    """Return a page given as text; raises `ConfigError` for the name of a file, which would be its own page."""
    from digest.fetch import MEDIA_TYPES

    if len(page.split()) == 1 and Path(page.strip()).suffix.lower() in MEDIA_TYPES:
        raise ConfigError(f"{page.strip()!r:.80} is taken for a text; give Path(...) of a file")
    return storable(page)


def summarize(
    text: str | Article | Sequence[Article],
    *,
    length: int | str = 3,
    algorithm: str = "textrank",
    language: str | None = None,
    guard: bool = True,
) -> Summary:
    """Choose the key sentences of a text, an article, or several articles about one thing.

    Args:
        text: the text (paragraphs parted by blank lines), or one or more articles.
        length: a ceiling: sentences (`3`), words (`"60w"`), characters (`"400c"`) or a share (`"20%"`).
        algorithm: `textrank`, `lead`, or one of sumy's.
        language: an ISO 639-1 code; detected where it is not given.
        guard: choose no sentence that misleads when it stands alone.

    Returns:
        A summary whose sentences are slices of the text: `article.text[s.start:s.end] == s.text`.

    Raises:
        ConfigError: an unknown algorithm or length.
    """
    from digest.registry import make_summarizer

    summarizer = make_summarizer(algorithm, length=str(length), language=language, guard=guard)
    if isinstance(text, str):
        text = Article(id="text", title="", text=text)
    return summarizer([text] if isinstance(text, Article) else text)


def cluster(articles: Sequence[Article]) -> list[Topic]:
    """Sort articles into topics of stories; each article comes back exactly once."""
    from digest.clusterers import TopicClusterer

    return TopicClusterer()(articles)


def build_digest(
    sources: Iterable[str | Path], *, date: datetime.date, config: Config | None = None
) -> Digest:
    """Make a digest of files, folders and addresses.

    Args:
        sources: paths of pages, or of folders of pages, or http and https addresses of pages.
        date: the day on the briefing.
        config: what `digest.toml` would say.

    Raises:
        ConfigError: the configuration names something that does not exist.
    """
    from digest.fetch import expand

    config = config or Config()
    return _build_digest(
        expand([str(source) for source in sources]),
        stages=make_stages(config),
        date=date,
        title=config.title,
    )


def verify(
    digest: Digest | str | Path,
    *,
    store: str | Path | None = None,
    allow_private: bool = False,
    visible_text: Callable[[RawDocument], str] | None = None,
) -> list[Failure]:
    """Prove every sentence of a digest, or of the JSON file of one; returns those that fail.

    Args:
        digest: the digest, or the path of its JSON.
        store: the store of the run that made it: it has the bytes as they were fetched. What it does not
            have is read where it stands.
        allow_private: fetch from addresses of this machine and its network, too.
        visible_text: reads what a source shows; by default in this process and without limits.

    Raises:
        ConfigError: the file is not a digest.
        StoreError: the store cannot be used.
    """
    from digest.fetch import AnyFetcher
    from digest.readers import visible_text as read

    if not isinstance(digest, Digest):
        digest = load_digest(Path(digest))
    fetch = AnyFetcher(allow_private=allow_private)
    if store is None:
        return verify_digest(digest, fetch=fetch, visible_text=visible_text or read)
    from digest.store import open_store
    from digest.store.articles import document_at

    with open_store(Path(store)) as opened:

        def kept_or_fetched(source: Source, /) -> RawDocument:
            return document_at(opened, source.location) or fetch(source)

        return verify_digest(digest, fetch=kept_or_fetched, visible_text=visible_text or read)


def load_digest(path: Path) -> Digest:
    """Read back the JSON file of a digest; raises `ConfigError` where it is none."""
    from digest.codec import read_digest

    try:
        text = read_regular(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise ConfigError(
            f"{path}: {reason.lower()}; give the .json that `digest build` wrote"
        ) from error
    return read_digest(text)

"""JSON Lines: one article or page a line."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from digest.errors import ReadError
from digest.incoming import parse_json
from digest.models import Page, RawDocument, Source
from digest.readers import html, markup, plain
from digest.readers.encoding import clean
from digest.readers.fields import parse_date
from digest.text.characters import fold

Record = dict[str, Any]
_MOST_REPORTED = 20  # broken lines are named one by one


def read(document: RawDocument, /) -> list[Page]:
    """Return the pages of records with `id` and `text` (or `html`), and what else they say of themselves.

    A record with a `title` is an article: its page is `single`. One without is a page that may hold several.
    Each page is named by the record's id: `page.source.location`. A broken line is named in the log and passed
    over. Raises `ReadError` where no line can be used.
    """
    pages: list[Page] = []
    location = document.source.location
    broken: list[ReadError] = []
    for number, record in records(document.content, location):
        try:
            if isinstance(record, ReadError):
                raise record
            pages += record_pages(record, number, location)
        except ReadError as error:
            broken.append(error)
    _report(broken, nothing_else=not pages)
    if not pages:
        raise broken[0] if broken else ReadError(location, "empty")
    return pages


def records(
    lines: BinaryIO | bytes | Iterable[bytes], source: str = "input"
) -> Iterator[tuple[int, Record | ReadError]]:
    """Yield (line number, record) for each line that is not blank, in constant memory.

    A line that is no JSON object comes as the `ReadError` that says so; the others go on.
    """
    for number, line in enumerate(io.BytesIO(lines) if isinstance(lines, bytes) else lines, 1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            yield number, _record(line, f"{source}: line {number}")


def record_pages(record: Record, number: int, location: str) -> list[Page]:
    """Return the pages of one record; raises `ReadError` where it holds no text."""
    name = _identity(record.get("id"), f"{location}:{number}")
    source = Source(name=name, location=name)
    text, markup = record.get("text"), record.get("html")
    if isinstance(text, str) and not text.isspace() and text:
        pages = [plain.page(RawDocument(source=source, content=b""), clean(text))]
    elif isinstance(markup, str) and markup:
        raw = RawDocument(
            source=source,
            content=markup.encode(),
            media_type="text/html",
            url=_string(record, "url"),
        )
        pages = html.read(raw)
    elif _string(record, "title"):
        pages = [Page(source, (), headline=True)]
    else:
        raise ReadError(name, f"line {number}: neither `text`, `html` nor `title`")
    return [_described(page, record) for page in pages] if len(pages) == 1 else pages


def visible_text(document: RawDocument) -> str:
    """Return every string of every record, and what the HTML of each shows."""
    parts = []
    for _, record in records(document.content, document.source.location):
        if isinstance(record, dict):
            parts += [clean(text) for text in _strings(record)]
            if isinstance(page := record.get("html"), str):
                parts.append(markup.scan(page).visible)
    return "\n".join(parts)


def _strings(value: object) -> Iterator[str]:
    """Yield every string of a JSON value, keys aside."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            todo += reversed(item.values())
        elif isinstance(item, list):
            todo += reversed(item)


def _described(page: Page, record: Record) -> Page:
    published = _string(record, "published")
    title = _string(record, "title")
    return replace(
        page,
        title=title or page.title,
        url=_string(record, "url") or page.url,
        author=_string(record, "author") or page.author,
        published=(parse_date(published) if published else None) or page.published,
        site=_string(record, "source") or page.site,
        language=_string(record, "language") or page.language,
        single=page.single or title is not None,
    )


def _record(line: bytes, place: str) -> Record | ReadError:
    try:
        value = parse_json(line)
    except ValueError as error:
        reason = getattr(error, "msg", "") or "not UTF-8, or nested too deeply"
        return ReadError(place, f"not JSON: {reason}")
    if not isinstance(value, dict):
        return ReadError(place, "not a JSON object")
    return value


def _identity(value: object, default: str) -> str:
    return fold(str(value)) or default if isinstance(value, str | int) else default


def _string(record: Record, key: str) -> str | None:
    value = record.get(key)
    return fold(clean(value)) or None if isinstance(value, str) else None


def _report(broken: list[ReadError], *, nothing_else: bool) -> None:
    import logging

    logger = logging.getLogger("digest")
    shown = broken[1:] if nothing_else else broken
    for error in shown[:_MOST_REPORTED]:
        logger.warning("%s", error)
    if len(shown) > _MOST_REPORTED:
        logger.warning("%s: and %d more such lines", shown[0].source, len(shown) - _MOST_REPORTED)

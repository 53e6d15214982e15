"""Documents as they were fetched, and the articles that were found in them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from digest.codec import article_of, article_values
from digest.errors import FetchError
from digest.incoming import parse_json
from digest.length import has_unspaced
from digest.models import Article, Carried, Identity, Known, Omission, RawDocument, Source, as_utc
from digest.store.database import Store
from digest.store.issues import edition_of
from digest.store.schema import (
    REPAIR,
    SEALED,
    DamagedError,
    check,
    packed,
    seal,
    sound,
    unpacked,
)

_COLUMNS = SEALED["articles"]
_LISTS = ("headings", "categories")
_DOCUMENT = ", ".join((*SEALED["documents"], "sum"))
_ARTICLE = ", ".join(f"articles.{name}" for name in (*_COLUMNS, "sum"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a source with its articles and omissions: it is added to the store whole or not at all."""

    source: str
    """The location of the source."""
    key: str
    """The source's own name for it; unique within the source."""
    location: str
    """Its address or path. Each location has one document: a later version of a page gets `#` and its key."""
    content: bytes
    media_type: str
    version: str = ""
    """A hash of its entry in the feed, which may change under the same key."""
    articles: tuple[Article, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A line of the list of articles."""

    article: Article
    added: str
    issue: str | None
    """The name of the issue that carried it."""


def add_document(connection: sqlite3.Connection, document: Document, *, now: datetime) -> bool:
    """Add a document that is not known yet; returns whether it was added.

    An article whose id is known already is not added again: its title, address and words are the same. A
    document with none but such articles, as a page is whose navigation alone has changed, is not added.
    Articles and omissions name the place of their document as their `page`.
    """
    if document.articles and not _unknown(connection, document.articles):
        return False
    page = _place(connection, document)
    left_out = [{**asdict(one), "page": page} for one in document.omissions]
    written = json.dumps(left_out, ensure_ascii=False)
    known = (
        *(document.source, document.key, document.version, page),
        *(document.media_type, written, now.isoformat()),
    )
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO documents ({', '.join(SEALED['documents'])}, sum, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*seal(known), packed(document.content)),
    )
    if not cursor.rowcount:
        return False
    add_articles(connection, cursor.lastrowid, page, document.articles)
    return True


def add_articles(
    connection: sqlite3.Connection, document: int | None, page: str, articles: Iterable[Article]
) -> int:
    """Add the articles of a document that are not known yet; returns how many were added."""
    marks = ", ".join("?" * (len(_COLUMNS) + 2))
    return connection.executemany(
        f"INSERT OR IGNORE INTO articles (document, {', '.join(_COLUMNS)}, sum) VALUES ({marks})",
        [(document, *seal(_row(replace(article, page=page)))) for article in articles],
    ).rowcount


def _unknown(connection: sqlite3.Connection, articles: Iterable[Article]) -> bool:
    """Whether at least one of the articles is not in the store."""
    return any(
        connection.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone() is None
        for article in articles
    )


def _place(connection: sqlite3.Connection, document: Document) -> str:
    taken = connection.execute(
        "SELECT 1 FROM documents WHERE location = ?", (document.location,)
    ).fetchone()
    return f"{document.location}#{document.key}" if taken else document.location


def known_parts(store: Store, source: str) -> Known:
    """Return the keys and versions of the documents that a source has given so far."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT key, version FROM documents WHERE source = ?", (source,)
        ).fetchall()
    return Known.of((row["key"], row["version"]) for row in rows)


def carried_parts(store: Store, source: str) -> frozenset[str]:
    """Return the keys of the documents of a source that stand in an issue whose files are written."""
    with store.faults():
        rows = store.connection.execute(
            "SELECT key FROM documents JOIN issues ON issues.id = documents.issue "
            "WHERE source = ? AND written",
            (source,),
        ).fetchall()
    return frozenset(row["key"] for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What can wait for an issue: without an edition, all that no issue at all has carried."""

    edition: str = ""
    """The edition whose memory is asked."""
    sources: tuple[str, ...] = ()
    """The locations of its sources; none for all."""
    since: datetime | None = None
    """When its news begins."""

    @property
    def unknown(self) -> tuple[str, tuple[str, ...]]:
        """The condition, and its values, of a document that the edition does not know."""
        if not self.edition:
            return "documents.issue IS NULL", ()
        known = "SELECT document FROM carried WHERE edition = ?"
        return f"documents.id IN (SELECT id FROM documents EXCEPT {known})", (self.edition,)

    @property
    def waiting(self) -> tuple[str, tuple[str, ...]]:
        """The condition, and its values, of a document that waits for it."""
        condition, values = self.unknown
        if self.sources:
            condition += f" AND documents.source IN ({', '.join('?' * len(self.sources))})"
            values += self.sources
        if self.since:
            condition += " AND documents.added >= ?"
            values += (as_utc(self.since).isoformat(),)
        return condition, values


ANY = Scope()


def waiting(store: Store, scope: Scope = ANY) -> tuple[list[int], list[Article], list[Omission]]:
    """Return the documents that wait for an issue: their numbers, articles and omissions."""
    return _chosen(store, *scope.waiting)


def passed_over(store: Store, scope: Scope) -> list[int]:
    """Return the numbers of the documents that an edition does not know, and that do not wait for it either."""
    (unknown, first), (wanted, second) = scope.unknown, scope.waiting
    with store.faults():
        rows = store.connection.execute(
            f"SELECT id FROM documents WHERE {unknown} AND NOT ({wanted})", (*first, *second)
        )
        return [row["id"] for row in rows]


def count_waiting(store: Store, scope: Scope = ANY) -> int:
    """Return the number of articles that wait for an issue."""
    condition, values = scope.waiting
    with store.faults():
        found: int = store.connection.execute(
            "SELECT count(*) FROM articles JOIN documents ON documents.id = articles.document "
            f"WHERE {condition}",
            values,
        ).fetchone()[0]
    return found


def languages_of(store: Store) -> list[str]:
    """Return the languages of all articles, sorted."""
    with store.faults():
        rows = store.connection.execute("SELECT DISTINCT language FROM articles").fetchall()
    return sorted(str(row[0]) for row in rows)


def come_since(
    store: Store, moment: datetime, sources: Sequence[str] = ()
) -> tuple[list[int], list[Article], list[Omission]]:
    """Return the documents that first came at `moment` or later, whether an issue carried them or not.

    With `sources`, those of these locations alone.
    """
    condition = "documents.added >= ?"
    if sources:
        condition += f" AND documents.source IN ({', '.join('?' * len(sources))})"
    return _chosen(store, condition, (as_utc(moment).isoformat(), *sources))


def first_seen(store: Store, documents: Sequence[int]) -> dict[str, datetime]:
    """Return when each article of some documents first came, by its id."""
    wanted = frozenset(documents)
    with store.faults():
        rows = store.connection.execute(
            "SELECT articles.id, documents.id AS document, documents.added FROM articles "
            "JOIN documents ON documents.id = articles.document WHERE documents.id >= ?",
            (min(wanted, default=0),),
        )
        return {
            row["id"]: datetime.fromisoformat(row["added"])
            for row in rows
            if row["document"] in wanted
        }


def carried_since(store: Store, day: date, edition: str = "") -> list[Carried]:
    """Return the articles that issues of `day` and later carried, and where they were last filed.

    Each edition files by itself: those of others are not known to it.
    """
    with store.faults():
        store.connection.create_function("edition_of", 1, edition_of, deterministic=True)
        stories = _first_days(store, edition)
        rows = store.connection.execute(
            f"SELECT {_ARTICLE}, filed.topic, filed.story, filed.label, max(issues.id) FROM filed "
            "JOIN articles ON articles.id = filed.article JOIN issues ON issues.id = filed.issue "
            "WHERE issues.day >= ? AND edition_of(issues.name) = ? "
            "GROUP BY articles.id ORDER BY articles.id",
            (day.isoformat(), edition),
        ).fetchall()

    def carried(row: sqlite3.Row) -> Carried:
        filed = {name: row[name] for name in ("id", "topic", "story", "label")}
        return Carried(
            article=_article(row),
            identity=Identity(**filed),
            story_since=stories[row["story"]],
        )

    return list(sound(rows, carried, "article"))


def _first_days(store: Store, edition: str) -> dict[str, date]:
    """Return the day of the first issue of an edition that had each story."""
    rows = store.connection.execute(
        "SELECT filed.story AS id, min(issues.day) AS day FROM filed "
        "JOIN issues ON issues.id = filed.issue WHERE edition_of(issues.name) = ? GROUP BY filed.story",
        (edition,),
    )
    days = sound(rows, lambda row: (row["id"], date.fromisoformat(row["day"])), "story")
    return dict(days)


def find_articles(
    store: Store, *, query: str = "", waiting_only: bool = False, limit: int = 50
) -> list[Found]:
    """Return articles, the newest first; with a `query`, the best matches first.

    Words of the query must all stand in title or text; a part in double quotes is a phrase. Where no article
    has them all, those with words that begin so are found. In scripts without spaces a word may stand within
    others.
    """
    parts = list(_parts(query))
    if query and not parts:
        return []
    found = _search(store, parts, waiting_only=waiting_only, limit=limit)
    if parts and not found:
        found = _search(store, parts, waiting_only=waiting_only, limit=limit, begin=True)
    return found


def _search(
    store: Store, parts: Sequence[str], *, waiting_only: bool, limit: int, begin: bool = False
) -> list[Found]:
    conditions, values = ["1"], list[str | int]()
    table, order = "articles", "documents.added DESC, articles.number"
    if words := [part for part in parts if not has_unspaced(part)]:
        table = "search JOIN articles ON articles.number = search.rowid"
        conditions.append("search MATCH ?")
        values.append(" ".join(f'"{part}"{"*" * begin}' for part in words))
        order = "bm25(search, 4.0, 1.0), articles.number"
    for part in parts:
        # The index knows whole runs of letters alone, and there a run is a sentence.
        if has_unspaced(part):
            conditions.append("(instr(articles.title, ?) OR instr(articles.text, ?))")
            values += [part, part]
    if waiting_only:
        conditions.append("documents.issue IS NULL")
    with store.faults():
        rows = store.connection.execute(
            f"SELECT {_ARTICLE}, documents.added, issues.name AS issue FROM {table} "
            "JOIN documents ON documents.id = articles.document "
            "LEFT JOIN issues ON issues.id = documents.issue "
            f"WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?",
            (*values, limit),
        ).fetchall()
    return list(
        sound(
            rows,
            lambda row: Found(article=_article(row), added=row["added"], issue=row["issue"]),
            "article",
        )
    )


def articles_of_id(store: Store, prefix: str) -> list[Article]:
    """Return the articles whose id begins with `prefix`."""
    with store.faults():
        rows = store.connection.execute(
            f"SELECT {_ARTICLE} FROM articles WHERE substr(id, 1, ?) = ? ORDER BY id",
            (len(prefix), prefix),
        )
        return list(sound(rows, _article, "article"))


def document_at(store: Store, location: str) -> RawDocument | None:
    """Return the bytes that were fetched from a place, as they were; raises `FetchError` where they are not."""
    with store.faults():
        row = store.connection.execute(
            f"SELECT {_DOCUMENT}, content FROM documents WHERE location = ?", (location,)
        ).fetchone()
    if row is None:
        return None
    try:
        check(row, "documents")
        content = unpacked(row["content"])
    except DamagedError as error:
        raise FetchError(location, f"damaged in the store ({error}); {REPAIR}") from error
    return RawDocument(Source(location, location), content, media_type=row["media_type"])


def _chosen(
    store: Store, condition: str, values: Sequence[str]
) -> tuple[list[int], list[Article], list[Omission]]:
    with store.faults():
        documents = store.connection.execute(
            f"SELECT id, {_DOCUMENT} FROM documents WHERE {condition} ORDER BY source, key", values
        ).fetchall()
        rows = store.connection.execute(
            f"SELECT {_ARTICLE}, document FROM articles JOIN documents ON documents.id = articles.document "
            f"WHERE {condition} ORDER BY documents.source, articles.number",
            values,
        ).fetchall()
    omissions = dict(sound(documents, _left_out, "document"))
    articles = list(sound(rows, lambda row: (row["document"], _article(row)), "article"))
    # What is damaged is carried by no issue: a repair has it asked for again.
    torn = {row["document"] for row in rows} - {number for number, _ in articles}
    chosen = [number for number in omissions if number not in torn]
    return (
        chosen,
        [article for number, article in articles if number in omissions],
        [one for number in chosen for one in omissions[number]],
    )


def _left_out(row: sqlite3.Row) -> tuple[int, list[Omission]]:
    check(row, "documents")
    return int(row["id"]), [Omission(**one) for one in parse_json(row["omissions"])]


def _row(article: Article) -> tuple[object, ...]:
    values = article_values(article)
    values |= {name: json.dumps(values[name], ensure_ascii=False) for name in _LISTS}
    return tuple(values[name] for name in _COLUMNS)


def _article(row: sqlite3.Row) -> Article:
    check(row, "articles")
    values = {name: row[name] for name in _COLUMNS}
    values |= {name: parse_json(row[name]) for name in _LISTS}
    values |= {name: bool(row[name]) for name in ("truncated", "teaser")}
    return article_of(values)


def _parts(query: str) -> Iterable[str]:
    for number, part in enumerate(query.split('"')):
        words = part.split()
        yield from ([" ".join(words)] if words else []) if number % 2 else words

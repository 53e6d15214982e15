"""Documents and their articles are kept once, found again, and carried by one issue."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from digest.models import Article, Identity, Known, Omission
from digest.store import Store, open_store
from digest.store.articles import (
    Document,
    add_document,
    articles_of_id,
    carried_since,
    come_since,
    count_waiting,
    document_at,
    find_articles,
    first_seen,
    known_parts,
    waiting,
)
from digest.store.issues import keep_issue
from digest.store.sources import record_success

NOW = datetime.datetime(2026, 11, 21, 6, tzinfo=datetime.UTC)
DAY = NOW.date()
TIDE = Article(
    "tide1",
    "The tide turns",
    "The harbour master closed the sluice at noon.\n\nBoats wait outside.",
    source="Ledger",
    url="https://ledger.example/tide",
    published=NOW,
    headings=("Boats wait outside.",),
    truncated=True,
    categories=("Harbours", "World"),
)
BREAD = Article(
    "bread2", "Bread is dearer", "A loaf costs five pounds since Monday.", source="Crumb"
)


def document(*articles: Article, key: str = "k", location: str = "https://ledger.example/feed#k"):
    return Document(
        source="https://ledger.example/feed",
        key=key,
        location=location,
        content=b"<p>The bytes as they came.</p>",
        media_type="text/html",
        articles=articles,
        omissions=(Omission("Share", "navigation"),),
    )


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


def add(store: Store, *documents: Document, now: datetime.datetime = NOW) -> list[bool]:
    with store.transaction() as connection:
        record_success(connection, documents[0].source, now=now)
        return [add_document(connection, one, now=now) for one in documents]


def carry(store: Store, day: datetime.date, story: str = "s") -> None:
    numbers, articles, _ = waiting(store)
    filed = [Identity(id=a.id, topic="t", story=story, label="Harbour") for a in articles]
    with store.transaction() as connection:
        keep_issue(
            connection,
            name=day.isoformat(),
            day=day,
            made=NOW,
            folder="out",
            digest="{}",
            to_mail=False,
            files={"a.md": b"text"},
            documents=numbers,
            filed=filed,
        )


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    """Every field survives, and its page is the place of its document."""
    assert add(store, document(TIDE)) == [True]
    numbers, articles, omissions = waiting(store)
    assert articles == [replace(TIDE, page="https://ledger.example/feed#k")]
    assert omissions == [Omission("Share", "navigation", "https://ledger.example/feed#k")]
    assert len(numbers) == count_waiting(store) == 1


def test_the_bytes_of_a_document_are_kept_for_the_proof(store: Store) -> None:
    """They are found by the page of its articles."""
    add(store, document(TIDE))
    found = document_at(store, "https://ledger.example/feed#k")
    assert found is not None
    assert (found.content, found.media_type) == (b"<p>The bytes as they came.</p>", "text/html")
    assert document_at(store, "elsewhere") is None


def test_a_document_that_is_known_is_not_added_again(store: Store) -> None:
    """Its source calls it by the same key."""
    changed = replace(TIDE, id="other", text="Changed.")
    assert add(store, document(TIDE)) == [True]
    assert add(store, document(changed)) == [False]
    assert known_parts(store, "https://ledger.example/feed") == Known({"k": frozenset()})


def test_an_entry_is_known_with_its_versions(store: Store) -> None:
    """A later version has a key of its own, and all of them are known under the first one's."""
    source = "https://ledger.example/feed"
    changed = replace(TIDE, id="other", text="Changed.")
    first = replace(document(TIDE), version="v1")
    again = replace(document(changed, key="k@v2", location=f"{source}#k@v2"), version="v2")
    assert add(store, first, again) == [True, True]
    known = known_parts(store, source)
    assert known == Known({"k": frozenset({"v1", "v2"})})
    assert [known.has("k", version) for version in ("v1", "v2", "v3", "")] == [
        *(True, True, False, True),
    ]
    assert (known.latest_key("k", "v3"), known.latest_key("new", "v1")) == ("k@v3", "new")


def test_it_is_known_when_an_article_first_came(store: Store) -> None:
    """By its id, for the documents that are asked for."""
    later = NOW + datetime.timedelta(hours=5)
    add(store, document(TIDE))
    add(store, document(BREAD, key="2", location="b"), now=later)
    second, first = waiting(store)[0]
    assert first_seen(store, [first, second]) == {"tide1": NOW, "bread2": later}
    assert first_seen(store, [second]) == {"bread2": later}
    assert first_seen(store, []) == {}


def test_a_page_that_changed_without_news_adds_nothing(store: Store) -> None:
    """All of its articles are known; a page with one new article is added with that one."""
    page = "https://ledger.example/"
    assert add(store, document(TIDE, key="1", location=page)) == [True]
    assert add(store, document(TIDE, key="2", location=page)) == [False]
    assert add(store, document(TIDE, BREAD, key="3", location=page)) == [True]
    assert [article.page for article in waiting(store)[1]] == [page, f"{page}#3"]


def test_what_an_issue_carried_no_longer_waits(store: Store) -> None:
    """And it is known where the issue filed it."""
    add(store, document(TIDE))
    carry(store, DAY)
    assert waiting(store) == ([], [], [])
    earlier = carried_since(store, DAY)
    assert [(one.article.id, one.identity.label) for one in earlier] == [("tide1", "Harbour")]
    assert carried_since(store, DAY + datetime.timedelta(days=1)) == []


def test_a_story_is_as_old_as_the_first_issue_that_had_it(store: Store) -> None:
    """Also where that article is too old to be looked at."""
    add(store, document(TIDE))
    carry(store, DAY)
    add(store, document(BREAD, key="2", location="b"))
    later = DAY + datetime.timedelta(days=30)
    carry(store, later)
    earlier = carried_since(store, later)
    assert [(one.article.id, one.story_since) for one in earlier] == [("bread2", DAY)]


def test_what_came_since_a_moment_is_found_carried_or_not(store: Store) -> None:
    """The moment is that of its coming, not of its date."""
    add(store, document(TIDE))
    carry(store, DAY)
    assert [a.id for a in come_since(store, NOW)[1]] == ["tide1"]
    assert come_since(store, NOW + datetime.timedelta(hours=1))[1] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", ["tide1"]),
        ("loaf monday", ["bread2"]),
        ('"five pounds"', ["bread2"]),
        ('"pounds five"', []),
        ("harbour loaf", []),
        ("tide OR bread", []),
        ('the" NEAR( *', []),
    ],
)
def test_articles_are_found_by_their_words(store: Store, query: str, found: list[str]) -> None:
    """All words must stand in it; nothing in a query has another meaning than its words."""
    add(store, document(TIDE), document(BREAD, key="2", location="b"))
    assert [one.article.id for one in find_articles(store, query=query)] == found


def test_articles_are_listed_with_the_issue_that_carried_them(store: Store) -> None:
    """None yet, for those that wait."""
    add(store, document(TIDE))
    carry(store, DAY)
    add(store, document(BREAD, key="2", location="b"), now=NOW + datetime.timedelta(days=1))
    listed = [(one.article.id, one.issue) for one in find_articles(store)]
    assert listed == [("bread2", None), ("tide1", "2026-11-21")]
    assert [one.article.id for one in find_articles(store, waiting_only=True)] == ["bread2"]
    assert [article.title for article in articles_of_id(store, "bre")] == ["Bread is dearer"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("防波堤", ["quay3"]),
        ("完成 harbour", ["quay3"]),
        ("паром", ["ferry4"]),
        ("паромы", ["ferry4"]),
        ("harb", ["quay3", "tide1"]),
        ('"harb mast"', []),
        ("橋", []),
    ],
)
def test_a_word_is_found_within_a_run_and_by_its_beginning(
    store: Store, query: str, found: list[str]
) -> None:
    """In scripts without spaces, and where no article has the word itself."""
    quay = Article("quay3", "新しい防波堤が完成", "The harbour of 函館 is safe.")
    ferry = Article("ferry4", "Паромы", "Паромы снова ходят.")
    add(store, document(TIDE), document(quay, key="3", location="c"))
    add(store, document(ferry, key="4", location="d"))
    assert sorted(one.article.id for one in find_articles(store, query=query)) == found

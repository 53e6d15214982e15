"""A source is taken apart in one call, and what is known already is passed over."""

import gzip

from digest.collecting import Task, limit_s, prepare, take_apart
from digest.models import Known, RawDocument, Source
from digest.readers import visible_text
from digest.workers import Workers

ITEMS = "".join(
    f"<item><guid>{key}</guid><title>{title}</title><link>https://quay.example/{key}</link>"
    f"<description>{text}</description></item>"
    for key, title, text in (
        ("a", "Ferry reopens", "The ferry sails again from Monday on, the harbour board said."),
        ("b", "Episode 12", ""),
        ("c", "Pier closed", "The northern pier is closed until the piles have been replaced."),
    )
)
FEED = f"<rss version='2.0'><channel><title>Quay</title>{ITEMS}</channel></rss>".encode()


def known(*keys: str) -> Known:
    """Return what is known of parts whose versions are not."""
    return Known.of((key, "") for key in keys)


def _document(content: bytes, **about: str) -> RawDocument:
    return RawDocument(Source("quay", "https://quay.example/feed"), content, **about)


def test_each_entry_gives_its_articles_with_its_own_bytes():
    taken = take_apart(Task(_document(FEED)))
    ferry, episode, pier = taken.parts
    assert (ferry.key, ferry.location) == ("a", "https://quay.example/feed#a")
    (article,) = ferry.articles
    assert (article.title, article.url) == ("Ferry reopens", "https://quay.example/a")
    assert (article.source, article.page) == ("Quay", "https://quay.example/feed#a")
    assert article.text in visible_text(ferry.document)
    assert [(one.title, one.text) for one in episode.articles] == [("Episode 12", "")]
    assert episode.omissions == ()
    assert pier.articles
    assert not taken.failure


def test_what_is_known_is_passed_over():
    taken = take_apart(Task(_document(FEED), known("a", "c", "gone")))
    assert [part.key for part in taken.parts] == ["b"]
    assert taken.known == ("a", "c")


def test_an_entry_that_has_changed_is_read_again_under_a_key_of_its_own():
    first = take_apart(Task(_document(FEED)))
    versions = [(part.key, part.version) for part in first.parts]
    assert len({version for _, version in versions}) == 3
    assert take_apart(Task(_document(FEED), Known.of(versions))).parts == ()
    changed = FEED.replace(b"from Monday on", b"from Friday on")
    (again,) = take_apart(Task(_document(changed), Known.of(versions))).parts
    assert again.key == f"a@{again.version}"
    assert again.location == f"https://quay.example/feed#{again.key}"
    assert [article.page for article in again.articles] == [again.location]
    versions.append((again.key, again.version))
    for content in (FEED, changed):
        assert take_apart(Task(_document(content), Known.of(versions))).parts == ()


def test_what_stands_around_an_entry_is_no_change_of_it():
    versions = [(part.key, part.version) for part in take_apart(Task(_document(FEED))).parts]
    other = FEED.replace(b"<channel>", b"<channel><lastBuildDate>Sat, 21 Nov 2026</lastBuildDate>")
    assert take_apart(Task(_document(other), Known.of(versions))).parts == ()


def test_a_page_has_no_version():
    page = b"<!DOCTYPE html><html><body><h1>Ferry</h1><p>The ferry sails again.</p></body></html>"
    (part,) = take_apart(Task(_document(page, media_type="text/html"))).parts
    assert part.version == ""


def test_a_page_is_a_source_of_one_part():
    page = b"<!DOCTYPE html><html><body><h1>Ferry</h1><p>The ferry sails again.</p></body></html>"
    (part,) = take_apart(Task(_document(page, media_type="text/html"))).parts
    assert (part.key, part.location) == ("", "https://quay.example/feed")
    assert part.articles


def test_what_cannot_be_read_is_named():
    taken = take_apart(Task(_document(b"<html><p>No</p></html>", media_type="application/rss+xml")))
    assert (taken.parts, taken.failure) == ((), "an HTML page where a feed should be")
    (part,) = take_apart(Task(_document(b"\x89PNG\r\n\x1a\n"))).parts
    assert part.failure == "binary, not text"


def test_one_message_that_cannot_be_read_costs_no_other():
    mailbox = (
        b"From a 10:00 2026\nSubject: Ferry\n\nThe ferry sails again from Monday on.\n\n"
        b"From a 10:00 2026\nContent-Type: image/png\n\n\x89PNG\n"
    )
    first, second = take_apart(Task(_document(mailbox))).parts
    assert first.articles
    assert second.failure == "a mail without text"


def test_a_sitemap_gives_the_addresses_that_are_not_known_the_newest_first():
    pages = "".join(
        f"<url><loc>https://quay.example/{name}</loc>{date}</url>"
        for name, date in (
            ("undated", ""),
            ("old", "<lastmod>2026-01-02</lastmod>"),
            ("known", "<lastmod>2026-01-03</lastmod>"),
            ("new", "<lastmod>2026-01-04</lastmod>"),
        )
    )
    content = f"<?xml version='1.0'?><urlset>{pages}</urlset>".encode()
    for given in (content, gzip.compress(content)):
        taken = take_apart(Task(_document(given), known("https://quay.example/known")))
        assert [url.rpartition("/")[2] for url in taken.links] == ["new", "old", "undated"]
        assert taken.known == ("https://quay.example/known",)
        assert not taken.index


def test_an_index_of_sitemaps_says_so():
    content = (
        b"<sitemapindex><sitemap><loc>https://quay.example/1.xml</loc></sitemap></sitemapindex>"
    )
    taken = take_apart(Task(_document(content)))
    assert (taken.index, taken.links) == (True, ("https://quay.example/1.xml",))


def test_a_broken_sitemap_says_so():
    assert (
        take_apart(Task(_document(b"<urlset></urlset>"))).failure == "a sitemap without addresses"
    )


def test_an_entry_that_breaks_off_is_truncated_whatever_stands_behind_it():
    for end in (
        "",
        "&lt;/p&gt;&lt;p&gt;The post Ferry sails appeared first on Quay.",
        " Continue reading →",
    ):
        text = f"&lt;p&gt;The ferry sails again on Monday. It will cost nine […]{end}&lt;/p&gt;"
        item = f"<item><title>Ferry sails</title><description>{text}</description></item>"
        feed = f"<rss><channel>{item}</channel></rss>"
        ((article,),) = (part.articles for part in take_apart(Task(_document(feed.encode()))).parts)
        assert article.text == "The ferry sails again on Monday."
        assert article.truncated


def test_a_larger_feed_may_take_longer_and_a_page_longer_than_a_feed():
    small, big, page = FEED, FEED + b" " * (3 << 20), b"<!DOCTYPE html><p>A</p>"
    limits = [limit_s(Task(_document(content))) for content in (small, big, page)]
    assert limits[0] < limits[2] < limits[1]


def test_it_can_be_done_in_workers():
    tasks = [Task(_document(FEED))] * 3
    with Workers(take_apart, limit_s=limit_s, prepare=prepare) as workers:
        assert [result for _, result in workers.map(tasks)] == [take_apart(tasks[0])] * 3

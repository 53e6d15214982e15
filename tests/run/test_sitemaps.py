"""Sitemaps as sources: their pages are fetched, the newest first, each once."""

from .conftest import STORIES, Run, Site


def _sitemap(site: Site, *numbers: int) -> bytes:
    entries = "".join(
        f"<url><loc>{site.address}/{n}.html</loc><lastmod>2026-11-{20 - n}</lastmod></url>"
        for n in numbers
    )
    return f"<?xml version='1.0'?><urlset>{entries}</urlset>".encode()


def _page(number: int) -> bytes:
    title, text = STORIES[number]
    return f"<html><body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode()


def test_the_pages_of_a_sitemap_are_told_once(site: Site, run: Run) -> None:
    """The second day asks only for what is new in it."""
    site.pages |= {f"/{n}.html": _page(n) for n in range(3)}
    site.pages["/sitemap.xml"] = _sitemap(site, 0, 1)
    source = f"{site.address}/sitemap.xml"
    first = run(source)
    assert first.digest is not None
    assert {a.title for a in first.digest.articles} == {STORIES[0][0], STORIES[1][0]}
    site.pages["/sitemap.xml"] = _sitemap(site, 2, 1, 0)
    site.asked.clear()
    second = run(source, days=1)
    assert second.digest is not None
    assert [a.title for a in second.digest.articles] == [STORIES[2][0]]
    assert [path for path, _ in site.asked if path.endswith(".html")] == ["/2.html"]


def test_an_index_of_sitemaps_leads_to_their_pages(site: Site, run: Run) -> None:
    """One more step, on the same site."""
    site.pages |= {"/0.html": _page(0), "/inner.xml": _sitemap(site, 0)}
    site.pages["/index.xml"] = (
        f"<sitemapindex><sitemap><loc>{site.address}/inner.xml</loc></sitemap></sitemapindex>"
    ).encode()
    outcome = run(f"{site.address}/index.xml")
    assert outcome.digest is not None
    assert [a.title for a in outcome.digest.articles] == [STORIES[0][0]]


def test_a_page_that_fails_is_asked_for_again(site: Site, run: Run) -> None:
    """It is not taken for read."""
    site.pages |= {"/0.html": _page(0), "/sitemap.xml": _sitemap(site, 0, 1)}
    source = f"{site.address}/sitemap.xml"
    run(source)
    site.pages["/1.html"] = _page(1)
    site.pages["/sitemap.xml"] += b"<!-- changed -->"
    second = run(source, days=1)
    assert second.digest is not None
    assert [a.title for a in second.digest.articles] == [STORIES[1][0]]


def test_what_robots_txt_forbids_is_left_alone(site: Site, run: Run) -> None:
    """RFC 9309."""
    site.pages |= {f"/{n}.html": _page(n) for n in range(2)}
    site.pages["/sitemap.xml"] = _sitemap(site, 0, 1)
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /0.html\n"
    outcome = run(f"{site.address}/sitemap.xml")
    assert outcome.digest is not None
    assert [a.title for a in outcome.digest.articles] == [STORIES[1][0]]
    assert "/0.html" not in [path for path, _ in site.asked]


def test_a_page_that_is_followed_is_read_in_the_charset_its_server_names(
    site: Site, run: Run
) -> None:
    """As a page is that was asked for itself."""
    text = "Žlutý kůň přešel přes most a vrátil se až večer domů. " * 6
    page = f"<html><body><article><h1>Kůň</h1><p>{text}</p></article></body></html>"
    site.pages |= {"/0.html": page.encode("iso-8859-2"), "/sitemap.xml": _sitemap(site, 0)}
    site.types["/0.html"] = "text/html; charset=iso-8859-2"
    outcome = run(f"{site.address}/sitemap.xml")
    assert outcome.digest is not None
    assert outcome.digest.articles[0].text.startswith("Žlutý kůň přešel přes most")

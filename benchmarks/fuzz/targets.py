"""What is fuzzed: for each format some inputs to begin with, its words, and what reads it.

A target's `run` returns what is wrong, or nothing; an error that is not one of ours leaves it, and is a flaw.
"""

import datetime
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.fuzz import servers, stores
from digest.collecting import TakenApart, Task, prepare, take_apart
from digest.errors import DigestError
from digest.models import RawDocument, Source

TEXT = (
    "The harbour of Larnby closes to large ships while divers mend the northern sluice. Boats may use the"
    " inner basin at high tide. The work costs two million pounds and lasts three weeks."
)
HOSTILE = tuple(
    one.encode("utf-8", "surrogatepass")
    for one in (
        *("\0", "\x1b[31m", "\u202e", "\ufeff", "\ud800", "\u0300", "\U0010ffff", "\u2028", "ſ", "²", "İ"),
        *("-1", "9" * 400, "1e999", "NaN", "0001-01-01", "9999-12-31T23:59:59+23:59", "1970-01-01", " ", "\n", "\r"),
    )
)  # fmt: skip
MARKUP = (
    *HOSTILE,
    b"<td>", b"<tr>", b"</div>", b"<div>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"&amp;", b"&#0;", b"&#x110000;",
    b"<a href='", b"<script>", b"</script>", b"<table>", b"<li>", b"<time datetime='", b"<h1>", b"<article>", b"<br>",
    b"<meta charset=utf-16>", b"<svg>", b"<math>", b"<template>", b"<pre>", b"<select>", b"<", b">", b'"', b"'",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """Something that reads what is foreign."""

    run: Callable[[bytes], str]
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[bytes] = HOSTILE
    prepare: Callable[[], object] | None = field(default=None)


def read(name: str, media_type: str, data: bytes) -> str:
    """Take a document apart, as a run does."""
    taken = take_apart(Task(RawDocument(Source(name, name), data, media_type=media_type)))
    failures = [taken.failure, *(part.failure for part in taken.parts)]
    _seen(taken)
    return next((one for one in failures if "a fault in digest" in one), "")


def _seen(taken: TakenApart) -> None:
    """Hold every article to what the product promises of it: it can be stored."""
    for part in taken.parts:
        for article in part.articles:
            f"{article.title}{article.text}{article.author}{article.url}{article.id}".encode()


def visible(name: str, media_type: str, data: bytes) -> str:
    """Read what a page shows, as the proof does."""
    from digest.readers import visible_text

    try:
        visible_text(RawDocument(Source(name, name), data, media_type=media_type))
    except DigestError as error:
        return str(error) if "a fault in digest" in str(error) else ""
    return ""


def page(data: bytes) -> str:
    """Read a page of HTML both ways."""
    return read("a.html", "text/html", data) or visible("a.html", "text/html", data)


def described(data: bytes) -> str:
    """Read a page that describes itself with the script."""
    head = b'<!doctype html><title>T</title><script type="application/ld+json">'
    body = f"</script><article><h1>Harbour</h1><p>{TEXT}</p></article>".encode()
    return read("a.html", "text/html", head + data + body)


def configuration(data: bytes) -> str:
    """Load a configuration, and make the stages that it names."""
    from digest.config import load_config, make_stages
    from digest.subscriptions import with_sources

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "digest.toml")
        file.write_bytes(data)
        try:
            config = load_config(file)
            make_stages(config)
            with_sources(data.decode("utf-8-sig"), config.sources, "digest.toml")
        except (DigestError, UnicodeDecodeError):
            return ""
    return ""


def subscriptions(data: bytes) -> str:
    """Read a list of feeds and write it again."""
    from digest.subscriptions import read_opml, write_opml

    try:
        read_opml(write_opml(read_opml(data)).encode())
    except DigestError:
        return ""
    return ""


def issue(data: bytes) -> str:
    """Read an issue, render it in every format, and hold it against sources that are not there."""
    from digest.codec import read_digest
    from digest.library import verify
    from digest.renderers import make_renderer
    from digest.renderers.mail import MailRenderer

    try:
        digest = read_digest(data.decode("utf-8", "replace"))
    except DigestError:
        return ""
    for name in ("markdown", "html", "json", "text"):
        _, render = make_renderer(name)
        render(digest).encode()
    MailRenderer().parts(digest)
    verify(digest)
    return ""


def _html() -> list[bytes]:
    card = f'<div class="card"><h2><a href="/n/1">Harbour closes</a></h2><p>{TEXT}</p><time>2 May 2026</time></div>'
    return [
        one.encode()
        for one in (
            f"<!doctype html><title>T</title><article><h1>Harbour</h1><p>By A Name</p><p>{TEXT}</p></article>",
            f"<html><body><main>{card * 4}</main><nav><ul><li><a href='/'>Home</a></ul></nav></body></html>",
            f"<table><tr><td>{TEXT}<td>{TEXT}</table><p>{TEXT}<br>{TEXT}",
            f"<head><meta charset=iso-8859-1><link rel=canonical href='https://a.example/'></head><p>{TEXT}",
        )
    ]


def _feeds() -> list[bytes]:
    item = (
        f"<item><title>Harbour</title><guid>1</guid><link>https://a.example/1</link><author>a@b.example (A)</author>"
        f"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>&lt;p>{TEXT}&lt;/p></description></item>"
    )
    entry = (
        f"<entry><title type='html'>Harbour</title><id>urn:1</id><updated>2026-11-20T10:00:00Z</updated>"
        f"<link href='https://a.example/1'/><content type='xhtml'><div><p>{TEXT}</p></div></content></entry>"
    )
    json_item = f'{{"id": "1", "title": "Harbour", "content_html": "<p>{TEXT}</p>", "authors": [{{"name": "A"}}]}}'
    return [
        one.encode()
        for one in (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>{item}</channel></rss>",
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>urn:f</id>{entry}</feed>",
            f"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{item}</rdf:RDF>",
            f'{{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{json_item}]}}',
            "<urlset><url><loc>https://a.example/1</loc><lastmod>2026-11-20</lastmod></url></urlset>",
        )
    ]


def _mails() -> list[bytes]:
    head = "From: A <a@b.example>\nTo: c@d.example\nSubject: =?utf-8?q?Harbour?=\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n"
    parts = (
        f"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n{TEXT}\n"
        f"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>{TEXT}</p>\n--x--\n"
    )
    return [
        one.encode()
        for one in (
            f"{head}\n{TEXT}\n",
            head + parts,
            f"From a@b Fri Nov 20\n{head}\n{TEXT}\n\n" * 2,
        )
    ]


def _jsonl() -> list[bytes]:
    record = f'{{"id": "1", "title": "Harbour", "text": "{TEXT}", "published": "2026-11-20", "source": "A"}}\n'
    html = f'{{"id": 2, "html": "<article><h1>H</h1><p>{TEXT}</p></article>", "url": "https://a.example/"}}\n'
    return [(record * 3).encode(), (record + html).encode()]


def _issues() -> list[bytes]:
    from digest.codec import write_digest
    from digest.library import build_digest

    with tempfile.TemporaryDirectory() as folder:
        for number, town in enumerate(("Larnby", "Orrin", "Bergen")):
            Path(folder, f"{number}.txt").write_text(
                f"{town} has news\n\n{TEXT.replace('Larnby', town)}\n"
            )
        digest = build_digest([folder], date=datetime.date(2026, 11, 21))
    return [write_digest(digest).encode()]


_CONFIG = b"""title = "D"
length = 3
timezone = "Europe/Vienna"
formats = ["json", "html"]

[[sources]]
location = "inbox/*.txt"
name = "In"

[[topics]]
name = "Harbours"
keywords = ["harbour", "ferry"]

[mail]
from = "A <a@example.org>"
to = ["b@example.org"]
unsubscribe_url = "https://example.org/{token}"
"""
_LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>L</title></head><body>
<outline text="News"><outline type="rss" text="A&nbsp;B" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline>
</body></opml>"""
_SCRIPT = (
    f'{{"@type": "NewsArticle", "headline": "Harbour", "author": [{{"name": "A"}}], "datePublished": "2026-11-20",'
    f' "articleBody": "{TEXT}", "@graph": [{{"@type": ["Article"], "name": "B"}}]}}'
).encode()
_PAGE = f"# Harbour\n\nBy A Name\n\n{TEXT}\n\n## Sluice\n\n> {TEXT}\n\n* one\n* [two](https://a.example)\n\n---\n\n| a | b |\n".encode()
_PLAIN = f"Harbour\n\nBy A Name\n20 November 2026\n\n{TEXT}\n\nShare\n\nOrrin\n\n{TEXT}\n\nRead more...\n".encode()


def _words(text: str, *more: bytes) -> tuple[bytes, ...]:
    """Return the words of a text, and those of all formats."""
    return (*HOSTILE, *text.encode().split(), *more)


TARGETS = {
    "html": Target(page, _html, MARKUP, prepare),
    "feeds": Target(
        partial(read, "a.xml", ""), _feeds, (*MARKUP, b"xmlns:a='b'", b"<!ENTITY a 'b'>"), prepare
    ),
    "mail": Target(
        partial(read, "a.eml", "message/rfc822"),
        _mails,
        (*MARKUP, *_words("=?utf-8?b? ?= boundary= charset= --x", b"\n\n")),
        prepare,
    ),
    "json-ld": Target(described, lambda: [_SCRIPT], _words('<!-- // { [ "@type": \\ud800 null')),
    "markdown": Target(
        partial(read, "a.md", "text/markdown"),
        lambda: [_PAGE],
        _words("# * _ ` [ ]( > | ---", b"  ", b"\t"),
    ),
    "plain": Target(
        partial(read, "a.txt", "text/plain"),
        lambda: [_PLAIN],
        _words("By | . 2026 Share #", b" - ", b"\t"),
    ),
    "jsonl": Target(
        partial(read, "a.jsonl", "application/jsonl"),
        _jsonl,
        _words('{ [ \\ud800 null true "html":'),
    ),
    "toml": Target(
        configuration,
        lambda: [_CONFIG],
        _words('[ [[ = """ \' \\ true { # 1979-05-27'),
    ),
    "opml": Target(
        subscriptions,
        lambda: [_LIST],
        (*MARKUP, *_words("<outline xmlUrl=' &nbsp; encoding='utf-16' encoding='punycode'")),
    ),
    "issue": Target(issue, _issues, _words('{ [ null -1 "articles": javascript: \\ud800')),
    "smtp": Target(
        servers.smtp,
        servers.smtp_seeds,
        _words(
            "250- SIZE !!!a = AUTH", *(b"%d " % code for code in (250, 334, 354, 421, 535)), b"\r\n"
        ),
    ),
    "http": Target(
        servers.http,
        servers.http_seeds,
        _words(
            "Location: ETag: Retry-After: Content-Length: 302 304",
            *(
                b"\r\n",
                b"Transfer-Encoding: chunked\r\n",
                b"Content-Encoding: gzip\r\n",
                b"0\r\n\r\n",
            ),
            b"HTTP/1.1 200 OK\r\n",
        ),
    ),
    "store": Target(stores.store, stores.seeds, (*HOSTILE, b"\xff" * 100, b"\0" * 100)),
}

"""A site of many feeds on loopback, in a process of its own: `python -m benchmarks.sources.server FEEDS`.

The articles are those of Reuters-21578, repeated with other names. It prints its port, answers with ETags,
and ends with its standard input.
"""

import hashlib
import sys
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks.topics.collections_of_news import repeated_reuters


def feeds(count: int, articles: int) -> dict[str, bytes]:
    """Return the feeds by path, each with its share of the articles."""
    found = repeated_reuters(articles)
    share = len(found) // count
    return {
        f"/{number}.xml": _feed(number, found[number * share : (number + 1) * share])
        for number in range(count)
    }


def _feed(number: int, articles: list) -> bytes:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><guid>{escape(a.id)}</guid>"
        f"<link>https://site-{number}.example/{escape(a.id)}</link>"
        "<pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate>"
        f"<description>{escape(_paragraphs(a.text))}</description></item>"
        for a in articles
    )
    head = f"<title>Site {number}</title><link>https://site-{number}.example/</link>"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, tuple[str, bytes]]

    def do_GET(self) -> None:
        """Answer with the feed, or with 304 where the client has it."""
        etag, body = self.pages.get(self.path, ("", b""))
        if etag and self.headers["If-None-Match"] == etag:
            status, body = 304, b""
        else:
            status = 200 if etag else 404
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until standard input ends."""
    count, articles = int(sys.argv[1]), int(sys.argv[2])
    _Handler.pages = {
        path: (f'"{hashlib.sha256(body).hexdigest()[:16]}"', body)
        for path, body in feeds(count, articles).items()
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()

"""`digest preview`."""

import datetime
import html
import re
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from digest.cli.options import config_option, templates_option, theme_option
from digest.cli.site import Build, Shown, Site, live
from digest.cli.terminal import say
from digest.config import Config
from digest.errors import ConfigError, DigestError
from digest.models import Digest
from digest.outgoing import clean

ADDRESS = "127.0.0.1"
_OURS = re.compile(r"(?i)(?:127\.0\.0\.1|localhost)\.?(?::\d{1,5})?")


@click.command(
    "preview",
    epilog="\b\nExamples:\n"
    "  digest preview out/\n"
    "  digest preview out/ --templates my-templates/\n"
    "  digest preview --pages inbox/",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", default="out")
@click.option(
    "--pages",
    multiple=True,
    metavar="SOURCE",
    help="Make today's issue of these pages too, and again when they change.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any."
)
@config_option
@templates_option
@theme_option
def command(
    folder: Path,
    pages: tuple[str, ...],
    port: int,
    config: Path | None,
    templates: Path | None,
    theme: str | None,
) -> None:
    """Show a folder of issues in a browser, and every change of a template or a page as it is saved.

    Serves DIR on this machine alone until Ctrl-C. The pages are made from the .json beside them; no file is
    written.
    """
    from digest.cli.look import look_of
    from digest.config import load_config

    settings = load_config(config)
    look = look_of(settings, config, templates=templates, theme=theme)
    if not folder.is_dir() and not pages:
        raise ConfigError(f"{folder}: no such folder; `digest build -o {folder}` makes it")
    site = Site(
        folder=folder,
        title=settings.title,
        look=look,
        watched=tuple(map(Path, pages)),
        build=_builder(pages, settings) if pages else None,
    )
    try:
        server = make_server(site, port)
    except OSError as error:
        reason = (error.strerror or "cannot be used").lower()
        raise ConfigError(f"port {port}: {reason}; choose another with --port") from error
    with server, suppress(KeyboardInterrupt):
        say(f"http://{ADDRESS}:{server.server_port}/  (Ctrl-C ends it)")
        server.serve_forever(poll_interval=0.1)


def make_server(site: Site, port: int) -> ThreadingHTTPServer:
    """Return a server for `site` on the loopback address; raises `OSError` where the port is taken."""

    class Handler(_Handler):
        shown = site

    return ThreadingHTTPServer((ADDRESS, port), Handler)


def _builder(pages: tuple[str, ...], settings: Config) -> Build:
    from digest.bounded import Bounded
    from digest.config import make_stages
    from digest.fetch import expand
    from digest.pipeline import build_digest

    day = datetime.date.today()

    def build() -> Digest:
        with Bounded() as bounded:
            stages = make_stages(settings, read=bounded.pages, split=bounded.split)
            return build_digest(expand(pages), stages=stages, date=day, title=settings.title)

    return build


class _Handler(BaseHTTPRequestHandler):
    shown: Site

    def do_GET(self) -> None:
        """Answer with a page, a file, or why there is none."""
        if not _OURS.fullmatch(self.headers.get("Host") or ""):
            # A page of another site that has made its name point here must not read this one.
            self._answer(403, Shown("text/plain", b"This is for this machine alone.\n"))
            return
        try:
            found = self.shown.get(unquote(urlsplit(self.path).path))
        except DigestError as error:
            said = html.escape(clean(str(error)))
            page = f"<!DOCTYPE html><meta charset=utf-8><title>!</title><pre>{said}</pre>"
            self._answer(500, live(page.encode(), self.shown.state()))
            return
        if found is None:
            self._answer(404, Shown("text/plain", b"There is nothing here.\n"))
        else:
            self._answer(200, found)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, code: int, shown: Shown) -> None:
        with suppress(ConnectionError):  # the browser has gone on to another page
            self._send(code, shown)

    def _send(self, code: int, shown: Shown) -> None:
        charset = "; charset=utf-8" if shown.kind.startswith("text/") else ""
        self.send_response(code)
        self.send_header("Content-Type", f"{shown.kind}{charset}")
        self.send_header("Content-Length", str(len(shown.content)))
        self.send_header("Content-Security-Policy", shown.policy)
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(shown.content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the page asks twice a second."""

"""`digest preview`: show a folder of issues in a browser, each page rendered when it is asked for."""

from __future__ import annotations

import base64
import datetime
import hashlib
import html
import json
import mimetypes
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

from digest.cli.options import config_option, templates_option, theme_option
from digest.cli.terminal import say
from digest.errors import ConfigError, DigestError
from digest.incoming import CrowdedError, read_regular, walk

if TYPE_CHECKING:
    from digest.config import Config
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
def preview(
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
    from digest.cli.options import look_of
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
    site.state()  # a folder that holds too much is said before anything is served
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
    from digest.collecting import Bounded
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
            state = ""
            with suppress(DigestError):
                state = self.shown.state()
            self._answer(500, live(page.encode(), state))
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


STATE = "/-/state"
"""Where the script in the pages asks whether something has changed."""

_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
_END = b"</body>"
_RELOAD = """
setInterval(async () => {
  const answer = await fetch("%s").catch(() => null);
  if (answer && answer.ok && await answer.text() !== %s) location.reload();
}, 500);
"""

_HASH = re.compile(rb"'sha256-[A-Za-z0-9+/=]{44}'")


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer for a path."""

    kind: str
    """The media type."""
    content: bytes
    scripts: tuple[str, ...] = ()
    """The sources of the scripts that may run in it, and no others."""

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: its own style and scripts, the files of the folder, and no more."""
        allowed = " ".join(self.scripts) or "'none'"
        return (
            f"default-src 'none'; style-src 'unsafe-inline' 'self'; img-src 'self' data:;"
            f" script-src {allowed}; connect-src 'self'; frame-ancestors 'none';"
            " base-uri 'none'; form-action 'none'"
        )


Stamp = tuple[tuple[str, int, int], ...]
Build = Callable[[], "Digest"]


@dataclass(slots=True, kw_only=True)
class Site:
    """The pages of a folder of issues, as they would be made now; nothing is written."""

    folder: Path
    title: str
    look: dict[str, Any]
    """What renderers take: `templates`, `theme`, `language`."""
    watched: Sequence[Path] = ()
    """The pages that an issue is made of."""
    build: Build | None = None
    """Makes that issue; it is listed with those of the folder."""
    _digests: dict[str, tuple[Stamp, Digest]] = field(default_factory=dict)
    _built: tuple[Stamp, Digest | DigestError] | None = None
    _seen: Stamp = ()
    _lock: Lock = field(default_factory=Lock)

    def state(self) -> str:
        """Return a text that is another one as soon as a template, an issue or a watched page changes."""
        stamp = _stamp([*self._templates(), self.folder, *self.watched])
        return hashlib.sha256(repr(stamp).encode()).hexdigest()

    def get(self, path: str) -> Shown | None:
        """Return the content for a path, or None where there is none.

        Raises `DigestError` where a template fails or an issue cannot be made.
        """
        name = path.removeprefix("/") or "index.html"
        if name == STATE[1:]:
            return Shown("text/plain", self.state().encode())
        if "/" in name or "\\" in name or name.startswith("."):
            return None
        state = self.state()  # before the page is made: what changes meanwhile makes it load again
        with self._lock:
            text = self._render(name)
        file = self.folder / name
        if text is not None:
            found: bytes | None = text.encode("utf-8", "replace")
        else:
            found = _own_file(self.folder, file)
        if found is None:
            return None
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return live(found, state) if kind == "text/html" else Shown(kind, found)

    def _render(self, name: str) -> str | None:
        from digest.renderers.archive import archive_entry, neighbours, render_archive
        from digest.renderers.formats import HtmlRenderer

        self._forget_templates()
        if name not in ("index.html", "feed.xml") and not name.endswith(".html"):
            return None
        issues = dict(self._issues())
        entries = [archive_entry(digest, stem) for stem, digest in issues.items()]
        if name in ("index.html", "feed.xml"):
            return render_archive(entries, title=self.title, **self.look)[name]
        stem = name.removesuffix(".html")
        if stem not in issues:
            return None
        return HtmlRenderer(neighbours=neighbours(entries, stem), **self.look)(issues[stem])

    def _issues(self) -> Iterator[tuple[str, Digest]]:
        from digest.library import load_digest

        built = self._new_issue()
        for path in sorted(self.folder.glob("*.json")):
            stamp = _stamp([path])
            if path.stem not in self._digests or self._digests[path.stem][0] != stamp:
                try:
                    self._digests[path.stem] = (stamp, load_digest(path))
                except ConfigError:
                    continue  # another file of the folder, or one that is being written
            yield path.stem, self._digests[path.stem][1]
        if built:
            yield built.date.isoformat(), built

    def _new_issue(self) -> Digest | None:
        if self.build is None:
            return None
        stamp = _stamp(self.watched)
        if self._built is None or self._built[0] != stamp:
            try:
                self._built = (stamp, self.build())
            except DigestError as error:
                self._built = (stamp, error)
        if isinstance(self._built[1], DigestError):
            raise self._built[1]
        return self._built[1]

    def _templates(self) -> list[Path]:
        from digest.renderers.templates import template_folders

        own = self.look["templates"]
        return [*([own] if own else []), *template_folders(self.look["theme"])]

    def _forget_templates(self) -> None:
        """Forget where templates were found: a user's own may now hide a built-in one."""
        from digest.renderers.templates import forget_templates

        stamp = _stamp(self._templates())
        if stamp != self._seen:
            forget_templates()
            self._seen = stamp


def live(page: bytes, state: str) -> Shown:
    """Return a page with the script that loads it again, which no file ever has."""
    reload = _RELOAD % (STATE, json.dumps(state))
    script = f"<script>{reload}</script>".encode()
    own = (one for policy in _POLICY.findall(page) for one in _HASH.findall(policy))
    digested = base64.b64encode(hashlib.sha256(reload.encode()).digest()).decode()
    scripts = (*(one.decode() for one in own), f"'sha256-{digested}'")
    head, end, tail = _POLICY.sub(b"", page).rpartition(_END)
    return Shown("text/html", head + script + end + tail if end else page + script, scripts)


def _own_file(folder: Path, file: Path) -> bytes | None:
    """Return the bytes of a file of the folder itself; None where a link leads out of it."""
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return None
        return read_regular(file)
    except (OSError, ValueError):  # none, no file, a name that is too long
        return None


def _stamp(paths: Sequence[Path]) -> Stamp:
    """What the files, and those of the folders, were like when they were last written."""
    found = []
    for path in paths:
        for file in _files(path):
            try:
                status = file.stat()
            except OSError:
                continue  # removed meanwhile
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _files(path: Path) -> list[Path]:
    try:
        return list(walk(path)) if path.is_dir() else [path]
    except CrowdedError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error

"""What `digest preview` shows: the files of a folder, its pages rendered anew from their JSON."""

import json
import mimetypes
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from digest.errors import ConfigError, DigestError
from digest.models import Digest

STATE = "/-/state"
"""Where the script in the pages asks whether something has changed."""

_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
_END = b"</body>"
_RELOAD = """<script>
setInterval(async () => {
  const answer = await fetch("%s").catch(() => null);
  if (answer && answer.ok && await answer.text() !== %s) location.reload();
}, 500);
</script>"""

Stamp = tuple[tuple[str, int, int], ...]
Build = Callable[[], Digest]


@dataclass(slots=True, kw_only=True)
class Site:
    """The pages of a folder of issues, as they would be made now; nothing is written."""

    folder: Path
    title: str
    look: dict[str, Any]
    """What renderers take: `templates`, `theme`, `language`."""
    watched: Sequence[Path] = ()
    """Pages that an issue is made of, and whatever else it depends on."""
    build: Build | None = None
    """Makes that issue; it stands in the list beside those of the folder."""
    _digests: dict[str, tuple[Stamp, Digest]] = field(default_factory=dict)
    _built: tuple[Stamp, Digest | DigestError] | None = None
    _seen: Stamp = ()
    _lock: Lock = field(default_factory=Lock)

    def state(self) -> str:
        """Return a text that is another one as soon as a template, an issue or a watched page changes."""
        import hashlib

        stamp = _stamp([*self._templates(), self.folder, *self.watched])
        return hashlib.sha256(repr(stamp).encode()).hexdigest()

    def get(self, path: str) -> tuple[str, bytes] | None:
        """Return the media type and the content of what stands at a path, or None where nothing does.

        Raises `DigestError` where a template fails or an issue cannot be made.
        """
        name = path.removeprefix("/") or "index.html"
        if name == STATE[1:]:
            return "text/plain", self.state().encode()
        if "/" in name or "\\" in name or name.startswith("."):
            return None
        state = self.state()  # before the page is made: what changes meanwhile makes it load again
        with self._lock:
            text = self._render(name)
        file = self.folder / name
        if text is not None:
            kind, data = mimetypes.guess_type(name)[0] or "", text.encode("utf-8", "replace")
        elif file.is_file():
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            data = file.read_bytes()
        else:
            return None
        return kind, live(data, state) if kind == "text/html" else data

    def _render(self, name: str) -> str | None:
        from digest.renderers import HtmlRenderer, archive_entry, neighbours, render_archive

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
        from digest.renderers.environment import template_folders

        own = self.look["templates"]
        return [*([own] if own else []), *template_folders(self.look["theme"])]

    def _forget_templates(self) -> None:
        """Look for every template anew: one of the user's own may have come before a built-in one."""
        from digest.renderers.environment import forget_templates

        stamp = _stamp(self._templates())
        if stamp != self._seen:
            forget_templates()
            self._seen = stamp


def live(page: bytes, state: str) -> bytes:
    """Return a page with the script that loads it again, which no file ever has."""
    script = (_RELOAD % (STATE, json.dumps(state))).encode()
    head, end, tail = _POLICY.sub(b"", page).rpartition(_END)
    return head + script + end + tail if end else page + script


def _stamp(paths: Sequence[Path]) -> Stamp:
    """What the files, and those of the folders, were like when they were last written."""
    found = []
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            try:
                status = file.stat()
            except OSError:
                continue  # removed meanwhile
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return tuple(found)

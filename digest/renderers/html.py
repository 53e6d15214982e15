"""The briefing as a web page: one file, no script, nothing loaded from anywhere."""

from dataclasses import dataclass
from pathlib import Path

from digest.models import Digest
from digest.renderers.composition import briefing_view
from digest.renderers.environment import fill


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlRenderer:
    """Renders a digest as a web page through `digest.html`."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the page of `digest`."""
        return fill("digest.html", {"briefing": briefing_view(digest)}, templates=self.templates)

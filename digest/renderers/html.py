"""The briefing as a web page: one file, no script, nothing loaded from anywhere."""

from dataclasses import dataclass
from pathlib import Path

from digest.models import Digest
from digest.renderers.archive import neighbours_view
from digest.renderers.composition import briefing_view
from digest.renderers.environment import PAPER, fill
from digest.renderers.issues import Neighbours
from digest.renderers.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlRenderer:
    """Renders a digest as a web page through `digest.html`."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""
    theme: str = PAPER
    language: str = "en"
    """That of the fixed words."""
    neighbours: Neighbours | None = None
    """The issues before and after this one; None where the page stands alone and links to no archive."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the page of `digest`."""
        words = words_of(self.language)
        context = {
            "briefing": briefing_view(digest, words),
            "neighbours": neighbours_view(self.neighbours, words),
        }
        return fill("digest.html", context, templates=self.templates, theme=self.theme, words=words)

"""What a page is cut into: segments, and the role of each of their lines."""

from dataclasses import dataclass
from typing import Literal

from digest.models import Reason

Role = Literal[
    "title",
    "heading",
    "paragraph",
    "caption",
    "credit",
    "byline",
    "date",
    "teaser",
    "navigation",
    "notice",
    "note",
    "widget",
    "comment",
    "separator",
    "advert",
    "address",
    "copy",
]

REASONS: dict[str, Reason] = {
    "caption": "caption",
    "credit": "credit",
    "byline": "byline",
    "date": "date",
    "teaser": "teaser",
    "navigation": "navigation",
    "notice": "boilerplate",
    "note": "note",
    "widget": "widget",
    "comment": "comment",
    "separator": "navigation",
    "advert": "advert",
    "address": "navigation",
    "copy": "duplicate",
    "title": "duplicate",
    "heading": "teaser",
    "paragraph": "boilerplate",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one article, from its head to its foot."""

    start: int
    """The first line that belongs to it: its title, or a byline or date before it."""
    stop: int
    """The first line of the next segment."""
    title: int | None
    prose: tuple[int, ...]
    confidence: float = 1.0
    features: tuple[tuple[str, float], ...] = ()
    related: bool = False
    """Whether it stands in a list of other articles."""
    comments: bool = False
    """Whether it is what readers wrote below an article."""

"""What a line of a page can be, and why it is left out if it is."""

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

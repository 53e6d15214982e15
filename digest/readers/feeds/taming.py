"""feedparser where it takes square time over what a feed may hold, or a caption for a text: put right there."""

from functools import cache
from typing import Any

from digest.readers.feeds import entries

_MOST_ATTRIBUTES = 500


@cache
def feedparser() -> Any:
    """Return the module, changed in its own classes."""
    import feedparser
    from feedparser.api import StrictFeedParser
    from feedparser.mixin import _FeedParserMixin

    _FeedParserMixin._sync_author_detail = _author_of(_FeedParserMixin._sync_author_detail)
    _FeedParserMixin._start_media_description = _start_caption
    _FeedParserMixin._end_media_description = _end_caption
    StrictFeedParser.startElementNS = _start_of(StrictFeedParser.startElementNS)
    return feedparser


def _author_of(original: Any) -> Any:
    """It looks for a mail address in an author by a pattern that takes 35 s for 100,000 characters (#562)."""

    def sync(self: Any, key: str = "author") -> None:
        context = self._get_context()
        detail = (context.get(f"{key}s") or [{}])[-1]
        if detail:
            original(self, key)
        elif isinstance(author := context.get(key), str):
            detail["name"] = entries.person(author) or ""

    return sync


def _start_caption(self: Any, _attributes: Any) -> None:
    """It takes what a picture shows for the text of its entry."""
    self.push("media_description", 1)


def _end_caption(self: Any) -> None:
    self.pop("media_description")


def _start_of(original: Any) -> Any:
    """It asks for each attribute by name in a list: 137 s for an element with 30,000."""

    def start(self: Any, name: Any, qname: Any, attributes: Any) -> None:
        if attributes.getLength() > _MOST_ATTRIBUTES:
            attributes = type(attributes)({}, {})
        original(self, name, qname, attributes)

    return start

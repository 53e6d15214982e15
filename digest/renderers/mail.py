"""The briefing as the HTML part of a mail: tables, inlined styles, bounded in size."""

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from digest.models import Digest
from digest.renderers.composition import briefing_view
from digest.renderers.display import line
from digest.renderers.environment import fill
from digest.renderers.links import safe_link
from digest.renderers.views import BriefingView, TopicView

MAX_BYTES = 90_000
"""Gmail cuts the HTML of a mail at 102,400 bytes."""
MAX_ENCODED = 102_400
"""The same after the transfer encoding, which makes some scripts three times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRenderer:
    """Renders a digest as the HTML of a mail through `mail.html`: at most 90 KB, whole items only."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""
    web_url: str | None = None
    """Where the page of this issue can be read."""
    unsubscribe_url: str | None = None
    reason: str = ""
    """Why the reader gets this, in a sentence."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the HTML of `digest`; the topics that do not fit are left out and counted."""
        html = ""
        for view in _shorter(briefing_view(digest)):
            html = self._fill(view)
            if _fits(html):
                break
        return html

    def _fill(self, view: BriefingView) -> str:
        import css_inline

        context = {
            "briefing": view,
            "web_url": safe_link(self.web_url),
            "unsubscribe_url": safe_link(self.unsubscribe_url),
            "reason": line(self.reason),
        }
        html = fill("mail.html", context, templates=self.templates)
        return css_inline.CSSInliner(load_remote_stylesheets=False).inline(html)


_LONGEST = 1_200
"""No news sentence is longer; one that is would crowd out the rest of the mail."""


def _shorter(view: BriefingView) -> Iterator[BriefingView]:
    """The view, then the same with ever fewer items, down to none."""
    topics = tuple(_without_giants(topic) for topic in view.topics)
    share = 1.0
    while share > 0.001:
        kept, brief = round(len(topics) * share), round(len(view.in_brief) * share)
        yield replace(
            view,
            topics=tuple(_cut(topic, share) for topic in topics[:kept]),
            in_brief=view.in_brief[:brief],
            more_topics=len(topics) - kept,
        )
        share *= 0.7


def _cut(topic: TopicView, share: float) -> TopicView:
    return replace(topic, articles=topic.articles[: max(3, round(len(topic.articles) * share))])


def _without_giants(topic: TopicView) -> TopicView:
    return replace(
        topic,
        quotes=tuple(quote for quote in topic.quotes if len(quote.text) <= _LONGEST),
        keywords=tuple(word for word in topic.keywords if len(word) <= _LONGEST),
    )


def _fits(html: str) -> bool:
    data = html.encode()
    if len(data) > MAX_BYTES:
        return False
    return min(len(base64.encodebytes(data)), len(quopri.encodestring(data))) <= MAX_ENCODED

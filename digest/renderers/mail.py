"""Render a briefing as a mail: HTML with tables and inline styles, and plain text, both bounded in size."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.models import Digest
from digest.outgoing import line
from digest.renderers.articles import ArticleView, Quote
from digest.renderers.composition import briefing_view
from digest.renderers.display import safe_link, shorten
from digest.renderers.formats import rule, wrap
from digest.renderers.templates import fill
from digest.renderers.views import BriefingView, TopicView
from digest.renderers.words import words_for, words_of

if TYPE_CHECKING:
    import css_inline

MAX_BYTES = 90_000
"""Gmail cuts the HTML of a mail at 102,400 bytes."""
MAX_ENCODED = 102_400
"""The same after the transfer encoding, which makes some scripts three times as long."""
_STEPS = 64
"""The shares of an issue among which the largest that fits is found by bisection: six renderings."""
_LONGEST = 1_200
"""Characters; no news sentence is longer, and a longer one would take the room of the others."""
_STORIES = 7
"""Sections of a mail that show sentences; the morning mails of newspapers have five to seven."""
_LONGEST_SUBJECT = 150
"""Characters; mail programs show about half of that."""


class MailParts(NamedTuple):
    """The parts of a mail that are the same for every recipient."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRenderer:
    """Renders a digest as a mail (`mail.html`, `mail.txt`): at most 90 KB of HTML, whole items only."""

    templates: Path | None = None
    """A folder whose files replace the built-in templates of the same name."""
    language: str = ""
    """That of the fixed words."""
    web_url: str | None = None
    """Where the page of this issue can be read."""
    unsubscribe_url: str | None = None
    """Shown as it is: an address of the web or of mail."""
    reason: str = ""
    """Why the reader gets this, in a sentence."""

    def __call__(self, digest: Digest, /) -> str:
        """Return the HTML of `digest`; the topics that do not fit are left out and counted."""
        return self.parts(digest).html

    def parts(self, digest: Digest) -> MailParts:
        """Return subject, plain text and HTML of `digest`, with the same items and links in both."""
        whole = briefing_view(digest, words_for(digest, self.language))
        topics = tuple(_without_giants(topic) for topic in whole.topics)
        view = _mailed(replace(whole, topics=topics))
        html, shown = self._longest_that_fits(view)
        text = self._filled("mail.txt", shown)
        return MailParts(_subject(whole), text, html)

    def _longest_that_fits(self, view: BriefingView) -> tuple[str, BriefingView]:
        """Return the HTML with as many items as there is room for, and what it shows."""
        html = self._html(view)
        if _fits(html):
            return html, view
        low, high = 0, _STEPS
        html, best = "", _cut(view, 0)
        while high - low > 1:
            middle = (low + high) // 2
            shown = _cut(view, middle / _STEPS)
            tried = self._html(shown)
            if _fits(tried):
                low, html, best = middle, tried, shown
            else:
                high = middle
        return html or self._html(best), best

    def _context(self, view: BriefingView) -> dict[str, Any]:
        unsubscribe = self.unsubscribe_url or ""
        return {
            "briefing": view,
            "link_of": _links(view),
            "first": _once(),
            "wrap": wrap,
            "rule": rule,
            "web_url": safe_link(self.web_url),
            "unsubscribe_url": unsubscribe if unsubscribe.startswith(_WAYS) else None,
            "reason": line(self.reason),
        }

    def _html(self, view: BriefingView) -> str:
        return _inliner().inline(self._filled("mail.html", view))

    def _filled(self, name: str, view: BriefingView) -> str:
        context, words = self._context(view), words_of(view.language)
        return fill(name, context, templates=self.templates, words=words)


_WAYS = ("https://", "http://", "mailto:")


@cache
def _inliner() -> "css_inline.CSSInliner":
    import css_inline

    return css_inline.CSSInliner(load_remote_stylesheets=False)


def _links(view: BriefingView) -> Callable[[ArticleView], str | None]:
    """Return a function that gives the link of an article: the original, at its first sentence that is quoted.

    Each number has one address, so that both parts of the mail have the same links.
    """
    quoted: dict[str, str | None] = {}
    for topic in view.topics:
        for quote in _quotes(topic):
            quoted.setdefault(quote.article.article.id, quote.link)
    return lambda article: quoted.get(article.article.id) or article.link


def _once() -> Callable[[str | None], bool]:
    """Return a function that tells whether an address comes for the first time: plain text shows it once."""
    seen: set[str] = set()

    def first(link: str | None) -> bool:
        if not link or link in seen:
            return False
        seen.add(link)
        return True

    return first


def _quotes(topic: TopicView) -> tuple[Quote, ...]:
    """Return the sentences of a topic that the mail shows."""
    sides = (side for one in topic.differences for side in (one.first, one.second))
    of_stories = (quote for story in topic.stories for quote in story.quotes)
    return (*topic.quotes, *(side.quote for side in sides), *of_stories)


def _subject(view: BriefingView) -> str:
    """Return the headline of the lead, shortened where it is too long for a subject."""
    if not view.topics:
        lines = (one.title for group in view.in_brief for one in group.lines)
        return next(lines, "") or f"{view.title}: {view.day}"
    return shorten(view.topics[0].heading, _LONGEST_SUBJECT)


def _mailed(view: BriefingView) -> BriefingView:
    """Return the view of a mail: the first sections show sentences, the others only headlines."""
    short = tuple(replace(topic, tier="compact") for topic in view.topics[_STORIES:])
    return replace(view, topics=(*view.topics[:_STORIES], *short), also_read=())


def _cut(view: BriefingView, share: float) -> BriefingView:
    """Return the view with the most important share of its sections and lines; the first always stays."""
    lines = [one for group in view.in_brief for one in group.lines]
    number = len(view.topics) + len(lines)
    kept = max(1, round(number * share))
    topics = view.topics[:kept]
    ordered = sorted(range(len(lines)), key=lambda place: -lines[place].importance)
    places, place = set(ordered[: kept - len(topics)]), count()
    groups = (
        replace(group, lines=tuple(one for one in group.lines if next(place) in places))
        for group in view.in_brief
    )
    return replace(
        view,
        topics=topics,
        in_brief=tuple(group for group in groups if group.lines),
        dropped=max(0, number - kept),
    )


def _without_giants(topic: TopicView) -> TopicView:
    return replace(
        topic,
        quotes=tuple(quote for quote in topic.quotes if len(quote.text) <= _LONGEST),
        differences=tuple(
            one
            for one in topic.differences
            if max(len(one.first.quote.text), len(one.second.quote.text)) <= _LONGEST
        ),
        stories=tuple(
            replace(story, quotes=tuple(q for q in story.quotes if len(q.text) <= _LONGEST))
            for story in topic.stories
        ),
    )


def _fits(html: str) -> bool:
    data = html.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        return False
    quoted = binascii.b2a_qp(data.replace(b"\n", b"\r\n"), istext=True)
    return min(len(base64.encodebytes(data)) + len(data) // 57, len(quoted)) <= MAX_ENCODED

"""What a template sees: the briefing as values that are ready to be shown.

Every string is cleaned (`digest.renderers.display`), every link is safe to follow
(`digest.renderers.links`); escaping is each output format's own affair.
"""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field of the views

from digest.models import Article
from digest.renderers import words
from digest.renderers.display import shorten, weight

_PREHEADER = 200
_LEAST_ROOM = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, with the number under which the whole issue knows it."""

    number: int
    """0 for an article in brief, which is not cited."""
    title: str
    source: str
    author: str
    date: str
    """Such as "24 September 2025"; empty where it is not known."""
    short_date: str
    """Such as "24 Sep 2025"."""
    day: Day | None
    minutes: int
    words: int
    language: str | None
    """None for English, the language of the page, and where the code is not one."""
    link: str | None
    truncated: bool
    """True where the source itself breaks off."""
    copies: tuple[str, ...]
    """Where else it stood, by name."""
    article: Article
    """As it was read; not cleaned."""
    chosen: tuple[tuple[int, int], ...]
    """The offsets of the sentences that the briefing shows, without overlaps, in reading order."""
    room: int | None = None
    """How many bytes of its text the page has room for; None for all of it."""

    @property
    def is_whole(self) -> bool:
        """True where the page has room for the whole text."""
        return self.room is None or weight(self.article.text) <= self.room

    @property
    def is_folded(self) -> bool:
        """True where the page holds its text or passages; a short rest is left to the original."""
        return self.is_whole or not self.link or (self.room or 0) >= _LEAST_ROOM

    @property
    def byline(self) -> str:
        """Source, author and date as far as they are known: "The Courier, A Name, 24 September 2025"."""
        author = self.author if self.author.casefold() != self.source.casefold() else ""
        return ", ".join(filter(None, (self.source, author, self.date)))

    @property
    def facts(self) -> tuple[str, ...]:
        """In short, with the reading time: ("The Courier", "24 Sep 2025", "4 min")."""
        return tuple(filter(None, (self.source, self.short_date, f"{self.minutes} min")))

    @property
    def href(self) -> str:
        """The original, or else the folded article on the same page."""
        return self.link or f"#article-{self.number}"

    @property
    def paragraphs(self) -> "list[Paragraph]":
        """The text, its chosen sentences apart: all of it, or what there is room for."""
        from digest.renderers.passages import paragraphs

        return paragraphs(self)

    @property
    def opening(self) -> str:
        """The first sentence that is not a heading or the title itself; empty where there is none."""
        from digest.renderers.passages import opening

        return opening(self.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an article as pieces of (text, anchor); only a chosen sentence has an anchor."""

    heading: bool
    follows_gap: bool
    """True where paragraphs before it were left out for want of room."""
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence, and where it stands."""

    text: str
    article: ArticleView
    link: str | None
    """Opens the original at the sentence; None where the article has no address."""
    anchor: str
    """The id of the sentence within the folded article."""

    @property
    def href(self) -> str:
        """The original at the sentence, or else the folded article on the same page."""
        return self.link or f"#{self.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story: its articles, the most central first, and its own sentences."""

    headline: str
    articles: tuple[ArticleView, ...]
    quotes: tuple[Quote, ...]
    note: str
    """What must be said of the summary; mostly empty."""
    outlets: str
    """Such as "2 outlets, 1 original"; empty where no article stood in two places."""

    @property
    def lead(self) -> ArticleView:
        """The most central article."""
        return self.articles[0]

    @property
    def link(self) -> str | None:
        """The lead's original, at the first sentence shown of it."""
        quotes = (quote.link for quote in self.quotes if quote.article.number == self.lead.number)
        return next(quotes, None) or self.lead.link


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """A topic: what was written about it, and how much of the issue it is."""

    anchor: str
    label: str
    keywords: tuple[str, ...]
    quotes: tuple[Quote, ...]
    note: str
    stories: tuple[StoryView, ...]
    articles: tuple[ArticleView, ...]
    outlets: str
    share: int
    """Percent of the text of all topics: of its characters, since not every script parts its words."""
    dots: tuple[float, ...]
    """The days of its articles on the issue's axis, each from 0 to 100; empty where that has no length."""
    days: str
    """Such as "24 Sep 2025" or "24 to 26 Sep 2025"; empty where no date is known."""

    @property
    def count(self) -> str:
        """Such as "3 articles"."""
        return words.count(len(self.articles), "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionView:
    """One thing that was left out."""

    what: str
    page: str
    """The name of the file, or the end of the address."""
    detail: str

    @property
    def place(self) -> str:
        """Where it stood and what there is to say, such as "003.html: no such file"; may be empty."""
        page = "" if self.what.endswith(self.page) else self.page
        return ": ".join(filter(None, (page, self.detail)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionGroup:
    """What was left out for one reason."""

    reason: str
    phrase: str
    """Such as "2 copies"."""
    entries: tuple[OmissionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """A whole issue."""

    title: str
    day: str
    """Such as "Saturday, 21 November 2026"."""
    iso_date: str
    counts: tuple[str, ...]
    """Such as ("3 topics", "6 articles", "3 sources", "2 in brief", "9 left out")."""
    minutes_shown: int
    minutes_read: int
    """0 where nothing was read."""
    topics: tuple[TopicView, ...]
    in_brief: tuple[ArticleView, ...]
    omissions: tuple[OmissionGroup, ...]
    articles: tuple[ArticleView, ...]
    """Those of the topics, by number."""
    sources: int
    first_day: str
    last_day: str
    """The ends of the axis of days; empty where all articles fall on one day."""
    more_topics: int = 0
    """How many topics were dropped to keep within a size."""

    @property
    def reading(self) -> str:
        """Such as "5 minutes instead of 26"; empty where nothing was read."""
        shown, read = self.minutes_shown, self.minutes_read
        if not read:
            return ""
        return words.count(shown, "minute") + (f" instead of {read:,}" if read > shown else "")

    @property
    def facts(self) -> tuple[str, ...]:
        """The counts and the reading time."""
        return (*self.counts, self.reading) if self.reading else self.counts

    @property
    def is_empty(self) -> bool:
        """True on a day without articles."""
        return not self.topics and not self.in_brief

    @property
    def nothing(self) -> str:
        """What an empty day says."""
        sources = f" from {words.count(self.sources, 'source')}" if self.sources else ""
        return f"No articles today{sources}."

    @property
    def preheader(self) -> str:
        """The first key sentence: what a mail program shows beside the subject."""
        quotes = (quote.text for topic in self.topics for quote in topic.quotes)
        return shorten(next(quotes, ""), _PREHEADER)

    @property
    def cited(self) -> tuple[ArticleView, ...]:
        """The articles of the key sentences, by number."""
        cited = {quote.article.number for topic in self.topics for quote in topic.quotes}
        return tuple(article for article in self.articles if article.number in cited)

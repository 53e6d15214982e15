"""Define the views that templates see: the briefing as values that are ready to be shown.

Every string is cleaned (`digest.renderers.display`), every link is safe to follow
(`digest.renderers.display`), fixed words are in the language of the issue (`digest.renderers.words`);
each format does its own escaping.
"""

from dataclasses import dataclass

from digest.renderers.articles import ArticleView, Quote
from digest.renderers.display import shorten

_PREHEADER = 200
"""Characters; mail programs cut it shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """An outlet that reports a story, and its page; or a further article of the only one that does."""

    name: str
    """Such as "The Courier"; of a further article, its headline."""
    title: str
    """Its own headline."""
    link: str | None
    """Its page on the story."""
    language: str | None
    """That of the headline; None for the language of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story: its articles, the most central first, and its own sentences."""

    anchor: str
    """The id of the story on the page."""
    headline: str
    """The title of the most central article."""
    articles: tuple[ArticleView, ...]
    """Of which the first is the most central."""
    quotes: tuple[Quote, ...]
    """Its key sentences, in reading order."""
    outlets: tuple[OutletView, ...]
    """The first outlets that report it; where it is one, its other articles; mostly empty then."""
    more_outlets: str
    """Such as "2 more"; empty where all are named."""
    count: str
    """Such as "6 outlets", or "The Courier · 2 more articles" where it is one; mostly empty then."""
    copies: str
    """Such as "3 copies"; mostly empty."""
    since: str
    """Such as "new since Thursday" or "running since Monday"; empty where it says no more than the topic."""

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
class FigureView:
    """One of two figures that differ, and its sentence, cut around it."""

    figure: str
    """As the source writes it."""
    before: str
    """What comes before the figure in the sentence."""
    marked: str
    """The figure as the sentence has it; empty where it was not found there."""
    after: str
    """What comes after it."""
    quote: Quote
    """The whole sentence and its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """Two sentences of different articles that give different figures for the same thing."""

    first: FigureView
    """One side."""
    second: FigureView
    """The other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day of a topic's timeline."""

    date: str
    """Such as "24 Sep 2025"; without the year where all days are of one year."""
    iso_date: str
    """Such as "2025-09-24"."""
    position: float
    """Where it lies between the first day and the last: from 0 to 100."""
    headline: str
    """The first article of the day."""
    anchor: str
    """The id of the story on the page that the headline belongs to."""
    language: str | None
    """That of the headline; None for the language of the page."""
    articles: int
    """How many the day has."""
    more: str
    """Such as "2 more articles"; empty where there is only the one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """A topic as a section of the page: one story under its headline, or several under a label."""

    anchor: str
    """The id of the topic on the page."""
    heading: str
    """The headline where the topic is one story, else its label."""
    kicker: str
    """The label above a headline; empty where it is not worth printing, or where it is the heading."""
    tier: str
    """How much room it has: "lead", "story" or "compact"."""
    link: str | None
    """Where the headline leads; None for a label."""
    language: str | None
    """That of the heading; None for the language of the page."""
    quotes: tuple[Quote, ...]
    """Its key sentences, in reading order."""
    main: StoryView | None
    """The story that the heading and the key sentences are of; None under a label of several."""
    stories: tuple[StoryView, ...]
    """The stories that the section shows, each with its articles; `main` comes first."""
    articles: tuple[ArticleView, ...]
    """All articles of those stories."""
    outlets: str
    """Such as "6 outlets": how many report it; empty for one."""
    since: str
    """Such as "running since Monday"; empty where it is new, or no issue before is known."""
    news: str
    """The same for the glance: "new" for a topic that no issue had, or "1 new story"; mostly empty."""
    days: str
    """Such as "24 to 26 Sep 2025"; empty where all is of a day or two."""
    differences: tuple[DifferenceView, ...]
    """Where its articles give different figures for the same thing."""
    timeline: tuple[DayView, ...]
    """Its latest days in order; empty where its articles fall on one day or are too few to need it."""
    earlier: str
    """What came before the timeline: "9 articles on 4 earlier days"; mostly empty."""

    @property
    def others(self) -> tuple[StoryView, ...]:
        """The stories with headings of their own."""
        return self.stories[1:] if self.main else self.stories

    @property
    def facts(self) -> tuple[str, ...]:
        """In short: ("6 outlets", "24 to 26 Sep 2025", "running since Thursday"); under a headline the outlets
        stand below the sentences."""
        outlets = "" if self.main else self.outlets
        return tuple(filter(None, (outlets, self.days, self.since)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """What is said in one line: a headline and who has it."""

    title: str
    """The headline; of an article without one, its first sentence."""
    source: str
    """The outlet, or "6 outlets"; may be empty."""
    link: str | None
    """The original."""
    language: str | None
    """That of the headline; None for the language of the page."""
    importance: float
    """What the issue is ordered by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefGroup:
    """The lines of one part of the paper."""

    name: str
    """Such as "Business"; empty where the lines are not sorted by parts."""
    lines: tuple[LineView, ...]
    """The most important first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionView:
    """One thing that was left out."""

    what: str
    """The text itself, shortened, or the name of a source."""
    page: str
    """The name of the file, or the end of the address."""
    detail: str
    """What there is to know beyond the reason; mostly empty."""

    @property
    def place(self) -> str:
        """Where it stood and what there is to say, such as "003.html: no such file"; may be empty."""
        page = "" if self.what.endswith(self.page) else self.page
        return ": ".join(filter(None, (page, self.detail)))


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionGroup:
    """What was left out for one reason."""

    reason: str
    """Such as "duplicate"; in English."""
    phrase: str
    """Such as "2 copies"."""
    entries: tuple[OmissionView, ...]
    """Each once, however often it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingView:
    """A source that a person should look after."""

    name: str
    """As the user named it."""
    reason: str
    """Why it failed last, in a few words; may be empty."""
    since: str
    """Such as "failing since Thursday"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """A whole issue."""

    language: str
    """The code of the language of the fixed words, such as "en"."""
    title: str
    """The name of the digest."""
    day: str
    """Such as "Saturday, 21 November 2026"."""
    iso_date: str
    """Such as "2026-11-21"."""
    counts: tuple[str, ...]
    """Such as ("214 articles of 38 outlets", "62 left out")."""
    since: str
    """Such as "4 stories new since Thursday"; empty where no issue before is known."""
    reading: str
    """Such as "5 minutes instead of 26"; empty where nothing was read."""
    topics: tuple[TopicView, ...]
    """The most important first."""
    in_brief: tuple[BriefGroup, ...]
    """Single pieces in a line each, by parts of the paper where there are many."""
    also_read: tuple[LineView, ...]
    """What was read and is only listed."""
    omissions: tuple[OmissionGroup, ...]
    """What was left out, by reason."""
    failing: tuple[FailingView, ...]
    """Sources that have failed in several issues in a row."""
    articles: tuple[ArticleView, ...]
    """Those of the topics, by number."""
    sources: int
    """How many sources were read."""
    nothing: str
    """What an empty day says: "No articles since Thursday, from 4 sources."."""
    dropped: int = 0
    """How many sections and lines were dropped to keep within a size."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The counts, what is new, and the reading time."""
        return tuple(filter(None, (*self.counts, self.since, self.reading)))

    @property
    def is_empty(self) -> bool:
        """True on a day without articles."""
        return not self.topics and not self.in_brief and not self.also_read

    @property
    def glance(self) -> tuple[TopicView, ...]:
        """The topics that show sentences: the day on one screen."""
        return tuple(topic for topic in self.topics if topic.tier != "compact")

    @property
    def preheader(self) -> str:
        """The first key sentence: what a mail program shows beside the subject."""
        quotes = (quote.text for topic in self.topics for quote in topic.quotes)
        return shorten(next(quotes, ""), _PREHEADER)

    @property
    def cited(self) -> tuple[ArticleView, ...]:
        """The articles whose sentences stand among the topics, by number."""
        numbers = (
            quote.article.number
            for topic in self.topics
            for quote in (*topic.quotes, *(one for story in topic.stories for one in story.quotes))
        )
        cited = set(numbers)
        return tuple(article for article in self.articles if article.number in cited)

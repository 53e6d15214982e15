"""What a template sees of an article: the number by which the issue cites it, and sentences of it."""

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field of the views

from digest.models import Article
from digest.renderers.display import weight

_LEAST_ROOM = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, with the number under which the whole issue knows it."""

    number: int
    """0 for an article in a line, which is not cited."""
    title: str
    """Or "Without a title"."""
    source: str
    """Who published it; may be empty."""
    author: str
    """May be empty."""
    date: str
    """Such as "24 September 2025"; empty where it is not known."""
    short_date: str
    """Such as "24 Sep 2025"."""
    day: Day | None
    """The day itself."""
    minutes: int
    """How long it takes to read."""
    reading: str
    """Such as "4 min"."""
    words: int
    """How many it has."""
    language: str | None
    """None for the language of the page, and where the code is not one."""
    link: str | None
    """The original."""
    truncated: bool
    """True where the source itself breaks off."""
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
        return tuple(filter(None, (self.source, self.short_date, self.reading)))

    @property
    def href(self) -> str:
        """The original, or else the folded article on the same page."""
        return self.link or f"#article-{self.number}"

    @property
    def is_told(self) -> bool:
        """True where a section tells it, and not only names it."""
        return self.number > 0

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
    """True for a section heading of the article."""
    follows_gap: bool
    """True where paragraphs before it were left out for want of room."""
    pieces: tuple[tuple[str, str], ...]
    """In order; they join up without a gap, or with "[…]" where the page has no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence, and where it stands."""

    text: str
    """Word for word."""
    article: ArticleView
    """The article it stands in."""
    link: str | None
    """Opens the original at the sentence; None where the article has no address."""
    anchor: str
    """The id of the sentence within the folded article."""

    @property
    def href(self) -> str:
        """The original at the sentence, or else the folded article on the same page."""
        return self.link or f"#{self.anchor}"

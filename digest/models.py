"""The values that flow through the program, in the order in which they come to be.

    Source -> RawDocument -> Page -> Article -> Story -> Topic -> Section -> Digest

All are frozen; a change is a new value (`dataclasses.replace`). Datetimes are aware and in UTC. Offsets
count code points.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from digest.incoming import Value
from digest.length import count_words
from digest.outgoing import as_html

Reason = Literal[
    "advert", "boilerplate", "byline", "caption", "comment", "credit", "date", "dropped", "duplicate",
    "failed source", "muted", "navigation", "note", "old", "stub", "surplus", "teaser", "widget",
]  # fmt: skip
"""Why something was left out."""


Day = date
"""A calendar day, where a field is itself called `date`."""


@dataclass(frozen=True, slots=True)
class Source(Value):
    """Something to read, as the user named it."""

    name: str
    """What the reader of a briefing is shown, until the page itself says better."""
    location: str
    """A path, an address, or `-` for standard input."""
    reader: str = "auto"
    """The name of a reader, or `auto` to choose by content and name."""


@dataclass(frozen=True, slots=True)
class RawDocument(Value):
    """The bytes of a source."""

    source: Source
    content: bytes
    url: str | None = None
    """Where the bytes came from in the end, after redirects."""
    media_type: str = ""
    """As the server or the file name says; empty where nothing does."""
    fragment: bool = False
    """True where the bytes are one article's body without a page around it, as a feed's entry: it is cleaned,
    but not taken apart."""
    key: str = ""
    """What a feed or mailbox calls it: guid, id or Message-ID; else its address; else a hash of title and
    content. Empty for what is no part of a container."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the parts of a source: their keys, and the versions of those that may change."""

    versions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key -> the versions seen; none where the key alone is enough."""

    @classmethod
    def of(cls, parts: Iterable[tuple[str, str]]) -> "Known":
        """Return the known parts of (key, version) pairs; a later version has a key of its own."""
        found: dict[str, set[str]] = {}
        for key, version in parts:
            found.setdefault(key.removesuffix(f"@{version}") if version else key, set()).add(
                version
            )
        return cls({key: frozenset(own - {""}) for key, own in found.items()})

    def has(self, key: str, version: str = "") -> bool:
        """Return whether a part need not be read: its key is known, and no new version of it has come."""
        seen = self.versions.get(key)
        return seen is not None and (not seen or not version or version in seen)

    def latest_key(self, key: str, version: str) -> str:
        """Return the key for a version: its own where the plain one is taken by an earlier version."""
        return f"{key}@{version}" if key in self.versions and version else key


@dataclass(frozen=True, slots=True)
class Block(Value):
    """One paragraph-like piece of a page, in reading order."""

    text: str
    """White space folded to single spaces; never empty, but for a separator such as `<hr>`."""
    tag: str = ""
    """The element it came from (`h1`, `p`, `li`, `figcaption`, `hr`, ...); empty in plain text."""
    line: int = 0
    """The line of the source on which it begins, from 1; 0 where that is not known."""
    link: str = ""
    """Where the words lead with which it begins, in a mail; empty where they are no link."""
    linked: str = ""
    """The words with which it begins that are that link."""
    lead: str = ""
    """The words in bold with which an item of a list begins, where others follow."""


@dataclass(frozen=True, slots=True)
class Omission(Value):
    """Something that was left out, and why."""

    what: str
    """The text itself, shortened to a line, or the name of a source."""
    reason: Reason
    page: str = ""
    """The location of the source it stood in."""
    detail: str = ""
    """What a reader should know beyond the reason: the error of a failed source, whose copy it is."""


@dataclass(frozen=True, slots=True)
class Page(Value):
    """A page as a reader returns it: one or more articles and everything around them."""

    source: Source
    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    site: str | None = None
    """The name of the publication, where the page gives it."""
    categories: tuple[str, ...] = ()
    """What its feed or the page itself files it under, in its own words."""
    single: bool = False
    """True where the page is known to hold exactly one article: it is cleaned, but not taken apart."""
    issue: bool = False
    """True where all that it holds was published at once, as the items of a newsletter are: `published` is the
    date of each item that names none. A `single` one is an item by itself: a link, and what is said of it."""
    headline: bool = False
    """True where its title is news without a text as well, as that of a feed's entry: an article is made of it
    where all else turns out to be none."""
    left_out: tuple[Omission, ...] = ()
    """What a reader had to leave out already: the text that a document shows around the blocks. Where a
    document gives several pages, it stands on the first."""


@dataclass(frozen=True, slots=True)
class Copy(Value):
    """Another place with the same article."""

    source: str
    url: str | None = None
    title: str | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Article(Value):
    """One article, cleaned."""

    id: str
    """Stable: made from title, address and text."""
    title: str
    text: str
    """The paragraphs and section headings, parted by blank lines, each word as the source has it. Empty where
    the source gives a headline alone."""
    source: str = ""
    """Who published it, as far as is known: a site's name, a host, or the name of the file."""
    page: str = ""
    """The location of the source it was found in, as the user gave it."""
    url: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str = "en"
    headings: tuple[str, ...] = ()
    """The section headings; each is also a paragraph of `text`."""
    truncated: bool = False
    """True where the source itself breaks off ("...")."""
    teaser: bool = False
    """True where it is only the teaser of another page: it makes no topic of its own."""
    categories: tuple[str, ...] = ()
    """What its feed or page files it under, in its own words."""
    copies: tuple[Copy, ...] = ()

    @property
    def words(self) -> int:
        """The number of words of the text, about so many in a script without spaces."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class Split(Value):
    """A page taken apart: its articles in reading order, and all that was left out."""

    articles: tuple[Article, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class Story(Value):
    """The articles about one event, the most central first."""

    articles: tuple[Article, ...]
    since: date | None = None
    """The day of the first issue that had it; None where it is new, or no issue is known."""
    updated: bool = False
    """True where one of its articles is a new version of one that was shown."""


@dataclass(frozen=True, slots=True)
class Topic(Value):
    """The stories that a reader would file together."""

    label: str
    stories: tuple[Story, ...]
    keywords: tuple[str, ...] = ()
    pinned: bool = False
    """True where the user named the topic."""
    kicker: str = ""
    """The label where it is one that a desk would print above a headline; empty where it is not."""
    since: date | None = None
    """The day of the first issue that had it; None where it is new, or no issue is known."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles of all stories."""
        return tuple(article for story in self.stories for article in story.articles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Value):
    """Where one article was filed: ids that stay the same from one issue to the next."""

    id: str
    """The article's."""
    topic: str
    story: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Value):
    """An article that an earlier issue had, and where that issue filed it."""

    article: Article
    identity: Identity
    story_since: date
    """The day of the first issue that had the story."""


@dataclass(frozen=True, slots=True)
class Sentence(Value):
    """A sentence of an article: `article.text[start:end] == text`, always."""

    article_id: str
    index: int
    """Its number among the article's sentences, from 0."""
    start: int
    end: int
    text: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Summary(Value):
    """Sentences in the order in which they are shown, and the method that chose them."""

    sentences: tuple[Sentence, ...]
    method: str
    note: str = ""
    """What must be said of it: that it is over its length, or why it is empty."""

    @property
    def text(self) -> str:
        """The sentences as one text, with a space between them."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def words(self) -> int:
        """The number of words of all sentences."""
        return sum(count_words(sentence.text) for sentence in self.sentences)

    def _repr_html_(self) -> str:
        """Show the sentences as a list in a notebook."""
        return "".join(f"<p>{as_html(one.text)}</p>" for one in self.sentences)


@dataclass(frozen=True, slots=True)
class StorySummary(Value):
    """A story and its own summary."""

    story: Story
    summary: Summary
    listed: bool = False
    """True where only its headline is listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Value):
    """Two sentences of different articles, and the figures in which they differ, as they are written."""

    first: Sentence
    second: Sentence
    figures: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Importance(Value):
    """How much a topic or a single piece matters today, as a sum of named parts."""

    parts: tuple[tuple[str, float], ...] = ()
    """Such as ("outlets", 1.41), the same names in the same order for all of an issue."""

    @property
    def total(self) -> float:
        """The sum by which the issue is ordered."""
        return sum(value for _, value in self.parts)


Tier = Literal["lead", "story", "compact", "brief", "listed"]
"""How much room a topic has: a lead in full, a story in a sentence or two, its headlines and outlets, a line
in brief where an editor said so, or a line under "Also read"."""


@dataclass(frozen=True, slots=True)
class Section(Value):
    """A topic as the briefing shows it."""

    topic: Topic
    summary: Summary
    stories: tuple[StorySummary, ...]
    disagreements: tuple[Disagreement, ...] = ()
    """Where its articles give different figures for the same thing, side by side."""
    heading: str = ""
    """The headline of the most central article where the topic is one story, else its label."""
    heading_by: Literal["", "editor"] = ""
    """Who wrote the heading, where it comes from no source: the one text of an issue that cannot be proven."""
    importance: Importance = Importance()
    tier: Tier = "story"
    department: str = ""
    """The part of the paper it belongs to, such as "business"; empty where nothing tells."""

    @property
    def summary_words(self) -> int:
        """The words of all its sentences, those of its stories as well."""
        return self.summary.words + sum(story.summary.words for story in self.stories)


@dataclass(frozen=True, slots=True)
class Brief(Value):
    """A single piece that the briefing tells in a line."""

    article: Article
    importance: Importance = Importance()
    department: str = ""
    """The part of the paper it belongs to, such as "business"; empty where nothing tells."""


@dataclass(frozen=True, slots=True)
class Statistics(Value):
    """The counts at the head of a briefing."""

    sources: int = 0
    outlets: int = 0
    articles: int = 0
    """Those of the topics."""
    topics: int = 0
    in_brief: int = 0
    also_read: int = 0
    """Topics and single pieces of which only the headline is listed."""
    omitted: int = 0
    """Articles that are not shown at all, and sources that failed."""
    words_read: int = 0
    words_shown: int = 0


@dataclass(frozen=True, slots=True)
class FailingSource(Value):
    """A source that has failed in several issues in a row."""

    name: str
    location: str
    reason: str
    since: date
    """The day of the first issue that went without it."""


@dataclass(frozen=True, slots=True)
class Digest(Value):
    """A finished briefing, before it is rendered."""

    title: str
    date: date
    sections: tuple[Section, ...] = ()
    """The most important first; those of the tiers "brief" and "listed" come last."""
    in_brief: tuple[Brief, ...] = ()
    """Single pieces in a line each, in the order shown."""
    also_read: tuple[Brief, ...] = ()
    """Single pieces of which only the headline is listed."""
    omissions: tuple[Omission, ...] = ()
    statistics: Statistics = field(default_factory=Statistics)
    previous: Day | None = None
    """The day of the issue before this one, where there was one."""
    failing: tuple[FailingSource, ...] = ()
    """The sources that a person should look after."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article: those of the sections, then those in brief, then those only listed."""
        singles = (brief.article for brief in (*self.in_brief, *self.also_read))
        return (*(a for section in self.sections for a in section.topic.articles), *singles)

    def _repr_markdown_(self) -> str:
        """Show the briefing as text in a notebook."""
        import digest  # the renderers are above the values, and loaded when a notebook asks

        return digest.render(self, "markdown")

    def _repr_html_(self) -> str:
        """Show the page of the briefing in a notebook, in a frame of its own: its styles stay there."""
        import digest

        page = as_html(digest.render(self, "html"))
        return f'<iframe sandbox srcdoc="{page}" style="width: 100%; height: 40em; border: 0"></iframe>'


def as_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC; a time without a zone is taken to be in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

"""What a template sees: the briefing as values that are ready to be shown.

Every string here is cleaned (`digest.renderers.display`), every link is safe to follow
(`digest.renderers.links`); nothing is escaped yet, since that is the output format's own affair.
"""

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field of the views

from digest.models import Article, Digest, Sentence
from digest.renderers import words
from digest.renderers.display import line, shorten
from digest.renderers.links import safe_link, sentence_link

_BLANK_LINE = re.compile(r"\n\s*\n")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OPENING = 280
"""The most characters of an article's first sentence "in brief"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, with the number under which the whole issue knows it."""

    number: int
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
    copies: tuple[str, ...]
    """Where else it stood, by name."""
    article: Article
    chosen: tuple[tuple[int, int], ...]
    """The offsets of the sentences that the briefing shows, without overlaps, in reading order."""

    @property
    def byline(self) -> str:
        """Source, author and date as far as they are known, such as "The Courier, 24 September 2025"."""
        author = self.author if self.author.casefold() != self.source.casefold() else ""
        return ", ".join(filter(None, (self.source, author, self.date)))

    @property
    def paragraphs(self) -> "list[Paragraph]":
        """The whole text, its chosen sentences apart."""
        return _paragraphs(self)

    @property
    def opening(self) -> str:
        """The first sentence that is not a heading or the title itself; empty where there is none."""
        return _opening(self.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an article as pieces of (text, anchor); a chosen sentence has an anchor."""

    heading: bool
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
    words: int
    share: int
    """Percent of the words of all topics."""
    dots: tuple[float, ...]
    """The days of its articles on the issue's axis, each from 0 to 100; empty where all fall on one day."""
    days: str
    """Such as "24 Sep 2025" or "24 to 26 Sep 2025"; empty where no date is known."""

    @property
    def count(self) -> str:
        """Such as "3 articles"."""
        return words.count(len(self.articles), "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionGroup:
    """What was left out for one reason."""

    reason: str
    count: int
    phrase: str
    """Such as "2 copies"."""
    items: tuple[tuple[str, str, str], ...]
    """Each as (what, page, detail)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """A whole issue."""

    title: str
    date: str
    """Such as "21 November 2026"."""
    day: str
    """Such as "Saturday, 21 November 2026"."""
    iso_date: str
    counts: tuple[str, ...]
    minutes_shown: int
    minutes_read: int
    """0 where nothing was read."""
    topics: tuple[TopicView, ...]
    in_brief: tuple[ArticleView, ...]
    omissions: tuple[OmissionGroup, ...]
    articles: tuple[ArticleView, ...]
    """Those of the topics, by number."""
    first_day: str
    last_day: str
    """The ends of the axis of days; empty where all articles fall on one day."""
    sources: int
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
    def preheader(self) -> str:
        """The first key sentence: what a mail program shows beside the subject."""
        quotes = (quote.text for topic in self.topics for quote in topic.quotes)
        return shorten(next(quotes, ""), _OPENING)

    @property
    def cited(self) -> tuple[ArticleView, ...]:
        """The articles of the key sentences, by number."""
        cited = {quote.article.number for topic in self.topics for quote in topic.quotes}
        return tuple(article for article in self.articles if article.number in cited)


def briefing_view(digest: Digest) -> BriefingView:
    """Return what templates see of `digest`."""
    return _Composer(digest).briefing()


class _Composer:
    """Holds what several parts of the view need: the articles by id, the axis of days."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.views = _articles(digest)
        days = [view.day for view in self.views.values() if view.day and view.number]
        self.first, self.last = (min(days), max(days)) if days else (Day.min, Day.min)
        self.words = sum(view.words for view in self.views.values() if view.number)

    def briefing(self) -> BriefingView:
        digest, spread = self.digest, self.first != self.last
        statistics = digest.statistics
        shown, read = statistics.words_shown, statistics.words_read
        return BriefingView(
            title=line(digest.title) or "Digest",
            date=words.long_date(digest.date),
            day=words.long_day(digest.date),
            iso_date=digest.date.isoformat(),
            counts=_counts(digest),
            minutes_shown=words.minutes(shown),
            minutes_read=words.minutes(read) if read else 0,
            topics=tuple(self.topic(number) for number in range(len(digest.sections))),
            in_brief=tuple(self.views[article.id] for article in digest.in_brief),
            omissions=_omissions(digest),
            articles=tuple(
                sorted((v for v in self.views.values() if v.number), key=lambda v: v.number)
            ),
            first_day=words.short_date(self.first) if spread else "",
            last_day=words.short_date(self.last) if spread else "",
            sources=statistics.sources,
        )

    def topic(self, number: int) -> TopicView:
        section = self.digest.sections[number]
        articles = [self.views[article.id] for article in section.topic.articles]
        size = sum(view.words for view in articles)
        return TopicView(
            anchor=f"topic-{number + 1}",
            label=line(section.topic.label) or f"Topic {number + 1}",
            keywords=tuple(filter(None, map(line, section.topic.keywords))),
            quotes=self.quotes(section.summary.sentences),
            note=line(section.summary.note),
            stories=tuple(
                StoryView(
                    headline=self.views[story.story.articles[0].id].title,
                    articles=tuple(self.views[article.id] for article in story.story.articles),
                    quotes=self.quotes(story.summary.sentences),
                    note=line(story.summary.note),
                    outlets=_outlets([self.views[a.id] for a in story.story.articles]),
                )
                for story in section.stories
                if story.story.articles
            ),
            articles=tuple(articles),
            outlets=_outlets(articles),
            words=size,
            share=round(100 * size / self.words) if self.words else 0,
            dots=self.dots(articles),
            days=_days([view.day for view in articles if view.day]),
        )

    def dots(self, articles: list[ArticleView]) -> tuple[float, ...]:
        length = (self.last - self.first).days
        days = sorted({view.day for view in articles if view.day})
        return tuple(round(100 * (day - self.first).days / length, 1) for day in days if length)

    def quotes(self, sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
        return tuple(
            _quote(self.views[sentence.article_id], sentence)
            for sentence in sentences
            if sentence.article_id in self.views
        )


def _articles(digest: Digest) -> dict[str, ArticleView]:
    """Every article by its id; those of topics are numbered from 1, in the order of the issue."""
    chosen: dict[str, list[tuple[int, int]]] = {}
    order: dict[str, Article] = {}
    for section in digest.sections:
        stories = [sentence for story in section.stories for sentence in story.summary.sentences]
        by_id = {article.id: article for article in section.topic.articles}
        for sentence in (*section.summary.sentences, *stories):
            chosen.setdefault(sentence.article_id, []).append((sentence.start, sentence.end))
            if sentence.article_id in by_id:
                order.setdefault(sentence.article_id, by_id[sentence.article_id])
        for article in section.topic.articles:
            order.setdefault(article.id, article)
    numbered = list(enumerate(order.values(), 1))
    brief = [(0, article) for article in digest.in_brief if article.id not in order]
    return {
        article.id: _article(number, article, chosen.get(article.id, []))
        for number, article in (*numbered, *brief)
    }


def _article(number: int, article: Article, chosen: list[tuple[int, int]]) -> ArticleView:
    day = words.day_of(article.published)
    foreign = article.language != "en" and _LANGUAGE.fullmatch(article.language)
    return ArticleView(
        number=number,
        title=line(article.title) or "Without a title",
        source=line(article.source),
        author=line(article.author or ""),
        date=words.long_date(day) if day else "",
        short_date=words.short_date(day) if day else "",
        day=day,
        minutes=words.minutes(article.words),
        words=article.words,
        language=article.language if foreign else None,
        link=safe_link(article.url),
        truncated=article.truncated,
        copies=tuple(dict.fromkeys(filter(None, (line(copy.source) for copy in article.copies)))),
        article=article,
        chosen=_without_overlaps(chosen, len(article.text)),
    )


def _without_overlaps(spans: list[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if 0 <= start < end <= length and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)


def _quote(view: ArticleView, sentence: Sentence) -> Quote:
    text = view.article.text
    genuine = text[sentence.start : sentence.end] == sentence.text
    link = view.link
    if link and genuine and link.startswith("http"):
        link = sentence_link(link, text, sentence.start, sentence.end)
    return Quote(
        text=line(sentence.text),
        article=view,
        link=link,
        anchor=_anchor(view, sentence.start) if genuine else f"article-{view.number}",
    )


def _anchor(view: ArticleView, offset: int) -> str:
    for start, end in view.chosen:
        if start <= offset < end:
            return f"sentence-{view.number}-{start}"
    return f"article-{view.number}"


def _paragraphs(view: ArticleView) -> list[Paragraph]:
    text = view.article.text
    headings = set(view.article.headings)
    breaks = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    marks = list(view.chosen)
    paragraphs = []
    for start, end in zip(starts, ends, strict=True):
        pieces, position = [], start
        while marks and marks[0][0] < end:
            begin, stop = marks.pop(0)
            pieces += [(text[position:begin], ""), (text[begin:stop], _anchor(view, begin))]
            position = max(stop, position)
        pieces.append((text[position:end], ""))
        shown = tuple((_piece(part), anchor) for part, anchor in pieces if part.strip())
        if shown:
            heading = text[start:end].strip() in headings
            paragraphs.append(Paragraph(heading=heading, pieces=shown))
    return paragraphs


def _piece(text: str) -> str:
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{line(text)}{after}"


def _opening(article: Article) -> str:
    from digest.text.sentences import sentence_spans

    headings = {line(heading) for heading in (*article.headings, article.title)}
    for start, end in sentence_spans(article.text[:4000], article.language):
        sentence = line(article.text[start:end])
        if sentence and sentence not in headings:
            return shorten(sentence, _OPENING)
    return ""


def _outlets(articles: list[ArticleView]) -> str:
    copies = [name for view in articles for name in view.copies]
    names = {name.casefold() for name in (*copies, *(view.source for view in articles)) if name}
    if not copies or len(names) < 2:
        return ""
    return f"{words.count(len(names), 'outlet')}, {words.count(len(articles), 'original')}"


def _days(days: list[Day]) -> str:
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return words.short_date(first)
    start, end = words.short_date(first), words.short_date(last)
    if first.year == last.year:
        start = start.rpartition(" ")[0]
        if first.month == last.month:
            start = f"{first.day}"
    return f"{start} to {end}"


def _counts(digest: Digest) -> tuple[str, ...]:
    statistics = digest.statistics
    optional = ((statistics.in_brief, "in brief"), (statistics.omitted, "left out"))
    return (
        words.count(statistics.topics, "topic"),
        words.count(statistics.articles, "article"),
        words.count(statistics.sources, "source"),
        *(f"{number:,} {phrase}" for number, phrase in optional if number),
    )


def _omissions(digest: Digest) -> tuple[OmissionGroup, ...]:
    groups: dict[str, list[tuple[str, str, str]]] = {reason: [] for reason in words.REASONS}
    for omission in digest.omissions:
        item = (shorten(line(omission.what), 160), line(omission.page), line(omission.detail))
        groups.setdefault(line(omission.reason), []).append(item)
    return tuple(
        OmissionGroup(
            reason=reason,
            count=len(items),
            phrase=words.left_out(len(items), reason),
            items=tuple(items),
        )
        for reason, items in groups.items()
        if items
    )

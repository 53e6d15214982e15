"""Show an article to templates: its number in the issue, its text with the chosen sentences marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field of the views

from digest.models import Article, Digest, Section, Sentence
from digest.outgoing import clean, line
from digest.renderers.display import (
    isolated,
    language_code,
    safe_link,
    sentence_link,
    shorten,
    weight,
)
from digest.renderers.words import ENGLISH, Words, day_of, minutes

_LEAST_ROOM = 1_000
"""Bytes: less of a text is not worth folding in, where there is a link to the original."""
_NAME = 300
"""The most characters of a title, a label or a name; no real headline is longer."""

_PAGE = 380_000
_FRAME = 1_700
"""The bytes of a whole page, and of an article without its text; the rest is room for the texts. Such a page
opens in a few seconds over a slow mobile connection."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPENING = 280
"""Characters of the first sentence, which replaces a missing headline."""
_OPENING_FROM = 4000
"""The characters among which that sentence is looked for."""
_LEAST = 1200
"""Characters: a shorter paragraph with a chosen sentence is never cut."""
_NEAR = 240
"""Characters kept on either side of a chosen sentence where a longer one is cut."""


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
        return ", ".join(isolated(self.source, author, self.date))

    @property
    def facts(self) -> tuple[str, ...]:
        """In short, with the reading time: ("The Courier", "24 Sep 2025", "4 min")."""
        return isolated(self.source, self.short_date, self.reading)

    @property
    def href(self) -> str:
        """The original, or else the folded article on the same page."""
        return self.link or f"#article-{self.number}"

    @property
    def is_told(self) -> bool:
        """True where a section shows its sentences, and not only its name."""
        return self.number > 0

    @property
    def paragraphs(self) -> "list[Paragraph]":
        """The text, its chosen sentences apart: all of it, or what there is room for."""
        return paragraphs(self)

    @property
    def opening(self) -> str:
        """The first sentence that is not a heading or the title itself; empty where there is none."""
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
    """A sentence and its place."""

    text: str
    """Word for word."""
    article: ArticleView
    """Its article."""
    link: str | None
    """Opens the original at the sentence; None where the article has no address."""
    anchor: str
    """The id of the sentence within the folded article."""

    @property
    def href(self) -> str:
        """The original at the sentence, or else the folded article on the same page."""
        return self.link or f"#{self.anchor}"


Views = dict[str, ArticleView]


def short_name(name: str) -> str:
    """Return a title, a label or a name on one line, shortened where it is longer than any headline."""
    return shorten(line(name), _NAME)


def article_views(digest: Digest, words: Words, *, whole: bool = False) -> Views:
    """Return every article by its id. Those of sections are numbered from 1, in the order in which their first
    sentences come on the page; those without a sentence come last. With `whole` no text is cut for room."""
    chosen: dict[str, list[tuple[int, int]]] = {}
    members = {a.id: a for section in digest.sections for a in _told(section)}
    order: dict[str, Article] = {}
    for section in digest.sections:
        for sentence in _sentences(section):
            chosen.setdefault(sentence.article_id, []).append((sentence.start, sentence.end))
            if sentence.article_id in members:
                order.setdefault(sentence.article_id, members[sentence.article_id])
    order |= {key: article for key, article in members.items() if key not in order}
    brief = [(0, article) for article in digest.articles if article.id not in order]
    room = None if whole else _room(list(order.values()))
    return {
        article.id: article_view(number, article, chosen.get(article.id, []), words, room=room)
        for number, article in (*enumerate(order.values(), 1), *brief)
    }


def article_view(
    number: int,
    article: Article,
    chosen: Sequence[tuple[int, int]] = (),
    words: Words = ENGLISH,
    *,
    room: int | None = None,
) -> ArticleView:
    """Return an article as templates see it, with its number and the offsets of the sentences shown."""
    day = day_of(article.published)
    language = language_code(article.language)
    minutes_read = minutes(article.words)
    return ArticleView(
        number=number,
        title=short_name(article.title) or words.say("Without a title"),
        source=short_name(article.source).removeprefix("www."),
        author=short_name(article.author or ""),
        date=words.formats.long_date(day) if day else "",
        short_date=words.formats.short_date(day) if day else "",
        day=day,
        minutes=minutes_read,
        reading=words.count(minutes_read, "{number} min", "{number} min"),
        words=article.words,
        language=None if language == words.language else language,
        link=safe_link(article.url),
        truncated=article.truncated,
        article=article,
        chosen=_without_overlaps(chosen, len(article.text)),
        room=room,
    )


def quotes(sentences: Sequence[Sentence], views: Views) -> tuple[Quote, ...]:
    """Return the sentences of known articles, each with the link that opens the original at it."""
    known = (one for one in sentences if one.article_id in views and line(one.text))
    return tuple(quote(views[sentence.article_id], sentence) for sentence in known)


def quote(view: ArticleView, sentence: Sentence) -> Quote:
    """Return a sentence of an article, with the link that opens the original at it."""
    text, link = view.article.text, view.link
    if link and text[sentence.start : sentence.end] == sentence.text:
        link = sentence_link(link, text, sentence.start, sentence.end)
    return Quote(
        text=line(sentence.text),
        article=view,
        link=link,
        anchor=anchor(view.number, view.chosen, sentence.start),
    )


def _room(articles: Sequence[Article]) -> int | None:
    """Return the bytes to which the longest texts are cut so that all fit into the page; None for no cut."""
    room = max(_PAGE - _FRAME * len(articles), _PAGE // 8)
    lengths = sorted(weight(article.text) for article in articles)
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return share
        room -= length
    return None


def _told(section: Section) -> Iterable[Article]:
    """Yield the articles whose text a section shows: none where it only names its outlets."""
    if section.tier in ("lead", "story"):
        yield from (
            a for story in section.stories if not story.listed for a in story.story.articles
        )


def _sentences(section: Section) -> Iterable[Sentence]:
    yield from section.summary.sentences
    for differing in section.disagreements:
        yield from (differing.first, differing.second)
    for story in section.stories:
        yield from story.summary.sentences


def _without_overlaps(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if 0 <= start < end <= length and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)


def anchor(number: int, chosen: tuple[tuple[int, int], ...], offset: int) -> str:
    """Return the id of the marked sentence around `offset`, or else of the article."""
    for start, end in chosen:
        if start <= offset < end:
            return f"sentence-{number}-{start}"
    return f"article-{number}"


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the paragraphs of `text`, some of which may be empty."""
    breaks = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    return list(zip(starts, [*(start for start, _ in breaks), len(text)], strict=True))


def paragraphs(view: ArticleView) -> list[Paragraph]:
    """Return the paragraphs of the article's text; pieces join up without a gap.

    Where there is no room for all, those with a chosen sentence stay, then the first ones.
    """
    text, headings = view.article.text, {line(heading) for heading in view.article.headings}
    spans = [span for span in paragraph_spans(text) if text[span[0] : span[1]].strip()]
    kept = range(len(spans)) if view.is_whole else _kept(view, spans)
    found, last = [], -1
    for k in kept:
        begin, stop = spans[k]
        found.append(
            Paragraph(
                heading=line(text[begin:stop]) in headings,
                follows_gap=k != last + 1,
                pieces=_pieces(view, begin, stop),
            )
        )
        last = k
    return found


def _kept(view: ArticleView, spans: Sequence[tuple[int, int]]) -> list[int]:
    text, room = view.article.text, view.room or 0
    starts = [start for start, _ in view.chosen]
    marked = {
        k
        for k, (begin, stop) in enumerate(spans)
        if bisect_left(starts, stop) > bisect_left(starts, begin)
    }
    room -= sum(weight(text[spans[k][0] : spans[k][1]]) for k in marked)
    for k, (begin, stop) in enumerate(spans):
        if k not in marked:
            room -= weight(text[begin:stop])
            if room < 0:
                break
            marked.add(k)
    return sorted(marked)


def _pieces(view: ArticleView, begin: int, stop: int) -> tuple[tuple[str, str], ...]:
    text, position = view.article.text, begin
    pieces = []
    for start, end in view.chosen[bisect_left(view.chosen, (begin, 0)) :]:
        if start >= stop:
            break
        label = anchor(view.number, view.chosen, start)
        pieces += [(text[position:start], ""), (text[start:end], label)]
        position = end
    pieces.append((text[position:stop], ""))
    if not view.is_whole and stop - begin > max(view.room or 0, _LEAST):
        pieces = _cut(pieces)
    return tuple((_piece(part), label) for part, label in pieces if part)


def _cut(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cut the text between the chosen sentences of a paragraph that is too long for the page."""
    last = len(pieces) - 1
    return [
        (part if label else _surroundings(part, follows=place > 0, precedes=place < last), label)
        for place, (part, label) in enumerate(pieces)
    ]


def _surroundings(text: str, *, follows: bool, precedes: bool) -> str:
    """Return the words next to the chosen sentence before `text` and to the one after it."""
    if len(text) <= 2 * _NEAR:
        return text
    head = text[:_NEAR].rpartition(" ")[0] if follows else ""
    tail = text[-_NEAR:].partition(" ")[2] if precedes else ""
    return f"{head} […] {tail}"


def opening(article: Article) -> str:
    """Return the first sentence that is not a heading or the title itself, shortened; may be empty."""
    from digest.text.sentences import sentence_spans

    known = {line(heading) for heading in (*article.headings, article.title)}
    for start, end in sentence_spans(article.text[:_OPENING_FROM], article.language):
        sentence = line(article.text[start:end])
        if sentence and sentence not in known:
            return shorten(sentence, _OPENING)
    return ""


def _piece(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text))

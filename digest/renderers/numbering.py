"""The articles of an issue under their numbers, and how much of each text the page has room for."""

from collections.abc import Iterable, Sequence

from digest.models import Article, Digest, Section, Sentence
from digest.renderers.citations import ArticleView, Quote
from digest.renderers.display import language_code, line, shorten, weight
from digest.renderers.links import safe_link, sentence_link
from digest.renderers.passages import anchor
from digest.renderers.words import ENGLISH, Words, day_of, minutes

_NAME = 300
"""The most characters of a title, a label or a name; no headline is longer, and one that is hides the news."""

_PAGE = 380_000
_FRAME = 1_700
"""The bytes a page may have in the end, and those of an article without its text: what is left is room
for the texts. A page is to open on a phone in a train."""

Views = dict[str, ArticleView]


def short_name(name: str) -> str:
    """Return a title, a label or a name on one line, shortened where it is longer than any headline."""
    return shorten(line(name), _NAME)


def article_views(digest: Digest, words: Words) -> Views:
    """Return every article by its id. Those that sections tell are numbered from 1, in the order in which a
    reader who goes down the page meets their sentences; those without a sentence of their own come last."""
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
    room = _room(list(order.values()))
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
    """Return what templates see of an article, with its number and the offsets of its sentences shown."""
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
    """The bytes to which the longest texts must be cut so that all fit into the page; None for no cut."""
    room = max(_PAGE - _FRAME * len(articles), _PAGE // 8)
    lengths = sorted(weight(article.text) for article in articles)
    for place, length in enumerate(lengths):
        share = room // (len(lengths) - place)
        if length > share:
            return share
        room -= length
    return None


def _told(section: Section) -> Iterable[Article]:
    """Yield the articles that a section has room for: none where it only names its outlets."""
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

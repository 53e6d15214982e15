"""What the reader has had: an article that comes again is told once, one that has news is told as an update.

An article is known again by its address, or by its title. What comes again with the
same text, with less, or with the whole of what was an excerpt, is the same article. What comes with sentences
of news, or with other figures in them, is an update.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.models import Article, Omission
from digest.text.addresses import untracked
from digest.text.sentences import sentence_spans

_EXCERPT_WORDS = 60
"""A text of fewer words is a feed's excerpt of an article, and no article that could be continued."""
_NEWS_WORDS = 6
"""A sentence of fewer words is furniture: a caption, a time, a call to read on."""
_SAME = 0.7
"""The share of the words of a sentence that stand in an earlier one from which it says the same."""
_ALIKE = 0.5
"""The same for a sentence that says it with other figures."""
_TELLING = 4
"""The words of a title from which it is no heading that comes each day, such as "Weather"."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A day's articles, held against what the reader has had."""

    articles: tuple[Article, ...] = ()
    updates: dict[str, Article] = field(default_factory=dict)
    """The id of an article -> what it is an update of."""
    omissions: tuple[Omission, ...] = ()
    """What came again."""


def recall(articles: Sequence[Article], had: Sequence[Article]) -> Recalled:
    """Return the articles that say something new, and which of them are updates of one that was told."""
    if not had:
        return Recalled(tuple(articles))
    known: dict[str, Article] = {}
    for article in had:
        for key in _keys(article):
            # The longest version is the one that news is held against.
            if key not in known or known[key].words < article.words:
                known[key] = article
    kept, updates, omissions = [], {}, []
    for article in articles:
        told = next((known[key] for key in _keys(article) if key in known), None)
        if told is None or not _is_same(article, told):
            kept.append(article)
        elif _is_update(article, told):
            kept.append(article)
            updates[article.id] = told
        else:
            what = " ".join((article.title or article.text[:120]).split())
            where = f" ({told.source})" if told.source else ""
            detail = f"copy of “{told.title}”{where}, which an earlier issue carried"
            omissions.append(Omission(what, "duplicate", article.page, detail))
    return Recalled(tuple(kept), updates, tuple(omissions))


def _is_update(article: Article, told: Article) -> bool:
    """Return whether what comes again has news; the whole of what was an excerpt only where it corrects it."""
    if _is_excerpt(told):
        return _figures(article.title) != _figures(told.title) or any(_corrections(article, told))
    return any(True for _ in news(article, told))


def _corrections(article: Article, told: Article) -> Iterator[bool]:
    """Yield whether each sentence that was told comes again with other figures, in about the same words."""
    sentences = [(set(_words(one)), _figures(one)) for one in _sentences(article)]
    for one in _sentences(told):
        words, figures = set(_words(one)), _figures(one)
        near = [own for own in sentences if len(own[0] & words) >= _ALIKE * len(words)]
        yield bool(near) and all(own[1] != figures for own in near)


def _figures(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def _is_same(article: Article, told: Article) -> bool:
    """Return whether both are one article: by their address, or by a title under which one says no more.

    A series has one title each day and says something else under it.
    """
    if article.url and told.url and _address(article.url) == _address(told.url):
        return True
    if not (article.text and told.text):
        return True
    shorter, longer = sorted((article, told), key=lambda one: one.words)
    return not any(True for _ in news(shorter, longer))


def news(article: Article, told: Article) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the sentences of `article` that say what `told` did not."""
    earlier = [set(_words(sentence)) for sentence in _sentences(told)]
    figures = _figures(told.text) | _figures(told.title)
    for start, end in sentence_spans(article.text, article.language):
        sentence = article.text[start:end]
        words = set(_words(sentence))
        if len(words) < _NEWS_WORDS:
            continue
        nearest = max((len(words & one) for one in earlier), default=0)
        if nearest < _SAME * len(words) or not _figures(sentence) <= figures:
            yield start, end


def _keys(article: Article) -> list[str]:
    """Return what an article is known by: its address, and its title."""
    title = " ".join(_words(article.title))
    telling = title.count(" ") + 1 >= _TELLING or not title.isascii()
    return [
        *([f"address {_address(article.url)}"] if article.url else []),
        *([f"title {title}"] if title and telling else []),
    ]


def _address(url: str) -> str:
    return untracked(url).partition("#")[0].rstrip("/")


def _is_excerpt(article: Article) -> bool:
    return article.teaser or article.truncated or article.words < _EXCERPT_WORDS


def _sentences(article: Article) -> list[str]:
    return [
        article.text[start:end] for start, end in sentence_spans(article.text, article.language)
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())

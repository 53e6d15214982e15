"""The sentences of the articles as the summarizers see them: where they stand and which can be chosen."""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from digest.length import count_words
from digest.models import Article, Sentence
from digest.summarizers.notices import calls_reader
from digest.summarizers.shapes import dateline, is_biography, opens_small, why_barred
from digest.text.language import detect_language
from digest.text.sentences import PUNKT_LANGUAGES, paragraph_sentence_spans
from digest.text.terms import has_stemmer, stop_words

_log = logging.getLogger("digest")
_DATELINES = 3
"""A dateline can stand before one of the first sentences; the sentence begins behind it."""
_LAST_WORDS = 2
"""Sentences at the end of an article, in which its author may be told of."""
_FEW_CALLS = 0.1
"""So few sentences that bid the reader do something are no part of what an article tells: a guide has more."""
_LISTED, _LISTED_SHARE = 3, 0.25
"""So many references, and so dense, are a list of them: what stands between is of it, such as titles alone."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Passages:
    """The sentences of all articles in reading order, as parallel tuples."""

    articles: tuple[Article, ...]
    languages: tuple[str, ...]
    """The language of each article."""
    text: tuple[str, ...]
    article: tuple[int, ...]
    """The article each sentence stands in, as an index into `articles`."""
    index: tuple[int, ...]
    """Its number within its article."""
    paragraph: tuple[int, ...]
    """The number of its paragraph within its article."""
    start: tuple[int, ...]
    words: tuple[int, ...]
    """How many words each has, by the one measure of `digest.length`."""
    barred: tuple[str, ...]
    """Why a sentence can never be chosen; empty where it can."""

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.text)

    def extent(self, article: int) -> tuple[int, int]:
        """The first sentence of an article, and the one after its last."""
        return bisect_left(self.article, article), bisect_right(self.article, article)

    def key(self, i: int) -> tuple[str, int]:
        """What names sentence `i` outside: its article's id and where it starts."""
        return self.articles[self.article[i]].id, self.start[i]

    def sentence(self, i: int, score: float) -> Sentence:
        """The value that others are given for sentence `i`."""
        start, text = self.start[i], self.text[i]
        return Sentence(
            self.articles[self.article[i]].id, self.index[i], start, start + len(text), text, score
        )


def passages(articles: Sequence[Article], language: str | None = None) -> Passages:
    """Split the articles into sentences, dated articles first to last, and bar what is none.

    `language` overrules what the articles say; where they say English, a look at the words confirms it.
    """
    ordered = _reading_order(articles)
    languages = tuple(_language(article, language) for article in ordered)
    rows = [
        (sentence, number, k, block, first, words, barred)
        for number, article in enumerate(ordered)
        for k, block, first, sentence, words, barred in _sentences(article, languages[number])
    ]
    text, where, index, paragraph, start, words, barred = (
        zip(*rows, strict=True) if rows else ((),) * 7
    )
    return Passages(ordered, languages, text, where, index, paragraph, start, words, barred)


_Row = tuple[int, int, int, str, int, str]
"""Number, paragraph, start, text, words of a sentence, and why it is barred."""


def _sentences(article: Article, language: str) -> list[_Row]:
    """Return the sentences of an article: with what is barred for its own shape, and for its neighbours'."""
    rows = list(_by_shape(article, language))
    calls = [row[0] for row in rows if not row[-1] and calls_reader(row[3], language)]
    if len(calls) < _FEW_CALLS * len(rows):
        rows = [(*row[:-1], "notice") if row[0] in calls else row for row in rows]
    listed = [row[0] for row in rows if row[-1] == "reference"]
    if len(listed) >= _LISTED and len(listed) >= _LISTED_SHARE * (listed[-1] - listed[0]):
        inside = range(listed[0], listed[-1] + 1)
        rows = [(*row[:-1], row[-1] or "reference") if row[0] in inside else row for row in rows]
    return rows


def _by_shape(article: Article, language: str) -> Iterator[_Row]:
    headings = frozenset(article.headings)
    text = article.text
    spans = paragraph_sentence_spans(text, language)
    small = sum(opens_small(text[first : first + 30]) for first, *_ in spans)
    cased = 2 * small < len(spans)
    for k, (first, end, block, alone) in enumerate(spans):
        if k < _DATELINES:
            first += dateline(text[first:end])
        sentence = text[first:end]
        words = count_words(sentence)
        why = why_barred(sentence, words, alone, headings, language)
        if not why and k >= max(len(spans) - _LAST_WORDS, 1) and is_biography(sentence):
            why = "about the author"
        if not why and cased and small and opens_small(sentence):
            why = "fragment"
        yield k, block, first, sentence, words, why


def given_passages(sentences: Sequence[str], language: str) -> Passages:
    """Take the sentences of one text as they are given; none is barred but for want of letters."""
    text, start = "", []
    for sentence in sentences:
        start.append(len(text))
        text += sentence + "\n\n"
    numbers = tuple(range(len(sentences)))
    return Passages(
        articles=(Article(id="given", title="", text=text, language=language),),
        languages=(language,),
        text=tuple(sentences),
        article=(0,) * len(sentences),
        index=numbers,
        paragraph=(0,) * len(sentences),
        start=tuple(start),
        words=tuple(map(count_words, sentences)),
        barred=tuple("" if any(map(str.isalpha, s)) else "no words" for s in sentences),
    )


def is_supported(language: str) -> bool:
    """True where there is something for that language: a sentence model, a stemmer or stop words."""
    return language in PUNKT_LANGUAGES or has_stemmer(language) or bool(stop_words(language))


def _reading_order(articles: Sequence[Article]) -> tuple[Article, ...]:
    """By date where every article has one, else in the order given."""
    if len(articles) > 1 and all(article.published for article in articles):
        return tuple(sorted(articles, key=lambda a: a.published or _LAST))
    return tuple(articles)


def _language(article: Article, given: str | None) -> str:
    language = given or article.language
    if not given and language == "en":
        language = detect_language(article.text)
    if not is_supported(language):
        _warn(language)
    return language


@cache
def _warn(language: str) -> None:
    """Say it once."""
    _log.warning(
        "language %r has no sentence model, stemmer or stop words here: English sentence rules are used,"
        " and words are compared as they are written",
        language,
    )

"""The reader: what they want more of and what not at all, and what they have had.

Of what they have had, an article that comes again is shown once, one that has news is shown as an update.

An article is known again by its address, or by its title. What comes again with the
same text, with less, or with the whole of what was an excerpt, is the same article. What comes with sentences
of news, or with other figures in them, is an update.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digest.length import has_unspaced
from digest.models import Article, Omission
from digest.text.addresses import untracked
from digest.text.sentences import sentence_spans
from digest.text.words import runs

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
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A day's articles, held against what the reader has had."""

    articles: tuple[Article, ...] = ()
    updates: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    """The id of an article -> the versions of it that were shown."""
    omissions: tuple[Omission, ...] = ()
    """What came again."""


def recall(articles: Sequence[Article], had: Sequence[Article]) -> Recalled:
    """Return the articles that say something new, and which of them are updates of one that was shown."""
    if not had:
        return Recalled(tuple(articles))
    known: dict[str, list[Article]] = {}
    for article in had:
        for key in _keys(article):
            known.setdefault(key, []).append(article)
    kept, updates, omissions = [], {}, []
    for article in articles:
        shown = _versions(article, known)
        if not shown:
            kept.append(article)
        elif _is_update(article, shown):
            kept.append(article)
            updates[article.id] = shown
        else:
            omissions.append(_again(article, shown))
    return Recalled(tuple(kept), updates, tuple(omissions))


def _versions(article: Article, known: Mapping[str, Sequence[Article]]) -> tuple[Article, ...]:
    """Return the versions of an article that were shown, each once."""
    found = {one.id: one for key in _keys(article) for one in known.get(key, ())}
    return tuple(one for one in found.values() if _is_same(article, one))


def _again(article: Article, shown: Sequence[Article]) -> Omission:
    """Return the omission of what came again, which names the longest version that was shown."""
    longest = max(shown, key=lambda one: (one.words, one.id))
    what = " ".join((article.title or article.text[:120]).split())
    where = f" ({longest.source})" if longest.source else ""
    detail = f"copy of “{longest.title}”{where}, which an earlier issue carried"
    return Omission(what, "duplicate", article.page, detail)


def _is_update(article: Article, shown: Sequence[Article]) -> bool:
    """Return whether what comes again has news; the whole of what was an excerpt only where it corrects it."""
    if all(map(_is_excerpt, shown)):
        return all(_corrects(article, one) for one in shown)
    return any(True for _ in news(article, *shown))


def _corrects(article: Article, shown: Article) -> bool:
    """Return whether a title or a sentence of what was shown comes with other figures, or was replaced."""
    if _figures(article.title) != _figures(shown.title):
        return True
    sentences = [(set(_words(one)), _figures(one)) for one in _sentences(article)]
    for one in _sentences(shown):
        words, figures = set(_words(one)), _figures(one)
        near = [own for own in sentences if len(own[0] & words) >= _ALIKE * len(words)]
        if near and all(own[1] != figures for own in near):
            return True
    return _replaces(article, shown)


def _replaces(article: Article, shown: Article) -> bool:
    """Return whether a sentence of what was shown is gone between two that stay: no excerpt leaves one out."""
    own = [set(_words(one)) for one in _sentences(article)]
    told = [words for one in _sentences(shown) if (words := set(_words(one)))]
    stays = [
        max((len(one & words) for one in own), default=0) >= _SAME * len(words) for words in told
    ]
    first, last = (
        (stays.index(True), len(stays) - stays[::-1].index(True)) if any(stays) else (0, 0)
    )
    inner = zip(told[first:last], stays[first:last], strict=True)
    return any(len(words) >= _NEWS_WORDS and not stayed for words, stayed in inner)


def _figures(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def _is_same(article: Article, shown: Article) -> bool:
    """Return whether both are one article: by their address, or by a title under which one says no more.

    A series has one title each day and says something else under it.
    """
    if article.url and shown.url and _address(article.url) == _address(shown.url):
        return True
    if not (article.text and shown.text):
        return True
    shorter, longer = sorted((article, shown), key=lambda one: one.words)
    return not any(True for _ in news(shorter, longer))


def news(article: Article, *shown: Article) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the sentences of `article` that none of `shown` said."""
    earlier = [set(_words(sentence)) for one in shown for sentence in _sentences(one)]
    figures = {found for one in shown for found in _figures(f"{one.title}\n{one.text}")}
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
    return runs(_fold(text))


_LEAD = 600
"""The characters of a text in which a followed name counts: further down it is only mentioned."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a reader follows and mutes; each wish is a word, a phrase, a name, or a source.

    A wish fits where it stands as whole words in any case, in the title or the beginning of a text for
    `follow`, in the title for `mute`; or where it is the name of the source.
    """

    follow: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()

    @cached_property
    def _followed(self) -> re.Pattern[str] | None:
        return _any_of(self.follow)

    @cached_property
    def _muted(self) -> re.Pattern[str] | None:
        return _any_of(self.mute)

    def follows(self, article: Article) -> bool:
        """Return whether the reader follows what the article is about, or its source."""
        if self._followed is None:
            return False
        if _fold(article.source) in map(_fold, self.follow):
            return True
        return bool(self._followed.search(f"{_fold(article.title)}\n{_fold(article.text[:_LEAD])}"))

    def without_muted(self, articles: Sequence[Article]) -> tuple[list[Article], list[Omission]]:
        """Return the articles that are not muted, and an omission with its reason for each that is."""
        kept, omissions = [], []
        for article in articles:
            wish = self._mutes(article)
            if wish:
                title = article.title or article.text[:160]
                omissions.append(Omission(title, "muted", article.page, wish))
            else:
                kept.append(article)
        return kept, omissions

    def _mutes(self, article: Article) -> str:
        """Return the wish that mutes an article, as the reader wrote it; empty where none does."""
        if self._muted is None:
            return ""
        found = self._muted.search(_fold(article.title))
        folded = found[0] if found else _fold(article.source)
        return next((wish for wish in self.mute if _fold(wish) == folded), "")


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What of one source is told: what has a word of `keep`, if there are any, and none of `drop`."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def passes(self, article: Article) -> bool:
        """Return whether an article is told."""
        title = _fold(article.title)
        if self._dropped and self._dropped.search(title):
            return False
        if self._kept is None:
            return True
        return bool(self._kept.search(f"{title}\n{_fold(article.text[:_LEAD])}"))

    @cached_property
    def _kept(self) -> re.Pattern[str] | None:
        return _any_of(self.keep)

    @cached_property
    def _dropped(self) -> re.Pattern[str] | None:
        return _any_of(self.drop)


def _any_of(wishes: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the wishes as whole words; None where there is none."""
    folded = sorted(filter(None, map(_fold, wishes)), key=lambda wish: (-len(wish), wish))
    return re.compile("|".join(map(_whole, folded))) if folded else None


def _whole(wish: str) -> str:
    """Return a pattern of a wish as whole words; scripts without spaces have no ends to hold it to.

    A `*` at its end is the rest of a word.
    """
    stem = wish.rstrip("*")
    if stem and stem != wish:
        return rf"(?<!\w){re.escape(stem)}"
    return re.escape(wish) if has_unspaced(wish) else rf"(?<!\w){re.escape(wish)}(?!\w)"


def _fold(text: str) -> str:
    """Return a text in one case; the four i of Turkish are one, since its capitals lose or gain a dot."""
    return " ".join(text.casefold().replace("i\u0307", "i").replace("ı", "i").split())

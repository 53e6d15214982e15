"""What the reader wants more of, and what not at all: words, names and sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.length import has_unspaced
from digest.models import Article, Omission

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
    return " ".join(text.casefold().split())

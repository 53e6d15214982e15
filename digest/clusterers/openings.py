"""What an article mentions, read quickly: from counts of its written forms, not from a list of tokens.

It says the same as `mentions.read`, three times as fast: of most words only the number matters, and where
a word stands is looked at for those alone that are somewhere written with a capital. A text without spaces
between its words has no such forms, and is read whole.
"""

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from digest.clusterers.mentions import (
    _BREAKS,
    Mentions,
    Token,
    _is_capital,
    _title_keys,
    name_keys,
    tokens,
)
from digest.clusterers.mentions import read as read_whole
from digest.models import Article
from digest.text.letters import patterns
from digest.text.segmentation import has_unspaced
from digest.text.terms import stop_words

BODY_CHARS = 20_000
"""News is told at the top; what comes later is read for nothing but time."""


def opening(text: str, most: int) -> str:
    """Return the first `most` characters of a text, or fewer, up to a space: news is told at the top."""
    if len(text) <= most:
        return text
    last = text.rfind(" ", 0, most)
    return text[: last if last > 0 else most]


def read(article: Article, most: int = BODY_CHARS) -> Mentions:
    """Return what an article mentions in its title and in the first `most` characters of its text."""
    stops = stop_words(article.language)
    text = "" if article.text.strip() == article.title.strip() else opening(article.text, most)
    if has_unspaced(text):
        return read_whole(replace(article, text=text))
    pieces = patterns(text).parts.split(text)
    forms, counts = pieces[1::2], Counter(pieces[1::2])
    found: dict[str, int] = {}
    capital, read_forms = set(), []
    for form, count in counts.items():
        _, key, is_name = known = _read_form(form)
        if key not in stops:
            found[key] = found.get(key, 0) + count
            read_forms.append((form, known))
            if is_name:
                capital.add(key)
    seen = {form: known for form, known in read_forms if known[1] in capital}
    body = [
        Token(*seen[form][:2], 0, gap != " " and not _BREAKS.isdisjoint(gap))
        for gap, form in zip(pieces[:-1:2], forms, strict=True)
        if form in seen
    ]
    head = tokens(article.title)
    if forms and forms[0] in seen:
        body[0] = body[0]._replace(initial=True)
    return _mentions(head, body, Counter(found), article.language)


def _mentions(
    head: list[Token], body: list[Token], found: "Counter[str]", language: str
) -> Mentions:
    known = [token for token in head if token.key in found]
    keys = name_keys(body, language) | _title_keys(head, known, language)
    keys = {key for key in keys if len(key) > 1}
    stops = stop_words(language)
    title_words = [token.key for token in head if token.key not in stops]
    title_names = frozenset(token.key for token in head if token.key in keys)
    names = Counter(t.key for t in body if t.key in keys and _is_capital(t.surface))
    names.update(title_names)
    found.update(title_words)
    return Mentions(found, frozenset(title_words), names, title_names, language)


@lru_cache(maxsize=1 << 17)
def _read_form(form: str) -> tuple[str, str, bool]:
    """Return a written form without a possessive ending, in lower case, and whether it may be a name."""
    token = tokens(form)[0]
    return token.surface, token.key, token.surface[0].isalpha() and _is_capital(token.surface)

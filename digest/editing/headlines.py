"""Take from headlines what the page puts around them: the site's name, labels of the form, a second roof line.

What is left is a part of the title as it stands. A tail is dropped where it names the outlet or ends most of
its titles; a head where it is a mark of the desk ("+++ Ticker +++:", "JUST IN |") or says only in what form the
piece comes. What one outlet gives twice, with and without a roof line, is one piece.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.models import Article, Copy
from digest.text.addresses import host_labels

_LONGEST = 400
"""The characters of a title that are looked at: no headline is longer."""
_SEPARATOR = re.compile(r"\s(?:[-–—|»·•]|::)\s")
_MOST_TAIL, _MOST_ROOF = 8, 6
"""The words of a tail and of a roof line at the most."""
_LEAST_LEFT = 3
"""The words that a headline keeps at the least."""
_TELLING = 5
"""The letters from which a name in an address tells an outlet; shorter ones are words, too."""
_SHARE = 0.5
"""The share of an outlet's titles that a tail of its ends; of fewer than three titles none is."""
_MARKED = re.compile(r"\+{2,}[^+]{1,80}\+{2,}\s*:?\s+|[^:|•]{1,60}\s•\s[^:|]{1,60}:\s+")
_FORM = re.compile(
    r"(?:extended )?(?:video|vídeo|galerie|gallery|galería|galleria|bildergalerie|fotostrecke|update|watch)"
    r"(?:\s[^:|]{1,40})?(?::|\s\|)\s+",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:opini[oó]n|comment|column|kolumne|kommentar|meinung|anal[yi]s|essay|tribune|chronique|editorial|leitartikel)",
    re.IGNORECASE,
)
"""How a roof line begins that says that the piece is a view: it stays."""
_LABEL = re.compile(r"([^|]{2,40})\s\|\s+")
_ROOF = re.compile(r"([^:|]{2,80}):\s+([^:|]{2,80}):\s+")
_QUOTES = "\"'„“»«‘‚"


def shown_headlines(articles: Iterable[Article]) -> dict[str, str]:
    """Return the headline of each article, by its id, that is shorter than its title."""
    found = list(articles)
    usual = _usual_tails(found)
    plain = {one.id: plain_headline(one, usual.get(one.source, frozenset())) for one in found}
    return {one.id: plain[one.id] for one in found if plain[one.id] != one.title}


def with_headline(article: Article, shown: Mapping[str, str]) -> Article:
    """Return an article under the headline that is shown."""
    return replace(article, title=shown[article.id]) if article.id in shown else article


def plain_headline(article: Article, tails: frozenset[str] = frozenset()) -> str:
    """Return the part of a title that is the headline; `tails` end most titles of its outlet."""
    title = article.title
    if not title or len(title) > _LONGEST:
        return title
    before, tail = _tail(title)
    named = tail and (tail in tails or _names_outlet(tail, article))
    if named and len(before.split()) >= _LEAST_LEFT:
        title = before
    return _without_heads(title)


def _tail(title: str) -> tuple[str, str]:
    """Return a title before its last separator, and the few words behind it."""
    last = max(_SEPARATOR.finditer(title), key=lambda match: match.start(), default=None)
    if last is None or len(title[last.end() :].split()) > _MOST_TAIL:
        return title, ""
    return title[: last.start()].rstrip(), title[last.end() :].strip()


def _names_outlet(tail: str, article: Article) -> bool:
    """Return whether a tail holds the name of the outlet or of its site, or is a part of it."""
    letters = _letters(tail)
    names = [_letters(name) for name in (article.source, *host_labels(article.url)[:-1])]
    return any(
        name == letters
        or (min(len(name), len(letters)) >= _TELLING and (name in letters or letters in name))
        for name in names
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _usual_tails(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """Return the tails that most titles of an outlet end with, by its name."""
    titles: dict[str, set[str]] = {}
    for article in articles:
        titles.setdefault(article.source, set()).add(article.title[:_LONGEST])
    found = {}
    for source, own in titles.items():
        tails = Counter(tail for title in own for tail in [_tail(title)[1]] if tail)
        found[source] = frozenset(
            tail for tail, count in tails.items() if count > 2 and count >= _SHARE * len(own)
        )
    return found


def _without_heads(title: str) -> str:
    """Return a title without its marks, as far as a headline is left."""
    while (end := _head(title)) and len(title[end:].split()) >= _LEAST_LEFT:
        title = title[end:]
    return title


def _head(title: str) -> int:
    """Return where the first mark of a title ends; 0 where there is none."""
    if match := _MARKED.match(title) or _FORM.match(title):
        return match.end()
    if _VIEW.match(title):
        return 0
    label = _LABEL.match(title)
    if label and label[1].isupper() and len(label[1].split()) <= _MOST_ROOF:
        return label.end()
    # The first of two roof lines names the subject again; a quotation is none.
    roofs = _ROOF.match(title)
    short = roofs and all(len(part.split()) <= _MOST_ROOF for part in roofs.groups())
    return roofs.start(2) if roofs and short and roofs[2][0] not in _QUOTES else 0


def has_headline(article: Article) -> bool:
    """Return whether an article has a title of its own, and not a sentence from within its text for one."""
    return bool(article.title) and article.text.find(article.title) <= 0


def once(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles of a story; what one outlet gives twice under one headline is one, and has a copy."""
    kept: list[Article] = []
    known: dict[tuple[str, ...], list[int]] = {}
    for article in articles:
        # A headline of three words or more ends as it does under a roof line.
        places = known.setdefault((article.source, *article.title.split()[-2:]), [])
        place = next((n for n in places if _is_again(kept[n], article)), None)
        if place is None:
            places.append(len(kept))
            kept.append(article)
            continue
        first, again = sorted((kept[place], article), key=lambda one: -one.words)
        copy = Copy(again.source, again.url, again.title, again.page)
        kept[place] = replace(first, copies=(*first.copies, copy, *again.copies))
    return tuple(kept)


def _is_again(one: Article, other: Article) -> bool:
    """Return whether two items of an outlet have one headline, one without a text or under a roof line."""
    if one.source != other.source or (one.text.strip() and other.text.strip()):
        return False
    shorter, longer = sorted((one.title, other.title), key=len)
    before = longer.removesuffix(shorter)
    long = len(shorter.split()) >= _LEAST_LEFT
    return long and longer.endswith(shorter) and (not before or before.rstrip().endswith(":"))

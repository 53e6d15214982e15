"""Title, author, date and address of a page and of each article on it.

What the page declares in JSON-LD wins over what can be guessed; `rel=canonical` names the address.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin

from digest.readers.containers import BY, Container, heading_text, looks_dated, sidelined
from digest.readers.dates import moment
from digest.readers.foreign import guarded
from digest.readers.schema_org import (
    Declared,
    canonical_url,
    declared_articles,
    plain_name,
    web_address,
)
from digest.text.whitespace import fold

Tree = Any
_LAST_DATE = "2099-12-31"
"""Fixed, so that a page gives the same date whenever it is read."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_AUTHOR = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:byline|author|author-name|writer)(?:[-_\s]|$)|by(?:\s|$))"
)
_DATED = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:by|date|dat)?line|by|dates?|published|pubdate|posted|timestamp|time|meta)(?:[-_\s]|$)"
)
_ROLE = re.compile(
    r"(?i),\s[^,]{0,40}\b(?:columnist|correspondent|critic|editor|editor-in-chief|producer|reporter|writer)\b.*"
)
_WRITTEN_DATE = re.compile(
    r"(?i)\d{1,2}(?:st|nd|rd|th)?\.?\s(?:of\s)?[^\W\d_]{3,10}\.?,?\s(?:de\s)?(?:19|20)\d\d"
    r"|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    r"|(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d"
)
_NEW_YEAR = re.compile(
    r"(?i)\bjan[a-z]*\.?\s1(?:st)?\b|\b0?1(?:st|\.)?\s(?:de\s)?(?:jan|ene|gen)|\b0?1([-/.])0?1\b"
)
_NAME = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:\s|$)){2,3}")
_NEAR_HEADING = 30
_MAX_LINES = 500
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*\s+(?:\S+\s+)*[^\W\d_a-zß-öø-ÿ]")
_SEPARATOR = re.compile(r"\s*[|·•,]\s*|\s[–—-]\s")
_TITLE_PART = re.compile(r"\s+[|·•»–—-]\s+|\s*::\s*")


def page_metadata(tree: Tree, url: str | None) -> Declared:
    """Return what is known of the page as a whole, for a page of one article."""
    from lxml.etree import LxmlError
    from trafilatura.metadata import Document, extract_metadata

    dates = {"original_date": True, "extensive_search": True, "max_date": _LAST_DATE}
    guessed: Any = guarded(lambda: extract_metadata(tree, url, dates), Document(), LxmlError)
    tab = next((heading_text(e) or None for e in tree.iter("title")), None)
    title = guessed.title or tab
    heading = _heading(tree, tab) or _heading(tree, title)
    said = _main(declared_articles(tree), (heading, title))
    headline = heading or said.headline or title
    site = _site(guessed.sitename or said.site, headline, tab)
    return Declared(
        headline=headline,
        author=_person(said, plain_name(guessed.author), site) or _under_heading(tree),
        published=said.published or _published(tree, _certain(tree, guessed.date)),
        url=canonical_url(tree) or said.url or web_address(guessed.url) or url,
        site=site,
    )


def _site(name: str | None, headline: str | None, tab: str | None) -> str | None:
    """The site's name, but no headline that was taken for one: then what the tab shows after it, if short."""
    if name and headline and _letters(headline) in _letters(name):
        name = None
    if name or not headline or not tab or not _letters(tab).startswith(_letters(headline)):
        return name
    *before, last = _TITLE_PART.split(tab[:500])
    return last if before and 0 < len(last.split()) <= 4 and _letters(last) else None


def _person(said: Declared, guessed: str | None, site: str | None) -> str | None:
    """The declared author, unless that is only the publication while the page names a person."""
    publication = _letters(said.author) in (_letters(said.site), _letters(site))
    return (guessed if publication else said.author) or said.author or guessed


def _under_heading(tree: Tree) -> str | None:
    """The name in what is classed as a byline, shortly below the first heading of the page."""
    heading = next((e for e in tree.iter("h1") if not sidelined(e)), None)
    if heading is None:
        return None
    for element in islice(heading.iterancestors(), 3):
        if element.tag in ("body", "html"):
            break
        below = islice(element.iter("a", "span", "p", "div", "address", "cite"), _NEAR_HEADING)
        names = (_byline_name(e) for e in below if _is_byline(e) and not sidelined(e))
        name = next((name for name in names if name and _FULL_NAME.match(name)), None)
        if name:
            return name
    return None


def _is_byline(element: Tree) -> bool:
    label = element.get("class") or ""
    said = "author" in (
        (element.get("rel") or "").split() or (element.get("itemprop") or "").split()
    )
    return said or (0 < len(label) < 200 and bool(_AUTHOR.search(label)))


def by_headline(tree: Tree) -> dict[str, Declared]:
    """Return the declared articles by the letters of their headlines."""
    return {_letters(article.headline): article for article in declared_articles(tree)}


def described(container: Container, base: str | None, declared: dict[str, Declared]) -> Declared:
    """Return what is known of one article among several."""
    said = declared.get(_letters(container.title), Declared())
    link = guarded(lambda: urljoin(base or "", container.link), None) if container.link else None
    return replace(
        said,
        headline=container.title,
        author=said.author or _author(container.element),
        published=said.published or _date(container.element),
        url=said.url or web_address(link),
    )


def _main(articles: list[Declared], titles: tuple[str | None, ...]) -> Declared:
    """The declared article that the page is about: the only one, or the one that has its title."""
    if len(articles) == 1:
        return articles[0]
    letters = {_letters(title) for title in titles if title}
    return next((a for a in articles if _letters(a.headline) in letters), Declared())


def _heading(tree: Tree, title: str | None) -> str | None:
    """The heading that the title repeats with the name of the site, or of the section, around it."""
    if not title:
        return None
    letters = _letters(title)
    for heading in tree.iter("h1", "h2"):
        text = heading_text(heading)
        if len(text.split()) >= 3 and _letters(text) in letters:
            return text
    for line in islice(
        tree.iter("b", "strong", "font", "big", "span", "p", "div", "td"), _MAX_LINES
    ):
        text = fold(line.text or "")
        if len(text.split()) >= 4 and 2 * len(text) > len(title) and _letters(text) in letters:
            return text
    return None


def _certain(tree: Tree, day: str | None) -> str | None:
    """The day that htmldate found; not the first of a year that it made of a copyright line."""
    if not day or not day.endswith("-01-01"):
        return day
    said = [value for meta in tree.iter("meta", "time", "abbr") for value in meta.values()]
    text = "\n".join([*said, *tree.itertext()])
    return day if _NEW_YEAR.search(text) else None


def _published(tree: Tree, day: str | None) -> datetime | None:
    """The day that htmldate found, with its time where the page declares one for the same day."""
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in ("article:published_time", "datepublished", "og:published_time"):
            exact = moment(meta.get("content") or "")
            if exact and (meta.get("content") or "").startswith(day or ""):
                return exact
    return moment(day) if day else None


def _author(element: Tree) -> str | None:
    """The name in `rel=author`, in the microdata, or in what is classed as a byline: the surest first."""
    named: dict[int, str] = {}
    for child in element.iter("a", "span", "p", "div", "address", "cite", "footer"):
        kind = child.get("class") or ""
        rank = (
            0
            if "author" in (child.get("rel") or "").split()
            else 1
            if "author" in (child.get("itemprop") or "").split()
            else 2
            if len(kind) < 200 and _AUTHOR.search(kind)
            else 3
        )
        if rank < 3 and rank not in named and (name := _byline_name(child)):
            named[rank] = name
    return named[min(named)] if named else _beside_date(element)


def byline_name(line: str) -> str | None:
    """The name in a short line that begins with "By" and has nothing else but a date or a role."""
    if not BY.match(line) or not looks_dated(line):
        return None
    name = plain_name(_ROLE.sub("", _WRITTEN_DATE.split(line, maxsplit=1)[0]).rstrip(" ,;|·•-–—"))
    return name if name and _NAME.fullmatch(name) else None


def _beside_date(element: Tree) -> str | None:
    """The name that shares its line with the date, without saying what it is."""
    for text in _short_lines(element):
        parts = _SEPARATOR.split(_WRITTEN_DATE.sub(" | ", text))
        if len(parts) > 1:
            names = (plain_name(_ROLE.sub("", part)) for part in parts)
            return next((name for name in names if name and _NAME.fullmatch(name)), None)
    return None


def _short_lines(element: Tree) -> Iterator[str]:
    """The first lines that are no more than a date with a few words."""
    for child in islice(
        element.iter("p", "div", "span", "td", "font", "i", "em", "small"), _NEAR_HEADING
    ):
        text = fold("".join(child.itertext())[:300])
        if len(text) < 80 and _WRITTEN_DATE.search(text) and looks_dated(text):
            yield text


def _byline_name(element: Tree) -> str | None:
    """The words of a byline, without its date and what follows."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "time":
            parts += child.itertext()
        parts.append(child.tail or "")
    words = re.split(r"\s[|·•–—-]\s|[,;]\s*(?=\d)", fold("".join(parts)), maxsplit=1)[0]
    words = _WRITTEN_DATE.split(words, maxsplit=1)[0]
    name = plain_name(_ROLE.sub("", words[:200]).rstrip(" ,;|·•-–—"))
    return name if name and len(name.split()) <= 8 and not re.search(r"\d", name) else None


def _date(element: Tree) -> datetime | None:
    """What the element says of its date: in an attribute, else in the words of what is classed as one."""
    said: list[str] = []
    for child in element.iter("time", "meta", "span", "abbr", "p", "div", "a", "td", "font"):
        label = child.get("class") or ""
        value = child.get("datetime") or (
            child.get("content") or child.get("title")
            if (child.get("itemprop") or "") == "datePublished" or "published" in label
            else None
        )
        found = moment(value) if value else None
        if found:
            return found
        if child.tag == "time" or (0 < len(label) < 200 and _DATED.search(label)):
            said.append(fold("".join(child.itertext())[:300]))
    texts = chain((text for text in said if len(text) < 120), _short_lines(element))
    dates = (_written(text) for text in texts)
    return next((date for date in dates if date), None)


def _written(text: str) -> datetime | None:
    """A date as people write it, by htmldate."""
    match = _WRITTEN_DATE.search(text)
    text = match[0] if match else text
    if not re.search(r"\d", text) or len(text) > 60:
        return None
    from htmldate import find_date

    page = f"<html><body><p>{escape(text)}</p></body></html>"
    day = guarded(lambda: find_date(page, original_date=True, max_date=_LAST_DATE), None)
    return moment(day) if day else None


def _letters(text: str | None) -> str:
    return _NOT_LETTERS.sub("", text or "").lower()

"""Title, author, date and address of a page and of each article on it.

What the page declares in JSON-LD wins over what can be guessed; `rel=canonical` names the address.
"""

import re
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

from digest.readers.containers import Container, heading_text
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
_AUTHOR = re.compile(r"(?i)(?:^|[-_\s])(?:byline|author|author-name)(?:[-_\s]|$)")


def page_metadata(tree: Tree, url: str | None) -> Declared:
    """Return what is known of the page as a whole, for a page of one article."""
    from lxml.etree import LxmlError
    from trafilatura.metadata import Document, extract_metadata

    dates = {"original_date": True, "extensive_search": True, "max_date": _LAST_DATE}
    guessed: Any = guarded(lambda: extract_metadata(tree, url, dates), Document(), LxmlError)
    title = guessed.title or next((heading_text(e) or None for e in tree.iter("title")), None)
    heading = _heading(tree, title)
    said = _main(declared_articles(tree), (heading, title))
    return Declared(
        headline=heading or said.headline or title,
        author=_person(said, plain_name(guessed.author), guessed.sitename),
        published=said.published or _published(tree, guessed.date),
        url=canonical_url(tree) or said.url or web_address(guessed.url) or url,
        site=guessed.sitename or said.site,
    )


def _person(said: Declared, guessed: str | None, site: str | None) -> str | None:
    """The declared author, unless that is only the publication while the page names a person."""
    publication = _letters(said.author) in (_letters(said.site), _letters(site))
    return (guessed if publication else said.author) or said.author or guessed


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
    for heading in tree.iter("h1", "h2"):
        text = heading_text(heading)
        if title and len(text.split()) >= 3 and _letters(text) in _letters(title):
            return text
    return None


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
    return named[min(named)] if named else None


def _byline_name(element: Tree) -> str | None:
    """The words of a byline, without its date and what follows."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "time":
            parts += child.itertext()
        parts.append(child.tail or "")
    words = re.split(r"\s[|·•–—-]\s|[,;]\s*(?=\d)", fold("".join(parts)), maxsplit=1)[0]
    name = plain_name(words.rstrip(" ,;|·•-–—"))
    return name if name and len(name.split()) <= 8 and not re.search(r"\d", name) else None


def _date(element: Tree) -> datetime | None:
    for child in element.iter("time", "meta", "span", "abbr"):
        value = child.get("datetime") or (
            child.get("content") or child.get("title")
            if (child.get("itemprop") or "") == "datePublished"
            or "published" in (child.get("class") or "")
            else None
        )
        found = moment(value) if value else None
        if found is None and child.tag == "time":
            found = _written(fold("".join(child.itertext())))
        if found:
            return found
    return None


def _written(text: str) -> datetime | None:
    """A date as people write it, by htmldate."""
    if not text or len(text) > 60:
        return None
    from htmldate import find_date

    page = f"<html><body><p>{escape(text)}</p></body></html>"
    day = guarded(lambda: find_date(page, original_date=True, max_date=_LAST_DATE), None)
    return moment(day) if day else None


def _letters(text: str | None) -> str:
    return _NOT_LETTERS.sub("", text or "").lower()

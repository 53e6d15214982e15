"""A page without a feed -> its items, by CSS selectors that the user names."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from digest.errors import ConfigError, ReadError
from digest.models import RawDocument
from digest.readers.encoding import decode, served_charset
from digest.readers.fields import absolute_url, http_url, parse_date
from digest.readers.html import declared_charset, with_fewer_tags
from digest.text.characters import fold

if TYPE_CHECKING:
    from lxml.cssselect import CSSSelector

_MOST = 1000
"""Items of a page; a selector that finds more finds everything."""
_NAVIGATION = 30
"""A page has as many links besides its news: a selector that fits them all is too wide."""
_LONGEST_TITLE = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """What an item is, and within it what its link, its title and its date are; without one, the first link,
    its words, and the first `<time>`."""

    item: str
    link: str = ""
    title: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What a page says of another one."""

    url: str
    title: str
    published: datetime | None


def check_selectors(selectors: Selectors) -> None:
    """Raise `ConfigError` for a text that is no CSS selector."""
    for text in (selectors.item, selectors.link, selectors.title, selectors.date):
        if text:
            _compiled(text)


def select_items(document: RawDocument, selectors: Selectors) -> list[Item]:
    """Return the items of a page in its order, each address once.

    Raises `ReadError` where the selectors find nothing, or everything.
    """
    source = document.source.location
    tree = _tree(document)
    elements = _compiled(selectors.item)(tree)
    if not elements:
        raise ReadError(source, f"select {selectors.item!r} finds nothing; look at the page again")
    base = document.url or source
    items: dict[str, Item] = {}
    for element in elements[: _MOST + 1]:
        item = _item(element, selectors, base)
        if item is not None:
            items.setdefault(item.url, item)
    if not items:
        found = f"select {selectors.item!r} finds {len(elements)} elements, none with a link"
        raise ReadError(source, f"{found}; name another item or link")
    if _is_everything(tree, elements, items):
        raise ReadError(source, f"select {selectors.item!r} finds everything; name a narrower one")
    return list(items.values())


def _is_everything(tree: Any, elements: list[Any], items: dict[str, Item]) -> bool:
    links = {link.get("href") for link in tree.iter("a") if link.get("href")}
    whole = any(element.tag in ("html", "body") for element in elements)
    return whole or len(elements) > _MOST or len(items) >= len(links) > _NAVIGATION


def _tree(document: RawDocument) -> Any:
    from lxml import etree, html

    source = document.source.location
    charset = served_charset(document.media_type) or declared_charset(document.content)
    text = decode(document.content, charset, source=source)
    try:
        return html.document_fromstring(with_fewer_tags(text))
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(source, "no page; select needs HTML") from error


def _item(element: Any, selectors: Selectors, base: str) -> Item | None:
    link = _first(element, selectors.link or "a[href]")
    url = http_url(absolute_url(link.get("href", ""), base) or "") if link is not None else None
    if url is None:
        return None
    title = _first(element, selectors.title) if selectors.title else link
    date = _first(element, selectors.date or "time")
    return Item(
        url.partition("#")[0],
        fold(_text(title))[:_LONGEST_TITLE],
        parse_date(date.get("datetime") or fold(_text(date))[:100]) if date is not None else None,
    )


def _first(element: Any, selector: str) -> Any:
    """Return the first element that fits within another one, or that itself."""
    found = _compiled(selector)(element)
    return found[0] if found else None


def _text(element: Any) -> str:
    return "" if element is None else str(element.text_content())


@cache
def _compiled(selector: str) -> "CSSSelector":
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, ValueError) as error:
        raise ConfigError(f"{selector!r} is no CSS selector: {error}") from error

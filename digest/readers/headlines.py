"""Headlines that a page makes of bold or large type instead of `<h2>`, as newsletters and old pages do."""

import re
from itertools import islice

from digest.readers.containers import HEADINGS, Tree, has_lead, heading_text, headings, sidelined
from digest.readers.schema_org import declares_one_article
from digest.text.whitespace import fold

_LIKELY = "//p | //div | //td | //th | //center | //summary | //*[@role='heading']"
_PARTS = frozenset(
    ("p", "div", "td", "th", "tr", "table", "ul", "ol", "li", "center", "blockquote")
)
_STYLE = re.compile(r"(?i)font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:2\d|[3-9]\d)px")
_LARGE = frozenset(("4", "5", "6", "7", "+1", "+2", "+3"))
_MOST_PARTS = 12
_LONGEST = 200
_FEWEST_WORDS, _MOST_WORDS = 4, 25
_FEWEST = 2
_MOST_TOPS = 1_000


def mark_headlines(tree: Tree) -> None:
    """Make `<h2>` of them, on a page that has no headings but several such lines, the first above all text.

    So sections in bold type under one article's lead are left as they are.
    """
    _demote(tree)
    if next(headings(tree, *HEADINGS), None) is not None or declares_one_article(tree):
        return
    found: list[Tree] = []
    for element in tree.xpath(_LIKELY):
        inside = bool(found) and found[-1] in element.iterancestors()
        if not inside and _is_headline(element) and not sidelined(element):
            found.append(element)
    if len(found) < _FEWEST or has_lead(tree, found[0]) or _is_page_title(tree, found[0]):
        return
    for element in found:
        _promote(element)


def _demote(tree: Tree) -> None:
    """Make `<h1>` of a section within another a heading of its depth, as HTML once had it."""
    tops = list(islice(headings(tree, "h1"), _MOST_TOPS))
    depths = [sum(1 for _ in top.iterancestors("section")) for top in tops]
    for top, depth in zip(tops, depths, strict=True):
        if depth > depths[0]:
            top.tag = f"h{min(6, 1 + depth - depths[0])}"


def _is_headline(element: Tree) -> bool:
    parts = list(islice(element.iter(), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS or any(part.tag in _PARTS for part in parts[1:]):
        return False
    text = heading_text(element)
    if len(text) > _LONGEST or not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
        return False
    return not text.endswith((".", ":", ",", ";", "?")) and _stands_out(element)


def _stands_out(element: Tree) -> bool:
    """Whether all the text in an element is bold or large, or said to be a heading."""
    if _is_strong(element):
        return True
    texts = [element.text, *(child.tail for child in element)]
    if any(text and not text.isspace() for text in texts):
        return False
    children = [child for child in element if heading_text(child)]
    return bool(children) and all(_stands_out(child) for child in children)


def _is_strong(element: Tree) -> bool:
    if element.tag in ("b", "strong", "summary") or element.get("role") == "heading":
        return True
    large = element.tag == "font" and (element.get("size") or "") in _LARGE
    return large or bool(_STYLE.search((element.get("style") or "")[:_LONGEST]))


def _is_page_title(tree: Tree, element: Tree) -> bool:
    """Whether the line is the title of the page: then the others are its sections."""
    title = next((fold(found.text or "") for found in tree.iter("title")), "")
    return bool(title) and heading_text(element).lower() in title.lower()


def _promote(element: Tree) -> None:
    from lxml.html import Element

    if element.tag not in ("td", "th"):
        element.tag = "h2"
        return
    heading = Element("h2")
    heading.text, element.text = element.text, None
    for child in list(element):
        heading.append(child)
    element.append(heading)

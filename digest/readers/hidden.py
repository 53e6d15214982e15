"""What a page hides, or calls furniture: taken out of its tree before its article is sought."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from digest.readers.fields import Tree
from digest.readers.markup import HIDDEN, UNREAD, UNSHOWN
from digest.text.characters import fold

_HIDDEN_SHARE = 0.4  # of what is shown: more is hidden only until a script shows it
_MOST_HIDDEN = 2_000  # hidden elements are measured
_MOST_STYLES = 20  # style sheets of a page are read,
_LONGEST_STYLE = 200_000  # and so many characters of each
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_UNSHOWN = re.compile(rf"(?i){UNSHOWN}")
_SHOWN = re.compile(r"(?i)display\s*:\s*(?!none)[a-z]|visibility\s*:\s*(?!hidden)[a-z]")
_LABEL = re.compile(r"[.#][\w-]{1,80}")
_FURNITURE = re.compile(
    r"(?i)[.#](?:(?:social-?|page-?|site-?)?(?:share|feedback)|(?:post-?)?signature|sig|toc|table-of-contents"
    r"|sign-?up(?:-?(?:box|form|widget))?|(?:subscribe|newsletter)-?(?:sign-?up|box|form|widget)"
    r"|infobox\S{0,20}|navbox|site-?sub|mw-editsection|reflist|references)"
)
"""Labels of what stands beside a text on forums, wikis and the pages of offices."""
_MOST_FURNITURE = 600  # characters
_LONGEST = 2_000  # characters of attributes are searched
_SILENT = frozenset(("script", "style", "template"))


def drop_hidden(tree: Tree) -> None:
    """Take out what a page does not show, unless that is most of it: then a script would show it."""
    unshown = _unshown_labels(tree)
    found = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("html", "body", "head")
        and (element.tag in UNREAD or _is_hidden(element) or _is_labelled(element, unshown))
    ]
    size = sum(len(fold("".join(element.itertext()))) for element in found[:_MOST_HIDDEN])
    if not found or size > _HIDDEN_SHARE * shown_letters(tree):
        return
    for element in found:
        if element.getparent() is not None and element.tag != "noscript":
            element.drop_tree()


def _unshown_labels(tree: Tree) -> frozenset[str]:
    """The classes and ids, as `.x` and `#x`, that a page's own style hides, and shows on no screen."""
    styles = (style.text or "" for style in islice(tree.iter("style"), _MOST_STYLES))
    rules = [rule for style in styles for rule in _rules(style[:_LONGEST_STYLE])]
    unshown = {
        label
        for selectors, declarations, always in rules
        if always and _UNSHOWN.search(declarations)
        for label in map(str.strip, selectors.split(","))
        if _LABEL.fullmatch(label)
    }
    if unshown:
        shown = (selectors for selectors, said, _ in rules if _SHOWN.search(said))
        unshown.difference_update(*map(_LABEL.findall, shown))
    return frozenset(unshown)


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """The selectors and the declarations of each rule, and whether it holds on every screen."""
    depth = 0
    for piece in _CSS_COMMENT.sub(" ", css).split("}"):
        head, opened, declarations = piece.rpartition("{")
        if opened:
            _, nested, selectors = head.rpartition("{")
            yield selectors, declarations, not (depth or nested)
        depth = max(0, depth + piece.count("{") - 1)


def _is_labelled(element: Tree, labels: frozenset[str]) -> bool:
    """Return whether a label hides it, or says that it is furniture of a few words."""
    said, own_id = element.get("class"), element.get("id")
    if not (said or own_id):
        return False
    own = [f".{name}" for name in (said or "")[:_LONGEST].split()]
    own += [f"#{own_id}"] if own_id else []
    if not labels.isdisjoint(own):
        return True
    return (
        any(map(_is_furniture, own)) and len(fold("".join(element.itertext()))) <= _MOST_FURNITURE
    )


@lru_cache(maxsize=4096)
def _is_furniture(label: str) -> bool:
    return _FURNITURE.fullmatch(label) is not None


def _is_hidden(element: Tree) -> bool:
    said = element.get("style"), element.get("class"), element.get("hidden")
    if said == (None, None, None):
        return False
    style, label, hidden = said
    attributes = f"{style or ''}; class='{label or ''}'{' hidden' * (hidden is not None)}"
    return HIDDEN.search(attributes[:_LONGEST]) is not None


def shown_letters(tree: Tree) -> int:
    """Return how many characters of text a tree holds, white space folded, scripts and their like aside."""
    count = 0
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _SILENT and element.text:
            count += len(fold(element.text))
        if element.tail:
            count += len(fold(element.tail))
    return count

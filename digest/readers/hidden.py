"""What a page hides, or calls furniture: taken out of its tree before its article is sought."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from digest.readers.cards import running_words
from digest.readers.fields import Tree
from digest.readers.markup import COMMENTS, HIDDEN, UNREAD, UNSHOWN
from digest.text.characters import fold

_LEAST_SHOWN = 0.3
"""Of the running text is shown; with less, a script shows the rest. Of 153 pages none has .1 to .35."""
_HOLDERS = frozenset(("aside", "div", "dl", "footer", "form", "ol", "section", "table", "ul"))
"""Elements that hold collections; a `comment` within a line is one of a program."""
_OWN_WORDS = 50  # beside comments or pictures are a text
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
_GALLERY = re.compile(
    r"(?i)(?:^|[-_\s])(?:(?:photo-?|image-?|picture-?)?galler(?:y|ies)|slide-?shows?|carousel|lightbox)(?=\s|$)"
)
_MOST_FURNITURE = 600  # characters
_LONGEST = 2_000  # characters of attributes are searched
_SILENT = frozenset(("script", "style", "template"))


def drop_hidden(tree: Tree) -> None:
    """Take out what a page does not show, unless that is most of it: then a script would show it.

    What readers wrote and what lies in a gallery goes too, where there is a text beside it.
    """
    unshown = _unshown_labels(tree)
    inside = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str) and element.tag not in ("html", "body", "head")
    ]
    found = [e for e in inside if e.tag in UNREAD or _is_hidden(e) or _is_labelled(e, unshown)]
    if found and _shown_words(tree, found) >= _LEAST_SHOWN * _shown_words(tree):
        _drop(found)
    beside = [e for e in inside if _is_collection(e)]
    if beside and _shown_words(tree, beside) >= _OWN_WORDS:
        _drop(beside)


def _shown_words(tree: Tree, hidden: Sequence[Tree] = ()) -> int:
    return running_words(tree, frozenset(hidden), everywhere=False)


def _drop(elements: Iterable[Tree]) -> None:
    for element in elements:
        if element.getparent() is not None and element.tag != "noscript":
            element.drop_tree()


def _is_collection(element: Tree) -> bool:
    """Return whether an element says that it holds comments or pictures, and no article with its heading."""
    said = element.get("class"), element.get("id")
    if said == (None, None) or element.tag not in _HOLDERS:
        return False
    label = " ".join(filter(None, said))[:_LONGEST]
    is_one = COMMENTS.search(label) or _GALLERY.search(label)
    return is_one is not None and next(element.iter("h1"), None) is None


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

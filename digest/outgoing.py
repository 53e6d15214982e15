"""Clean text of others on its way out, so that it cannot act on a terminal, a page or a mail.

    a terminal, a log   `clean`, in `cli.terminal`, which alone writes there
    HTML                `clean`, and Jinja's escaping
    Markdown            `clean`, and `renderers.formats.escape_markdown`
    a header of a mail  `delivery.options.neutral`

Characters are removed or replaced, never added; what is left reads as the source has it. Offsets must
be resolved before this, since removal shifts them.
"""

import re

_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17)
)
_REMOVED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    + _NONCHARACTERS
    + "]"
)
"""Controls, zero-width spaces, bidi embeddings, overrides and isolates, tags, noncharacters. The joiners
U+200C and U+200D stay: Persian and emoji are written with them."""
_BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_MARKS = re.compile(f"([{_MARK}]{{4}})[{_MARK}]+")
"""More than four marks on a letter is no language, and paints over the lines around it."""


def clean(text: str) -> str:
    """Return `text` without characters that could act on the output around them; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text
    text = _BREAK.sub("\n", _SURROGATE.sub("\ufffd", text))
    return _MARKS.sub(r"\1", _REMOVED.sub("", text))


def line(text: str) -> str:
    """Return `text` cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


def as_html(text: str) -> str:
    """Return `text` cleaned, as HTML shows it, in an element or in an attribute."""
    import html

    return html.escape(clean(text))


def escaped(text: str) -> str:
    """Return JSON with escapes for the characters that `clean` removes: the value is the same."""
    return _REMOVED.sub(lambda found: _units(found[0]), text)


def _units(character: str) -> str:
    pair = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pair[at : at + 4]}" for at in range(0, len(pair), 4))

"""The plain text of a letter: what its sender wrote, told from quotations, headers, signature and armour."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from digest.models import Block
from digest.readers.paragraphs import paragraphs

_QUOTE = re.compile(r"\A(?:> ?)++")
_SIGNATURE_LINES = 20  # from the end a signature begins, at the most
_FORWARDED = re.compile(
    r"(?i)[-_=*\s]{0,40}(?:begin )?(?:forwarded|original|weitergeleitete) (?:message|nachricht)\b.{0,40}"
)
_HEADER_LINE = re.compile(r"\s*\*?(From|Sent|Date|To|Cc|Subject|Reply-To):\*?\s*(.{0,500})")
_FEWEST_HEADERS = 3  # in a row are those of a forwarded mail
_LIST_FOOT = re.compile(r"_{20,}\s*")
_NEXT_PART = re.compile(r"-{8,} next part -{8,}\s*")
_FOOT_LINES = 6  # below a rule name the list
_ATTRIBUTION = re.compile(
    r"(?i)\b(?:wrote|writes|said|schrieb\w*|écrit|escribió|escreveu|scritto|schreef|skrev|kirjoitti|napisała?|napsal|írta)\b.{0,80}$"
)
"""What stands above a quotation and says whose it is."""
_PGP_HEAD = re.compile(
    r"(?m)^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][\w-]{1,30}:.{0,200}\n){0,9}"
)
_PGP_BLOCK = re.compile(
    r"(?m)^-----BEGIN PGP (?!SIGNED)[A-Z ]{3,30}-----\n(?:[^-].*\n|\n)*(?:-----END.*)?"
)
_PGP_DASH = re.compile(r"(?m)^- -")


def letter_blocks(text: str) -> list[Block]:
    """Return the blocks of a letter: what a reply quotes as `blockquote`, the signature as `footer`.

    A letter that is nearly all quotation is a forwarded one; its text counts as its own.
    """
    lines = text.split("\n")
    end = min(_signature(lines), _list_foot(lines))
    quoted = _quoted(lines[:end])
    marked = sum(line.startswith(">") for line in lines[:end])
    reply = 3 * marked <= 2 * sum(bool(line.strip()) for line in lines[:end])
    found: list[Block] = []
    for is_quoted, run in groupby(range(end), key=quoted.__getitem__):
        indices = list(run)
        part = [_QUOTE.sub("", lines[i], count=1) if is_quoted else lines[i] for i in indices]
        tag = "blockquote" if is_quoted and reply else ""
        found += [
            replace(block, tag=tag, line=block.line + indices[0])
            for block in paragraphs(_without_headers(part))
        ]
    return found + [replace(block, tag="footer") for block in paragraphs(lines, end + 1)]


def _quoted(lines: list[str]) -> list[bool]:
    """Which lines a letter quotes: those marked, what wrapping tore off one, and the line that says whose."""
    marked = [line.startswith(">") for line in lines]
    found = list(marked)
    for index, line in enumerate(lines):
        if marked[index] or not line.strip():
            continue
        above = index > 0 and marked[index - 1]
        found[index] = above and index + 1 < len(lines) and marked[index + 1]
        if line.rstrip().endswith(":") and _ATTRIBUTION.search(line[-200:]):
            below = next((i for i in range(index + 1, min(index + 3, len(lines))) if marked[i]), 0)
            first = index - (index > 0 and bool(lines[index - 1].strip()) and not marked[index - 1])
            found[first : index + 1] = [bool(below) or found[index]] * (index + 1 - first)
    return found


def without_quote_marks(text: str) -> str:
    """Return a letter without the marks of its quotations."""
    return "\n".join(_QUOTE.sub("", line, count=1) for line in text.split("\n"))


def _signature(lines: list[str]) -> int:
    """Where the signature begins: at the last `-- ` (RFC 3676, section 4.3), if little follows."""
    last = range(len(lines) - 1, max(len(lines) - _SIGNATURE_LINES, -1), -1)
    return next((index for index in last if lines[index].rstrip() == "--"), len(lines))


def _list_foot(lines: list[str]) -> int:
    """Where the foot begins that a list's software adds, or its note of a part that it took out."""
    for index, line in enumerate(lines):
        if _NEXT_PART.fullmatch(line):
            return index
        if line[:1] == "_" and _LIST_FOOT.fullmatch(line):
            below = " ".join(lines[index + 1 : index + _FOOT_LINES]).lower()
            if "mailing list" in below or "listinfo" in below:
                return index
    return len(lines)


def _without_headers(lines: list[str]) -> list[str]:
    """As many lines, but of a forwarded message's headers only the subject, as a paragraph of its own."""
    found = ["" if _FORWARDED.fullmatch(line[:200]) else line for line in lines]
    for start, stop, subject in _header_runs(found):
        found[start:stop] = ["", subject, *[""] * (stop - start - 2)]
    return found


def _header_runs(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    start, fields = 0, dict[str, str]()
    for index, line in enumerate([*lines, ""]):
        if match := _HEADER_LINE.fullmatch(line):
            start = start if fields else index
            fields[match[1].lower()] = match[2]
        else:
            if len(fields) >= _FEWEST_HEADERS and "from" in fields:
                yield start, index, fields.get("subject", "")
            fields = {}


def without_armour(text: str) -> str:
    """Return a letter without what PGP (RFC 4880, section 7) sets around it."""
    if "-----BEGIN PGP " not in text:
        return text
    bare = _PGP_BLOCK.sub("", _PGP_HEAD.sub("", text))
    return _PGP_DASH.sub("-", bare) if bare != text else text

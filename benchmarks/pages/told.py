"""What of a document is neither told nor listed as left out: lost in silence.

A word counts as accounted for where it stands in a run of four that an article or an omission has too; a
shorter line where one of them holds all of it. Fewer than three words in a row between others are labels. Of
the alternatives of a mail the one that is read counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_bytes, policy
from itertools import islice
from mimetypes import guess_type

from digest.errors import ReadError
from digest.media import format_name
from digest.models import RawDocument, Source
from digest.readers import markdown, markup, read_pages, unpack, visible_text
from digest.readers.encoding import decoded
from digest.readers.html import shown_blocks
from digest.readers.paragraphs import paragraphs
from digest.splitting import PageSplitter
from digest.text.words import lowered

RUN, FEWEST = 4, 3
_TAIL = 41  # characters of an omission that was cut short know its line again
_WORD = re.compile(r"[^\W_]+")
_COUNT = re.compile(r"\W*\d{1,3}[.)]\s")  # of an entry, which its title does without
_HTML = ("html", "post")
Words = tuple[str, ...]


def document(name: str, content: bytes) -> RawDocument:
    """Return a document of this content, of the type that its name tells."""
    kind = guess_type(name)[0] or ("text/markdown" if name.endswith(".md") else "")
    return RawDocument(source=Source(name, name), content=content, media_type=kind)


def untold(whole: RawDocument) -> tuple[int, list[str]]:
    """Return how many words a document shows, and the stretches of them that are neither told nor left out."""
    count, lost = 0, list[str]()
    for part in unpack(whole):
        found = [(list(_lost(lines, [*_accounted(part, lines)])), lines) for lines in _views(part)]
        stretches, lines = min(found, key=lambda pair: len(pair[0]))
        lost += stretches
        count += sum(len(_words(line)) for line in lines)
    return count, lost


def _views(part: RawDocument) -> list[list[str]]:
    """The lines that a document shows; several times where it is a mail with alternatives."""
    try:
        name = format_name(part)
        if name in _HTML:
            return [[block.text for block in shown_blocks(part)]]
        if name == "markdown":
            text = decoded(part)
            return [[block.text for block in markdown.blocks(text, markdown.front_matter(text)[1])]]
        texts = [visible_text(part)]
        if name == "mail":
            texts = _alternatives(part.content) or texts
        return [[block.text for block in paragraphs(text.split("\n"))] for text in texts]
    except ReadError:
        return [[]]


def _alternatives(content: bytes) -> list[str]:
    """The text of a mail, and that of its HTML, where it has both."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in message_from_bytes(content, policy=policy.default).walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            found[part.get_content_subtype()].append(part.get_content())
    blocks = [block.text for text in found.get("html", ()) for block in markup.blocks(text)]
    return ["\n".join(found["plain"]), "\n".join(blocks)] if len(found) > 1 else []


def _accounted(part: RawDocument, lines: Iterable[str]) -> Iterator[str]:
    """The texts of all articles and omissions; one that was cut short stands for the line that it begins."""
    try:
        pages = read_pages(part)
    except ReadError:
        yield from lines  # the reason is said of the document as a whole
        return
    for page in pages:
        split = PageSplitter()(page)
        for article in split.articles:
            said = (article.title, article.author, article.url, page.title, page.site, article.text)
            yield from filter(None, said)
        for omission in split.omissions:
            yield omission.what
            if omission.what.endswith("…"):
                yield from (line for line in lines if omission.what[-_TAIL:-1] in line)


def _lost(lines: list[str], accounted: list[str]) -> Iterator[str]:
    known = {run for text in accounted for run in _runs(_words(text))}
    joined = "\n".join(f" {' '.join(_words(text))} " for text in accounted)
    for line in lines:
        words, bare = _words(line), _words(_COUNT.sub("", line))
        if words and not any(f" {' '.join(said)} " in joined for said in (words, bare)):
            yield from _gaps(words, known)


def _gaps(words: Words, known: set[Words]) -> Iterator[str]:
    covered = [False] * len(words)
    for index, run in enumerate(_runs(words)):
        if run in known:
            covered[index : index + RUN] = [True] * RUN
    start, few = 0, FEWEST if any(covered) else 1
    for index, is_covered in enumerate([*covered, True]):
        if is_covered:
            if index - start >= few:
                yield " ".join(words[start:index])
            start = index + 1


def _words(text: str) -> Words:
    return tuple(_WORD.findall(lowered(text)))


def _runs(words: Words) -> Iterator[Words]:
    return zip(*(islice(words, start, None) for start in range(RUN)), strict=False)


def report(corpora: Mapping[str, Iterable[RawDocument]]) -> None:
    """Print of each corpus how many words it shows, and the share of them that is lost in silence."""
    print(f"{'told or left out':22s} {'words':>9s} {'lost':>7s}")
    for name, documents in corpora.items():
        shown = lost = 0
        for one in documents:
            count, stretches = untold(one)
            shown += count
            lost += sum(len(_words(stretch)) for stretch in stretches)
        print(f"  {name:20s} {shown:9d} {lost / max(1, shown):7.2%}")

"""Markdown (CommonMark with tables), with YAML or TOML front matter."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import Any

from digest.models import Block, Page, RawDocument
from digest.readers import markup, outline
from digest.readers.encoding import decoded
from digest.readers.fields import http_url, parse_date
from digest.readers.paragraphs import paragraphs
from digest.text.characters import fold

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w-]{0,60})\s{0,9}:\s{1,9}(\S.{0,2000})")
_QUOTED = re.compile(r"(\"|')(.*)\1")
_NOTHING = ("", "~", "null")
_TAGS = {
    "paragraph": "p",
    "list_item": "li",
    "blockquote": "blockquote",
    "td": "td",
    "th": "th",
}
_LINKED = frozenset(("li", "p", "h1", "h2", "h3", "h4", "h5", "h6"))
_LINE = re.compile(r"(?:>\s?|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)++")
_MARKS = re.compile(r"[\[*_`<|!]|^[ \t>]*(?:[-+#]|\d+[.)])", re.MULTILINE)
_DEEP = re.compile(r"^(?:[ \t]{60}|(?:> ?){30})", re.MULTILINE)
_ORIGIN = re.compile(
    r"(?im)^[ \t>*_]{0,10}(?:"
    r"\[(?:(?:open|read|see|view|visit|go to)[ \t](?:the[ \t])?)?original"
    r"(?:[ \t](?:article|link|page|post|source|story))?[ \t]?[↗→]?\]\(<?(https?://[^\s()<>]{1,2000})>?\)"
    r"|[*_]{0,3}(?:(?:original[ \t])?(?:link|source|url)|original(?:ly published at)?|permalink"
    r"|(?:archived|clipped|saved) from)[*_]{0,3}:[*_]{0,3}[ \t]{0,4}"
    r"(?:\[[^\]\n]{0,300}\]\()?<?(https?://[^\s()<>*]{1,2000})>?\)?"
    r")[ \t*_]{0,10}$"
)
"""A line that is nothing but the link of the page that was saved."""
_HEAD = 20_000  # characters may name the original
_LARGEST = 500_000  # characters; the parser takes seconds for more
_MOST_MARKS = 10_000  # marks; the parser takes square time for some
_MOST_NESTING = 100  # levels, of which the parser drops what is deeper


def read(document: RawDocument, /) -> list[Page]:
    """Return one page with the blocks of the text, without its markup; raises `ReadError`."""
    text = decoded(document)
    fields, start = front_matter(text)
    page = Page(
        source=document.source,
        blocks=tuple(blocks(text, start)),
        title=fields.get("title"),
        url=fields.get("url")
        or fields.get("canonical_url")
        or document.url
        or _link_of_origin(text[start : start + _HEAD]),
        author=fields.get("author") or fields.get("authors"),
        published=parse_date(fields.get("date") or fields.get("published") or ""),
        language=fields.get("lang") or fields.get("language"),
        site=fields.get("site") or fields.get("source"),
    )
    return outline.pages_by_title(page) or [page]


def visible_text(document: RawDocument) -> str:
    """Return the text without its markup, and then as it is written."""
    text = decoded(document)
    return "\n".join([*(block.text for block in blocks(text)), text])


def _link_of_origin(text: str) -> str | None:
    """The address in the only line that says that it leads to the original; several are of several articles."""
    found = {match[1] or match[2] for match in islice(_ORIGIN.finditer(text), 2)}
    return http_url(found.pop()) if len(found) == 1 else None


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the simple fields of the front matter, and where the text begins."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, 0
    fields = _toml(match[2]) if match[1] == "+++" else _yaml(match[2])
    return (fields, match.end()) if fields else ({}, 0)


def blocks(text: str, start: int = 0) -> Iterator[Block]:
    """Yield the blocks of the Markdown in `text` from `start` on.

    A text that would keep the parser busy, or is nested so deep that it would drop some, is read by its lines.
    """
    if len(text) > _LARGEST or len(_MARKS.findall(text)) > _MOST_MARKS or _DEEP.search(text):
        yield from _lines(text, start)
        return
    from markdown_it import MarkdownIt

    first_line = text.count("\n", 0, start)
    walk = _Walk()
    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable("table")
    for token in parser.parse(text[start:]):
        line = first_line + token.map[0] + 1 if token.map else 0
        yield from walk(token, line)


def _lines(text: str, start: int) -> Iterator[Block]:
    for block in paragraphs(text.split("\n"), text.count("\n", 0, start)):
        match = _LINE.match(block.text)
        words = fold(block.text[match.end() :]) if match else block.text
        if words:
            tag = (
                "h2"
                if match and "#" in match[0]
                else "li"
                if match and match[0].strip() != ">"
                else "p"
            )
            yield Block(text=words, tag=tag if match else "p", line=block.line)


@dataclass(slots=True)
class _Walk:
    tags: list[str] = field(default_factory=list)
    line: int = 0

    def __call__(self, token: Any, line: int) -> Iterator[Block]:
        self.line = line or self.line
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting:
            tag = token.tag if name == "heading" else _TAGS.get(name, "")
            if tag and token.nesting > 0:
                self.tags.append(tag)
            elif tag:
                self.tags.pop()
        elif token.type == "inline":
            children = token.children or []
            for block in self._block(_inline(children), self._tag(token)):
                yield block if self.tags.count("li") > 1 else _opened(children, block)
        elif token.type in ("fence", "code_block"):
            yield from self._block(token.content, "pre")
        elif token.type == "html_block":
            for block in markup.blocks(token.content):
                yield replace(block, line=self.line + block.line - 1)
        elif token.type == "hr":
            yield Block(text="", tag="hr", line=self.line)

    def _block(self, text: str, tag: str) -> Iterator[Block]:
        if folded := fold(text):
            yield Block(text=folded, tag=tag, line=self.line)

    def _tag(self, token: Any) -> str:
        shown = [
            child
            for child in token.children or []
            if child.content.strip() or child.type == "image"
        ]
        if shown and all(child.type == "image" for child in shown):
            return "img"
        tags = [tag for tag in self.tags if tag != "p"] or self.tags
        return tags[-1] if tags else "p"


def _opened(children: list[Any], block: Block) -> Block:
    """A block with the link or the bold words with which it begins."""
    shown = [one for one in children if one.type != "image" and (one.content or one.nesting)]
    kinds = [one.type for one in shown[:2]]
    if "link_open" in kinds and block.tag in _LINKED:
        start = kinds.index("link_open")
        linked = fold(_inline(_within(shown[start + 1 :], "link_close")))
        if linked and block.text.startswith(linked):
            link = str(shown[start].attrGet("href") or "")
            return replace(block, link=link, linked=linked)
    if kinds[:1] == ["strong_open"]:
        bold = fold(_inline(_within(shown[1:], "strong_close")))
        if block.tag == "p" and bold == block.text:
            return replace(block, tag="strong")
        if block.tag == "li" and bold != block.text and block.text.startswith(bold):
            return replace(block, lead=bold)
    return block


def _within(children: list[Any], end: str) -> list[Any]:
    """What stands before the end of an element."""
    return list(takewhile(lambda child: child.type != end, children))


def _inline(children: list[Any]) -> str:
    parts = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type != "html_inline" and child.type != "image":
            parts.append(child.content)
    return "".join(parts)


def _yaml(text: str) -> dict[str, str]:
    """The fields of a YAML front matter; what is no YAML (`title: One: two`) is read line by line.

    The loader makes strings, lists and dicts of it, and nothing else.
    """
    import yaml

    try:
        values = yaml.load(text, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        values = {m[1]: _unquoted(m[2]) for m in map(_FIELD.fullmatch, text.split("\n")) if m}
    return _plain_fields(values)


def _unquoted(value: str) -> str:
    match = _QUOTED.fullmatch(value)
    return match[2] if match else value


def _toml(text: str) -> dict[str, str]:
    try:
        return _plain_fields(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _plain_fields(values: object) -> dict[str, str]:
    """The fields that have words: names as `{name: A. Name}` or alone, lists joined."""
    found: dict[str, str] = {}
    for key, value in values.items() if isinstance(values, dict) else ():
        parts = value if isinstance(value, list) else [value]
        named = (part.get("name") if isinstance(part, dict) else part for part in parts)
        text = fold(", ".join(str(part) for part in named if part and not isinstance(part, list)))
        if text not in _NOTHING:
            found[str(key).lower()] = text
    return found

"""An issue as a list: the short one that an editor changes, the issue that follows, and the table of its order.

    lead 1 Dam at Colne breaks, eleven missing
    heading The dam at Colne
    + 3
    brief 2 Library to open on Sundays

A line is a piece: how much room it has, its number, its headline. The order of the lines is that of the
issue; lines that begin with "heading" or "+" belong to the piece above them.

Nothing is invented: pieces move, sentences of their articles are added word for word, and what is dropped is
named among what was left out. The one text that no source has is a heading of the editor's own, which the
section says.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from digest.editing.importance import Ranked, outlet_count
from digest.editing.layout import Tell, statistics_of
from digest.errors import ConfigError
from digest.models import Article, Brief, Digest, Omission, Section, Sentence, Story, Tier, Topic
from digest.outgoing import line
from digest.text.sentences import sentence_spans

Verb = Literal["lead", "story", "compact", "brief", "list", "drop"]
VERBS: tuple[str, ...] = get_args(Verb)
_LISTED_SENTENCES = 40
"""The sentences of a piece that are written below it; any can be added by its number."""
_LONGEST_HEADING = 300
_OPENING = 80
"""The characters of a text that stand for a headline where there is none."""
_LINE = re.compile(r"(\S+)\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"([0-9]{1,7})(?:\s+(.*))?", re.DOTALL)
_HELP = """\
#
# A line is a piece of the issue. Order the lines to order the issue; the word says how much room it has:
#   lead, story, compact   a section: in full, in a sentence or two, its outlets alone
#   brief, list            a line in brief, or only listed under "Also read"
#   drop                   left out, and named among what was; so is a piece whose line is deleted
# Below a piece:
#   heading TEXT           gives it another heading
#   + N                    adds sentence N of its articles{hint}
# The numbers name the pieces and stay as they are. Without a change, or emptied, nothing happens.
"""
_DIGITS = 6
_ORDER = {"brief": 1, "listed": 2}
_OMITTED = 160
"""The characters of a text by which an article without a title is named."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an issue as it is: a section, or a single piece."""

    what: Section | Brief
    verb: Verb

    @property
    def articles(self) -> tuple[Article, ...]:
        """Its articles, the most central first."""
        return (self.what.article,) if isinstance(self.what, Brief) else self.what.topic.articles

    @property
    def heading(self) -> str:
        """What it is headed by, on one line."""
        own = "" if isinstance(self.what, Brief) else self.what.heading
        titles = (line(text) for text in (own, *(a.title for a in self.articles)))
        opening = (line(article.text[:_OPENING]) for article in self.articles)
        return next(filter(None, (*titles, *opening)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a list says of a piece."""

    number: int
    """The place that the piece had, from 1."""
    verb: Verb
    heading: str = ""
    """Its new heading; empty where it keeps its own."""
    added: tuple[int, ...] = ()
    """The numbers of the sentences to add, from 1."""


def pieces_of(digest: Digest) -> list[Piece]:
    """Return the pieces of an issue in the order in which it shows them."""
    sections = digest.sections
    return [
        *(Piece(one, cast("Verb", one.tier)) for one in sections if one.tier not in _OF_A_LINE),
        *(Piece(one, "brief") for one in sections if one.tier == "brief"),
        *(Piece(one, "brief") for one in digest.in_brief),
        *(Piece(one, "list") for one in sections if one.tier == "listed"),
        *(Piece(one, "list") for one in digest.also_read),
    ]


_OF_A_LINE = ("brief", "listed")


def lines_of(digest: Digest) -> list[Line]:
    """Return the list that changes nothing."""
    return [Line(number=n, verb=one.verb) for n, one in enumerate(pieces_of(digest), 1)]


def sentences_of(articles: Sequence[Article]) -> list[Sentence]:
    """Return every sentence of the articles, which a list names by its place, from 1; headings are none."""
    return [
        Sentence(article.id, index, start, end, article.text[start:end])
        for article in articles
        for index, (start, end) in enumerate(sentence_spans(article.text, article.language))
        if article.text[start:end] not in article.headings
    ]


def write_list(digest: Digest, *, sentences: bool = False) -> str:
    """Return an issue as a list; with `sentences`, those of each piece stand below it, numbered."""
    hint = "" if sentences else " (`digest edit --sentences` numbers them)"
    lines = [f"# {digest.date} {line(digest.title)}", *_HELP.format(hint=hint).splitlines(), ""]
    for number, piece in enumerate(pieces_of(digest), 1):
        lines.append(f"{piece.verb} {number} {piece.heading}".rstrip())
        if sentences:
            lines += _numbered(piece)
    return "\n".join(lines) + "\n"


def _numbered(piece: Piece) -> Iterator[str]:
    found = sentences_of(piece.articles)
    names = {article.id: line(article.source) for article in piece.articles}
    article = ""
    for number, sentence in enumerate(found[:_LISTED_SENTENCES], 1):
        if sentence.article_id != article:
            article = sentence.article_id
            yield f"#   {names[article]}".rstrip()
        yield f"#   {number:>3}  {line(sentence.text)}"
    if len(found) > _LISTED_SENTENCES:
        yield f"#        and {len(found) - _LISTED_SENTENCES} more"


def read_list(text: str, digest: Digest) -> list[Line]:
    """Return what a list says of the pieces of an issue.

    Raises `ConfigError` that names the line where it says nothing that could be done.
    """
    pieces = pieces_of(digest)
    lines: list[Line] = []
    places: dict[int, int] = {}
    for place, raw in enumerate(text.splitlines(), 1):
        content = line(raw)
        if not content or content.startswith("#"):
            continue
        try:
            if content.startswith("+") or content.split()[0].casefold() == "heading":
                lines[-1:] = [_more(content, lines[-1] if lines else None, pieces)]
                continue
            one = _line(content, pieces)
            if one.number in places:
                raise _NonsenseError(
                    f"piece {one.number} stands on line {places[one.number]} already"
                )
        except _NonsenseError as error:
            raise ConfigError(f"line {place}: {error}") from error
        places[one.number] = place
        lines.append(one)
    return lines


class _NonsenseError(Exception):
    """A line that says nothing that could be done, and why."""


def _line(content: str, pieces: Sequence[Piece]) -> Line:
    """Read a line that names a piece."""
    verb, rest = cast("re.Match[str]", _LINE.fullmatch(content)).groups()
    if verb.casefold() not in VERBS:
        near = difflib.get_close_matches(verb.casefold(), VERBS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"a piece begins with {', '.join(VERBS)}"
        raise _NonsenseError(f"no word {verb[:40]!r}: {hint}")
    found = _NUMBER.fullmatch(rest)
    if not found:
        raise _NonsenseError(f"{verb} needs the number of a piece, such as `{verb} 1`")
    number, headline = int(found[1]), found[2] or ""
    if not 1 <= number <= len(pieces):
        raise _NonsenseError(f"no piece {number}: the issue has {len(pieces)}")
    if not pieces[number - 1].heading.startswith(headline):
        raise _NonsenseError(f"to rename piece {number}, write `heading TEXT` on a line below it")
    return Line(number=number, verb=cast("Verb", verb.casefold()))


def _more(content: str, above: Line | None, pieces: Sequence[Piece]) -> Line:
    """Read a line that belongs to the piece above it."""
    if above is None:
        raise _NonsenseError("it belongs below a piece, and there is none above it")
    if above.verb == "drop":
        raise _NonsenseError(f"piece {above.number} is dropped")
    if content.startswith("+"):
        return _with_sentence(content[1:].strip(), above, pieces)
    heading = content[len("heading") :].strip()
    if not heading or len(heading) > _LONGEST_HEADING:
        raise _NonsenseError(f"a heading has 1 to {_LONGEST_HEADING} characters")
    if above.heading:
        raise _NonsenseError(f"piece {above.number} has a new heading already")
    return replace(above, heading=heading)


def _with_sentence(wanted: str, above: Line, pieces: Sequence[Piece]) -> Line:
    if above.verb not in ("lead", "story"):
        raise _NonsenseError(f"only a lead or a story has sentences; make piece {above.number} one")
    found = _NUMBER.fullmatch(wanted)
    if not found:
        raise _NonsenseError("+ needs the number of a sentence, such as `+ 3`")
    number, count = int(found[1]), len(sentences_of(pieces[above.number - 1].articles))
    if not 1 <= number <= count:
        raise _NonsenseError(
            f"no sentence {number}: the articles of piece {above.number} have {count}"
        )
    return replace(above, added=(*above.added, number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A piece of an issue in its place."""

    place: int
    """From 1."""
    tier: Verb
    """How much room it has, in the words of a list."""
    heading: str
    articles: tuple[str, ...]
    """Their ids."""
    importance: float
    parts: dict[str, float]
    """What the importance is the sum of."""


def explain_issue(digest: Digest) -> list[Row]:
    """Return a row a piece, in the order of the issue."""
    return [
        Row(
            place=place,
            tier=piece.verb,
            heading=piece.heading,
            articles=tuple(article.id for article in piece.articles),
            importance=round(piece.what.importance.total, _DIGITS) + 0.0,
            parts={name: round(v, _DIGITS) + 0.0 for name, v in piece.what.importance.parts},
        )
        for place, piece in enumerate(pieces_of(digest), 1)
    ]


def table(rows: Sequence[Row]) -> str:
    """Return rows as a table, with a column for each part that counts for any of them."""
    names = dict.fromkeys(name for row in rows for name, value in row.parts.items() if value)
    head = ["place", "tier", "importance", *names, "heading"]
    body = [
        [
            str(row.place),
            row.tier,
            f"{row.importance:.2f}",
            *(_signed(row.parts.get(name, 0.0)) for name in names),
            row.heading,
        ]
        for row in rows
    ]
    return "".join(f"{text}\n" for text in _aligned([head, *body]))


def _signed(value: float) -> str:
    return f"{value:+.2f}" if round(value, 2) else "·"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the cells below one another: the tier to the left, numbers to the right, the heading last."""
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in rows), strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place == 1 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row[:-1], widths, strict=True))
        ]
        yield "  ".join([*cells, row[-1]]).rstrip()


def revise(digest: Digest, lines: Sequence[Line], /, tell: Tell) -> Digest:
    """Return an issue as a list wants it; the same issue where that changes nothing.

    `tell` makes the section of what gets more room, or less. Pieces that no line names are dropped.
    """
    if list(lines) == lines_of(digest):
        return digest
    pieces = pieces_of(digest)
    kept = [line for line in lines if line.verb != "drop"]
    placed = [(line, _placed(pieces[line.number - 1], line, tell)) for line in kept]
    sections = [one for _, one in placed if isinstance(one, Section)]
    singles = [(line.verb, one) for line, one in placed if isinstance(one, Brief)]
    named = {line.number for line in kept}
    dropped = [one for n, piece in enumerate(pieces, 1) if n not in named for one in piece.articles]
    revised = replace(
        digest,
        sections=tuple(sorted(sections, key=lambda one: _ORDER.get(one.tier, 0))),
        in_brief=tuple(one for verb, one in singles if verb == "brief"),
        also_read=tuple(one for verb, one in singles if verb == "list"),
        omissions=(*digest.omissions, *map(_omission, dropped)),
    )
    revised = _grouped(revised, sorted_=any(one.department for one in digest.in_brief))
    return digest if revised == digest else _counted(revised)


def _placed(piece: Piece, line: Line, tell: Tell) -> Section | Brief:
    """Return a piece with the room that its line gives it."""
    if line.verb == "brief" or line.verb == "list":
        return _in_a_line(piece, line, tell)
    what = piece.what
    if isinstance(what, Brief) or piece.verb != line.verb:
        what = _with_own_heading(piece, tell(_ranked(piece), line.verb))  # type: ignore[arg-type]
    known = sentences_of(piece.articles) if line.added else []
    return _with_sentences(_headed(what, line.heading), [known[n - 1] for n in line.added])


def _in_a_line(piece: Piece, line: Line, tell: Tell) -> Section | Brief:
    """Return a piece as a line: several articles, and a heading of the editor's own, stay a section."""
    what = piece.what
    single = isinstance(what, Brief) or (len(piece.articles) == 1 and not what.heading_by)
    if single and not line.heading:
        return Brief(piece.articles[0], what.importance, what.department)
    if isinstance(what, Brief) or what.tier not in _ORDER:
        what = _with_own_heading(piece, tell(_ranked(piece), "compact"))
    tier: Tier = "brief" if line.verb == "brief" else "listed"
    return _headed(replace(what, tier=tier), line.heading)


def _with_own_heading(piece: Piece, section: Section) -> Section:
    """Return a section that was written again, with the heading that an editor gave the old one."""
    what = piece.what
    if isinstance(what, Section) and what.heading_by:
        return replace(section, heading=what.heading, heading_by=what.heading_by)
    return section


def _ranked(piece: Piece) -> Ranked:
    what = piece.what
    if isinstance(what, Section):
        topic = what.topic
    else:
        topic = Topic(label=piece.heading, stories=(Story((what.article,)),))
    return Ranked(
        topic=topic,
        importance=what.importance,
        department=what.department,
        outlets=max((outlet_count(story.articles) for story in topic.stories), default=1),
    )


def _headed(section: Section, heading: str) -> Section:
    """Return a section under another heading, which is the editor's own unless an article has it for title."""
    if not heading or heading == section.heading:
        return section
    titles = {article.title for article in section.topic.articles}
    return replace(section, heading=heading, heading_by="" if heading in titles else "editor")


def _with_sentences(section: Section, added: Sequence[Sentence]) -> Section:
    """Return a section with further sentences at the end of its summary, as far as it has not got them."""
    summary = section.summary
    quoted = [
        *summary.sentences,
        *(s for story in section.stories for s in story.summary.sentences),
    ]
    new: list[Sentence] = []
    for sentence in added:
        if not any(_overlap(sentence, other) for other in (*quoted, *new)):
            new.append(sentence)
    if not new:
        return section
    note = summary.note if summary.sentences else ""
    sentences = (*summary.sentences, *new)
    return replace(section, summary=replace(summary, sentences=sentences, note=note))


def _overlap(a: Sentence, b: Sentence) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end


def _grouped(digest: Digest, *, sorted_: bool) -> Digest:
    """Return an issue whose lines in brief stand by parts of the paper, where they did; else without parts."""
    if not sorted_:
        sections = (
            replace(one, department="") if one.tier == "brief" else one for one in digest.sections
        )
        in_brief = (replace(one, department="") for one in digest.in_brief)
        return replace(digest, sections=tuple(sections), in_brief=tuple(in_brief))
    first: dict[str, int] = {}
    for brief in digest.in_brief:
        first.setdefault(brief.department, len(first))
    return replace(
        digest, in_brief=tuple(sorted(digest.in_brief, key=lambda one: first[one.department]))
    )


def _omission(article: Article) -> Omission:
    return Omission(article.title or article.text[:_OMITTED], "dropped", article.page)


def _counted(digest: Digest) -> Digest:
    had = digest.statistics
    counts = statistics_of(digest, sources=had.sources, words_read=had.words_read)
    return replace(digest, statistics=counts)

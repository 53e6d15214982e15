"""An issue revised: an issue and what a list says of its pieces give another issue.

Nothing is invented here: pieces move, sentences of their articles are added word for word, and what is
dropped is named among what was left out. The one text that no source has is a heading of the editor's own,
which the section says.
"""

from collections.abc import Sequence
from dataclasses import replace

from digest.editing.importance import Ranked, outlet_count
from digest.editing.issue_list import Line, Piece, lines_of, pieces_of, sentences_of
from digest.editing.layout import Tell, statistics_of
from digest.models import Article, Brief, Digest, Omission, Section, Sentence, Story, Tier, Topic

_ORDER = {"brief": 1, "listed": 2}
_OPENING = 160
"""The characters of a text by which an article without a title is named."""


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
    return Omission(article.title or article.text[:_OPENING], "dropped", article.page)


def _counted(digest: Digest) -> Digest:
    had = digest.statistics
    counts = statistics_of(digest, sources=had.sources, words_read=had.words_read)
    return replace(digest, statistics=counts)

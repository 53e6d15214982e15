"""The text of an article as it is shown: its paragraphs with the chosen sentences apart, its opening."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from digest.models import Article
from digest.renderers.citations import ArticleView, Paragraph
from digest.renderers.display import clean, line, shorten, weight

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPENING = 280
_OPENING_FROM = 4000


def anchor(number: int, chosen: tuple[tuple[int, int], ...], offset: int) -> str:
    """Return the id of the marked sentence around `offset`, or else of the article."""
    for start, end in chosen:
        if start <= offset < end:
            return f"sentence-{number}-{start}"
    return f"article-{number}"


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the paragraphs of `text`, some of which may be empty."""
    breaks = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    return list(zip(starts, [*(start for start, _ in breaks), len(text)], strict=True))


def paragraphs(view: ArticleView) -> list[Paragraph]:
    """Return the paragraphs of the article's text; pieces join up without a gap.

    Where there is no room for all, those with a chosen sentence stay, then the first ones.
    """
    text, headings = view.article.text, {line(heading) for heading in view.article.headings}
    spans = [span for span in paragraph_spans(text) if text[span[0] : span[1]].strip()]
    kept = range(len(spans)) if view.is_whole else _kept(view, spans)
    found, last = [], -1
    for k in kept:
        begin, stop = spans[k]
        found.append(
            Paragraph(
                heading=line(text[begin:stop]) in headings,
                follows_gap=k != last + 1,
                pieces=_pieces(view, begin, stop),
            )
        )
        last = k
    return found


def _kept(view: ArticleView, spans: Sequence[tuple[int, int]]) -> list[int]:
    text, room = view.article.text, view.room or 0
    starts = [start for start, _ in view.chosen]
    marked = {
        k
        for k, (begin, stop) in enumerate(spans)
        if bisect_left(starts, stop) > bisect_left(starts, begin)
    }
    room -= sum(weight(text[spans[k][0] : spans[k][1]]) for k in marked)
    for k, (begin, stop) in enumerate(spans):
        if k not in marked:
            room -= weight(text[begin:stop])
            if room < 0:
                break
            marked.add(k)
    return sorted(marked)


def _pieces(view: ArticleView, begin: int, stop: int) -> tuple[tuple[str, str], ...]:
    text, position = view.article.text, begin
    pieces = []
    for start, end in view.chosen[bisect_left(view.chosen, (begin, 0)) :]:
        if start >= stop:
            break
        label = anchor(view.number, view.chosen, start)
        pieces += [(text[position:start], ""), (text[start:end], label)]
        position = end
    pieces.append((text[position:stop], ""))
    return tuple((_piece(part), label) for part, label in pieces if part)


def opening(article: Article) -> str:
    """Return the first sentence that is not a heading or the title itself, shortened; may be empty."""
    from digest.text.sentences import sentence_spans

    known = {line(heading) for heading in (*article.headings, article.title)}
    for start, end in sentence_spans(article.text[:_OPENING_FROM], article.language):
        sentence = line(article.text[start:end])
        if sentence and sentence not in known:
            return shorten(sentence, _OPENING)
    return ""


def _piece(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text))

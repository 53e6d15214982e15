"""The text of an article as it is shown: its paragraphs with the chosen sentences apart, its opening."""

import re

from digest.models import Article
from digest.renderers.display import clean, line, shorten
from digest.renderers.views import ArticleView, Paragraph

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_OPENING = 280
_OPENING_FROM = 4000


def anchor(number: int, chosen: tuple[tuple[int, int], ...], offset: int) -> str:
    """Return the id of the marked sentence around `offset`, or else of the article."""
    for start, end in chosen:
        if start <= offset < end:
            return f"sentence-{number}-{start}"
    return f"article-{number}"


def paragraphs(view: ArticleView) -> list[Paragraph]:
    """Return the paragraphs of the article's text; pieces join up without a gap."""
    text, marks = view.article.text, list(reversed(view.chosen))
    headings = {line(heading) for heading in view.article.headings}
    breaks = [(match.start(), match.end()) for match in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    found = []
    for begin, stop in zip(starts, ends, strict=True):
        pieces, position = [], begin
        while marks and marks[-1][0] < stop:
            start, end = marks.pop()
            label = anchor(view.number, view.chosen, start)
            pieces += [(text[position:start], ""), (text[start:end], label)]
            position = end
        pieces.append((text[position:stop], ""))
        shown = tuple((_piece(part), label) for part, label in pieces if part)
        if any(part.strip() for part, _ in shown):
            is_heading = line(text[begin:stop]) in headings
            found.append(Paragraph(heading=is_heading, pieces=shown))
    return found


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

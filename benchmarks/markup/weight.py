"""How heavy a page of 200 articles is, how soon it paints, and how long 1,000 articles take to render."""

import datetime
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.chromium import chromium
from benchmarks.data import rows
from digest.models import (
    Article,
    Digest,
    Section,
    Sentence,
    Statistics,
    Story,
    StorySummary,
    Summary,
    Topic,
)
from digest.renderers import FORMATS
from digest.text.sentences import sentence_spans

PAGE_BYTES = 400_000
PAINT_MS = 500
RENDER_S = 2.0
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_SHIFT = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


def check_weight() -> bool:
    """Print size, first paint, layout shift and rendering times; return whether a limit was passed."""
    page = FORMATS["html"].make()(large_issue(200))
    size = len(page.encode())
    paint, shift = _painted(page)
    print(
        f"a page of 200 articles: {size / 1000:.0f} KB, first paint {paint:.0f} ms, layout shift {shift:.3f}"
    )
    slow = _rendered(large_issue(1_000))
    return size > PAGE_BYTES or paint > PAINT_MS or shift > 0 or slow


def large_issue(count: int) -> Digest:
    """Return an issue of so many articles, ten a topic, two a story, with the first sentences of each."""
    articles = [
        Article(
            id=f"a{number}",
            title=" ".join(row["article"].split()[:9]),
            text=_in_paragraphs(row["article"]),
            source=f"Outlet {number % 7}",
            url=f"https://news.example/{number}",
            published=datetime.datetime(2026, 11, 1 + number % 20, tzinfo=datetime.UTC),
        )
        for number, row in enumerate(islice(rows("summarization/cnn_validation_1000.jsonl"), count))
    ]
    tens = [articles[start : start + 10] for start in range(0, len(articles), 10)]
    sections = tuple(_section(f"Topic {number}", ten) for number, ten in enumerate(tens))
    read = sum(article.words for article in articles)
    statistics = Statistics(count, count, len(sections), 0, 0, read, read // 10)
    return Digest("The daily digest", datetime.date(2026, 11, 21), sections, (), (), statistics)


def _in_paragraphs(text: str) -> str:
    """The data set has lost its paragraphs: three sentences are one."""
    parts = text.split(". ")
    return "\n\n".join(". ".join(parts[at : at + 3]) for at in range(0, len(parts), 3))


def _section(label: str, articles: list[Article]) -> Section:
    stories = tuple(
        Story(tuple(articles[start : start + 2])) for start in range(0, len(articles), 2)
    )
    told = tuple(StorySummary(story, _summary(story.articles)) for story in stories)
    return Section(Topic(label, stories, ("one", "two")), _summary(tuple(articles[:3])), told)


def _summary(articles: tuple[Article, ...]) -> Summary:
    sentences = []
    for article in articles:
        start, end = sentence_spans(article.text, "en")[0]
        sentences.append(Sentence(article.id, 0, start, end, article.text[start:end]))
    return Summary(tuple(sentences), "lead")


def _painted(page: str) -> tuple[float, float]:
    """The milliseconds to the first paint, the best of five on a machine that others use too, and the shift."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        browser.look(390)
        paints, shifts = [], []
        for _ in range(5):
            browser.open(path.as_uri())
            shifts.append(float(browser.evaluate(_SHIFT)))
            paints.append(float(browser.evaluate(_PAINT)))
        return min(paints), max(shifts)


def _rendered(digest: Digest) -> bool:
    slow = False
    for name, format_ in FORMATS.items():
        render = format_.make()
        start = time.process_time()
        render(digest)
        seconds = time.process_time() - start
        slow |= seconds > RENDER_S
        print(f"1,000 articles as {name}: {seconds:.2f} s")
    return slow

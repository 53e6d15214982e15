"""Inputs that no corpus has: `python -m benchmarks.hostile.monsters FOLDER` writes them."""

import sys
from pathlib import Path

SENTENCE = "The harbour office counted the ships again on Monday and found one more than before. "
TEASER = "Ferry {0} returns\n\nThe ferry {0} came back on Monday.…\n\nShare\n\n"
CARD = (
    '<div class="card"><h2><a href="/news/{0}">Ferry {0} returns to the harbour</a></h2>'
    '<p>The ferry {0} came back on Monday.</p><time datetime="2026-11-20">20 November</time></div>'
)
PARAGRAPH = SENTENCE * 5
PARAGRAPHS = 15_000_000 // len(PARAGRAPH)
MIXED = SENTENCE.encode() * 9 + "café – naïve ".encode("cp1252") + "café – naïve ".encode()


def write(folder: Path) -> None:
    """Write every monster into `folder`."""
    texts = {
        "nested-20000.html": "<html><body>" + "<div>" * 20000 + SENTENCE * 9 + "</div>" * 20000,
        "article-15mb.txt": f"{PARAGRAPH}\n\n" * PARAGRAPHS,
        "article-15mb.html": "<article><h1>Ships</h1>"
        + f"<p>{PARAGRAPH}</p>" * PARAGRAPHS
        + "</article>",
        "teasers-10000.txt": "".join(TEASER.format(number) for number in range(10_000)),
        "teasers-10000.html": "<title>News</title><h1>News</h1><main>"
        + "".join(CARD.format(number) for number in range(10_000))
        + "</main>",
        "line-50mb.txt": SENTENCE * (50_000_000 // len(SENTENCE)),
        "nul.txt": "\x00".join(SENTENCE * 20),
        "one-sentence.txt": SENTENCE,
        "spaces-1mb.txt": " \n" * 500_000,
        "brackets.html": "<" * 100_000,
        "entities.html": "&lt;" * 100_000,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mixed-encodings.txt").write_bytes(MIXED * 9)
    (folder / "zeros.txt").write_bytes(bytes(100_000))


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""Hostile documents through fetching and reading: no traceback, at most 1 s and 150 MiB each.

    python -m benchmarks.extraction.hostile [--made] [PATH ...]

Reads the hostile corpus, or the given paths; with `--made` documents made here, larger and nastier than any
found. Each is read in a process of its own, forked from one that has loaded the libraries. Exits 1 where a
limit is passed (of made documents over 1 MB, only tracebacks count).
"""

import argparse
import os
import pickle
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import shared_folder
from digest.errors import DigestError
from digest.fetch import FileFetcher
from digest.models import RawDocument, Source
from digest.readers import read_pages, visible_text

SECONDS, MEBIBYTES = 1.0, 150.0
LONGEST = 20
"""Seconds until a process is ended; it counts as a crash."""
Outcome = tuple[str, float, float]


def in_a_process(document: RawDocument | Path) -> Outcome:
    """What came of a document, the seconds it took, and the most memory in MiB."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        os.close(reading)
        start = time.perf_counter()
        result = outcome(document)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writing, pickle.dumps((result[:2000], time.perf_counter() - start, memory)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    return (
        pickle.loads(content) if content else (f"crash, or over {LONGEST} s", float(LONGEST), 0.0)
    )


def outcome(document: RawDocument | Path) -> str:
    """Read a document; "ok", the error that a user would see, or the traceback that must not be."""
    try:
        if isinstance(document, Path):
            document = FileFetcher()(Source(name=document.name, location=str(document)))
        pages = read_pages(document)
        shown = visible_text(document)
        words = sum(block.text.count(" ") + 1 for page in pages for block in page.blocks)
        all_words = (
            sum(shown.count(space) for space in " \n") + 1
        )  # split() would need more memory than reading
        return f"ok: {len(pages)} pages, {words} words of {all_words}"
    except DigestError as error:
        return f"refused: {error}"
    except BaseException:  # noqa: BLE001 - the point is to find any
        return "traceback: " + traceback.format_exc()


def made() -> Iterator[tuple[str, RawDocument]]:
    """Documents that break readers, by name."""
    chance = random.Random(1)
    words = ["river", "council", "vote", "harbour", "budget", "storm", "market", "school"]
    sentence = lambda: " ".join(chance.choice(words) for _ in range(14)).capitalize() + "."  # noqa: E731
    paragraphs = [f"<p>{sentence()} {sentence()}</p>" for _ in range(20)]
    body = "".join(paragraphs)
    for tag in (
        "div",
        "b",
        "span",
        "blockquote",
        "ul",
        "li",
        "table",
        "article",
        "section",
        "p",
        "a",
        "font",
    ):
        yield f"20,000 nested {tag}.html", page(f"<{tag}>" * 20_000 + body + f"</{tag}>" * 20_000)
        yield (
            f"20,000 unclosed {tag}.html",
            page("".join(f"<{tag}>{p}" for p in paragraphs * 1000)[:2_000_000]),
        )
    yield "1,000 nested lists.html", page("<ul><li>" * 1000 + body + "</li></ul>" * 1000)
    yield (
        "table cells nested.html",
        page("<table><tr><td>" * 2000 + body + "</td></tr></table>" * 2000),
    )
    yield "never closed comment.html", page("<!-- " + body)
    yield "many comment starts.html", page(body + "<!--" * 200_000)
    yield "only less-than.html", page("<" * 500_000 + body)
    yield "less-than letters.html", page("<a " * 300_000 + body)
    yield "open quotes.html", page("<a href=\"x' " * 100_000 + body)
    yield "equals and quotes.html", page("<a =\"'" * 100_000 + body)
    yield (
        "100,000 attributes.html",
        page("<p " + " ".join(f"a{i}=b" for i in range(100_000)) + ">" + body),
    )
    yield "entities.html", page("<p>" + "&amp;&#x41;&bogus" * 100_000 + body)
    yield "unclosed script.html", page(body + "<script>" + "var a = 1;" * 10_000)
    yield "unclosed title.html", page("<title>" + body)
    yield "many script starts.html", page(body + "<script></scrip" * 50_000)
    yield "hidden, never closed.html", page("<div style='display:none'>" + body)
    teasers = "".join(
        f'<article><h3><a href="/s/{i}">{sentence()}</a></h3><p>{sentence()}</p></article>'
        for i in range(10_000)
    )
    yield "10,000 teasers.html", page(teasers)
    cards = "".join(
        f'<div><h3><a href="/s/{i}">{sentence()}</a></h3><p>{sentence()}</p></div>'
        for i in range(10_000)
    )
    yield "10,000 cards.html", page(cards)
    whole = "".join(
        f'<article><h2><a href="/s/{i}">{sentence()}</a></h2>{body}</article>' for i in range(200)
    )
    yield "200 whole articles.html", page(whole)
    yield (
        "json-ld deep.html",
        page('<script type="application/ld+json">' + '{"@graph":[' * 50_000 + "</script>" + body),
    )
    yield (
        "article of 15 MB.html",
        page("".join(f"<p>{sentence()} {sentence()}</p>" for _ in range(80_000))),
    )
    yield "NULs.html", page(body.replace(" ", " \0"))
    yield (
        "mixed.html",
        raw(
            page(body).content + "naïve café “quoted”".encode("cp1252") + "naïve ŵ “x”".encode() * 5
        ),
    )
    yield "line of 50 MB.txt", raw(b"a word " * 7_000_000, "text/plain")
    yield "word of 50 MB.txt", raw(b"a" * 50_000_000, "text/plain")
    yield "line of 20 MB, not ASCII.txt", raw("größer ".encode() * 2_500_000, "text/plain")
    yield "blank lines.txt", raw(b"a\n" + b"\n" * 5_000_000, "text/plain")
    yield "white space.txt", raw(b"a" + b" \t" * 5_000_000 + b"b", "text/plain")
    yield "carriage returns.txt", raw(b"a\r" * 1_000_000, "text/plain")
    yield "random bytes.txt", raw(chance.randbytes(5_000_000), "text/plain")
    yield (
        "random high bytes.txt",
        raw(bytes(chance.randrange(160, 256) for _ in range(1_000_000)), "text/plain"),
    )
    yield (
        "UTF-16 without a mark.txt",
        raw(("one word and two " * 50_000).encode("utf-16-le"), "text/plain"),
    )
    for mark in (
        "[",
        "*",
        "_",
        "`",
        "<",
        ">",
        "- ",
        "#",
        "![",
        "[a](",
        "**a ",
        "~",
        "|",
        "1. ",
        "\\",
        "&",
        "[^",
        "  ",
    ):
        yield f"markdown {mark}.md", raw(mark.encode() * 50_000, "text/markdown")
        yield f"markdown lines {mark}.md", raw(f"{mark} a\n".encode() * 20_000, "text/markdown")
    yield (
        "quotes nested.md",
        raw("".join(">" * i + " a\n" for i in range(1, 1000)).encode(), "text/markdown"),
    )
    yield (
        "lists nested.md",
        raw("".join("  " * i + "- a\n" for i in range(1, 1000)).encode(), "text/markdown"),
    )
    yield (
        "references.md",
        raw("".join(f"[a{i}]: /u\n" for i in range(50_000)).encode(), "text/markdown"),
    )
    yield "front matter open.md", raw(b"---\n" + b"a: b\n" * 200_000, "text/markdown")
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000)
    )
    yield "multiparts nested.eml", raw(b"Subject: a\n" + nested + b"\n\ntext", "message/rfc822")
    forwarded = b"Content-Type: message/rfc822\n\n" * 3000
    yield "messages nested.eml", raw(b"Subject: a\n" + forwarded + b"\n\ntext", "message/rfc822")
    yield (
        "header of 5 MB.eml",
        raw(b"Subject: " + b"=?utf-8?q?a?= " * 350_000 + b"\n\ntext", "message/rfc822"),
    )
    yield "From of 1 MB.eml", raw(b"From: " + b"(" * 1_000_000 + b"\n\ntext", "message/rfc822")
    yield "100,000 headers.eml", raw(b"X: y\n" * 100_000 + b"\ntext", "message/rfc822")
    yield (
        "parts.eml",
        raw(
            b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\ntext\n" * 50_000,
            "message/rfc822",
        ),
    )
    yield (
        "quoted lines.eml",
        raw(b"Subject: a\n\n" + b"> > a line of a letter\n" * 100_000, "message/rfc822"),
    )
    yield (
        "broken lines.jsonl",
        raw(b"{\n" * 100_000 + b'{"id": 1, "text": "a"}', "application/jsonl"),
    )
    yield "deep.jsonl", raw(b'{"text":' + b"[" * 1_000_000, "application/jsonl")
    yield (
        "records.jsonl",
        raw(b'{"id": "a", "text": "one two three"}\n' * 50_000, "application/jsonl"),
    )


def page(body: str) -> RawDocument:
    """An HTML document around a body."""
    return raw(
        f"<!DOCTYPE html><html><head><title>Page</title></head><body>{body}</body></html>".encode()
    )


def raw(content: bytes, media_type: str = "text/html") -> RawDocument:
    """A document of these bytes."""
    return RawDocument(
        source=Source(name="made", location="made"), content=content, media_type=media_type
    )


def main() -> int:
    """Print each document that passes a limit, and the slowest and largest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--made", action="store_true")
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args()
    for warm in (
        page("<article><p>one two three</p></article>"),
        raw(b"# a", "text/markdown"),
        raw(b"A: b\n\nc", "message/rfc822"),
        raw(b'{"text": "a"}', "application/jsonl"),
        raw("é à ü".encode("cp1252") * 20),
    ):
        outcome(warm)
    baseline = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    documents = made() if options.made else found(options.paths)
    kinds, rows, failed = Counter(), [], 0
    for name, document in documents:
        result, seconds, memory = in_a_process(document)
        kinds[result.split(":")[0]] += 1
        rows.append((seconds, memory, name, result))
        large = options.made and len(document.content) > 1_000_000
        if result.startswith(("traceback", "crash")) or (
            not large and (seconds > SECONDS or memory > MEBIBYTES)
        ):
            failed += 1
            print(f"FAILED {name}: {seconds:.2f} s, {memory:.0f} MiB, {result}")
    print(f"{len(rows)} documents: {dict(kinds)}; the libraries alone take {baseline:.0f} MiB")
    shown = len(rows) if options.made else 8
    for key in (0, 1)[: 1 if options.made else 2]:
        for seconds, memory, name, result in sorted(rows, key=lambda row: -row[key])[:shown]:
            print(f"  {seconds:6.2f} s {memory:5.0f} MiB  {name[-60:]}  {result[:90]}")
    return int(failed > 0)


def found(paths: list[Path]) -> Iterator[tuple[str, Path]]:
    """The files below the given paths, or of the corpus."""
    for root in paths or [shared_folder() / "data" / "hostile"]:
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file():
                yield str(path), path


if __name__ == "__main__":
    sys.exit(main())

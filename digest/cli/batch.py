"""Many articles, a JSON line each: streamed in constant memory, over several processes, resumable."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

import click

from digest.cli.options import Tally
from digest.cli.records import as_article, read_records
from digest.cli.terminal import json_text
from digest.errors import WriteError
from digest.incoming import open_regular, parse_json
from digest.models import Article, Summary
from digest.protocols import Summarizer
from digest.registry import make_summarizer
from digest.workers import WorkerFailure, Workers

_CHUNK = 64
_CHARACTERS = 500_000
"""The most articles, and the characters from which on no more are added, that are summarized at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What each process must know to do its share."""

    algorithm: str
    length: str
    language: str | None
    guard: bool
    jobs: int


_LEAST_S, _S_A_CHARACTER = 60.0, 1e-3
"""Seconds of processor time for a chunk: what hangs is ended, and nothing that works (sumy's LexRank compares
all pairs of sentences)."""


Line = tuple[str, dict[str, Any]]
"""Where a record stands (for messages), and the record."""
Result = dict[str, Any] | str
"""The JSON line of a summary, or why there is none."""


def is_batch(sources: Sequence[str]) -> bool:
    """True where every source is a file of JSON lines."""
    from digest.fetch import is_address

    return all(
        source.endswith((".jsonl", ".ndjson")) and not is_address(source) for source in sources
    )


def run(
    batch: Batch, sources: Sequence[str], tally: Tally, *, output: Path | None, resume: bool
) -> None:
    """Summarize the records of all sources and print or append a line for each, in their order."""
    if resume and output is None:
        raise click.UsageError("--resume needs -o FILE, to see what is done already")
    done = _written_ids(output) if resume and output else set()
    lines = _lines(sources, tally, done)
    results = _map(batch, lines)
    if output is None:
        _print_all(results, tally, json_text)
        return
    try:
        with output.open(
            "a" if resume else "w", encoding="utf-8", errors="backslashreplace"
        ) as file:
            _print_all(results, tally, lambda value: _write_line(file, value))
    except OSError as error:
        raise WriteError(f"{output}: {(error.strerror or 'cannot be written').lower()}") from error


def record(id_: str, articles: Sequence[Article], summary: Summary) -> dict[str, Any]:
    """Return the JSON line of a summary (schema summary/1)."""
    numbers = {article.id: number for number, article in enumerate(articles)}
    line: dict[str, Any] = {
        "id": id_,
        "sentences": [
            {
                "text": sentence.text,
                "document": numbers[sentence.article_id],
                "start": sentence.start,
                "end": sentence.end,
                "score": round(sentence.score, 6),
            }
            for sentence in summary.sentences
        ],
        "words": summary.words,
    }
    return line | ({"note": summary.note} if summary.note else {})


def _lines(sources: Sequence[str], tally: Tally, done: set[str]) -> Iterator[Line]:
    for source in sources:
        for number, value in read_records(source, tally):
            if str(value.get("id", number)) not in done:
                yield f"{source}, line {number}", value | {"id": value.get("id", str(number))}


def _map(batch: Batch, lines: Iterable[Line]) -> Iterator[Result]:
    """Yield the results in the order of the lines; a chunk that fails twice is taken line by line."""
    given: dict[int, list[Line]] = {}
    done: dict[int, list[Result]] = {}

    def chunks() -> Iterator[list[Line]]:
        for number, chunk in enumerate(_chunks(lines)):
            given[number] = chunk
            yield chunk

    workers = _workers(batch, processes=batch.jobs, attempts=2)
    with workers, _workers(batch, processes=1, attempts=1) as alone:
        following = 0
        # A window of chunks keeps memory constant.
        for number, result in workers.map(chunks(), ahead=4 * batch.jobs):
            chunk = given.pop(number)
            if isinstance(result, WorkerFailure):
                result = [_alone(line, alone) for line in chunk]
            done[number] = result
            while following in done:
                yield from done.pop(following)
                following += 1


def _workers(batch: Batch, *, processes: int, attempts: int) -> "Workers[list[Line], list[Result]]":
    share = partial(_summarize, batch)
    return Workers(share, processes=processes, limit_s=_limit_s, attempts=attempts)


def _alone(line: Line, workers: "Workers[list[Line], list[Result]]") -> Result:
    """Return the result of a line by itself, or why it cannot be had: the others of its chunk can."""
    result = workers([line])
    return f"{line[0]}: {result.reason}" if isinstance(result, WorkerFailure) else result[0]


def _limit_s(lines: list[Line]) -> float:
    return _LEAST_S + _S_A_CHARACTER * sum(_characters(value) for _, value in lines)


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines so many at a time that measuring them at once pays, and memory stays constant."""
    chunk: list[Line] = []
    characters = 0
    for line in lines:
        chunk.append(line)
        characters += _characters(line[1])
        if len(chunk) == _CHUNK or characters >= _CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _characters(value: dict[str, Any]) -> int:
    documents = value.get("documents", [value])
    if not isinstance(documents, list):
        return 0
    texts = [one.get("text") for one in documents if isinstance(one, dict)]
    return sum(len(text) for text in texts if isinstance(text, str))


def _summarize(batch: Batch, lines: list[Line]) -> list[Result]:
    """Return the line of each summary, or in words why there is none."""
    results: list[Result] = []
    groups: list[list[Article]] = []
    for where, value in lines:
        documents = value.get("documents", [value])
        if not isinstance(documents, list) or not all(
            isinstance(one, dict) and isinstance(one.get("text"), str) for one in documents
        ):
            results.append(f'{where}: no "text"')
            continue
        groups.append([as_article(one, str(number)) for number, one in enumerate(documents)])
        results.append({"id": value["id"]})
    summarizer = _summarizer(batch)
    each = getattr(summarizer, "each", None)
    summaries = iter(each(groups) if each else map(summarizer, groups))
    articles = iter(groups)
    return [
        one if isinstance(one, str) else record(one["id"], next(articles), next(summaries))
        for one in results
    ]


@cache
def _summarizer(batch: Batch) -> Summarizer:
    return make_summarizer(
        batch.algorithm, length=batch.length, language=batch.language, guard=batch.guard
    )


def _print_all(results: Iterable[Result], tally: Tally, write: Callable[[object], None]) -> None:
    for result in results:
        if isinstance(result, str):
            tally.failure(result)
        else:
            tally.done += 1
            write(result)


def _write_line(file: IO[str], value: object) -> None:
    file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _written_ids(path: Path) -> set[str]:
    """Return the ids of the whole lines of a file; a line cut short by a crash is cut off."""
    ids: set[str] = set()
    if not path.exists():
        return ids
    whole = 0
    with open_regular(path) as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            try:
                ids.add(str(parse_json(line)["id"]))
            except (ValueError, KeyError, TypeError):
                break
            whole += len(line)
    with path.open("r+b") as file:
        file.truncate(whole)
    return ids

"""Functions on Arrow tables: what an engine of your own maps over partitions, batches or blocks.

    Dask    ddf.map_partitions      Spark   DataFrame.mapInArrow      Ray    Dataset.map_batches

docs/engines.md shows each. A function needs nothing but its table, and its rows do not depend on one another:
however a collection is cut into tables, the rows are the same. Numeric libraries are kept to one thread while
it runs, since such an engine has a process for each core already: more threads cost up to twice the processor
time, and gain nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from digest.batch.columns import Columns, rows, wanted
from digest.batch.formats import Located, table_of
from digest.batch.jobs import Job, Result, SplitJob, SummarizeJob, chunks
from digest.codec import Record
from digest.errors import ConfigError

try:
    import pyarrow as pa
except ImportError as error:
    raise ConfigError("tables need pyarrow: pip install 'digest-briefing[parquet]'") from error


_GARBAGE = 100_000
"""Objects made and not freed before the garbage collector runs, as in `digest.cli`."""


def summarize_table(
    table: pa.Table,
    *,
    length: int | str = 3,
    algorithm: str = "textrank",
    language: str | None = None,
    guard: bool = True,
    columns: str = "",
) -> pa.Table:
    """Choose the key sentences of each row: of its `text`, or of its `documents` together.

    Args:
        table: an article a row, with the columns `text` (or `documents`, a list of structs with a `text`)
            and, where it has them, `id`, `title`, `source`, `url`, `author`, `published`, `language`.
        length: a ceiling: sentences (`3`), words (`"60w"`), characters (`"400c"`) or a share (`"20%"`).
        algorithm: `textrank`, `lead`, or one of sumy's.
        language: an ISO 639-1 code; detected where it is not given.
        guard: choose no sentence that misleads when it stands alone.
        columns: which column holds what, where the names are others: `"text=body,id=url,title="`.

    Returns:
        A row for each row, in the same order, with the columns of `summary/1` (docs/schema.md). One
        without a text has no sentences, and a note that says so.

    Raises:
        ConfigError: an unknown algorithm, length or name of a column.
        ReadError: the table lacks a column, or it is of a type that holds no text.
    """
    job = SummarizeJob(algorithm=algorithm, length=str(length), language=language, guard=guard)
    found = []
    for chunk, results in _worked(job, table, columns):
        for located, result in zip(chunk, results, strict=True):
            found.append(result if isinstance(result, dict) else _empty(located))
    return table_of(found, job.schema())


def split_table(table: pa.Table, *, columns: str = "") -> pa.Table:
    """Take the page of each row apart into its articles.

    Args:
        table: a page a row, with the columns `text` or `html` and, where it has them, `id`, `title` (then it is
            one article), `url`, `source`, `author`, `published`, `language`.
        columns: which column holds what, where the names are others: `"html=body,id=url"`.

    Returns:
        A row for each article, in the order of the pages, with the columns of `split/1` (docs/schema.md);
        `page` is the `id` of its page. A page without an article gives no row.

    Raises:
        ConfigError: an unknown name of a column.
        ReadError: the table lacks a column, or it is of a type that holds no text.
    """
    job = SplitJob()
    results = (one for _, results in _worked(job, table, columns) for one in results)
    return table_of([one for one in results if isinstance(one, dict)], job.schema())


def _worked(
    job: Job, table: pa.Table, columns: str
) -> Iterator[tuple[list[Located], list[Result]]]:
    names = wanted(table.schema, Columns.parse(columns), "the table")
    records = (one for batch in table.to_batches(256) for one in rows(batch, names))
    located = (Located("the table", "row", *numbered) for numbered in enumerate(records, 1))
    for chunk in chunks(located):
        with frugally():
            results = job(chunk)
        yield chunk, results


def _empty(located: Located) -> Record:
    return {"id": located.id, "sentences": [], "words": 0, "note": 'no "text"'}


@contextmanager
def frugally() -> Iterator[None]:
    """Keep the numeric libraries to one thread, and collect garbage as rarely as the command does.

    Measured on 300 articles: a quarter less processor time by the second, and up to half by the first.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_GARBAGE, before[0]), *before[1:])
    try:
        with _controller().limit(limits=1):
            yield
    finally:
        gc.set_threshold(*before)


@cache
def _controller() -> Any:
    import numpy  # noqa: F401 - the controller finds only libraries that are loaded
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()

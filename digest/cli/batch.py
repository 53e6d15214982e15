"""Tables and archives: the options and the work that `split`, `summarize` and `cluster` share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from digest.batch.parts import KINDS, Folder, Part, endings, find, is_remote
from digest.cli.options import Tally
from digest.cli.terminal import note, progress
from digest.errors import WriteError, counted
from digest.incoming import open_regular, parse_json

if TYPE_CHECKING:
    from digest.batch.columns import Columns
    from digest.batch.engines import Engine
    from digest.batch.folders import Plan
    from digest.batch.formats import Format
    from digest.batch.jobs import Job

T = TypeVar("T")

columns_option = click.option(
    "--columns",
    default="",
    metavar="NAME=COLUMN,...",
    help="Which column or key holds what, such as text=body,id=url,title=.",
)
_options = (
    columns_option,
    click.option(
        "--engine",
        metavar="ENGINE",
        help="Who works on tables and archives: local, local:4 (processes), or dask://host:port.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(0),
        default=1,
        show_default=True,
        help="Processes for tables and archives; 0 for one a core.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="FILE|FOLDER/",
        help="Write to a file, or a file a part into a folder, instead of standard output (tables, archives).",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="With -o: skip what is there already (parts of a folder, ids of a file), and go on.",
    ),
)


def batch_options(command: T) -> T:
    """Add the options for tables and archives."""
    for option in reversed(_options):
        command = option(command)  # type: ignore[type-var]
    return command


def engine_of(engine: str | None, jobs: int) -> Engine:
    """Return the engine that `--engine` and `--jobs` name."""
    from digest.batch.engines import Engine

    cores = os.cpu_count() or 1
    if engine is None:
        return Engine(jobs=jobs or cores)
    if jobs != 1:
        raise click.UsageError("--engine and --jobs say the same: give one of them")
    return Engine.parse(engine, cores)


def refuse_batch_options(ctx: click.Context) -> None:
    """Say that an option was given which goes with tables and archives alone, where the sources are pages."""
    for name in ("columns", "engine", "output", "resume"):
        if ctx.params.get(name):
            raise click.UsageError(
                f"{'-o' if name == 'output' else '--' + name} goes with tables and archives"
                f" ({', '.join(KINDS)}); of other sources send the output to a file with >"
            )
    if ctx.params.get("format_") == "parquet":
        raise click.UsageError("--format parquet goes with tables and archives, and -o")


def format_of(ctx: click.Context) -> Format | None:
    """Return the format that was asked for; None where the parts decide."""
    given = ctx.get_parameter_source("format_") is ParameterSource.COMMANDLINE
    format_: Format | None = ctx.params["format_"]
    return format_ if given and format_ in ("jsonl", "parquet") else None


def run(
    job: Job,
    sources: Sequence[str],
    tally: Tally,
    *,
    columns: str,
    engine: Engine,
    format_: Format | None,
    output: str | None,
    resume: bool,
    show: Callable[[dict[str, Any]], object],
) -> None:
    """Do a job on the records of all sources, and show, append or write the results."""
    from digest.batch.columns import Columns
    from digest.batch.folders import Plan

    if resume and output is None:
        raise click.UsageError("--resume needs -o, to see what is done already")
    parts = find(sources)
    read = Columns.parse(columns)
    if output is not None and _is_folder(output):
        plan = Plan(job=job, columns=read, format=format_, folder=Folder(address=output))
        _run_folder(plan, parts, engine, tally, resume=resume)
        return
    if engine.scheduler:
        raise click.UsageError(
            "--engine dask:// needs -o FOLDER/: each worker writes its parts there"
        )
    _run_through(job, parts, read, engine, tally, output, resume=resume, show=show, format_=format_)


def _is_folder(output: str) -> bool:
    if is_remote(output):
        return endings(output.rpartition("/")[2]) is None
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _run_folder(
    plan: Plan, parts: Sequence[Part], engine: Engine, tally: Tally, *, resume: bool
) -> None:
    from digest.batch.folders import work

    left = 0
    with progress("parts", len(parts)) as step:
        for outcome in work(plan, parts, engine, resume=resume):
            tally.done += outcome.done
            for failure in outcome.failures:
                tally.failure(failure)
            if more := outcome.failed - len(outcome.failures):
                tally.failure(f"... and {more} more of this part")
            left += outcome.left
            step()
    _say_left(left)


def _run_through(
    job: Job,
    parts: Sequence[Part],
    columns: Columns,
    engine: Engine,
    tally: Tally,
    output: str | None,
    *,
    resume: bool,
    format_: Format | None,
    show: Callable[[dict[str, Any]], object],
) -> None:
    from digest.batch.engines import Local
    from digest.batch.folders import results
    from digest.batch.formats import writer

    kind = _kind(output, format_, resume=resume)
    if resume and not (job.keeps_ids and all(part.kind != "warc" for part in parts)):
        raise click.UsageError("of pages, --resume goes on with a folder: -o FOLDER/")
    done = _written_ids(Path(output)) if resume and output else set()
    with Local(engine.jobs) as local:
        found = results(job, parts, columns, local, lambda one: str(one.id) in done)
        if output is None:
            each(found, tally, show)
        elif kind == "plain":
            _append(Path(output), found, tally, resume=resume)
        else:
            folder, _, name = output.rpartition("/")
            with (
                Folder(address=folder or ".").written(name) as file,
                writer(file, name, job.schema) as write,
            ):
                each(found, tally, lambda record: write([record]))


def _kind(output: str | None, format_: str | None, *, resume: bool) -> str:
    """Return how an output file is written: line by line as they come, or aside as a whole."""
    if output is None:
        if format_ == "parquet":
            raise click.UsageError("--format parquet needs -o")
        return "shown"
    taken = endings(Path(output).name)
    is_plain = not is_remote(output) and (taken is None or taken[1:] == ("jsonl", ""))
    if is_plain and format_ == "parquet":
        raise click.UsageError("--format parquet needs -o FILE.parquet, or a folder: -o FOLDER/")
    if not is_plain and resume:
        raise click.UsageError("--resume goes on with a folder, or a file of plain JSON lines")
    return "plain" if is_plain else "whole"


def _append(path: Path, found: Iterable[Any], tally: Tally, *, resume: bool) -> None:
    from digest.batch.formats import json_line

    try:
        with path.open("ab" if resume else "wb") as file:
            each(found, tally, lambda record: file.write(json_line(record)))
    except OSError as error:
        raise WriteError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from error


def each(found: Iterable[Any], tally: Tally, take: Callable[[Any], object]) -> None:
    """Take each result, name each failure, and say how many pages were left out."""
    from digest.batch.jobs import Left

    left = 0
    for result in found:
        if isinstance(result, str):
            tally.failure(result)
        elif isinstance(result, Left):
            left += 1
        else:
            tally.done += 1
            take(result)
    _say_left(left)


def _say_left(left: int) -> None:
    if left:
        note(f"{counted(left, 'page', 'pages')} without an article left out")


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

"""The command line on parts: an output for each, gone on with part by part, whatever is wrong with one."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batch_files import TEXT, page, record, warc_record, write_lines, write_parquet
from click.testing import Result

pytest.importorskip("pyarrow")
Run = Callable[..., Result]


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """A folder with three parts, of three kinds."""
    folder = tmp_path / "in"
    write_parquet(folder / "day=1/a.parquet", [record(number) for number in range(5)])
    write_lines(folder / "day=2/b.jsonl.gz", [record(number) for number in range(5, 9)])
    write_lines(folder / "day=2/c.jsonl", [record(number) for number in range(9, 12)])
    return folder


def _records(folder: Path) -> list[dict[str, Any]]:
    import gzip

    from pyarrow.parquet import ParquetFile

    found: list[dict[str, Any]] = []
    for path in sorted(folder.rglob("[!_]*.*")):
        if path.suffix == ".parquet":
            rows = ParquetFile(path).read().to_pylist()
            found += [{k: v for k, v in row.items() if v is not None} for row in rows]
        elif path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            found += [json.loads(line) for line in content.splitlines()]
    return found


def test_there_is_an_output_for_each_part(run: Run, parts: Path, tmp_path: Path) -> None:
    """Of its kind and under its name, with the records that standard output would show."""
    out = tmp_path / "out"
    assert run("summarize", parts, "-o", f"{out}/").exit_code == 0
    names = {path.relative_to(out).as_posix() for path in out.rglob("*.*") if path.name[0] != "_"}
    assert names == {"day=1/a.parquet", "day=2/b.jsonl.gz", "day=2/c.jsonl"}
    shown = [json.loads(line) for line in run("summarize", parts).stdout.splitlines()]
    assert _records(out) == shown
    assert len(shown) == 12


@pytest.mark.parametrize("format_", ["jsonl", "parquet"])
@pytest.mark.parametrize(
    "options", [("--jobs", "2"), ("--engine", "local:2"), ("--engine", "local")]
)
def test_neither_format_nor_engine_changes_a_record(
    format_: str, options: tuple[str, ...], run: Run, parts: Path, tmp_path: Path
) -> None:
    """Nor how many work on it."""
    run("summarize", parts, "-o", f"{tmp_path}/one/")
    assert (
        run("summarize", parts, "--format", format_, *options, "-o", f"{tmp_path}/two/").exit_code
        == 0
    )
    assert {path.suffix for path in (tmp_path / "two").rglob("[!_]*.*")} <= {f".{format_}", ".gz"}
    assert _records(tmp_path / "two") == _records(tmp_path / "one")


def test_what_is_there_is_not_done_again(run: Run, parts: Path, tmp_path: Path) -> None:
    """And the rest is done."""
    out = tmp_path / "out"
    run("summarize", parts, "-o", f"{out}/")
    kept, missing = out / "day=1/a.parquet", out / "day=2/c.jsonl"
    before = kept.stat().st_mtime_ns
    whole = missing.read_bytes()
    missing.unlink()
    assert run("summarize", parts, "-o", f"{out}/", "--resume").exit_code == 0
    assert kept.stat().st_mtime_ns == before
    assert missing.read_bytes() == whole


def test_a_folder_with_results_is_not_written_over(run: Run, parts: Path, tmp_path: Path) -> None:
    """Nor gone on with in another way."""
    out = f"{tmp_path}/out/"
    run("summarize", parts, "-o", out)
    assert "go on with --resume" in run("summarize", parts, "-o", out).stderr
    again = run("summarize", parts, "-o", out, "--length", "5", "--resume")
    assert again.exit_code == 2
    assert "begun with length '3', and now it is '5'" in again.stderr


def test_two_runs_do_not_write_into_one_folder(run: Run, parts: Path, tmp_path: Path) -> None:
    """The second is told to wait."""
    from filelock import FileLock

    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / "_digest.lock"):
        result = run("summarize", parts, "-o", f"{out}/")
    assert result.exit_code == 75
    assert "another run writes there" in result.stderr


def test_a_damaged_part_is_named_and_the_others_are_done(
    run: Run, parts: Path, tmp_path: Path
) -> None:
    """It gives no output, so that --resume does it when it is mended."""
    whole = (parts / "day=1/a.parquet").read_bytes()
    (parts / "day=1/a.parquet").write_bytes(whole[:-300])
    out = tmp_path / "out"
    result = run("summarize", parts, "-o", f"{out}/")
    assert result.exit_code == 10
    assert "a.parquet: damaged" in result.stderr
    assert len(_records(out)) == 7
    (parts / "day=1/a.parquet").write_bytes(whole)
    assert run("summarize", parts, "-o", f"{out}/", "--resume").exit_code == 0
    assert len(_records(out)) == 12


def test_a_row_without_a_text_is_named(run: Run, tmp_path: Path) -> None:
    """Up to twenty; the others are counted."""
    rows = [{"id": str(number), "text": None if number else TEXT} for number in range(30)]
    path = write_parquet(tmp_path / "a.parquet", rows)
    result = run("summarize", path, "-o", f"{tmp_path}/out/")
    assert result.exit_code == 10
    assert 'a.parquet, row 2: no "text"' in result.stderr
    assert "and 9 more of this part" in result.stderr
    assert len(_records(tmp_path / "out")) == 1


def test_columns_are_named_on_the_command_line(run: Run, tmp_path: Path) -> None:
    """For tables and lines alike."""
    rows = [{"url": "u1", "page": {"body": TEXT}}]
    table = write_parquet(tmp_path / "a.parquet", rows)
    lines = write_lines(tmp_path / "b.jsonl", rows)
    for path in (table, lines):
        result = run("summarize", path, "--columns", "text=page.body,id=url")
        assert json.loads(result.stdout)["id"] == "u1"
    assert "no column" in run("summarize", table).stderr


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz", "all.parquet"])
def test_all_parts_can_be_one_file(name: str, run: Run, parts: Path, tmp_path: Path) -> None:
    """As its name ends."""
    (tmp_path / "out").mkdir()
    assert run("summarize", parts, "-o", tmp_path / "out" / name).exit_code == 0
    assert len(_records(tmp_path / "out")) == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "parquet"), "needs -o"),
        (("--resume",), "--resume needs -o"),
        (("-o", "a.parquet", "--resume"), "plain JSON lines"),
        (("-o", "a.jsonl", "--format", "parquet"), "-o FILE.parquet"),
        (("--engine", "spark"), "local, local:4 or dask://host:port"),
        (("--engine", "local", "--jobs", "2"), "say the same"),
        (("--engine", "dask://127.0.0.1:1"), "needs -o FOLDER/"),
        (("--columns", "body"), "give name=column"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    arguments: tuple[str, ...], said: str, run: Run, parts: Path
) -> None:
    """In words that say what does."""
    result = run("summarize", parts, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_pages_have_none_of_these_options(run: Run, tmp_path: Path) -> None:
    """They are read one by one."""
    (tmp_path / "a.txt").write_text(TEXT)
    for command in ("split", "summarize"):
        result = run(command, tmp_path / "a.txt", "--columns", "text=body")
        assert result.exit_code == 2
        assert "--columns goes with tables and archives" in " ".join(result.stderr.split())


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """An archive with two pages of news, one without, and a cut."""
    pytest.importorskip("fastwarc")
    pages = [
        page(f"Ferry {number} runs again", TEXT, TEXT.replace("ferry", "train"))
        for number in (1, 2)
    ]
    records = [
        warc_record(f"https://example.org/{n}", body)
        for n, body in enumerate([*pages, page("", "Menu")])
    ]
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(records) + records[0][:400])
    return path


@pytest.mark.parametrize(("command", "count"), [("split", 2), ("summarize", 2), ("cluster", 2)])
def test_an_archive_of_pages_is_split_first(
    command: str, count: int, run: Run, crawl: Path
) -> None:
    """A page without an article is left out; the cut is a failure."""
    result = run(command, crawl, "--format", "jsonl")
    assert result.exit_code == 10
    assert len(result.stdout.splitlines()) == count
    assert "1 page without an article left out" in result.stderr
    assert "crawl.warc: cut off in the middle of a record, after 3 pages" in result.stderr


def test_pages_are_not_gone_on_with_by_ids(
    run: Run, crawl: Path, parts: Path, tmp_path: Path
) -> None:
    """Their articles have others: part by part they are."""
    for command, source in (("summarize", crawl), ("split", parts)):
        result = run(command, source, "-o", tmp_path / "a.jsonl", "--resume")
        assert result.exit_code == 2
        assert "--resume goes on with a folder" in " ".join(result.stderr.split())


def test_articles_of_an_archive_go_into_a_table(run: Run, crawl: Path, tmp_path: Path) -> None:
    """With what is known of each."""
    run("split", crawl, "--format", "parquet", "-o", f"{tmp_path}/out/")
    first, _ = _records(tmp_path / "out")
    assert first["title"] == "Ferry 1 runs again"
    assert first["page"] == first["url"] == "https://example.org/0"


def test_clusters_are_read_of_tables(run: Run, parts: Path) -> None:
    """As of lines."""
    result = run("cluster", parts, "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 12


def test_outputs_go_into_object_storage(run: Run, parts: Path) -> None:
    """And come from there."""
    fsspec = pytest.importorskip("fsspec")
    assert run("summarize", parts, "-o", "memory://folders/out").exit_code == 0
    files = fsspec.filesystem("memory")
    assert sorted(files.find("/folders/out")) == [
        "/folders/out/_digest.json",
        "/folders/out/day=1/a.parquet",
        "/folders/out/day=2/b.jsonl.gz",
        "/folders/out/day=2/c.jsonl",
    ]
    assert "go on with --resume" in run("summarize", parts, "-o", "memory://folders/out").stderr


def test_a_process_that_is_killed_costs_nothing(parts: Path) -> None:
    """Its records are done again."""
    from digest.batch.columns import Columns
    from digest.batch.engines import Here, Local
    from digest.batch.folders import results
    from digest.batch.jobs import SummarizeJob
    from digest.batch.parts import find

    found = find([str(parts)])
    alone = list(results(SummarizeJob(), found, Columns(), Here(), lambda _: False))
    killer = _Killer(str(parts.parent / "killed"))
    with Local(2) as local:
        several = list(results(killer, found, Columns(), local, lambda _: False))
    assert (parts.parent / "killed").exists()
    assert several == alone


class _Killer:
    """Summarizes, and ends its process the first time."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __call__(self, chunk: list[Any]) -> Any:
        import signal

        from digest.batch.jobs import SummarizeJob

        if not Path(self.mark).exists():
            Path(self.mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return SummarizeJob()(chunk)

    def schema(self) -> Any:
        raise AssertionError

    keeps_ids = True

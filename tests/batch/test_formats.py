"""Each kind of part is read as records, and damage is named."""

from pathlib import Path
from typing import Any

import pytest
from batch_files import record, write_lines, write_parquet

from digest.batch.columns import Columns
from digest.batch.formats import Located, read, writer
from digest.batch.jobs import SummarizeJob
from digest.batch.parts import find
from digest.errors import ConfigError, ReadError

pytest.importorskip("pyarrow")


def _read(path: Path) -> list[Any]:
    (part,) = find([str(path)])
    found = read(part, Columns())
    return [one.record if isinstance(one, Located) else str(one) for one in found]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson.gz", "a.jsonl.zst", "a.parquet"])
def test_the_same_records_are_read_of_every_kind(name: str, tmp_path: Path) -> None:
    """In their order."""
    records = [record(number) for number in range(600)]
    write = write_parquet if name.endswith(".parquet") else write_lines
    assert _read(write(tmp_path / name, records)) == records


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_a_table_that_is_cut_off_is_no_table(name: str, share: float, tmp_path: Path) -> None:
    """It may have lost anything."""
    write = write_parquet if name.endswith(".parquet") else write_lines
    path = write(tmp_path / name, [record(number) for number in range(50)])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    if share == 0.0 and name != "a.parquet":
        assert _read(path) in ([], [])
        return
    with pytest.raises(ReadError, match="damaged"):
        _read(path)


def test_a_damaged_row_group_is_named(tmp_path: Path) -> None:
    """Though what stands before it could be read."""
    path = write_parquet(
        tmp_path / "a.parquet",
        [record(number) for number in range(900)],
        row_group_size=300,
        compression="zstd",
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = bytes(400)
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged"):
        _read(path)


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    """Its last bytes tell."""
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PARE" + bytes(40) + (20).to_bytes(4, "little") + b"PARE")
    with pytest.raises(ReadError, match="encrypted; decrypt it first"):
        _read(path)


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    """And is named by its number."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\nno JSON\n{"text": "b"}\n')
    first, broken, last = _read(path)
    assert (first, last) == ({"text": "a"}, {"text": "b"})
    assert "a.jsonl: line 2: not JSON" in broken


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"])
def test_the_same_records_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    """However many come at once."""
    made = [{"id": number, "sentences": [], "words": 0, "note": "none"} for number in range(5000)]
    written = []
    for size in (64, 4999):
        with (
            (tmp_path / name).open("wb") as file,
            writer(file, name, SummarizeJob().schema) as write,
        ):
            for start in range(0, len(made), size):
                write(made[start : start + size])
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert len(_read_back(tmp_path / name)) == 5000


def _read_back(path: Path) -> list[Any]:
    if path.suffix == ".parquet":
        from pyarrow.parquet import read_table

        return list(read_table(path).to_pylist())
    return _read(path)


def test_an_archive_is_not_written(tmp_path: Path) -> None:
    """What can be written is said."""
    with (
        (tmp_path / "a").open("wb") as file,
        pytest.raises(ConfigError, match=r"write \.jsonl"),
        writer(file, "a.warc", SummarizeJob().schema),
    ):
        pass

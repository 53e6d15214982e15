"""The recipes of docs/engines.md do with a table what they say, and that for Dask is run as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from batch_files import record, write_parquet

from digest import summarize_table

pa = pytest.importorskip("pyarrow")
PAGE = Path(__file__).parents[2] / "docs/engines.md"
RECIPES = dict(re.findall(r"### (\w+)\n\n```python\n(.*?)```", PAGE.read_text("utf-8"), re.S))


def _articles(count: int) -> list[dict[str, str]]:
    return [{"url": one["id"], "body": one["text"]} for one in map(record, range(count))]


def _function(name: str) -> ModuleType:
    """Return a recipe as a module, without the engine that need not be installed."""
    lines = [
        line
        for line in RECIPES[name].splitlines()
        if not re.match(r"(import ray|from pyspark|from distributed|import dask)", line)
    ]
    module = ModuleType(name)
    exec(compile("\n".join(lines), name, "exec"), vars(module))
    return module


def test_there_is_a_recipe_for_each_engine() -> None:
    """Those that most clusters run."""
    assert list(RECIPES) == ["Dask", "Spark", "Ray"]


def test_the_recipe_for_spark_maps_batches() -> None:
    """An iterator of them to another, with the schema that it promises."""
    table = pa.Table.from_pylist(_articles(5))
    spark = _function("Spark")
    found = pa.Table.from_batches(spark.summarized(iter(table.to_batches(2))))
    assert found.equals(summarize_table(table, length=2, columns="text=body,id=url"))
    names = re.findall(r"(?:^|>>,|, )\s*(\w+) (?:string|int|array)", spark.SCHEMA)
    assert names == found.schema.names


def test_the_recipe_for_ray_maps_a_table() -> None:
    """A block is one."""
    table = pa.Table.from_pylist(_articles(5))
    found = _function("Ray").summarized(table)
    assert found.equals(summarize_table(table, length=2, columns="text=body,id=url"))


def test_the_recipe_for_dask_runs(tmp_path: Path) -> None:
    """On two workers, from a folder to a folder."""
    pytest.importorskip("distributed")
    pytest.importorskip("pandas")
    from pyarrow.parquet import read_table

    for part in range(2):
        write_parquet(tmp_path / f"in/{part}.parquet", _articles(10)[part * 5 : part * 5 + 5])
    script = tmp_path / "recipe.py"
    script.write_text(RECIPES["Dask"])
    paths = str(PAGE.parents[1])
    subprocess.run(
        [sys.executable, script, tmp_path / "in", tmp_path / "out"],
        check=True,
        timeout=180,
        env={**os.environ, "PYTHONPATH": paths},
    )
    found = read_table(tmp_path / "out").sort_by("id").to_pylist()
    table = pa.Table.from_pylist(_articles(10))
    wanted = summarize_table(table, length=2, columns="text=body,id=url").sort_by("id").to_pylist()
    assert [{**row, "note": row["note"] or None} for row in found] == wanted

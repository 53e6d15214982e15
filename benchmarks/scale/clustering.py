"""What it costs to cluster collections of growing size, by a model of 20,000 other articles, and without one.

    DIGEST_DATA=... python -m benchmarks.scale.clustering [--model] [--jobs N] ARTICLES...

Prints processor time and peak memory for each size, so that what grows faster than the collection is seen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.scale.__main__ import COLUMNS
from benchmarks.scale.collection import write_parts
from benchmarks.scale.processes import measured

_LEARNED = 20_000
_A_PART = 5000


def main() -> int:
    """Print a line for each size; 1 where a run fails."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        options: list[str] = []
        if given.model:
            other = write_parts(Path(folder, "other"), _LEARNED, _LEARNED // _A_PART, seed=2)
            model = f"{folder}/model"
            learned = [sys.executable, "-m", "digest", "model", "fit", str(other)]
            print("model:", measured([*learned, "--columns", COLUMNS, "-o", model]), flush=True)
            options = ["--model", model, "--engine", f"local:{given.jobs}"]
        for size in given.sizes:
            source = write_parts(Path(folder, f"{size}"), size, max(1, size // _A_PART))
            command = [sys.executable, "-m", "digest", "cluster", str(source), "--format", "jsonl"]
            cost = measured([*command, "--columns", COLUMNS, *options])
            each = 1000 * cost.processor_s / size
            print(f"{size:8}: {cost}, {each:.2f} ms an article", flush=True)
            failed |= cost.exit_code != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())

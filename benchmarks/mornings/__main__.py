"""Score the briefings of whole mornings, with the scorers that stand beside the data.

    python -m benchmarks.mornings [made] [real] [--seed N]      # reads DIGEST_DATA (default: ../shared)

`made` are six mornings of evaluation articles, drawn by the seed: stories that several outlets tell among
single pieces. `real` are days of feeds with the stories and the importance that an editor gave them. What
each figure means stands in the scorers, `tools/score_mornings.py` and `tools/score_real_mornings.py`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.data import shared_folder

KINDS = ("made", "real")
DIGEST = Path(sys.executable).parent / "digest"


def main() -> int:
    """Print the tables that are asked for, both by default; the exit code is how many scorers failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mornings")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="made, real")
    parser.add_argument("--seed", type=int, default=7, help="of the draw of made mornings")
    arguments = parser.parse_args()
    if unknown := set(arguments.kinds) - set(KINDS):
        parser.error(f"no kind {', '.join(sorted(unknown))}: there are {', '.join(KINDS)}")
    failed = 0
    for kind in arguments.kinds or KINDS:
        print(f"-- {kind}", flush=True)
        failed += not (_made(arguments.seed) if kind == "made" else _ran("score_real_mornings.py"))
    return failed


def _made(seed: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return _ran("make_mornings.py", folder, "--seed", str(seed)) and _ran(
            "score_mornings.py", folder
        )


def _ran(tool: str, *arguments: str) -> bool:
    """Run a tool on the program of this interpreter, unless DIGEST names another."""
    command = [sys.executable, str(shared_folder() / "tools" / tool), *arguments]
    return subprocess.run(command, env={"DIGEST": str(DIGEST), **os.environ}).returncode == 0


if __name__ == "__main__":
    sys.exit(main())

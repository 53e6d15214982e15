"""Run the program and the scorers so that neither the folder nor the machine can be seen in what comes out."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.data import ROOT

DIGEST = Path(sys.executable).parent / "digest"
PATIENCE_S = 600
"""After so long a process counts as failed: the slowest takes a minute."""

_SETTLED = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "COLUMNS": "80",
    # Two processes run at a time on two cores; and sums come in one order.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def run(
    command: Sequence[str | Path], *, folder: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder, with a home of its own, and return what it printed."""
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            env=_environment(os.environ, home),
            capture_output=True,
            timeout=PATIENCE_S,
        )


def digest(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the `digest` of this interpreter in a folder."""
    return run([DIGEST, *arguments], folder=folder)


def _environment(outer: Mapping[str, str], home: str) -> dict[str, str]:
    kept = {name: value for name, value in outer.items() if not name.startswith(("XDG_", "LC_"))}
    return (
        kept
        | _SETTLED
        | {
            "DIGEST": str(DIGEST),
            "PATH": f"{DIGEST.parent}{os.pathsep}{outer.get('PATH', '')}",
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_CACHE_HOME": f"{home}/cache",
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_STATE_HOME": f"{home}/state",
        }
    )

"""Checkers from npm, installed into a folder for the time of a run: nothing of theirs stays."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = ("axe-core", "lighthouse", "markdownlint-cli2", "vnu-jar")


@contextmanager
def npm_tools() -> Iterator[Path | None]:
    """Yield the folder `node_modules` with the checkers, or None where npm cannot install them.

    DIGEST_NPM names a folder that keeps them between runs.
    """
    kept = os.environ.get("DIGEST_NPM")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(kept or temporary)
        missing = [name for name in PACKAGES if not (folder / "node_modules" / name).is_dir()]
        if missing and not _installed(missing, folder):
            yield None
        else:
            yield folder / "node_modules"


def _installed(names: list[str], folder: Path) -> bool:
    if shutil.which("npm") is None:
        print("npm is missing: apt-get install npm", file=sys.stderr)
        return False
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(
            f"npm could not install {', '.join(names)}: {done.stderr.strip()[:300]}",
            file=sys.stderr,
        )
    return done.returncode == 0

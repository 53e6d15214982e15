"""Where the evaluation data are: the folder that DIGEST_DATA names, else ../shared beside the repository."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def shared_folder() -> Path:
    """Return the folder with `data/`, `seeds/` and `tools/`; leaves with a message where it is missing."""
    folder = Path(os.environ.get("DIGEST_DATA", ROOT.parent / "shared"))
    if folder.name == "data":
        folder = folder.parent
    if not (folder / "data").is_dir():
        print(f"no evaluation data in {folder}: set DIGEST_DATA to the folder that has data/")
        sys.exit(0)
    return folder


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl file below `data/`."""
    with (shared_folder() / "data" / name).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)

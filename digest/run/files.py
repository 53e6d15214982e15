"""The files that a source of the configuration means: a file, a folder, or a pattern."""

import re
from pathlib import Path

from digest.errors import FetchError
from digest.fetch import expand
from digest.models import Source

_WILD = re.compile(r"[*?\[]")


def source_files(location: str, folder: Path) -> list[Source]:
    """Return the files of a source, sorted, each as a source of its own; a relative path is below `folder`.

    Raises `FetchError` for a pattern that fits nothing, and for a file or folder that is not there. An empty
    folder is no error: it waits for what is dropped in.
    """
    path = folder / Path(location).expanduser()
    if path.is_dir():
        return [source for source in expand([str(path)]) if source.location != str(path)]
    if path.exists() or not _WILD.search(location):
        return expand([str(path)])
    pattern = path.relative_to(path.anchor)
    found = sorted(one for one in Path(path.anchor).glob(str(pattern)) if one.is_file())
    if not found:
        raise FetchError(location, "no file fits this pattern")
    return expand([str(one) for one in found])

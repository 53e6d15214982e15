"""Write files whole or not at all, so that they are still there after a power cut."""

import os
import re
import tempfile
from pathlib import Path

from digest.errors import WriteError

_NAME_LIMIT_BYTES = 200
"""File systems allow 255; the rest is for the temporary name."""
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk, where the system can: only then does a rename last."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def safe_name(name: str) -> str:
    """Return `name` as a file name that stays in its folder on every system."""
    slug = _slug(name) or "briefing"
    if _RESERVED.match(slug):
        slug = f"_{slug}"
    stem, dot, ending = slug.rpartition(".")
    room = _NAME_LIMIT_BYTES - len(f"{dot}{ending}".encode())
    if stem:
        return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending
    return slug.encode()[:_NAME_LIMIT_BYTES].decode("utf-8", "ignore")


def _slug(name: str) -> str:
    return re.sub(r"[^\w.\- ]+", "-", name).strip(" .-")


def names_a_file(name: str) -> bool:
    """Return whether something is left of `name` that a file can be called."""
    return bool(_slug(name))


def safe_stem(name: str) -> str:
    """Return `name` as the stem of several files that differ in their endings."""
    return safe_name(f"{name}.json").removesuffix(".json")


def encoded(content: str | bytes) -> bytes:
    """Return the bytes that a file of `content` has: text is written in UTF-8."""
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def write_file(
    folder: Path,
    name: str,
    content: str | bytes,
    *,
    private: bool = False,
    lasting: bool = True,
) -> Path:
    """Write a file under `folder`: temporary file, fsync, rename, fsync of the folder.

    One that is `private` can be read by nobody else; the others are as the user's mask has it. One that is not
    `lasting`, since it can be made again, is not waited for until it is on the disk.

    Raises:
        WriteError: the folder cannot be made or the file cannot be written.
    """
    path = folder / safe_name(name)
    data = encoded(content)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    except OSError as error:
        raise _failure(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        if not private:
            Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        if lasting:
            sync_folder(folder)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _failure(path, error) from error
    return path


def check_folder(folder: Path) -> None:
    """Make `folder` and check that files can be written under it; raises `WriteError` where they cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _failure(folder, error) from error


def _failure(path: Path, error: OSError) -> WriteError:
    reason = (error.strerror or "cannot be written").lower()
    return WriteError(f"{path}: {reason}; choose another folder")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

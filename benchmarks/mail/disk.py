"""A disk that is full: at some level before the send, and all at once after some mail has been taken.

On a small tmpfs of its own, which needs root. A second run with room must end the work: nobody without the
issue, and nobody twice.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.mail.kills import RECIPIENTS, send
from benchmarks.mail.sample import ISSUE
from benchmarks.mail.server import Server, serving

_SIZE = 4 << 20
_LEVELS = (
    0,
    4096,
    20_000,
    60_000,
    120_000,
    200_000,
    400_000,
    800_000,
    1_000_000,
    1_100_000,
    2_000_000,
)


@contextmanager
def small_disk() -> Iterator[Path]:
    """Mount a tmpfs of 4 MiB."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes free."""
    with (disk / "ballast").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            space = os.statvfs(disk)
            room = space.f_bavail * space.f_frsize - left
            if room <= 0 or not file.write(b"\0" * min(room, 65_536)):
                return


def _ended(disk: Path, server: Server, where: str, code: int) -> bool:
    (disk / "ballast").unlink(missing_ok=True)
    before = len(server.kept)
    again = send(ISSUE, disk / "store.sqlite", server.port)
    counts = server.counts()
    twice = sum(counts.get(one, 0) > 1 for one in RECIPIENTS)
    lost = sum(counts.get(one, 0) == 0 for one in RECIPIENTS)
    print(
        f"  {where}: exit {code} with {before} sent; then exit {again.returncode}:"
        f" {lost} lost, {twice} twice"
    )
    return not (lost or twice or again.returncode)


def main() -> int:
    """Print each case; the exit code is 1 where a mail was lost or came twice."""
    if os.geteuid() != 0:
        print("  not root: no small disk")
        return 0
    fine = []
    for left in _LEVELS:
        with serving() as server, small_disk() as disk:
            fill(disk, left)
            first = send(ISSUE, disk / "store.sqlite", server.port)
            fine.append(_ended(disk, server, f"{left:,} bytes free", first.returncode))
    for number in range(len(RECIPIENTS)):
        with serving() as server, small_disk() as disk:
            server.after = {number + 1: lambda disk=disk: fill(disk, 0)}  # type: ignore[misc]
            first = send(ISSUE, disk / "store.sqlite", server.port)
            fine.append(_ended(disk, server, f"full at mail {number + 1}", first.returncode))
    return not all(fine)


if __name__ == "__main__":
    sys.exit(main())

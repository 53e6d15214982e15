"""A real `digest send`, killed (kill -9) or told that the disk is full at each of its system calls.

After each, a second run ends the work. Then every recipient has the issue; who has it twice had a mail
whose answer was lost, and has the same bytes under the same Message-ID twice.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.mail.server import Server, serving

CALLS = ("connect", "sendto", "recvfrom", "pwrite64", "fdatasync", "write", "ftruncate", "unlink")
RECIPIENTS = [f"reader{number}@example.org" for number in range(6)]


@dataclass
class Tally:
    """What was found over all points."""

    points: int = 0
    lost: int = 0
    twice: int = 0
    """Mails that came twice, with the same bytes and Message-ID."""
    broken: list[str] = field(default_factory=list)


def send(issue: Path, store: Path, port: int, *inject: str) -> subprocess.CompletedProcess[str]:
    """Run `digest send`, under strace where something is to be injected."""
    wrapper = ("strace", "-f", "-qq", "-o", str(store.parent / "trace"), *inject) if inject else ()
    recipients = (part for one in RECIPIENTS for part in ("--to", one))
    return subprocess.run(
        [
            *wrapper,
            *(sys.executable, "-m", "digest", "send", str(issue), *recipients),
            *("--smtp", f"127.0.0.1:{port}", "--store", str(store)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def counted(issue: Path, folder: Path, server: Server) -> dict[str, int]:
    """Return how often an undisturbed run makes each call, after the store has been opened."""
    send(issue, folder / "store.sqlite", server.port, "-e", f"trace={','.join(CALLS)}")
    trace = (folder / "trace").read_text(encoding="utf-8", errors="replace")
    return {call: len(re.findall(rf"^\d+ +{call}\(", trace, re.MULTILINE)) for call in CALLS}


def points(counts: dict[str, int], every: int) -> Iterator[tuple[str, int]]:
    """Yield each call and its number."""
    for call, count in counts.items():
        for number in range(1, count + 1, every):
            yield call, number


def disturb(
    issue: Path, server: Server, fault: str, lasting: str, wanted: Sequence[tuple[str, int]]
) -> Tally:
    """Disturb one run at each point, end the work with a second one, and compare.

    `lasting` is `+` for a fault that stays from its point on.
    """
    tally = Tally()
    for call, number in wanted:
        with tempfile.TemporaryDirectory() as name:
            store = Path(name) / "store.sqlite"
            server.kept.clear()
            inject = f"inject={call}:{fault}:when={number}{lasting}"
            first = send(issue, store, server.port, "-e", f"trace={call}", "-e", inject)
            again = send(issue, store, server.port)
            where = f"{fault} at {call} {number}"
            tally.points += 1
            # What cannot be printed leaves with Python's own code.
            known = first.returncode in (0, -9, 137, 73, 74, 75, 76) or call == "write"
            if not known or again.returncode != 0:
                told = (first.stderr + again.stderr).strip()[-300:]
                tally.broken.append(f"{where}: {first.returncode} {again.returncode} {told}")
            _compare(server, tally, where)
    return tally


def _compare(server: Server, tally: Tally, where: str) -> None:
    counts = server.counts()
    for recipient in RECIPIENTS:
        mails = {content for whom, content in server.kept if whom == recipient}
        count = counts.get(recipient, 0)
        tally.lost += count == 0
        tally.twice += count == 2
        if count > 2 or len(mails) > 1:
            tally.broken.append(f"{where}: {recipient} has {count}, {len(mails)} different")


def main(every: int = 1) -> int:
    """Print what was found; the exit code is 1 where a mail was lost or came twice with other bytes."""
    if shutil.which("strace") is None:
        print("strace is not installed: no kill points")
        return 0
    failed = False
    issue = Path(__file__).parents[2] / "out" / "sample" / "briefing.json"
    with serving() as server, tempfile.TemporaryDirectory() as name:
        counts = counted(issue, Path(name), server)
        wanted = list(points(counts, every))
        full = [one for one in wanted if one[0] in ("pwrite64", "write", "ftruncate")]
        for fault, lasting, chosen in (
            ("signal=SIGKILL", "", wanted),
            ("error=ENOSPC", "+", full),
            ("error=EIO", "", full),
        ):
            tally = disturb(issue, server, fault, lasting, chosen)
            print(
                f"  {fault}: {tally.points} points, {tally.lost} lost,"
                f" {tally.twice} twice with the same bytes, {len(tally.broken)} broken",
                flush=True,
            )
            for line in tally.broken[:5]:
                print(f"    {line}")
            failed = failed or bool(tally.broken or tally.lost)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))

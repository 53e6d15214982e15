"""The three sample pages built by `digest`, beside sumy's own command on one of them; and `digest --help`."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import shared_folder
from benchmarks.peers import write_nltk_data

ROUNDS = 7


def main() -> None:
    """Print the median of several interleaved rounds, and the ratios."""
    pages = sorted((shared_folder() / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        write_nltk_data(Path(folder) / "nltk")
        environment = {**os.environ, "NLTK_DATA": str(Path(folder) / "nltk")}
        digest = [sys.executable, "-m", "digest"]
        commands = {
            "digest --help": [*digest, "--help"],
            "digest summarize, one page": [*digest, "summarize", str(pages[1])],
            "digest build, three pages": [*digest, "build", *map(str, pages), "-o", folder],
            "sumy text-rank, one page": [
                str(Path(sys.executable).parent / "sumy"),
                "text-rank",
                f"--file={pages[1]}",
                "--format=plaintext",
                "--length=3",
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, env=environment, capture_output=True, check=True)
                times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    peer = medians["sumy text-rank, one page"]
    for name, seconds in medians.items():
        print(f"{name:28s} {seconds:6.3f} s  {seconds / peer:5.2f} times sumy")


if __name__ == "__main__":
    main()

"""Sources and memory: hostile feeds and addresses, a year of days, and many feeds at once.

python -m benchmarks sources            # all but the long one
python -m benchmarks.sources.faults     # runs broken off at every call: an hour
"""

import subprocess
import sys

PARTS = ("feeds", "payloads", "days", "scale", "year")


def main() -> int:
    """Run each part in a process of its own."""
    failed = 0
    for part in PARTS:
        print(f"-- {part}", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", f"benchmarks.sources.{part}"]).returncode != 0
        )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Run the benchmarks, one process each: all of them, or those that are named."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# The gate runs others of them, so it stands alone: `make gate`.
NAMES = sorted({path.parent.name for path in HERE.glob("*/__main__.py")} - {"gate"})


def main(wanted: list[str]) -> int:
    """Run each benchmark and return how many failed."""
    for name in wanted:
        if name not in NAMES:
            print(f"no benchmark {name!r}: there are {', '.join(NAMES)}", file=sys.stderr)
            return 2
    failed = 0
    for name in wanted or NAMES:
        print(f"== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

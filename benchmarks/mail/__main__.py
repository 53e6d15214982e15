"""Everything that is promised of the mail, measured: `python -m benchmarks mail`.

    faults      23 faults of mail servers, and postfix end to end (the tests of tests/delivery)
    headers     every hostile string as title and name, on every Python that is found
    clients     caniemail, the Nu checker, SpamAssassin
    throughput  a thousand recipients
    disk        a full disk
    kills       kill -9, ENOSPC and EIO at system calls of a real send: minutes; MAIL_KILLS=1 takes each
                of them, by default one in 25

Pictures: `python -m benchmarks.mail.sample --html > mail.html`, then
`python benchmarks/chromium.py mail.html pictures 320 600 1000`.
"""

import os
import subprocess
import sys

from benchmarks.data import ROOT

PARTS = {
    "faults": ("pytest", "-q", "-p", "no:cacheprovider", "tests/delivery"),
    "headers": ("benchmarks.mail.headers",),
    "clients": ("benchmarks.mail.clients",),
    "throughput": ("benchmarks.mail.throughput",),
    "disk": ("benchmarks.mail.disk",),
    "kills": ("benchmarks.mail.kills", os.environ.get("MAIL_KILLS", "25")),
}


def main() -> int:
    """Run each part in a process of its own; the exit code is how many failed."""
    failed = 0
    for name, arguments in PARTS.items():
        print(f"-- {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT)
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())

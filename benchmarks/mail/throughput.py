"""A thousand recipients on loopback: each mail built, stored and sent, and committed one by one."""

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mail.sample import ISSUE, MAIL
from benchmarks.mail.server import serving
from digest.delivery.dispatch import deliver_issue
from digest.delivery.options import MailConfig
from digest.library import load_digest
from digest.store import locked, open_store

RECIPIENTS = 1000
_MOST_SECONDS = 60


def main() -> int:
    """Print how long it took; the exit code is 1 where it was more than a minute, or a mail is missing."""
    digest = load_digest(ISSUE)
    to = tuple(f"reader{number}@example.net" for number in range(RECIPIENTS))
    lines: list[str] = []
    with serving() as server, tempfile.TemporaryDirectory() as name:
        store_path = Path(name) / "store.sqlite"
        mail = MailConfig(
            sender=MAIL.sender,
            to=to,
            host="127.0.0.1",
            port=server.port,
            unsubscribe_url=MAIL.unsubscribe_url,
        )
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        with locked(store_path), open_store(store_path) as store:
            done = deliver_issue(
                store, digest, "key", mail, now=datetime.now(UTC), report=lines.append
            )
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
        sent, counts = done.count("SENT"), server.counts()
        size = store_path.stat().st_size
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    once = sum(count == 1 for count in counts.values())
    print(
        f"  {sent} of {RECIPIENTS} sent, {once} have it once: {seconds:.1f} s, {processor:.1f} s of"
        f" processor time with the server's; the store has {size / 1e6:.1f} MB"
    )
    return not (sent == once == RECIPIENTS and seconds <= _MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())

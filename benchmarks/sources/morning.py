"""One morning of `year`, the real job on a given clock: `python -m benchmarks.sources.morning DIR MOMENT`."""

import datetime
import sys
from pathlib import Path

from digest.cli.options import place
from digest.cli.terminal import failure
from digest.errors import DigestError
from digest.fetch import HttpFetcher
from digest.run import Job, run_once
from digest.run.running import mail_issues
from digest.store import locked, open_store


def main() -> int:
    """Do as `digest run` does; the exit code is its own."""
    folder, now = Path(sys.argv[1]), datetime.datetime.fromisoformat(sys.argv[2])
    try:
        return _run(folder, now)
    except DigestError as error:
        failure(error)
        return error.exit_code


def _run(folder: Path, now: datetime.datetime) -> int:
    here = place(folder / "digest.toml")
    path = here.store(None)
    with locked(path), open_store(path, check=True) as store:
        job = Job(
            store=store,
            config=here.config,
            folder=here.folder,
            output=here.output,
            http=HttpFetcher(allow_private=True, timeout_s=5.0),
            report=failure,
        )
        done = run_once(job, day=now.date(), now=now)[0]
        assert here.config.mail is not None
        mails = mail_issues(store, here.config, now=now, report=failure)
        code = max((one.exit_code for one in mails), default=0)
    return code or (10 if done.gathered.failed else 0)


if __name__ == "__main__":
    sys.exit(main())

"""The mornings of `year`: the real job on a given clock, each in a process of its own that can be killed.

The processes are forked from one that has loaded what they need, so that a year takes minutes.
"""

import datetime
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.damage import load
from digest.cli.options import place
from digest.cli.terminal import configure, failure
from digest.errors import DigestError
from digest.fetch import HttpFetcher
from digest.run import Job, run_once
from digest.run.running import mail_issues
from digest.store import locked, open_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """When the job runs, and what disturbs it."""

    folder: Path
    now: datetime.datetime
    most_bytes: int = 0
    """A file cannot grow beyond this, as on a full disk."""
    killed_after_s: float = 0.0


@contextmanager
def forking() -> Iterator[Connection]:
    """Run the process that mornings are sent to, which answers each with an exit code and what was said.

    It has to begin before the program has threads.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield ours
    finally:
        ours.send(None)
        process.join()


def _serve(pipe: Connection) -> None:
    load()
    while morning := pipe.recv():
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(theirs, 2)
            os.close(ours)
            os.close(theirs)
            os._exit(_lived(morning))
        os.close(theirs)
        if morning.killed_after_s:
            time.sleep(morning.killed_after_s)
            os.kill(child, signal.SIGKILL)
        with os.fdopen(ours, encoding="utf-8", errors="replace") as said:
            text = said.read()
        pipe.send((os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text))


def _lived(morning: Morning) -> int:
    """Do as `digest run` does; the exit code is its own."""
    configure(0, as_json=False)
    if morning.most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (morning.most_bytes, morning.most_bytes))
    try:
        return _run(morning.folder, morning.now)
    except DigestError as error:
        failure(error)
        return error.exit_code
    except BaseException:  # noqa: BLE001
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stderr.flush()


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

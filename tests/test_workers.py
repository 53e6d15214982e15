"""Workers cost a bad item its own result, and nothing else."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.incoming import uncounted
from digest.workers import WorkerFailure, Workers


def squared(number: int) -> int:
    return number * number


def troubled(what: str) -> str:
    """Do what is asked, as a parser on hostile input might."""
    if what == "spin":
        while True:
            pass
    if what == "sleep":
        time.sleep(600)
    if what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "eat":
        return str(len(bytearray(8 << 30)))
    if what == "nest":
        return troubled(what)
    if what == "load":
        with uncounted():
            _spin(0.42)
        _spin(0.13)
    if what == "load, then spin":
        with uncounted():
            _spin(0.1)
        _spin(60)
    if what == "log":
        logging.getLogger("digest").warning("said %s", what)
    if what == "bug":
        raise KeyError(what)
    return what


def _spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def process(_item: object) -> int:
    return os.getpid()


def large(size: int) -> bytes:
    return bytes(size)


def _limit(_item: object) -> float:
    return 0.5


def _results(items: list[str], **options: int) -> dict[str, str | WorkerFailure]:
    with Workers(troubled, limit_s=_limit, **options) as workers:
        return {items[number]: result for number, result in workers.map(items)}


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_every_item_gives_its_result():
    with Workers(squared, limit_s=_limit) as workers:
        assert sorted(workers.map(range(50))) == [(n, n * n) for n in range(50)]


def test_no_items_no_processes():
    with Workers(squared, limit_s=_limit) as workers:
        assert list(workers.map([])) == []


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("spin", "took longer than 0.5 s to read; given up"),
        ("sleep", "took longer than 0.5 s to read; given up"),
        ("crash", "its reading crashed (SIGSEGV)"),
        ("nest", "nested too deeply"),
        ("bug", "a fault in digest (KeyError('bug')); please report it"),
        pytest.param(
            "eat",
            "needs too much memory; given up",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory"),
        ),
    ],
)
def test_trouble_costs_its_own_item_only(trouble, reason, processes):
    results = _results(["a", trouble, "b", "c"], processes=processes)
    failure = WorkerFailure(reason, lost=trouble == "crash")
    assert results == {"a": "a", "b": "b", "c": "c", trouble: failure}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no processor timers here")
def test_what_is_loaded_once_for_all_does_not_count_as_the_time_of_an_item():
    results = _results(["load", "load, then spin"], processes=1)
    assert results["load"] == "load"
    assert results["load, then spin"] == WorkerFailure("took longer than 0.5 s to read; given up")


def test_what_is_logged_in_a_worker_is_logged(caplog):
    _results(["a", "log", "b"])
    assert caplog.messages == ["said log"]


def test_items_are_taken_only_when_a_process_is_free():
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Workers(squared, limit_s=_limit, processes=2) as workers:
        results = workers.map(items())
        next(results)
        assert len(taken) <= 4


def test_a_call_that_was_left_half_way_does_not_disturb_the_next():
    with Workers(squared, limit_s=_limit) as workers:
        next(workers.map(range(10)))
        assert sorted(workers.map([7, 8])) == [(0, 49), (1, 64)]


def counted(folder: str) -> int:
    """Die the first time that it is called, as a process does that the system ends for want of memory."""
    file = Path(folder, "tried")
    tries = len(file.read_text()) if file.exists() else 0
    file.write_text("x" * (tries + 1))
    if tries == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return tries


@pytest.mark.parametrize("attempts", [1, 2])
def test_what_was_killed_by_others_is_tried_again(tmp_path, attempts):
    with Workers(counted, limit_s=_limit, attempts=attempts) as workers:
        result = workers(str(tmp_path))
    assert (result == 1) == (attempts == 2)
    assert isinstance(result, int) or result.lost


def test_none_runs_far_ahead_of_the_first_that_is_not_done():
    with Workers(slowly, limit_s=lambda _: 5.0, processes=2) as workers:
        order = [number for number, _ in workers.map(range(20), ahead=4)]
    assert sorted(order) == list(range(20))
    assert order.index(0) <= 3


def slowly(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def test_what_a_fork_inherits_is_closed(tmp_path):
    """A lock or a store of the parent is no worker's: it would outlive the parent."""
    with (tmp_path / "held").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        with Workers(is_open, limit_s=_limit) as workers:
            assert workers(str(tmp_path / "held")) is False


def is_open(path: str) -> bool:
    folder = Path("/proc/self/fd")
    return folder.exists() and any(os.path.realpath(one) == path for one in folder.iterdir())


def test_results_of_many_megabytes_come_whole():
    with Workers(large, limit_s=_limit) as workers:
        sizes = [(number, len(result)) for number, result in workers.map([1 << 20, 20 << 20])]
    assert sorted(sizes) == [(0, 1 << 20), (1, 20 << 20)]


def test_a_slow_reader_of_results_loses_none():
    with Workers(large, limit_s=lambda _: 0.01) as workers:
        results = workers.map([1 << 20] * 3)
        next(results)
        time.sleep(0.2)
        assert all(isinstance(result, bytes) for _, result in results)


def test_processes_live_as_long_as_the_workers_and_no_longer():
    with Workers(process, limit_s=_limit, processes=2) as workers:
        found = {result for _, result in workers.map(range(20))}
        assert 1 <= len(found) <= 2
    assert not any(_alive(pid) for pid in found if isinstance(pid, int))


def test_an_interruption_leaves_no_process():
    found: list[int] = []

    def interrupted() -> None:
        with Workers(process, limit_s=_limit) as workers:
            for _, pid in workers.map(range(20)):
                assert isinstance(pid, int)
                found.append(pid)
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert found
    assert not any(map(_alive, found))


PARENT = """
import sys, time
from digest.incoming import uncounted
from digest.workers import Workers
from tests_workers_parent import report
if __name__ == "__main__":
    with Workers(report, limit_s=lambda _: 60.0, processes=2) as workers:
        list(workers.map(["idle", "busy"]))
"""
REPORT = """
import os, sys, time
def report(what):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(600 if what == "busy" else 0)
"""


def test_the_death_of_the_parent_ends_them(tmp_path):
    (tmp_path / "parent.py").write_text(PARENT)
    (tmp_path / "tests_workers_parent.py").write_text(REPORT)
    path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert parent.stdout is not None
    pids = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.wait()
    assert parent.stdout.read() == b""  # the pipe is closed: nobody else has it open
    end = time.monotonic() + 20
    while any(map(_running, pids)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(map(_running, pids))


def _running(pid: int) -> bool:
    """Whether a process does anything; an orphan that ended may wait for init to notice."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    return False

"""The workers of a cluster make the same records as one process, whoever of them is lost meanwhile.

The cluster is real: a scheduler and two workers, processes of their own in folders of their own, over TCP.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from batch_files import record, write_lines
from click.testing import Result
from made_world import world

from digest.batch import engines
from digest.batch.columns import Columns
from digest.batch.engines import Engine
from digest.batch.folders import PartOutcome, Plan, work
from digest.batch.jobs import SummarizeJob
from digest.batch.parts import Folder, Part, find
from digest.clusterers import Model, agglomeration, model, neighbours
from digest.errors import ConfigError, EngineError
from digest.models import Article

distributed = pytest.importorskip("distributed")
cloudpickle = pytest.importorskip("cloudpickle")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes")
Run = Callable[..., Result]
ME = sys.modules[__name__]


@pytest.mark.parametrize(
    ("text", "engine"),
    [
        ("local", Engine(jobs=4)),
        ("local:2", Engine(jobs=2)),
        ("dask://host:8786", Engine(scheduler="tcp://host:8786")),
    ],
)
def test_an_engine_is_named(text: str, engine: Engine) -> None:
    """This machine, with so many processes; or a scheduler."""
    assert Engine.parse(text, 4) == engine


@pytest.mark.parametrize("text", ["", "local:x", "dask://", "spark://host", "4"])
def test_another_engine_is_refused(text: str) -> None:
    """With those that there are."""
    with pytest.raises(ConfigError, match="give local, local:4 or dask://host:port"):
        Engine.parse(text, 4)


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, workers: int) -> None:
        """Start them all, and wait for each."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start(folder / "s", "scheduler", "--host", "127.0.0.1", "--port", str(port))
        for number in range(workers):
            options = ("--nthreads", "1", "--memory-limit", "1GB", "--death-timeout", "60")
            self._start(folder / f"w{number}", "worker", f"tcp://{self.address}", *options)
        self.client = distributed.Client(f"tcp://{self.address}", timeout=60, set_as_default=False)
        self.client.wait_for_workers(workers, timeout=90)

    def _start(self, folder: Path, kind: str, *options: str) -> None:
        folder.mkdir()
        self._processes.append(
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=(folder / "log").open("wb"),
                env={
                    **os.environ,
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                },
            )
        )

    def pids(self) -> dict[str, int]:
        """Return the process of each worker."""
        found: dict[str, int] = self.client.run(os.getpid)
        return found

    def busy(self) -> list[str]:
        """Return the workers that have work."""
        return [worker for worker, keys in self.client.processing().items() if keys]

    def end_scheduler(self) -> None:
        """Kill the scheduler."""
        self._processes[0].kill()
        self._processes[0].wait()

    def end(self) -> None:
        """Kill all that were started, with their workers."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.client.close(timeout=1)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for all tests that leave it as it was."""
    cloudpickle.register_pickle_by_value(ME)
    found = Cluster(tmp_path_factory.mktemp("cluster"), 2)
    yield found
    found.end()
    cloudpickle.unregister_pickle_by_value(ME)


@pytest.fixture
def parts(tmp_path: Path) -> list[Part]:
    """Six parts with five articles each."""
    for part in range(6):
        records = [record(part * 5 + number) for number in range(5)]
        write_lines(tmp_path / f"in/{part}.jsonl", records)
    return find([str(tmp_path / "in")])


def _plan(folder: Path, job: Any = None) -> Plan:
    return Plan(
        job=job or SummarizeJob(),
        columns=Columns(),
        format=None,
        folder=Folder(address=str(folder)),
    )


def _work(plan: Plan, parts: Sequence[Part], cluster: Cluster) -> list[PartOutcome]:
    return list(work(plan, parts, Engine(scheduler=f"tcp://{cluster.address}"), resume=False))


def _written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


def _alone(tmp_path: Path, parts: Sequence[Part]) -> dict[str, bytes]:
    assert len(list(work(_plan(tmp_path / "one"), parts, Engine(), resume=False))) == len(parts)
    return _written(tmp_path / "one")


def test_a_cluster_makes_the_records_of_one_machine(
    run: Run, parts: list[Part], cluster: Cluster, tmp_path: Path
) -> None:
    """Byte by byte, whatever the order of the parts."""
    engine = f"dask://{cluster.address}"
    sources = [part.address for part in reversed(parts)]
    result = run("summarize", *sources, "--engine", engine, "-o", f"{tmp_path}/out/")
    assert (result.exit_code, result.stderr) == (0, "")
    assert _written(tmp_path / "out") == _alone(tmp_path, parts)


@dataclass(frozen=True)
class Slow:
    """Summarizes, and takes its time."""

    def __call__(self, chunk: list[Any]) -> Any:
        """Wait a little first."""
        time.sleep(1)
        return SummarizeJob()(chunk)

    def schema(self) -> Any:
        """Not asked for."""
        raise AssertionError

    keeps_ids = True


@contextmanager
def _killing(cluster: Cluster, after_s: float = 0.0) -> Iterator[None]:
    """Kill a worker while it works, and make sure that it is dead."""
    before = cluster.pids()
    killed: list[int] = []

    def kill() -> None:
        while not (busy := cluster.busy()):
            time.sleep(0.05)
        time.sleep(after_s)
        killed.append(before[busy[0]])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    yield
    killer.join(60)
    assert killed
    cluster.client.wait_for_workers(2, timeout=90)
    assert killed[0] not in cluster.pids().values()


def test_a_worker_that_is_killed_half_way_changes_nothing(
    parts: list[Part], cluster: Cluster, tmp_path: Path
) -> None:
    """Its part is done by the other; and it is dead, as this test makes sure."""
    with _killing(cluster, after_s=0.5):
        outcomes = _work(_plan(tmp_path / "out", Slow()), parts, cluster)
    assert [outcome.failed for outcome in outcomes] == [0] * 6
    assert _written(tmp_path / "out") == _alone(tmp_path, parts)
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.endswith(".aside")]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model, kept."""
    path = tmp_path_factory.mktemp("model") / "kept"
    Model.fit(world(350)).save(path)
    return path


def _written_world(path: Path, articles: Sequence[Article]) -> str:
    records = [{"id": a.id, "title": a.title, "text": a.text} for a in articles]
    write_lines(path, [{**r, "language": "en"} for r in records])
    return str(path)


def test_stories_by_a_model_are_those_of_one_machine(
    run: Run, cluster: Cluster, learned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte by byte: by several processes, by a cluster, and by one of which a worker is killed meanwhile."""
    monkeypatch.setattr(model, "_CHUNK", 20)
    monkeypatch.setattr(agglomeration, "_PAIRS", 10)
    monkeypatch.setattr(neighbours, "_ROWS", 20)
    source = _written_world(tmp_path / "in.jsonl", world(80, "other"))
    by_model = ("cluster", source, "--model", str(learned), "--format", "jsonl")
    alone = run(*by_model)
    assert alone.exit_code == 0
    assert len(alone.stdout.splitlines()) == 240
    assert run(*by_model, "--engine", "local:2").stdout == alone.stdout
    by_cluster = (*by_model, "--engine", f"dask://{cluster.address}")
    assert run(*by_cluster).stdout == alone.stdout
    with _killing(cluster):
        result = run(*by_cluster)
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", alone.stdout)


def test_an_engine_clusters_by_a_model_alone(run: Run) -> None:
    """Without one every article is weighed against all others."""
    result = run("cluster", "-", "--engine", "local:2")
    assert result.exit_code == 2
    assert "--engine needs --model" in result.stderr


@dataclass(frozen=True)
class Lethal:
    """Summarizes, but ends every process that meets the third part."""

    def __call__(self, chunk: list[Any]) -> Any:
        """Die of one article."""
        if any(one.id == "a12" for one in chunk):
            os.kill(os.getpid(), signal.SIGKILL)
        return SummarizeJob()(chunk)

    def schema(self) -> Any:
        """Not asked for."""
        raise AssertionError

    keeps_ids = True


def test_a_part_of_which_workers_die_is_named_and_the_others_are_done(
    parts: list[Part], cluster: Cluster, tmp_path: Path
) -> None:
    """As where it needs more memory than they have."""
    outcomes = _work(_plan(tmp_path / "out", Lethal()), parts, cluster)
    (failed,) = [outcome for outcome in outcomes if outcome.failed]
    assert failed.failures[0].startswith(f"{parts[2].address}: given up: 2 workers died of it")
    assert len(_written(tmp_path / "out")) == 5
    cluster.client.wait_for_workers(2, timeout=90)


def test_workers_of_another_version_are_refused(
    parts: list[Part], cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is done."""
    monkeypatch.setattr(engines, "program", lambda: "0.0.9-other")
    with pytest.raises(EngineError, match=r"has digest .*, and this is 0\.0\.9-other"):
        _work(_plan(tmp_path / "out"), parts, cluster)
    assert _written(tmp_path / "out") == {}


def test_a_part_that_a_worker_cannot_read_is_named(
    parts: list[Part], cluster: Cluster, tmp_path: Path
) -> None:
    """The others are done."""
    Path(parts[0].address).unlink()
    outcomes = _work(_plan(tmp_path / "out"), parts, cluster)
    (failed,) = [outcome for outcome in outcomes if outcome.failed]
    assert "no such file" in failed.failures[0]
    assert len(_written(tmp_path / "out")) == 5


def test_no_scheduler_is_said_in_a_line(
    run: Run, parts: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And how to start one."""
    monkeypatch.setattr(engines, "_ANSWER_S", 1)
    engine = ("--engine", "dask://127.0.0.1:9", "-o", f"{tmp_path}/out/")
    result = run("summarize", parts[0].address, *engine)
    assert result.exit_code == 75
    assert "dask://127.0.0.1:9: no scheduler answers there; start one" in result.stderr


def test_a_scheduler_that_goes_away_leaves_what_was_finished(
    parts: list[Part], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same command goes on with the rest."""
    cloudpickle.register_pickle_by_value(ME)
    own = Cluster(tmp_path_factory.mktemp("own"), 1)
    plan = _plan(tmp_path / "out", Slow())
    try:
        outcomes = work(plan, parts, Engine(scheduler=f"tcp://{own.address}"), resume=False)
        next(outcomes)
        own.end_scheduler()
        with pytest.raises(
            EngineError, match=r"the scheduler has gone, .* what was finished is kept"
        ):
            list(outcomes)
    finally:
        own.end()
    there = _written(tmp_path / "out")
    assert there
    list(work(_plan(tmp_path / "out", Slow()), parts, Engine(), resume=True))
    assert _written(tmp_path / "out") == _alone(tmp_path, parts)


def test_outputs_that_this_machine_does_not_see_are_no_outputs(
    parts: list[Part], cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where each machine has a folder of that name."""
    monkeypatch.setattr(Folder, "has", lambda _self, _name: False)
    with pytest.raises(EngineError, match="give a folder that all share"):
        _work(_plan(tmp_path / "out"), parts, cluster)

"""A real dask scheduler and two workers on this machine; one of them is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batch import counties

from xlplugin.batch import Options, Plan, batch, collect
from xlplugin.batch.cluster import cluster
from xlplugin.batch.stop import Stop
from xlplugin.errors import UserError

distributed = pytest.importorskip("distributed")
PATIENCE = 300
"""Seconds after which something is broken. Nothing waits so long: everything waits for what it needs."""

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
    pytest.mark.filterwarnings("ignore::ResourceWarning:distributed"),
]


SCHEDULER = """
import asyncio
from distributed import Scheduler

async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A scheduler's address, which it says once it listens."""
    with subprocess.Popen(
        [sys.executable, "-c", SCHEDULER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.kill()


def worker(address: str) -> subprocess.Popen[bytes]:
    """A worker of one thread on this machine only."""
    options = ["--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", address, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture
def client(scheduler: str) -> Iterator[Any]:
    """What a test itself asks the scheduler."""
    with distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False) as found:
        yield found


@pytest.fixture
def workers(scheduler: str, client: Any) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers of one thread each, both at the scheduler's service."""
    both = [worker(scheduler), worker(scheduler)]
    client.wait_for_workers(2, timeout=PATIENCE)
    yield both
    for process in both:
        process.kill()
        process.wait()


def test_a_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, scheduler: str, client: Any, workers: list[subprocess.Popen[bytes]]
) -> None:
    """From the first result on one worker stands still, with workbooks in its hands; at the sixth it is killed."""
    for number in range(24):
        counties.county(tmp_path / "in", number)
    counties.wrong_data(tmp_path / "in" / "wrong.xlsx")
    sources = collect([tmp_path / "in"])
    plain = batch(sources, Options(tmp_path / "plain", document=False), Plan(0))
    addresses = {pid: address for address, pid in client.run(os.getpid).items()}
    came = []
    held: list[object] = []

    def watch(result: object, _old: bool) -> None:
        came.append(result)
        if len(came) == 1:
            workers[0].send_signal(signal.SIGSTOP)
        if len(came) == 6:
            held.extend(client.processing()[addresses[workers[0].pid]])
            workers[0].kill()

    done = batch(sources, Options(tmp_path / "far", document=False), Plan(cluster=scheduler), watch)
    assert len(came) == 25
    assert held
    assert workers[0].wait() == -signal.SIGKILL
    assert done.counts == plain.counts == {"done": 24, "stopped": 1}
    plain_rows, far_rows = (counties.summed_up(tmp_path / name) for name in ("plain", "far"))
    assert plain_rows == far_rows


def test_the_time_limit_holds_on_a_cluster_as_well(
    endless: Path, tmp_path: Path, scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    assert workers
    done = batch(
        collect([counties.county(tmp_path / "in", 1), endless]),
        Options(tmp_path / "out", document=False),
        Plan(limit=5, cluster=scheduler),
    )
    assert [result.status for result in done.results] == ["done", "timeout"]


def test_no_cluster_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlplugin.batch.cluster.CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(UserError, match="连不上集群"):
            list(cluster([], Stop(), address, None))


def test_a_cluster_without_workers_is_said(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlplugin.batch.cluster.CONNECT_SECONDS", 2)
    with pytest.raises(UserError, match="没有正在工作的机器"):
        list(cluster([], Stop(), scheduler, None))


def test_without_dask_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"pip install .xlplugin\[cluster\]"):
        list(cluster([], Stop(), "tcp://127.0.0.1:9", None))

"""A real dask scheduler and two workers on this machine; one of them is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch import counties

from xlplugin.batch import Options, Plan, batch, collect
from xlplugin.batch.cluster import cluster
from xlplugin.batch.stop import Stop
from xlplugin.errors import UserError

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
    pytest.mark.filterwarnings("ignore::ResourceWarning:distributed"),
]


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    """A dask process on this machine only."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def worker(address: str) -> subprocess.Popen[bytes]:
    return dask(
        "worker",
        address,
        "--host",
        "127.0.0.1",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--death-timeout",
        "60",
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A scheduler's address."""
    file = tmp_path / "scheduler.json"
    process = dask(
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--no-show",
        "--scheduler-file",
        str(file),
    )
    end = time.monotonic() + 60
    while not file.exists() or not file.read_text():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)
    yield json.loads(file.read_text())["address"]
    process.kill()
    process.wait()


@pytest.fixture
def workers(scheduler: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers of one thread each."""
    both = [worker(scheduler), worker(scheduler)]
    yield both
    for process in both:
        process.kill()
        process.wait()


def test_a_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    for number in range(24):
        counties.county(tmp_path / "in", number)
    counties.wrong_data(tmp_path / "in" / "wrong.xlsx")
    sources, _ = collect([tmp_path / "in"])
    plain = batch(sources, Options(tmp_path / "plain", document=False), Plan(1, None))
    came = []

    def watch(result: object, _old: bool) -> None:
        came.append(result)
        if len(came) == 6:
            os.kill(workers[0].pid, signal.SIGKILL)

    done = batch(sources, Options(tmp_path / "far", document=False), Plan(cluster=scheduler), watch)
    assert len(came) == 25
    assert workers[0].wait(10) == -signal.SIGKILL
    assert done.counts == plain.counts == {"done": 24, "stopped": 1}
    texts = [
        (tmp_path / name / "summary.jsonl")
        .read_text(encoding="utf-8")
        .replace(str(tmp_path / name), "DIR")
        for name in ("plain", "far")
    ]
    assert texts[0] == texts[1]


def test_the_time_limit_holds_on_a_cluster_as_well(
    endless: Path, tmp_path: Path, scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    assert workers
    done = batch(
        collect([counties.county(tmp_path / "in", 1), endless])[0],
        Options(tmp_path / "out", document=False),
        Plan(limit=2, cluster=scheduler),
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

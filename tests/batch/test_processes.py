"""Worker processes: warm, watched, replaced; Ctrl-C; the same results however many there are."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from batch import counties

from xlplugin.batch import Options, Plan, batch, collect, run_one
from xlplugin.batch.child import Child

KP = str(Path(sys.executable).with_name("kp"))
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.kill()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_two_jobs_give_what_one_gives(desk: Path, tmp_path: Path) -> None:
    sources = collect([desk])
    found = []
    for name, plan in (("here", Plan(1, None)), ("one", Plan(1)), ("two", Plan(2))):
        done = batch(sources, Options(tmp_path / name, document=False), plan)
        found.append(
            (tmp_path / name / "summary.jsonl")
            .read_text(encoding="utf-8")
            .replace(str(tmp_path / name), "DIR")
        )
        assert done.counts == {"done": 4, "failed": 3, "stopped": 1}
    assert found[0] == found[1] == found[2]


def test_a_child_stays_warm_and_answers_as_run_one_does(
    desk: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path, document=False)
    pids = set()
    for path in sorted(desk.rglob("*.xlsx")):
        answer = child.run(path, options, 60)
        assert answer == run_one(path, options)
        pids.add(child.pid)
    assert len(pids) == 1


def test_what_takes_too_long_is_killed_and_the_next_gets_a_new_process(
    desk: Path, endless: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path / "out", document=False)
    child.run(desk / "good" / "000.xlsx", options, 60)
    pid = child.pid
    start = time.monotonic()
    late = child.run(endless, options, 1.5)
    assert 1.5 <= time.monotonic() - start < 4
    assert late.status == "timeout"
    assert "1.5秒" in late.error
    assert child.run(desk / "good" / "001.xlsx", options, 60).status == "done"
    assert pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_a_hung_process_is_killed(desk: Path, tmp_path: Path, child: Child) -> None:
    """Stopped in its tracks, as a process that waits for a dead network drive."""
    options = Options(tmp_path, document=False)
    child.run(desk / "good" / "000.xlsx", options, 60)
    assert child.pid
    os.kill(child.pid, signal.SIGSTOP)
    assert child.run(desk / "good" / "001.xlsx", options, 1).status == "timeout"
    assert child.run(desk / "good" / "001.xlsx", options, 60).status == "done"


@posix
def test_a_process_that_dies_is_one_failure(
    desk: Path, endless: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path / "out", document=False)
    child.run(desk / "good" / "000.xlsx", options, 60)
    answers = []
    worker = Thread(target=lambda: answers.append(child.run(endless, options, 60)))
    worker.start()
    time.sleep(0.5)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    worker.join()
    assert answers[0].status == "failed"
    assert "意外中断" in answers[0].error
    assert child.run(desk / "good" / "001.xlsx", options, 60).status == "done"


def test_no_half_written_file_is_left(endless: Path, tmp_path: Path) -> None:
    (tmp_path / ".kp-leftover.tmp").touch()
    done = batch(collect([endless]), Options(tmp_path, document=False), Plan(1, 1))
    assert done.counts == {"timeout": 1}
    assert not list(tmp_path.glob(".kp-*"))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A batch of many counties, some of them done."""
    for number in range(40):
        counties.county(tmp_path / "in", number)
    process = start(tmp_path)
    until(lambda: len(list((tmp_path / "out").glob("*.txt"))) >= 3)
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        assert stream
        stream.close()


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            KP,
            "batch",
            str(folder / "in"),
            "-o",
            str(folder / "out"),
            "--jobs",
            "2",
            "--no-docx",
            "--json",
            *more,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@posix
def test_ctrl_c_finishes_what_runs_and_the_next_run_goes_on(
    tmp_path: Path, running: subprocess.Popen[str]
) -> None:
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "再运行一次" in err
    said = json.loads(out)
    assert said["interrupted"]
    assert 0 < said["done"] < 40
    assert said["done"] + said["pending"] == 40
    assert said["failed"] == said["timeout"] == 0
    assert len(list((tmp_path / "out").glob("*.txt"))) == said["done"]
    with start(tmp_path) as again:
        out, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert json.loads(out)["reused"] == said["done"]
    assert json.loads(out)["done"] == 40


@posix
def test_ctrl_c_twice_stops_at_once(tmp_path: Path, running: subprocess.Popen[str]) -> None:
    running.send_signal(signal.SIGINT)
    time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    assert json.loads(out)["interrupted"]
    assert (tmp_path / "out" / "summary.xlsx").exists()

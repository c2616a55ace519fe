"""Worker processes: warm, watched, replaced; Ctrl-C; the same results however many there are."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from batch import counties

from xlplugin.batch import Options, Plan, Result, Source, batch, collect, run_one
from xlplugin.batch.executors import mapped, watched
from xlplugin.batch.stop import Stop
from xlplugin.processes import Child, Died
from xlplugin.rollup.county import read

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
    for name, plan in (("here", Plan(0)), ("one", Plan(1)), ("two", Plan(2))):
        done = batch(sources, Options(tmp_path / name, document=False), plan)
        found.append(counties.summed_up(tmp_path / name))
        assert done.counts == {"done": 4, "failed": 3, "stopped": 1}
    assert found[0] == found[1] == found[2]


def test_a_child_stays_warm_and_answers_as_run_one_does(
    desk: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path, document=False)
    pids = set()
    for path in sorted(desk.rglob("*.xlsx")):
        answer = watched(child, path, options, 60)
        here = run_one(path, options)
        assert answer == replace(here, written=answer.written)
        pids.add(child.pid)
    assert len(pids) == 1


def test_what_takes_too_long_is_killed_and_the_next_gets_a_new_process(
    desk: Path, endless: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path / "out", document=False)
    watched(child, desk / "good" / "000.xlsx", options, 60)
    pid = child.pid
    start = time.monotonic()
    late = watched(child, endless, options, 1.5)
    assert 1.5 <= time.monotonic() - start < 4
    assert late.status == "timeout"
    assert "1.5秒" in late.error
    assert watched(child, desk / "good" / "001.xlsx", options, 60).status == "done"
    assert pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_a_hung_process_is_killed(desk: Path, tmp_path: Path, child: Child) -> None:
    """Stopped in its tracks, as a process that waits for a dead network drive."""
    options = Options(tmp_path, document=False)
    watched(child, desk / "good" / "000.xlsx", options, 60)
    assert child.pid
    os.kill(child.pid, signal.SIGSTOP)
    assert watched(child, desk / "good" / "001.xlsx", options, 1).status == "timeout"
    assert watched(child, desk / "good" / "001.xlsx", options, 60).status == "done"


class Deadly(type(Path())):  # type: ignore[misc]
    """A workbook that brings down whoever is given it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def test_a_workbook_that_brings_two_processes_down_is_one_failure(
    desk: Path, tmp_path: Path, child: Child
) -> None:
    options = Options(tmp_path / "out", document=False)
    answer = watched(child, Deadly(desk / "good" / "000.xlsx"), options, 60)
    assert answer.status == "failed"
    assert "意外中断" in answer.error
    assert watched(child, desk / "good" / "001.xlsx", options, 60).status == "done"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_brings_a_process_down_takes_no_other_with_it(
    desk: Path, tmp_path: Path, jobs: int
) -> None:
    """`batch --jobs 1` and a roll-up as well."""
    good = sorted((desk / "good").iterdir())
    sources = [Source(path, Path()) for path in (Deadly(good[0]), *good[1:])]
    done = batch(sources, Options(tmp_path, document=False), Plan(jobs, None))
    assert [result.status for result in done.results] == ["failed", "done", "done", "done"]
    counties, failures = read([source.path for source in sources], None, jobs)
    assert [county.path for county in counties] == good[1:]
    assert "意外中断" in failures[0].error


def dies_once(mark: Path) -> str:
    """A process killed for want of memory, that another one used."""
    if not mark.exists():
        mark.touch()
        os._exit(1)
    return "done"


def test_a_process_that_dies_once_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = map(str, Path(__file__).parents[1:3])  # from where pytest names this module
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(here))
    child = Child()
    assert child.call(60, dies_once, tmp_path / "mark") == "done"
    with pytest.raises(Died):
        child.call(60, os._exit, 1)
    child.kill()


@posix
@pytest.mark.parametrize("busy", ["in Python", "in one call of a library"])
def test_no_worker_outlives_its_parent(tmp_path: Path, busy: str) -> None:
    """The parent killed while its worker is in the middle of a workbook."""
    parent = f"""
        import re, sys, threading, time
        from xlplugin.processes import Child
        child = Child()
        child.call(60, len, ())
        print(child.pid, flush=True)
        call = (time.sleep, 60) if {busy == "in Python"} else (re.fullmatch, "(a|a?)+b", "a" * 40)
        child.call(None, *call)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(parent)], stdout=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        time.sleep(0.3)
        process.kill()
    until(lambda: not is_alive(pid), 10)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has buried yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


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


def test_a_process_that_looks_on_loads_nothing_of_the_work() -> None:
    """A batch begins a third of a second sooner: its workers load the pipeline, and they alone."""
    code = "import sys, xlplugin.batch; print(*{'numpy', 'jinja2', 'xlplugin.pipeline'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "\n"


def test_the_next_one_is_begun_before_a_result_is_recorded(tmp_path: Path) -> None:
    """And no more than that: whoever stops has only what is under way to wait for."""
    begun = [threading.Event() for _ in range(4)]

    def do(path: Path, _options: Options, _limit: float | None) -> Result:
        begun[int(path.name)].set()
        return Result(str(path), "done", path.name)

    jobs = ((number, Path(str(number)), Options(tmp_path)) for number in range(4))
    with ThreadPoolExecutor(1) as executor:
        for number, _ in mapped(executor, do, jobs, Stop(), 1, None):
            assert number == 3 or begun[number + 1].wait(10)
            assert not any(each.is_set() for each in begun[number + 2 :])

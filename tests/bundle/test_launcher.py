"""What is double-clicked: batch files by cmd's rules, and the Python behind them, which runs here as it is."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from xlplugin.cli.launcher import LINE, dropped

BATCHES = {each.name: each.read_bytes() for each in (files("xlplugin.bundle") / "desk").iterdir()}
BATCH = r"D:\网络 盘\重点工程\生成通报.cmd"
CMD = r"C:\WINDOWS\system32\cmd.exe /c "
CASE = Path(__file__, "../../../workbooks/lingchuan-2021.xlsx").resolve()


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_file_by_cmds_rules(name: str) -> None:
    data = BATCHES[name]
    assert data.isascii(), "cmd reads it in the desk's code page, whichever that is"
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n"), "labels and lines need CRLF"
    lines = data.decode().splitlines()
    assert lines[0] == "@echo off"
    assert not [line for line in lines if re.search(r"\bchcp\b", line, re.IGNORECASE)]
    commands = [line for line in lines if not line.startswith("rem ")]
    [call] = [line for line in commands if "python.exe" in line]
    assert call.startswith(r'"%~dp0app\python\python.exe" -P -m xlplugin.cli'), (
        "an address of its own, in quotes: blanks, & and a network drive do no harm"
    )
    for line in commands:
        bare = re.sub(r'"[^"]*"', "", line)
        assert not re.search(r"%~", bare), "a path outside quotes is cut at & and blanks"
        assert "(" not in bare, "a bracket in a path would end a block"
    # where ! is at work, a name with ! loses it: not while the files' names are handed over
    at_work = [line for line in commands[: commands.index(call)] if "DelayedExpansion" in line]
    assert at_work[-1].endswith("DisableDelayedExpansion")
    assert any(line == "pause" for line in commands), "it waits, so that what it says can be read"


def test_what_was_dropped_is_never_run_as_a_command() -> None:
    lines = BATCHES["生成通报.cmd"].decode().splitlines()
    assert lines[-1] == "if defined KP_DROPPED exit"
    assert 'set "KP_LINE=!cmdcmdline!"' in lines


@pytest.mark.parametrize(
    ("line", "given", "paths"),
    [
        (f'{CMD}""{BATCH}" D:\\a&b.xlsx"', [r"D:\a"], [r"D:\a&b.xlsx"]),
        (
            f'{CMD}""{BATCH}" "D:\\九月 台账.xlsx" D:\\b&c.xls"',
            ["x"],
            [r"D:\九月 台账.xlsx", r"D:\b&c.xls"],
        ),
        (
            f'{CMD}""{BATCH}" "\\\\服务器\\共享 盘\\a!%1^.xlsx""',
            [],
            [r"\\服务器\共享 盘\a!%1^.xlsx"],
        ),
        (f'{CMD}""{BATCH}" "', [], []),
        ('"C:\\WINDOWS\\system32\\cmd.exe" ', [r"D:\a b.xlsx"], [r"D:\a b.xlsx"]),
        ("", [], []),
    ],
    ids=["ampersand", "several", "network", "double click", "typed", "nothing"],
)
def test_what_was_dropped(line: str, given: list[str], paths: list[str]) -> None:
    assert [str(path) for path in dropped(line, BATCH, given)] == paths


def run(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.argv[1:] = [{BATCH!r}]"
    return subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            f"{code}; import runpy; runpy.run_module('xlplugin.cli.launcher', run_name='__main__')",
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, LINE: line, "PYTHONUTF8": "1"},
        check=False,
    )


def test_a_bulletin_of_each_that_was_dropped(tmp_path: Path) -> None:
    good, wrong = tmp_path / "九月 台账&副本.xlsx", tmp_path / "不是台账.xlsx"
    shutil.copy(CASE, good)
    wrong.write_bytes(b"nothing")
    done = run(f'{CMD}""{BATCH}" "{good}" {wrong}"', tmp_path)
    assert done.returncode == 1
    assert done.stdout.index("【九月 台账&副本.xlsx】") < done.stdout.index("41项")
    assert (tmp_path / "九月 台账&副本-通报.docx").exists()
    assert "不是台账.xlsx" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_without_a_file_it_opens_the_page(tmp_path: Path) -> None:
    """In the desk's own browser, at an address with a key; Ctrl-C ends it."""
    pytest.importorskip("uvicorn")
    shown, browser = tmp_path / "shown", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {shown}.new && mv {shown}.new {shown}\n')
    browser.chmod(0o755)
    program = f"import runpy, sys; sys.argv[1:] = [{BATCH!r}]; runpy.run_module('xlplugin.cli.launcher', run_name='__main__')"
    desk = {"BROWSER": f"{browser} %s", "DISPLAY": ":0", "XDG_STATE_HOME": str(tmp_path)}
    started = subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **desk, LINE: f'{CMD}""{BATCH}" "', "PYTHONUTF8": "1"},
    )
    for _ in range(300):
        if shown.exists():
            break
        time.sleep(0.1)
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=30)
    assert "拖到「生成通报.cmd」上" in said
    assert f"网页在 {shown.read_text()}" in said
    assert re.search(r"http://127\.0\.0\.1:\d+/#\S{40}", said)
    assert said.endswith("已经结束，临时文件都删去了。\n")
    assert started.returncode == 0

"""A page that is served by a process of its own, and a real browser before it: Debian's chromium, driven by playwright."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serve.served import Served, Start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a page; all of a module's end with it. Those of one `desk` are one user's."""
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    started: list[Served] = []

    def run(desk: Path | None = None, *options: str) -> Served:
        home = desk or tmp_path_factory.mktemp("desk")
        temporary = home / "tmp"
        temporary.mkdir(exist_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "xlplugin.cli", "serve", "--no-browser", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=os.environ
            | {"XDG_STATE_HOME": str(home), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout
        said = process.stdout.readline()
        process.stdout.readline()  # how it is ended
        address = re.search(r"http://\S+", said)
        served = Served(process, address[0] if address else "", temporary, said)
        started.append(served)
        return served

    yield run
    for each in started:
        each.end(signal.SIGKILL)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(browser: Browser, start: Start) -> Iterator[Page]:
    """The page, opened as the program opens it; `page.served` is the program."""
    served = start()
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    opened.goto(served.address)
    opened.served = served
    yield opened
    context.close()

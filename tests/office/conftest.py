"""LibreOffice, headless, with the extension in it: the only live spreadsheet of these tests."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xlplugin.bundle.extension import extension

HERE = Path(__file__).parent
SURROUNDINGS = {**os.environ, "PATH": "/usr/bin:/bin"}
"""LibreOffice's own Python would take the tests' virtual environment for its home."""


def _with_uno() -> str | None:
    """A Python that has `uno`."""
    for python in ("/usr/bin/python3", "/opt/libreoffice/program/python"):
        if Path(python).exists():
            tried = subprocess.run(
                [python, "-c", "import uno"], env=SURROUNDINGS, capture_output=True
            )
            if tried.returncode == 0:
                return python
    return None


class Calc:
    """A running LibreOffice, asked through `driver.py`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, *command: Any) -> Any:
        """What a function of the driver gives. Raises RuntimeError with what LibreOffice said."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(command), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        if answer["error"]:
            raise RuntimeError(answer["error"])
        return answer["value"]

    @contextlib.contextmanager
    def opened(self, path: Path | str = "") -> Iterator[str]:
        """A document for a while."""
        key = self("open", str(path))
        try:
            yield key
        finally:
            self("close", key)


def started(folder: Path, oxt: Path) -> Iterator[Calc]:
    """LibreOffice with the extension, in a profile of its own."""
    places = {"UserInstallation": "profile", "UNO_SHARED_PACKAGES": "shared"}
    places["UNO_SHARED_PACKAGES_CACHE"] = "shared"
    own = [f"-env:{name}={(folder / place).as_uri()}" for name, place in places.items()]
    # --shared, into a folder of our own: unopkg refuses to work for root otherwise
    added = subprocess.run(
        ["unopkg", "add", "--shared", "-f", *own, str(oxt)],
        env=SURROUNDINGS,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "ERROR" not in added.stdout + added.stderr, added.stdout + added.stderr
    pipe = f"kp{os.getpid()}{folder.name}"
    office = subprocess.Popen(
        [
            "soffice",
            *own,
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        env=SURROUNDINGS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    driver = subprocess.Popen(
        [_with_uno() or sys.executable, str(HERE / "driver.py"), pipe],
        env=SURROUNDINGS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert driver.stdout
        assert json.loads(driver.stdout.readline())["value"] == "ready"
        yield Calc(driver)
    finally:
        driver.communicate(timeout=60)
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(30)
        office.kill()
        office.wait()


def needed() -> None:
    """Skips where there is no LibreOffice that Python can drive; where it is required that is a failure."""
    if shutil.which("soffice") and shutil.which("unopkg") and _with_uno():
        return
    if os.environ.get("KP_REQUIRE_OFFICE") == "1":
        pytest.fail("soffice and python3-uno are required here")
    pytest.skip("no soffice with python3-uno")


@pytest.fixture(scope="session")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    """LibreOffice with the extension as `kp bundle --libreoffice` builds it here."""
    needed()
    folder = tmp_path_factory.mktemp("office")
    list(extension(folder / "重点工程.oxt"))
    yield from started(folder, folder / "重点工程.oxt")

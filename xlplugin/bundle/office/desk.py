"""The worker: the Python in which xlplugin is installed, asked one JSON object a line."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "desk.json"), encoding="utf-8") as _file:
    DESK: dict[str, Any] = json.load(_file)
"""Written when the extension was built (`bundle.extension`): the interpreter, and which sheets the functions read."""

PATIENCE = 300.0
"""Seconds after which an answer is no longer waited for: the clerk's LibreOffice stands still meanwhile."""


class Gone(Exception):
    """The worker cannot be reached; the message says why, in the clerk's words."""


class Worker:
    """One process for all documents; it starts at the first question, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.RLock()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer. One that died is started and asked once more: it changes nothing. Raises Gone."""
        with self._turn:
            for _ in range(2):
                answer = self._asked(self._started(), question)
                if answer is not None:
                    return answer
                self._end()
        raise Gone("程序没有应答，什么也没有改动。请再试一次；还不行的，请在终端运行 kp doctor。")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        python = DESK["python"]
        # LibreOffice may have set PYTHONHOME and PYTHONPATH for a Python of its own
        surroundings = {key: os.environ[key] for key in os.environ if not key.startswith("PYTHON")}
        try:
            self._process = subprocess.Popen(
                [python, "-P", "-Wignore", "-m", "xlplugin.addin.office"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=surroundings,
            )
        except OSError:
            raise Gone(
                f"打不开 {python}。请在这台电脑上用 kp bundle --libreoffice -o 重点工程.oxt 重新打包，再装一次扩展。"
            ) from None
        return self._process

    def _asked(
        self,
        process: subprocess.Popen[bytes],
        question: dict[str, Any],
    ) -> dict[str, Any] | None:
        clock = threading.Timer(PATIENCE, process.kill)
        clock.daemon = True
        clock.start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            return json.loads(line) if line else None
        except (OSError, ValueError):
            return None
        finally:
            clock.cancel()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()


WORKER = Worker()

"""`kp serve` in a process of its own, and what any program can ask of it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Served:
    """`kp serve` in a process. `address` is what it tells the browser to open."""

    process: subprocess.Popen[str]
    address: str
    temporary: Path
    """Where it has its temporary folder, and nobody else."""
    said: str = ""
    """Its first line."""
    token: str = ""

    @property
    def host(self) -> str:
        """Where it listens, 127.0.0.1 and a port."""
        return re.findall(r"//([^/]+)/", self.address)[0]

    def ask(self, method: str, path: str, body: Any = b"", **headers: str) -> Answer:
        """A request as any program can send it; the token goes with it where there is one."""
        own = {"X-KP-Token": self.token} if self.token else {}
        sent = HTTPConnection(self.host, timeout=30)
        sent.request(method, path, body, own | {k.replace("_", "-"): v for k, v in headers.items()})
        got = sent.getresponse()
        answer = Answer(got.status, got.headers, got.read())
        sent.close()
        return answer

    def enter(self) -> None:
        """Exchange the address's key for the token, as the page does."""
        answer = self.ask("POST", "/enter", X_KP_Key=self.address.partition("#")[2])
        self.token = answer.said["token"]

    def files(self) -> list[Path]:
        """Everything that lies in the temporary folder."""
        return [path for path in self.temporary.rglob("*") if path.is_file()]

    def end(self, how: int = signal.SIGINT) -> str:
        """End it; what it said last."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=30)
        return said


Start = Callable[..., Served]

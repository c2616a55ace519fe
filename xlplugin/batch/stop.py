"""Ctrl-C: once lets what runs be finished, twice stops at once."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Any

_STOPPING = "\n正在停下：等正在做的工作簿做完。再按一次 Ctrl-C 立即停下。\n"


class Stop:
    """Takes over Ctrl-C while it is entered (in the main thread; elsewhere there is nothing to take over).

    The first one sets `asked`; the second raises KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.asked = False
        self._before: Any = None

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *failure: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        os.write(2, _STOPPING.encode())

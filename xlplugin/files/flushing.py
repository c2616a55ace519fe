"""Files on their way to the disk while others are written and verified: a county's set waits for two flushes, not for four."""

from __future__ import annotations

import os
from io import FileIO
from threading import Thread


class Flush(Thread):
    """A file that is being flushed to the disk, on a thread of its own, since when it is made."""

    def __init__(self, file: FileIO) -> None:
        super().__init__()
        self._handle = file.fileno()
        self._failure: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Flush it, and keep for `done` what goes wrong."""
        try:
            os.fsync(self._handle)
        except BaseException as failure:
            self._failure = failure

    def done(self) -> None:
        """Wait until it is on the disk. Raises OSError where the disk refuses."""
        self.join()
        if self._failure:
            raise self._failure

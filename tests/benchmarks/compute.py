"""A ledger read, checked and computed, nothing written, as `kp check` does: `python compute.py BOOK`; the whole process is measured."""

import gc
import os
import sys
from pathlib import Path

from xlplugin.hosts.file import FileBook

gc.disable()
book = FileBook(Path(sys.argv[1]))

from xlplugin.pipeline import run  # noqa: E402 — a large ledger is parsed while the rest is loaded

run(book)
os._exit(0)  # as a command of one workbook ends

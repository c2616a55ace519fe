"""A ledger read, checked and computed, nothing written: `python compute.py BOOK`; the whole process is what is measured."""

import sys
from pathlib import Path

from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run

run(FileBook(Path(sys.argv[1])))

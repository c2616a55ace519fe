"""The hostile collection, tried as a family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hosts import small
from torture import hostile
from torture.bounded import bounded
from torture.test_hostile import look, serve
from torture.tries import Try


def all_of_them(folder: Path, full: bool) -> Iterator[Try]:
    """In full: in the gate each is a test of its own, `test_hostile.py`."""
    path = folder / "台账.xlsx"
    for name, case in hostile.all_of_them().items() if full else ():
        small.save(path, case.parts())
        said, kept = bounded(lambda case=case: look(path, case))  # type: ignore[misc]
        yield Try(name, said or ("" if kept else "too slow, too large or too loud"))
    for name, parts in hostile.SIZES.items() if full else ():
        bounded(lambda parts=parts: str(small.save(path, parts())))  # type: ignore[misc]
        said, kept = bounded(lambda: serve(path))
        yield Try(name, said or ("" if kept else "too slow, too large or too loud"))

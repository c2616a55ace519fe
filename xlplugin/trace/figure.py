"""One explained figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trace:
    """One figure of the bulletin: its path as in `--json`, its Chinese name, and how it comes about."""

    path: str
    name: str
    result: str
    formula: str
    basis: str
    cells: str

"""The ledgers with exactly one thing wrong, by what is checked; `test_checks.py` runs them all.

A case is a workbook and what is said of it: code, severity, and where, as column and row of the ledger (plan2) or as sheet,
column and row. Where one slip cannot come alone, the companions are named beside it.
"""

from __future__ import annotations

from typing import Any

import pytest


def case(name: str, *projects: dict[str, Any], says: str, **rest: Any) -> Any:
    """A case; `says` lists what is told, separated by commas."""
    return pytest.param(
        projects, rest, [part.strip() for part in says.split(",") if part.strip()], id=name
    )

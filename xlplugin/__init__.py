"""xlplugin: a county's ledger of key construction projects, checked, and its bulletin (通报)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import pandas as pd

__version__ = "0.1.0"


def read(
    path: str | Path, as_of: dt.date | None = None, *, password: str | None = None
) -> pd.DataFrame:
    """A workbook's projects for a notebook, one row each (index 行: the sheet row), as the bulletin sees them.

    Under the headings of 项目台账 (those the workbook has) and 进度分析, in their units: money in 万元, shares 0–1, 差距 in 百分点,
    dates datetime64, text "" where empty. `as_of` is the cut-off date; None takes the workbook's own 报告截止日期, an archived
    day its own ledger. `password` opens a locked workbook. Errors in the data do not stop it: `kp check` tells them. Raises UserError where there is no ledger.
    """
    from pathlib import Path

    from xlplugin.notebook import frame  # pandas takes longer to import than a county to compute

    return frame(Path(path), as_of, password)

"""The ledger in a notebook: the README's example is carried out, and its figures are the bulletin's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import xlplugin
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run

ROOT = Path(__file__).parents[2]
CASE = ROOT / "workbooks" / "lingchuan-2021.xlsx"


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    """The names of the README's example after it has run."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace("workbooks/", f"{ROOT.as_posix()}/workbooks/"), names)
    return names


def test_the_readmes_example(example: dict[str, Any]) -> None:
    projects, units, worst = (example[name] for name in ("projects", "units", "worst"))
    figures = run(FileBook(CASE)).figures
    assert len(projects) == figures.whole.count == 41
    assert units["累计完成投资"].sum() == pytest.approx(figures.whole.done / 10**6)
    assert units["年度计划投资"].sum() == pytest.approx(figures.whole.plan / 10**6)
    assert list(projects.index[projects["推进状态"] == "未达到序时"]) == list(figures.behind)
    assert worst["差距"].is_monotonic_increasing
    assert set(worst["推进状态"]) == {"未达到序时"}
    assert worst.index.name == "行"


def test_each_kind_of_column_as_pandas_has_it(example: dict[str, Any]) -> None:
    kinds = {heading: str(kind) for heading, kind in example["projects"].dtypes.items()}
    assert {
        heading: kinds[heading]
        for heading in ("总投资", "子项目数", "实际开工日期", "标杆", "完成率", "项目名称", "亮灯")
    } == {
        "总投资": "float64",
        "子项目数": "Int64",
        "实际开工日期": "datetime64[s]",
        "标杆": "boolean",
        "完成率": "float64",
        "项目名称": "object",
        "亮灯": "object",
    }
    waiting = example["projects"][example["projects"]["推进状态"] == "未开工"]
    assert waiting["实际开工日期"].isna().all()
    assert waiting["子项目数"].isin([pd.NA]).any()


def test_the_workbooks_own_date_and_what_is_no_ledger(tmp_path: Path) -> None:
    assert len(xlplugin.read(str(CASE))) == 41
    (tmp_path / "空.xlsx").write_bytes(b"")
    with pytest.raises(UserError):
        xlplugin.read(tmp_path / "空.xlsx")


def test_importing_it_costs_nothing() -> None:
    program = "import sys; had = {*sys.modules}; import xlplugin; print(*{*sys.modules} - had)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "xlplugin" in loaded
    assert not loaded & {"pandas", "numpy", "pathlib", "xlplugin.pipeline"}

"""The README's recipes are true: each is carried out on a copy, and the tests that it names pass there."""

from __future__ import annotations

import sys
from pathlib import Path

from recipes.carrying import Recipe, run


def test_a_column(tmp_path: Path) -> None:
    """One declaration, two where code asks for it: it is read, typed, in the workbooks and the manual, and nothing moves."""
    recipe = Recipe(" column", "column.patch")
    assert recipe.unnamed() == set()
    recipe.carry_out(tmp_path)
    asked = (
        "import xlplugin, datetime;"
        "projects = xlplugin.read('workbooks/lingchuan-2021.xlsx', datetime.date(2021, 9, 30));"
        "print('监理单位' in projects)"
    )
    assert run(tmp_path, sys.executable, "-c", asked) == "True\n"
    assert "| 监理单位 |" in (tmp_path / "workbooks" / "README.md").read_text(encoding="utf-8")


def test_an_indicator(tmp_path: Path) -> None:
    """Two files of code, and it stands in 进度分析, answers as a function, is explained and is in the manual."""
    recipe = Recipe("n indicator", "indicator.patch")
    assert recipe.unnamed() == set()
    assert len(recipe.edited) == 2
    recipe.carry_out(tmp_path)
    case = "workbooks/lingchuan-2021.xlsx"
    kp = (sys.executable, "-c", "from xlplugin.cli import kp; kp()", "explain", case)
    assert run(tmp_path, *kp, "LC2021-01.欠完成投资") == (
        "王莽岭景区基础设施改造提升工程：欠完成投资＝0.29亿元：75.00% × 20000 − 12100，不小于 0；"
        "序时口径 「参数」B14、报告截止日期 「参数」B4、年度计划投资 J4、累计完成投资 K4\n"
    )
    manual = (tmp_path / "workbooks" / "README.md").read_text(encoding="utf-8")
    assert '| `=KP_SHORTFALL("S-01",KP_SAMPLE)` | 2900 |' in manual


def test_a_host(tmp_path: Path) -> None:
    """Workbooks as JSON: the host itself, a line for its suffix, and it sits the examination and serves every command."""
    recipe = Recipe(" host", "host.patch")
    assert recipe.unnamed() == {"xlplugin/hosts/jsonbook.py"}
    recipe.carry_out(tmp_path)


def test_a_check(tmp_path: Path) -> None:
    """One module, its line, its code, its case: nothing else is touched, and the manual lists it."""
    recipe = Recipe(" check", "check.patch")
    assert recipe.unnamed() == set()
    recipe.carry_out(tmp_path)
    manual = (tmp_path / "workbooks" / "README.md").read_text(encoding="utf-8")
    assert "| KP41 | 提醒 | 计划竣工早于计划开工 | 请核实两个计划日期。 |" in manual


def test_a_sentence(tmp_path: Path) -> None:
    """Its words, its place, who says it; and clerks find it among their words."""
    recipe = Recipe(" sentence", "sentence.patch")
    assert recipe.unnamed() == set()
    recipe.carry_out(tmp_path)
    manual = (tmp_path / "workbooks" / "README.md").read_text(encoding="utf-8")
    assert "项数（没有年度计划的项数）" in manual

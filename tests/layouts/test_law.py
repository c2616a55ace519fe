"""A law: however the same projects are laid out, the figures are the same, or there is a question; never others."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from layouts import tried
from layouts.columns import agency, cause, level, money, name, nature, number, progress, start, text
from layouts.projects import PROJECTS, Made
from layouts.registry import Layout
from layouts.sheets import Col, head, row, summed

SHARES = {
    "": 1.0,
    "（万元）": 1.0,
    "（亿元）": 0.0001,
    "(亿)": 0.0001,
    "（元）": 10000.0,
    "/万元": 1.0,
}
TOTALS = ("总投资", "概算总投资", "项目总投资", "计划总投资", "投资总额", "总 投 资")
PLANS = (
    "年度计划投资",
    "2021年计划投资",
    "今年计划投资",
    "本年度投资计划",
    "年度\n计划",
    "年度目标任务",
)
DONES = (
    "1-9月累计完成投资",
    "累计完成投资",
    "本年累计完成",
    "截至9月底完成投资",
    "2021年1-9月完成投资",
)
RIVALS = (
    money("9月当月完成投资", "month"),
    money("本月完成", "month"),
    money("1-8月完成投资", "last"),
    money("自开工累计完成投资", "since_start"),
    money("截至2020年底累计完成投资", "earlier"),
    money("上年完成投资", "earlier"),
    money("年度计划投资（年初）", "first_plan"),
    text("建设规模", "新建2公里"),
    text("联系电话", "0356-1234567"),
    progress("形象进度"),
    text("资金来源", "财政"),
    Col("完成率", lambda p: p.rate, "0.00%"),
)
LEVELS = ("重点", "级", "级重点项目")


@dataclass(frozen=True)
class Drawing:
    """One way to lay the projects out."""

    cols: tuple[Col, ...]
    sectioned: bool
    sums: bool
    numbers: bool
    above: tuple[str, ...]
    below: tuple[str, ...]
    top: int
    left: int
    sheets: bool

    def draw(self, book: Workbook) -> None:
        """Into a workbook."""
        if self.sheets:
            for each in ("省", "市", "县"):
                self._table(
                    book.create_sheet(f"{each}重点"), [p for p in PROJECTS if p.level == each]
                )
            book.remove(book.worksheets[0])
        else:
            self._table(book.active, PROJECTS)

    def _table(self, sheet: Any, projects: Any) -> None:
        at = self.top
        for line in self.above:
            sheet.cell(at, self.left, line)
            at += 1
        at = head(sheet, self.cols, top=at, left=self.left)
        if self.numbers:
            for place in range(len(self.cols)):
                sheet.cell(at, self.left + place, place + 1)
            at += 1
        at = self._rows(sheet, at, list(projects))
        for line in self.below:
            sheet.cell(at, self.left, line)
            at += 1

    def _rows(self, sheet: Any, at: int, projects: list[Made]) -> int:
        headings = [c.heading for c in self.cols if getattr(c, "heading", "") in self.amounts]
        by_level = itertools.groupby(projects, key=lambda p: p.level)
        groups = [list(group) for _, group in by_level] if self.sectioned else [projects]
        for numeral, group in zip("一二三四五", groups, strict=False):
            if self.sectioned:
                title = f"{numeral}、{group[0].level}重点（{len(group)}项）"
                sheet.cell(at, self.left, title)
                at += 1
            for project in group:
                row(sheet, at, self.cols, project, self.left)
                at += 1
            if self.sums:
                place = 1 + next(n for n, c in enumerate(self.cols) if c.heading in NAMES)
                summed(sheet, at, self.cols, "小计", group, headings, self.left, place)
                at += 1
        return at

    @property
    def amounts(self) -> set[Any]:
        """Headings of money columns: those whose values are numbers of the projects."""
        return {c.heading for c in self.cols if isinstance(c.value(PROJECTS[0]), int | float)} - {
            "序号",
            "编号",
            "完成率",
        }


NAMES = ("项目名称", "工程名称", "重点项目名称")


@st.composite
def drawings(draw: Any) -> Drawing:
    """Any way that an office might choose."""
    pick = lambda options: draw(st.sampled_from(options))  # noqa: E731
    share = {word: pick(sorted(SHARES)) for word in ("total", "plan", "done")}

    def amount(words: tuple[str, ...], key: str) -> Col:
        return money(pick(words) + share[key], key, SHARES[share[key]])

    sectioned, sheets = draw(st.booleans()), draw(st.booleans())
    sectioned = sectioned and not sheets
    cols = [
        number(pick(("序号", "编号"))),
        name(pick(NAMES)),
        nature(pick(("建设性质", "项目性质"))),
        agency(pick(("责任单位", "牵头单位"))),
        amount(TOTALS, "total"),
        amount(PLANS, "plan"),
        amount(DONES, "done"),
        start(pick(("开工时间", "实际开工日期", "开工日期"))),
        cause(pick(("存在问题", "滞后原因")), none=pick(("", "无", "—"))),
    ]
    if not (sectioned or sheets):
        cols.append(level(pick(("项目级别", "级别", "重点级别")), pick(LEVELS)))
    cols += draw(st.lists(st.sampled_from(RIVALS), max_size=4, unique_by=lambda c: c.heading))
    first, *rest = cols
    return Drawing(
        (first, *draw(st.permutations(rest))),
        sectioned,
        draw(st.booleans()),
        draw(st.booleans()),
        tuple(
            draw(
                st.lists(
                    st.sampled_from(("重点工程进展情况表", "填报单位：重点办")),
                    max_size=2,
                    unique=True,
                )
            )
        ),
        tuple(
            draw(
                st.lists(
                    st.sampled_from(("填表人：张某", "注：1.含征地费。", "单位（盖章）：")),
                    max_size=2,
                    unique=True,
                )
            )
        ),
        draw(st.integers(1, 9)),
        draw(st.integers(1, 4)),
        sheets,
    )


@given(drawings())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_same_figures_or_a_question(drawing: Drawing) -> None:
    outcome = trial(drawing)
    assert outcome.found != "wrong", outcome.why


def trial(drawing: Drawing) -> tried.Outcome:
    """What becomes of one drawing."""
    with tempfile.TemporaryDirectory() as folder:
        return tried.attempt(Layout("", "ledger", "", drawing.draw, "either"), Path(folder))

"""What was made of a clerk's workbook, as plain data: which sheets, headings, columns, units, words and rows mean what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlplugin.cells import address
from xlplugin.errors import Problem

PROJECT, SUM, SECTION, PART, LEFT, NOTE, NOTHING = (
    "项目",
    "合计",
    "小标题",
    "子项",
    "已退出",
    "说明",
    "空行",
)
"""What a row below the headings is. Only projects are counted; a sum's and a section's claims are reconciled."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading as it stands in the sheet: `words` are all its levels, top first, joined by 「·」."""

    row: int
    """The row of its lowest level that says something."""
    column: int
    words: str
    hidden: bool = False

    @property
    def cell(self) -> str:
        """A1 address of its lowest level."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Meant:
    """What stands behind a column of ours: the heading that was taken for it, what it says, and why it was taken."""

    key: str
    """The schema's key of our column."""
    ours: str
    """Our column's heading."""
    heading: Heading
    unit: str = ""
    """Money only: the unit that the column is written in."""
    unit_from: str = ""
    """Where the unit was said: 「G3 总投资（亿）」, 「A2 单位：亿元」, 数字格式, 栏目对应; "" where nobody said one (then it is 万元)."""
    period: str = ""
    """The period its heading names, in the heading's words: 1-9月, 2021年, 截至9月底; "" for none."""
    basis: str = ""
    """本年累计, 本年, 自开工累计, 当月 …; "" where no basis matters."""
    why: str = ""
    """Why this heading and no other, where there was a choice; "" where there was none."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A heading that was not taken, and why: 隐藏的栏目, 是当月数, 程序没有这一栏 …"""

    heading: Heading
    why: str
    known: bool = False
    """It means something to us (a rival, another period, a ratio); False: none of our columns, nothing is lost silently."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A word of the clerk's and what it was taken for: 续建 → 在建, 省级 → 省重点."""

    key: str
    """The schema's key of our column."""
    hers: str
    ours: str
    """"" where it is not known (then a question asks)."""
    cells: tuple[str, ...] = ()
    """Where it stands: the first few addresses."""
    count: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows below a sheet's headings are."""

    first: int
    last: int
    """The first and last row that hold anything below the headings; (0, −1) where none does."""
    projects: int
    others: Mapping[int, str] = field(default_factory=dict)
    """The rows that are no project, each with what it is."""
    inherited: tuple[str, ...] = ()
    """Our columns (headings) that section rows, merged cells or the sheet's name filled, such as 项目级别."""

    def of(self, kind: str) -> tuple[int, ...]:
        """The rows of one kind (not of projects)."""
        return tuple(row for row, is_ in self.others.items() if is_ == kind)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was looked at."""

    title: str
    taken: bool
    role: str
    """What it is to us: 项目台账, 月度完成, 问题清单 …; "" where it is nothing of ours."""
    why: str
    """Why it was taken or left, in the clerk's words."""
    heading_rows: tuple[int, int] = (0, 0)
    """First and last row of its headings."""
    columns: tuple[Meant, ...] = ()
    passed: tuple[Passed, ...] = ()
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How one workbook was read. What is in doubt is a question: a Problem of severity E with code KP39, and no bulletin."""

    sheets: tuple[SheetReading, ...] = ()
    """Every sheet of the workbook that is not an output of ours, in the workbook's order."""
    words: tuple[Translation, ...] = ()
    """The words that were translated or kept as they are, in order of appearance; our own words are not listed."""
    questions: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    """What is only said (severity W): a unit converted, a sheet left alone, months read as each month's own."""

    @property
    def ledgers(self) -> tuple[SheetReading, ...]:
        """The sheets that the projects were taken from."""
        return tuple(sheet for sheet in self.sheets if sheet.taken and sheet.rows is not None)

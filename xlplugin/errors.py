"""Three kinds of wrong: a Problem (a value with an address), a UserError (stop and advise), a bug (anything else)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["E", "W"]


class UserError(Exception):
    """The work cannot go on: the message is one Chinese sentence that says what is wrong and what to do.

    Raise it for a file, a sheet or a column that stops everything; never for one cell (that is a `Problem`).
    """


@dataclass(frozen=True, slots=True)
class Rule:
    """A check as the manual lists it. `severity` is what it usually has; "EW" where it depends."""

    severity: Literal["E", "W", "EW"]
    title: str
    advice: str


CODES: Mapping[str, Rule] = {
    "KP01": Rule("E", "编号或名称为空或重复", "请补填或改正，编号、名称都不能重复"),
    "KP02": Rule("W", "名称相近，可能是同一项目", "请核实是否同一项目；不是则不必改"),
    "KP03": Rule("E", "填了规定以外的内容", "请从下拉列表里选"),
    "KP04": Rule("EW", "应为数字的地方不是数字", "请改为以万元计的数字，不带单位"),
    "KP05": Rule("E", "数字为负", "请改为零或正数"),
    "KP06": Rule("W", "可能错写了万元、亿元", "请核实单位"),
    "KP07": Rule("E", "累计完成比上月减少", "请核实；确需调减的，在「调整说明」写明原因"),
    "KP08": Rule("EW", "累计完成超过总投资", "请核实；有调整说明的只提醒"),
    "KP09": Rule("EW", "完成率过高", "请核实计划和完成数"),
    "KP10": Rule("W", "没有年度计划", "没有计划就没有完成率，暂不评价；请核实"),
    "KP11": Rule("EW", "开工日期与开工情况不符", "请核实开工日期"),
    "KP12": Rule("W", "未开工却有投资", "已开工的请补填实际开工日期"),
    "KP13": Rule("W", "开工后两个月没有投资", "请核实是否停工或漏报"),
    "KP14": Rule("E", "竣工早于开工", "请核实两个日期"),
    "KP15": Rule("W", "已竣工但投资未完成", "请核实完成数"),
    "KP16": Rule("EW", "日期不可辨认或写法不规范", "请填写 2021-10-08 这样的日期"),
    "KP17": Rule("W", "预计开工时间已过", "请更新预计开工时间"),
    "KP18": Rule("EW", "滞后或未开工却没有写明", "请补填"),
    "KP19": Rule("W", "达到序时却有资金缺口", "请核实，以免前面表扬后面点问题"),
    "KP20": Rule("W", "原因照抄上月", "请核实情况是否确实没有变化"),
    "KP21": Rule("E", "滞后子项目多于子项目", "请核实两个数"),
    "KP22": Rule("EW", "人工认定", "人工认定必须写明理由，并请领导把关"),
    "KP23": Rule("W", "用了相对的时间", "请改为具体日期，以免下月照抄出错"),
    "KP25": Rule("E", "错误值或引用了别的工作簿", "请改为数值"),
    "KP26": Rule("E", "公式没有计算过", "请在 Excel 里打开、重新计算并保存，或改为数值"),
    "KP27": Rule("E", "分级、分性质之和不等于总数", "请补填级别、性质"),
    "KP28": Rule("E", "各组之和不等于合计", "请核实有无漏行或重复"),
    "KP29": Rule("E", "已开工加未开工不等于在建", "请逐个核对开工情况"),
    "KP30": Rule("E", "三类之和不等于总数", "请补全数字，使每个项目都能判断"),
    "KP31": Rule("E", "问题清单里有台账没有的项目", "请改正编号或名称"),
    "KP32": Rule("W", "已竣工却还有问题", "已经解决的请改为已办结"),
    "KP33": Rule("E", "项目与上月不一致", "请注明调入、调出，或补回漏掉的项目"),
    "KP34": Rule("E", "月度计划不递增或与年度计划不符", "请核实月度累计计划"),
    "KP35": Rule(
        "W", "有隐藏行、筛选或合并单元格", "隐藏的行也计算在内；请取消筛选和合并，核对后再用"
    ),
    "KP36": Rule("EW", "措辞有误", "请照「可用名称」改正"),
    "KP37": Rule("EW", "参数有误", "请照说明改正"),
    "KP38": Rule("W", "附图画不出来", "请照提示安装后再生成，或在「参数」里关掉"),
    "KP39": Rule(
        "EW",
        "台账读法有疑问",
        "请改标题，用 --as-of、--sheet 说明，或在「栏目对应」里填一行",
    ),
    "KP40": Rule("W", "自己的表与程序的表同名", "想用原来的名称，请给自己的表改名"),
}
"""Every check there is, by code; the numbers are those of the trade's list of cross-checks (勾稽关系)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place of the workbook: E stops the bulletin, W is only said.

    `cell` is an A1 address, or "" where the whole sheet is meant. `expected`, `found` and `advice` are Chinese
    fragments without final punctuation: 应为数字 · 现为「一百」 · 请改为以万元计的数字; without an `advice` the code's own
    stands.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    heading: str
    expected: str
    found: str
    advice: str = ""

    @property
    def place(self) -> str:
        """Where it is, as a clerk would say it: 「项目台账」K7「年度计划投资」."""
        return f"「{self.sheet}」{self.cell}" + (f"「{self.heading}」" if self.heading else "")

    @property
    def saying(self) -> str:
        """What should be and what is."""
        return "，".join(part for part in (self.expected, self.found) if part)

    @property
    def remedy(self) -> str:
        """What to do: this problem's own advice, else its code's."""
        return self.advice or CODES[self.code].advice

    @property
    def told(self) -> str:
        """What should be — what is — what to do."""
        return f"{self.saying}。{self.remedy}。"

    @property
    def message(self) -> str:
        """Where — what should be — what is — what to do, in one line."""
        return f"{self.place}：{self.told}"


def by_cause(problems: Iterable[Problem], *, alike: bool) -> list[list[Problem]]:
    """Problems that differ only in their cell (and, where `alike`, in what was found), together."""
    causes: dict[Problem, list[Problem]] = {}
    for problem in problems:
        cause = replace(problem, cell="", found="" if alike else problem.found)
        causes.setdefault(cause, []).append(problem)
    return list(causes.values())


def together(problems: Iterable[Problem], *, alike: int = 1) -> list[tuple[Problem, Sequence[str]]]:
    """One problem a cause, at the first of its cells, and all of those cells: what is said of several is said once.

    Where only what was found differs, up to `alike` findings stand together as one cause; 1 keeps them apart.
    """
    return [
        (replace(own[0], found=_some([p.found for p in own], alike)), [p.cell for p in own])
        for own in by_cause(problems, alike=alike > 1)
    ]


def _some(found: Sequence[str], most: int) -> str:
    different = list(dict.fromkeys(found))
    return "；".join(different[:most]) + "等" * (len(different) > most)

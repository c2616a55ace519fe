"""The sheets that the program writes, and the standard workbook's in their order."""

from __future__ import annotations

from xlplugin.schema.indicators import COMPLETION, EXPECTED, INDICATORS
from xlplugin.schema.ledger import AGENCY, DONE, ID, LEDGER, LEVEL, NAME, NATURE, PLAN
from xlplugin.schema.model import Column, Sheet
from xlplugin.schema.sheets import (
    ADOPTED,
    GUIDE,
    ISSUES,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    SETTINGS,
    WORDING,
)

BULLETIN = Sheet("bulletin", "通报", "通报正文，由程序写出。", output=True)

NOT_STARTED, ON_SCHEDULE, BEHIND, UNRATED = STATUSES = (
    "未开工",
    "达到序时",
    "未达到序时",
    "暂不评价",
)
LIGHTS = ("绿", "黄", "红", "灰")
GREY = LIGHTS[-1]
STATUS = Column(
    "status",
    "推进状态",
    "text",
    "未开工、达到序时、未达到序时，没有年度计划的暂不评价，四者必居其一。",
)
LIGHT = Column(
    "light",
    "亮灯",
    "text",
    "绿：达到序时；黄、红：落后或逾期未开工；灰：未到开工时间，或暂不评价。",
    width=7,
)
PLACE = Column("place_in_ranking", "名次", "count", "完成率从高到低；相同的并列。", width=8)
ANALYSIS = Sheet(
    "analysis",
    "进度分析",
    "各项目的完成率、序时、差距和亮灯，由程序写出。",
    (
        ID,
        NAME,
        AGENCY,
        LEVEL,
        NATURE,
        PLAN,
        DONE,
        *(indicator.column for indicator in INDICATORS),
        STATUS,
        LIGHT,
        Column("used", "所用口径", "text", "本项目按哪种口径计算序时。"),
    ),
    output=True,
    table="Analysis",
)

WHOLE = "合计"
"""What a row of sums is called in our tables."""

BY_LEVEL = Sheet(
    "by_level",
    "分级情况",
    "",
    (LEVEL, Column("count", "项数", "count", "", width=8), PLAN, DONE, COMPLETION, EXPECTED),
    output=True,
    header_row=3,
    first_column=len(ANALYSIS.columns) + 3,
)
"""A block beside the analysis table: one row a level and a last one for all; the second chart draws it."""

BY_MONTH = Sheet(
    "by_month",
    "投资进度曲线",
    "",
    (
        Column("month", "月份", "text", "", width=8),
        Column("planned", "计划累计", "money", ""),
        Column("reached", "实际累计", "money", ""),
    ),
    output=True,
    header_row=10,
    first_column=BY_LEVEL.first_column,
)
"""A block below it: twelve months; the S-curve draws it."""

RESULTS = Sheet(
    "results",
    "检查结果",
    "台账里的错误和疑点，由程序写出；点单元格可以跳过去。",
    (
        Column("number", "序号", "count", "", width=6),
        Column("severity", "程度", "text", "错误必须改正，提醒请核实。", width=8),
        Column("code", "代码", "text", "对应手册里的说明。", width=8),
        Column("sheet", "工作表", "text", ""),
        Column("cell", "单元格", "text", "点这里跳过去。", width=10),
        Column("heading", "栏目", "text", "", width=14),
        Column("saying", "情况", "text", "应当怎样，现在怎样。", width=52),
        Column("advice", "怎么办", "text", "", width=40),
    ),
    output=True,
)

CUTOFF = Column("cutoff", "截止日期", "date", "哪个月的记录。", required=True)
DOCUMENT = Column("document", "文号", "text", "这个月通报的文号。")
NATURE_WORD = Column("nature_word", "性质原词", "text", "台账里建设性质的原词，如续建。")
ARCHIVE = Sheet(
    "archive",
    "归档台账",
    "每月归档时的台账，由「归档本月」写入，用来与上月比较、重新生成以前的通报。请勿修改。",
    (CUTOFF, *LEDGER.columns, STATUS, LIGHT, DOCUMENT, NATURE_WORD),
    output=True,
    header_row=1,
)
ARCHIVE_ISSUES = Sheet(
    "archive_issues",
    "归档问题",
    "每月归档时的问题清单。请勿修改。",
    (CUTOFF, *ISSUES.columns),
    output=True,
    header_row=1,
)
"""The archive is no part of a new workbook: the first `kp archive` adds it."""

WORKING = Sheet(
    "working",
    "计算过程",
    "通报里每个数字是怎么来的，由程序写出。",
    (
        Column("figure", "数字", "text", "", width=30),
        Column("result", "结果", "text", "", width=16),
        Column("formula", "算法", "text", "", width=46),
        Column("basis", "依据", "text", "", width=40),
        Column("source", "来源单元格", "text", "", width=46),
    ),
    output=True,
)
"""Added to a workbook on request: 参数 → 计算过程."""

SELF_CHECK = Sheet(
    "self_check",
    "自检",
    "每一行用样例台账试一个函数，「正确」一栏都应当是 TRUE。不用填，也请不要修改。",
    (
        Column("function", "函数", "text", "", width=16),
        Column("example", "例子", "text", "", width=46),
        Column("result", "结果", "any", "公式此刻的结果。", width=22),
        Column("equals", "应为", "any", "不用这些函数也能算出的结果。", width=22),
        Column("right", "正确", "any", "结果与应为一致。", width=9),
    ),
    output=True,
)
"""Only in workbooks with macros: where this sheet is, the KP_ functions are."""

FUNCTION_HELP = Sheet(
    "function_help",
    "函数一览",
    "",
    (
        Column("name", "函数名", "text", "", width=16),
        Column("help", "用途", "text", "", width=40),
        *(Column(f"argument{at}", f"第{at}个参数", "text", "", width=26) for at in range(1, 6)),
    ),
    output=True,
    first_column=7,
)
"""A block beside the self-check: the function wizard's texts, for clerks and for VBA."""

READING = Sheet(
    "reading",
    "认表",
    "程序是怎样读台账的，由程序写出；点位置可以跳过去。读得不对的，在「栏目对应」里写明。",
    ADOPTED.columns,
    output=True,
)
"""Beside 检查结果, where the ledger is not our own standard sheet."""

SHEETS = (
    GUIDE,
    LEDGER,
    MONTHLY_PLAN,
    MONTHLY_DONE,
    ISSUES,
    SETTINGS,
    WORDING,
    BULLETIN,
    ANALYSIS,
    RESULTS,
)
"""Every sheet of the standard workbook, in its order."""

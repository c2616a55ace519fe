"""The workbook that sums up a batch: what came of each county, and what went wrong."""

from __future__ import annotations

from dataclasses import replace

from xlplugin.schema.indicators import COMPLETION, EXPECTED
from xlplugin.schema.ledger import DONE, PLAN, TOTAL
from xlplugin.schema.model import Column, Sheet
from xlplugin.schema.outputs import CUTOFF, LIGHTS, PLACE, RESULTS

_REGION = Column(
    "region", "地区或单位", "text", "「参数」里的地区名称；没有填的用文件名。", width=13
)
_FILE = Column("file", "文件", "text", "", width=22)
_RESULT = Column("result", "生成结果", "text", "", width=10)

SUMMARY = Sheet(
    "summary",
    "批量汇总",
    "每个工作簿一行，由程序写出。",
    (
        replace(PLACE, width=6),
        _REGION,
        _FILE,
        _RESULT,
        replace(CUTOFF, required=False, width=11),
        Column("count", "项目数", "count", "", width=7),
        *(replace(column, required=False, width=13) for column in (TOTAL, PLAN, DONE)),
        *(replace(column, width=9) for column in (COMPLETION, EXPECTED)),
        Column("started", "已开工数", "count", "", width=7),
        Column("start_rate", "开工率", "share", "", width=9),
        Column("not_started", "未开工数", "count", "", width=7),
        Column("behind", "滞后数", "count", "未达到序时的。", width=7),
        Column("on_schedule", "达标数", "count", "达到序时的。", width=7),
        *(
            Column(f"light{at}", f"{light}灯数", "count", "", width=6)
            for at, light in enumerate(LIGHTS)
        ),
        Column("errors", "错误数", "count", "", width=6),
        Column("warnings", "提醒数", "count", "", width=6),
        Column("reason", "未生成的缘由", "text", "", width=32),
    ),
    output=True,
)

FAILURES = Sheet(
    "failures",
    "失败和错误",
    "没有做成的工作簿，和每一处错误的位置，由程序写出。",
    (
        _REGION,
        _FILE,
        _RESULT,
        RESULTS["code"],
        RESULTS["sheet"],
        RESULTS["cell"],
        replace(RESULTS["saying"], width=80),
    ),
    output=True,
)

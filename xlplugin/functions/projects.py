"""Functions of one project, or of a column of them."""

from __future__ import annotations

from typing import Any

from xlplugin.flags import BEHIND
from xlplugin.functions.answers import Answer, Answers
from xlplugin.functions.registry import Argument, Example, function

PROJECT = Argument(
    "project", "项目", "项目编号、名称或简称；也可以是一列这样的单元格，结果就是一列。"
)


@function(
    "KP_COMPLETION",
    "完成率：累计完成投资 ÷ 年度计划投资。没有年度计划的为「—」。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_COMPLETION("S-01",KP_SAMPLE)', 0.605, "0.605"),
        Example('KP_COMPLETION("S-05",KP_SAMPLE)', "—", "UNICHAR(8212)"),
    ],
)
def completion(answers: Answers, project: Any) -> Answer | None:
    return answers.project("completion", project)


@function(
    "KP_REQUIRED",
    "序时进度：按所用口径，截止日应当完成年度计划的比例。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_REQUIRED("S-01",KP_SAMPLE)', 0.75, "MONTH(KP_ASOF)/12"),
    ],
)
def required(answers: Answers, project: Any) -> Answer | None:
    return answers.project("expected", project)


@function(
    "KP_GAP",
    "差距：完成率减序时进度，单位是百分点；负数为落后。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_GAP("S-01",KP_SAMPLE)', -14.5, "(0.605-MONTH(KP_ASOF)/12)*100"),
    ],
)
def gap(answers: Answers, project: Any) -> Answer | None:
    return answers.project("gap", project)


@function(
    "KP_STATUS",
    "推进状态：未开工、达到序时、未达到序时，三者必居其一。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_STATUS("S-02",KP_SAMPLE)', "达到序时", "INDEX(KP_SAMPLE,3,COLUMNS(KP_SAMPLE))"),
        Example('KP_STATUS("S-03",KP_SAMPLE)', "未开工", "INDEX(KP_SAMPLE,4,COLUMNS(KP_SAMPLE))"),
        Example(
            'KP_STATUS("S-04",KP_SAMPLE)', "未达到序时", "INDEX(KP_SAMPLE,5,COLUMNS(KP_SAMPLE))"
        ),
    ],
)
def status(answers: Answers, project: Any) -> Answer | None:
    return answers.project("status", project)


@function(
    "KP_LIGHT",
    "亮灯：绿、黄、红或灰。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_LIGHT("S-02",KP_SAMPLE)', "绿", "UNICHAR(32511)"),
    ],
)
def light(answers: Answers, project: Any) -> Answer | None:
    return answers.project("light", project)


@function(
    "KP_LAGGING",
    "是否未达到序时：TRUE 或 FALSE。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_LAGGING("S-04",KP_SAMPLE)', True, "TRUE"),
        Example('KP_LAGGING("S-02",KP_SAMPLE)', False, "FALSE"),
    ],
)
def lagging(answers: Answers, project: Any) -> bool | None:
    found = answers.project("status", project)
    return None if found is None else found == BEHIND


@function(
    "KP_SPI",
    "进度指数：完成率 ÷ 序时进度，1 为正好。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_SPI("S-01",KP_SAMPLE)', 0.605 / 0.75, "0.605/(MONTH(KP_ASOF)/12)"),
    ],
)
def spi(answers: Answers, project: Any) -> Answer | None:
    return answers.project("spi", project)


@function(
    "KP_REMAINING",
    "剩余投资：年度计划还差多少，万元；完成了的为 0。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_REMAINING("S-01",KP_SAMPLE)', 7900.0, "7900"),
        Example('KP_REMAINING("S-02",KP_SAMPLE)', 0.0, "0"),
    ],
)
def remaining(answers: Answers, project: Any) -> Answer | None:
    return answers.project("remaining", project)


@function(
    "KP_RUNRATE",
    "月均需完成：余下各月平均每月要完成多少，万元。12月为「—」。",
    PROJECT,
    mapped=True,
    examples=[
        Example(
            'KP_RUNRATE("S-01",KP_SAMPLE)',
            7900 / 3,
            "IF(MONTH(KP_ASOF)<12,7900/(12-MONTH(KP_ASOF)),UNICHAR(8212))",
        ),
    ],
)
def runrate(answers: Answers, project: Any) -> Answer | None:
    return answers.project("run_rate", project)


@function(
    "KP_FORECAST",
    "年底预计：照现在的速度，到年底能完成多少，万元。",
    PROJECT,
    mapped=True,
    examples=[
        Example('KP_FORECAST("S-01",KP_SAMPLE)', 12100 / 9 * 12, "12100/MONTH(KP_ASOF)*12"),
    ],
)
def forecast(answers: Answers, project: Any) -> Answer | None:
    return answers.project("forecast", project)


@function(
    "KP_SENTENCE",
    "通报里关于这个项目的话。",
    PROJECT,
    mapped=True,
    examples=[
        Example(
            'LEFT(KP_SENTENCE("S-03",KP_SAMPLE),4)', "样例三路", "LEFT(INDEX(KP_SAMPLE,4,2),4)"
        ),
    ],
)
def sentence(answers: Answers, project: Any) -> str | None:
    return answers.sentence(project)

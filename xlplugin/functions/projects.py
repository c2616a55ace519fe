"""Functions of one project, or of a column of them."""

from __future__ import annotations

from xlplugin.flags import BEHIND
from xlplugin.functions.answers import Answer, Answers
from xlplugin.functions.registry import Argument, Example, Function, function
from xlplugin.schema import INDICATORS, Indicator

PROJECT = Argument(
    "project", "项目", "项目编号、名称或简称；也可以是一列这样的单元格，结果就是一列。"
)


def _of(indicator: Indicator) -> Function:
    """An indicator's function: its column's value for a project."""

    def body(answers: Answers, project: object) -> Answer | None:
        return answers.project(indicator.key, project)

    name = indicator.function
    examples = [
        Example(f'{name}("{project}",KP_SAMPLE)', value, equals)
        for project, value, equals in indicator.examples
    ]
    text = f"{indicator.column.heading}：{indicator.help}"
    return function(name, text, PROJECT, examples=examples, mapped=True)(body)


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
def status(answers: Answers, project: object) -> Answer | None:
    return answers.project("status", project)


@function(
    "KP_LIGHT",
    "亮灯：绿、黄、红或灰。",
    PROJECT,
    mapped=True,
    examples=[Example('KP_LIGHT("S-02",KP_SAMPLE)', "绿", "UNICHAR(32511)")],
)
def light(answers: Answers, project: object) -> Answer | None:
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
def lagging(answers: Answers, project: object) -> bool | None:
    found = answers.project("status", project)
    return None if found is None else found == BEHIND


@function(
    "KP_SENTENCE",
    "通报里关于这个项目的话。",
    PROJECT,
    mapped=True,
    examples=[
        Example('LEFT(KP_SENTENCE("S-03",KP_SAMPLE),4)', "样例三路", "LEFT(INDEX(KP_SAMPLE,4,2),4)")
    ],
)
def sentence(answers: Answers, project: object) -> str | None:
    return answers.sentence(project)


_OF_THE_PLAN = [each for each in INDICATORS if each.column.kind in ("share", "points")]
PROJECTS = (
    *map(_of, _OF_THE_PLAN),
    status,
    light,
    lagging,
    *(_of(each) for each in INDICATORS if each not in _OF_THE_PLAN),
    sentence,
)
"""What comes of the plan, and what is said of it, stands before what it costs: the manual's order."""

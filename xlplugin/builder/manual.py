"""The generated parts of the clerks' manual: what the schema, the wording, the functions and the checks already say, as tables.

`python -m xlplugin.builder.manual workbooks/README.md` refreshes what stands between the markers; a test compares them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from xlplugin import files
from xlplugin.builder.ribbon import GROUPS
from xlplugin.builder.settings import delivered_text, explanation
from xlplugin.builder.wording import common_names_text
from xlplugin.bulletin.ready import ready
from xlplugin.bulletin.wording import PARAGRAPHS
from xlplugin.desk.examples import every_diagnosis
from xlplugin.errors import CODES
from xlplugin.figures.classes import CLASSES
from xlplugin.figures.declared import FIGURES
from xlplugin.figures.words import CHANGES, STATES
from xlplugin.functions import FUNCTIONS
from xlplugin.schema import CLASSES as CLASSES_SHEET
from xlplugin.schema import (
    GUIDE,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    MONTHS,
    OWN_OUTLINE,
    PARAMETERS,
    PROVINCE,
    READY_OUTLINES,
    RESULTS,
    SETTINGS,
    SHEETS,
    WORDING,
    Column,
    Sheet,
)

_MARKED = re.compile(r"(<!-- generated: ([\w ]+) -->\n).*?(<!-- end -->)", re.S)
_SEVERITIES = {"E": "错误", "W": "提醒", "EW": "错误或提醒"}


def refreshed(text: str) -> str:
    """The manual with every generated part made anew. Raises KeyError for a marker that names no part."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", text)


_WRITERS = {GUIDE.key: "看", SETTINGS.key: "可以修改", WORDING.key: "可以修改", LEDGER.key: "必填"}
_COLUMN = ("列", "必有", "怎么填", "可填的内容", "也认得的标题")


def _sheets() -> str:
    rows = (
        (each.title, "程序写出" if each.output else _WRITERS.get(each.key, "选填"), each.help)
        for each in SHEETS
    )
    return _table(("表", "谁来写", "内容"), rows)


def _columns(sheet: Sheet) -> str:
    """The standard columns of an input sheet; the twelve months, which are alike, in one line."""
    rows = [_column_row(each) for each in sheet.standard_columns if each not in MONTHS]
    if MONTHS[0] in sheet.columns:
        first, span = MONTHS[0], f"{MONTHS[0].heading}…{MONTHS[-1].heading}"
        told = f"1月至当月累计，{first.unit}。"
        rows.insert(2, (span, "", told, "", "、".join(first.aliases)))
    return _table(_COLUMN, rows)


def _extra_columns() -> str:
    rows = (_column_row(column) for column in LEDGER.columns if not column.standard)
    return _table(_COLUMN, rows)


def _column_row(column: Column) -> tuple[str, ...]:
    choices = "、".join(column.choices) + ("，也可另写" if column.open else "")
    required = "是" if column.required else ""
    return (column.heading, required, column.help, choices, "、".join(column.aliases))


def _parameters() -> str:
    rows = (
        (each.title, explanation(each), delivered_text(each), "可以" if each.dated else "")
        for each in PARAMETERS
    )
    several = f"可按{SETTINGS['since'].heading}写几行"
    return _table((SETTINGS["name"].heading, "怎么填", "新工作簿里的值", several), rows)


def _paragraphs() -> str:
    """Templates are long and full of braces: one block a paragraph, not a table."""
    blocks = [common_names_text()]
    for paragraph in PARAGRAPHS:
        names = "；".join(f"{name}（{meaning}）" for name, meaning in paragraph.own.items())
        blocks.append(
            f"**{paragraph.key}**\n\n```text\n{paragraph.template}\n```"
            + (f"\n\n{names}" if names else "")
        )
    return "\n\n".join(blocks)


def _outlines() -> str:
    """The ready outlines, each with what it is for."""
    told = [(name, ready(name).purpose.partition("：")[2]) for name in READY_OUTLINES]
    title = next(each.title for each in PARAMETERS if each.key == "outline")
    return _table((title, "是什么"), [(OWN_OUTLINE, f"照「{WORDING.title}」表写。"), *told])


def _codes() -> str:
    rows = (
        (code, _SEVERITIES[rule.severity], rule.title, f"{rule.advice}。")
        for code, rule in CODES.items()
    )
    return _table([RESULTS[key].heading for key in ("code", "severity", "saying", "advice")], rows)


def _buttons() -> str:
    rows = ((group, each.label, each.tip) for group, own in GROUPS.items() for each in own)
    return _table(("组", "按钮", "做什么"), rows)


def _functions() -> str:
    """One line a function, with its first example over the sample ledger."""
    rows = []
    for function in FUNCTIONS.values():
        example = function.examples[0]
        arguments = "，".join(
            f"[{each.label}]" if each.optional else each.label for each in function.arguments
        )
        name, formula, value = f"`{function.name}`", f"`={example.formula}`", _shown(example.value)
        rows.append((name, arguments, function.help, formula, value))
    return _table(("函数", "参数（方括号里的可省略）", "用途", "例子", "结果"), rows)


def _words() -> str:
    """The words that narrow: columns, and every state and change as it is defined."""
    columns = "、".join(column.heading for column in CLASSES.values())
    every = (*STATES.values(), *CHANGES.values())
    events = [each.label for each in every if each.timed]
    timed = "、".join([*events, *(each.label for each in FIGURES.values() if each.timed)])
    values = f"{columns}里的任何一个值，如「{PROVINCE}」；{LEDGER['nature'].heading}写的是「续建」，「续建」也是"
    months = f"本月、上月、本年、9月、1至9月、三季度、上半年；只和{timed}连用"
    return _table(
        ("词", "哪些项目"),
        (
            ("台账里的一个值", values),
            (
                "自己加的栏目的一个值",
                "「所属片区」「包保领导」这样的栏目，每格不超过30个字的，里面的词一样用：「东片」，或「片区=东片」",
            ),
            ("一个项目", "项目编号、名称或简称"),
            ("月份", months),
            *((state.label, state.definition) for state in every),
        ),
    )


def _figures() -> str:
    """The figures, each as it is defined."""
    return _table(
        ("词", "什么数字"),
        ((figure.label, figure.definition) for figure in FIGURES.values()),
    )


def _shown(value: object) -> str:
    """A value as a cell shows it; four decimals are enough."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _arguments() -> str:
    """Every argument once: functions share them."""
    arguments = {each.label: each.help for own in FUNCTIONS.values() for each in own.arguments}
    return _table(("括号里填什么", "怎么填"), arguments.items())


def _findings() -> str:
    """What the doctor can find; the versions and folders in it are examples."""
    rows = (
        ("问题" if each.stops else "提醒", each.what, f"{each.meaning}。", f"{each.advice}。")
        for each in every_diagnosis()
    )
    severity, advice = (RESULTS[key].heading for key in ("severity", "advice"))
    return _table((severity, "说什么", "意思", advice), rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_escaped(cell) for cell in line)} |" for line in lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", "<br>")


PARTS: Mapping[str, Callable[[], str]] = {
    "sheets": _sheets,
    "columns ledger": lambda: _columns(LEDGER),
    "columns ledger extra": _extra_columns,
    "columns monthly_plan": lambda: _columns(MONTHLY_PLAN),
    "columns monthly_done": lambda: _columns(MONTHLY_DONE),
    "columns issues": lambda: _columns(ISSUES),
    "classes": lambda: _columns(CLASSES_SHEET),
    "parameters": _parameters,
    "paragraphs": _paragraphs,
    "outlines": _outlines,
    "codes": _codes,
    "buttons": _buttons,
    "functions": _functions,
    "arguments": _arguments,
    "findings": _findings,
    "words": _words,
    "figures": _figures,
}
"""Every generated part by the name that its marker bears."""

if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = refreshed(Path(name).read_text(encoding="utf-8"))
        files.write([files.Output(Path(name), text.encode())])

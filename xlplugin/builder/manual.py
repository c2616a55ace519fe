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
from xlplugin.builder.settings import explanation
from xlplugin.builder.wording import common_names_text
from xlplugin.bulletin.wording import PARAGRAPHS
from xlplugin.desk.examples import every_diagnosis
from xlplugin.errors import CODES
from xlplugin.functions import FUNCTIONS, Argument
from xlplugin.schema import (
    GUIDE,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    MONTHS,
    PARAMETERS,
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


def _sheets() -> str:
    def who(sheet: Sheet) -> str:
        if sheet.output:
            return "程序写出"
        return (
            "看"
            if sheet is GUIDE
            else "可以修改"
            if sheet in (SETTINGS, WORDING)
            else "必填"
            if sheet is LEDGER
            else "选填"
        )

    return _table(
        ("表", "谁来写", "内容"), ((sheet.title, who(sheet), sheet.help) for sheet in SHEETS)
    )


def _columns(sheet: Sheet) -> str:
    """The standard columns of an input sheet; the twelve months, which are alike, in one line."""
    rows = [
        _column_row(column) for column in sheet.columns if column.standard and column not in MONTHS
    ]
    if MONTHS[0] in sheet.columns:
        first, last = MONTHS[0], MONTHS[-1]
        rows.insert(
            2,
            (
                f"{first.heading}…{last.heading}",
                "",
                f"1月至当月累计，{first.unit}。",
                "",
                "、".join(first.aliases),
            ),
        )
    return _table(("列", "必有", "怎么填", "可填的内容", "也认得的标题"), rows)


def _extra_columns() -> str:
    rows = (_column_row(column) for column in LEDGER.columns if not column.standard)
    return _table(("列", "必有", "怎么填", "可填的内容", "也认得的标题"), rows)


def _column_row(column: Column) -> tuple[str, ...]:
    choices = "、".join(column.choices) + ("，也可另写" if column.open else "")
    return (
        column.heading,
        "是" if column.required else "",
        column.help,
        choices,
        "、".join(column.aliases),
    )


def _parameters() -> str:
    headings = (
        SETTINGS["name"].heading,
        "怎么填",
        "新工作簿里的值",
        f"可按{SETTINGS['since'].heading}写几行",
    )
    return _table(
        headings,
        (
            (
                parameter.title,
                explanation(parameter),
                parameter.example or parameter.default or "",
                "可以" if parameter.dated else "",
            )
            for parameter in PARAMETERS
        ),
    )


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


def _codes() -> str:
    headings = (
        RESULTS["code"].heading,
        RESULTS["severity"].heading,
        RESULTS["saying"].heading,
        RESULTS["advice"].heading,
    )
    return _table(
        headings,
        (
            (code, _SEVERITIES[rule.severity], rule.title, f"{rule.advice}。")
            for code, rule in CODES.items()
        ),
    )


def _buttons() -> str:
    return _table(
        ("组", "按钮", "做什么"),
        (
            (group, button.label, button.tip)
            for group, buttons in GROUPS.items()
            for button in buttons
        ),
    )


def _functions() -> str:
    """One line a function, with its first example over the sample ledger."""
    rows = []
    for function in FUNCTIONS.values():
        example = function.examples[0]
        arguments = "，".join(
            f"[{each.label}]" if each.optional else each.label for each in function.arguments
        )
        rows.append(
            (
                f"`{function.name}`",
                arguments,
                function.help,
                f"`={example.formula}`",
                _shown(example.value),
            )
        )
    return _table(("函数", "参数（方括号里的可省略）", "用途", "例子", "结果"), rows)


def _shown(value: object) -> str:
    """A value as a cell shows it; four decimals are enough."""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _arguments() -> str:
    """Every argument once: functions share them."""
    arguments: dict[str, Argument] = {
        each.label: each for function in FUNCTIONS.values() for each in function.arguments
    }
    return _table(
        ("括号里填什么", "怎么填"), ((each.label, each.help) for each in arguments.values())
    )


def _findings() -> str:
    """What the doctor can find; the versions and folders in it are examples."""
    return _table(
        (RESULTS["severity"].heading, "说什么", "意思", RESULTS["advice"].heading),
        (
            (
                "问题" if diagnosis.stops else "提醒",
                diagnosis.what,
                f"{diagnosis.meaning}。",
                f"{diagnosis.advice}。",
            )
            for diagnosis in every_diagnosis()
        ),
    )


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
    "parameters": _parameters,
    "paragraphs": _paragraphs,
    "codes": _codes,
    "buttons": _buttons,
    "functions": _functions,
    "arguments": _arguments,
    "findings": _findings,
}
"""Every generated part by the name that its marker bears."""

if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = refreshed(Path(name).read_text(encoding="utf-8"))
        files.write([files.Output(Path(name), text.encode())])

"""The case county as a workbook in memory, from its two tables."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from line.desk import cell, day, table

from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome
from xlplugin.schema import ISSUES, LEDGER, PARAMETERS, SETTINGS

CASES = Path(__file__).parents[1] / "cases"
DECIDED = {
    "as_of": day("2021-09-30"),
    "county": "陵川县",
    "office": "陵川县重点工程办公室",
    "issued": day("2021-10-08"),
    "number": "陵重点办〔2021〕3号",
    "addressee": "各乡镇人民政府，县直各有关单位",
    "season_start": "3月15日",
    "season_end": "11月10日",
    "mechanisms": "《服务项目24小时直通车》、《企业吹哨、部门报到工作机制》",
}


def rows(name: str) -> list[list[Any]]:
    """One of the tables, numbers and dates as such."""
    with (CASES / name).open(encoding="utf-8-sig", newline="") as file:
        return [[cell(text) for text in row] for row in csv.reader(file)]


def aliases(outcome: Outcome) -> dict[str, str]:
    """Each 简称 with its project's name."""
    lines = outcome.facts.ledger.table.lines("name", "alias")
    return {
        alias.strip(): name for _, name, own in lines for alias in own.split("；") if alias.strip()
    }


def lingchuan(**sheets: Any) -> MemoryBook:
    """The county's workbook, autumn 2021."""
    titles = {parameter.key: parameter.title for parameter in PARAMETERS}
    settings = [{"name": titles[key], "value": value} for key, value in DECIDED.items()]
    return MemoryBook(
        {
            LEDGER.title: rows("lingchuan-2021.csv"),
            ISSUES.title: rows("lingchuan-2021-issues.csv"),
            SETTINGS.title: table(SETTINGS, settings),
            **sheets,
        }
    )

"""Counties for batches: plain ledgers of their own, the same at every run, made in milliseconds; and some that are broken."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, PARAMETERS, SETTINGS, Sheet

AS_OF = dt.date(2021, 9, 30)
WORDS = [
    "水库",
    "医院",
    "学校",
    "公路",
    "桥梁",
    "电站",
    "园区",
    "管网",
    "书院",
    "车站",
    "码头",
    "粮仓",
    "市场",
    "公园",
    "泵站",
    "渠道",
]
_TITLES = {parameter.key: parameter.title for parameter in PARAMETERS}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Row = dict[str, Any]


def name(number: int) -> str:
    """County 0 is 甲甲县, county 13 is 乙丁县."""
    stems = "甲乙丙丁戊己庚辛壬癸"
    return "".join(stems[int(digit)] for digit in f"{number:02}") + "县"


def projects(number: int, count: int = 6) -> list[Row]:
    """A county's projects: some on schedule, some behind or not started with their cause, one under preparation."""
    chance = random.Random(number)
    rows = []
    for at in range(count):
        plan = chance.randrange(1000, 9000, 100)
        share = chance.choice((0, 40, 60, 80, 90, 100))
        early = at == count - 1
        row: Row = {
            "id": f"{number:03}-{at + 1:02}",
            "name": f"{name(number)}{WORDS[at % len(WORDS)]}{at // len(WORDS) or ''}",
            "level": LEVEL[at % 3],
            "nature": "前期" if early else "在建",
            "total": plan * 3,
            "plan": plan,
            "done": plan * share / 100,
            "actual_start": None if share == 0 or early else dt.date(2021, 3, 1),
            "cause": f"第{at + 1}处图纸未到" if share < 75 else None,
            "planned_progress": "完成主体",
            "actual_progress": "完成基础",
        }
        rows.append(row)
    return rows


LEVEL = ("县重点", "市重点", "省重点")


def write(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    settings: Mapping[str, Any] | None = None,
    *,
    issues: Iterable[Mapping[str, Any]] = (),
    monthly_done: Iterable[Mapping[str, Any]] = (),
    without: str = "",
) -> Path:
    """A workbook of an office's own: headings in the first row, no standard about it; `without` leaves a column out."""
    workbook = Workbook(write_only=True)
    for sheet, content in ((LEDGER, rows), (ISSUES, issues), (MONTHLY_DONE, monthly_done)):
        if content := list(content):
            _table(workbook, sheet, content, without)
    if settings:
        page = workbook.create_sheet(SETTINGS.title)
        page.append([SETTINGS["name"].heading, SETTINGS["value"].heading])
        for key, value in settings.items():
            page.append([_TITLES[key], value])
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def _table(workbook: Workbook, sheet: Sheet, rows: list[Mapping[str, Any]], without: str) -> None:
    keys = [
        column.key
        for column in sheet.columns
        if (column.required or any(column.key in row for row in rows)) and column.key != without
    ]
    page = workbook.create_sheet(sheet.title)
    page.append([sheet[key].heading for key in keys])
    for row in rows:
        page.append([row.get(key) for key in keys])


def county(folder: Path, number: int, **settings: Any) -> Path:
    """A county in good order."""
    return write(
        folder / f"{number:03}.xlsx",
        projects(number),
        {"as_of": AS_OF, "county": name(number), **settings},
    )


def not_a_zip(path: Path) -> None:
    """A letter that somebody renamed."""
    path.write_text("各县：\n请按时报送。\n", encoding="utf-8")


def missing_column(path: Path) -> None:
    """A ledger without what was done."""
    write(path, projects(1), {"as_of": AS_OF}, without="done")


def encrypted(path: Path) -> None:
    """A workbook with a password, as its first bytes and its directory tell."""
    path.write_bytes(_OLE + bytes(504) + "EncryptedPackage\0".encode("utf-16-le") + bytes(1024))


def wrong_data(path: Path) -> None:
    """An amount in words."""
    rows = projects(2)
    rows[0]["done"] = "一百"
    write(path, rows, {"as_of": AS_OF, "county": "错误县"})


def endless(path: Path) -> None:
    """A ledger of more projects than anybody has time for."""
    heading = "".join(
        f'<c t="str"><v>{LEDGER[key].heading}</v></c>'
        for key in ("id", "name", "level", "nature", "total", "plan", "done")
    )
    text = '<c t="str"><v>{}</v></c>'
    row = (
        "<row>"
        + text.format("P{0}")
        + text.format("第{1}号水库{0}")
        + text.format("县重点")
        + text.format("在建")
        + "<c><v>{1}</v></c>" * 3
        + "</row>"
    )
    chance = random.Random(0)
    rows = "".join(row.format(at, chance.randrange(10**6)) for at in range(400_000))
    book = Workbook()
    book.active.title = LEDGER.title  # type: ignore[union-attr]
    page = book.create_sheet(SETTINGS.title)
    for line in ((SETTINGS["name"].heading, SETTINGS["value"].heading), (_TITLES["as_of"], AS_OF)):
        page.append(line)
    plain = io.BytesIO()
    book.save(plain)
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for member in source.namelist():
            data = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                data = (
                    f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>{heading}</row>'
                    f"{rows}</sheetData></worksheet>"
                ).encode()
            target.writestr(member, data)


BROKEN: dict[str, Callable[[Path], None]] = {
    "a-not-a-zip.xlsx": not_a_zip,
    "b-missing-column.xlsx": missing_column,
    "c-encrypted.xlsx": encrypted,
    "d-wrong-data.xlsx": wrong_data,
}
"""Ways to be broken, by file name; the fifth is to be `endless`."""


def summed_up(output: Path) -> list[Row]:
    """summary.jsonl but for what differs from run to run: the folder, and the workbooks, which tell when they were made."""
    text = (output / "summary.jsonl").read_text(encoding="utf-8").replace(str(output), "DIR")
    rows = [json.loads(line) for line in text.splitlines()]
    return [{key: row[key] for key in row if key not in ("written", "seal")} for row in rows]

"""The benchmark's inputs, the same at every run: `python ledgers.py ledger 1000 PATH` · `python ledgers.py counties 300 FOLDER`.

A ledger of any size, modelled on the case county: 22 projects of 100 are behind, 3 not started, and each of these says
why. Counties are the case's standard workbook with other amounts in it.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlplugin.book import Changes, Put
from xlplugin.hosts.file import FileBook
from xlplugin.ledger import read
from xlplugin.schema import BUILDING, EARLY, LEDGER, LEVELS, PARAMETERS, SETTINGS
from xlplugin.schema.keys import AMOUNTS

ROOT = Path(__file__).parents[2]
CASE = ROOT / "workbooks" / "lingchuan-2021.xlsx"
AS_OF = dt.date(2021, 9, 30)
_KEYS = """
id name alias level nature industry place agency total plan done planned_start actual_start planned_finish actual_finish
planned_progress actual_progress parts parts_behind cause_kind cause stage expected_tender expected_start note
"""
COLUMNS = tuple(LEDGER[key] for key in _KEYS.split())
"""25 columns, whatever the standard workbook has: not judgements by hand and praise, which few projects have."""

PLACES = (
    "崇文镇",
    "礼义镇",
    "附城镇",
    "西河底镇",
    "平城镇",
    "杨村镇",
    "潞城镇",
    "夺火乡",
    "马圪当乡",
    "古郊乡",
    "六泉乡",
    "秦家庄乡",
)
WORKS = (
    ("文旅", "县文旅局", "游客中心建设项目"),
    ("交通", "县交通局", "公路改造工程"),
    ("能源", "县能源局", "光伏发电项目"),
    ("市政", "县住建局", "污水管网工程"),
    ("民生", "县教育局", "小学教学楼建设项目"),
    ("民生", "县卫体局", "卫生院改扩建项目"),
    ("农业", "县农业农村局", "中药材种植基地项目"),
    ("水利", "县水务局", "灌区续建配套工程"),
    ("工业", "县工信局", "标准化厂房建设项目"),
    ("商贸", "县商务中心", "冷链仓储建设项目"),
)
"""Industry, agency and the end of the name."""
CAUSES = (
    ("资金", "{}的专项债券资金{}万元尚未到位"),
    ("土地", "{}涉及的{}亩土地权属尚未理清"),
    ("征拆", "{}用地内{}户房屋尚未拆迁"),
    ("设计", "{}的施工图有{}处变更尚未批复"),
)
STAGES = ("正在进行施工图设计", "正在优化调整设计方案", "正在办理用地预审", "施工招标已挂网")
PLANNED = (
    "完成主体{}层结构施工",
    "完成路基土方{}万立方米",
    "完成管道敷设{}公里",
    "完成设备基础{}座",
)
ACTUAL = (
    "完成主体{}层结构施工，正在进行填充墙砌筑",
    "完成路基土方{}万立方米，涵洞正在施工",
    "完成管道敷设{}公里，检查井正在砌筑",
    "完成设备基础{}座，设备已订货",
)

Row = dict[str, Any]


def projects(count: int) -> Iterator[Row]:
    """That many projects, one row each by column key; money in 万元."""
    chance = random.Random(count)
    for at in range(count):
        yield _project(at, chance)


def _project(at: int, chance: random.Random) -> Row:
    industry, agency, work = WORKS[at % len(WORKS)]
    place = chance.choice(PLACES)
    short = f"{place}{at + 1}号项目"
    early = chance.random() < 0.1
    plan = round(chance.uniform(800, 9000), 2)
    start = dt.date(2021, 3, 1) + dt.timedelta(chance.randrange(90))
    row: Row = {
        "id": f"XM2021-{at + 1:06}",
        "name": f"{place}{at + 1}号{work}",
        "alias": short if at % 3 == 0 else None,
        "level": chance.choices(LEVELS, (2, 8, 90))[0],
        "nature": EARLY if early else BUILDING,
        "industry": industry,
        "place": place,
        "agency": agency,
        "total": round(plan * chance.uniform(1.2, 4), 2),
        "plan": plan,
        "planned_start": start,
        "planned_finish": dt.date(2021, 12, 1) + dt.timedelta(chance.randrange(700)),
        "note": f"入库批次{at % 12 + 1}" if at % 5 == 0 else None,
    }
    fate = chance.random()
    if fate < 0.03 and not early:
        return row | _not_started(short, chance)
    return (
        row
        | {"actual_start": start + dt.timedelta(chance.randrange(20))}
        | _under_way(short, plan, chance, behind=fate >= 0.78)
    )


def _not_started(short: str, chance: random.Random) -> Row:
    kind, cause = chance.choice(CAUSES)
    return {
        "done": 0,
        "cause_kind": kind,
        "cause": cause.format(short, chance.randrange(2, 90)),
        "stage": chance.choice(STAGES),
        "expected_tender": "10月上旬",
        "expected_start": chance.choice(("10月下旬", "11月上旬")),
    }


def _under_way(short: str, plan: float, chance: random.Random, *, behind: bool) -> Row:
    """Behind: below three quarters of the year's plan, with its cause. A few are doubtful, as a few always are."""
    at = chance.randrange(len(PLANNED))
    planned, parts = chance.randrange(4, 30), chance.randrange(2, 9)
    told: Row = {"planned_progress": PLANNED[at].format(planned), "parts": parts, "parts_behind": 0}
    if not behind:
        odd, done = chance.random(), chance.uniform(0.751, 1)
        finished = (
            {"actual_finish": AS_OF - dt.timedelta(chance.randrange(60))} if odd < 0.05 else {}
        )
        done = (
            1 if finished else 1.08 if odd > 0.995 else done
        )  # more than was planned: asked about
        return {
            **told,
            **finished,
            "actual_progress": ACTUAL[at].format(planned),
            "done": round(plan * done, 2),
        }
    kind, cause = chance.choice(CAUSES)
    told |= {
        "parts_behind": chance.randrange(1, parts),
        "actual_progress": ACTUAL[at].format(chance.randrange(1, planned)),
    }
    copied = chance.random() < 0.005  # the cause of another project, word for word: asked about
    told |= {
        "cause_kind": kind,
        "cause": "资金未到位" if copied else cause.format(short, chance.randrange(2, 90)),
    }
    return {**told, "done": round(plan * chance.uniform(0.4, 0.745), 2)}


def settings(number: int | None = None) -> dict[str, Any]:
    """A county's parameters by key."""
    county = "标尺县" if number is None else f"第{number:04}县"
    return {"as_of": AS_OF, "county": county, "office": f"{county}重点工程办公室"}


def ledger(count: int, path: Path) -> None:
    """A workbook of an office's own: headings in the first row, 25 columns, real dates; and its parameters."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-m-d"}) as workbook:
        page = workbook.add_worksheet(LEDGER.title)
        page.write_row(0, 0, [column.heading for column in COLUMNS])
        for number, row in enumerate(projects(count), start=1):
            page.write_row(number, 0, [row.get(column.key) for column in COLUMNS])
        page = workbook.add_worksheet(SETTINGS.title)
        page.write_row(0, 0, [SETTINGS["name"].heading, SETTINGS["value"].heading])
        titles = {parameter.key: parameter.title for parameter in PARAMETERS}
        for number, (key, value) in enumerate(settings().items(), start=1):
            page.write_row(number, 0, [titles[key], value])


def county(number: int, path: Path) -> None:
    """The case's workbook with a name of its own and amounts between two thirds and four thirds of the case's."""
    chance = random.Random(number)
    book = FileBook(CASE)
    table = read(book, AS_OF).table
    cells: dict[tuple[int, int], Put] = {}
    for row, *amounts in table.lines(*AMOUNTS):
        factor = chance.uniform(0.67, 1.33)
        for key, fen in zip(AMOUNTS, amounts, strict=True):
            cells[row, table.header.columns[key]] = Put(round(fen * factor / 1_000_000, 2))
    book.write(table.title, Changes(cells))
    book.write(SETTINGS.title, Changes(_parameters(book, settings(number))))
    book.save(path)


def _parameters(book: FileBook, values: dict[str, Any]) -> dict[tuple[int, int], Put]:
    titles = {parameter.title: parameter.key for parameter in PARAMETERS}
    rows = enumerate(book.read(SETTINGS.title).rows, start=1)
    keys = ((row, titles.get(str(line[0]))) for row, line in rows if line)
    return {(row, 2): Put(values[key]) for row, key in keys if key in values}


def main(what: str, count: str, target: str) -> None:
    """Write one ledger, or the counties that the folder lacks."""
    if what == "ledger":
        ledger(int(count), Path(target))
        return
    for number in range(1, int(count) + 1):
        path = Path(target) / f"county-{number:04}.xlsx"
        if not path.exists():
            county(number, path)


if __name__ == "__main__":
    main(*sys.argv[1:])

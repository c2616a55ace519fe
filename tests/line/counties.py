"""The counties whose bulletins are read aloud: the case county in several months, and ledgers at the edges of what happens.

Each gives a workbook in memory; `tests/line/golden/counties` keeps what is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from line.county import DECIDED, lingchuan, rows
from line.desk import book, day, table

from xlplugin.hosts.memory import MemoryBook
from xlplugin.schema import ISSUES, LEDGER, MONTHLY_DONE, PARAMETERS, SETTINGS

_AGENCIES = ("县住建局", "县交通局", "县水务局", "县教育局", "县工信局", "县文旅局", "县国投公司")
_PLACES = (
    "崇文",
    "礼义",
    "附城",
    "西河底",
    "平城",
    "杨村",
    "潞城",
    "夺火",
    "马圪当",
    "古郊",
    "六泉",
    "秦家庄",
)
_WORKS = (
    "标准化厂房",
    "供水管网",
    "中心小学",
    "卫生院",
    "农村公路",
    "污水处理站",
    "游客中心",
    "冷链仓储",
    "文体中心",
    "光伏电站",
)
_CAUSES = (
    "用地手续未批复",
    "施工图设计滞后",
    "资金拨付不到位",
    "征地拆迁进展缓慢",
    "材料供应不及时，施工力量不足",
    "管线迁改",
)
_TITLES = {parameter.key: parameter.title for parameter in PARAMETERS}


def _made(number: int, **values: Any) -> dict[str, Any]:
    """A county's project of its own name, unit and size, started in March and well on schedule."""
    place, work = _PLACES[number % 12], _WORKS[number % 10]
    phase = ("", "二期", "三期", "四期", "五期", "六期", "七期", "八期", "九期", "十期")[
        number // 60
    ]
    return {
        "id": f"P{number:03}",
        "name": f"{place}{work}{phase}建设项目",
        "level": ("省重点", "市重点", "县重点", "县重点", "县重点")[number % 5],
        "nature": "前期" if number % 9 == 8 else "在建",
        "agency": _AGENCIES[number % 7],
        "total": 5000 + 700 * (number % 37),
        "plan": 1000 + 100 * (number % 13),
        "done": 860 + 110 * (number % 13),
        "planned_start": day("2021-03-01"),
        "actual_start": None if number % 9 == 8 else day("2021-03-01"),
        **values,
    }


def _late(number: int, **values: Any) -> dict[str, Any]:
    """One that lags, with all that must be told of it."""
    return (
        _made(
            number,
            nature="在建",
            actual_start=day("2021-03-01"),
            done=200 + 7 * (number % 61),
            cause=_CAUSES[number % 6],
            planned_progress="完成主体工程",
            actual_progress="完成基础工程，正在进行主体施工",
        )
        | values
    )


def _waiting(number: int, **values: Any) -> dict[str, Any]:
    """One that has not begun."""
    return (
        _made(
            number,
            nature="在建",
            actual_start=None,
            done=0,
            cause=_CAUSES[number % 6],
            stage="正在办理前期手续",
            expected_start="10月下旬",
        )
        | values
    )


def _county(*projects: Mapping[str, Any], as_of: str = "2021-09-30", **rest: Any) -> MemoryBook:
    decided = {
        **DECIDED,
        "as_of": day(as_of),
        "issued": None,
        "number": "",
        **rest.pop("settings", {}),
    }
    return book(*projects, settings=decided, **rest)


def _lingchuan(as_of: str, issued: str, done: Mapping[str, float], **changed: Any) -> MemoryBook:
    """The case county at a later day: what was done since (share of the year's plan added), what was changed by column."""
    ledger = rows("lingchuan-2021.csv")
    head = ledger[0]
    at = {
        key: head.index(LEDGER[key].heading) for key in LEDGER_KEYS if LEDGER[key].heading in head
    }
    before = [[row[at["id"]], row[at["name"]], row[at["done"]]] for row in ledger[1:]]
    for row in ledger[1:]:
        share = done.get(row[at["id"]], done["*"])
        row[at["done"]] = round(
            min(row[at["done"]] + share * row[at["plan"]], row[at["plan"]] * 1.1)
        )
        for key, values in changed.items():
            if row[at["id"]] in values:
                row[at[key]] = values[row[at["id"]]]
    month = f"m{day(as_of).month - 1}"
    kept = [{"id": a, "name": b, month: c} for a, b, c in before]
    decided = {**DECIDED, "as_of": day(as_of), "issued": day(issued), "number": ""}
    settings = [{"name": _TITLES[key], "value": value} for key, value in decided.items()]
    return MemoryBook(
        {
            LEDGER.title: ledger,
            ISSUES.title: rows("lingchuan-2021-issues.csv"),
            SETTINGS.title: table(SETTINGS, settings),
            MONTHLY_DONE.title: table(MONTHLY_DONE, kept),
        }
    )


LEDGER_KEYS = tuple(column.key for column in LEDGER.columns)


def second_month() -> MemoryBook:
    """31 October: one of three has begun, two promises are broken, one has caught up, one is finished."""
    return _lingchuan(
        "2021-10-31",
        "2021-11-08",
        {
            "*": 0.09,
            "LC2021-04": 0.02,
            "LC2021-05": 0,
            "LC2021-06": 0,
            "LC2021-07": 0.4,
            "LC2021-21": 0.2,
        },
        actual_start={"LC2021-04": day("2021-10-26")},
        actual_finish={"LC2021-21": day("2021-10-20")},
    )


def third_month() -> MemoryBook:
    """30 November: all have begun; the season is over."""
    return _lingchuan(
        "2021-11-30",
        "2021-12-06",
        {"*": 0.15, "LC2021-05": 0.1, "LC2021-06": 0.05, "LC2021-08": 0.5},
        actual_start={
            "LC2021-04": day("2021-10-26"),
            "LC2021-05": day("2021-11-03"),
            "LC2021-06": day("2021-11-05"),
        },
    )


def january() -> MemoryBook:
    """31 January: nothing is due to begin before March."""
    return _county(
        *(
            _waiting(n, planned_start=day("2021-03-15"), expected_start="3月中旬", done=0)
            for n in range(1, 4)
        ),
        *(_made(n, actual_start=day("2020-04-01"), nature="在建", done=190) for n in range(4, 8)),
        _late(9, done=10, actual_start=day("2020-04-01")),
        as_of="2021-01-31",
        settings={"issued": day("2021-02-05")},
    )


def december() -> MemoryBook:
    """31 December, signed in January."""
    return _county(
        *(_made(n, done=2300) for n in range(1, 6)),
        _made(6, done=1600, actual_finish=day("2021-12-20")),
        *(_late(n, done=900, plan=1500) for n in (7, 9)),
        _waiting(11, expected_start="明年3月"),
        _waiting(12, expected_start="12月底"),
        as_of="2021-12-31",
        settings={"issued": day("2022-01-06")},
    )


def nothing_behind() -> MemoryBook:
    return _county(*(_made(n) for n in range(1, 13)))


def one_behind() -> MemoryBook:
    return _county(*(_made(n) for n in range(1, 8)), _late(9))


def sixty_behind() -> MemoryBook:
    """600 projects, 60 behind, 12 not begun, and issues of many."""
    behind = {n: _late(n) for n in range(3, 600, 10)}
    waiting = {n: _waiting(n) for n in range(7, 600, 50)}
    issues = [
        {
            "id": f"P{n:03}",
            "kind": ("资金", "土地", "征拆", "其他")[n % 4],
            "text": (
                "配套资金{数量}未落实",
                "{数量}用地未批复",
                "尚有{数量}未拆迁",
                "管线迁改缓慢",
            )[n % 4],
            "quantity": (n * 10, n % 90 + 1, n % 30 + 1, None)[n % 4],
            "measure": ("万元", "亩", "户", None)[n % 4],
        }
        for n in range(3, 600, 15)
    ]
    return _county(
        *(behind.get(n) or waiting.get(n) or _made(n) for n in range(600)), issues=issues
    )


def nothing_started() -> MemoryBook:
    return _county(
        *(_waiting(n, planned_start=day("2021-05-01")) for n in range(1, 7)), as_of="2021-06-30"
    )


def no_plan() -> MemoryBook:
    return _county(*(_made(n, plan=None) for n in range(1, 10)), _waiting(10, plan=None))


def over_all() -> MemoryBook:
    """Everything beyond 100 %, two of it behind by hand."""
    return _county(
        *(_made(n, done=3000) for n in range(1, 7)),
        _made(
            7,
            done=2900,
            verdict="未达到",
            verdict_reason="节点滞后",
            cause="室外工程未完",
            nature="在建",
        ),
        as_of="2021-11-30",
    )


def one_level() -> MemoryBook:
    return _county(
        *(
            _made(n, level="县重点", nature="在建", actual_start=day("2021-03-01"))
            for n in range(1, 7)
        ),
        *(_late(n, level="县重点") for n in (7, 8)),
    )


def five_counties() -> MemoryBook:
    """A city's ledger of five counties."""
    names = ("城区", "泽州县", "高平市", "阳城县", "陵川县")
    kinds: tuple[Callable[..., dict[str, Any]], ...] = (_made, _made, _late, _made, _waiting, _made)
    projects = [
        kinds[n % 6](n, county=names[n % 5], level=("省重点", "市重点")[n % 2])
        for n in range(1, 61)
    ]
    issues = [
        {
            "id": f"P{n:03}",
            "kind": "征拆",
            "text": "用地内住户尚未搬迁",
            "quantity": 12,
            "measure": "户",
        }
        for n in (2, 8)
    ]
    return _county(
        *projects,
        issues=issues,
        settings={
            "county": "晋城市",
            "office": "晋城市重点工程建设办公室",
            "addressee": "各县（市、区）人民政府，市直各有关单位",
        },
    )


COUNTIES: Mapping[str, Callable[[], MemoryBook]] = {
    "01-case": lingchuan,
    "02-second-month": second_month,
    "03-third-month": third_month,
    "04-31-january": january,
    "05-31-december": december,
    "06-nothing-behind": nothing_behind,
    "07-one-behind": one_behind,
    "08-sixty-of-600": sixty_behind,
    "09-nothing-started": nothing_started,
    "10-no-plan": no_plan,
    "11-over-100": over_all,
    "12-one-level": one_level,
    "13-five-counties": five_counties,
}

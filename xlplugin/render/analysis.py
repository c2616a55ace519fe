"""进度分析: per project the figures and lights, with native formulas where one exists and their values beside.

Formulas look a project up by its number, so sorting either sheet does no harm; each value stands in the cell as well, so
that the sheet reads right in WPS, in a preview and on a telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, percent, wan
from xlplugin.book import Changes, Put, Span
from xlplugin.cells import Cell, address, column_letters
from xlplugin.flags import LIGHTS
from xlplugin.flags.facts import Facts
from xlplugin.flags.figures import by_month
from xlplugin.periods import say_date
from xlplugin.pipeline import Outcome
from xlplugin.render.extent import table_row
from xlplugin.render.live import with_functions
from xlplugin.render.outline import head, layout
from xlplugin.schema import ANALYSIS, BY_LEVEL, BY_MONTH, LEVELS, MONTHS

FORMULA_LIMIT = 1000
"""Up to this many projects amounts are looked up in the ledger; a lookup costs Excel a walk through it, so beyond that
they are values."""

WHOLE = "合计"
_WRAPPED = tuple(at for at, column in enumerate(ANALYSIS.columns) if column.key in ("name", "agency"))


def analysis(outcome: Outcome, *, live: bool = False) -> Changes:
    """The analysis sheet: title, basis, table, and the two blocks that the charts draw; `live` with KP_ functions in it."""
    facts = outcome.facts
    top = ANALYSIS.header_row
    last = top + len(facts.frame)
    cells: dict[tuple[int, int], Put] = {
        (1, 1): Put(ANALYSIS.title, style="标题"), (2, 1): Put(_basis(outcome), style="说明")}
    heights: dict[int, float | None] = {1: 30.0}
    for sheet in (ANALYSIS, BY_LEVEL, BY_MONTH):
        cells |= head(sheet)
    for at, row in enumerate(_rows(facts), start=top + 1):
        cells |= {(at, column): put for column, put in enumerate(row, start=1)}
        heights[at] = table_row([(str(row[column].value or ""), ANALYSIS.columns[column].width) for column in _WRAPPED])
    for sheet in (BY_LEVEL, BY_MONTH):
        cells[sheet.header_row - 1, sheet.first_column] = Put(sheet.title)
    cells |= _by_level(outcome, top + 1, last)
    cells |= _by_month(outcome)
    changes = Changes(cells, heights, layout=layout(ANALYSIS, BY_LEVEL), span=Span(ANALYSIS.table, top, last))
    return with_functions(changes, len(facts.frame)) if live else changes


def _basis(outcome: Outcome) -> str:
    required = percent(outcome.figures.required, outcome.facts.settings.decimals)
    yardstick = outcome.facts.conditions.yardstick
    return f"截至{say_date(outcome.as_of)}。序时口径：{yardstick}" + (f"，应完成{required}%" if required else "，逐项计算") + "。金额单位：万元。"


def _money(fen: Any) -> Cell:
    return None if fen is None or pd.isna(fen) else wan(int(fen))


def _share(value: float) -> Cell:
    return NO_RATIO if value != value else value


def _rows(facts: Facts) -> Iterator[tuple[Put, ...]]:
    """One row a project, in the ledger's order, as the columns of ANALYSIS come."""
    letters = {column.key: column_letters(at) for at, column in enumerate(ANALYSIS.columns, start=1)}
    months, left = facts.settings.as_of.month, facts.conditions.months_left
    look_up = _lookups(facts)
    for at, (row, p) in enumerate(facts.rows([True] * len(facts.frame)), start=ANALYSIS.header_row + 1):
        c = {key: f"{letter}{at}" for key, letter in letters.items()}
        known = not pd.isna(p.plan) and not pd.isna(p.done)
        gap = (p.completion - p.expected) * 100
        remaining = max(int(p.plan) - int(p.done), 0) if known else None
        yield (
            Put(p.id or None, style="居中"), Put(p.name or None, style="文字"), Put(p.agency or None, style="居中"),
            Put(p.level or None, style="居中"), Put(p.nature or None, style="居中"),
            Put(_money(p.plan), look_up(row, "plan", c["id"]), "万元"), Put(_money(p.done), look_up(row, "done", c["id"]), "万元"),
            Put(_share(p.completion), f'IF(AND(ISNUMBER({c["done"]}),N({c["plan"]})>0),{c["done"]}/{c["plan"]},"{NO_RATIO}")', "比例"),
            Put(_share(p.expected), style="比例"),
            Put(_share(gap), _both(c["completion"], c["expected"], f'({c["completion"]}-{c["expected"]})*100'), "百分点"),
            Put(_share(p.spi), f'IF(AND(ISNUMBER({c["completion"]}),N({c["expected"]})>0),{c["completion"]}/{c["expected"]},"{NO_RATIO}")', "数字"),
            Put(_money(remaining), f'MAX({c["plan"]}-{c["done"]},0)' if known else None, "万元"),
            Put(_wan_share(p.run_rate), f'{c["remaining"]}/{left}' if known and left else None, "万元"),
            Put(_wan_share(p.forecast), f'{c["done"]}/{months}*12' if known else None, "万元"),
            Put(p.status, style="居中"), Put(p.light, style=p.light if p.light in LIGHTS else "居中"), Put(p.used, style="居中"),
        )


def _wan_share(fen: float) -> Cell:
    return NO_RATIO if fen != fen else fen / FEN_PER_WAN


def _both(first: str, second: str, formula: str) -> str:
    return f'IF(AND(ISNUMBER({first}),ISNUMBER({second})),{formula},"{NO_RATIO}")'


def _lookups(facts: Facts) -> Any:
    """A function (row, key, id cell) → the formula that finds an amount in the ledger; None where a value is safer."""
    table, grid = facts.ledger.table, facts.ledger.grid
    rows = facts.frame.index.tolist()
    first, last = rows[0], rows[-1]
    sheet = "'" + table.title.replace("'", "''") + "'!"
    ids = [grid.at(row, table.header.columns["id"]) for row in range(first, last + 1)]
    seen = {i: ids.count(i) for i in ids} if len(rows) <= FORMULA_LIMIT else {}

    def column(key: str) -> str:
        letter = column_letters(table.header.columns[key])
        return f"{sheet}${letter}${first}:${letter}${last}"

    def look_up(row: int, key: str, cell: str) -> str | None:
        if not seen:
            return None
        identity, amount = grid.at(row, table.header.columns["id"]), grid.at(row, table.header.columns[key])
        plain_id = isinstance(identity, str) and identity == facts.frame.at[row, "id"] and not set(identity) & set("*?~")
        if seen.get(identity) != 1 or not plain_id or not isinstance(amount, (int, float)) or isinstance(amount, bool):
            return None
        if table.header.units.get(key, "万元") != "万元":
            return None
        return f"INDEX({column(key)},MATCH({cell},{column('id')},0))"

    return look_up


def _by_level(outcome: Outcome, first: int, last: int) -> dict[tuple[int, int], Put]:
    """One row a level and one for all: what the second chart draws."""
    frame, required = outcome.facts.frame, outcome.figures.required
    letters = {column.key: column_letters(at) for at, column in enumerate(ANALYSIS.columns, start=1)}
    cells: dict[tuple[int, int], Put] = {}

    def area(key: str) -> str:
        return f"${letters[key]}${first}:${letters[key]}${last}"

    for at, level in enumerate((*LEVELS, WHOLE), start=BY_LEVEL.header_row + 1):
        own = frame if level == WHOLE else frame[frame["level"] == level]
        plan, done = (int(own[key].fillna(0).sum()) for key in ("plan", "done"))
        here = {column.key: address(at, BY_LEVEL.first_column + n) for n, column in enumerate(BY_LEVEL.columns)}
        name = here["level"]
        row = (
            Put(level, style="居中"),
            Put(len(own), f"ROWS({area('level')})" if level == WHOLE else f"COUNTIF({area('level')},{name})", "居中"),
            *(Put(wan(fen), f"SUM({area(key)})" if level == WHOLE else f"SUMIF({area('level')},{name},{area(key)})", "万元")
              for key, fen in (("plan", plan), ("done", done))),
            Put(done / plan if plan else NO_RATIO, f'IF({here["plan"]}>0,{here["done"]}/{here["plan"]},"{NO_RATIO}")', "比例"),
            Put(NO_RATIO if required is None else float(required), style="比例"),
        )
        cells |= {(at, BY_LEVEL.first_column + n): put for n, put in enumerate(row)}
    return cells


def _by_month(outcome: Outcome) -> dict[tuple[int, int], Put]:
    """Twelve months' plan and actual, cumulative: what the S-curve draws."""
    cells: dict[tuple[int, int], Put] = {}
    for at, (column, (planned, reached)) in enumerate(zip(MONTHS, by_month(outcome.facts, outcome.figures.whole), strict=True), start=1):
        values = (Put(column.heading, style="居中"), Put(wan(planned), style="万元"), Put(None if reached is None else wan(reached), style="万元"))
        cells |= {(BY_MONTH.header_row + at, BY_MONTH.first_column + n): put for n, put in enumerate(values)}
    return cells

"""进度分析: per project the figures and lights, with native formulas where one exists and their values beside.

Formulas look a project up by its number, so sorting either sheet does no harm; each value stands in the cell as well, so
that the sheet reads right in WPS, in a preview and on a telephone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from xlplugin.amounts import FEN_PER_WAN, NO_RATIO, percent, wan
from xlplugin.book import Area, Changes, Filling, Put
from xlplugin.cells import Cell, address, column_letters
from xlplugin.columns import Array
from xlplugin.figures.counted import by_month
from xlplugin.flags import LIGHTS
from xlplugin.flags.facts import Facts
from xlplugin.outline import filled, laid_out, style_of
from xlplugin.periods import say_date
from xlplugin.pipeline import Outcome
from xlplugin.render.live import with_functions
from xlplugin.schema import (
    ANALYSIS,
    BY_LEVEL,
    BY_MONTH,
    INDICATORS,
    LEVELS,
    MONTHS,
    WHOLE,
    Indicator,
)
from xlplugin.schema.keys import Amount, ColumnKey

FORMULA_LIMIT = 1000
"""Up to this many projects there are formulas: a lookup costs Excel a walk through the ledger, a KP_ function a call of
Python. Beyond that there are values."""

_LOOKED_UP: tuple[Amount, ...] = ("plan", "done")
OTHERS = "其他"
"""What the levels are called that have no room of their own."""
_WORDS = ("id", "name", "agency", "level", "nature", "status", "used")
_LETTERS = {
    column.key: column_letters(at)
    for at, column in enumerate(ANALYSIS.columns, start=ANALYSIS.first_column)
}

_ROW = "\0"
_CELLS = {key: letters + _ROW for key, letters in _LETTERS.items()}
"""A row's cells by column key, its number still to come: a formula is filled in once, not once a row (1 of 45 ms for a county's)."""


def analysis(outcome: Outcome, *, live: bool = False) -> Changes:
    """The analysis sheet: title, basis, table, and the two blocks that the charts draw; `live` with KP_ functions in it."""
    facts = outcome.facts
    columns = _columns(facts)
    if len(facts.data) <= FORMULA_LIMIT:
        columns = _with_formulas(facts, columns)
        columns = with_functions(columns) if live else columns
    blocks = (BY_LEVEL, BY_MONTH)
    changes = laid_out(ANALYSIS, _basis(outcome), columns, ("name", "agency"), blocks)
    top = ANALYSIS.header_row
    beside = {(block.header_row - 1, block.first_column): Put(block.title) for block in blocks}
    areas = _by_level(outcome, top + 1, top + len(facts.data)), _by_month(outcome)
    return replace(changes, cells={**changes.cells, **beside}, areas=(*changes.areas, *areas))


def _basis(outcome: Outcome) -> str:
    required = percent(outcome.figures.required, outcome.facts.settings.percent_decimals)
    yardstick = outcome.facts.conditions.yardstick
    return (
        f"截至{say_date(outcome.as_of)}。序时口径：{yardstick}"
        + (f"，应完成{required}%" if required else "，逐项计算")
        + "。金额单位：万元。"
    )


def _columns(facts: Facts) -> dict[str, Filling]:
    """The table's values, one row a project in the ledger's order, by the columns of ANALYSIS."""
    lights = facts.data.values("light")
    return {
        **filled(
            ANALYSIS,
            {
                **{key: [text or None for text in facts.data.listed(key)] for key in _WORDS},
                **_own_natures(facts),
                **{key: _amounts(facts.data[key]) for key in _LOOKED_UP},
            },
        ),
        **{each.key: _indicator(each, facts.data.arrays[each.key]) for each in INDICATORS},
        "light": Filling(lights, [light if light in LIGHTS else "居中" for light in lights]),
    }


def _indicator(indicator: Indicator, column: Array) -> Filling:
    """An indicator's column as cells show it: shares as they are, gaps in 百分点, money in 万元."""
    kind = indicator.column.kind
    if indicator.blank:
        return Filling(_amounts(column), style_of(indicator.column))
    shown = (
        column * 100 if kind == "points" else column / FEN_PER_WAN if kind == "money" else column
    )
    return Filling([NO_RATIO if x != x else x for x in shown.tolist()], style_of(indicator.column))


def _amounts(fen: Array) -> list[Cell]:
    """分 as 万元, the nearest number that a cell can hold; None where there is none."""
    return [
        None if x != x else int(x) if x.is_integer() else x for x in (fen / FEN_PER_WAN).tolist()
    ]


def _with_formulas(facts: Facts, columns: dict[str, Filling]) -> dict[str, Filling]:
    """The columns that Excel can work out, with their formulas."""
    at = {"months": facts.settings.as_of.month, "left": facts.conditions.months_left}
    rows = range(ANALYSIS.header_row + 1, ANALYSIS.header_row + 1 + len(facts.data))
    formulas = _lookups(facts, rows)
    for each in INDICATORS:
        if each.formula:
            exists = (~np.isnan(facts.data.arrays[each.key])).tolist()
            said = _native(each).format_map({**_CELLS, **at})
            formulas[each.key] = [
                said.replace(_ROW, str(row)) if each.where or there else None
                for row, there in zip(rows, exists, strict=True)
            ]
    return {
        **columns,
        **{key: replace(columns[key], formulas=texts) for key, texts in formulas.items()},
    }


def _native(indicator: Indicator) -> str:
    """An indicator's formula for Excel, its cells still by key."""
    found = indicator.formula
    return f'IF({indicator.where},{found},"{NO_RATIO}")' if indicator.where else found


def _lookups(facts: Facts, rows: range) -> dict[str, list[str | None]]:
    """The formulas that find plan and done in the ledger by a project's number; None where a value is safer."""
    ledger, table = facts.ledger, facts.ledger.table
    own = facts.data.rows.tolist()
    places = table.header.columns
    if table.more or "id" not in places:  # a lookup reads one sheet, by number
        return {key: [None] * len(own) for key in _LOOKED_UP}
    first, last = own[0], own[-1]
    sheet = "'" + table.title.replace("'", "''") + "'!"
    seen = Counter(ledger.grids[0].at(row, places["id"]) for row in range(first, last + 1))

    def column(key: str) -> str:
        letters = column_letters(places[key])
        return f"{sheet}${letters}${first}:${letters}${last}"

    def look_up(key: ColumnKey, row: int, name: str, at: int) -> str | None:
        identity, amount = ledger.cell(row, "id"), ledger.cell(row, key)
        plain_id = isinstance(identity, str) and identity == name and not set(identity) & set("*?~")
        if (
            seen[identity] != 1
            or not plain_id
            or not isinstance(amount, (int, float))
            or isinstance(amount, bool)
        ):
            return None
        return (
            f"INDEX({column(key)},MATCH({_LETTERS['id']}{at},{column('id')},0))"
            if table.header.units.get(key, "万元") == "万元" and key not in table.header.added
            else None
        )

    return {
        key: [look_up(key, *each) for each in zip(own, facts.data.values("id"), rows, strict=True)]
        for key in _LOOKED_UP
    }


def _by_level(outcome: Outcome, first: int, last: int) -> Area:
    """One row a level and one for all: what the second chart draws."""
    data, required = outcome.facts.data, outcome.figures.required
    lines: list[tuple[Put, ...]] = []
    amounts = {key: data.whole(key) for key in _LOOKED_UP}
    levels, left = _levels(outcome), np.ones(len(data), dtype=bool)
    for at, level in enumerate((*levels, WHOLE), start=BY_LEVEL.header_row + 1):
        own = np.ones(len(data), dtype=bool) if level == WHOLE else data.where("level", level)
        own = left if level == OTHERS else own
        left = left & ~own
        sums = {key: int(fen[own].sum()) for key, fen in amounts.items()}
        places = range(BY_LEVEL.first_column, BY_LEVEL.first_column + len(BY_LEVEL.columns))
        here = {
            column.key: address(at, place)
            for place, column in zip(places, BY_LEVEL.columns, strict=True)
        }
        if level == OTHERS:
            counted, summed = _others(here, at, *_totals(None, first, last))
        else:
            counted, summed = _totals(None if level == WHOLE else here["level"], first, last)
        row = (
            Put(level, style="居中"),
            Put(int(own.sum()), counted, "居中"),
            *(Put(wan(fen), summed[key], "万元") for key, fen in sums.items()),
            Put(
                sums["done"] / sums["plan"] if sums["plan"] else NO_RATIO,
                f'IF({here["plan"]}>0,{here["done"]}/{here["plan"]},"{NO_RATIO}")',
                "比例",
            ),
            Put(NO_RATIO if required is None else float(required), style="比例"),
        )
        lines.append(row)
    return Area.of_rows(BY_LEVEL.header_row + 1, BY_LEVEL.first_column, lines)


def _levels(outcome: Outcome) -> list[str]:
    """As many levels as the block and its chart have room for: the ledger's own, what has no room together, ours where some is left."""
    known, room = outcome.figures.levels, len(LEVELS)
    found = [level for level, count in known.items() if count]
    if len(found) > room:
        return [*found[: room - 1], OTHERS]
    spare = [level for level in LEVELS if level not in found][: room - len(found)]
    return [level for level in known if level in (*found, *spare)]


def _others(
    here: Mapping[str, str], at: int, rows: str, totals: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The formulas of a row for all that the rows above it leave."""

    def above(key: str) -> str:
        letter = here[key].rstrip("0123456789")
        return f"SUM({letter}{BY_LEVEL.header_row + 1}:{letter}{at - 1})"

    rest = {key: f"{total}-{above(key)}" for key, total in totals.items()}
    return f"{rows}-{above('count')}", rest


def _totals(level: str | None, first: int, last: int) -> tuple[str, dict[str, str]]:
    """The formulas that count and sum the table's projects of the level in a cell, or all of them."""

    def area(key: str) -> str:
        return f"${_LETTERS[key]}${first}:${_LETTERS[key]}${last}"

    if level is None:
        return f"ROWS({area('level')})", {key: f"SUM({area(key)})" for key in ("plan", "done")}
    return f"COUNTIF({area('level')},{level})", {
        key: f"SUMIF({area('level')},{level},{area(key)})" for key in ("plan", "done")
    }


def _by_month(outcome: Outcome) -> Area:
    """Twelve months' plan and actual, cumulative: what the S-curve draws."""
    months = zip(MONTHS, by_month(outcome.facts, outcome.figures.whole), strict=True)
    lines = [
        (
            Put(column.heading, style="居中"),
            Put(wan(planned), style="万元"),
            Put(None if reached is None else wan(reached), style="万元"),
        )
        for column, (planned, reached) in months
    ]
    return Area.of_rows(BY_MONTH.header_row + 1, BY_MONTH.first_column, lines)


def _own_natures(facts: Facts) -> dict[str, list[str | None]]:
    """Each nature in the ledger's own word (续建, 新建), where there are such."""
    return {"nature": [word or None for word in facts.data.listed("nature_word")]}

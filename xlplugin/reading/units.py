"""The unit of each money column: where it was said, what the number format shows, and whether the amounts can be that large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from xlplugin.amounts import FEN_PER_WAN, MOST_FEN, UNITS, money_unit
from xlplugin.book import Grid
from xlplugin.cells import Cell, address, plain, show
from xlplugin.reading.columns import Choice, named
from xlplugin.reading.headings import Headed
from xlplugin.schema import LEDGER

MONEY = tuple(column.key for column in LEDGER.columns if column.kind == "money")
BELOW = 30
"""Rows at the end of a sheet in which a note may name the unit."""
LEAST_UNSAID, MOST_UNSAID = 30, 3_000_000
LEAST, MOST = 10, 30_000_000
"""A county's middle project, 万元: where nobody says the unit it is asked below 30 万元 and above 300 亿元; where someone does,
below 10 万元 and above 3,000 亿元."""

MOST_MEANT = MOST_FEN / FEN_PER_WAN
"""Beyond this a cell is refused by itself."""

_UNIT = r"(百万元?|千万元?|千元|万元|亿元|万|亿|元)"
_LINE = re.compile(
    r"(?<!填报)(?<!报送)(?<!编制)(?<!制表)(?:单位|金额)[^:：,，。;；、万亿元千百]{0,6}[:：为是以均]*([^。;；]{1,30})"
)
_BRACKETED = re.compile(rf"[(（\[](?:单位)?[:：]?{_UNIT}[)）\]]$|^[(（]{_UNIT}[)）]$")
_WORD = re.compile(rf"(?<![\d一-鿿]){_UNIT}(?![一-鿿])|(?<=[为以是]){_UNIT}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A column's unit and where it was said ("" where nobody did)."""

    unit: str
    source: str = ""


def _in_text(text: str) -> set[str]:
    """The units of money that a line or a title names. Words far apart are lines of their own: 填报单位：某局      单位：亿元."""
    return set().union(*map(_in_line, _GAP.split(text)))


_GAP = re.compile(r"[ \u3000\t]{2,}|\n")


def _in_line(text: str) -> set[str]:
    folded = plain(text)
    if bracketed := _BRACKETED.search(folded):
        return {money_unit(next(filter(None, bracketed.groups())))}
    found: set[str] = set()
    for line in _LINE.finditer(folded):
        parts = re.split(r"[、,，/]", line[1])
        found |= {
            money_unit(u[1])
            for p in parts
            if (u := re.match("(?:人民币)?" + _UNIT + r"(?!(?!填|日期|时间)[一-鿿])", p))
        }
    if re.search(r"以(?:万|亿)?元(?:为单位|计|表示)", folded):
        found |= {money_unit(u) for u in re.findall(rf"以{_UNIT}", folded)}
    return found - {""}


def _lines(grid: Grid, rows: Iterable[int]) -> tuple[set[str], str]:
    """The units that some rows outside the table name, and the first place that names one."""
    units: set[str] = set()
    source = ""
    for row in rows:
        for column, cell in enumerate(grid.rows[row - 1], 1):
            if isinstance(cell, str) and ("元" in cell or "亿" in cell or "万" in cell):
                found = _in_text(cell)
                if found and not source:
                    source = f"{address(row, column)}「{show(cell)}」"
                units |= found
    return units, source


def _few(signs: re.Match[str] | None) -> int:
    """How many signs a group has; no clerk writes ten."""
    return min(len(signs[1]), 9) if signs else 0


def scale(code: str) -> tuple[float, str]:
    """How many times smaller a number format shows a number, and the unit it writes behind: `0!.0,` → 10,000; `0.00"亿元"` → 亿元."""
    positive = code.split(";")[0]
    written = "".join(re.findall(r'"([^"]*)"', positive))
    bare = re.sub(r'"[^"]*"|\[[^\[\]]*\]|_.|\*.', "", positive)
    commas = re.search(r"[0#?](,+)(?![0#?,])", bare)
    dot = re.search(r"[!\\]\.([0#]+)", bare) or re.search(r'[0#]"\."([0#]+)', positive)
    times = 1000.0 ** _few(commas) * 10.0 ** _few(dot)
    unit = re.search(_UNIT + "$", written.strip()) or re.search(
        r"([万亿]?元|[万亿])$", bare.strip()
    )
    return times, money_unit(unit[1]) if unit else ""


def _shown(choice: Choice, column: Headed) -> set[tuple[float, str]]:
    """The scales and units that a column's number formats show."""
    rows = choice.grid.rows
    return {
        scale(code)
        for (row, at), code in choice.grid.formats.items()
        if at == column.number and row >= choice.block.below and row <= len(rows)
        if isinstance(choice.grid.at(row, at), (int, float))
    }


def decide(choice: Choice) -> Mapping[str, Unit]:
    """The unit of each money column that was taken; what is in doubt is asked, once a cause."""
    block, grid = choice.block, choice.grid
    said, source = _lines(grid, range(1, block.first))
    if not said:
        after = range(max(block.below, len(grid.rows) - BELOW), len(grid.rows) + 1)
        said, source = _lines(grid, after)
    if not said and (said := _in_text(choice.title)):
        source = f"工作表名「{choice.title}」"
    units: dict[str, Unit] = {}
    unsaid: list[str] = []
    for key in MONEY:
        if column := choice.taken.get(key):
            own = [unit for unit in column.meaning.units if unit]
            laid_down = choice.units.get(key)
            if not own and not laid_down and len(said) > 1:
                unsaid.append(key)
            units[key] = _of_column(choice, key, column, said, source)
    if unsaid:
        columns = [choice.taken[key] for key in unsaid]
        found = f"{source}写了{'、'.join(sorted(said))}，{named(columns)}没有写"
        choice.ask(unsaid[0], columns, "应看得出单位", found, ADVICE)
    elif wrong := next(_implausible(choice, units), None):
        key, expected, found = wrong
        alike = [choice.taken[key], *_unsaid_with(choice, units, key)]
        if len(alike) > 1:
            found = f"{named(alike)}没有写单位，{found}"
        choice.ask(key, alike, expected, found, ADVICE)
    return units


ADVICE = "请在标题里写明单位，如「（亿元）」，或在「栏目对应」里填写"


def _of_column(choice: Choice, key: str, column: Headed, said: set[str], source: str) -> Unit:
    if laid_down := choice.units.get(key):
        return Unit(laid_down, "栏目对应")
    own = [unit for unit in column.meaning.units if unit]
    found = Unit(own[-1], named([column])) if own else Unit(LEDGER[key].unit)
    if not own and len(said) == 1:
        found = Unit(next(iter(said)), source)
    return _as_shown(choice, key, column, found)


def _as_shown(choice: Choice, key: str, column: Headed, found: Unit) -> Unit:
    """The unit of the numbers themselves where a format shows them smaller, or writes a unit behind."""
    shown = {each for each in _shown(choice, column) if each != (1.0, "")}
    if not shown:
        return found
    units = set()
    for times, unit in shown:
        fen = UNITS[unit or found.unit] / times
        units.add(next((name for name, each in UNITS.items() if each == fen), ""))
    if len(units) == 1 and "" not in units:
        return Unit(units.pop(), "数字格式")
    choice.ask(key, [column], "应看得出单位", "数字格式显示的不是原来的数", ADVICE)
    return found


def _numbers(cells: Sequence[Cell], unit: str) -> list[float | None]:
    """Amounts in 万元; None for what is no number."""
    times = UNITS[unit] / FEN_PER_WAN
    return [
        c * times if isinstance(c, (int, float)) and not isinstance(c, bool) else None
        for c in cells
    ]


def _implausible(choice: Choice, units: Mapping[str, Unit]) -> Iterator[tuple[str, str, str]]:
    """The columns whose amounts cannot be in their unit: tiny or huge projects, plans and totals worlds apart."""
    amounts = {
        key: _numbers(choice.sample(choice.taken[key]), unit.unit) for key, unit in units.items()
    }
    whole = [a for a in amounts.get("total", ()) if a and 0 < a <= MOST_MEANT]
    if whole:
        middle, at = median(whole), units["total"]
        least, most = (LEAST, MOST) if at.source else (LEAST_UNSAID, MOST_UNSAID)
        if not least <= middle <= most:
            size = f"{middle:,.10g} 万元" if middle < 10_000 else f"{middle / 10_000:,.10g} 亿元"
            yield (
                "total",
                "单位应当合理",
                f"按{at.unit}读，中等项目只有 {size}"
                if middle < least
                else (f"按{at.unit}读，中等项目有 {size}"),
            )
            return
    for key, base in (("plan", "total"), ("done", "plan")):
        if key in amounts and base in amounts and (share := _ratio(amounts[key], amounts[base])):
            mixed = bool(units[key].source) != bool(units[base].source)
            low, high = (0.005, 30.0) if mixed else (5e-4, 50.0)
            if not low <= share <= high:
                yield (
                    key,
                    f"与「{LEDGER[base].heading}」应是相配的单位",
                    f"按{units[key].unit}读，是它的 {share:,.5f}".rstrip("0").rstrip(".") + " 倍",
                )
                return


def _unsaid_with(choice: Choice, units: Mapping[str, Unit], key: str) -> list[Headed]:
    """The columns of this year's amounts that nobody gives a unit either: what is answered for the total goes for them."""
    if key != "total" or any(units[k].source for k in ("total", "plan", "done") if k in units):
        return []
    amounts = {k: _numbers(choice.sample(choice.taken[k]), units[k].unit) for k in units}
    return [
        choice.taken[k]
        for k in ("plan", "done")
        if k in units and 5e-4 <= _ratio(amounts[k], amounts["total"]) <= 50
    ]


def _ratio(parts: Sequence[float | None], wholes: Sequence[float | None]) -> float:
    """The middle of part ÷ whole; 0 where there is nothing to compare."""
    shares = [
        p / w
        for p, w in zip(parts, wholes, strict=True)
        if p and w and p > 0 and 0 < w <= MOST_MEANT
    ]
    return median(shares) if shares else 0.0

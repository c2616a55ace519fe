"""Months that must be added up: each month's own amount has a column, and nothing says what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from xlplugin.cells import Cell, address, plain, show
from xlplugin.reading import columns, nothings
from xlplugin.reading.columns import Choice, numeric
from xlplugin.reading.headings import Headed
from xlplugin.reading.meaning import MONEY, RATIO
from xlplugin.reading.qualifiers import MONTH
from xlplugin.reading.questions import question, remark
from xlplugin.schema import LEDGER

_OWN = re.compile(r"当月|单月|各月|每月|逐月|分月|月度")
_NEAR = 0.006
"""A rate in per cent with two decimals, or in whole ones, is met within this share."""
_OF_RATE = re.compile(r"完成率|完成.{0,4}(?:比例|%)|投资进度|完成.{0,4}计划")


def added(choice: Choice, laid_down: Sequence[Headed]) -> None:
    """Let the months up to the report's stand for what is done, added up, where no heading says that it is cumulative.

    That they are each month's own is told by their words, by a column of rates, by amounts that fall again, or by 栏目对应
    (`laid_down`: the headings that it gives for what is done); where nothing tells it, it is asked. The sum stands in the last
    month's column of the choice's grid, and `choice.added` names them all.
    """
    if "done" in choice.taken and not several(laid_down):
        return
    months = _tiling(choice, laid_down)
    if laid_down and not months:
        found = f"「栏目对应」指定了{columns.named(laid_down)}，没有从1月接到{choice.as_of.month}月"
        wanted = f"应为1月至{choice.as_of.month}月各一栏"
        choice.ask("done", laid_down, wanted, found, "请补上缺的月份，或改正标题")
    if not months or numeric(choice.sample(months[-1])) is None:
        return
    choice.taken["done"] = months[-1]
    why = "「栏目对应」指定" if laid_down else _told(choice, months)
    if not why:
        _ask(choice, months)
        return
    _refuse(choice, months)
    _sum(choice, months)
    place = f"{months[0].heading.cell}—{months[-1].heading.cell}"
    choice.why["done"] = f"{place}是各月自己的数（{why}），已逐月相加"
    for column in months[:-1]:
        choice.pass_over(column, f"已加进「{LEDGER['done'].heading}」")
    wanted, heading = columns.wanted("done", choice.as_of), LEDGER["done"].heading
    said = f"只有各月自己的数（{why}），已把{place}相加", "不是的话，请加上累计一栏"
    choice.remarks.append(
        remark(choice.title, months[-1].heading.cell, heading, f"应为{wanted}", *said)
    )


def several(laid_down: Sequence[Headed]) -> bool:
    """Whether 栏目对应 gives several months for what is done: they are to be added up."""
    return len(laid_down) > 1 and all(map(_of_months, laid_down))


def _of_months(column: Headed) -> bool:
    said = column.meaning
    return said.months is not None and not (said.summed or said.to_date)


def _tiling(choice: Choice, laid_down: Sequence[Headed]) -> list[Headed]:
    """Columns whose months follow each other from January to the report's month, each month in one of them; else none."""
    seen = [c for c in choice.block.columns if not c.heading.hidden and _of_months(c)]
    seen = [c for c in seen if c.meaning.basis in ("", MONTH) and _this_year(choice, c)]
    whats: tuple[tuple[str, ...], ...] = (("done",), ("", MONEY))
    for some in (list(laid_down), *([c for c in seen if c.meaning.what in w] for w in whats)):
        found: list[Headed] = []
        first = 1
        while first <= choice.as_of.month:
            begun = [c for c in some if c.meaning.months and c.meaning.months[0] == first]
            if len(begun) != 1 or not begun[0].meaning.months:
                break
            found.append(begun[0])
            first = begun[0].meaning.months[1] + 1
        if len(found) > 1 and first == choice.as_of.month + 1:
            return found
    return []


def _this_year(choice: Choice, column: Headed) -> bool:
    return column.meaning.year in (None, choice.as_of.year)


def _told(choice: Choice, months: Sequence[Headed]) -> str:
    """What tells that the months are each month's own; "" where nothing does."""
    if all(c.meaning.basis == MONTH or _OWN.search(c.heading.words) for c in months):
        return "标题写明"
    rows = list(zip(*map(choice.sample, months), strict=True))
    if rates := next(_agreeing(choice, rows), None):
        return f"与{columns.named([rates])}相符"
    later = [c for c in choice.block.columns if _of_months(c) and _this_year(choice, c)]
    ahead = [c for c in later if c.meaning.months and c.meaning.months[0] > choice.as_of.month]
    if any(any(map(_number, choice.sample(column))) for column in ahead):
        return ""  # what is to be done has months ahead
    return "有增有减" if _rise_and_fall(rows) else ""


def _rise_and_fall(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the amounts of most projects fall again, and about as often as they rise: a cumulative amount falls by mistake only."""
    falls = steps = fallen = told = 0
    for row in rows:
        amounts = [n for c in row if (n := _number(c))]
        moves = [b - a for a, b in pairwise(amounts) if a != b]
        down = sum(move < 0 for move in moves)
        told += len(amounts) > 1
        fallen += down > 0
        falls += down
        steps += len(moves)
    return told > 1 and 2 * fallen >= told and 3 * falls >= steps


def _agreeing(choice: Choice, rows: Sequence[Sequence[Cell]]) -> Iterator[Headed]:
    """The columns of rates by which the months' sum, and not the last month, is what is done of the plan."""
    plan = choice.taken.get("plan")
    if plan is None:
        return
    plans = [_number(cell) for cell in choice.sample(plan)]
    for column in choice.block.of(RATIO):
        if not _OF_RATE.search(column.heading.words):
            continue
        summed = last = told = 0
        for row, whole, cell in zip(rows, plans, choice.sample(column), strict=True):
            rate, amounts = _rate(cell), [_number(c) or 0 for c in row]
            if rate and whole and sum(amounts) != amounts[-1]:
                told += 1
                summed += abs(sum(amounts) / whole - rate) < _NEAR
                last += abs(amounts[-1] / whole - rate) < _NEAR
        if told > 1 and 10 * summed >= 9 * told and not last:
            yield column


def _rate(cell: Cell) -> float:
    """A rate as a share: 0.82, 82, 82%."""
    if isinstance(cell, str):
        found = re.fullmatch(r"(\d+(?:\.\d+)?)%", plain(cell))
        return float(found[1]) / 100 if found else 0.0
    number = _number(cell) or 0.0
    return number / 100 if number > 3 else number


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _ask(choice: Choice, months: Sequence[Headed]) -> None:
    ends = columns.named((months[0], months[-1]))
    heading, month = LEDGER["done"].heading, choice.as_of.month
    choice.ask(
        "done",
        (months[0], months[-1]),
        f"应为{columns.wanted('done', choice.as_of)}",
        f"{ends}等{len(months)}栏看不出是各月自己的数，还是逐月累计",
        f"是各月自己的，请在标题里写「当月」，或在「栏目对应」里把每一栏都写成「{heading}」，程序逐月相加；"
        f"是累计的，请把最后一栏的标题写成「1-{month}月累计完成投资」，或只把这一栏写成「{heading}」",
    )


def _refuse(choice: Choice, months: Sequence[Headed]) -> None:
    """A month in which something stands that is no amount: the sum would lack it."""
    first = choice.block.below
    name = choice.block.of("name")
    named = choice.cells(name[0]) if name else []
    for column in months:
        for row, (cell, project) in enumerate(
            zip(choice.cells(column), named, strict=True), start=first
        ):
            if project is None or _is_amount(cell):
                continue
            found = f"「{show(cell)}」不能与其他各月相加"
            choice.questions.append(
                question(
                    choice.title,
                    address(row, column.number),
                    LEDGER["done"].heading,
                    "各月应为数字",
                    found,
                    "请改为数字；没有的请留空",
                )
            )
            return


def _is_amount(cell: Cell) -> bool:
    return cell is None or _number(cell) is not None or nothings.is_dash(cell)


def _sum(choice: Choice, months: Sequence[Headed]) -> None:
    """Put each row's sum into its last month's cell, exactly; a row without any amount stays without."""
    rows = list(choice.grid.rows)
    numbers = [column.number - 1 for column in months]
    for at in range(choice.block.below - 1, len(rows)):
        row = rows[at]
        held = [n for i in numbers if i < len(row) and (n := _number(row[i])) is not None]
        cells = [*row, *[None] * (numbers[-1] + 1 - len(row))]
        cells[numbers[-1]] = float(sum(Decimal(f"{n:.15g}") for n in held)) if held else None
        rows[at] = cells
    choice.grid = replace(choice.grid, rows=rows)
    choice.added["done"] = tuple(column.number for column in months)

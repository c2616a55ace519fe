"""summary.xlsx: one row a county with its rank, and every failure and error with its place."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from xlplugin import files
from xlplugin.batch.work import STATUS_WORDS, Result
from xlplugin.book import Changes
from xlplugin.cells import Cell
from xlplugin.hosts.fresh import fresh
from xlplugin.hosts.locked import draft
from xlplugin.outline import HEADING_HEIGHT, filled, laid_out
from xlplugin.schema import LIGHTS, WHOLE, Sheet
from xlplugin.schema.summary import FAILURES, SUMMARY


def places(results: Sequence[Result]) -> list[int | None]:
    """Each result's rank by completion, from exact amounts: 1 is best, ties share one; None without plan or bulletin."""
    shares = [
        _completion(result.amounts) if result.status == "done" else None for result in results
    ]
    order = sorted((share for share in shares if share is not None), reverse=True)
    first = {share: place for place, share in reversed(list(enumerate(order, start=1)))}
    return [None if share is None else first[share] for share in shares]


def _completion(amounts: Mapping[str, str]) -> Fraction | None:
    plan = Fraction(amounts.get("plan", "0"))
    return Fraction(amounts["done"]) / plan if plan else None


def write(
    path: Path, results: Sequence[Result], ranks: Sequence[int | None], password: str | None = None
) -> Path:
    """Write the summary workbook, with a password where one of the workbooks has it.

    Raises UserError where it cannot be written, because it is open, say.
    """
    sheets = {SUMMARY.title: _counties(results, ranks), FAILURES.title: _failures(results)}
    is_locked = any(result.locked for result in results)
    book = draft(path, fresh(sheets), password if is_locked else None)
    files.write(book.outputs(path))
    return path


def _counties(results: Sequence[Result], ranks: Sequence[int | None]) -> Changes:
    rows = [
        _county(result, rank) | {"file": file}
        for result, rank, file in zip(results, ranks, _short(results), strict=True)
    ]
    done = [row for row, result in zip(rows, results, strict=True) if result.status == "done"]
    if len(done) > 1:
        rows.append(_whole(done))
    counts = Counter(result.status for result in results)
    said = "、".join(
        f"{word}{counts[status]}个" for status, word in STATUS_WORDS.items() if counts[status]
    )
    days = sorted({result.figures["as_of"] for result in results if result.status == "done"})
    dates = (
        f"截止日期：{'、'.join(days)}{'，各县不一致，不宜直接比较' if len(days) > 1 else ''}。"
        if days
        else ""
    )
    return _sheet(
        SUMMARY,
        f"共{len(results)}个工作簿：{said}。{dates}金额单位：万元。按完成率排名，未经四舍五入，相同的并列。",
        rows,
    )


def _county(result: Result, rank: int | None) -> dict[str, Cell]:
    """A row by column key. The figures of a workbook stopped by errors are no figures: they are left out."""
    severities = Counter(problem["severity"] for problem in result.figures.get("problems", ()))
    row: dict[str, Cell] = {
        "region": result.county,
        "result": STATUS_WORDS[result.status],
        "reason": result.error or None,
    }
    if result.figures:
        row |= {"errors": severities["E"], "warnings": severities["W"]}
    if result.status != "done":
        return row
    figures, lights = result.figures, Counter(result.figures["lights"].values())
    completion = _completion(result.amounts)
    return (
        row
        | {key: Decimal(text) for key, text in result.amounts.items()}
        | {
            "place_in_ranking": rank,
            "cutoff": date.fromisoformat(figures["as_of"]),
            "count": figures["totals"]["count"],
            "completion": None if completion is None else float(completion),
            "expected": _share(figures["required"]),
            "started": figures["started"],
            "start_rate": _share(figures["start_rate"]),
            **{key: len(figures[key]) for key in ("not_started", "behind", "on_schedule")},
            **{f"light{at}": lights[light] for at, light in enumerate(LIGHTS)},
        }
    )


def _whole(rows: Sequence[Mapping[str, Any]]) -> dict[str, Cell]:
    added = [
        column.key
        for column in SUMMARY.columns
        if column.kind in ("count", "money") and column.key != "place_in_ranking"
    ]
    sums: dict[str, Any] = {key: sum(row[key] for row in rows) for key in added}
    return {
        "region": WHOLE,
        **sums,
        "completion": float(sums["done"] / sums["plan"]) if sums["plan"] else None,
    }


def _failures(results: Sequence[Result]) -> Changes:
    rows = list(_wrong(results))
    return _sheet(
        FAILURES,
        f"共{len(rows)}条。错误改正以后再运行一次，只重做改过的和没有做成的。"
        if rows
        else "没有失败，没有错误。",
        rows,
    )


def _wrong(results: Sequence[Result]) -> Iterator[dict[str, Cell]]:
    for result, file in zip(results, _short(results), strict=True):
        place: dict[str, Cell] = {
            "region": result.county,
            "file": file,
            "result": STATUS_WORDS[result.status],
        }
        if result.error:
            yield place | {"saying": result.error}
        for problem in result.figures.get("problems", ()):
            if problem["severity"] == "E":
                yield place | {
                    "code": problem["code"],
                    "sheet": problem["sheet"],
                    "cell": problem["cell"] or None,
                    "saying": problem["message"],
                }


def _short(results: Sequence[Result]) -> list[str]:
    """Paths below the folder that all of them share, so that they fit into a column."""
    try:
        shared = os.path.commonpath(
            [os.path.dirname(os.path.abspath(result.path)) for result in results]
        )
    except ValueError:  # different drives
        return [result.path for result in results]
    return [os.path.relpath(os.path.abspath(result.path), shared) for result in results]


def _sheet(sheet: Sheet, line: str, rows: Sequence[Mapping[str, Cell]]) -> Changes:
    """Title, a line about all, headings, rows: ready to print."""
    values = {column.key: [row.get(column.key) for row in rows] for column in sheet.columns}
    changes = laid_out(sheet, line, filled(sheet, values), values)
    return replace(changes, heights={sheet.header_row: HEADING_HEIGHT, **changes.heights})


def _share(percent: str | None) -> Cell:
    return None if percent is None else float(Decimal(percent) / 100)

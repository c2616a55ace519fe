"""Commands that only ask a workbook; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplugin.cli import options
from xlplugin.cli.guarded import DONE, WRONG_DATA, guarded
from xlplugin.cli.shown import echo, show
from xlplugin.say import say

if TYPE_CHECKING:
    from xlplugin.pipeline import Outcome


@click.command()
@options.book
@options.json
@guarded
@options.reading
def check(book: Path, given: options.Given, as_json: bool) -> int:
    """只检查，不写文件 / problems only, nothing written."""
    outcome = run(book, given)
    if as_json:
        from xlplugin.render.record import checked

        echo(checked(outcome))
    else:
        show(outcome)
    return WRONG_DATA if outcome.errors else DONE


@click.command()
@options.book
@click.argument("figure", default="")
@options.json
@guarded
@options.reading
def explain(
    book: Path,
    figure: str,
    given: options.Given,
    as_json: bool,
) -> int:
    """说明一个数字的来历 / formula, yardstick, rows and cells behind a figure; all of them without FIGURE."""
    outcome = run(book, given)
    from dataclasses import asdict

    from xlplugin import trace

    found = trace.find(outcome, figure) if figure else list(trace.traces(outcome))
    if as_json:
        echo([asdict(one) for one in found])
    else:
        for one in found:
            say(
                f"{one.name}＝{one.result}：{'；'.join(part for part in (one.formula, one.basis, one.cells) if part)}"
            )
    return DONE


@click.command()
@options.book
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@options.json
@guarded
@options.reading
def figure(
    book: Path,
    names: tuple[str, ...],
    given: options.Given,
    as_json: bool,
) -> int:
    """按名称查数字，如 省重点.在建.完成率 / figures by their names."""
    known = run(book, given).names
    found = [known[name] for name in names]
    if as_json:
        echo([{"name": str(one.name), "value": one.cell, "text": one.text} for one in found])
    else:
        for one in found:
            say(f"{one.name}＝{one.text}")
    return DONE


def run(book: Path, given: options.Given) -> Outcome:
    """A workbook through the pipeline. Raises UserError."""
    from xlplugin import hosts

    source = hosts.open(
        book, given.password
    )  # a large one is parsed while the rest of the program is loaded
    from xlplugin.deliver import of_day

    return of_day(source, given.as_of, only=given.sheet)

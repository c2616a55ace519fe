"""An Outcome as changes of the output sheets: 通报, 检查结果, 进度分析. What stood there before is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlplugin.book import Book, Changes, Filling
from xlplugin.cells import told
from xlplugin.errors import together
from xlplugin.made import place
from xlplugin.outline import filled, laid_out
from xlplugin.pipeline import Outcome
from xlplugin.render import reading
from xlplugin.render.analysis import analysis
from xlplugin.render.links import hyperlink
from xlplugin.render.live import has_functions
from xlplugin.render.paper import bulletin
from xlplugin.schema import ANALYSIS, BULLETIN, READING, RESULTS, WORKING, Sheet


def write(outcome: Outcome, book: Book, *only: Sheet, macros: bool = True) -> Mapping[str, str]:
    """Write the output sheets, or `only` some of them, into a book; the names that they bear there are returned, by key.

    Sheets that it lacks are added, and so is one beside a clerk's own of the same name, which stays as it is.
    With `macros` off (a .xlsx) no KP_ function is written, even where the book was once one that carried them.
    """
    titles: dict[str, str] = {}
    for sheet, new in (
        (BULLETIN, bulletin(outcome.bulletin)),
        (ANALYSIS, analysis(outcome, live=macros and has_functions(book))),
        (RESULTS, results(outcome)),
        *(
            ()
            if reading.is_plain(outcome.reading)
            else ((READING, reading.sheet(outcome.reading)),)
        ),
        *(((WORKING, working(outcome)),) if outcome.facts.settings.working else ()),
    ):
        if only and sheet not in only:
            continue
        title = place(book, sheet).title
        book.write(title, replace(new, made=True, instead=True))
        titles[sheet.key] = title
    return titles


def results(outcome: Outcome) -> Changes:
    """One cause a row; its address is a link to the first of its cells."""
    found = [(problem, told(cells)) for problem, cells in together(outcome.problems)]
    problems = [problem for problem, _ in found]
    words = ["错误" if problem.severity == "E" else "提醒" for problem in problems]
    said = ("code", "sheet", "heading", "saying")
    columns = filled(
        RESULTS,
        {
            "number": range(1, len(problems) + 1),
            **{key: [getattr(problem, key) or None for problem in problems] for key in said},
            "advice": [problem.remedy for problem in problems],
        },
    )
    columns["severity"] = Filling(words, words)
    columns["cell"] = Filling(
        [cells or None for _, cells in found],
        ["链接" if problem.cell else "居中" for problem in problems],
        [hyperlink(problem.sheet, problem.cell, cells) for problem, cells in found],
    )
    return laid_out(RESULTS, _verdict(outcome), columns, ("saying", "advice"))


def _verdict(outcome: Outcome) -> str:
    """How many problems there are, and what that means."""
    errors, found = len(outcome.errors), len(outcome.problems)
    meaning = "没有发现问题。"
    if errors:
        meaning = "错误改正以后才能生成通报。"
    elif found:
        meaning = "没有错误；印发前请逐条核实提醒。"
    return f"共{errors}处错误、{found - errors}处提醒。{meaning}"


def working(outcome: Outcome) -> Changes:
    """One figure of the bulletin a row: its result, its formula, what it rests on, the cells behind it."""
    from xlplugin.trace import traces  # only where 参数 asks for this sheet

    found = [
        (trace.name, trace.result, trace.formula, trace.basis, trace.cells)
        for trace in traces(outcome)
    ]
    values = {
        column.key: [line[at] or None for line in found]
        for at, column in enumerate(WORKING.columns)
    }
    line = "通报里的每个数字都能在这里查到来历。"
    return laid_out(WORKING, line, filled(WORKING, values), values)

"""An Outcome as changes of the output sheets: 通报, 检查结果, 进度分析. What stood there before is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xlplugin.book import Area, Book, Changes, Filling, Layout
from xlplugin.bulletin import blocks
from xlplugin.cells import told
from xlplugin.errors import together
from xlplugin.made import place
from xlplugin.measure import lines, width
from xlplugin.outline import filled, laid_out
from xlplugin.pipeline import Outcome
from xlplugin.render import reading
from xlplugin.render.analysis import analysis
from xlplugin.render.links import hyperlink
from xlplugin.render.live import has_functions
from xlplugin.render.text import INDENT, noted
from xlplugin.schema import ANALYSIS, BULLETIN, READING, RESULTS, WORKING, Sheet

TEXT_WIDTH = 88.0
"""Characters of the bulletin's one column: it fills the width of an A4 page."""

CHARACTERS_A_LINE, LINE_POINTS, MOST_LINES = 33, 22.0, 18
"""At 14 points: full-width characters in that width, a line's height; Excel's rows end at 409 points."""

HALF = 0.53
"""A half-width character's share of a full-width one in 仿宋, a little more than it really has."""


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


def bulletin(document: blocks.Bulletin) -> Changes:
    """One paragraph a row in column A, as high as its text needs."""
    parts = [
        (part, style)
        for block in document.blocks
        for text, style in rows(block)
        for part in _parts(text)
    ]
    filling = Filling([part or None for part, _ in parts], [style for _, style in parts])
    heights: dict[int, float | None] = {
        row: 36.0 if style == "标题" else LINE_POINTS * lines(part, CHARACTERS_A_LINE, HALF)
        for row, (part, style) in enumerate(parts, start=1)
    }
    return Changes({}, heights, layout=Layout({1: TEXT_WIDTH}), areas=(Area(1, 1, (filling,)),))


def rows(block: blocks.Block) -> list[tuple[str, str]]:
    """A block's rows: text and style."""
    match block:
        case blocks.Title(text):
            return [(text, "标题")]
        case blocks.Letterhead(office, number):
            said = [(line, "红头") for line in office.splitlines()]
            return [*said, (number, "副标题")] if number else said
        case blocks.Line("附件", text):
            return [(INDENT + line, "正文") for line in noted(text)]
        case blocks.Line(role, text):
            return [(text, {"文号": "副标题", "附件标签": "一级标题"}.get(role, "正文"))]
        case blocks.Heading(level, text):
            return [(INDENT + text, {1: "一级标题", 2: "二级标题"}.get(level, "正文"))]
        case blocks.Paragraph(text):
            return [(INDENT + text, "正文")]
        case blocks.Items(items):
            return [(INDENT + line, "正文") for line in items]
        case blocks.PrintedTable():
            return _table_rows(block)
        case blocks.Chart(title=title, sheet=shown):
            return [(f"{title}（见「{shown}」）" if shown else title, "正文")]
        case blocks.Signature(office, date):
            return [("", "正文"), *((line + INDENT, "落款") for line in (office, date) if line)]
        case blocks.Colophon(copies, office, date):
            printed = INDENT.join(filter(None, (office, date)))
            return [("", "正文"), *((line, "正文") for line in (copies, printed) if line)]


def _table_rows(table: blocks.PrintedTable) -> list[tuple[str, str]]:
    """A table that a sheet of its own shows is pointed to; another one stands here, a line a row."""
    if table.sheet:
        return [(f"{table.title}（见「{table.sheet}」）", "正文")]
    printed = ((INDENT + "｜".join(row), "正文") for row in (table.head, *table.rows))
    return [(table.title, "表题"), (table.unit, "正文"), *printed]


def _parts(text: str) -> Iterator[str]:
    """A text as pieces that each fit into one row, cut after a mark; almost always just one."""
    most = CHARACTERS_A_LINE * MOST_LINES
    at = 0
    # no need to measure all that is left: so much is more than a row
    while width(text[at : at + 2 * most], HALF) > most:
        cut = max(text.rfind(mark, at, at + most) for mark in "。；，、") + 1
        cut = cut if cut > at else at + most
        yield text[at:cut]
        at = cut
    yield text[at:]


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

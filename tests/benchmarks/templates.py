"""The bulletin rendered by us and by template engines, warm, each from a file to a saved file: `python templates.py ROUNDS FOLDER`

prints CPU milliseconds, a round: our sheet, xltpl's, our document, docxtpl's. The templates have a row for each row of our
sheet and a paragraph for each one of our document, with its looks; the document's table is filled in a loop. That they
write the same words is asserted.
"""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Alignment, Font

from xlplugin import deliver
from xlplugin.book import STYLES, Changes
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.hosts.openpyxl import OpenpyxlBook
from xlplugin.pipeline import Outcome, run
from xlplugin.render import paper, sheet
from xlplugin.schema import BULLETIN

CASE = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"


def milliseconds(work: Callable[[], Any]) -> float:
    """CPU time of one run."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def sheets(outcome: Outcome, folder: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    """Our sheet and xltpl's, both written into the same workbook of one sheet."""
    from xltpl.writerx import BookWriter

    template, ours, theirs = (
        folder / f"{name}.xlsx" for name in ("sheet", "sheet-ours", "sheet-theirs")
    )
    memory = MemoryBook()
    sheet.write(outcome, memory, BULLETIN)
    lines = [row[0] if row else None for row in memory.read(BULLETIN.title).rows]
    looks = [memory.styles[BULLETIN.title][row, 1] for row in range(1, len(lines) + 1)]
    _sheet_template(looks, memory.heights[BULLETIN.title], template)
    context = {
        "lines": ["" if line is None else line for line in lines],
        "sheet_name": BULLETIN.title,
    }

    def write() -> None:
        book = FileBook(template)
        sheet.write(outcome, book, BULLETIN)
        book.save(ours)

    def fill() -> None:
        writer = BookWriter(str(template))
        writer.render_book([context])
        writer.save(str(theirs))

    write()
    fill()
    assert _texts(ours) == _texts(theirs) == lines
    return write, fill


def _sheet_template(looks: list[str], heights: dict[int, float | None], path: Path) -> None:
    """A workbook with the bulletin's sheet: as many rows, each with its look and a variable."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = BULLETIN.title
    page.column_dimensions["A"].width = paper.TEXT_WIDTH
    for row, look in enumerate(looks, start=1):
        style = STYLES[look]
        cell = page.cell(row, 1, f"{{{{ lines[{row - 1}] }}}}")
        cell.font = Font(name=style.font, size=style.size, bold=style.bold)
        cell.alignment = Alignment(
            horizontal=style.horizontal, vertical=style.vertical, wrap_text=style.wrap
        )
        page.row_dimensions[row].height = heights.get(row)
    OpenpyxlBook(workbook).write(page.title, Changes({}, made=True))  # ours: else it is left alone
    workbook.save(path)


def _texts(path: Path) -> list[Any]:
    return [
        row[0] or None
        for row in openpyxl.load_workbook(path)[BULLETIN.title].iter_rows(
            max_col=1, values_only=True
        )
    ]


def documents(outcome: Outcome, folder: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    """Our document and docxtpl's, whose template is our document with variables in the place of its words."""
    from docxtpl import DocxTemplate

    template, theirs = folder / "document.docx", folder / "document-theirs.docx"

    def write() -> Path:
        return deliver.word(outcome, folder / "document-ours.xlsx")

    ours = write()
    texts, table = _words(ours)
    _document_template(ours, template)
    width = len(table[0])
    context = {"lines": texts, "rows": [row + [""] * (width - len(row)) for row in table[1:]]}

    def fill() -> None:
        document = DocxTemplate(template)
        document.render(context)
        document.save(theirs)

    fill()
    assert _words(theirs) == (texts, table)
    return write, fill


def _words(path: Path) -> tuple[list[str], list[list[str]]]:
    """Texts of the paragraphs, and of the table's cells; a heading row of the table is one cell of ours, and the first of theirs."""
    document = docx.Document(str(path))
    rows = (
        ["".join(part.text for part in cell.p_lst) for cell in row._tr.tc_lst]
        for row in document.tables[0].rows
    )
    return [paragraph.text for paragraph in document.paragraphs], [
        row if any(row[1:]) else row[:1] for row in rows
    ]


def _document_template(source: Path, path: Path) -> None:
    """The same paragraphs with a variable each; below the table's head, a row that is repeated."""
    document = docx.Document(str(source))
    for number, paragraph in enumerate(document.paragraphs):
        _say(paragraph, f"{{{{ lines[{number}] }}}}")
    table = document.tables[0]
    rows = list(table.rows)
    width = len(rows[0].cells)
    whole = next(row for row in rows[1:] if len(row._tr.tc_lst) == width)._tr
    for row in rows[1:]:
        table._tbl.remove(row._tr)
    for words in (
        ["{%tr for row in rows %}"],
        [f"{{{{ row[{column}] }}}}" for column in range(width)],
        ["{%tr endfor %}"],
    ):
        table._tbl.append(copy.deepcopy(whole))
        for cell, text in zip(
            table.rows[-1].cells, words + [""] * (width - len(words)), strict=True
        ):
            _say(cell.paragraphs[0], text)
    document.save(str(path))


def _say(paragraph: Any, text: str) -> None:
    """Other words for a paragraph that has any, in the looks of its first run."""
    first, *others = paragraph.runs or [None]
    if first is not None:
        first.text = text
    for run_ in others:
        run_._r.getparent().remove(run_._r)


def main(rounds: int, folder: Path) -> None:
    """Build the templates, then measure the four in turns."""
    outcome = run(FileBook(CASE))
    works = (*sheets(outcome, folder), *documents(outcome, folder))
    json.dump([[milliseconds(work) for work in works] for _ in range(rounds)], sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

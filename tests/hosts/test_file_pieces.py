"""A large sheet is parsed in pieces, beside other work: it reads the same as in one."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
import xlsxwriter
from hosts import small

from xlplugin.book import ByColumn, Grid
from xlplugin.cells import Cell
from xlplugin.errors import UserError
from xlplugin.hosts import calamine
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx import intake, pieces, values


def row(number: int, *, told: bool = True) -> str:
    """A row with numbers, texts, an error and gaps; `told` with its number."""
    where = f' r="{number}"' if told else ""
    cells = {"B": f"<v>{number}</v>", "C": "", "F": f"<f>B{number}*2</f><v>{number * 2}</v>"}
    inside = "".join(
        (f'<c r="{letter}{number}">' if told else "<c>") + f"{said}</c>"
        for letter, said in cells.items()
    )
    text = (
        f'<c r="H{number}" t="inlineStr"><is><t>第{number % 7}标段 &lt;{number}&gt;</t></is></c>'
        if told and number % 3
        else ""
    )
    wrong = f'<c r="J{number}" t="e"><v>#DIV/0!</v></c>' if told and number % 50 == 0 else ""
    return f"<row{where}>{inside}{text}{wrong}</row>"


def common(number: int) -> str:
    """A row of plain numbers, as every writer writes it."""
    return f'<row r="{number}"><c r="B{number}"><v>{number}</v></c><c r="D{number}"/></row>'


def kinds() -> dict[str, str]:
    """Rows as writers write them."""
    numbers = [n for n in range(1, 401) if n % 11]
    mixed = random.Random(1).sample(numbers, len(numbers))
    return {
        "in order": "".join(map(row, numbers)),
        "far down and right": "".join(row(n + 3000) for n in numbers),
        "in no order": "".join(map(row, mixed)),
        "common": "".join(map(common, range(1, 801))),
        "common at first": "".join(map(common, numbers[:200])) + "".join(map(row, numbers[200:])),
        "without numbers": "".join(row(n, told=False) for n in range(1, 401)),
        "with a comment": "".join(map(row, numbers[:200]))
        + '<!-- <row r="9999"> -->'
        + "".join(map(row, numbers[200:])),
    }


def shrink(monkeypatch) -> None:
    """Sheets of some kilobytes count as large ones, and are cut into many pieces."""
    for module in (intake, values):
        monkeypatch.setattr(module, "LARGE", 4000)
    monkeypatch.setattr(intake, "SMALL", 3000)
    monkeypatch.setattr(pieces, "PIECE", 3000)


@pytest.fixture
def little(monkeypatch) -> None:
    shrink(monkeypatch)


def told(grid: Grid) -> list[list[Cell]]:
    """A grid's rows without the empty cells at their ends: rows may differ in length."""
    width = max(map(len, grid.rows))
    return [[*row, *[None] * (width - len(row))] for row in grid.rows]


@pytest.mark.parametrize("kind", kinds())
def test_a_sheet_in_pieces_is_the_sheet(tmp_path, monkeypatch, kind):
    path = small.save(
        tmp_path / "表.xlsx",
        small.parts(
            kinds()[kind], after='<mergeCells count="1"><mergeCell ref="K1:L2"/></mergeCells>'
        ),
    )
    whole = FileBook(path).read("表")
    cut = []
    split = pieces.split
    monkeypatch.setattr(values, "split", lambda sheet: cut.append(split(sheet)) or cut[-1])
    shrink(monkeypatch)
    grid = FileBook(path).read("表")
    assert len(cut[0]) > 5 or kind == "without numbers"
    assert told(grid) == told(whole)
    assert (grid.merged, grid.formulas, grid.hidden) == (whole.merged, whole.formulas, whole.hidden)


@pytest.mark.usefixtures("little")
def test_the_other_sheets_are_read_too(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "两表.xlsx") as workbook:
        large, settings = workbook.add_worksheet("大"), workbook.add_worksheet("kp0")
        for at in range(500):
            large.write_row(at, 0, [f"项目{at}", at, "同样的话"])
        settings.write_row(0, 0, ["参数", 7])
    book = FileBook(tmp_path / "两表.xlsx")
    assert book.sheets == ("大", "kp0")
    assert list(book.read("大").rows[499]) == ["项目499", 499, "同样的话"]
    assert list(book.read("kp0").rows[0]) == ["参数", 7]


class Touchy:
    """The reader as it is: whoever comes while another is being served is refused."""

    def __init__(self, workbook: Any) -> None:
        self.workbook, self.busy = workbook, False

    def get_sheet_by_name(self, name: str) -> Any:
        if self.busy:
            raise RuntimeError("Already borrowed")
        self.busy = True
        threading.Event().wait(0.002)
        found = self.workbook.get_sheet_by_name(name)
        self.busy = False
        return found


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("end", ["", '<row r="200000"><c r="XFC200000"><v>7</v></c></row>'])
def test_a_piece_is_parsed_ahead_once_it_was_looked_at(tmp_path, monkeypatch, end):
    """The reader would make room for every cell between two that stand far apart: their piece is never given to it."""
    path = small.save(tmp_path / "表.xlsx", small.parts("".join(map(common, range(1, 801))) + end))
    begun, in_time = threading.Event(), []
    opened, looked = values._opened, values.plain.sheet
    monkeypatch.setattr(values, "_opened", lambda *given: begun.set() or opened(*given))
    monkeypatch.setattr(
        values.plain,
        "sheet",
        lambda *given, **how: in_time.append(begun.wait(10)) or looked(*given, **how),
    )
    asked: list[str] = []
    get = Touchy.get_sheet_by_name
    monkeypatch.setattr(
        Touchy, "get_sheet_by_name", lambda self, name: asked.append(name) or get(self, name)
    )
    put_together, names = values.as_sheets, []

    def as_sheets(*given: Any) -> Any:
        found = put_together(*given)
        names.extend(found[0])
        return found

    monkeypatch.setattr(values, "as_sheets", as_sheets)
    whole = calamine.opened
    monkeypatch.setattr(calamine, "opened", lambda raw: Touchy(whole(raw)))
    grid = FileBook(path).read("表")
    assert in_time == [True]
    assert (grid.at(800, 2), grid.at(200000, 16383)) == (800, 7 if end else None)
    assert len(names) > 5
    assert names[0] in asked
    assert (names[-1] in asked) == (not end)


def test_rows_by_column_are_rows():
    """What is kept by column is the same rows: by number, by slice, one after the other, and grows as they do."""
    rows = ByColumn()
    rows.reach(2, 0)
    rows.extend(1, [["甲", 1], ["乙", None]])
    rows.put(6, 1, "丙")
    plain = [[None] * 3, [None] * 3, [None, "甲", "乙"], [None, 1, None], [None] * 3]
    plain.append(["丙", None, None])
    assert len(rows) == 6
    assert [list(row) for row in rows] == plain == [list(rows[at]) for at in range(6)]
    assert [list(row) for row in rows[2:-1]] == plain[2:-1]
    by_column, by_row = Grid(rows), Grid(plain)
    for column in range(1, 6):
        assert list(by_column.column(column)) == by_row.column(column)
        assert list(by_column.column(column, 2, 4)) == by_row.column(column, 2, 4)
        assert list(by_column.column(column, 9)) == by_row.column(column, 9) == []
        assert all(by_column.at(n, column) == by_row.at(n, column) for n in range(8))


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_several_large_sheets_in_any_order(tmp_path, monkeypatch, order):
    """Sheets are asked for while others are still being parsed: small before large, large before large."""
    with xlsxwriter.Workbook(tmp_path / "四表.xlsx") as workbook:
        for name, count in (("说明", 3), ("台账", 500), ("进度分析", 400), ("参数", 2)):
            sheet = workbook.add_worksheet(name)
            for at in range(count):
                sheet.write_row(at, 0, [f"{name}{at}", at])
    opened = calamine.opened
    monkeypatch.setattr(calamine, "opened", lambda raw: Touchy(opened(raw)))
    book = FileBook(tmp_path / "四表.xlsx")
    for at in order:
        name = book.sheets[at]
        assert [list(row) for row in book.read(name).rows] == [
            [f"{name}{n}", n] for n in range((3, 500, 400, 2)[at])
        ]


@pytest.mark.usefixtures("little")
def test_what_is_damaged_is_said_when_it_is_read(tmp_path):
    content = small.parts(
        "".join(row(n) for n in range(1, 400)) + '<row r="400"><c r="A400" t="s"><v>9</v></c></row>'
    )
    book = FileBook(small.save(tmp_path / "表.xlsx", content))
    with pytest.raises(UserError, match="表"):
        book.read("表")

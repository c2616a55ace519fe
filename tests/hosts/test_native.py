"""What the host asks of Excel's own objects; a few of those objects are played here, real ones sit in test_excel_host."""

from __future__ import annotations

from types import SimpleNamespace as Thing

import pytest

from xlplugin.book import STYLES
from xlplugin.cells import CellError, address, split_range
from xlplugin.errors import UserError
from xlplugin.hosts.excel.entering import is_date_format
from xlplugin.hosts.excel.native import Com, Native

BOX = (1, 1, 9, 6)


class Cells:
    """A Range of Excel's: one answer where its cells agree, None where they do not."""

    def __init__(self, sheet: Sheet, box) -> None:
        self.sheet, self.box = sheet, box

    def _one(self, test) -> bool | None:
        top, left, bottom, right = self.box
        found = {
            test(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        }
        self.sheet.asked += 1
        return found.pop() if len(found) == 1 else None

    def _covering(self, texts, row, column):
        return next((text for text in texts if self.sheet.holds(text, row, column)), None)

    EntireRow = property(
        lambda self: Thing(Hidden=self._one(lambda row, _: row in self.sheet.hidden))
    )
    EntireColumn = property(
        lambda self: Thing(Hidden=self._one(lambda _, column: column in self.sheet.columns))
    )
    NumberFormat = property(
        lambda self: self._one(lambda *at: self.sheet.formats.get(at, "General"))
    )
    Font = property(
        lambda self: Thing(Strikethrough=self._one(lambda *at: at in self.sheet.struck))
    )
    MergeCells = property(
        lambda self: self._one(lambda *at: self._covering(self.sheet.merged, *at) is not None)
    )
    HasArray = property(
        lambda self: self._one(lambda *at: self._covering(self.sheet.arrays, *at) is not None)
    )

    def Cells(self, row, column):  # noqa: N802
        return Cells(self.sheet, (self.box[0] + row - 1, self.box[1] + column - 1) * 2)

    @property
    def MergeArea(self):  # noqa: N802
        text = self._covering(self.sheet.merged, *self.box[:2]) or address(*self.box[:2])
        return Thing(Address="$" + text.replace(":", ":$"))

    @property
    def CurrentArray(self):  # noqa: N802
        top, left, bottom, right = split_range(self._covering(self.sheet.arrays, *self.box[:2]))
        return Thing(
            Row=top,
            Column=left,
            Rows=Thing(Count=bottom - top + 1),
            Columns=Thing(Count=right - left + 1),
        )


class Sheet:
    """A worksheet of Excel's."""

    def __init__(
        self,
        *,
        hidden=(),
        merged=(),
        arrays=(),
        protected=False,
        filtered=False,
        tables=(),
        columns=(),
        visible=-1,
        formats=None,
        struck=(),
    ) -> None:
        self.struck = struck
        self.columns, self.Visible, self.formats = columns, visible, formats or {}
        self.hidden, self.merged, self.arrays, self.asked = hidden, merged, arrays, 0
        self.ProtectContents, self.FilterMode, self.ListObjects = protected, filtered, tables

    def Range(self, text):  # noqa: N802
        return Cells(self, split_range(text))

    def holds(self, text, row, column) -> bool:
        top, left, bottom, right = split_range(text)
        return top <= row <= bottom and left <= column <= right


class Styles(list):
    """A workbook's named styles."""

    def Add(self, name):  # noqa: N802
        style = Thing(Name=name, Font=Thing(), Interior=Thing(), edges=[])
        style.Borders = lambda edge: style.edges.append(edge) or Thing()
        self.append(style)
        return style


def sheet(**facts) -> Thing:
    return Thing(api=Sheet(**facts), name="台账")


def com(**book) -> Com:
    return Com(Thing(api=Thing(**book)))


def test_hidden_rows():
    assert com().hidden(sheet(hidden=(3, 4, 9)), BOX) == {3, 4, 9}


def test_hidden_columns():
    assert com().hidden_columns(sheet(columns=(2, 5, 6)), BOX) == {2, 5, 6}


@pytest.mark.parametrize(("visible", "concealed"), [(-1, False), (0, True), (2, True)])
def test_hidden_sheets(visible, concealed):
    """0 is hidden, 2 hidden so well that Excel's menu does not show it."""
    assert com().concealed(sheet(visible=visible)) is concealed


def test_number_formats_that_tell_a_unit():
    told = {(row, 4): "0!.0," for row in range(2, 10)} | {(3, 6): '0.00"亿元"', (4, 6): "0.00%"}
    assert com().formats(sheet(formats=told), BOX) == {
        at: code for at, code in told.items() if at != (4, 6)
    }


def test_cells_that_are_struck_through():
    assert com().struck(sheet(struck={(2, 1), (2, 2), (5, 6)}), BOX) == {(2, 1), (2, 2), (5, 6)}


def test_a_plain_sheet_is_asked_once():
    plain = sheet()
    assert not com().hidden(plain, (1, 1, 5000, 30))
    assert not com().merged(plain, (1, 1, 50, 30))
    assert not com().hidden_columns(plain, BOX)
    assert not com().formats(plain, (1, 1, 5000, 30))
    assert not com().struck(plain, (1, 1, 5000, 30))
    assert plain.api.asked == 5


def test_merged_ranges():
    assert com().merged(sheet(merged=("A1:F1", "B3:C5", "D3:D4")), BOX) == (
        "A1:F1",
        "B3:C5",
        "D3:D4",
    )


@pytest.mark.parametrize(
    ("facts", "filtered"),
    [
        ({}, False),
        ({"filtered": True}, True),
        ({"tables": [Thing(ShowAutoFilter=True, AutoFilter=Thing(FilterMode=True))]}, True),
        (
            {
                "tables": [
                    Thing(ShowAutoFilter=True, AutoFilter=Thing(FilterMode=False)),
                    Thing(ShowAutoFilter=False),
                ]
            },
            False,
        ),
    ],
)
def test_filters(facts, filtered):
    assert com().filtered(sheet(**facts)) is filtered


def test_a_protected_sheet_is_refused():
    with pytest.raises(UserError, match="「台账」受保护"):
        com().check(sheet(protected=True), [])


def test_a_protected_workbook_takes_no_sheet():
    com(ProtectStructure=False).check(None, [])
    with pytest.raises(UserError, match="工作簿结构受保护"):
        com(ProtectStructure=True).check(None, [])


def test_a_part_of_an_array_is_refused():
    com().check(sheet(arrays=("B2:B4",)), [(5, 1, 9, 3)])
    com().check(sheet(arrays=("B2:B2",)), [BOX])  # an array of one cell may be overwritten
    with pytest.raises(UserError, match="「台账」B3 属于数组公式或模拟运算表 B2:B4"):
        com().check(sheet(arrays=("B2:B4",)), [(3, 1, 3, 3)])


@pytest.mark.parametrize("key", STYLES)
def test_a_missing_style_is_made_once(key):
    styles, cells = Styles([Thing(Name="常规")]), Thing(api=Thing(Style=None))
    excel = com(Styles=styles)
    assert excel.named_style(cells, key)
    assert excel.named_style(cells, key)
    assert (cells.api.Style, [style.Name for style in styles]) == ("KP" + key, ["常规", "KP" + key])
    assert (styles[1].Font.Name, styles[1].NumberFormat) == (
        STYLES[key].font,
        STYLES[key].number_format,
    )
    assert len(styles[1].edges) == 4 * STYLES[key].border


def test_a_style_that_is_there_stays_the_clerks():
    styles, cells = Styles([Thing(Name="KP红")]), Thing(api=Thing(Style=None))
    com(Styles=styles).named_style(cells, "红")
    assert (cells.api.Style, len(styles)) == ("KP红", 1)


def test_red_is_red():
    """Excel's numbers have blue first."""
    styles = Styles()
    com(Styles=styles).named_style(Thing(api=Thing()), "红")
    assert styles[0].Interior.Color == 0xCE * 65536 + 0xC7 * 256 + 0xFF


def test_tables_help_is_off_for_a_while():
    helper = Thing(AutoExpandListRange=True, AutoFillFormulasInLists=False)
    excel = Com(Thing(app=Thing(api=Thing(AutoCorrect=helper))))
    with excel.quiet():
        assert (helper.AutoExpandListRange, helper.AutoFillFormulasInLists) == (False, False)
    assert (helper.AutoExpandListRange, helper.AutoFillFormulasInLists) == (True, False)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (-2146826243, CellError("#SPILL!")),
        (-2146826238, CellError("#CALC!")),
        (-2146826245, CellError("#N/A")),
        (7.0, 7.0),
        (True, True),
    ],
)
def test_errors_that_xlwings_does_not_know(value, wanted):
    got = com().value(value)
    assert (type(got), got) == (type(wanted), wanted)


def test_a_sheet_of_a_million_formatted_rows_ends_with_its_contents():
    api = Thing(Cells=Thing(Find=lambda **_: Thing(Row=42)))
    assert (com().last_row(Thing(api=api), 1_048_576), com().last_row(Thing(api=api), 500)) == (
        42,
        500,
    )


def test_exact_numbers_of_one_cell():
    assert com().exact(Thing(api=Thing(Value2=12.123456))) == ((12.123456,),)


def test_what_excel_said():
    class com_error(Exception):  # noqa: N801  # pywin32's own name
        pass

    assert (
        com().complaint(
            com_error(-1, "发生意外。", (0, "Excel", "不能更改合并单元格。", None, 0, -1), None)
        )
        == "不能更改合并单元格。"
    )
    assert com().complaint(com_error(-1, "服务器忙", None, None)) == "服务器忙"
    assert com().complaint(OSError("x")) is None
    assert Native(None).complaint(com_error()) is None


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("yyyy/m/d", True),
        ('yyyy"年"m"月"', True),
        ("General", False),
        ("@", False),
        ("0.00;[Red]-0.00", False),
        ('0.00"days"', False),
    ],
)
def test_date_formats(text, yes):
    assert is_date_format(text) is yes

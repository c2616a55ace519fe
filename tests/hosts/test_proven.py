"""What `SheetXml.is_common` has shown to be well-formed is not looked at again: nothing malformed comes through there."""

from __future__ import annotations

import random

import pytest
from hosts import small
from torture.hostile import FIRST, MALFORMED

from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.xlsx import wellformed
from xlplugin.hosts.xlsx.sheetxml import SheetXml

HEAD, TAIL = '<x xmlns:x14ac="y"><cols/><sheetData>', '</sheetData><after a="1"/></x>'
ROWS = (
    '<row r="1" spans="1:3" ht="14.4" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"/></row>'
    '<row r="2" hidden="1"/><row r="3"><c r="A3"><v>-1.5E+3</v></c></row>'
)
ROUNDS = 30_000
MARKS = b"<>/\"'= &;:!?-rcvsty1A.\x00\xe9"


def is_sound(data: bytes) -> bool:
    try:
        wellformed.check(data, "sheet1.xml")
    except UserError:
        return False
    return True


def test_what_is_proven_is_well_formed():
    """A sheet with a byte or two changed, over and over: what is proven and has a sound rest is sound as a whole."""
    chance, proven, damaged = random.Random(1), 0, 0
    for _ in range(ROUNDS):
        data = bytearray((HEAD + ROWS + TAIL).encode())
        for _ in range(chance.choice((1, 1, 2))):
            at, mark = chance.randrange(len(data)), bytes([chance.choice(MARKS)])
            data[at : at + chance.randrange(2)] = chance.choice((mark, b""))
        try:
            sheet = SheetXml(bytes(data), "sheet1.xml")
        except UserError:
            continue
        damaged += not is_sound(sheet.data)
        if sheet.proven and is_sound(sheet.data[: sheet.proven[0]] + sheet.data[sheet.proven[1] :]):
            proven += 1
            assert is_sound(sheet.data), sheet.data
    assert min(proven, damaged) > ROUNDS // 10


@pytest.mark.parametrize(
    ("sheet", "is_proven"),
    [
        (HEAD + ROWS + TAIL, True),
        (HEAD.replace("sheetData", "sheetData ") + ROWS + TAIL, False),
        (HEAD.replace("sheetData", 'sheetData a="b"') + ROWS + TAIL, False),
        (HEAD.replace("sheetData>", 'sheetData a="b>') + ROWS + '">' + TAIL, False),
        (HEAD + ROWS.replace(' ht="14.4"', ' spans="1:3"') + TAIL, False),
        (HEAD + ROWS.replace(' ht="14.4"', ' r="1"') + TAIL, False),
        (HEAD + ROWS.replace("14.4", "14&") + TAIL, False),
        (HEAD.replace("x14ac", "x14") + ROWS + TAIL, False),
        (HEAD + ROWS.replace("hidden", "xmlns") + TAIL, False),
    ],
)
def test_which_rows_are_proven(sheet: str, is_proven: bool) -> None:
    assert bool(SheetXml(sheet.encode(), "sheet1.xml").proven) is is_proven


@pytest.mark.parametrize(
    "parts",
    [
        *({"xml": xml} for xml in MALFORMED.values()),
        {"xml": FIRST, "before": "<cols>"},
        {"xml": FIRST, "after": "<a></b>"},
        {"xml": FIRST, "after": "&unknown;"},
        {"xml": FIRST, "after": "<!-- "},
    ],
)
def test_a_large_sheet_that_is_malformed_is_refused_as_well(tmp_path, monkeypatch, parts):
    monkeypatch.setattr(wellformed, "LARGE", 0)
    made = small.parts(parts.pop("xml"), **parts)
    with pytest.raises(UserError, match="不是正确的 XML|已损坏"):
        FileBook(small.save(tmp_path / "台账.xlsx", made)).read("表")

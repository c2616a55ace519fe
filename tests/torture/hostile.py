"""The hostile collection: workbooks made by hand to be read wrongly, to bring the process down, or never to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import repeat
from typing import NamedTuple

from hosts import small

LEDGER = ("项目编号", "项目名称", "项目级别", "建设性质", "总投资", "年度计划投资", "累计完成投资")
STRINGS = "<si><t>甲</t></si><si><t>乙</t></si>"
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'


class Hostile(NamedTuple):
    """A workbook, and what must become of it: `at` says which values stand where; None: it is refused, in words that match `said`."""

    parts: Callable[[], small.Parts]
    at: Mapping[tuple[int, int], object] | None = None
    said: str = ""


def rows(xml: str, at: Mapping[tuple[int, int], object] | None = None, said: str = "") -> Hostile:
    """A workbook by the rows of its sheet."""
    return Hostile(lambda: small.parts(xml, strings=STRINGS), at, said)


def row(cells: str) -> str:
    """A first row."""
    return f'<row r="1">{cells}</row>'


def counted(count: str) -> Hostile:
    """A list of texts that announces so many."""

    def parts() -> small.Parts:
        made = small.parts(row('<c r="A1" t="s"><v>1</v></c>'), strings=STRINGS)
        name = "xl/sharedStrings.xml"
        made[name] = made[name].replace(b"<sst ", f"<sst {count} ".encode())
        return made

    return Hostile(parts, {(1, 1): "乙"})


MALFORMED = {
    "an entity that is not declared": row("<c><v>&unknown;</v></c>"),
    "an ampersand alone": row("<c><v>1 & 2</v></c>"),
    "a tag that is not closed": row("<c><v>1</c>"),
    "a tag closed twice": row("<c><v>1</v></v></c>"),
    "an attribute without quotes": row("<c r=A1><v>1</v></c>"),
    "an attribute said twice": row('<c r="A1" r="B1"><v>1</v></c>'),
    "an attribute without value": row('<c r="A1" s><v>1</v></c>'),
    "a quote that does not end": row('<c r="A1><v>1</v></c>'),
    "a comment that does not end": row("<c><v>1</v></c><!-- "),
    "two dashes in a comment": row("<!-- a -- b --><c><v>1</v></c>"),
    "CDATA that does not end": row("<c><v><![CDATA[1</v></c>"),
    "CDATA's end without one": row("<c><v>1]]></v></c>"),
    "an instruction that does not end": row("<?x <c><v>1</v></c>"),
    "a control character": row("<c><v>1\x01</v></c>"),
    "a reference to a control character": row('<c t="str"><v>&#1;</v></c>'),
    "a reference to nothing": row('<c t="str"><v>&#xFFFFFF;</v></c>'),
    "a reference that does not end": row('<c t="str"><v>&#65</v></c>'),
    "an angle within an attribute": row('<c r="A<1"><v>1</v></c>'),
    "a declaration in the middle": row('<?xml version="1.0"?><c><v>1</v></c>'),
    "elements across each other": row("<c><v>1</c></v>"),
}

ADDRESSES = {
    "a blank behind the address": rows(row('<c r="B1 "><v>7</v></c>'), {(1, 2): 7}),
    "the last cell and a blank": rows(
        FIRST + '<row r="2"><c r="XFD1048576 "><v>7</v></c></row>', {(1_048_576, 16_384): 7}
    ),
    "small letters": rows(row('<c r="b1"><v>7</v></c>'), {(1, 2): 7}),
    "a fixed address": rows(row('<c r="$B$1"><v>7</v></c>'), {(1, 2): 7}),
    "zeros before the row": rows(row('<c r="B0001"><v>7</v></c>'), {(1, 2): 7}),
    "an apostrophe's address": rows(row("<c r='B1'><v>7</v></c>"), {(1, 2): 7}),
    "blanks around the sign": rows(row('<c r = "B1"><v>7</v></c>'), {(1, 2): 7}),
    "another order": rows(row('<c t="s" r="B1"><v>1</v></c>'), {(1, 2): "乙"}),
    "no addresses": rows("<row><c/><c><v>7</v></c></row>", {(1, 2): 7}),
    "no address": rows(row('<c r=""><v>7</v></c>'), said="地址是「」"),
    "no letters": rows(row('<c r="11"><v>7</v></c>'), said="地址是「11」"),
    "no digits": rows(row('<c r="AB"><v>7</v></c>'), said="地址是「AB」"),
    "a mark for an address": rows(row('<c r="?"><v>7</v></c>'), said="地址是「\\?」"),
    "row 0": rows(row('<c r="A0"><v>7</v></c>'), said="地址是「A0」"),
    "a row beyond all": rows(FIRST + '<row r="9"><c r="A1048577"><v>7</v></c></row>', said="超出"),
    "a column beyond all": rows(row('<c r="XFE1"><v>7</v></c>'), said="超出"),
    "an address of 30 digits": rows(row(f'<c r="A{"9" * 30}"><v>7</v></c>'), said="超出"),
    "an address of 10⁵ letters": rows(row(f'<c r="{"Z" * 100_000}1"><v>7</v></c>'), said="超出"),
    "a row called x": rows('<row r="x"><c><v>7</v></c></row>', said="行号是「x」"),
    "a row called 0": rows('<row r="0"><c><v>7</v></c></row>', said="行号是「0」"),
    "a row called -1": rows('<row r="-1"><c><v>7</v></c></row>', said="行号是「-1」"),
    "a row called 2³²": rows(f'<row r="{2**32}"><c><v>7</v></c></row>', said="行号"),
    "rows that follow the last": rows(
        '<row r="1048576"><c><v>7</v></c></row><row><c><v>8</v></c></row>', said="超出"
    ),
    "cells that follow the last": rows(row('<c r="XFD1"/><c><v>8</v></c>'), said="超出"),
}

TEXTS = {
    **{
        f"text {number!r}": rows(row(f'<c r="B1" t="s"><v>{number}</v></c>'), said="文字编号是")
        for number in ("-1", "x", "1.5", "+1", "1e0", "9" * 30, "0x1", "١", " ", "\u00a0")
    },
    "text ١ of a formula": rows(row('<c r="B1" t="s"><f>C1</f><v>-1</v></c>'), said="文字编号是"),
    "text -1 in apostrophes": rows(row("<c r='B1' t='s'><v>-1</v></c>"), said="文字编号是"),
    "text -1 with blanks": rows(row('<c r="B1" t = "s"><v>-1</v></c>'), said="文字编号是"),
    "a text that is not there": rows(row('<c r="B1" t="s"><v>2</v></c>'), said="损坏"),
    "a text of a formula": rows(row('<c r="B1" t="s"><f>C1</f><v>1</v></c>'), {(1, 2): "乙"}),
    "10¹⁵ texts announced": counted('count="999999999999999" uniqueCount="999999999999999"'),
    "2⁶⁴ texts announced": counted(f'count="{2**64 - 1}"'),
    "-1 texts announced": counted('uniqueCount="-1"'),
    "no texts announced": counted('count="0" uniqueCount="0"'),
}


TYPES = {
    f"a cell of type {kind!r}": rows(
        row(f'<c r="B1" t="{kind}"><is><t>甲</t></is></c>'), said="类型是"
    )
    for kind in ("", " ", "1.5", "x", "S", "inlinestr", "st", "١")
}


NUMBERS = {
    f"number {number!r}": rows(row(f'<c r="B1"><v>{number}</v></c>'), said="应是数字，写的是")
    for number in ("NaN", "INF", "-INF", "x", "1,000", "1_000", "0x1", "１", "١", "1e", "#REF!", "true", "\u00a0")
}  # fmt: skip

_OWN = "<is><t>甲</t></is>"
CONTENTS = {
    **{
        f"{name} of type {kind or 'none'}": rows(
            row(f'<c r="B1"{kind and f" t={kind!r}"}>{inside}</c>'), said="内容与它的类型不符"
        )
        for kind in ("", "n", "s", "str", "b", "e", "d")
        for name, inside in (("a text of its own", _OWN), ("both", f"<v>1</v>{_OWN}"))
    },
    **{
        f"{name} in place of a text of its own": rows(
            row(f'<c r="B1" t="inlineStr">{inside}</c>'), said="内容与它的类型不符"
        )
        for name, inside in {
            "a number": "<v>1</v>",
            "a formula's result": "<f>C1</f><v>甲</v>",
            "a number before": f"<v>1</v>{_OWN}",
            "a number behind": f"{_OWN} <v>1</v>",
            "nothing behind": f"{_OWN}<v/>",
        }.items()
    },
    "another order of a text's attributes": rows(
        row(f"<c t='inlineStr' r='B1' s='0'>\n{_OWN}\n</c><c/>"), {(1, 2): "甲"}
    ),
    "no text of its own": rows(row('<c r="B1" t="inlineStr"><v/></c><c/>'), {(1, 2): None}),
    "a number in another form": rows(
        row('<c r="B1"><v> +.5E1</v></c><c><f>B1</f><v>\n1.</v></c>'), {(1, 2): 5, (1, 3): 1}
    ),
}

VALUE = "<v>1</v>"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHOICE = f'<m:AlternateContent xmlns:m="{MARKUP}"><m:Choice Requires="x">%s</m:Choice><m:Fallback>%s</m:Fallback></m:AlternateContent>'
FOREIGN = '<x xmlns="urn:x"><c r="A1"><v>2</v></c></x>'

SHAPES = {
    "a cell's value said twice": row(f'<c r="A1"><v>2</v>{VALUE}</c>'),
    "a value and a text": row(f'<c r="A1" t="inlineStr"><is><t>甲</t></is>{VALUE}</c>'),
    "two texts": row('<c r="A1" t="inlineStr"><is><t>甲</t></is><is><t>乙</t></is></c>'),
    "a text said twice": row('<c r="A1" t="inlineStr"><is><t>甲</t><t>乙</t></is></c>'),
    "a value before its formula": row(f'<c r="A1">{VALUE}<f>1+1</f></c>'),
    "a cell in a cell": row(f'<c r="A1"><c r="B1">{VALUE}</c></c>'),
    "a row in a row": f'<row r="1">{FIRST}</row>',
    "a cell outside rows": f'<c r="A1">{VALUE}</c>',
    "a cell of another format": row(f'<c r="A1">{VALUE}</c><c xmlns="urn:x" r="A1"><v>2</v></c>'),
    "a value of another format": row(f'<c r="A1"><v xmlns="urn:x">2</v>{VALUE}</c>'),
    "a row of another format": f'<row xmlns="urn:x" r="1"><c r="A1">{VALUE}</c></row>',
    "a capital letter": row(f'<C r="A1">{VALUE}</C>'),
    "a cell said in two ways": row(CHOICE % (f'<c r="A1">{VALUE}</c>', '<c r="A1"><v>2</v></c>')),
    "cells in two places": f"{FIRST}</sheetData><sheetData>{FIRST}",
    "cells after none": f"</sheetData><sheetData>{FIRST}",
    "cells below something else": f"{FIRST}{FOREIGN}",
}

LISTS = {
    "a shared text said twice": "<si><t>甲</t><t>乙</t></si>",
    "a shared text within its font": "<si><r><rPr><b/><t>乙</t></rPr><t>甲</t></r></si>",
    "a shared text of another format": '<si><t xmlns="urn:x">乙</t><t>甲</t></si>',
    "a shared text in an extension": '<si><t>甲</t><extLst><ext uri="x"><t>乙</t></ext></extLst></si>',
    "a shared text in a shared text": "<si><si><t>乙</t></si><t>甲</t></si>",
    "a shared text said in two ways": f"<si>{CHOICE % ('<t>乙</t>', '<t>甲</t>')}</si>",
}


def listed(
    items: str, at: Mapping[tuple[int, int], object] | None = None, said: str = ""
) -> Hostile:
    """A cell that shows the first of a list of texts."""
    return Hostile(
        lambda: small.parts(row('<c r="A1" t="s"><v>0</v></c>'), strings=items), at, said
    )


def changed(part: str, old: str, new: str, said: str, encoding: str = "utf-8") -> Hostile:
    """A workbook with one part written otherwise."""

    def parts() -> small.Parts:
        made = small.parts(row('<c r="A1" t="s"><v>0</v></c>'), strings=STRINGS)
        text = made[part].decode()
        assert old in text
        made[part] = text.replace(old, new).encode(encoding)
        return made

    return Hostile(parts, said=said)


ENCODINGS = {
    f"texts in {name[:20]}": changed(
        "xl/sharedStrings.xml", 'encoding="UTF-8"', f'encoding="{name}"', "不是正确的 XML"
    )
    for name in ("unicode_escape", "rot13", "idna", "utf-7", "x" * 100_000)
}

PLACES = {
    "a prefix that nobody declared": rows(row("<q:c><q:v>1</q:v></q:c>"), said="不是正确的 XML"),
    "sheets listed in two ways": changed(
        "xl/workbook.xml",
        "</sheets>",
        '</sheets><sheets><sheet name="乙"/></sheets>',
        "列了两份工作表",
    ),
    "two lists of texts": changed(
        "xl/_rels/workbook.xml.rels",
        'Id="r3"',
        f'Id="r9" Type="{small.OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3"',
        "两份文字表",
    ),
}

SOUND = {
    "a text with its reading first": listed(
        "<si><rPh><t>jia</t></rPh><t>甲</t></si>", {(1, 1): "甲"}
    ),
    "a text, then runs": listed(
        "<si><t>甲</t><r><rPr><b/></rPr><t>乙</t></r></si>", {(1, 1): "甲乙"}
    ),
    "an angle in an attribute": rows(row('<c q="a>b/>" r="A1"><v>1</v></c>'), {(1, 1): 1}),
    "a prefix of its own": rows(
        row('<c r="A1"><v xmlns:q="urn:x">1</v><extLst><q:c xmlns:q="urn:x"/></extLst></c>'),
        {(1, 1): 1},
    ),
    "NaN as a text": rows(row('<c r="A1" t="str"><v>NaN</v></c>'), {(1, 1): "NaN"}),
}


def _large(before: str, inside: str) -> Hostile:
    """A sheet that is read in pieces, with something in it that is wrong."""

    def parts() -> small.Parts:
        lines = "".join(
            f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}"><v>{inside if at == 90_000 else at}</v></c></row>'
            for at in range(1, 120_001)
        )
        return small.parts(lines, before=before)

    return Hostile(parts, said="不是正确的 XML")


def _ledger(more: str) -> small.Parts:
    """A ledger of one project, and what else stands in its sheet."""
    values = ("P1", "一号桥", "省重点", "续建", 1000, 500, 400)
    told = "".join(
        f'<c r="{"ABCDEFG"[at]}1" t="inlineStr"><is><t>{heading}</t></is></c>'
        for at, heading in enumerate(LEDGER)
    )
    said = "".join(
        f'<c r="{"ABCDEFG"[at]}2"><v>{value}</v></c>'
        if isinstance(value, int)
        else f'<c r="{"ABCDEFG"[at]}2" t="inlineStr"><is><t>{value}</t></is></c>'
        for at, value in enumerate(values)
    )
    return small.parts(
        f'<row r="1">{told}</row><row r="2">{said}</row>{more}',
        styles='<cellXfs><xf/><xf numFmtId="14"/></cellXfs>',
    )


def _table(attributes: str) -> small.Parts:
    """A ledger with a table over it."""
    made = _ledger("")
    made |= {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{small.PACKAGE}/relationships">'
        f'<Relationship Id="t1" Type="{small.OFFICE}/table" Target="../tables/table1.xml"/></Relationships>'.encode(),
        "xl/tables/table1.xml": f'<table xmlns="{small.MAIN}" id="1" name="台账" displayName="台账" {attributes}/>'.encode(),
    }
    return made


_SHARED = "+".join(f"B{at}*$C{at}" for at in range(1, 800))

SIZES: dict[str, Callable[[], small.Parts]] = {
    "a cell at A1048576": lambda: _ledger('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a cell at XFD1048576": lambda: _ledger(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a cell at GR199999": lambda: _ledger('<row r="199999"><c r="GR199999"><v>1</v></c></row>'),
    "a text at XFD1048576": lambda: _ledger(
        '<row r="3"><c r="XFD1048576" t="inlineStr"><is><t>甲</t></is></c></row>'
    ),
    "a cell at XFD1": lambda: _ledger('<row r="3"><c r="XFD3"><v>1</v></c></row>'),
    "a row without cells at the end": lambda: _ledger('<row r="1048576" spans="1:7"/>'),
    "rows without cells": lambda: _ledger(
        "".join(f'<row r="{at}" ht="20" customHeight="1"/>' for at in range(3, 1_000_000))
    ),
    "styled rows without values": lambda: _ledger(
        "".join(f'<row r="{at}" s="1"><c r="A{at}" s="1"/></row>' for at in range(3, 1_000_000))
    ),
    "hidden rows without values": lambda: _ledger(
        "".join(f'<row r="{at}" hidden="1"/>' for at in range(3, 1_000_000))
    ),
    "a formula and 100,000 blanks": lambda: _ledger(
        f'<row r="3"><c r="A3"><f>B1</f>{" " * 100_000}<v>1</v></c></row>'
    ),
    "a formula and a value of blanks": lambda: _ledger(
        f'<row r="3"><c r="A3"><f>B1</f><v>{" " * 1_000_000}</v></c></row>'
    ),
    "a shared formula of 8 kB for 20,000 cells": lambda: _ledger(
        f'<row r="3"><c r="H3"><f t="shared" ref="H3:H20002" si="0">{_SHARED}</f></c></row>'
        + "".join(
            f'<row r="{at}"><c r="H{at}"><f t="shared" si="0"/></c></row>'
            for at in range(4, 20_003)
        )
    ),
    "a heading of 10⁶ blanks": lambda: _ledger(
        f'<row r="3"><c r="H3" t="inlineStr"><is><t xml:space="preserve">年度{" " * 1_000_000}投资</t></is></c></row>'
    ),
    "a table to XFD1048576": lambda: _table('ref="A1:XFD1048576"'),
    "a table with 99,999,999 rows of headings": lambda: _table(
        'ref="A1:G2" headerRowCount="99999999"'
    ),
    "a table with 99,999,999 rows of totals": lambda: _table(
        'ref="A1:G2" totalsRowCount="99999999"'
    ),
    "240 MB of blanks in the sheet": lambda: _ledger(" " * (240 << 20)),
    "900 MB of blanks beside it": lambda: _ledger("") | {"xl/x.xml": b" " * (900 << 20)},
    "a number of 10⁶ digits": lambda: _ledger(
        f'<row r="3"><c r="E3" t="inlineStr"><is><t>{"9" * 1_000_000}</t></is></c></row>'
    ),
    "a text of 10⁶ characters": lambda: _ledger(
        f'<row r="3"><c r="B3" t="inlineStr"><is><t>{"桥" * 1_000_000}</t></is></c></row>'
    ),
    "100,000 combining marks": lambda: _ledger(
        f'<row r="3"><c r="B3" t="inlineStr"><is><t>a{chr(0x301) * 100_000}</t></is></c></row>'
    ),
    "10,000 letters that grow eighteenfold": lambda: _ledger(
        f'<row r="3"><c r="B3" t="inlineStr"><is><t>{chr(0xFDFA) * 10_000}</t></is></c></row>'
    ),
    "2,000 names of 2,000 characters": lambda: _ledger(
        "".join(
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>P{at}</t></is></c>'
            f'<c r="B{at}" t="inlineStr"><is><t>{"一座很长的桥" * 333}{at}</t></is></c></row>'
            for at in range(3, 2_003)
        )
    ),
    **{
        f"2,000 levels of {length:,} characters": lambda length=length: _ledger(
            "".join(map(_of_level, range(3, 2_003), repeat("一座很长的桥" * (length // 6))))
        )
        for length in (90, 9_996)
    },
}


def _of_level(at: int, level: str) -> str:
    said = {"A": f"P{at}", "B": f"桥{at}", "C": f"{level}{at}", "D": "续建"}
    texts = (f'<c r="{c}{at}" t="inlineStr"><is><t>{v}</t></is></c>' for c, v in said.items())
    amounts = f'<c r="E{at}"><v>1000</v></c><c r="F{at}"><v>500</v></c><c r="G{at}"><v>400</v></c>'
    return f'<row r="{at}">{"".join(texts)}{amounts}</row>'


def all_of_them() -> dict[str, Hostile]:
    """The collection, by name."""
    return {
        **{name: rows(xml, said="不是正确的 XML") for name, xml in MALFORMED.items()},
        **ADDRESSES,
        **TEXTS,
        **TYPES,
        **NUMBERS,
        **CONTENTS,
        **{name: rows(xml, said="读法不一|类型不符") for name, xml in SHAPES.items()},
        **{name: listed(xml, said="读法不一") for name, xml in LISTS.items()},
        **ENCODINGS,
        **PLACES,
        **SOUND,
        "an entity deep in a large sheet": _large("", "&unknown;"),
    }

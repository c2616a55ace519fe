"""Renderers: the same words as text and as sheets; what stood there before is gone; problems link to their cells."""

from __future__ import annotations

from typing import Any

import pytest
from line.county import lingchuan
from line.desk import AS_OF, behind, book, day, project, unstarted
from line.test_bulletin_closes import EDGES

from xlplugin.bulletin.blocks import (
    Bulletin,
    Colophon,
    Heading,
    Items,
    Letterhead,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import run
from xlplugin.render import sheet
from xlplugin.render.text import text

EVERY_BLOCK = Bulletin(
    (
        Letterhead("某县文件", "某〔2021〕3号"),
        Title("通报"),
        Line("文号", "陵重点办〔2021〕3号"),
        Line("主送", "各乡镇："),
        Paragraph("概况。"),
        Heading(1, "一、进展"),
        Heading(2, "（一）未开工（2项）"),
        Items(("1.甲。", "2.乙。")),
        Line("附件", "附件：1.情况表\n2.图"),
        Signature("办公室", "2021年10月8日"),
        Line("附件标签", "附件"),
        PrintedTable(
            "情况表", "单位：万元", ("序号", "名称"), (("（一）在建（1项）",), ("1", "甲"))
        ),
        Colophon("抄送：县委办。", "办公室", "2021年10月8日印发"),
    )
)


def test_text() -> None:
    """Every kind of block, as lines."""
    assert text(EVERY_BLOCK) == "\n".join(
        [
            "某县文件",
            "某〔2021〕3号",
            "",
            "通报",
            "",
            "陵重点办〔2021〕3号",
            "",
            "各乡镇：",
            "　　概况。",
            "　　一、进展",
            "　　（一）未开工（2项）",
            "　　1.甲。",
            "　　2.乙。",
            "",
            "　　附件：1.情况表",
            "　　　　　2.图",
            "",
            "",
            f"{'　' * 16}办公室",
            f"{'　' * 16}2021年10月8日",
            "",
            "附件",
            "情况表",
            "单位：万元",
            "序号\t名称",
            "（一）在建（1项）",
            "1\t甲",
            "",
            "抄送：县委办。",
            "办公室　　2021年10月8日印发",
            "",
        ]
    )


def column_a(changes: Any) -> list[str]:
    """The bulletin sheet's rows as text."""
    return [
        str(put.value or "") for (_, column), put in sorted(changes.puts().items()) if column == 1
    ]


def test_the_words_of_the_sheet_are_the_words_of_the_text() -> None:
    """Law over the case county: nothing is said in one that is not said in the other, up to the appendix."""
    outcome = run(lingchuan())
    said = text(outcome.bulletin).partition("\n附件\n")[0]
    shown = "".join(column_a(sheet.bulletin(outcome.bulletin))).partition("附件省市")[0]
    assert "".join(said.split()) == "".join(shown.split())


def test_every_row_fits_excel() -> None:
    """No row is higher than Excel's 409 points; a text that would be is cut after a mark and loses nothing."""
    long = "，".join(f"第{n}个子项目正在进行基础施工" for n in range(200)) + "。"
    changes = sheet.bulletin(Bulletin((Paragraph(long), Paragraph("短。"))))
    assert all(15 <= (height or 0) <= 409 for height in changes.heights.values())
    assert len(changes.heights) > 2
    assert "".join(column_a(changes)) == f"　　{long}　　短。"
    assert all(part[-1] in "，。" for part in column_a(changes))


def test_a_text_without_a_mark_is_cut_all_the_same() -> None:
    assert (
        "".join(column_a(sheet.bulletin(Bulletin((Paragraph("长" * 2000),)))))
        == "　　" + "长" * 2000
    )


def test_what_a_longer_bulletin_left_is_emptied() -> None:
    """A month with much to say, then a month with little: nothing of the first stays, neither words nor tall rows."""
    desk = book(*(behind(n) for n in range(1, 30)), settings={"detailed": 30})
    sheet.write(run(desk, AS_OF), desk)
    before = len(desk.read("通报").rows)
    short = MemoryBook(
        {
            "项目台账": [
                row if n < 2 else [None] * len(row)
                for n, row in enumerate(desk.read("项目台账").rows)
            ],
            **{name: desk.read(name) for name in ("通报", "检查结果", "进度分析")},
        }
    )
    outcome = run(short, AS_OF)
    sheet.write(outcome, short)
    filled = [row[0] for row in short.read("通报").rows if row and row[0]]
    assert len(filled) < before
    assert filled == [line for line in column_a(sheet.bulletin(outcome.bulletin)) if line]
    assert not any(
        cell for row in short.read("检查结果").rows[3 + len(outcome.problems) :] for cell in row
    )
    assert all(
        short.heights["通报"].get(row, 0) is None
        for row in range(len(sheet.bulletin(outcome.bulletin).heights) + 1, before + 1)
    )


def test_problems_link_to_their_cells() -> None:
    outcome = run(
        MemoryBook(
            {"台账'一'": book(project(1, id=None), project(2, total=None)).read("项目台账")}
        ),
        AS_OF,
    )
    changes = sheet.results(outcome)
    links = [
        put for (row, column), put in sorted(changes.puts().items()) if column == 5 and row > 3
    ]
    assert [(put.value, put.formula) for put in links] == [
        ("A2", "HYPERLINK(\"#'台账''一'''!A2\",\"A2\")"),
        ("E3", "HYPERLINK(\"#'台账''一'''!E3\",\"E3\")"),
    ]
    assert [
        put.value
        for (row, column), put in sorted(changes.puts().items())
        if column == 2 and row > 3
    ] == ["错误", "错误"]


@pytest.mark.parametrize("edge", EDGES)
def test_sheets_can_be_written_for_any_ledger(edge: str) -> None:
    """No number that is none, no numpy, no pandas value reaches a cell; an output written twice stays the same."""
    rows, rest = EDGES[edge]
    as_of = rest.get("as_of", AS_OF)
    desk = book(*rows, **{key: value for key, value in rest.items() if key != "as_of"})
    outcome = run(desk, day(as_of) if isinstance(as_of, str) else as_of)
    sheet.write(outcome, desk)
    once = {name: [list(row) for row in desk.read(name).rows] for name in desk.sheets}
    for name in ("通报", "检查结果", "进度分析"):
        for row in once[name]:
            for cell in row:
                assert type(cell).__module__ in (
                    "builtins",
                    "decimal",
                    "datetime",
                    "xlplugin.cells",
                ), (name, cell)
                assert str(cell) not in ("nan", "<NA>", "NaT", "inf")
    sheet.write(outcome, desk)
    assert {name: [list(row) for row in desk.read(name).rows] for name in desk.sheets} == once


def test_the_analysis_has_every_project_with_its_light() -> None:
    desk = book(
        project(1), behind(2), unstarted(3, planned_start=day("2021-12-01")), project(4, plan=None)
    )
    sheet.write(run(desk, AS_OF), desk)
    rows = desk.read("进度分析").rows
    head = list(rows[2])[:17]
    lines = [dict(zip(head, row, strict=False)) for row in rows[3:7]]
    assert [line["亮灯"] for line in lines] == ["绿", "黄", "灰", "灰"]
    assert [line["完成率"] for line in lines] == [0.8, 0.6, 0, "—"]
    assert [line["推进状态"] for line in lines] == ["达到序时", "未达到序时", "未开工", "暂不评价"]


def test_the_input_is_never_written() -> None:
    """Only the three output sheets change."""
    desk = lingchuan()
    before = {name: desk.read(name) for name in desk.sheets}
    sheet.write(run(desk), desk)
    assert {name: desk.read(name) for name in before} == before
    assert set(desk.sheets) - before.keys() == {"通报", "进度分析", "检查结果"}

"""Projects that were taken out of the list and still stand in the sheet: a section of their own is left, a remark is asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplugin.cells import address, plain, runs, show
from xlplugin.reading.below import Below, Sorted
from xlplugin.reading.model import LEFT, NOTE, NOTHING, PROJECT, SECTION
from xlplugin.reading.questions import question

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part

GONE = re.compile(r"调出|退出|退库|出库|取消|剔除|移除|移出|删除|撤销|终止|废止")
"""What an office calls the projects that are on its list no more."""
_TITLE = re.compile(
    r"(?:附[件表]?\d*[:、]?|[一二三四五六七八九十\d]+[、.]|\([一二三四五六七八九十\d]+\))?(?:20\d\d年度?)?(?:已|拟|申请|建议|计划)*"
    rf"(?:{GONE.pattern})(?:、(?:{GONE.pattern}))*类?的?(?:重点)?(?:建设)?(?:项目|工程)?(?:清单|名单|情况|台账|一?览?表)*"
    r"(?:[(共]*\d+[个项]\)?)?:?"
)
_SAID = re.compile(
    rf"(?:[本该此]?(?:项目|工程)|[已拟现]|申请|建议|正?在?(?:办理|履行))*(?:{GONE.pattern}|停止实施|不再(?:实施|建设))"
    r"(?:[市县区省级年度]*重点)?(?:项目|工程|计划|清单|名单|库|手续|程序|实施|建设|中|了)*"
)
_CLAUSES = re.compile(r"[,，;；。、:：()（）\s]+")
_TOLD = ("note", "marked_started", "verdict_reason")
"""Columns of ours, beside the name, in which such a remark stands."""


def sections(below: Below, found: Sorted) -> None:
    """Leave the projects below 退出项目（2项）, down to the next section."""
    titles = [at for at, kind in found.kinds.items() if kind in (SECTION, NOTE)]
    for at in titles:
        if not _TITLE.fullmatch("".join(below.leads(at))):
            continue
        found.claims.pop(at, None)
        end = next((o for o in titles if o > at and found.kinds[o] == SECTION), len(below.rows))
        for row in range(at + 1, end):
            if found.kinds.get(row, PROJECT) == PROJECT:
                found.kinds[row] = LEFT
            elif found.kinds[row] != NOTHING:
                found.claims.pop(row, None)


def remarks(part: Part) -> None:
    """Ask about projects of which a remark, a state or their name says that they were taken out, or that are struck through."""
    _struck(part)
    columns = {part.at[key] for key in ("name", *_TOLD) if key in part.at}
    columns |= {column.number for column in part.block.of("note")}
    said: list[tuple[str, str]] = []
    for number in sorted(columns):
        cells = part.grid.column(number)
        texts = {cell for cell in cells if cell.__class__ is str}
        if not GONE.search("\n".join(texts)):  # at once: ten times faster
            continue
        gone = {text for text in texts if GONE.search(text) and _says(text)}
        held = ((row, cells[row - 1]) for row in part.rows)
        said += [(address(row, number), c) for row, c in held if isinstance(c, str) and c in gone]
    if said:
        told = "、".join(f"{at}写着「{show(text)}」" for at, text in said[:3])
        told += f"等{len(said)}处" if len(said) > 3 else ""
        _ask(part, said[0][0], told, "改写这一格")


def _struck(part: Part) -> None:
    """What is struck through (删除线) is taken out as a row, or as a figure that another is to replace."""
    rows, columns = set(part.rows) if part.grid.struck else (), part.at.values()
    places = sorted((row, at) for row, at in part.grid.struck if row in rows and at in columns)
    if cells := [address(*place) for place in places]:
        _ask(part, cells[0], f"{runs(cells)}打了删除线", "取消删除线")


def _ask(part: Part, cell: str, found: str, else_: str) -> None:
    advice = f"不再计入的请删去，或移到表末「退出项目」一段；仍计入的请{else_}"
    part.choice.questions.append(
        question(part.title, cell, "", "应看得出项目是否仍计入", found, advice)
    )


def _says(text: str) -> bool:
    """Whether one clause of a text is nothing but such a remark: 已取消, 拟退出县重点项目; not 取消收费站."""
    return any(_SAID.fullmatch(clause) for clause in _CLAUSES.split(plain(text)) if clause)

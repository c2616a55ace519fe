"""The clerk's words for natures and levels: each gets what it stands for with us, or is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xlplugin.cells import Cell, address, plain, show
from xlplugin.reading import terms
from xlplugin.reading.model import Translation
from xlplugin.schema import ADOPTED, BUILDING, CLASSES, EARLY, LEDGER, LEVELS

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part

SLIPS = 20
"""A word that one in so many projects has, and three or more, is no slip of the pen."""
SHOWN = 3
"""Addresses that the reading lists of a word."""


def _translated(
    part: Part, key: str, known: Sequence[Cell], translate: dict[str, str]
) -> list[Cell]:
    """A column's words translated; every new word is kept for the reading."""
    foreign = {word for word in set(known) if isinstance(word, str) and translate.get(word) != word}
    where: dict[str, list[int]] = {word: [] for word in foreign}
    for row, cell in zip(part.rows, known, strict=True) if foreign else ():
        if cell in foreign:
            where[str(cell)].append(row)
    for word, rows_of in sorted(where.items(), key=lambda each: each[1]):
        at = part.at.get(key)
        cells = tuple(address(row, at) for row in rows_of[:SHOWN]) if at else ()
        ours = translate.get(word, "")
        part.words.append(Translation(key, word, ours, cells, len(rows_of), part.title))
    return (
        [translate.get(cell, "") if isinstance(cell, str) else cell for cell in known]
        if foreign
        else list(known)
    )


def natures(part: Part) -> None:
    """Each nature keeps its word and gets its stage; a word of no known stage is asked once."""
    words = part.cells.get("nature")
    if words is None:
        part.cells["nature_word"] = [None] * len(part.rows)
        return
    words = part.cells["nature_word"] = _filled_down(part, "nature", words)
    texts = {cell for cell in set(words) if isinstance(cell, str)}
    said = part.answers.natures
    stages = {w: said.get(plain(w)) or part.classes.stage(w) or terms.stage(w) for w in texts}
    if part.at.get("marked_started") == part.at.get("nature") and EARLY in stages.values():
        # 在建, 竣工, 未开工, 前期 in one column: what is not begun is to be built, or it would be 前期
        waits = [w for w in texts if not stages[w] and terms.started(w) is False]
        stages |= dict.fromkeys(waits, BUILDING)
    if unclear := sorted(word for word in texts if not stages[word]):
        _unclear(part, unclear)
    part.cells["nature"] = _translated(part, "nature", words, stages)


def _unclear(part: Part, unclear: Sequence[str]) -> None:
    """One question for all the words of no known stage."""
    column = part.choice.taken.get("nature")
    several = len(unclear) > 1
    told = []
    for word in unclear:
        where = part.where("nature_word", word)
        places = part.places(column, where) if column else f"第{where[0]}行等{len(where)}个项目"
        told.append(f"「{show(word)}」{'' if several else '看不出'}（{places}）")
    part.choice.ask(
        "nature",
        [column] if column else [],
        f"应看得出是{BUILDING}还是{EARLY}",
        "、".join(told) + ("都看不出" if several else ""),
        f"请改为常用的说法，或在「{ADOPTED.title}」里写明这个词对应{BUILDING}或{EARLY}",
    )


def levels(part: Part) -> None:
    """Each level as it is written in full; one that is but one slip away from another is asked about."""
    words = part.cells.get("level")
    if words is None:
        return
    words = part.cells["level"] = _filled_down(part, "level", words)
    texts = {cell for cell in set(words) if isinstance(cell, str)}
    ours = {
        w: part.answers.levels.get(plain(w))
        or part.classes.printed(LEDGER["level"], w)
        or terms.level(w)
        for w in sorted(texts)
    }
    _misspelt(part, ours)
    part.cells["level"] = _translated(part, "level", words, ours)


def _filled_down(part: Part, key: str, words: Sequence[Cell]) -> Sequence[Cell]:
    """A column of groups with 〃 and 同上 replaced by what stands above, and with its blanks filled where each group is named once."""
    held = set(words)
    words = terms.repeated(words, held)
    named = len(held) - (None in held)
    if None not in held or named < 2 or words[0] is None:
        return words
    if words.count(None) != len(words) - named or named > words.count(None):
        return words
    last: Cell = None
    part.inherited.append(key)
    return [last := cell if cell is not None else last for cell in words]


def _misspelt(part: Part, ours: Mapping[str, str]) -> None:
    """A level of no place's (省重占) that is but one slip away from another is asked about; not one that many have, nor one that
    栏目对应 or 分类 knows."""
    column, level = part.choice.taken.get("level"), LEDGER["level"]
    places = terms.in_order(word for word in ours.values() if terms.placed(word))
    for word, taken in ours.items():
        known = (*places, *(LEVELS if terms.has_place(word) else ()))
        near = next((p for p in known if terms.one_slip(plain(word), p)), "")
        laid_down = plain(word) in part.answers.levels or part.classes.printed(level, word)
        if column is None or not near or terms.placed(taken) or laid_down:
            continue
        where = part.where("level", word)
        if len(where) > max(2, len(part.rows) // SLIPS):
            continue
        part.ask(
            "level",
            column,
            "应看得出是哪一级",
            f"「{show(word)}」（{part.places(column, where)}）与「{near}」只差一个字",
            f"写错的请改正；本来就有这一级的，在「{CLASSES.title}」里写一行「{show(word)}」",
        )

"""Text with delimiters, such as CSV: in which encoding, parted by what, and each cell typed as a spreadsheet types it."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from collections import Counter
from functools import lru_cache

from xlplugin.cells import MAX_COLUMN, MAX_ROW, Cell, normal_row
from xlplugin.errors import UserError

SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
DELIMITERS = ",;\t"
_END = "\ue000"
"""Stands alone in a last row of ours; where it does not, a quotation mark was never closed."""

_BINARY = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_NUMBER = re.compile(
    r"([-+]?)[¥￥]?([-+]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(e[-+]?\d{1,2})?(%?)", re.I
)
_NEGATIVE = re.compile(r"\(([\d,.]+)\)")
_DAY = re.compile(
    r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T][\d:.]+(?:Z|[-+]\d\d:?\d\d)?)?|(\d{4})年(\d{1,2})月(\d{1,2})日"
)
_TEXT = re.compile(r'="(.*)"', re.S)
_TRUTHS = {"TRUE": True, "FALSE": False}


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text, and no page or document in tags."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    is_marked = start.startswith((b"<", b"%pdf", b"{\\rtf", b"pk")) or any(
        mark in start for mark in (b"<html", b"<table", b"mime-version:")
    )
    return not is_marked and not _BINARY.search(head)


def rows(raw: bytes) -> list[list[Cell]]:
    """The cells. Raises UserError where encoding or quotation marks leave them in doubt."""
    text = _decoded(raw)
    if said := _SEPARATOR.match(text):
        return _typed(_parted(text[said.end() :], said[1]))
    parted = {delimiter: _parted(text, delimiter) for delimiter in DELIMITERS if delimiter in text}
    return _typed(max(parted.values(), key=_regular, default=_parted(text, ",")))


def _decoded(raw: bytes) -> str:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(
        "的文字编码不是 UTF-8、也不是 GB18030，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
    )


def _parted(text: str, delimiter: str) -> list[list[str]]:
    try:
        found = list(
            csv.reader(io.StringIO(f"{text.rstrip()}\n{_END}", newline=""), delimiter=delimiter)
        )
    except csv.Error:
        found = []
    if not found or found[-1] != [_END]:
        raise UserError(
            "里有引号没有配对，分不清各栏，请用 Excel 或 WPS 打开核对后另存为 .xlsx 再试。"
        )
    if len(found) > MAX_ROW or max(map(len, found)) > MAX_COLUMN:
        raise UserError("超出 Excel 的行数或列数，请拆分后再试。")
    return found[:-1]


def _regular(rows: list[list[str]]) -> int:
    """How many cells lie in the rows of the commonest width."""
    width, count = Counter(len(row) for row in rows[:200] if any(row)).most_common(1)[0]
    return (width - 1) * count


def _typed(rows: list[list[str]]) -> list[list[Cell]]:
    return [normal_row(map(_cell, row)) for row in rows]


@lru_cache(maxsize=4096)
def _cell(said: str) -> Cell:
    """A cell as a spreadsheet types it; but codes stay texts: leading zeros, and more than the 15 digits that Excel keeps."""
    word = said.strip()
    if not word or word[0] not in "=(TFtf¥￥+-." and not word[0].isdigit():
        return said
    if kept := _TEXT.fullmatch(word):
        return kept[1]
    if word.upper() in _TRUTHS:
        return _TRUTHS[word.upper()]
    if day := _DAY.fullmatch(word):
        return (
            _day(*(int(part) for part in (day[1] or day[5], day[3] or day[6], day[4] or day[7])))
            or said
        )
    if negative := _NEGATIVE.fullmatch(word):
        word = f"-{negative[1]}"
    number = _NUMBER.fullmatch(word)
    return said if number is None else _number(number, said)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(number: re.Match[str], said: str) -> Cell:
    sign, inner, digits, exponent, percent = number.groups(default="")
    figures = digits.replace(",", "")
    whole = figures.partition(".")[0]
    if (
        (sign and inner)
        or len(figures.replace(".", "").strip("0")) > 15
        or (len(whole) > 1 and whole[0] == "0")
    ):
        return said
    value = float(sign + inner + figures + exponent)
    return value / 100 if percent else value

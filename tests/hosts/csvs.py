"""A host of another format, small and honest: a folder of CSV files, one a sheet, with what such files cannot hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

from xlplugin import files
from xlplugin.book import Grid
from xlplugin.cells import ERROR_TEXTS, Cell, CellError, Uncalculated
from xlplugin.errors import UserError
from xlplugin.files import Output
from xlplugin.hosts.memory import MemoryBook

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TRUTHS = {"TRUE": True, "FALSE": False}


class CsvFolder(MemoryBook):
    """A folder 台账.csvs with 001 项目台账.csv, 002 参数.csv … in UTF-8. A text that looks like another kind begins with '."""

    suffix = ".csvs"
    macros = False

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise UserError(f"找不到文件夹「{path}」，请检查名称。")
        self.path = path
        self._before = {file: file.read_bytes() for file in sorted(path.glob("* *.csv"))}
        super().__init__(
            {file.stem.partition(" ")[2]: _grid(data) for file, data in self._before.items()}
        )

    def outputs(self, path: Path | None = None) -> list[Output]:
        """One file a sheet; in the book's own place only those that changed."""
        place = files.folder(path or self.path)
        made = []
        for number, sheet in enumerate(self.sheets, start=1):
            name = f"{number:03} {sheet}.csv"
            own = self.path / name
            data, before = _data(self.read(sheet)), self._before.get(own)
            if place != self.path:
                made.append(Output(place / name, data, like=own if before is not None else None))
            elif data != before:
                made.append(Output(own, data, like=own, over=before or b""))
        return made


def _grid(data: bytes) -> Grid:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return Grid([[_cell(word) for word in row] for row in csv.reader(text)])


def _data(grid: Grid) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[_word(value) for value in row] for row in grid.rows])
    return text.getvalue().encode("utf-8-sig")


def _cell(word: str) -> Cell:
    if word.startswith("'"):
        return word[1:]
    if word in _TRUTHS:
        return _TRUTHS[word]
    if word in ERROR_TEXTS:
        return CellError(word)
    if _DATE.fullmatch(word):
        return dt.date.fromisoformat(word)
    if _NUMBER.fullmatch(word):
        return int(word) if word.lstrip("-").isdigit() else float(word)
    return word


def _word(value: Cell) -> str:
    if value is None or isinstance(value, Uncalculated):
        return ""
    if isinstance(value, CellError):
        return value
    if isinstance(value, str):
        plain = value and not value.startswith("'") and type(_cell(value)) is str
        return value if plain else f"'{value}"
    return str(value).upper() if isinstance(value, bool) else str(value)

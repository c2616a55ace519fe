"""The one normal form of a cell's value, made at a host's door and nowhere else; and cell addresses."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

from xlplugin.errors import UserError

ERROR_TEXTS = frozenset(
    {"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!"}
)
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class CellError(str):
    """An Excel error value, such as #REF!."""

    __slots__ = ()


class Uncalculated(str):
    """A formula that no program has calculated yet: the cell shows nothing. The value is the formula's text."""

    __slots__ = ()


_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""WPS's formula for a picture in a cell: it shows no text."""


Cell = None | bool | int | float | Decimal | str | dt.date
"""Empty (also blank text), truth, number, text, date (a time of day is dropped), `CellError` or `Uncalculated`."""

T = TypeVar("T")


class Understood(NamedTuple, Generic[T]):
    """A value read out of a cell; `echo` is True when it was not written as it should be and must be said back."""

    value: T
    echo: bool = False


class Unreadable(ValueError):
    """A cell's text that must not be guessed at; the message says why, in the clerk's words."""


def normal(value: Any) -> Cell:
    """Bring any library's value for a cell into the normal form. Raises TypeError for what no cell can hold."""
    kind = type(value)
    if kind is str:
        if not value or value.isspace():
            return None
        if value[0] == "#":
            return CellError(value) if value in ERROR_TEXTS else value
        return None if value[0] == "=" and _PICTURE.match(value) else value
    if kind is Uncalculated and _PICTURE.match(value):
        return None
    if value is None or kind in (float, int, bool, dt.date, Decimal, CellError, Uncalculated):
        if kind is not float or value - value == 0:
            return value  # type: ignore[no-any-return]
        return None if value != value else CellError("#NUM!")  # what has no end, Excel's way
    if isinstance(value, dt.datetime):
        return value.date() if value == value else None  # NaT is not equal to itself
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    if hasattr(value, "item"):  # numpy scalars
        return normal(value.item())
    if isinstance(value, (str, int, float, dt.date)):
        return value
    raise TypeError(f"no cell holds a {kind.__name__}")


def normal_row(row: Iterable[Any]) -> list[Cell]:
    """`normal` over a row; the common kinds take a shortcut, since a large ledger has millions of cells.

    A text from 一 on is neither blank nor an error.
    """
    return [
        (v if v >= "一" else normal(v) if v else None)
        if (kind := v.__class__) is str
        else v
        if kind is dt.date or (kind is float and v - v == 0)
        else normal(v)
        for v in row
    ]


def normal_column(part: Sequence[Any]) -> list[Cell]:
    """`normal` over a column: what it says again and again becomes one object, which is soon looked at (60 MB less for 100,000 rows of 25)."""
    if not repeats(part):
        if set(map(type, part)) == {float} and (total := sum(part)) - total == 0:
            return list(part)  # each has an end
        return normal_row(part)
    known = _Known()
    found = list(map(known.__getitem__, part))
    if (0 in known or 1 in known) and bool in set(map(type, part)):  # True is equal to 1
        return normal_row(part)
    return found


class _Known(dict[Any, Cell]):
    """Values in normal form, each brought into it when it first comes."""

    def __missing__(self, value: Any) -> Cell:
        self[value] = found = normal(value)
        return found


def repeats(part: Sequence[Any]) -> bool:
    """Whether a column says much again and again, told by its first cells: then each of its values is looked at once."""
    head = part[:300]
    return len(set(head)) * 2 <= len(head)


_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def visible(text: str) -> str:
    """Text without the characters that nobody sees: zero-width spaces, soft hyphens, marks of direction and byte order."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


LONGEST_COMPARED = 1000
"""So many signs of a text are compared: ordering 100,000 combining marks, and signs that fold to eighteen, take for ever."""


def plain(text: str) -> str:
    """Text for comparing: full width becomes half width (NFKC), white space and what is invisible goes, letters are folded.

    Of a text without end only the beginning is folded; it differs from others all the same.
    """
    return _known(text) if len(text) <= _SHORT else _bounded(_folded(_bounded(text)))


def _bounded(text: str) -> str:
    if len(text) <= LONGEST_COMPARED:
        return text
    return f"{text[:LONGEST_COMPARED]}…{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", visible(text)).split()).casefold()


_known = lru_cache(4096)(_folded)
_SHORT = 40
"""Headings and words of our own are asked for again and again: 4 ms of 50 a workbook in a batch."""


def at_once(fold: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """`fold` (such as `plain`) of many texts in one call: joined by NUL, which does not fold and stops all that looks at neighbours.

    A text that does not change is given back itself, not once more.
    """
    if fold is plain and max(map(len, texts), default=0) <= LONGEST_COMPARED:
        fold = _folded
    joined = "\0".join(texts)
    if fold is plain or joined.count("\0") != len(texts) - 1:
        return [fold(text) for text in texts]
    folded = fold(joined)
    if folded == joined:
        return list(texts)
    told = folded.split("\0")
    if len(folded) > len(joined):
        told = [_bounded(text) for text in told]
    return [old if old == new else new for old, new in zip(texts, told, strict=True)]


def show(value: Cell) -> str:
    """A cell's value as a clerk would see it, for quoting in a message; long text is cut."""
    if value is None:
        return "空"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = f"{value:f}" if isinstance(value, Decimal) else "、".join(str(value).split("\n"))
    return text if len(text) <= 30 else text[:29] + "…"


@cache
def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """(7, 11) → K7."""
    return f"{column_letters(column)}{row}"


def runs(cells: Sequence[str]) -> str:
    """Addresses in few words: U40—U44、U50; one column's rows run together, and what goes on and on is cut short."""
    told: list[list[str]] = []
    last = (0, 0)
    for cell in cells:
        row, column = split_address(cell)
        if told and last == (row - 1, column):
            told[-1][1:] = [cell]
        else:
            told.append([cell])
        last = row, column
    return "、".join("—".join(run) for run in told[:_MOST_RUNS]) + "等" * (len(told) > _MOST_RUNS)


def told(cells: Sequence[str]) -> str:
    """Where a cause shows, as a clerk would say it: K7, or U40—U44（5处）."""
    return cells[0] if len(cells) == 1 else f"{runs(cells)}（{len(cells)}处）"


_MOST_RUNS = 5
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def split_address(text: str) -> tuple[int, int]:
    """K7 → (7, 11). Raises UserError for what is no cell of a sheet."""
    match = _ADDRESS.fullmatch(text)
    row, column = (int(match[2]), column_number(match[1].upper())) if match else (0, 0)
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        raise UserError(f"「{text}」不是单元格地址。请写成 K7 这样的形式。")
    return row, column


def split_range(text: str) -> tuple[int, int, int, int]:
    """B2:D9 → (2, 2, 9, 4); a single cell is a range of itself."""
    first, _, last = text.partition(":")
    return (*split_address(first), *split_address(last or first))

"""Shared formulas: one text stands for many cells, each of which reads it from its own place."""

from __future__ import annotations

import re

from xlplugin.cells import MAX_COLUMN, MAX_ROW, column_letters, column_number

_TOKENS = re.compile(
    r"\"[^\"]*\"|'(?:[^']|'')*'|\[(?:[^\[\]]|\[[^\[\]]*\])*\]"  # text, quoted sheet names, table columns: left alone
    r"|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.!])"  # A1
    r"|(?<![\w.$])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w(.!])"  # A:B
    r"|(?<![\w.$])(\$?)(\d{1,7}):(\$?)(\d{1,7})(?![\w(.!])"  # 1:9
)


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads so many rows further down and columns further right; $ references stay."""

    def column(fixed: str, letters: str) -> str:
        number = column_number(letters)
        return fixed + (
            letters if fixed else column_letters((number + columns - 1) % MAX_COLUMN + 1)
        )

    def row(fixed: str, digits: str) -> str:
        return fixed + (digits if fixed else str((int(digits) + rows - 1) % MAX_ROW + 1))

    def replace(found: re.Match[str]) -> str:
        cell, columns_only, rows_only = found.groups()[:4], found.groups()[4:8], found.groups()[8:]
        if cell[1]:
            return column(cell[0], cell[1]) + row(cell[2], cell[3])
        if columns_only[1]:
            return column(*columns_only[:2]) + ":" + column(*columns_only[2:])
        if rows_only[1]:
            return row(*rows_only[:2]) + ":" + row(*rows_only[2:])
        return found[0]

    return _TOKENS.sub(replace, formula) if rows or columns else formula

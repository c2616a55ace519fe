"""Workbooks read and written without loss."""

from __future__ import annotations

from mutants.listed.mutant import room

SAFE = "line/test_files.py"
READ = "hosts/test_file_read.py"
WRITE = "hosts/test_file_write.py"
LOSSLESS = "hosts/test_file_lossless.py"
INTAKE = "hosts/test_file_intake.py::test_refused_with_advice"

FILES = room(
    "files",
    (
        "a DTD across two pieces comes in",
        "hosts/xlsx/intake.py",
        "near = tail + chunk[:32]",
        "near = chunk[:32]",
        INTAKE,
    ),
    (
        "an array below the last row is no obstacle",
        "hosts/xlsx/splice.py",
        "                *(box[2] for box in self._cells.arrays),\n",
        "",
        "hosts/test_file_areas.py",
    ),
    (
        "$ holds no column in a shared formula",
        "hosts/xlsx/formulas.py",
        "letters if fixed else column_letters((number + columns - 1) % MAX_COLUMN + 1)",
        "column_letters((number + columns - 1) % MAX_COLUMN + 1)",
        READ,
    ),
    (
        "$ holds no row in a shared formula",
        "hosts/xlsx/formulas.py",
        "digits if fixed else str((int(digits) + rows - 1) % MAX_ROW + 1)",
        "str((int(digits) + rows - 1) % MAX_ROW + 1)",
        READ,
    ),
    (
        "bytes before the zip are lost",
        "hosts/xlsx/package.py",
        "self.raw[: order[0].header_offset]",
        "b''",
        LOSSLESS,
    ),
    (
        "a member written anew says not that its name is in UTF-8",
        "hosts/xlsx/package.py",
        "_UTF8_NAME if info.flag_bits & _UTF8_NAME or not info.filename.isascii() else 0",
        "0",
        LOSSLESS,
    ),
    (
        "an ASCII name loses its mark of UTF-8",
        "hosts/xlsx/package.py",
        "info.flag_bits & _UTF8_NAME or not info.filename.isascii()",
        "not info.filename.isascii()",
        LOSSLESS,
    ),
    (
        "two blanks inside a text are not kept",
        "hosts/xlsx/cellxml.py",
        ' or "  " in value',
        "",
        WRITE,
    ),
    (
        "blanks around a text are not kept",
        "hosts/xlsx/cellxml.py",
        'value != value.strip() or "\\n" in value',
        '"\\n" in value',
        WRITE,
    ),
    (
        "there was no leap day in 1900",
        "hosts/xlsx/serials.py",
        "if not date1904 and days < 61:",
        "if False:",
        READ,
    ),
    (
        "a document may be read by more than its ledger",
        "files/rights.py",
        "own if lent is None else own & lent",
        "own",
        SAFE,
    ),
    (
        "a new document is everybody's to read",
        "files/rights.py",
        "0o666 if lent is None else lent",
        "0o666",
        SAFE,
    ),
    (
        "what has its place already keeps it when a later file fails",
        "files/__init__.py",
        "undo.callback(_put_back, old, output.path, ready, unless=staged[-1])",
        "pass",
        SAFE,
    ),
    (
        "what was written is not verified",
        "files/__init__.py",
        "if output.verify:",
        "if False:",
        ("hosts/test_file_save.py", SAFE),
    ),
)

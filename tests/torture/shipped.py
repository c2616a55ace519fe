"""Every workbook that installed packages ship: written into, and read back by openpyxl and python-calamine. Nothing else changed."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import python_calamine
from torture.bounded import bounded
from torture.readings import Places, differing, of_openpyxl
from torture.tries import Try

ROOT = Path(__file__).parents[2]
BOOKS = "KP_BOOKS"
"""An environment variable: folders of more workbooks, as PATH has them."""
DAY, FIGURE = dt.date(2021, 3, 1), 12345.5
OFFICE = ("/usr/lib/libreoffice", "/opt", "/usr/share")


def books(*, full: bool) -> list[Path]:
    """Ours, and those of all packages that are installed here; in full LibreOffice's, and those of the folders in KP_BOOKS."""
    import openpyxl

    places = [ROOT / "workbooks", ROOT / "tests", Path(openpyxl.__file__).parents[1]]
    places += [
        Path(str(each.locate_file("")))
        for each in importlib.metadata.distributions()
        if full and each.files is not None
    ]
    if full:
        places += [
            Path(p) for p in (*OFFICE, *filter(None, os.environ.get(BOOKS, "").split(os.pathsep)))
        ]
    found = (path for place in dict.fromkeys(places) for path in place.rglob("*.xls[xm]"))
    return sorted({path.resolve() for path in found})


def written(folder: Path, full: bool) -> Iterator[Try]:
    """Every one at hand."""
    for path in books(full=full):
        book = folder / f"台账{path.suffix.lower()}"
        shutil.copyfile(path, book)
        said, kept = bounded(lambda path=path, book=book: look(path, book))  # type: ignore[misc]
        yield Try(str(path), said or ("" if kept else "too slow, too large or too loud"))


def look(original: Path, book: Path) -> str:
    """Empty where a figure and a date stand in every sheet and nothing else changed, or it was refused in a sentence."""
    from xlplugin.book import Changes, Put
    from xlplugin.errors import UserError
    from xlplugin.hosts.file import FileBook

    try:
        ours = FileBook(book)
        places = {name: len(ours.read(name).rows) + 3 for name in ours.sheets}
        for name, row in places.items():
            ours.write(name, Changes({(row, 2): Put(FIGURE), (row, 3): Put(DAY)}))
        ours.save()
    except UserError as refusal:
        return "" if str(refusal).endswith("。") and _same(original, book) else f"{refusal}"
    new: Places = {(name, row, 2): FIGURE for name, row in places.items()}
    new |= {(name, row, 3): DAY for name, row in places.items()}
    return (
        _by_openpyxl(original, book, new)
        or _by_calamine(original, book, new)
        or _parts(original, book)
    )


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def _by_openpyxl(original: Path, book: Path, new: Places) -> str:
    for formulas in (False, True):
        try:
            before = of_openpyxl(original, formulas=formulas)
        except Exception:
            return ""  # it could not be read before either
        wrong = differing(of_openpyxl(book, formulas=formulas), before | new)
        if wrong:
            return f"openpyxl reads {dict(list(wrong.items())[:3])}"
    return ""


def _by_calamine(original: Path, book: Path, new: Places) -> str:
    for (name, row, column), value in new.items():
        try:
            _rows(original, name)
        except Exception:
            continue  # it could not be read before either
        if (found := _rows(book, name)[row - 1][column - 1]) != value:
            return f"calamine reads {found!r} where {value!r} was written"
    return ""


def _rows(book: Path, sheet: str) -> list[list[object]]:
    read = python_calamine.CalamineWorkbook.from_path(str(book))
    return read.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _parts(original: Path, book: Path) -> str:
    """Which parts changed that hold no cells, styles or the list of sheets."""
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(book) as new:
        touched = (
            "worksheets/",
            "styles",
            "workbook.xml",
            "[Content_Types]",
            "sharedStrings",
            "calcChain",
        )
        changed = [
            name
            for name in old.namelist()
            if name not in new.namelist() or old.read(name) != new.read(name)
        ]
    odd = [name for name in changed if not any(each in name for each in touched)]
    return f"changed: {odd}" if odd else ""

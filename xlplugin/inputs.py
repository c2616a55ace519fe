"""Which workbooks are meant: files, folders and patterns → paths, each with a folder of its own below the output."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlplugin.errors import UserError
from xlplugin.hosts import FORMATS

SUMMARY = "summary.xlsx"
OUTPUT = "-通报"
"""What the names of our own outputs end with."""


def output_name(book: Path) -> str:
    """What the files made from a workbook are called, without suffix: a-通报; beside an a.xlsx those of a.xlsm are a.xlsm-通报."""
    before = itertools.takewhile(lambda suffix: suffix != book.suffix.lower(), FORMATS)
    has_twin = book.suffix.lower() in FORMATS and any(
        os.path.exists(book.with_suffix(suffix)) for suffix in before
    )
    return f"{book.name if has_twin else book.stem}{OUTPUT}"


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook, and the sub-folder that keeps workbooks of one name from different folders apart."""

    path: Path
    sub: Path


def collect(paths: Sequence[Path], leave_out: Path | None = None) -> list[Source]:
    """Every workbook once, in the order of the arguments, folders by name.

    A folder is searched through; owner files (~$), hidden files, our own outputs and `leave_out` are passed over. An output
    that is itself named is a workbook like any other, unless the one that it was made from is meant, too. A path that is
    not there stays: it becomes a failure with its reason. Raises UserError where there is no workbook at all.
    """
    found: dict[str, Path] = {}
    roots: list[Path] = []
    for argument in paths:
        root, files = _expand(argument)
        roots.append(root)
        for file in files:
            if leave_out and _same(file) == _same(leave_out):
                continue
            if _is_input(file) or (file == argument and _is_output(file)):
                found.setdefault(_same(file), file)
    meant = {_same(each) for file in found.values() for each in (file, file.with_suffix(""))}
    found = {
        key: file
        for key, file in found.items()
        if not (_is_output(file) and _same(file.with_name(file.stem.removesuffix(OUTPUT))) in meant)
    }
    if not any(os.path.exists(file) for file in found.values()):
        raise UserError(
            f"在 {'、'.join(str(path) for path in paths)} 里没有找到 {'、'.join(FORMATS)} 工作簿。请核对路径。"
        )
    return list(_apart(list(found.values()), roots))


def _expand(argument: Path) -> tuple[Path, list[Path]]:
    """The folder that an argument starts from, and the files that it means. Windows' shells leave patterns to us."""
    if os.path.isdir(argument):
        return argument, sorted(
            _below(argument), key=lambda path: [part.casefold() for part in path.parts]
        )
    if os.path.exists(argument) or not glob.has_magic(str(argument)):
        return argument.parent, [argument]
    fixed = list(_until_magic(argument))
    hits = [Path(hit) for hit in sorted(glob.glob(str(argument), recursive=True))]
    files = [file for hit in hits for file in (_expand(hit)[1] if os.path.isdir(hit) else [hit])]
    return Path(*fixed) if fixed else Path(), files or [argument]


def _until_magic(pattern: Path) -> Iterator[str]:
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if Path(name).suffix.lower() in FORMATS and not name.startswith(("~$", ".")):
                yield Path(place, name)


def _is_input(file: Path) -> bool:
    return not (
        file.name.startswith(("~$", ".")) or _is_output(file) or file.name.casefold() == SUMMARY
    )


def _is_output(file: Path) -> bool:
    return file.stem.endswith(OUTPUT) and file.stem != OUTPUT


def _same(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _apart(files: Sequence[Path], roots: Iterable[Path]) -> Iterator[Source]:
    """Sub-folders as the files lie below what all arguments have in common."""
    places = [Path(os.path.abspath(file)) for file in files]
    try:
        common = Path(os.path.commonpath([os.path.abspath(root) for root in roots]))
    except ValueError:  # different drives
        common = None
    for file, place in zip(files, places, strict=True):
        parent = place.parent
        below = common is not None and parent.is_relative_to(common)
        sub = (
            parent.relative_to(common)
            if common and below
            else Path(parent.drive.rstrip(":") or "其他", *parent.parts[1:])
        )
        yield Source(file, sub)

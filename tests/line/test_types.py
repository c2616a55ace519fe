"""What a type says holds at run time, and a slip of the pen is refused before anything runs."""

from __future__ import annotations

import ast
import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from xlplugin import schema
from xlplugin.bulletin.wording import PARAGRAPHS, ParagraphKey
from xlplugin.flags.facts import Project
from xlplugin.indicators import REGISTRY
from xlplugin.schema import (
    ADOPTED,
    ARCHIVE,
    CLASSES,
    INDICATORS,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    MONTHS,
    PARAMETERS,
    SETTINGS,
    WORDING,
    Parameter,
    Parameters,
    keys,
)
from xlplugin.schema.model import Kind
from xlplugin.settings import value

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "xlplugin"

TYPES: dict[Kind, object] = {
    "text": str,
    "choice": str,
    "date": dt.date | None,
    "share": Fraction,
    "points": Fraction,
    "number": Fraction,
    "count": int,
    "flag": bool,
    "list": tuple[str, ...],
    "month_day": tuple[int, int] | None,
}


@pytest.mark.parametrize("parameter", PARAMETERS, ids=[each.key for each in PARAMETERS])
def test_a_parameter_is_read_as_its_fields_type(parameter: Parameter) -> None:
    declared = get_type_hints(Parameters)[parameter.key]
    if parameter.key == "as_of":  # never without: reading stops there
        assert declared is dt.date
        return
    optional = parameter.default is None and parameter.kind == "count"
    assert declared == (int | None if optional else TYPES[parameter.kind])
    for typed in (parameter.default, parameter.example):
        if typed:
            kept = value(parameter, typed)
            assert type(kept) in (declared, *get_args(declared), tuple)


def test_every_paragraphs_key_is_one_that_may_be_spelled() -> None:
    assert get_args(ParagraphKey) == tuple(paragraph.key for paragraph in PARAGRAPHS)


HELD: dict[Kind, object] = {
    "text": keys.TextKey,
    "id": keys.TextKey,
    "name": keys.TextKey,
    "choice": keys.TextKey,
    "template": keys.TextKey,
    "money": keys.WholeKey,
    "count": keys.WholeKey,
    "date": keys.DateKey,
    "month": keys.DateKey,
    "flag": keys.FlagKey,
    "number": keys.NumberKey,
    "any": keys.CellKey,
}
READ = (LEDGER, MONTHLY_DONE, ISSUES, SETTINGS, WORDING, ARCHIVE, ADOPTED, CLASSES)
JOINED = {
    *keys.OWN_KEYS,
    "planned",
    "last_done",
    "before_last_done",
    "started",
    "finished",
    "used",
    "nature_word",
}
"""What is joined to the ledger's columns: see `Facts`."""


def test_every_key_that_may_be_spelled_is_a_columns_and_says_what_it_holds() -> None:
    declared = {column.key: column.kind for sheet in READ for column in sheet.columns}
    indicators = {indicator.key for indicator in INDICATORS}
    assert set(get_args(keys.ColumnKey)) <= declared.keys() | indicators | JOINED
    assert set(get_args(keys.IndicatorKey)) <= indicators
    for key in set(get_args(keys.ColumnKey)) & declared.keys():
        assert key in get_args(HELD[declared[key]]), key
    assert tuple(column.key for column in MONTHS) == keys.MONTH_KEYS


OF_PROJECT: dict[object, object] = {
    keys.TextKey: str,
    keys.WholeKey: int | None,
    keys.DateKey: dt.date | None,
    keys.NumberKey: Decimal | None,
    keys.FlagKey: bool,
}


def test_a_projects_attributes_are_its_columns() -> None:
    for name, kind in get_type_hints(Project).items():
        if name in REGISTRY:
            assert kind in (Fraction | None, int | None), name
        else:
            group = next(each for each in OF_PROJECT if name in get_args(each))
            assert kind == OF_PROJECT[group], name


SLIPS = {
    "a setting": ("flags/judgement.py", "settings.red_months", "settings.red_moths"),
    "a project's attribute": (
        "figures/said.py",
        "{project.name.removesuffix",
        "{project.naem.removesuffix",
    ),
    "a paragraph of the wording": ("bulletin/sections.py", '"抓前期"', '"抓前起"'),
    "a column": ("flags/facts.py", 'data["actual_start"]', 'data["actual_strat"]'),
    "a column in a problem": (
        "checks/amounts.py",
        'row, "plan", expected, found)',
        'row, "paln", expected, found)',
    ),
}
"""(file, what stands there, the slip): each was made, and passed, before there were these types."""


def test_a_slip_of_the_pen_is_refused(tmp_path: Path) -> None:
    """mypy refuses each slip where it was made, and nothing else. Its own cache makes a second run one of seconds."""
    shutil.copytree(ROOT / "xlplugin", tmp_path / "xlplugin")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, right, wrong in SLIPS.values():
        path = tmp_path / "xlplugin" / name
        source = path.read_text(encoding="utf-8")
        assert right in source
        path.write_text(source.replace(right, wrong, 1), encoding="utf-8")
    cache = ROOT / ".mypy_cache" / "slips"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-pretty", "--cache-dir", str(cache)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    refused = {line.split(":")[0] for line in done.stdout.splitlines() if ": error: " in line}
    assert refused == {str(Path("xlplugin", name)) for name, _, _ in SLIPS.values()}, done.stdout


DECLARED = {
    name: {column.key for column in sheet.columns}
    for name, sheet in vars(schema).items()
    if isinstance(sheet, schema.Sheet)
} | {"TITLES": {parameter.key for parameter in PARAMETERS}}
NAMES: dict[object, set[str]] = {paragraph.key: set(paragraph.names) for paragraph in PARAGRAPHS}


def undeclared(source: str) -> Iterator[str]:
    """Keys that a type cannot refuse, since it knows neither whose they are nor what a paragraph's names are, and nothing declares.

    `SHEET["…"]`, what is asked of `settings` at a parameter's cell, the names given to a paragraph.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Subscript(value=ast.Name(id=sheet), slice=ast.Constant(value=str(key))):
                yield from {key} - DECLARED.get(sheet, {key})
            case ast.Call(func=ast.Attribute(value=owner, attr="problem" | "refused" as asked)):
                keys = node.args[2:3] if asked == "problem" else node.args
                if ast.unparse(owner).endswith("settings"):
                    given = {key.value for key in keys if isinstance(key, ast.Constant)}
                    yield from given - DECLARED["TITLES"]
            case ast.Call(
                func=ast.Attribute(attr="say" | "paragraph"), args=[ast.Constant(value=key)]
            ):
                yield from {name.arg for name in node.keywords if name.arg} - NAMES[key]


def test_every_key_given_as_text_is_declared() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert {path: found for path, text in sources.items() if (found := [*undeclared(text)])} == {}


@pytest.mark.parametrize(
    "line",
    [
        'LEDGER["paln"].heading',
        'LEDGER["value"].heading',
        'TITLES["light_ruel"]',
        'facts.settings.problem("KP37", "E", "yardstik", expected, found)',
        'settings.refused("as_of", "rankngs")',
        'story.say("附件说明", 附表=title)',
    ],
)
def test_a_key_that_nothing_declares_is_seen(line: str) -> None:
    assert len([*undeclared(line)]) == 1


def test_little_is_left_that_may_be_anything() -> None:
    """Fewer than 4 in 1,000 lines: what reads JSON, what calculates cells and columns alike, Excel's own objects."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "xlplugin").rglob("*.py")]
    named = sum(
        isinstance(node, ast.Name | ast.alias)
        and "Any" in (getattr(node, "id", ""), getattr(node, "name", ""))
        for source in sources
        for node in ast.walk(ast.parse(source))
    )
    assert 0 < 1000 * named < 4 * sum(source.count("\n") for source in sources)

"""The benchmark's own parts: inputs in good order, the table as it must read. Nothing is timed here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks import growth, ledgers, run, table

from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run as pipeline

WHERE = {
    "date": "2021-09-30",
    "machine": "a machine, 2 CPUs, Linux",
    "python": "3.11.7",
    "packages": "pandas 3.1.1",
}
POINTS = [(10, 1.0, 90.0), (100, 5.5, 120.0)]


def test_a_made_up_ledger_has_25_columns_and_no_error(tmp_path: Path) -> None:
    ledgers.ledger(200, path := tmp_path / "ledger.xlsx")
    outcome = pipeline(FileBook(path))
    assert len(outcome.facts.ledger.table.header.columns) == 25
    assert not outcome.errors
    figures = outcome.figures
    assert figures.whole.count == 200
    assert 0.15 < len(figures.behind) / 200 < 0.3
    assert 0 < len(figures.not_started) < 15


def test_counties_differ_and_have_no_error(tmp_path: Path) -> None:
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for number, path in enumerate(paths, start=1):
        ledgers.county(number, path)
    one, two = (pipeline(FileBook(path)) for path in paths)
    assert not one.errors + two.errors
    assert one.figures.whole.count == two.figures.whole.count == 41
    assert one.figures.whole.done != two.figures.whole.done
    assert one.facts.settings.county == "第0001县"


@pytest.mark.parametrize(
    ("key", "ours", "theirs", "shown"),
    [
        (
            "1",
            1.11,
            1.27,
            "| 1.11 s | pandas + openpyxl, load and save only | 1.27 s | 0.87 × | ≤ 1.0 × | yes |",
        ),
        (
            "1-docx",
            1.3,
            1.2,
            "| 1.3 s | pandas + openpyxl, load and save only | 1.2 s | 1.08 × |  |  |",
        ),
        (
            "2",
            20.5,
            118.4,
            "| 20.5 s | pandas + openpyxl, load and save only | 118 s | 1/5.78 | ≤ 1/6 | no |",
        ),
        (
            "2-memory",
            500,
            1047.4,
            "| 500 MB | pandas + openpyxl, load and save only | 1,047 MB | 1/2.09 | ≤ 1/2 | yes |",
        ),
        ("3", 4, 2, "| 4 s | python-calamine, values only read | 2 s | 2.00 × | ≤ 2.0 × | yes |"),
        ("5", 10, 17, "| 10 s | `--jobs 1` | 17 s | 1.70 × as fast | ≥ 1.8 × as fast | no |"),
        (
            "7",
            0.05,
            4.2,
            "| 0.05 ms | xlwings, ledger of 41 as a DataFrame at each call | 4.2 ms | 1/84 | ≤ 1/30 | yes |",
        ),
    ],
)
def test_a_row_of_the_table(
    monkeypatch: pytest.MonkeyPatch, key: str, ours: float, theirs: float, shown: str
) -> None:
    monkeypatch.setattr(table, "REASONS", {})
    result = {"ours": [0, ours, ours, 1000], "theirs": [theirs] * 4, **WHERE}
    head, _, line, _, where = table.table({key: result}).splitlines()
    assert head.startswith("| work | ours | against | theirs | ratio | goal | reached |")
    assert line.endswith(shown)
    assert (
        where
        == "a machine, 2 CPUs, Linux; Python 3.11.7; 2021-09-30; medians of 4 rounds. pandas 3.1.1."
    )


def test_a_reason_is_given_only_for_what_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "REASONS", {"5": "one disk."})
    result = {"ours": [10], "theirs": [17], **WHERE}
    assert "`kp batch --jobs 2`, the same workbooks): one disk.\n" in table.table({"5": result})
    assert "one disk" not in table.table({"5": {**result, "theirs": [19]}})


def test_the_readme_is_changed_between_its_markers_only() -> None:
    results: dict[str, Any] = {
        row.key: {"ours": [1], "theirs": [1], **WHERE} for row in table.rows()
    }
    assert table.complete(results)
    readme = "before\n<!-- generated: benchmarks -->\nold\n<!-- end -->\nafter\n"
    new = table.shown(readme, results | {"growth": {}})
    assert new.startswith("before\n<!-- generated: benchmarks -->\n| work |")
    assert new.endswith(f"\n\n{table.CHART}\n<!-- end -->\nafter\n")
    assert table.shown(new, results | {"growth": {}}) == new


def test_the_readme_shows_what_is_stored() -> None:
    """After a change: python tests/benchmarks/run.py --render"""
    results = run.stored()
    assert table.complete(results)
    readme = run.README.read_text(encoding="utf-8")
    assert table.shown(readme, results) == readme


def test_the_same_figures_draw_the_same_chart(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        growth.draw(
            {"projects": POINTS, "script": POINTS[:1], "workbooks": POINTS}, tmp_path / name
        )
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()

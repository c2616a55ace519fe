"""The batch of issue 5: 300 counties, five of them broken in different ways."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl
from batch import counties
from click.testing import CliRunner

from xlplugin.cli import main
from xlplugin.schema.summary import SUMMARY

COUNT = 300
ENDLESS = "e-endless.xlsx"


def test_three_hundred_counties_five_of_them_broken(tmp_path: Path, endless: Path) -> None:
    for number in range(COUNT - len(counties.BROKEN) - 1):
        counties.county(tmp_path / "in" / f"city{number % 10}", number)
    (tmp_path / "in" / "broken").mkdir()
    for name, spoil in counties.BROKEN.items():
        spoil(tmp_path / "in" / "broken" / name)
    os.link(endless, tmp_path / "in" / "broken" / ENDLESS)
    out = tmp_path / "out"
    done = CliRunner().invoke(
        main,
        [
            "batch",
            str(tmp_path / "in"),
            "-o",
            str(out),
            "--jobs",
            "2",
            "--timeout",
            "10",
            "--no-docx",
            "--json",
        ],
    )
    assert done.exit_code == 3
    said = json.loads(done.stdout)
    assert [said[key] for key in ("count", "done", "stopped", "failed", "timeout", "pending")] == [
        COUNT,
        COUNT - 5,
        1,
        3,
        1,
        0,
    ]
    reasons = {
        Path(book["path"]).name: book["error"]
        for book in said["workbooks"]
        if book["status"] != "done"
    }
    assert list(reasons) == [*counties.BROKEN, ENDLESS]
    for reason, word in zip(
        reasons.values(), ("不是工作簿", "累计完成投资", "密码", "1处错误", "超过10秒"), strict=True
    ):
        assert word in reason
    assert len(list(out.rglob("*-通报.txt"))) == len(list(out.rglob("*-通报.xlsx"))) == COUNT - 5
    _summary_is_right(out)


def _summary_is_right(out: Path) -> None:
    """Every county's figures are the sums of what was generated; the places are those of the shares."""
    lines = [
        json.loads(line)
        for line in (out / "summary.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    good = [line for line in lines if line["status"] == "done"]
    shares = []
    for line in good:
        rows = counties.projects(int(Path(line["path"]).stem))
        plan, done = (sum(row[key] for row in rows) for key in ("plan", "done"))
        assert float(line["amounts"]["plan"]) == plan
        assert float(line["amounts"]["done"]) == done
        assert line["totals"]["count"] == len(rows)
        shares.append(done / plan)
    assert [line["rank"] for line in good] == [
        1 + sum(other > share + 1e-12 for other in shares) for share in shares
    ]
    sheet = openpyxl.load_workbook(out / "summary.xlsx")[SUMMARY.title]
    rows = list(sheet.iter_rows(min_row=SUMMARY.header_row + 1, values_only=True))
    assert len(rows) == COUNT + 1
    assert rows[-1][5] == sum(line["totals"]["count"] for line in good)

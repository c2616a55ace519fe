"""kp batch and kp rollup as a contract: exit codes, and what stands on standard output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from batch import counties
from click.testing import CliRunner, Result

from xlplugin.cli import main


def kp(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Two counties in good order."""
    for number in range(2):
        counties.county(tmp_path / "in", number)
    return tmp_path / "in"


def test_done(good: Path, tmp_path: Path) -> None:
    done = kp("batch", good, "-o", tmp_path / "out", "--timeout", 0, "--jobs", 1)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert [line.split("]")[0] for line in lines[:2]] == ["[1/2", "[2/2"]
    assert "已生成2个" in lines[-1]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "summary.xlsx",
        "summary.jsonl",
        *(f"{number:03}-通报.{kind}" for number in range(2) for kind in ("xlsx", "docx", "txt")),
    }


def test_json_is_one_object_and_nothing_else(desk: Path, tmp_path: Path) -> None:
    done = kp("batch", desk, "-o", tmp_path, "--json", "--no-docx", "--timeout", 0, "--jobs", 1)
    assert done.exit_code == 3
    said = json.loads(done.stdout)
    assert [
        said[key]
        for key in (
            "count",
            "done",
            "stopped",
            "failed",
            "timeout",
            "pending",
            "reused",
            "interrupted",
        )
    ] == [8, 4, 1, 3, 0, 0, 0, False]
    assert all(Path(path).exists() for path in said["outputs"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["batch", "nowhere", "-o", "out"], 1),
        (["batch", "nowhere", "-o", "out", "--json"], 1),
        (["batch"], 2),
        (["batch", "nowhere"], 2),
        (["batch", "nowhere", "-o", "out", "--jobs", "0"], 2),
        (["batch", "nowhere", "-o", "out", "--as-of", "soon"], 2),
        (["rollup"], 2),
        (["rollup", "nowhere", "-o", "city.xlsx"], 1),
        (["rollup", "nowhere", "-o", "city.xlsx", "--json"], 1),
    ],
)
def test_cannot_go_on_and_usage(
    arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kp(*arguments)
    assert done.exit_code == code
    assert (
        list(json.loads(done.stdout)) == ["error"] if "--json" in arguments else done.stdout == ""
    )
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written(good: Path) -> None:
    done = kp("batch", good, "-o", good / "000.xlsx" / "out")
    assert done.exit_code == 1
    assert "-o" in done.stderr


def test_rollup_writes_and_says_so(good: Path, tmp_path: Path) -> None:
    done = kp("rollup", good, "-o", tmp_path / "city.xlsx", "--name", "晋城市", "--no-docx")
    assert done.exit_code == 0, done.output
    assert "汇总了2个、12项" in done.stdout
    assert {path.name for path in tmp_path.glob("city*")} == {"city.xlsx", "city-通报.txt"}
    assert kp("check", tmp_path / "city.xlsx").exit_code == 0
    assert kp("bulletin", tmp_path / "city.xlsx", "--no-docx").exit_code == 0


def test_rollup_with_a_bad_county_writes_only_when_forced(desk: Path, tmp_path: Path) -> None:
    done = kp("rollup", desk, "-o", tmp_path / "city.xlsx", "--json", "--no-docx")
    assert done.exit_code == 3
    said = json.loads(done.stdout)
    assert said["outputs"] == []
    assert [Path(failure["path"]).name[0] for failure in said["failures"]] == ["a", "b", "c"]
    assert "没有写任何文件" in done.stderr
    assert not list(tmp_path.iterdir())
    forced = kp("rollup", desk, "-o", tmp_path / "city.xlsx", "--json", "--no-docx", "--force")
    assert forced.exit_code == 3
    assert len(json.loads(forced.stdout)["outputs"]) == 2
    assert "不得印发" in forced.stderr
    assert "不得印发" in (tmp_path / "city-通报.txt").read_text(encoding="utf-8")

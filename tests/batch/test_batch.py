"""A batch: each workbook's result, the summary, and what a second run does."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from batch import counties

from xlplugin import files
from xlplugin.batch import Batch, Options, Plan, batch, collect, run_one
from xlplugin.batch.progress import closing
from xlplugin.batch.records import journal
from xlplugin.deliver import deliver
from xlplugin.errors import UserError
from xlplugin.render.record import record
from xlplugin.schema.summary import FAILURES, SUMMARY

HERE = Plan(0)
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


def run(desk: Path, output: Path, plan: Plan = HERE, **options: Any) -> Batch:
    return batch(collect([desk]), Options(output, **{"document": False, **options}), plan)


def lines(output: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (output / "summary.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def table(output: Path, title: str) -> list[dict[str, Any]]:
    """A sheet of the summary, one dict a row by heading."""
    sheet = openpyxl.load_workbook(output / "summary.xlsx")[title]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_one_result_a_workbook_in_the_order_of_the_input(desk: Path, tmp_path: Path) -> None:
    done = run(desk, tmp_path)
    assert [result.status for result in done.results] == [
        "failed",
        "failed",
        "failed",
        "stopped",
        *["done"] * 4,
    ]
    reasons = [result.error for result in done.results[:4]]
    for reason, word in zip(
        reasons, ("不是工作簿", "累计完成投资", "密码", "1处错误"), strict=True
    ):
        assert word in reason
    assert [line["path"] for line in lines(tmp_path)] == [result.path for result in done.results]


def test_the_figures_are_those_of_the_workbook_alone(desk: Path, tmp_path: Path) -> None:
    run(desk, tmp_path / "many")
    own = deliver(desk / "good" / "001.xlsx", tmp_path / "many" / "good", None, document=False)
    line = next(line for line in lines(tmp_path / "many") if line["path"].endswith("001.xlsx"))
    whole = record(own.outcome, own.outputs)
    assert {key: line[key] for key in whole} == whole


def test_sub_folders_keep_equal_names_apart(tmp_path: Path) -> None:
    for number, folder in enumerate(("east", "west")):
        shutil.move(counties.county(tmp_path / folder, number), tmp_path / folder / "台账.xlsx")
    done = run(tmp_path, tmp_path / "out")
    assert done.counts == {"done": 2}
    assert (tmp_path / "out" / "east" / "台账-通报.txt").read_text() != (
        tmp_path / "out" / "west" / "台账-通报.txt"
    ).read_text()


def test_the_summary_ranks_from_unrounded_shares_and_ties_share_a_place(tmp_path: Path) -> None:
    shares = {"甲": 2 / 3, "乙": 0.66667, "丙": 2 / 3, "丁": 0.5}
    for county, share in shares.items():
        row = counties.projects(0, 2)[:1]
        row[0] |= {
            "total": 900000,
            "plan": 300000,
            "done": round(300000 * share),
            "actual_start": counties.AS_OF.replace(month=1),
            "cause": "缺图",
        }
        counties.write(
            tmp_path / f"{county}.xlsx", row, {"as_of": counties.AS_OF, "county": county}
        )
    run(tmp_path, tmp_path / "out")
    place = {
        row[SUMMARY["region"].heading]: row[SUMMARY["place_in_ranking"].heading]
        for row in table(tmp_path / "out", SUMMARY.title)
    }
    assert place == {"乙": 1, "甲": 2, "丙": 2, "丁": 4, "合计": None}
    assert {line["county"]: line["rank"] for line in lines(tmp_path / "out")} == {
        "乙": 1,
        "甲": 2,
        "丙": 2,
        "丁": 4,
    }


def test_the_summary_adds_up(desk: Path, tmp_path: Path) -> None:
    run(desk, tmp_path)
    rows = table(tmp_path, SUMMARY.title)
    good = [row for row in rows[:-1] if row[SUMMARY["count"].heading] is not None]
    assert len(good) == 4
    for column in SUMMARY.columns:
        if column.kind in ("count", "money") and column.key != "place_in_ranking":
            assert rows[-1][column.heading] == pytest.approx(
                sum(row[column.heading] for row in good)
            ), column.key
    for row in good:
        assert (
            row["项目数"]
            == row["未开工数"] + row["滞后数"] + row["达标数"]
            == sum(row[f"{light}灯数"] for light in "绿黄红灰")
        )


def test_every_failure_and_error_is_listed_with_its_place(desk: Path, tmp_path: Path) -> None:
    done = run(desk, tmp_path)
    rows = table(tmp_path, FAILURES.title)
    assert [
        row[FAILURES["saying"].heading] for row in rows if not row[FAILURES["code"].heading]
    ] == [r.error for r in done.results[:4]]
    (error,) = (row for row in rows if row[FAILURES["code"].heading])
    assert error[FAILURES["code"].heading] == "KP04"
    assert error[FAILURES["cell"].heading] == "G2"


def test_a_second_run_does_only_what_has_changed(tmp_path: Path) -> None:
    for number in range(3):
        counties.county(tmp_path / "in", number)
    out = tmp_path / "out"
    first = run(tmp_path / "in", out)
    before = lines(out)
    assert run(tmp_path / "in", out).reused == 3
    assert lines(out) == before
    counties.county(tmp_path / "in", 1, unit="万元")
    assert run(tmp_path / "in", out).reused == 2
    (out / "002-通报.txt").unlink()
    assert run(tmp_path / "in", out).reused == 2
    assert (out / "002-通报.txt").exists()
    assert run(tmp_path / "in", out, as_of=counties.AS_OF.replace(day=29)).reused == 0
    assert run(tmp_path / "in", out, force=True, as_of=counties.AS_OF.replace(day=29)).reused == 0
    assert first.counts == {"done": 3}


def test_another_version_of_the_program_does_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counties.county(tmp_path / "in", 1)
    run(tmp_path / "in", tmp_path / "out")
    monkeypatch.setattr("xlplugin.batch.records.__version__", "99")
    assert run(tmp_path / "in", tmp_path / "out").reused == 0


def test_what_failed_is_tried_again_and_what_was_stopped_is_known(
    desk: Path, tmp_path: Path
) -> None:
    run(desk, tmp_path)
    again = run(desk, tmp_path)
    assert again.reused == 5
    assert [result.status for result in again.results] == [
        "failed",
        "failed",
        "failed",
        "stopped",
        *["done"] * 4,
    ]


def test_a_power_cut_costs_only_what_was_under_way(tmp_path: Path) -> None:
    """The journal of a run that never ended, its last line broken off, is as good as a summary."""
    for number in range(3):
        counties.county(tmp_path / "in", number)
    out = tmp_path / "out"
    run(tmp_path / "in", out)
    content = (out / "summary.jsonl").read_bytes()
    (out / "summary.jsonl").unlink()
    (out / ".kp-batch.jsonl").write_bytes(content[:-50])
    assert run(tmp_path / "in", out).reused == 2
    assert not (out / ".kp-batch.jsonl").exists()


def test_an_old_bulletin_beside_a_failure_is_pointed_out(tmp_path: Path) -> None:
    path = counties.county(tmp_path / "in", 1)
    run(tmp_path / "in", tmp_path / "out")
    counties.not_a_zip(path)
    assert "是以前的" in run(tmp_path / "in", tmp_path / "out").results[0].error


def test_run_one_never_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = counties.county(tmp_path, 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert run_one(tmp_path, Options(tmp_path / "out")).status == "failed"
    assert run_one(path, Options(path)).status == "failed"  # a file is no folder
    result = run_one(path, replace(Options(tmp_path / "out"), as_of="soon"))  # type: ignore[arg-type]  # a bug of ours
    assert result.status == "failed"
    assert "kp.log" in result.error


def test_forced_errors_are_done(desk: Path, tmp_path: Path) -> None:
    result = run_one(
        desk / "bad" / "d-wrong-data.xlsx", Options(tmp_path, force=True, document=False)
    )
    assert result.status == "done"
    assert any(problem["severity"] == "E" for problem in result.figures["problems"])


def test_what_lies_there_must_be_what_was_written(tmp_path: Path) -> None:
    """Another date's text, put there by a run that was killed, is no text of this one."""
    counties.county(tmp_path / "in", 0)
    out, text = tmp_path / "out", tmp_path / "out" / "000-通报.txt"
    run(tmp_path / "in", out)
    written = text.read_bytes()
    record = (out / "summary.jsonl").read_bytes()
    run(tmp_path / "in", out, as_of=counties.AS_OF.replace(day=29))
    (out / "summary.jsonl").write_bytes(record)  # the other run did not come so far
    assert text.read_bytes() != written
    assert run(tmp_path / "in", out).reused == 0
    assert text.read_bytes() == written
    text.write_bytes(written + b"!")
    assert run(tmp_path / "in", out).reused == 0
    assert text.read_bytes() == written
    assert run(tmp_path / "in", out).reused == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b'{"fingerprint": ' + b"[" * 100_000,
        lambda line: json.dumps({**json.loads(line), "lights": None}).encode(),
        lambda line: json.dumps(
            {key: value for key, value in json.loads(line).items() if key != "totals"}
        ).encode(),
        lambda _: b"[]",
        lambda line: line[: len(line) // 2],
        lambda line: b"\xff\x00" + line,
    ],
    ids=["deep", "another figure", "a figure less", "a list", "torn", "no text"],
)
@pytest.mark.parametrize("name", ["summary.jsonl", ".kp-batch.jsonl"])
def test_a_record_that_is_not_whole_is_none(tmp_path: Path, spoil: Any, name: str) -> None:
    counties.county(tmp_path / "in", 0)
    out = tmp_path / "out"
    run(tmp_path / "in", out)
    content = (out / "summary.jsonl").read_bytes()
    (out / "summary.jsonl").unlink()
    (out / name).write_bytes(spoil(content))
    done = run(tmp_path / "in", out)
    assert (done.reused, done.counts) == (0, {"done": 1})


@posix
@pytest.mark.parametrize(
    "name",
    [
        ".kp-batch.jsonl",
        "summary.jsonl",
        "summary.xlsx",
        "000-通报.xlsx",
        "000-通报.txt",
        "000-通报（未写完）.txt",
    ],
)
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_planted_is_neither_followed_nor_waited_for(
    tmp_path: Path, name: str, kind: str
) -> None:
    counties.county(tmp_path / "in", 0)
    theirs, planted = tmp_path / "theirs.txt", tmp_path / "out" / name
    theirs.write_text("their own")
    planted.parent.mkdir()
    if kind == "link":
        planted.symlink_to(theirs)
    else:
        os.mkfifo(planted)
    if (kind, name) == ("pipe", ".kp-batch.jsonl"):
        with pytest.raises(UserError, match="不能在"):
            run(tmp_path / "in", tmp_path / "out")
        return
    done = run(tmp_path / "in", tmp_path / "out")
    assert theirs.read_text() == "their own"
    if kind == "link":
        assert (done.counts, done.unwritten, planted.is_symlink()) == ({"done": 1}, "", False)
    else:
        assert done.unwritten if name.startswith("summary") else done.counts == {"failed": 1}


@posix
def test_a_pipe_among_the_workbooks_hangs_nobody(tmp_path: Path) -> None:
    counties.county(tmp_path / "in", 0)
    os.mkfifo(tmp_path / "in" / "管.xlsx")
    (tmp_path / "in" / "零.xlsx").symlink_to("/dev/zero")
    done = run(tmp_path / "in", tmp_path / "out")
    assert done.counts == {"done": 1, "failed": 2}
    assert all("不是普通文件" in result.error for result in done.results[1:])


def test_of_two_batches_into_one_folder_one_waits(tmp_path: Path) -> None:
    counties.county(tmp_path / "in", 0)
    (tmp_path / "out").mkdir()
    with journal(tmp_path / "out"), pytest.raises(UserError, match="另一个 kp batch"):
        run(tmp_path / "in", tmp_path / "out")
    assert run(tmp_path / "in", tmp_path / "out").counts == {"done": 1}


@posix
def test_a_full_disk_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook's files are there, the summary is not, and the next run knows what was done."""
    counties.county(tmp_path / "in", 0)
    real = files.write

    def full(outputs: list[files.Output], *lines: object) -> None:
        if outputs[0].path.name == "summary.xlsx":
            raise UserError("磁盘空间不足，「summary.xlsx」未保存。")
        real(outputs, *lines)

    monkeypatch.setattr(files, "write", full)
    done = run(tmp_path / "in", tmp_path / "out")
    assert [path.name for path in done.outputs] == ["summary.jsonl"]
    assert (tmp_path / "out" / "000-通报.txt").exists()
    said = closing(done)
    assert "已生成1个" in said
    assert "磁盘空间不足" in said
    assert "没有写任何文件" not in said
    monkeypatch.undo()
    assert run(tmp_path / "in", tmp_path / "out").reused == 1

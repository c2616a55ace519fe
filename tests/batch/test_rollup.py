"""The city's workbook: its totals are the sums of its counties', its bulletin says the same one level up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from batch import counties
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplugin import tables
from xlplugin.archive import archive
from xlplugin.book import Changes, Put
from xlplugin.deliver import deliver
from xlplugin.errors import UserError
from xlplugin.hosts.file import FileBook
from xlplugin.hosts.memory import MemoryBook
from xlplugin.pipeline import Outcome, run
from xlplugin.rollup import Rollup, rollup
from xlplugin.rollup.county import County
from xlplugin.rollup.merge import merge
from xlplugin.schema import LEDGER, SETTINGS, WORDING


def project(number: int, **values: Any) -> dict[str, Any]:
    """A project on schedule."""
    return {
        "id": f"P{number}",
        "name": f"第{number}号水库",
        "level": "县重点",
        "nature": "在建",
        "total": 1000,
        "plan": 100,
        "done": 80,
        "actual_start": dt.date(2021, 3, 1),
        "cause": None,
        **values,
    }


def write(folder: Path, county: str, *rows: dict[str, Any], **more: Any) -> Path:
    own = more.pop("settings", {})
    return counties.write(
        folder / f"{county}.xlsx", rows, {"as_of": counties.AS_OF, "county": county, **own}, **more
    )


def up(folder: Path, **options: Any) -> Rollup:
    return rollup([folder / "in"], folder / "city.xlsx", **{"document": False, **options})


def city(folder: Path) -> Outcome:
    return run(FileBook(folder / "city.xlsx"))


def text(folder: Path) -> str:
    return (folder / "city-通报.txt").read_text(encoding="utf-8")


def said(done: Rollup) -> list[str]:
    return [f"{p.code} {p.severity} {p.sheet}!{p.cell}" for p in done.problems]


amounts = st.integers(0, 10**8)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "level": st.sampled_from(LEDGER["level"].choices),
            "nature": st.sampled_from(LEDGER["nature"].choices),
            "plan": amounts,
            "done": amounts,
        }
    ),
    min_size=1,
    max_size=4,
)


def county(name: str, *projects: dict[str, Any]) -> County:
    """A county in memory."""
    keys = [column.key for column in LEDGER.columns if any(column.key in row for row in projects)]
    page = [
        [LEDGER[key].heading for key in keys],
        *([row.get(key) for key in keys] for row in projects),
    ]
    return County(name, Path(f"{name}.xlsx"), run(MemoryBook({LEDGER.title: page}), counties.AS_OF))


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=2, max_size=5))
def test_the_totals_of_the_city_are_the_sums_of_its_counties(
    drawn: list[list[dict[str, Any]]],
) -> None:
    many = [
        county(
            counties.name(number),
            *(
                project(
                    at,
                    **{
                        **row,
                        "plan": row["plan"] / 100,
                        "done": row["done"] / 100,
                        "name": f"{number}之{at}",
                    },
                )
                for at, row in enumerate(own)
            ),
        )
        for number, own in enumerate(drawn)
    ]
    whole = county("全市", *merge(many, "按月", {}).ledger).outcome.figures
    parts = [each.outcome.figures for each in many]
    for key in ("count", "total", "plan", "done"):
        assert getattr(whole.whole, key) == sum(getattr(part.whole, key) for part in parts)
    for key in ("not_started", "behind", "on_schedule"):
        assert len(getattr(whole, key)) == sum(len(getattr(part, key)) for part in parts)
    assert whole.started == sum(part.started for part in parts)
    for group in whole.groups:
        assert whole.groups[group].done == sum(
            part.groups[group].done for part in parts if group in part.groups
        )


def test_every_project_keeps_its_status_and_every_column(tmp_path: Path) -> None:
    for number in range(5):
        counties.county(tmp_path / "in", number)
    done = up(tmp_path, name="晋城市")
    assert done.complete
    whole = city(tmp_path).facts
    parts = [county.outcome.facts for county in done.counties]
    assert whole.data.values("status") == [
        status for part in parts for status in part.data.values("status")
    ]
    for column in LEDGER.columns:
        if column.key not in ("county", "yardstick"):
            assert str(whole.data.listed(column.key)) == str(
                [value for part in parts for value in part.data.listed(column.key)]
            ), column.key


def test_the_bulletin_ranks_the_counties_and_says_whose_a_project_is(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1, done=90), project(2, done=10, cause="缺图"))
    write(
        tmp_path / "in",
        "乙县",
        project(3, done=99),
        project(4, actual_start=None, done=0, cause="缺地"),
    )
    write(tmp_path / "in", "丙市", project(5, done=95))
    assert up(tmp_path, name="晋城市").complete
    words = text(tmp_path)
    assert "全市共确定县级重点工程5项" in words
    assert "按所属县区排名，完成率居前的是丙市（95.00%）、甲县（50.00%）、乙县（49.50%）" in words
    assert "3\t乙县\t2\t200\t99\t49.50\t0\t1" in words
    assert "第2号水库（甲县）" in words
    assert "第4号水库（乙县）" in words
    assert "各部门、各县区要现场办公" in words


def test_a_nature_keeps_its_countys_word_where_the_city_understands_it(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1, nature="续建", name="甲水库"))
    write(tmp_path / "in", "乙县", project(2, nature="储备", actual_start=None, name="乙水库"))
    up(tmp_path)
    assert "按建设性质分：续建项目1项，储备项目1项" in text(tmp_path)


def test_ids_that_collide_get_the_county_in_front_and_issues_follow(tmp_path: Path) -> None:
    write(
        tmp_path / "in",
        "甲县",
        project(1, done=10, cause="缺图"),
        issues=[{"id": "P1", "kind": "资金", "text": "缺钱"}],
        monthly_done=[{"id": "P1", "m8": 5}],
    )
    write(
        tmp_path / "in",
        "乙县",
        project(1, name="乙桥", total=2000, alias="大桥", done=20, cause="缺料"),
        issues=[{"id": "大桥", "kind": "土地", "text": "缺地"}],
        monthly_done=[{"id": "P1", "m8": 6}],
    )
    write(tmp_path / "in", "丙县", project(7, name="丙路"), monthly_done=[{"id": "P7", "m8": 7}])
    done = up(tmp_path)
    assert done.complete
    facts = city(tmp_path).facts
    assert dict(zip(facts.data.values("id"), facts.data.values("name"), strict=True)) == {
        "P7": "丙路",
        "乙县-P1": "乙桥",
        "甲县-P1": "第1号水库",
    }
    assert dict(
        zip(facts.issues.data.values("id"), facts.issues.data.values("text"), strict=True)
    ) == {
        "甲县-P1": "缺钱",
        "乙县-P1": "缺地",
    }
    assert sorted(value // 10**6 for value in facts.data.values("last_done")) == [5, 6, 7]
    assert said(done) == ["KP02 W [乙县.xlsx]项目台账!A2"] or said(done) == [
        "KP02 W [甲县.xlsx]项目台账!A2"
    ]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"name": "丹河 水库工程", "total": 2000}, ["KP02 W"]),
        ({"name": "丹河水库工程", "total": 1000}, ["KP01 E"]),
        ({"name": "丹河水库工程", "id": "p1", "total": 2000}, ["KP01 E"]),
        ({"name": "丹河水库建设项目", "total": 1000}, ["KP02 W"]),
        ({"name": "别的路", "id": "P1"}, ["KP02 W"]),
        ({"name": "别的路", "id": "1"}, []),
        ({"name": "别的路"}, []),
    ],
)
def test_what_looks_like_one_project_in_two_counties_is_said(
    tmp_path: Path, other: dict[str, Any], expected: list[str]
) -> None:
    write(
        tmp_path / "in",
        "甲县",
        project(1, name="丹河水库工程", id="1" if other.get("id") == "1" else "P1"),
    )
    write(tmp_path / "in", "乙县", project(2, **other))
    done = up(tmp_path)
    assert [f"{p.code} {p.severity}" for p in done.problems] == expected
    assert done.complete == bool(done.outputs) == ("KP01 E" not in expected)
    for problem in done.problems:
        assert "甲县.xlsx" in problem.message
        assert "乙县.xlsx" in problem.message
    if done.outputs:
        assert not city(tmp_path).errors


def test_one_name_for_two_projects_gets_the_county_behind(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1, name="县医院", done=10, cause="缺图"))
    write(tmp_path / "in", "乙县", project(2, name="县医院", total=3000))
    assert up(tmp_path).complete
    assert set(city(tmp_path).facts.data.values("name")) == {"县医院（甲县）", "县医院（乙县）"}
    assert "县医院（甲县）（甲县）" not in text(tmp_path)


def test_a_county_twice_and_a_county_of_another_day_are_failures(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "in", f"{number}县", project(number))
    write(tmp_path / "in" / "again", "1县", project(9))
    write(tmp_path / "in", "8县", project(8), settings={"as_of": dt.date(2021, 8, 31)})
    done = up(tmp_path)
    assert sorted(failure.path.name for failure in done.failures) == ["1县.xlsx", "8县.xlsx"]
    assert not done.outputs
    assert [failure.path.name for failure in up(tmp_path, as_of=counties.AS_OF).failures] == [
        "1县.xlsx"
    ]
    forced = up(tmp_path, force=True)
    assert forced.outputs
    assert not forced.complete


def test_different_yardsticks_go_on_project_by_project(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1))
    write(tmp_path / "in", "乙县", project(2))
    write(
        tmp_path / "in",
        "丙县",
        project(3, yardstick="按月"),
        project(4),
        settings={"yardstick": "按日"},
    )
    done = up(tmp_path)
    assert [problem.heading for problem in done.problems] == ["序时口径"]
    facts = city(tmp_path).facts
    assert dict(zip(facts.data.values("id"), facts.data.values("used"), strict=True)) == {
        "P1": "按月",
        "P2": "按月",
        "P3": "按月",
        "P4": "按日",
    }


def test_refused_cells_stay_refused_in_a_forced_city(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1, done="一百", cause="缺图", parts=2, parts_behind=1))
    write(tmp_path / "in", "乙县", project(2))
    assert not up(tmp_path).outputs
    done = up(tmp_path, force=True)
    assert [problem.code for problem in city(tmp_path).errors] == ["KP04"]
    assert done.errors == 1


def test_history_of_some_counties_only_is_left_out_and_said(tmp_path: Path) -> None:
    write(tmp_path / "in", "甲县", project(1), monthly_done=[{"id": "P1", "m8": 70}])
    write(tmp_path / "in", "乙县", project(2))
    done = up(tmp_path)
    assert done.complete
    assert [problem.code for problem in done.problems] == ["KP34"]
    assert not len(city(tmp_path).facts.monthly_done)


def test_what_the_citys_clerks_decided_lives_on(tmp_path: Path) -> None:
    """They name their office, change a sentence, archive a month; next month's roll-up keeps all of it."""
    write(tmp_path / "in", "甲县", project(1))
    write(tmp_path / "in", "乙县", project(2))
    up(tmp_path, name="晋城市")
    book = FileBook(tmp_path / "city.xlsx")
    table = tables.read_optional(book, SETTINGS)
    row = next(row for row, name in table.items("name") if name == "发文单位")
    book.write(table.title, Changes({(row, table.header.columns["value"]): Put("晋城市重点办")}))
    wording = tables.read_optional(book, WORDING)
    row = next(row for row, name in wording.items("paragraph") if name == "打算引言")
    book.write(
        wording.title, Changes({(row, wording.header.columns["template"]): Put("再接再厉。")})
    )
    archive(run(book), book)
    book.save()
    for county, number in (("甲县", 1), ("乙县", 2)):
        write(
            tmp_path / "in",
            county,
            project(number, done=90),
            settings={"as_of": dt.date(2021, 10, 31)},
        )
    done = up(tmp_path)
    assert done.complete
    words = text(tmp_path)
    for word in ("晋城市重点办", "再接再厉。", "全市", "截至2021年10月31日", "与上月相比"):
        assert word in words
    done = deliver(tmp_path / "city.xlsx", tmp_path / "old", counties.AS_OF, document=False)
    old = done.outcome
    assert old.as_of == counties.AS_OF
    assert old.figures.whole.done == 160 * 10**6


def test_the_citys_outline_lives_on_as_a_whole(tmp_path: Path) -> None:
    """A row of its own, in its place, and one that was removed: next month's roll-up has the same rows."""
    for county, number in (("甲县", 1), ("乙县", 2)):
        write(tmp_path / "in", county, project(number))
    up(tmp_path, name="晋城市")
    book = FileBook(tmp_path / "city.xlsx")
    wording = tables.read_optional(book, WORDING)
    row = next(row for row, name in wording.items("paragraph") if name == "口径说明")
    own = {"paragraph": "各县", "each": "县区", "template": "{{ 本项 }}{{ 本项.项数 }}项。"}
    at = wording.header.columns
    book.write(wording.title, Changes({(row, at[k]): Put(v) for k, v in own.items()}))
    book.save()
    up(tmp_path)
    words = text(tmp_path)
    assert words.index("乙县1项。") < words.index("一、项目进展情况")
    assert "口径计算" not in words


def test_another_workbook_is_never_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path / "in", "甲县", project(1))
    before = path.read_bytes()
    with pytest.raises(UserError, match="已经存在"):
        rollup([tmp_path / "in"], path)
    (tmp_path / "note.xlsx").write_text("x")
    with pytest.raises(UserError):
        rollup([tmp_path / "in"], tmp_path / "note.xlsx")
    assert path.read_bytes() == before


def test_no_county_at_all_is_said_with_every_reason(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a-not-a-zip.xlsx", "c-encrypted.xlsx"):
        counties.BROKEN[name](tmp_path / "in" / name)
    with pytest.raises(UserError, match=r"(?s)没有一个县.*a-not-a-zip.*c-encrypted"):
        up(tmp_path)
    assert not (tmp_path / "city.xlsx").exists()


@pytest.mark.parametrize("name", [".~lock.city.xlsx#", "~$city.xlsx", "~$ity-通报.docx"])
def test_a_target_that_somebody_has_open_is_refused(tmp_path: Path, name: str) -> None:
    counties.county(tmp_path / "in", 1)
    rollup([tmp_path / "in"], tmp_path / "city.xlsx")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("city*")}
    (tmp_path / name).write_bytes(b"\x02Li" + b" " * 160)
    with pytest.raises(UserError, match="正由.*打开"):
        rollup([tmp_path / "in"], tmp_path / "city.xlsx")
    assert {path.name: path.read_bytes() for path in tmp_path.glob("city*")} == before

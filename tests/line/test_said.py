"""What a secretary would mend, one kind a test: the words of a few projects, made short."""

from __future__ import annotations

from typing import Any

import pytest
from line.desk import behind, day, early, project, see, table, unstarted

from xlplugin.bulletin.words import chinese
from xlplugin.render.text import text
from xlplugin.schema import ARCHIVE


def said(*projects: dict[str, Any], **rest: Any) -> str:
    """The bulletin's text before what is attached."""
    return text(see(*projects, **rest).bulletin).partition("\n附件")[0]


def homes(*amounts: int | None, words: str = "尚有{数量}未拆迁") -> str:
    """What is said of households, a project each."""
    issues = [
        {"id": f"P{n:02}", "kind": "征拆", "text": words, "quantity": amount, "measure": "户"}
        for n, amount in enumerate(amounts, start=1)
    ]
    projects = [project(n, total=1000 - n) for n in range(1, len(amounts) + 1)]
    told = said(*projects, issues=issues)
    return told.partition("征拆方面，")[2].partition("。")[0]


@pytest.mark.parametrize(
    ("amounts", "words", "told"),
    [
        ([3], "尚有{数量}未拆迁", "乙河谷水库尚有3户未拆迁"),
        ([3], "尚有……未拆迁", "乙河谷水库尚有3户未拆迁"),
        ([3], "尚未拆迁", "乙河谷水库尚未拆迁（涉及3户）"),
        ([12, 12], "尚未拆迁", "乙河谷水库、丙河谷水库尚未拆迁（各12户，共24户）"),
        ([12, 12], "尚有{数量}未拆迁", "乙河谷水库、丙河谷水库均尚有12户未拆迁，共24户"),
        ([12, 8], "尚有{数量}未拆迁", "乙河谷水库（12户）、丙河谷水库（8户）尚有20户未拆迁"),
        ([12, 8], "尚未拆迁", "乙河谷水库（12户）、丙河谷水库（8户）尚未拆迁（共20户）"),
        ([None, None], "尚未拆迁", "乙河谷水库、丙河谷水库尚未拆迁"),
    ],
)
def test_no_amount_is_lost(amounts: list[int | None], words: str, told: str) -> None:
    """Each keeps its own, and the sum is said; an amount stands in its place where the words have one."""
    assert homes(*amounts, words=words) == told


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("土地权属", "受土地权属影响，尚未开工。"),
        ("因图纸未到。", "受图纸未到影响，尚未开工。"),
        ("由于资金紧张", "受资金紧张影响，尚未开工。"),
        ("受疫情影响", "受疫情影响，尚未开工。"),
        ("受疫情", "受疫情影响，尚未开工。"),
        ("雨季施工影响", "受雨季施工影响，尚未开工。"),
        ("设计方案不优，未达预期效果", "因设计方案不优，未达预期效果，尚未开工。"),
    ],
)
def test_a_cause_has_its_predicate(cause: str, words: str) -> None:
    assert f"。{words}" in said(unstarted(1, cause=cause), project(2))


@pytest.mark.parametrize(
    ("expected", "as_of", "issued", "words"),
    [
        ("10月下旬", "2021-09-30", "2021-10-08", "预计10月下旬开工建设。"),
        ("10月下旬", "2021-10-31", "2021-11-05", "原预计10月下旬开工建设，已逾期。"),
        ("10月下旬", "2021-10-20", "2021-11-02", "原预计10月下旬开工建设。"),
        ("明年3月", "2021-12-20", "2022-01-05", "预计2022年3月开工建设。"),
        ("3月", "2021-12-20", "2021-12-28", "预计2022年3月开工建设。"),
        ("9月", "2021-01-31", "2021-02-05", "预计9月开工建设。"),
        ("四季度", "2021-09-30", "2021-10-08", "预计四季度开工建设。"),
        ("四季度", "2021-12-31", "2022-01-05", "原预计2021年四季度开工建设，已逾期。"),
    ],
)
def test_a_promise_is_one_that_the_reader_can_still_see_kept(
    expected: str, as_of: str, issued: str, words: str
) -> None:
    told = said(
        unstarted(1, expected_start=expected), as_of=as_of, settings={"issued": day(issued)}
    )
    assert words in told.replace("，预计", "。预计").replace("，原预计", "。原预计")


def test_who_is_not_due_is_not_blamed() -> None:
    told = said(
        unstarted(1, planned_start=day("2021-03-20"), expected_start="3月下旬"),
        project(2, done=90, actual_start=day("2020-04-01")),
        as_of="2021-01-31",
    )
    assert "计划3月开工。预计3月下旬开工建设。" in told
    assert "土地未批" not in told
    assert "存在问题" not in told


def test_a_late_start_explains() -> None:
    late = {"planned_start": day("2021-05-01"), "actual_start": day("2021-07-09")}
    assert "7月9日正式开工，截至9月30日完成打桩。" in said(
        behind(1, **late, actual_progress="完成打桩")
    )
    assert "正式开工" not in said(behind(1, planned_start=day("2021-02-20")))


def test_good_news_is_told_by_name() -> None:
    told = said(
        project(1, actual_start=day("2021-09-02")),
        project(2, done=100, actual_finish=day("2021-09-20")),
        project(3),
        monthly_done=[{"id": f"P0{n}", "m8": done} for n, done in ((1, 70), (2, 90), (3, 10))],
    )
    assert (
        "与上月相比，新增完成投资0.01亿元，完成率提高30.00个百分点；本月新开工1项（乙河谷水库）；"
        "本月竣工1项（丙河谷水库）；上月未达到、本月已赶上序时进度1项（丁河谷水库）。" in told
    )


def test_january_is_not_compared_with_another_years_plan() -> None:
    begun = {"actual_start": day("2020-03-01")}
    last = {
        **project(1, **begun),
        "cutoff": day("2020-12-31"),
        "status": "未达到序时",
        "light": "黄",
    }
    told = said(
        project(1, done=9, **begun), as_of="2021-01-31", **{ARCHIVE.title: table(ARCHIVE, [last])}
    )
    assert "与上月相比" not in told
    assert "下降" not in told


def test_a_name_is_said_in_full_once() -> None:
    """Then by the shortest 简称 that is shorter and its own; at a line's head always in full."""
    told = said(
        behind(1, alias="乙库；老乙河谷水库工程"),
        behind(2, alias="乙库"),
        unstarted(3, alias="丁库"),
        project(4),
    )
    assert "1.乙河谷水库。" in told
    assert "2.丙河谷水库。" in told
    later = told.partition("下一步工作打算")[2]
    assert "丁库的前期手续" in later
    assert "乙河谷水库、丙河谷水库的责任单位" in later, "a 简称 of two projects is nobody's"


def test_who_answers_is_who_is_to_act() -> None:
    told = said(behind(1, agency="县水务局"), unstarted(2, agency="县交通局"), project(3))
    assert "乙河谷水库（责任单位：县水务局）。" in told
    assert "县交通局（丙河谷水库）要加快办理前期手续" in told
    assert "县水务局（乙河谷水库）要查明原因" in told


def test_what_is_judged_by_hand_is_said_to_be() -> None:
    hand = {"verdict": "达到", "verdict_reason": "节点完成", "yardstick": "形象节点"}
    told = said(early(1, done=30, cause="融资模式改变", **hand), project(2))
    assert "达到或超过序时进度，其中1项按形象节点认定。" in told
    assert "部分项目前期工作仍有制约。乙河谷水库受融资模式改变影响，推进缓慢。" in told


def test_a_list_is_cut_where_the_rest_is_attached() -> None:
    """The worst, by distance; without a place for the rest all are told."""
    many = [behind(n, done=60 - n) for n in range(1, 4)]
    few = {"settings": {"detailed": 2}}
    told = said(*many, **few)
    assert "1.丁河谷水库" in told
    assert "2.丙河谷水库" in told
    assert "附件：1.县级" in told
    assert "以上2项差距最大，未达到序时进度的3项详见附件2。" in told
    assert "见附件" not in said(*many, **few, wording={"附表标题": ""}).replace("详见附件2", "")
    assert "详见附件。" in said(*many, settings={"detailed": 2, "appendix": "否"})


def test_numbers_of_headings() -> None:
    numbers = [chinese(number) for number in (1, 10, 11, 20, 21, 99)]
    assert numbers == ["一", "十", "十一", "二十", "二十一", "九十九"]


def test_titles_follow_each_other_without_a_mark() -> None:
    assert "严格落实《甲》《乙》等制度" in said(
        project(1), settings={"mechanisms": "《甲》、《乙》"}
    )


def test_percentages_have_decimals_of_their_own() -> None:
    told = said(project(1, total=10**6, plan=10**5, done=80500), settings={"share_decimals": 1})
    assert "累计完成投资8.05亿元，占年度计划的80.5%，高于序时5.5个百分点" in told


def test_a_long_paragraph_is_parted_between_sentences() -> None:
    """Six kinds of trouble, 80 characters each, are no paragraph of 500."""
    issues = [{"id": "P01", "kind": kind, "text": "久拖未决" * 20} for kind in "资土征安手水"]
    lines = said(project(1), issues=issues).splitlines()
    assert max(map(len, lines)) <= 352
    assert sum("方面，" in line for line in lines) == 2
    assert all(line.endswith("。") for line in lines if "方面，" in line)


@pytest.mark.parametrize(
    ("as_of", "issued", "words", "never"),
    [
        ("2021-09-30", "2021-10-08", "还有41天，部分项目完成年度任务时间紧、任务重。", "难度较大"),
        ("2021-10-31", "2021-11-12", "有效施工期已经结束，部分项目完成年度任务难度较大。", "抢抓"),
        ("2021-06-30", "2021-07-05", "要抢抓11月10日前的有效施工期。", "时间紧"),
        ("2021-01-31", "2021-02-05", "要做好3月15日起全面施工的准备。", "抢抓"),
        ("2021-12-31", "2022-01-05", "年度计划没有全部完成。", "双双达标"),
    ],
)
def test_what_is_said_of_time_is_so_for_its_reader(
    as_of: str, issued: str, words: str, never: str
) -> None:
    season = {"season_start": "3月15日", "season_end": "11月10日", "issued": day(issued)}
    late = behind(1, done=1, actual_start=day("2020-04-01"))
    told = said(
        late, project(2, done=99, actual_start=day("2020-04-01")), as_of=as_of, settings=season
    )
    assert words in told
    assert never not in told


def test_many_that_wait_are_not_named_date_by_date() -> None:
    waiting = [unstarted(n, expected_start=f"{10 + n % 3}月") for n in range(1, 13)]
    told = said(project(20), *waiting, unstarted(13))
    assert "确保按预计时间开工建设，已逾期和没有定时间的争取尽快开工。" in told
    assert "确保10月全部开工建设" in said(
        project(20), *(unstarted(n, expected_start="10月") for n in range(1, 13))
    )


def test_a_group_is_called_by_the_levels_that_it_has() -> None:
    told = text(see(project(1, level="市重点"), project(2, level="区重点")).bulletin)
    assert "（一）市重点在建（1项）" in told
    assert "省市重点" not in told


def test_many_that_wait_have_causes_only_where_they_are_due() -> None:
    later = [unstarted(n, planned_start=day("2021-12-01")) for n in range(1, 12)]
    assert "等12项尚未开工，到期未开工的1项，主要原因是：第12处土地未批（1项）。" in said(
        *later, unstarted(12)
    )


def test_who_is_to_start_is_told_day_by_day() -> None:
    """What should have begun first; then by the day, in whatever words it is told."""
    waiting = [
        unstarted(1, total=9, expected_start="11月底"),
        unstarted(2, total=8, planned_start=day("2021-10-15")),
        unstarted(3, total=7, expected_start="11月上旬"),
        unstarted(4, total=6),
    ]
    said_so = said(*waiting).partition("前期手续，")[2].partition("。")[0]
    assert [clause[:5] for clause in said_so.split("，")] == [
        project(n)["name"][:5] for n in (4, 2, 3, 1)
    ]


def test_one_month_for_tender_and_start_is_said_once() -> None:
    told = said(unstarted(1, expected_tender="11月", expected_start="11月"), project(2))
    assert "预计11月完成招标并开工建设" in told


def test_the_names_that_begin_a_line_are_in_full_with_their_units_between() -> None:
    alike = [
        behind(n, alias=f"{n}库", cause="图纸未到", agency=unit)
        for n, unit in ((1, "县住建局"), (2, "县交通局"))
    ]
    month = [{"id": f"P0{n}", "m8": 10} for n in (1, 2)]
    told = said(*alike, monthly_done=month)
    assert (
        f"{alike[0]['name']}（县住建局）、{alike[1]['name']}（县交通局）。均受图纸未到影响" in told
    )


def test_of_equals_the_largest_is_named_first() -> None:
    told = said(*(behind(n, total=1000 + n) for n in (1, 2, 3)))
    places = [told.index(f"{at}.{project(n)['name']}。") for at, n in ((1, 3), (2, 2), (3, 1))]
    assert places == sorted(places)
    outcome = see(*(project(n, total=1000 + n) for n in (1, 2, 3)))
    assert outcome.names["最好二项"].value == (4, 3)


@pytest.mark.parametrize(
    ("due", "words"), [("2021-10-01", "到期未开工"), ("2021-09-01", "尚未开工")]
)
def test_what_should_have_begun_is_told_from_what_has_not(due: str, words: str) -> None:
    """One is due beside one that may not be: 仍有1项 is no count of all that have not begun."""
    told = said(unstarted(1, planned_start=day(due)), unstarted(2), project(3))
    assert f"仍有{2 if words == '尚未开工' else 1}项在建项目{words}" in told


@pytest.mark.parametrize("outline", ["分类通报", "督查通报", "红黑榜"])
def test_a_ready_outline_says_no_share_of_nothing(outline: str) -> None:
    nothing = project(
        1, level="市重点", agency="县水务局", industry="水利", done=0, cause="图纸未到"
    )
    others = [project(n, agency=f"县{n}局", industry="农业") for n in range(2, 9)]
    told = said(nothing, *others, settings={"outline": outline})
    assert "尚未形成投资" in told
    assert "完成0.00%" not in told
    assert "计划的0.00%" not in told

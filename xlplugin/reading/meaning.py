"""What a heading says, by rules over its words: the thing; what is said of it (`qualifiers`) aside.

A heading may have several levels (groups above, the column's own words last). The lowest level decides; what it leaves open the
groups above it say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from xlplugin.cells import Cell, plain
from xlplugin.reading import qualifiers
from xlplugin.reading.qualifiers import SINCE_START, YEAR, Meaning
from xlplugin.schema import LEDGER

SERIAL, START, FINISH, CLASS, MONEY, RATIO, PERSON, UNSURE = (
    "serial",
    "start",
    "finish",
    "class",
    "money",
    "ratio",
    "person",
    "unsure",
)
"""Things that are no column of ours, or of which the cells below must decide which one: START is 开工 without 计划 or 实际,
CLASS a 类别 of whatever, MONEY an amount of nothing said, UNSURE says 计划 and 实际 in one."""


def _rules(*rules: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((what, re.compile(pattern)) for what, pattern in rules)


_START, _FINISH = r"开工|动工|开建", r"竣工|完工|建成|投产|投用|交付使用"
_RULES = _rules(
    ("cause_kind", r"(?:原因|问题)(?:类别|类型|分类)"),
    ("cause", r"原因|问题|困难|制约|难点|堵点|诉求"),
    ("", r"计划(?:执行|完成)情况$|^(?:投资)?情况$"),
    (
        RATIO,
        r"[率%‰]$|百分[比点数]|占.*[比例]|比[例重]$|同比|环比|增[幅速长减]|排[名位序]|名次|得分|评分|考核|序时|差距"
        r"|完成.{0,3}(?:计划|任务|目标)(?!投资|数|额)|投资进度",
    ),
    ("", r"未[开动]工|未开建"),
    ("stage", r"前期.*(?:进展|状态|情况|进度|工作)"),
    (
        "years",
        rf"起止|年限|工期|周期|建设期|(?<!开工)建设时[间限]|(?:{_START}).?(?:{_FINISH}|竣)|开竣工",
    ),
    ("marked_finished", rf"是否.*(?:{_FINISH})|(?:{_FINISH})(?:情况|状[态况]|与否|否)"),
    (
        "marked_started",
        rf"是否.*(?:{_START})|(?:{_START})(?:情况|状[态况]|与否|否)|(?:进度|建设|项目|推进|施工|工程|在建|当前|目前|开工|实施)状[态况]",
    ),
    (PERSON, r"领导|责任人|负责人|联系人|电话|手机|联系方式|包[联保抓挂]|专员|专班|姓名"),
    ("begun", _START),
    ("ended", _FINISH),
    (SERIAL, r"序号|^号$|^no\.?$|^#$|行次"),
    ("id", r"编号|编码|代码"),
    ("total", r"总投资|投资总"),
    ("content", r"规模及|建设规模|内容|概况|简介|工程量"),
    ("next", r"下一?[步阶]|打算|措施|建议|对策|工作安排"),
    (
        "contractor",
        r"(?:施工|监理|设计|承建|勘察|代建|填报|报送|配合|协办|审核|总包|中标|服务|参建)(?:单位|企业|部门|方)",
    ),
    (
        "approval",
        r"用地|土地|征地|拆迁|征拆|面积|环评|立项|批复|手续|可研|许可|招标|招投标|图纸|审批|备案|核准|选址|设计|亩",
    ),
    (
        "planned_progress",
        r"(?:计划|目标|应达|节点|时序).*(?:形象|进度|进展)|(?:形象|工程)?进度.*(?:计划|目标)",
    ),
    ("actual_progress", r"形象|进度|进展|推进情况|工程完成情况"),
    (
        "funds",
        r"资金|贷款|自筹|债|到位|拨付|支付|缺口|预算内|融资|中央|补助|配套|入库|入统|纳统|统计|产值|税收|就业|利润|剩余|结余|尚需|未完成|还需|结转"
        r"|政府投资|企业投资|社会投资|民间投资|财政",
    ),
    ("forecast", r"(?:预计|拟|预期|预测|力争|可)完?成?.*(?:完成|投资)"),
    ("total", r"总概算|概算|估算|投资规模|决算|计划总"),
    ("plan", r"计划|目标|任务|安排|指标|应完成"),
    ("done", r"完成|实际投资|已投|投入|实绩"),
    (
        "name",
        r"(?:项目|工程|子项|标段)(?:单体)?(?:全|总)?名?称|^(?:重[点大])?(?:建设)?(?:项目|工程)$|^名称$|^(?:建设)?项目名$",
    ),
    ("level", r"级别|层级|等级|级次|重点(?:类别|类型|层次|级|等次|分类)|^项目级$|^级$|隶属"),
    ("nature", r"性质|阶段|属性"),
    ("industry", r"行业|产业|领域|板块"),
    (CLASS, r"类别|类型|分类|类$"),
    ("county", r"^(?:所[属在])?(?:县区|县市区|区县|市县|县|区|县别)$|县区$"),
    ("place", r"地点|地址|位置|所在|乡镇|园区|片区|镇街|街道"),
    ("agency", r"单位|部门|业主|(?:实施|责任|建设|项目|投资)主体|牵头|法人|归口|主管"),
    (MONEY, r"^·*(?:项目|固定资产)?投资·*(?:额|金额|数额?|资金)?·*$|^金额$|^数额$"),
    ("note", r"备注|说明"),
)
_MODES = ((True, re.compile(r"计划|拟|应|预|目标|约定|合同")), (False, re.compile(r"实际|已|实")))
_OF_MODE = {
    "begun": (START, "planned_start", "actual_start"),
    "ended": (FINISH, "planned_finish", "actual_finish"),
}
_DATED = {"planned_start", "actual_start", "planned_finish", "actual_finish", START, FINISH}
_WEAK = re.compile(
    r"^·*(?:计划|目标|实际|预计|时间|日期|年月|情况|状态|形象|描述|金额|数额?|额|投资额?|单位|名称|类别)·*$"
)
_EXACT = {
    plain(word): column.key
    for column in LEDGER.columns
    for word in (column.heading, *column.aliases)
}
_NATURES = re.compile(
    r"(?:项目|工程)?(?:属于?)?[新续改扩迁]建?[(/、或和及]*[新续改扩迁](?:建\)?|\)建)(?:项目|工程|情况|类别)?"
)
"""新建/续建, 新（续）建: a heading made of its column's words."""
_ALONE = frozenset({"计划", "实际", "预计", "拟", "%"})
"""Words in brackets that belong to what stands before them."""


def _what(core: str) -> str:
    """What some words without period, basis, version and unit are about; "" for nothing known."""
    what = next((what for what, pattern in _RULES if pattern.search(core)), "")
    if what in _OF_MODE:
        said = [mode for mode, pattern in _MODES if pattern.search(core)]
        bare, planned, actual = _OF_MODE[what]
        return (
            bare if not said else UNSURE + bare if len(said) > 1 else planned if said[0] else actual
        )
    if what == "total" and "完成" in core:
        return "done"
    return what


@lru_cache(maxsize=8192)
def level_meaning(text: str) -> tuple[str, Meaning]:
    """One level of a heading, folded: its core words and what it means."""
    text = text.strip("*:：·.。").removeprefix("*")
    bare, units, others = qualifiers.bracketed(text)
    core, facts = qualifiers.facts(bare)
    both = ""
    for other in others:
        rest, more = qualifiers.facts(other)
        facts = _over(replace(more, what=""), facts)
        beside = _what(rest)
        if beside in _DATED or rest == "竣":
            both = UNSURE + beside if beside in _DATED else "years"
        elif beside == RATIO or rest in _ALONE:
            core += rest
    what = both or _what(core.replace("·", ""))
    if not what and _NATURES.fullmatch(text):
        what = "nature"
    key = _EXACT.get(bare) or _EXACT.get(text)
    said_otherwise = key in ("actual_start", "actual_finish") and what != key
    if both or said_otherwise or (what == RATIO and "%" in others):
        key = None
    key = SERIAL if what == SERIAL else key
    what = key or what
    if what == "total" and "计划" in core and (facts.year or facts.basis == YEAR):
        what = "plan"  # 年度计划总投资
    if what == "done" and LEDGER["total"].heading in core and not facts.basis:
        facts = replace(facts, basis=SINCE_START)
    return core, replace(facts, what=what, exact=bool(key), units=units or facts.units)


def _over(lower: Meaning, upper: Meaning) -> Meaning:
    """What the lower words say, and of the upper what they leave open."""
    dated = lower.year or lower.months or lower.to_date or lower.basis
    said = lower if dated else upper
    return Meaning(
        lower.what or upper.what,
        lower.exact or (upper.exact and not lower.what),
        lower.year or upper.year,
        lower.months or (upper.months if not lower.to_date else None),
        lower.to_date or (upper.to_date and not lower.months),
        lower.summed or upper.summed,
        lower.basis or ("" if lower.months or lower.to_date else upper.basis),
        lower.version or upper.version,
        lower.units or upper.units,
        said.period,
    )


def meaning(levels: Sequence[str]) -> Meaning:
    """A heading's levels, folded, top first, as one meaning."""
    found = Meaning()
    above = ""
    for text in levels:
        core, own = level_meaning(text)
        if above and (not own.what or _WEAK.match(core)):
            own = replace(own, what=_under(above, core, own, found), exact=own.exact)
        found = _over(own, found)
        above = core or above
    up_to = found.months is not None and found.months[0] == 1 < found.months[1]
    alone = not found.what and (found.summed or up_to) and not above.strip("·")
    return replace(found, what="done") if alone else found  # 本月止累计


def _under(above: str, core: str, own: Meaning, upper: Meaning) -> str:
    """What weak words (计划, 时间, 金额 …) mean under a group."""
    if upper.what in _DATED or upper.what.endswith("_progress"):
        joined = _what(above.replace("·", "") + core.replace("·", ""))
        return joined or upper.what
    if own.what in ("plan", "done"):
        return own.what
    if upper.what in ("total", "plan", "done") and own.what in ("", MONEY):
        return upper.what
    return _what(above.replace("·", "") + core.replace("·", "")) or own.what


def text_of(cell: Cell) -> str:
    """A heading's cell as folded words: a date shown as a month is that month, a whole number itself."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, dt.date):
        return f"{cell.year}年{cell.month}月"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and float(cell).is_integer():
        return str(int(cell))
    return ""

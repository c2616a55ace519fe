"""参数: what clerks may decide, each said once: its key and type, its row of the sheet, its default."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from functools import partial
from typing import Any

from xlplugin.schema.ledger import MONTHLY, YARDSTICKS
from xlplugin.schema.model import YES_NO, Kind, Parameter

BY_POINTS, BY_RATIO = LIGHT_RULES = ("百分点", "比例")
OWN_OUTLINE = "按措辞"
READY_OUTLINES = ("分类通报", "督查通报", "简讯", "排名通报", "红黑榜")
OF_BUILDING, OF_ALL, OF_DUE = START_BASES = ("在建", "全部", "应开工")


def _said(
    title: str,
    kind: Kind,
    help: str,
    default: str | None = None,
    *,
    example: str = "",
    choices: tuple[str, ...] = (),
    within: tuple[float | None, float | None] = (None, None),
    dated: bool = False,
) -> Any:
    """A field that carries its Parameter; the field's name is the key. `within`: the least and the most."""
    choices = YES_NO if kind == "flag" else choices
    row = Parameter("", title, kind, help, default, example, choices, dated, *within)
    return field(metadata={"parameter": row})


_dated = partial(_said, dated=True)
"""One that may change from a day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What was decided: shares and points as exact shares (20 个百分点 is 1/5), None for a date that is not given."""

    as_of: dt.date = _said("报告截止日期", "date", "通报的数字截至哪一天。每月改这里。")
    county: str = _said("地区名称", "text", "如「陵川县」。通报里的「全县」由它而来。", "")
    office: str = _said("发文单位", "text", "落款，如「陵川县重点工程办公室」。空则不写落款。", "")
    issued: dt.date | None = _said("发文日期", "date", "落款日期。空则不写。")
    letterhead: str = _said(
        "发文机关标志",
        "text",
        "Word 文档的红头，如「陵川县重点工程办公室文件」。用印好红头的纸的留空。",
        "",
    )
    number: str = _said("文号", "text", "如「陵重点办〔2021〕3号」。空则不写。", "")
    addressee: str = _said("主送", "text", "如「各乡镇人民政府，县直各有关单位」。空则不写。", "")
    copies: str = _said(
        "抄送",
        "text",
        "版记里的抄送机关，如「县委办，县人大办，县政协办」。空则不写。",
        "",
    )
    printed_by: str = _said("印发机关", "text", "版记里的印发机关。空则不写。", "")
    printed_on: dt.date | None = _said("印发日期", "date", "版记里的印发日期。空则不写。")
    yardstick: str = _dated(
        "序时口径",
        "choice",
        "全县统一的口径；个别项目可在台账里另定。",
        MONTHLY,
        choices=YARDSTICKS,
    )
    factor: Fraction = _dated(
        "序时系数", "share", "口径为「按月×系数」时用，如 120%。", "100%", within=(0.1, 5)
    )
    factor_cap: Fraction = _dated(
        "系数封顶", "share", "「按月×系数」最高算到多少，一般 100%。", "100%", within=(0.1, 5)
    )
    tolerance: Fraction = _dated(
        "达到序时容差", "points", "落后不超过几个百分点仍算达到序时。", "0", within=(0, 100)
    )
    light_rule: str = _dated(
        "亮灯方式",
        "choice",
        "按落后的百分点，或按完成率与序时之比。",
        BY_POINTS,
        choices=LIGHT_RULES,
    )
    yellow_points: Fraction = _dated(
        "黄灯百分点", "points", "未达到序时且落后超过几个百分点亮黄灯。", "0", within=(0, 100)
    )
    red_points: Fraction = _dated(
        "红灯百分点", "points", "落后超过几个百分点亮红灯。", "20", within=(0, 100)
    )
    yellow_ratio: Fraction = _dated(
        "黄灯比例",
        "share",
        "完成率低于序时的百分之几亮黄灯（亮灯方式为「比例」时）。",
        "100%",
        within=(0, 1),
    )
    red_ratio: Fraction = _dated(
        "红灯比例",
        "share",
        "完成率低于序时的百分之几亮红灯（亮灯方式为「比例」时）。",
        "60%",
        within=(0, 1),
    )
    red_months: int = _dated(
        "未开工红灯月数", "count", "过了计划开工日期几个月仍未开工亮红灯。", "3", within=(0, 60)
    )
    start_basis: str = _dated(
        "开工率口径",
        "choice",
        "开工率的分母：在建项目、全部项目，或应开工项目。",
        OF_BUILDING,
        choices=START_BASES,
    )
    season_start: tuple[int, int] | None = _said(
        "施工期开始",
        "month_day",
        "有效施工期从哪天起，如「3月15日」。不讲施工期的地方留空。",
        example="3月15日",
    )
    season_end: tuple[int, int] | None = _said(
        "施工期结束", "month_day", "有效施工期到哪天止，如「11月10日」。", example="11月10日"
    )
    outline: str = _said(
        "通报样式",
        "choice",
        "按措辞：照「措辞」表写。选别的，就用程序带的提纲，不看「措辞」表。",
        OWN_OUTLINE,
        choices=(OWN_OUTLINE, *READY_OUTLINES),
    )
    decimals: int = _said(
        "小数位数", "count", "通报里金额保留几位小数；整万元不带小数。", "2", within=(0, 6)
    )
    share_decimals: int | None = _said(
        "百分比小数位数", "count", "通报里百分比保留几位小数。空则与金额相同。", within=(0, 6)
    )
    unit: str = _said(
        "通报金额单位", "choice", "通报里用亿元还是万元。", "亿元", choices=("亿元", "万元")
    )
    called: str = _said(
        "项目统称",
        "text",
        "通报里项目叫什么：重点工程、重点项目、重大项目、民生实事……",
        "重点工程",
    )
    counted: str = _said("计数单位", "text", "通报里项目论什么数：项、个、宗。", "项")
    list_limit: int = _said(
        "列举个数", "count", "达到序时的项目最多点几个名，其余写「等N项」。", "3", within=(1, 1000)
    )
    detailed: int = _said(
        "详写项数",
        "count",
        "未开工、未达到序时的项目各最多写几项（差距大的在前）；超过的列入附件里的表。",
        "10",
        within=(1, 1000),
    )
    departments: tuple[str, ...] = _said(
        "要素保障部门", "list", "用「、」隔开。", "发改、财政、住建、环保、自然资源"
    )
    mechanisms: tuple[str, ...] = _said(
        "协调机制",
        "list",
        "工作制度、办法的名称，用「、」隔开。空则不写。",
        "",
        example="《服务项目24小时直通车》、《企业吹哨、部门报到工作机制》",
    )
    forecast: bool = _said("预测", "flag", "未达到序时的项目是否写年底预计和月均需完成。", "否")
    rankings: tuple[str, ...] = _said(
        "排名栏目",
        "list",
        "通报里按什么排名：责任单位、行业、级别，或自己加的栏目，可写几个。空则不排名。",
        "",
    )
    ranking_least: int = _said(
        "排名最少项数", "count", "少于几项的不参加排名。", "1", within=(1, 1000)
    )
    working: bool = _said(
        "计算过程", "flag", "生成时是否附「计算过程」表，写明每个数字的来历。", "否"
    )
    appendix: bool = _said("附表", "flag", "通报后面是否附全部项目的进展情况表。", "是")
    table_columns: tuple[str, ...] = _said(
        "附表栏目",
        "list",
        "项目表有哪几栏，照标题写：台账的、进度分析的、自己加的都行。空则照标准的样子。",
        "",
        example="",
    )
    thousands: bool = _said("千位分隔", "flag", "表里的金额是否每三位加一个逗号，如 12,300。", "是")
    charts: bool = _said(
        "附图", "flag", "附表后面是否附完成情况图和投资进度曲线（只在 Word 文档里）。", "否"
    )
    line_pitch: Fraction = _said(
        "公文行距",
        "number",
        "磅，28 至 30。28.95 正好每页22行，再大每页21行。",
        "28.95",
        within=(28, 30),
    )
    title_font: str = _said(
        "大标题字体",
        "text",
        "标题和附件标题，2号。电脑里没有这种字体时会被替换。",
        "方正小标宋简体",
    )
    body_font: str = _said("正文字体", "text", "正文和三级以下标题，3号。", "仿宋_GB2312")
    heading1_font: str = _said("一级标题字体", "text", "「一、」这一级，3号。", "黑体")
    heading2_font: str = _said("二级标题字体", "text", "「（一）」这一级，3号。", "楷体_GB2312")
    digits_font: str = _said(
        "数字字体", "text", "正文里的数字和字母，如 Times New Roman。空则与正文相同。", ""
    )
    seal: bool = _said(
        "加盖印章",
        "flag",
        "是：成文日期右空四字，单位名称居中其上，留出盖章的地方。否：署名右空二字。",
        "是",
    )
    page_numbers: bool = _said(
        "编排页码", "flag", "页脚是否编「— 1 —」，单页在右，双页在左。", "是"
    )


PARAMETERS = tuple(
    replace(each.metadata["parameter"], key=each.name) for each in fields(Parameters)
)
"""The rows of the sheet, in its order."""

"""What is entered beside the ledger: all of these sheets may be missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from xlplugin.schema.keys import MONTH_KEYS
from xlplugin.schema.ledger import (
    ID,
    MOVE,
    NAME,
    NATURES,
)
from xlplugin.schema.model import Column, Sheet

MONTHS = tuple(
    Column(
        key,
        f"{month}月",
        "money",
        f"1月至{month}月累计，万元。",
        f"{month}月份 {month}月累计 1-{month}月",
        width=10,
    )
    for month, key in enumerate(MONTH_KEYS, start=1)
)
_ID, _NAME = (
    replace(ID, help="与「项目台账」一致。"),
    replace(NAME, required=False, help="便于查看，以编号为准。"),
)

MONTHLY_PLAN = Sheet(
    "monthly_plan",
    "月度计划",
    "各项目本年每月的累计计划投资，万元；12月等于年度计划。可以不填。",
    (_ID, _NAME, *MONTHS),
    also="月度投资计划 分月计划",
    table="MonthlyPlan",
)
MONTHLY_DONE = Sheet(
    "monthly_done",
    "月度完成",
    "各项目本年每月的累计完成投资，万元。有了上月数，才能查出倒退、长期无进展等问题。可以不填。",
    (_ID, _NAME, *MONTHS, MOVE),
    also="月度完成投资 分月完成",
    table="MonthlyDone",
)

SOLVED, UNSOLVED = "已解决", "未解决"
FUNDING = "资金"
ISSUES = Sheet(
    "issues",
    "问题清单",
    "尚未解决的困难问题，一个问题一行。",
    (
        replace(
            ID,
            required=False,
            also=ID.also.removesuffix(" 序号"),
            help="与「项目台账」一致；写项目名称或简称也可以。",
        ),
        _NAME,
        Column(
            "kind",
            "类别",
            "text",
            "资金、土地、征拆、安置等。",
            "问题类型",
            required=True,
            choices=(FUNDING, "土地", "征拆", "安置", "手续", "其他"),
            open=True,
            width=9,
        ),
        Column(
            "text",
            "问题",
            "text",
            "写成半句话，如「市县配套资金{数量}仍未落实」：{数量}处填进数量和单位；不留的，在后面用括号写明。",
            "存在问题 问题描述 主要问题",
            required=True,
            width=44,
        ),
        Column("quantity", "数量", "number", "涉及的金额、面积或户数，只填数字。", width=10),
        Column(
            "measure",
            "单位",
            "text",
            "万元、亩、户、人等。",
            "计量单位",
            choices=("万元", "亩", "户", "人"),
            open=True,
            width=8,
        ),
        Column(
            "state",
            "状态",
            "choice",
            "未解决或已解决；已解决的不进通报。",
            "解决情况 办理状态",
            choices=(UNSOLVED, SOLVED),
            synonyms={
                "未办结": UNSOLVED,
                "推进中": UNSOLVED,
                "解决中": UNSOLVED,
                "已办结": SOLVED,
                "办结": SOLVED,
            },
            width=10,
        ),
    ),
    also="问题台账 困难问题清单 存在问题清单 归档问题",
    table="Issues",
)

SETTINGS = Sheet(
    "settings",
    "参数",
    "各单位自己定的事。同一参数可以写几行，生效日期不同，按报告截止日期取最近的一行。",
    (
        Column("name", "参数", "text", "不要改动。", "参数名称 名称", required=True, width=22),
        Column("value", "值", "any", "在这里填写。", "参数值 取值", required=True, width=30),
        Column(
            "since", "生效日期", "date", "从哪天起用这个值；留空为一直有效。", "启用日期", width=13
        ),
        Column("help", "说明", "text", "怎么填。", "填写说明", width=60),
    ),
    also="设置 参数设置",
    table="Settings",
)

FramePart = Literal["标题", "文号", "主送", "结语", "附件说明", "落款", "附件"]
"""What stands under no heading."""
Depth = Literal[
    FramePart, "一级", "二级", "三级", "段", "接上段", "逐条", "一是", "表", "图", "用语"
]
"""What a row of the outline is: 逐条 is numbered 1. 2., 一是 goes on to 二是; 接上段 goes on in the paragraph above; 用语 has no place of its own, another row uses it."""

WORDING = Sheet(
    "wording",
    "措辞",
    "通报的提纲和文字，一行一段，从上到下就是通报的次序。行可以移动、删除、增加，序号自动接上；下面没有内容的标题不写。花括号里的名称由程序填入。",
    (
        Column(
            "paragraph",
            "段落",
            "text",
            "原有的段落名称不要改；新加的行自己取名。",
            "段落名称",
            required=True,
            width=16,
        ),
        Column(
            "depth",
            "层级",
            "choice",
            "标题，一级、二级、三级标题，段，接上段（不另起一段），结语（不属于标题），逐条（1. 2.），一是（二是、三是），表，图（Word 里），落款……「用语」夹在别的段落里用，放在哪里都一样。",
            "段落层级",
            choices=get_args(Depth),
            synonyms={
                "大标题": "标题",
                **{f"{level}标题": level for level in ("一级", "二级", "三级")},
                **dict.fromkeys(("段落", "正文", "自然段"), "段"),
                **dict.fromkeys(("续段", "接段", "续写"), "接上段"),
                **dict.fromkeys(("结尾", "结束语"), "结语"),
                **dict.fromkeys(("条", "列举", "分条"), "逐条"),
                **dict.fromkeys(("署名", "成文日期"), "落款"),
                "表格": "表",
                **dict.fromkeys(("图表", "柱状图", "曲线"), "图"),
                "附表": "附件",
            },
            width=9,
        ),
        Column(
            "each",
            "逐项",
            "text",
            "空着写一次；填栏目（级别、行业、责任单位……）或项目（未开工、省重点.未达到序时……）就一项写一次，文字里用「本项」。标题写了逐项，下面的各行随它重复。表按一栏（责任单位）、两栏（级别、责任单位）或列项目（未开工），图也一样，空着是全年的曲线。",
            "重复",
            width=14,
        ),
        Column(
            "template",
            "文字",
            "template",
            "通报就用这里的话。删空则这一段不写。",
            "模板 内容",
            required=True,
            width=90,
        ),
        Column("names", "可用名称", "text", "本段可以用的名称。", width=46),
    ),
    also="措辞模板 通报措辞 提纲",
    table="Wording",
)

GUIDE = Sheet("guide", "使用说明", "怎么用，一页纸。")
COLUMN_MEANS, SHEET_MEANS, WORD_MEANS, UNIT_MEANS = MEANINGS = ("栏目", "工作表", "词语", "单位")
UNUSED = "不用"
ADOPTED = Sheet(
    "adopted",
    "栏目对应",
    "自己的标题、工作表和用词是什么意思，一件一行。这里写了的，程序照办，不再猜；每月都算数。",
    (
        Column(
            "kind",
            "类型",
            "choice",
            "栏目、工作表、词语或单位。",
            required=True,
            choices=MEANINGS,
            width=8,
        ),
        Column("hers", "原文", "text", "台账里的标题、工作表名或用词，照抄。", width=34),
        Column(
            "place",
            "位置",
            "text",
            "如「Sheet1」G3；标题相同的几栏靠它分开，留空为不论在哪里。词语写属于哪一栏。",
            width=18,
        ),
        Column(
            "ours",
            "对应",
            "text",
            f"项目台账的栏目、在建或前期、级别、是或否；不要的写{UNUSED}。",
            width=18,
        ),
        Column("unit", "单位", "text", "金额栏的单位：元、万元、亿元 …", width=8),
        Column("note", "说明", "text", "程序为什么这样读；可以不管。", width=40),
    ),
    also="栏目对照 表头对应",
    header_row=3,
)
"""Optional: written by `kp adopt`, corrected by the clerk."""

CLASSES = Sheet(
    "classes",
    "分类",
    "台账里分类用的词，一词一行，从上到下就是通报里的次序。没有这张表、没有写的词，照台账来：级别从国家到乡镇，其余照先后。",
    (
        Column("word", "词", "text", "台账里的词，照抄。", "词语", required=True, width=18),
        Column(
            "belongs",
            "归属",
            "text",
            "是哪一栏的词，如项目级别、行业、责任单位、自己加的栏目；空着为不论哪一栏。",
            "属于 所属栏目",
            width=14,
        ),
        Column("printed", "印作", "text", "通报里怎么叫；几个词印作一个的，合在一起算。", width=18),
        Column(
            "stage",
            "阶段",
            "choice",
            "建设性质的词写在建或前期。",
            choices=NATURES,
            width=8,
        ),
        Column("order", "次序", "count", "要另排的写数字，小的在前。", width=8),
    ),
    also="分类次序 分类表",
)
"""Optional: where the office says how it sorts its projects."""

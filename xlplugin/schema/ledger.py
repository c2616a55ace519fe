"""项目台账: one row a project. The only sheet that a workbook must have."""

from __future__ import annotations

from dataclasses import replace

from xlplugin.schema.model import YES_NO, Column, Sheet

PROVINCE, CITY, COUNTY = LEVELS = ("省重点", "市重点", "县重点")
BUILDING, EARLY = NATURES = ("在建", "前期")
MONTHLY, DAILY, MONTHLY_FACTOR, PLANNED, SEASONAL, MILESTONE = YARDSTICKS = (
    "按月",
    "按日",
    "按月×系数",
    "月度计划",
    "有效施工期",
    "形象节点",
)
REACHED, MISSED = VERDICTS = ("达到", "未达到")
JOINED, LEFT = MOVES = ("调入", "调出")
CAUSE_KINDS = ("资金", "土地", "征拆", "设计", "前期手续", "安置", "施工组织", "其他")

ID = Column(
    "id",
    "项目编号",
    "id",
    "每个项目一个编号，不重复，如 LC2021-01。各表靠它对应。",
    "编号 项目编码 项目代码 序号",
    required=True,
)
NAME = Column(
    "name",
    "项目名称",
    "name",
    "项目全称。通报里第一次提到时写它。",
    "工程名称 重点工程名称 重点项目名称 项目（工程）名称 项目",
    required=True,
    width=34,
)
LEVEL = Column(
    "level",
    "项目级别",
    "choice",
    "省重点、市重点、县重点，或本地自己的级别。",
    "级别 重点级别 工程级别 项目等级",
    required=True,
    choices=LEVELS,
    open=True,
    synonyms={
        f"{level[0]}{word}": level
        for level in LEVELS
        for word in ("级", "级重点", "重点工程", "重点项目")
    },
    width=10,
)
NATURE = Column(
    "nature",
    "建设性质",
    "choice",
    "在建或前期，续建、新建、储备这样的词也认得。已完工的项目仍填在建。",
    "项目性质 性质 建设类别",
    required=True,
    choices=NATURES,
    open=True,
    synonyms={"在建项目": BUILDING, "前期项目": EARLY, "重大前期": EARLY, "重大前期项目": EARLY},
    width=10,
)
AGENCY = Column(
    "agency",
    "责任单位",
    "text",
    "对项目负责的部门或乡镇。",
    "牵头单位 主管单位 责任部门 牵头责任单位",
    width=14,
)
TOTAL = Column(
    "total",
    "总投资",
    "money",
    "概算总投资，万元。只填数字。",
    "概算总投资 总投资额 项目总投资 计划总投资 估算总投资 投资总额",
    required=True,
)
PLAN = Column(
    "plan",
    "年度计划投资",
    "money",
    "本年计划完成的投资，万元。没有计划的留空。",
    "年度计划 年计划投资 本年计划投资 当年计划投资 年度投资计划 年度计划完成投资 年度目标任务 计划投资",
    required=True,
    width=13,
)
DONE = Column(
    "done",
    "累计完成投资",
    "money",
    "本年1月至截止日累计完成的投资，万元。",
    "累计完成 年度累计完成投资 本年累计完成投资 年初至今完成投资 截至目前完成投资 截至目前累计完成投资 完成投资 年累计完成投资 实际完成投资 累计完成投资额",
    required=True,
    width=13,
)
NOTE = Column("note", "备注", "text", "其他要说明的情况。", "说明", width=16)
CAUSE = Column(
    "cause",
    "原因",
    "text",
    "滞后或未开工的原因，写成半句话，如「设计变更及资本金到位迟缓」。不写「因」和句号。",
    "滞后原因 未开工原因 原因分析 存在问题",
    width=30,
)
MOVE = Column(
    "move",
    "变动",
    "choice",
    "本月调入或调出的项目在此注明。",
    "调入调出 变动情况",
    choices=MOVES,
    width=8,
)

_COLUMNS = (
    ID,
    NAME,
    Column(
        "alias",
        "简称",
        "text",
        "别的叫法，多个用「；」隔开。公式和问题清单里写简称也认得；通报里第一次写全称，以后写最短的简称。",
        "项目简称 别名",
        width=20,
    ),
    LEVEL,
    NATURE,
    Column(
        "industry",
        "行业",
        "text",
        "所属行业，用于分类统计。",
        "行业类别 所属行业 行业分类",
        width=8,
    ),
    Column("place", "建设地点", "text", "乡镇或园区。", "建设地址 项目地点 所在乡镇", width=10),
    AGENCY,
    TOTAL,
    PLAN,
    DONE,
    Column(
        "planned_start",
        "计划开工日期",
        "month",
        "计划哪天开工；只知道月份的可填月份，按月末算。",
        "计划开工时间 计划开工 拟开工日期",
        width=13,
    ),
    Column(
        "actual_start",
        "实际开工日期",
        "date",
        "已经开工的填日期，没有开工的留空。在建项目留空即为未开工。",
        "实际开工时间 开工日期 开工时间 实际开工",
        width=13,
    ),
    Column(
        "planned_finish",
        "计划竣工日期",
        "month",
        "计划哪天竣工；只知道月份的可填月份。",
        "计划竣工时间 计划完工日期 计划竣工",
        width=13,
    ),
    Column(
        "actual_finish",
        "实际竣工日期",
        "date",
        "已经竣工的填日期，没有竣工的留空。",
        "实际竣工时间 竣工日期 竣工时间 完工日期 实际竣工",
        width=13,
    ),
    Column(
        "planned_progress",
        "原计划进度",
        "text",
        "按计划此时应干到哪一步，如「完成部分桩基及塔吊安装」。",
        "计划形象进度 计划进度",
        width=26,
    ),
    Column(
        "actual_progress",
        "实际进度",
        "text",
        "实际干到哪一步。不写「目前」，通报里会写截止日期。",
        "实际形象进度 形象进度 工程形象进度 目前进度",
        width=26,
    ),
    Column("parts", "子项目数", "count", "打包项目共有几个子项目。", "子项目个数", width=9),
    Column(
        "parts_behind", "滞后子项目数", "count", "其中几个落后于计划。", "滞后子项目个数", width=11
    ),
    Column(
        "yardstick",
        "序时口径",
        "choice",
        "本项目单独用的口径；留空则用「参数」表里的。",
        "进度口径",
        choices=YARDSTICKS,
        synonyms={
            "按月*系数": MONTHLY_FACTOR,
            "按月x系数": MONTHLY_FACTOR,
            "月度": MONTHLY,
            "按天": DAILY,
        },
    ),
    Column(
        "verdict",
        "人工认定",
        "choice",
        "由人判断的结论，代替计算结果；必须写理由。",
        "认定结果",
        choices=VERDICTS,
        synonyms={
            "达到序时": REACHED,
            "达到序时进度": REACHED,
            "未达到序时": MISSED,
            "未达到序时进度": MISSED,
            "未达序时": MISSED,
        },
        width=10,
    ),
    Column("verdict_reason", "认定理由", "text", "人工认定的根据。", "人工认定理由", width=20),
    Column(
        "cause_kind",
        "原因类别",
        "text",
        "可写几类，用「；」隔开。",
        "问题类别",
        choices=CAUSE_KINDS,
        open=True,
    ),
    CAUSE,
    Column(
        "stage",
        "前期状态",
        "text",
        "未开工项目正在做什么，如「正在进行施工图设计」。",
        "前期进展 前期工作进展 目前状态",
        width=24,
    ),
    Column(
        "expected_tender",
        "预计招标",
        "text",
        "如「10月上旬」。",
        "预计招标时间 预计招投标",
        width=11,
    ),
    Column(
        "expected_start",
        "预计开工",
        "text",
        "如「10月下旬」。",
        "预计开工时间 预计开工日期",
        width=11,
    ),
    Column(
        "model", "标杆", "flag", "填「是」则在通报里表扬。", "标杆项目", choices=YES_NO, width=7
    ),
    Column(
        "cited",
        "列举",
        "flag",
        "填「是」则在达到序时项目里点名。",
        "点名列举",
        choices=YES_NO,
        width=7,
    ),
    NOTE,
    Column(
        "earlier_done",
        "以前年度完成投资",
        "money",
        "本年以前累计完成的投资，万元。",
        "截至上年底累计完成投资 以前年度累计完成投资 上年末累计完成投资",
        width=13,
        standard=False,
    ),
    Column(
        "adjustment",
        "调整说明",
        "text",
        "数字比上月减少、或超过总投资时，说明为什么。",
        "数据调整说明",
        width=20,
        standard=False,
    ),
    Column(
        "marked_started",
        "是否开工",
        "flag",
        "是或否；有这一栏时与实际开工日期核对。",
        "开工情况",
        choices=YES_NO,
        synonyms={"已开工": "是", "未开工": "否"},
        width=9,
        standard=False,
    ),
    replace(MOVE, standard=False),
    Column(
        "county",
        "所属县区",
        "text",
        "市级台账里，项目属于哪个县区；汇总时由程序填写。",
        "所属县 县区 县市区 区县 所在县区 所属区县 县别",
        width=10,
        standard=False,
    ),
    Column(
        "last_cause",
        "上月原因",
        "text",
        "上月通报所写的原因，用来查有没有照抄。",
        width=20,
        standard=False,
    ),
)

LEDGER = Sheet(
    "ledger",
    "项目台账",
    "一个项目一行。带 * 的栏目必须有，其余可以没有、可以换次序，也可以另加自己的栏目。金额一律用万元。",
    also="台账 重点项目台账 重点工程台账 重点工程项目台账 项目一览表 重点工程一览表 项目清单 归档台账",
    table="Ledger",
    columns=_COLUMNS,
)

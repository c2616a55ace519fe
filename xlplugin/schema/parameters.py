"""参数: what clerks may decide, each with its default."""

from __future__ import annotations

from xlplugin.schema.ledger import MONTHLY, YARDSTICKS
from xlplugin.schema.model import Parameter

BY_POINTS, BY_RATIO = LIGHT_RULES = ("百分点", "比例")
OF_BUILDING, OF_ALL, OF_DUE = START_BASES = ("在建", "全部", "应开工")

PARAMETERS = (
    Parameter("as_of", "报告截止日期", "date", "通报的数字截至哪一天。每月改这里。"),
    Parameter("county", "地区名称", "text", "如「陵川县」。通报里的「全县」由它而来。", ""),
    Parameter("office", "发文单位", "text", "落款，如「陵川县重点工程办公室」。空则不写落款。", ""),
    Parameter("issued", "发文日期", "date", "落款日期。空则不写。"),
    Parameter("number", "文号", "text", "如「陵重点办〔2021〕3号」。空则不写。", ""),
    Parameter("addressee", "主送", "text", "如「各乡镇人民政府，县直各有关单位」。空则不写。", ""),
    Parameter("yardstick", "序时口径", "choice", "全县统一的口径；个别项目可在台账里另定。", MONTHLY, choices=YARDSTICKS, dated=True),
    Parameter("factor", "序时系数", "share", "口径为「按月×系数」时用，如 120%。", "100%", dated=True, least=0.1, most=5),
    Parameter("factor_cap", "系数封顶", "share", "「按月×系数」最高算到多少，一般 100%。", "100%", dated=True, least=0.1, most=5),
    Parameter("tolerance", "达到序时容差", "points", "落后不超过几个百分点仍算达到序时。", "0", dated=True, least=0, most=100),
    Parameter("light_rule", "亮灯方式", "choice", "按落后的百分点，或按完成率与序时之比。", BY_POINTS, choices=LIGHT_RULES, dated=True),
    Parameter("yellow_points", "黄灯百分点", "points", "未达到序时且落后超过几个百分点亮黄灯。", "0", dated=True, least=0, most=100),
    Parameter("red_points", "红灯百分点", "points", "落后超过几个百分点亮红灯。", "20", dated=True, least=0, most=100),
    Parameter("yellow_ratio", "黄灯比例", "share", "完成率低于序时的百分之几亮黄灯（亮灯方式为「比例」时）。", "100%", dated=True, least=0, most=1),
    Parameter("red_ratio", "红灯比例", "share", "完成率低于序时的百分之几亮红灯（亮灯方式为「比例」时）。", "60%", dated=True, least=0, most=1),
    Parameter("red_months", "未开工红灯月数", "count", "过了计划开工日期几个月仍未开工亮红灯。", "3", dated=True, least=0, most=60),
    Parameter("start_basis", "开工率口径", "choice", "开工率的分母：在建项目、全部项目，或应开工项目。", OF_BUILDING, choices=START_BASES, dated=True),
    Parameter("season_start", "施工期开始", "text", "有效施工期从哪天起，如「3月15日」。不讲施工期的地方留空。", example="3月15日"),
    Parameter("season_end", "施工期结束", "text", "有效施工期到哪天止，如「11月10日」。", example="11月10日"),
    Parameter("decimals", "小数位数", "count", "通报里金额和百分比都保留几位小数。", "2", least=0, most=6),
    Parameter("unit", "通报金额单位", "choice", "通报里用亿元还是万元。", "亿元", choices=("亿元", "万元")),
    Parameter("list_limit", "列举个数", "count", "达到序时的项目最多点几个名，其余写「等N项」。", "3", least=1, most=1000),
    Parameter("departments", "要素保障部门", "list", "用「、」隔开。", "发改、财政、住建、环保、自然资源"),
    Parameter("mechanisms", "协调机制", "list", "工作制度、办法的名称，用「、」隔开。空则不写。", "",
              example="《服务项目24小时直通车》、《企业吹哨、部门报到工作机制》"),
    Parameter("forecast", "预测", "flag", "未达到序时的项目是否写年底预计和月均需完成。", "否", choices=("是", "否")),
    Parameter("rankings", "排名栏目", "list", "通报里按什么排名：责任单位、行业、级别，可写几个。空则不排名。", ""),
    Parameter("ranking_least", "排名最少项数", "count", "少于几项的不参加排名。", "1", least=1, most=1000),
    Parameter("working", "计算过程", "flag", "生成时是否附「计算过程」表，写明每个数字的来历。", "否", choices=("是", "否")),
    Parameter("appendix", "附表", "flag", "通报后面是否附全部项目的进展情况表。", "是", choices=("是", "否")),
    Parameter("charts", "附图", "flag", "附表后面是否附完成情况图和投资进度曲线（只在 Word 文档里）。", "否", choices=("是", "否")),
    Parameter("line_pitch", "公文行距", "number", "磅，28 至 30。28.95 正好每页22行，再大每页21行。", "28.95", least=28, most=30),
    Parameter("title_font", "大标题字体", "text", "标题和附件标题，2号。电脑里没有这种字体时会被替换。", "方正小标宋简体"),
    Parameter("body_font", "正文字体", "text", "正文和三级以下标题，3号。", "仿宋_GB2312"),
    Parameter("heading1_font", "一级标题字体", "text", "「一、」这一级，3号。", "黑体"),
    Parameter("heading2_font", "二级标题字体", "text", "「（一）」这一级，3号。", "楷体_GB2312"),
    Parameter("digits_font", "数字字体", "text", "正文里的数字和字母，如 Times New Roman。空则与正文相同。", ""),
    Parameter("seal", "加盖印章", "flag", "是：成文日期右空四字，单位名称居中其上，留出盖章的地方。否：署名右空二字。", "是", choices=("是", "否")),
    Parameter("page_numbers", "编排页码", "flag", "页脚是否编「— 1 —」，单页在右，双页在左。", "是", choices=("是", "否")),
)

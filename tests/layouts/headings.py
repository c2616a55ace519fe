"""Layouts that differ in their headings: words, depth, period, basis, version, what stands around."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from layouts.columns import (
    DONE,
    PLAN,
    TOTAL,
    agency,
    cause,
    finish,
    level,
    money,
    name,
    nature,
    number,
    progress,
    start,
    text,
    usual,
)
from layouts.registry import layout
from layouts.sheets import Col, draw


@layout("表头用词", "最常见的一种：序号、级别、性质、1-9月累计完成投资")
def plain_words(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, DONE), above=["2021年重点工程进展情况表"])


@layout("表头用词", "今年计划投资、本年完成投资、牵头单位、工作进展、滞后原因及困难")
def other_words(book: Workbook) -> None:
    draw(
        book.active,
        [
            number("编号"),
            name("工程名称"),
            level("重点类别"),
            nature("项目性质"),
            agency("牵头单位"),
            money("项目总投资", "total"),
            money("今年计划投资", "plan"),
            money("本年完成投资", "done"),
            start("实际开工时间"),
            progress("工作进展"),
            cause("滞后原因及困难"),
        ],
    )


@layout("表头用词", "项目业主、牵头领导、建设规模及内容、建设年限等不需要的栏目夹在中间")
def many_columns(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(),
            name(),
            text("建设规模及内容", "新建厂房2万平方米"),
            text("建设年限", "2020-2022"),
            level(),
            nature(),
            text("项目业主", "某某公司"),
            agency(),
            text("牵头领导", "某某"),
            money("概算总投资", "total"),
            text("资金来源", "财政"),
            money("2021年度投资计划", "plan"),
            money("2021年1-9月完成投资", "done"),
            text("完成比例", "见附表"),
            start("开工日期"),
            text("联系人", "张某"),
            text("联系电话", "0356-1234567"),
            cause("存在的主要问题"),
        ],
    )


@layout("表头用词", "年度目标任务、年初至今完成")
def targets(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money("计划总投资", "total"),
            money("年度目标任务", "plan"),
            money("年初至今完成投资", "done"),
        ),
    )


@layout("表头用词", "换行、空格、全角字写在表头里")
def blanks(book: Workbook) -> None:
    draw(
        book.active,
        [
            number("序 号"),
            name("项 目\n名 称"),
            level("项目\n级别"),
            nature("建设　性质"),
            agency("责任\n单位"),
            money("总 投 资\n（万元）", "total"),
            money("年度\n计划\n投资", "plan"),
            money("１－９月\n累计完成\n投资", "done"),
            start("开工\n时间"),
            cause("存在\n问题"),
        ],
    )


@layout("表头用词", "看不见的字符（零宽空格等）夹在表头、编号和选项里")
def invisible(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(),
            name("项目\u200b名称"),
            level("项目级别\ufeff", "重点\u200b"),
            nature("建设\u00ad性质"),
            agency("\u2060责任单位"),
            money("总投\u200e资", "total"),
            money("年度计划\u200b投资", "plan"),
            money("1-9月\u200b累计完成投资", "done"),
            start("开工\u200b时间"),
            cause("存在问题\u200b"),
        ],
    )


@layout("表头用词", "栏目次序全部打乱")
def shuffled(book: Workbook) -> None:
    draw(
        book.active,
        [
            cause(),
            money("累计完成投资", "done"),
            start(),
            agency(),
            money("年度计划", "plan"),
            nature(),
            money("总投资额", "total"),
            level(),
            name(),
            number(),
        ],
    )


@layout("两期并列", "9月完成投资与1-9月累计完成投资并列，当月在前")
def month_first(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("9月完成投资", "month"), DONE))


@layout("两期并列", "累计在前，当月在后")
def month_after(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, DONE, money("9月当月完成投资", "month")))


@layout("两期并列", "本月完成、本年累计完成")
def this_month(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("本月完成", "month"), money("本年累计完成", "done")))


@layout("两期并列", "1-8月与1-9月并列")
def two_months(book: Workbook) -> None:
    draw(
        book.active,
        usual(TOTAL, PLAN, money("1-8月完成投资", "last"), money("1-9月完成投资", "done")),
    )


@layout("两期并列", "截至9月底在前，截至8月底在后")
def two_ends(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("截至9月底累计完成投资", "done"),
            money("截至8月底累计完成投资", "last"),
        ),
    )


@layout("两期并列", "上月累计、本月完成、本月累计")
def last_and_this(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("上月累计完成投资", "last"),
            money("本月完成投资", "month"),
            money("本月止累计完成投资", "done"),
        ),
    )


@layout("两期并列", "前三季度完成投资")
def quarters(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("前三季度完成投资", "done")))


@layout("两期并列", "三季度完成投资与1-9月累计并列")
def third_quarter(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("三季度完成投资", "month"), DONE))


@layout("两期并列", "只有1-8月，报告截至9月底", "asked")
def only_august(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("1-8月累计完成投资", "last")))


@layout("两期并列", "只有当月完成投资", "asked")
def only_month(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("9月当月完成投资", "month")))


@layout("口径并列", "自开工累计完成投资与2021年完成投资并列")
def since_start(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            money("自开工累计完成投资", "since_start"),
            money("2021年计划投资", "plan"),
            money("2021年完成投资", "done"),
        ),
    )


@layout("口径并列", "开工以来累计、今年以来累计")
def since_start_words(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("开工以来累计完成投资", "since_start"),
            money("今年以来累计完成投资", "done"),
        ),
    )


@layout("口径并列", "截至2020年底累计完成投资、2021年计划、2021年1-9月完成")
def earlier_years(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            money("截至2020年底累计完成投资", "earlier"),
            money("2021年计划投资", "plan"),
            money("2021年1-9月完成投资", "done"),
        ),
    )


@layout("版本并列", "年度计划投资（年初）、（调整后）")
def adjusted(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            money("年度计划投资（年初）", "first_plan"),
            money("年度计划投资（调整后）", "plan"),
            DONE,
        ),
    )


@layout("版本并列", "2021年计划投资：调整后在前，原计划在后")
def adjusted_first(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL, money("调整后年度计划投资", "plan"), money("原年度计划投资", "first_plan"), DONE
        ),
    )


@layout("多行表头", "年度投资：计划、完成（合并的两行）")
def two_rows(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL, money(("2021年投资", "计划"), "plan"), money(("2021年投资", "1-9月完成"), "done")
        ),
    )


@layout("多行表头", "两行表头没有合并，组名只在第一格")
def two_rows_unmerged(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            money(("年度投资完成情况", "年度计划"), "plan"),
            money(("年度投资完成情况", "当月完成"), "month"),
            money(("年度投资完成情况", "累计完成"), "done"),
        ),
        merged=False,
    )


@layout("多行表头", "三行表头：投资情况、2021年、计划/当月/累计")
def three_rows(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money(("投资情况（万元）", "总投资"), "total"),
            money(("投资情况（万元）", "2021年", "计划投资"), "plan"),
            money(("投资情况（万元）", "2021年", "9月当月完成"), "month"),
            money(("投资情况（万元）", "2021年", "1-9月累计完成"), "done"),
        ),
        above=["重点工程进展情况表"],
    )


@layout("多行表头", "2020年、2021年两组，下面栏目同名")
def two_years(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            text(("2020年", "计划投资"), 5000),
            text(("2020年", "完成投资"), 5000),
            money(("2021年", "计划投资"), "plan"),
            money(("2021年", "完成投资"), "done"),
        ),
    )


@layout("多行表头", "开竣工时间一组：计划开工、实际开工、计划竣工、实际竣工")
def dates_group(book: Workbook) -> None:
    draw(
        book.active,
        [
            number(),
            name(),
            level(),
            nature(),
            agency(),
            TOTAL,
            PLAN,
            DONE,
            Col(("开竣工时间", "计划开工"), lambda p: p.planned_start, "yyyy-mm-dd"),
            start(("开竣工时间", "实际开工")),
            Col(("开竣工时间", "计划竣工"), lambda p: p.planned_finish, "yyyy-mm-dd"),
            finish(("开竣工时间", "实际竣工")),
            cause(),
        ],
    )


@layout("多行表头", "总投资：合计、中央、地方")
def money_group(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            money(("总投资", "合计"), "total"),
            money(("总投资", "其中：中央"), "total", 0.25),
            money(("总投资", "地方"), "total", 0.75),
            PLAN,
            DONE,
        ),
    )


@layout("多行表头", "年度计划投资后面有「其中：政府投资」")
def of_which(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            money("其中：政府投资", "plan", 0.5),
            DONE,
            money("其中：政府投资", "done", 0.5),
        ),
    )


@layout("多行表头", "表头下面有甲乙丙、1、2、3的栏号行")
def numbered(book: Workbook) -> None:
    cols = usual(TOTAL, PLAN, DONE)
    draw(book.active, cols, numbers=["甲", "乙", "丙", "丁", "戊", *range(1, len(cols) - 4)])


@layout("多行表头", "栏号行全是数字，带括号")
def numbered_brackets(book: Workbook) -> None:
    cols = usual(TOTAL, PLAN, DONE)
    draw(book.active, cols, numbers=[f"（{at}）" for at in range(1, len(cols) + 1)])


@layout("多行表头", "逐月的当月完成数以日期为表头（显示9月），另有累计")
def date_headings(book: Workbook) -> None:
    months = [
        money(dt.date(2021, month, 1), "month", 1, 'm"月"')
        if month == 9
        else Col(dt.date(2021, month, 1), lambda p: round(p.last / 8, 4), 'm"月"')
        for month in range(1, 10)
    ]
    draw(book.active, usual(TOTAL, PLAN, *months, money("累计完成投资", "done")))


@layout("位置", "表从D8开始，上面有标题、文号、说明")
def far_corner(book: Workbook) -> None:
    sheet = book.active
    sheet["A1"], sheet["B2"] = "附件2", "2021年全县重点工程推进情况一览表"
    sheet["A4"] = "填报单位：县重点工程办公室    填报日期：2021年10月8日"
    draw(sheet, usual(TOTAL, PLAN, DONE), top=8, left=4)


@layout("位置", "表头在第35行，上面是长长的说明")
def low_heading(book: Workbook) -> None:
    sheet = book.active
    for at in range(1, 33):
        sheet.cell(at, 1, f"说明{at}：填表前请先阅读，总投资、年度计划投资均以批复为准。")
    draw(sheet, usual(TOTAL, PLAN, DONE), top=35)


@layout("位置", "表下面有单位（盖章）、填表人、数据来源、注")
def footers(book: Workbook) -> None:
    draw(
        book.active,
        usual(TOTAL, PLAN, DONE),
        below=[
            "单位（盖章）：县重点工程办公室",
            "填表人：张某    联系电话：0356-1234567",
            "经办人：李某  审核人：王某",
            "数据来源：各责任单位",
            "注：1.投资额含征地费用。",
            "2.竣工项目不再列入下月。",
        ],
    )


@layout("孪生栏目", "隐藏着一个同名的旧栏目")
def hidden_twin(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("1-9月累计完成投资", "last", hidden=True), DONE))


@layout("孪生栏目", "两个同名的「完成投资」，数不一样", "asked")
def twins(book: Workbook) -> None:
    draw(book.active, usual(TOTAL, PLAN, money("完成投资", "last"), money("完成投资", "done")))


@layout("孪生栏目", "投资完成率、占年度计划比例是百分数，不是投资")
def rates(book: Workbook) -> None:
    draw(
        book.active,
        usual(
            TOTAL,
            PLAN,
            Col("年度投资完成率", lambda p: p.rate, "0.00%"),
            DONE,
            Col("占总投资比例", lambda p: p.done / p.total, "0.00%"),
        ),
    )

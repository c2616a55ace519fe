"""使用说明: how to use the workbook, on one printed page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlplugin.builder.cells import put
from xlplugin.builder.printing import set_up_page
from xlplugin.builder.ribbon import GROUPS, TAB
from xlplugin.measure import height_of
from xlplugin.schema import (
    ANALYSIS,
    BULLETIN,
    GUIDE,
    LEDGER,
    MONTHLY_DONE,
    PARAMETERS,
    RESULTS,
    SELF_CHECK,
    SETTINGS,
    SHEETS,
    WORDING,
)

BUTTONS = {button.id: button.label for buttons in GROUPS.values() for button in buttons}
"""Labels of the ribbon's buttons: workbooks with macros have them, and those read this page, too."""

_WIDTHS = (19.0, 23.0, 58.0)
_LAST = len(_WIDTHS)
"""The page's three columns, in characters."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the page: what stands in its columns (the last one reaches to the page's edge), and how it looks."""

    texts: tuple[str, ...]
    looks: tuple[str, ...]
    link: str = ""
    """Title of the sheet that the first cell leads to."""


def write_guide(worksheet: Worksheet) -> None:
    """The whole page, top to bottom."""
    put(worksheet, 1, 1, f"重点项目进度通报　{GUIDE.title}", "表名")
    worksheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=_LAST)
    worksheet.row_dimensions[1].height = 36
    for row, line in enumerate(_page(), 2):
        _write_line(worksheet, row, line)
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        worksheet.column_dimensions[letter].width = width
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.tabSelected = True
    set_up_page(worksheet, landscape=False)
    worksheet.page_setup.fitToHeight = 1


def _page() -> Iterator[_Line]:
    yield from _section("一、每月怎么做", _routine())
    yield from _section("二、各张表", _sheets())
    yield from _section("三、怎么填", _rules())
    yield from _section("四、颜色的意思", _colours())
    yield from _section("五、命令和按钮", _commands())


def _section(title: str, lines: Iterator[_Line]) -> Iterator[_Line]:
    yield _Line((title,), ("小标题",))
    yield from lines


def _routine() -> Iterator[_Line]:
    as_of = next(parameter for parameter in PARAMETERS if parameter.key == "as_of")
    steps = (
        (
            f"改{as_of.title}",
            f"「{SETTINGS.title}」表",
            f"把「{as_of.title}」改成本月的截止日，如 2021-9-30。",
        ),
        (
            "更新台账",
            f"「{LEDGER.title}」表",
            f"更新「{LEDGER['done'].heading}」、开工竣工日期、进度和原因，保存。",
        ),
        (
            "生成通报",
            "命令窗口，或按钮",
            "关闭后输入 kp bulletin 本文件名，另存工作簿、Word 文档和文字稿，名称加「-通报」；"
            f"或点「{BUTTONS['KpBulletinButton']}」，写进本工作簿。",
        ),
        (
            "看检查结果",
            f"「{RESULTS.title}」表",
            "错误必须改正后再生成一次；提醒逐条核实，不是错的可以不改。",
        ),
        (
            "看通报",
            f"「{BULLETIN.title}」表，Word",
            f"核对文字，Word 文档可以印发；图表和亮灯在「{ANALYSIS.title}」表。",
        ),
        (
            "归档",
            "命令窗口，或按钮",
            f"定稿以后输入 kp archive 本文件名，或点「{BUTTONS['KpArchiveButton']}」。下个月的通报就会与本月比较。",
        ),
    )
    for number, (step, place, what) in enumerate(steps, 1):
        yield _Line((f"{number}. {step}", place, what), ("固定文字", "说明文字", "说明文字"))


def _sheets() -> Iterator[_Line]:
    for sheet in SHEETS:
        if sheet is not GUIDE:
            who = "由程序写出，不用填" if sheet.output else "填写"
            who = "可以修改" if sheet in (SETTINGS, WORDING) else who
            yield _Line(
                (sheet.title, who, sheet.help), ("链接", "居中", "说明文字"), link=sheet.title
            )


def _rules() -> Iterator[_Line]:
    required = "、".join(column.heading for column in LEDGER.columns if column.required)
    rules = (
        (
            "必有的栏目",
            f"标题为红字、带 * 的：{required}。其余栏目可以空着，也可以整栏删去、换次序，或另加自己的栏目。",
        ),
        ("金额", "一律以万元为单位，只填数字，不写「万元」，不写「—」；没有的留空。"),
        ("日期", "写成 2021-7-9 这样的日期，不写 2021.7.9。没有开工、没有竣工的留空。"),
        (
            "一行一个项目",
            f"不合并单元格，不在项目中间加小计、合计行。编号不重复，各表靠「{LEDGER['id'].heading}」对应。",
        ),
        ("不会填的栏目", "把鼠标停在标题上，会显示这一栏怎么填；有下拉箭头的从列表中选。"),
        (
            "参数和措辞",
            f"「{SETTINGS.title}」「{WORDING.title}」两表中淡黄色的格子可以改，灰色的不要改。措辞里花括号中的名称由程序填入。",
        ),
    )
    for name, text in rules:
        yield _Line((name, text), ("固定文字", "说明文字"))


def _colours() -> Iterator[_Line]:
    meanings = (
        ("绿", "绿", "达到序时进度，或已竣工。"),
        ("黄", "黄", "未达到序时进度；到了计划开工时间还没有开工。"),
        ("红", "红", f"落后较多，或逾期很久没有开工。界限在「{SETTINGS.title}」表里定。"),
        ("灰", "灰", "还没有到计划开工时间；没有年度计划，暂不评价。"),
        ("红字标题", "必填表头", "必须有的栏目。"),
        ("淡黄色格子", "填写文字", "可以修改的参数和措辞。"),
    )
    for name, look, meaning in meanings:
        yield _Line((name, meaning), (look, "说明文字"))


def _commands() -> Iterator[_Line]:
    commands = (
        ("kp check 文件名", "只检查，不生成通报。"),
        ("kp bulletin 文件名", "检查并生成通报。数据有错误时停下来，加 --force 可以照样生成。"),
        ("kp archive 文件名", f"把本月数字存进工作簿（「{MONTHLY_DONE.title}」等表）。"),
        (
            "kp explain 文件名",
            "查每个数字的来历；后面加「开工率」之类的名称或项目编号，只查这一个。",
        ),
        ("kp doctor", "按钮、函数不灵时，看这台电脑缺什么、怎么办。"),
        (
            f"选项卡「{TAB}」",
            f"只在带宏的工作簿（.xlsm）里，用 Excel 打开才有：{'、'.join(BUTTONS.values())}。",
        ),
        (
            "函数",
            f"也只在带宏的工作簿里：在格子里写公式，得到一个项目的完成率、亮灯等，用法见「{SELF_CHECK.title}」表。",
        ),
    )
    for command, what in commands:
        yield _Line((command, what), ("固定文字", "说明文字"))
    yield _Line(
        (
            "在「开始」菜单输入 cmd 打开命令窗口，先用 cd 进入工作簿所在的文件夹。kp --help 列出全部命令。",
        ),
        ("填表说明",),
    )


def _write_line(worksheet: Worksheet, row: int, line: _Line) -> None:
    heights = []
    for place, (text, look) in enumerate(zip(line.texts, line.looks, strict=True), 1):
        put(worksheet, row, place, text, look)
        width = sum(_WIDTHS[place - 1 :]) if place == len(line.texts) else _WIDTHS[place - 1]
        heights.append(height_of(text, width, 10) if len(line.texts) > 1 else 24.0)
    _widen_last(worksheet, row, line)
    if line.link:
        cell = worksheet.cell(row, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{line.link}'!A1")
    worksheet.row_dimensions[row].height = max(heights)


def _widen_last(worksheet: Worksheet, row: int, line: _Line) -> None:
    """The last text of a line reaches to the edge of the page, its frame too."""
    last = len(line.texts)
    if last < _LAST:
        for place in range(last + 1, _LAST + 1):
            put(worksheet, row, place, None, line.looks[-1])
        worksheet.merge_cells(start_row=row, end_row=row, start_column=last, end_column=_LAST)

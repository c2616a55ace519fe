"""A ledger workbook with all that offices put into one: XlsxWriter's best, and parts that only Excel writes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import xlsxwriter
import xlwings
from hosts.small import KIND, MAIN, OFFICE, PACKAGE, Parts, load, save
from PIL import Image

HEADINGS = (
    "项目编号",
    "项目名称",
    "镇街",
    "年度计划投资",
    "累计完成投资",
    "完成率",
    "开工日期",
    "形象进度",
    "预警",
)
TOWNS = ("城关镇", "东关乡", "西河镇", "北山镇")
COUNT = 12
FIRST, LAST = 4, 3 + COUNT
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MICROSOFT = "http://schemas.microsoft.com/office"


def rich(path: Path) -> Path:
    """Write the workbook; with macros where the path ends in .xlsm."""
    macro = path.suffix == ".xlsm"
    _base(path, macro)
    content = load(path)
    _enrich(content)
    return save(path, content)


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(stream, "PNG")
    return stream.getvalue()


def _base(path: Path, macro: bool) -> None:
    with xlsxwriter.Workbook(path) as book:
        if macro:
            quickstart = Path(xlwings.__file__).parent / "quickstart.xlsm"
            project = io.BytesIO(zipfile.ZipFile(quickstart).read("xl/vbaProject.bin"))
            book.add_vba_project(project, True)
        names = ("台账", "通报", "图表", "透视", "参数", "受保护", "深藏")
        sheets = {name: book.add_worksheet(name) for name in names}
        _ledger(book, sheets["台账"])
        _bulletin(book, sheets["通报"])
        _charts(book, sheets["图表"])
        for row, town in enumerate(TOWNS):
            sheets["参数"].write(row, 0, town)
        sheets["参数"].hide()
        sheets["深藏"].very_hidden()
        sheets["深藏"].write("A1", 1)
        sheets["透视"].write_row("A1", ["行标签", "求和项:年度计划投资"])
        sheets["受保护"].protect("secret", {"sort": True})
        sheets["受保护"].write_formula("A2", "=COUNTA(参数!A1:A4)", None, 4)
        sheets["受保护"].set_row(4, None, None, {"level": 1, "hidden": 1})
        page = book.add_chartsheet("图页")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": f"=台账!$D${FIRST}:$D${LAST}"})
        page.set_chart(chart)
        book.define_name("镇街表", "=参数!$A$1:$A$4")
        book.define_name("通报!局部名", "=通报!$A$3")


def _ledger(book: xlsxwriter.Workbook, sheet) -> None:
    money, share = (
        book.add_format({"num_format": "#,##0.00", "border": 1}),
        book.add_format({"num_format": "0.0%"}),
    )
    date, red = (
        book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
        book.add_format({"color": "red", "bold": 1}),
    )
    title = book.add_format({"bold": 1, "font_size": 18, "align": "center"})
    sheet.merge_range(0, 0, 0, 8, "重点建设项目台账", title)
    sheet.write_rich_string(1, 0, "单位：", red, "万元", "（截至 9 月底）")
    sheet.add_table(
        2, 0, LAST - 1, 8, {"name": "tblLedger", "columns": [{"header": each} for each in HEADINGS]}
    )
    for at in range(COUNT):
        row, plan, done = FIRST - 1 + at, 1000.5 + at, 400.25 * (at % 3)
        sheet.write(row, 0, f"ZD{at + 1:03d}")
        sheet.write(row, 1, f"第 {at + 1} 号 & <测试>")
        sheet.write(row, 2, TOWNS[at % 4])
        sheet.write(row, 3, plan, money)
        sheet.write(row, 4, done, money)
        ratio = "=tblLedger[[#This Row],[累计完成投资]]/tblLedger[[#This Row],[年度计划投资]]"
        sheet.write_formula(row, 5, ratio, share, done / plan)
        sheet.write_datetime(row, 6, dt.date(2021, 1 + at, 1 + at), date)
        sheet.write(row, 7, "主体施工")
        sheet.write_blank(row, 8, None, red)
    last = LAST - 1
    sheet.conditional_format(
        3, 3, last, 3, {"type": "data_bar", "data_bar_2010": True, "bar_solid": True}
    )
    sheet.conditional_format(3, 5, last, 5, {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.conditional_format(
        3, 0, last, 8, {"type": "formula", "criteria": "=$F4<0.3", "format": red}
    )
    sheet.data_validation(3, 2, last, 2, {"validate": "list", "source": "=镇街表"})
    sheet.write_comment("B4", "核实总投资", {"author": "李四"})
    sheet.write_url("B6", "https://example.gov.cn/p?id=6", string="链接项目")
    sheet.freeze_panes(3, 2)
    sheet.print_area(0, 0, last, 8)
    sheet.repeat_rows(0, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_footer("&R第 &P 页 共 &N 页")


def _bulletin(book: xlsxwriter.Workbook, sheet) -> None:
    wrapped = book.add_format({"text_wrap": 1, "border": 1})
    sheet.merge_range("A1:G1", "重点项目推进情况通报", wrapped)
    sheet.merge_range("A2:G2", "（占位）", wrapped)
    sheet.set_row(1, 60)
    sheet.write_formula("A25", '=COUNTIF(台账!I4:I15,"红")', None, 0)
    sheet.write_formula("B25", "=SUM(tblLedger[累计完成投资])", None, 4803.0)


def _charts(book: xlsxwriter.Workbook, sheet) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "完成",
            "categories": f"=台账!$B${FIRST}:$B${LAST}",
            "values": f"=台账!$E${FIRST}:$E${LAST}",
            "trendline": {"type": "linear"},
        }
    )
    sheet.insert_chart("B2", chart, {"description": "替代文字"})
    sheet.insert_image(
        "J20", "logo.png", {"image_data": io.BytesIO(picture()), "description": "县徽"}
    )
    sheet.insert_textbox("J25", "文本框：重点", {"fill": {"color": "#FFFF00"}})
    for row in range(4):
        sheet.add_sparkline(29 + row, 0, {"range": f"台账!D{4 + row}:F{4 + row}", "type": "column"})
    sheet.write_dynamic_array_formula("M30:M33", "=_xlfn.UNIQUE(台账!C4:C15)", None, "城关镇")
    sheet.write_array_formula("N30:N32", "{=台账!D4:D6*2}", None, 2001)
    sheet.write_formula("P30", "=_xlfn.LET(_xlpm.x,5,_xlpm.x*2)", None, 10)


# -- parts that only Excel, WPS and their add-ins write


def _enrich(content: Parts) -> None:
    ledger = "xl/worksheets/sheet1.xml"
    _insert(
        content,
        ledger,
        "</extLst>",
        f'<ext xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{MICROSOFT}/excel/2006/main" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>参数!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>H4:H15</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext>",
    )
    content[ledger] = content[ledger].replace(b"<pageSetup ", b'<pageSetup r:id="rIdPrinter" ')
    _part(
        content,
        ledger,
        "rIdPrinter",
        OFFICE + "/printerSettings",
        "xl/printerSettings/printerSettings1.bin",
        bytes(range(256)) * 3,
        KIND + ".printerSettings",
    )
    threads = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    relations = f"{MICROSOFT}/2017/10/relationships"
    _part(
        content,
        "xl/workbook.xml",
        "rIdPerson",
        relations + "/person",
        "xl/persons/person.xml",
        f'<personList xmlns="{threads}"><person displayName="王五" id="{{11111111-1111-1111-1111-111111111111}}" '
        'userId="w" providerId="None"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    _part(
        content,
        ledger,
        "rIdThread",
        relations + "/threadedComment",
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{threads}"><threadedComment ref="B4" dT="2021-09-01T00:00:00.00" '
        'personId="{11111111-1111-1111-1111-111111111111}" id="{22222222-2222-2222-2222-222222222222}">'
        "<text>线程批注</text></threadedComment></ThreadedComments>",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    _part(
        content,
        "xl/workbook.xml",
        "rIdCustom",
        OFFICE + "/customXml",
        "customXml/item1.xml",
        '<root xmlns="urn:kp">重点项目</root>',
        "",
    )
    _part(
        content,
        "",
        "rIdRibbon",
        f"{MICROSOFT}/2007/relationships/ui/extensibility",
        "customUI/customUI14.xml",
        f'<customUI xmlns="{MICROSOFT}/2009/07/customui"><ribbon><tabs><tab id="kp" label="重点项目"/></tabs></ribbon>'
        "</customUI>",
        "",
    )
    _part(
        content,
        "xl/workbook.xml",
        "rIdLink",
        OFFICE + "/externalLink",
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>',
        KIND + ".externalLink+xml",
    )
    _relate(
        content,
        "xl/externalLinks/externalLink1.xml",
        "rId1",
        OFFICE + "/externalLinkPath",
        "file:///D:/年初.xlsx",
        external=True,
    )
    _insert(
        content,
        "xl/workbook.xml",
        "<definedNames>",
        '<externalReferences><externalReference r:id="rIdLink"/></externalReferences>',
        before=True,
    )
    _pivot(content)
    _calculation_chain(content)


def _pivot(content: Parts) -> None:
    fields = "".join(
        f'<cacheField name="{each}" numFmtId="0"><sharedItems/></cacheField>' for each in HEADINGS
    )
    _part(
        content,
        "xl/workbook.xml",
        "rIdPivot",
        OFFICE + "/pivotCacheDefinition",
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{MAIN}" refreshedBy="kp" refreshedVersion="6"><cacheSource type="worksheet">'
        f'<worksheetSource name="tblLedger"/></cacheSource><cacheFields count="{len(HEADINGS)}">{fields}</cacheFields>'
        "</pivotCacheDefinition>",
        KIND + ".pivotCacheDefinition+xml",
    )
    workbook = content["xl/workbook.xml"].decode().replace(' fullCalcOnLoad="1"', "")
    workbook = re.sub(
        r"<calcPr [^>]*/>",
        r'\g<0><pivotCaches><pivotCache cacheId="1" r:id="rIdPivot"/></pivotCaches>',
        workbook,
    )
    content["xl/workbook.xml"] = workbook.encode()


def _calculation_chain(content: Parts) -> None:
    cells = "".join(
        f'<c r="{found}" i="{number}"/>'
        for number in range(1, 8)
        for found in re.findall(
            r'<c r="([A-Z]+\d+)"[^>]*><f', content[f"xl/worksheets/sheet{number}.xml"].decode()
        )
    )
    _part(
        content,
        "xl/workbook.xml",
        "rIdChain",
        OFFICE + "/calcChain",
        "xl/calcChain.xml",
        f'<calcChain xmlns="{MAIN}">{cells}</calcChain>',
        KIND + ".calcChain+xml",
    )


def _part(
    content: Parts, owner: str, rid: str, relation: str, name: str, data: str | bytes, kind: str
) -> None:
    content[name] = data if isinstance(data, bytes) else (HEAD + data).encode()
    if kind:
        _insert(
            content,
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/{name}" ContentType="{kind}"/>',
            before=True,
        )
    _relate(content, owner, rid, relation, "/" + name)


def _relate(
    content: Parts, owner: str, rid: str, relation: str, target: str, *, external: bool = False
) -> None:
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    content.setdefault(
        rels, f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode()
    )
    mode = ' TargetMode="External"' if external else ""
    entry = f'<Relationship Id="{rid}" Type="{relation}" Target="{target}"{mode}/>'
    _insert(content, rels, "</Relationships>", entry, before=True)


def _insert(content: Parts, name: str, mark: str, new: str, *, before: bool = True) -> None:
    text = content[name].decode()
    assert mark in text, (name, mark)
    content[name] = text.replace(mark, new + mark if before else mark + new, 1).encode()

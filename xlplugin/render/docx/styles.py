"""The styles of the official document (GB/T 9704-2012, 7): every font, size, indent and distance there is, once.

Fonts are named in all four faces and never through a theme, since WPS reports those as missing; lengths are in the
document's own units (half-points, twips, hundredths of a character).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlplugin.measure import width
from xlplugin.render.docx.page import BODY_POINTS, CHARACTER, CLOSER, PORTRAIT, TWIPS, twips
from xlplugin.render.docx.wordml import escaped, root
from xlplugin.settings import TITLES, Settings

SONG = "宋体"
"""The page number's font (7.5), the same in every office."""

STAND_INS = {
    "方正小标宋简体": SONG,
    "方正小标宋_GBK": SONG,
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
}
"""What Windows itself has where an office's font is missing."""

TABLE_POINTS, TABLE_PITCH = 10.5, 15
"""Size 5 (五号), and the height of a line in a table."""


COLOPHON_POINTS = 14
"""Size 4 (四号)."""

RED, LARGEST, SMALLEST = "FF0000", 42, 26
"""The letterhead: as large as one line of it allows, between size 1 and size 初 (一号, 初号)."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style; `font` is a font's parameter or its name, distances are in lines and characters."""

    id: str
    name: str
    font: str = "body_font"
    points: float = BODY_POINTS
    align: str = "both"
    first: float = 0
    """First line's indent."""
    before: float = 0
    right: float = 0
    left: float = 0
    outline: int | None = None
    keep_next: bool = False
    pitch: float | None = None
    """A line's own height in points; 0: as high as what stands in it. None: the document's line pitch."""
    colour: str = ""


STYLES = (
    ParagraphStyle("Title", "Title", "title_font", 22, "center", keep_next=True),
    ParagraphStyle("Number", "公文文号", align="center", keep_next=True),
    ParagraphStyle("Addressee", "主送机关", align="left", before=1, keep_next=True),
    ParagraphStyle("Heading1", "heading 1", "heading1_font", first=2, outline=0, keep_next=True),
    ParagraphStyle("Heading2", "heading 2", "heading2_font", first=2, outline=1, keep_next=True),
    ParagraphStyle("Heading3", "heading 3", first=2, outline=2, keep_next=True),
    ParagraphStyle("Heading4", "heading 4", first=2, outline=3, keep_next=True),
    ParagraphStyle("Body", "公文正文", first=2),
    ParagraphStyle("Note", "附件说明", before=1, keep_next=True),
    ParagraphStyle("Office", "发文机关署名", keep_next=True),
    ParagraphStyle("Date", "成文日期"),
    ParagraphStyle("Label", "附件标识", "黑体", align="left", keep_next=True),
    ParagraphStyle("Caption", "表题", "heading1_font", align="center", keep_next=True),
    ParagraphStyle("TableTitle", "附件标题", "title_font", 22, "center", before=1, keep_next=True),
    ParagraphStyle(
        "TableUnit", "表格单位", points=TABLE_POINTS, align="right", pitch=20, keep_next=True
    ),
    ParagraphStyle("TableHead", "表头文字", "黑体", TABLE_POINTS, "center", pitch=TABLE_PITCH),
    ParagraphStyle(
        "TableGroup",
        "表格分组",
        "heading2_font",
        TABLE_POINTS,
        "left",
        pitch=TABLE_PITCH,
        keep_next=True,
    ),
    ParagraphStyle("TableText", "表格文字", points=TABLE_POINTS, align="left", pitch=TABLE_PITCH),
    ParagraphStyle("Break", "表后", points=1, align="left", pitch=1),
    ParagraphStyle("Picture", "插图", align="center", pitch=0),
    ParagraphStyle("Colophon", "版记", points=COLOPHON_POINTS, align="left"),
    ParagraphStyle("OddFooter", "单页页码", SONG, 14, "right", right=1, pitch=20),
    ParagraphStyle("EvenFooter", "双页页码", SONG, 14, "left", left=1, pitch=20),
)
"""Every style of ours; `Normal` is the body's font and grid."""

HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")


def styles(settings: Settings) -> tuple[ParagraphStyle, ...]:
    """Every style of this document."""
    if not settings.letterhead:
        return STYLES
    points = letterhead_points(settings.letterhead)
    head = ParagraphStyle(
        "Letterhead",
        TITLES["letterhead"],
        "title_font",
        points,
        "center",
        pitch=points * 1.2,
        colour=RED,
    )
    return (*STYLES, head)


def letterhead_points(office: str) -> float:
    """How large the letterhead is printed."""
    longest = max(map(width, office.splitlines()), default=1.0)
    return max(SMALLEST, min(LARGEST, int(2 * PORTRAIT.text_width / TWIPS / longest) / 2))


def line_pitch(settings: Settings) -> int:
    """The document's line pitch in twips."""
    return twips(settings.line_pitch)


def fonts(settings: Settings) -> tuple[str, ...]:
    """Every font that the document names, each once."""
    named = [_font(style.font, settings) for style in styles(settings)] + (
        [settings.digits_font] if settings.digits_font else []
    )
    return tuple(dict.fromkeys(named))


def styles_xml(settings: Settings) -> str:
    """word/styles.xml."""
    return root(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_run('body_font', BODY_POINTS, settings)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_OFF_GRID}<w:spacing w:before="0" w:after="0" w:line="{line_pitch(settings)}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f"<w:rPr>{_run('body_font', BODY_POINTS, settings)}</w:rPr></w:style>"
        f"{''.join(_style(style, settings) for style in styles(settings))}{_TABLE}",
    )


def fonts_xml(settings: Settings) -> str:
    """word/fontTable.xml: each font with its stand-in."""
    entries = "".join(
        f'<w:font w:name="{escaped(name)}">'
        + (f'<w:altName w:val="{STAND_INS[name]}"/>' if name in STAND_INS else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for name in fonts(settings)
    )
    return root("fonts", entries)


def _font(font: str, settings: Settings) -> str:
    return str(getattr(settings, font, font))


def _run(font: str, points: float, settings: Settings, colour: str = "") -> str:
    chinese = escaped(_font(font, settings))
    digits = (
        escaped(settings.digits_font) if settings.digits_font and font == "body_font" else chinese
    )
    coloured = f'<w:color w:val="{colour}"/>' if colour else ""
    return (
        f'<w:rFonts w:ascii="{digits}" w:hAnsi="{digits}" w:eastAsia="{chinese}" w:cs="{digits}"/>'
        f'{_OFF_GRID}{coloured}<w:spacing w:val="{CLOSER if points == BODY_POINTS else 0}"/><w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'
    )


def _style(style: ParagraphStyle, settings: Settings) -> str:
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"{custom}><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if style.keep_next else ""}'
        f'{_layout(style, settings)}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_run(style.font, style.points, settings, style.colour)}</w:rPr></w:style>"
    )


def _layout(style: ParagraphStyle, settings: Settings) -> str:
    """Distance, line height and indents, in the schema's order."""
    spacing, pitch = [], line_pitch(settings)
    if style.before:
        spacing.append(
            f'w:beforeLines="{int(style.before * 100)}" w:before="{int(style.before * pitch)}"'
        )
    if style.pitch is not None:
        rule = "exact" if style.pitch else "auto"
        spacing.append(f'w:line="{twips(style.pitch) or 240}" w:lineRule="{rule}"')
    character = CHARACTER if style.pitch is None else twips(style.points)
    indents = [
        f'w:{side}Chars="{int(n * 100)}" w:{side}="{int(n * character)}"'
        for side, n in (("left", style.left), ("right", style.right), ("firstLine", style.first))
        if n
    ]
    return _element("spacing", spacing) + _element("ind", indents)


def _element(tag: str, attributes: Sequence[str]) -> str:
    return f"<w:{tag} {' '.join(attributes)}/>" if attributes else ""


_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid" w:customStyle="1"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for size, sides in ((8, ("top", "left", "bottom", "right")), (4, ("insideH", "insideV")))
        for side in sides
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

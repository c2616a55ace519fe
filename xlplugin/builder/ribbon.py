"""The ribbon's tab 重点工程: one button a macro. The 2006 namespace is the one that Excel 2007 and all later ones read."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from xlplugin.schema import ADOPTED, ANALYSIS, BULLETIN, MONTHLY_DONE, RESULTS

PART = "customUI/customUI.xml"
NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
TAB = "重点工程"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its id, label, English name, tool-tip, built-in icon, and the VBA callback it calls."""

    id: str
    label: str
    english: str
    tip: str
    icon: str
    callback: str
    large: bool = False


GROUPS: dict[str, tuple[Button, ...]] = {
    "通报": (
        Button(
            "KpBulletinButton",
            "生成通报",
            "Generate bulletin",
            f"检查台账，把{BULLETIN.title}、{ANALYSIS.title}和{RESULTS.title}写进本工作簿。台账有错误时不写，只列出错误。",
            "CreateReport",
            "KpOnBulletin",
            large=True,
        ),
        Button(
            "KpCheckButton",
            "检查台账",
            "Check ledger",
            f"只检查，不生成通报。结果写在「{RESULTS.title}」表，点单元格可以跳到出错的地方。",
            "Spelling",
            "KpOnCheck",
            large=True,
        ),
        Button(
            "KpRefreshButton",
            "刷新亮灯",
            "Refresh lights",
            f"按现在的台账重写「{ANALYSIS.title}」：完成率、序时、差距、亮灯和图表。",
            "RefreshAll",
            "KpOnRefresh",
            large=True,
        ),
    ),
    "台账": (
        Button(
            "KpAdoptButton",
            "认表",
            "Adopt ledger",
            f"把程序对台账的读法写进「{ADOPTED.title}」，读得不对的可以改，要问的在那里答；以后每月照它读。",
            "ReviewTrackChanges",
            "KpOnAdopt",
        ),
    ),
    "输出": (
        Button(
            "KpWordButton",
            "导出Word",
            "Export to Word",
            "把通报另存为 Word 文档，放在本工作簿所在的文件夹。",
            "ExportWord",
            "KpOnWord",
        ),
        Button(
            "KpArchiveButton",
            "归档本月",
            "Archive month",
            f"通报定稿以后，把本月数字存进「{MONTHLY_DONE.title}」，供下月比较。",
            "FileSave",
            "KpOnArchive",
        ),
    ),
    "帮助": (
        Button(
            "KpDoctorButton",
            "环境检查",
            "Check installation",
            "看 Python、xlwings 和 Excel 是否配合，有问题的说怎么办。",
            "Help",
            "KpOnDoctor",
        ),
    ),
}


def ribbon() -> bytes:
    """The tab as customUI XML."""
    groups = "".join(
        _group(number, label, buttons) for number, (label, buttons) in enumerate(GROUPS.items(), 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<customUI xmlns="{NAMESPACE}"><ribbon><tabs>'
        f'<tab id="KpTab" label={quoteattr(TAB)} insertAfterMso="TabHome">{groups}</tab></tabs></ribbon></customUI>'
    ).encode()


def _group(number: int, label: str, buttons: tuple[Button, ...]) -> str:
    return f'<group id="KpGroup{number}" label={quoteattr(label)}>{"".join(map(_button, buttons))}</group>'


def _button(button: Button) -> str:
    size = "large" if button.large else "normal"
    return (
        f'<button id="{button.id}" label={quoteattr(button.label)} size="{size}" imageMso="{button.icon}" '
        f"screentip={quoteattr(f'{button.label} {button.english}')} supertip={quoteattr(button.tip)} "
        f'onAction="{button.callback}"/>'
    )


def with_relationship(rels: str) -> str:
    """The package's relationships with the ribbon's added, under an id of its own."""
    added = f'<Relationship Id="rIdKpRibbon" Type="{RELATIONSHIP}" Target="{PART}"/>'
    return rels.replace("</Relationships>", f"{added}</Relationships>", 1)

"""`重点工程.oxt`: the KP_ functions and the buttons for LibreOffice, from the registry that Excel's are made of.

What runs there is `bundle/office`; around it stand the files by which LibreOffice learns what the extension has.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xlplugin import __version__, files
from xlplugin.builder.ribbon import GROUPS, TAB
from xlplugin.builder.texts import TEXTS
from xlplugin.builder.wrappers import INPUTS, defined_name
from xlplugin.errors import UserError
from xlplugin.functions import FUNCTIONS, Function
from xlplugin.schema import SHEETS

ID = "cn.kp.office"
"""The extension's name, and the beginning of all names in it."""
CODE = "pythonpath/kp_office"
_DATE = (2021, 1, 1, 0, 0, 0)
_COMPONENT = """\
from kp_office.faces import registered

g_ImplementationHelper = registered()
"""
_MANIFEST = {
    "types.idl": "uno-typelibrary;type=RDB",
    "CalcAddIns.xcu": "configuration-data",
    "Addons.xcu": "configuration-data",
    "ProtocolHandler.xcu": "configuration-data",
    "Jobs.xcu": "configuration-data",
    "kp.py": "uno-component;type=Python",
}
"""The extension's parts by kind, in the order in which LibreOffice takes them in."""


def extension(output: Path) -> Iterator[str]:
    """Build the extension at `output`, for the Python that runs this. Yields what was done; raises UserError."""
    if output.suffix.lower() != ".oxt":
        raise UserError(f"{output} 应以 .oxt 结尾。请改名再试。")
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts(sys.executable).items():
            member = zipfile.ZipInfo(name, _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, text.encode())
    files.write([files.Output(output, done.getvalue())])
    yield f"已写出 {output}，用的是这台电脑的 {sys.executable}。"
    yield f"请双击它装进 LibreOffice（或运行 unopkg add -f {output.name}），重新打开 LibreOffice，表格的菜单里就有「{TAB}」。"


def parts(python: str) -> dict[str, str]:
    """The extension's files by name; `python` is the interpreter that will answer."""
    office = resources("xlplugin.bundle") / "office"
    code = {
        f"{CODE}/{each.name}": each.read_text(encoding="utf-8")
        for each in office.iterdir()
        if each.name.endswith(".py")
    }
    return {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "types.idl": _types(),
        "CalcAddIns.xcu": _functions(),
        "Addons.xcu": _menu(),
        "ProtocolHandler.xcu": _xcu(
            "ProtocolHandler",
            _node("HandlerSet", _node(f"{ID}.Menu", _prop("Protocols", f"{ID}:*"), new=True)),
        ),
        "Jobs.xcu": _xcu("Jobs", _started()),
        "kp.py": _COMPONENT,
        **dict(sorted(code.items())),
        f"{CODE}/desk.json": json.dumps(_desk(python), ensure_ascii=False, indent=1),
    }


def _desk(python: str) -> dict[str, object]:
    """What the code inside must know: who answers, which sheets the functions read, what is offered."""
    inputs = {sheet.title for sheet in INPUTS}
    more = TEXTS["MORE"].split(",")
    return {
        "python": python,
        "menu": TAB,
        "inputs": [defined_name(sheet) for sheet in INPUTS],
        "more": more,
        "outputs": sorted({sheet.title for sheet in SHEETS} - inputs - {*more}),
        "functions": list(FUNCTIONS),
        "buttons": {key: label for key, label, _ in _buttons()},
    }


def _buttons() -> Iterator[tuple[str, str, str]]:
    """Key, label and tool-tip of each button of the ribbon."""
    for group in GROUPS.values():
        for button in group:
            yield button.callback.removeprefix("KpOn").lower(), button.label, button.tip


def _types() -> str:
    """The functions' signatures in UNO's own language: the document, the arguments, the ledger."""
    lines = (
        f"    any {function.name}([in] com::sun::star::beans::XPropertySet caller"
        + "".join(f", [in] any {argument.name}" for argument in function.arguments)
        + ");"
        for function in FUNCTIONS.values()
    )
    opened, closed = "module cn { module kp { module office {", "}; }; };"
    name = "interface XFunctions : com::sun::star::uno::XInterface {"
    return "\n".join([opened, name, *lines, "};", closed, ""])


def _functions() -> str:
    """Names, help, arguments and category, as the function wizard shows them; files of Excel know the same names."""
    declared = "".join(map(_function, FUNCTIONS.values()))
    return _xcu(
        "CalcAddIns",
        _node("AddInInfo", _node(f"{ID}.Functions", _node("AddInFunctions", declared), new=True)),
    )


def _function(function: Function) -> str:
    parameters = "".join(
        _node(
            argument.name,
            _text("DisplayName", argument.label) + _text("Description", argument.help),
            new=True,
        )
        for argument in function.arguments
    )
    return _node(
        function.name,
        _text("DisplayName", function.name)
        + _text("Description", function.help)
        + _prop("Category", "Add-In")
        + _text("CategoryDisplayName", TAB)
        + _text("CompatibilityName", function.name)
        + _node("Parameters", parameters),
        new=True,
    )


def _menu() -> str:
    buttons = "".join(
        _node(
            f"m{number}",
            _prop("URL", f"{ID}:{key}") + _text("Title", label) + _prop("Target", "_self"),
            new=True,
        )
        for number, (key, label, _) in enumerate(_buttons(), 1)
    )
    menu = (
        _text("Title", TAB)
        + _prop("Context", "com.sun.star.sheet.SpreadsheetDocument")
        + _node("Submenu", buttons)
    )
    return _xcu(
        "Addons", _node("AddonUI", _node("OfficeMenuBar", _node(f"{ID}.menu", menu, new=True)))
    )


def _started() -> str:
    """The job that hears of LibreOffice's start."""
    name = f"{ID}.Started"
    event = _node("OnStartApp", _node("JobList", _node(name, "", new=True)), op="fuse")
    return _node("Jobs", _node(name, _prop("Service", name), new=True)) + _node("Events", event)


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="application/vnd.sun.star.{kind}"/>'
        for name, kind in _MANIFEST.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{entries}</manifest:manifest>'
    )


def _description() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006">'
        f'<identifier value="{ID}"/><version value="{__version__}"/>'
        f'<display-name><name lang="en">{TAB}</name></display-name></description>'
    )


def _xcu(name: str, content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'oor:name="{name}" oor:package="org.openoffice.Office">{content}</oor:component-data>'
    )


def _node(name: str, content: str, *, new: bool = False, op: str = "") -> str:
    op = "replace" if new else op
    return f"<node oor:name={quoteattr(name)}{f' oor:op={quoteattr(op)}' if op else ''}>{content}</node>"


def _prop(name: str, value: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(value)}</value></prop>'


def _text(name: str, value: str) -> str:
    """A text that LibreOffice looks up by its own language: English is what it falls back on."""
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(value)}</value></prop>'

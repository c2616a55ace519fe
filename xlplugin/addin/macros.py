"""The ribbon's buttons, as VBA calls them: `XLPython.CallUDF("xlplugin.addin.macros", "kp_macro", Array(key), ThisWorkbook)`.

Returns the closing message, or "ERR:" and one sentence. xlwings hands ThisWorkbook over as `xw.Book.caller()`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from xlplugin.errors import UserError
from xlplugin.log import record_bug

if TYPE_CHECKING:
    import xlwings as xw

FAILURE = "ERR:"
"""Before the sentence where something could not be done."""


def perform(key: object, open_book: Callable[[], xw.Book] | None = None) -> str:
    """Press a button over the calling workbook; never raises, and leaves a workbook as it was where something fails."""
    try:
        import xlwings as xw

        book = (open_book or xw.Book.caller)()
        return _doctor(book) if key == "doctor" else _press(str(key), book)
    except UserError as error:
        return f"{FAILURE}{error}"
    except Exception:
        return f"{FAILURE}程序出了意外，没有改动工作簿。详情已记入 {record_bug()}，请把它发给维护人员。"


def _press(key: str, book: xw.Book) -> str:
    from xlplugin.buttons import press
    from xlplugin.hosts.excel import ExcelBook

    host = ExcelBook(book)
    with host.quiet(), host.together():
        closing = press(key, host, lambda: _place(book))
    return closing.text if closing.done else FAILURE + closing.text


def _place(book: xw.Book) -> Path:
    """Where a workbook lies on the disk. Raises UserError where Excel knows it by an address only (OneDrive, SharePoint)."""
    try:
        return Path(book.fullname)
    except Exception:  # xlwings' own, and, for some addresses, a slip of its own
        raise UserError(
            "工作簿在网上（OneDrive 或 SharePoint），不知道 Word 文档写到哪里。"
            "请用「另存为」存到本机的普通文件夹，再点一次；其他按钮可以照常用。"
        ) from None


def _doctor(book: xw.Book) -> str:
    from xlplugin.desk import doctor, machine

    found = doctor.diagnoses(machine.examine(*machine.open_book(book)))
    text = doctor.report(found)
    return FAILURE + text if any(diagnosis.stops for diagnosis in found) else text


def _macro() -> Callable[..., object]:
    """`kp_macro(key)` as xlwings describes its functions."""
    from xlwings import udfs

    def kp_macro(key):  # type: ignore[no-untyped-def]  # xlwings takes annotations for converters
        """按下功能区的一个按钮。"""
        return [[perform(key)]]

    described: Callable[..., object] = udfs.xlret("raw")(
        udfs.xlarg("key", "raw")(udfs.xlfunc(kp_macro))
    )
    return described


def __getattr__(name: str) -> Callable[..., object]:
    """xlwings looks its function up here; on machines without Excel nothing of xlwings' server is imported before."""
    if name == "kp_macro":
        globals()[name] = _macro()
        found: Callable[..., object] = globals()[name]
        return found
    raise AttributeError(name)

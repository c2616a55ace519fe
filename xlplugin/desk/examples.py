"""Made-up desks for the manual: each has one thing wrong, so that every diagnosis of `kp doctor` is shown and explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

from xlplugin.desk.doctor import CHECKS, NO_WIN32, DeskBook, Diagnosis, Machine

_HERE, _OLD = version("xlwings"), "0.33.1"
_PYTHON = r"C:\kp\Scripts\python.exe"
_BOOK = r"D:\台账\重点工程台账.xlsm"

WELL = Machine(
    system="Windows",
    python="3.12.4",
    bits=64,
    interpreter=_PYTHON,
    packages={"xlwings": _HERE},
    wanted={"xlwings": f"=={_HERE}"},
    dlls=(f"xlwings32-{_HERE}.dll", f"xlwings64-{_HERE}.dll"),
    excel=r"C:\Program Files\Microsoft Office\EXCEL.EXE",
    excel_bits=64,
    temp=r"C:\Temp",
    config={"INTERPRETER_WIN": _PYTHON},
    fonts=frozenset({"方正小标宋简体", "仿宋", "楷体", "黑体"}),
    book=DeskBook(_BOOK, _HERE),
)
"""A desk with nothing to find."""

DESKS = (
    replace(WELL, python="3.9.13"),
    replace(WELL, bits=32),
    replace(
        WELL,
        interpreter=r"C:\Program Files\WindowsApps\python.exe",
        config={"INTERPRETER_WIN": r"C:\Program Files\WindowsApps\python.exe"},
    ),
    replace(WELL, private=False),
    replace(WELL, wanted={"xlwings": f"=={_HERE}", "pandas": ">=2.2"}),
    replace(WELL, packages={"xlwings": _OLD}, dlls=(f"xlwings64-{_OLD}.dll",), book=None),
    replace(WELL, dlls=()),
    replace(WELL, excel=r"C:\Kingsoft\WPS Office\et.exe"),
    replace(WELL, excel=r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop\EXCEL.EXE"),
    replace(WELL, excel=""),
    replace(WELL, child="拒绝访问"),
    replace(WELL, policies=("AppLocker",)),
    replace(WELL, policies=(NO_WIN32,)),
    replace(WELL, guards=("360 安全卫士",)),
    replace(WELL, temp_error="拒绝访问"),
    replace(WELL, config_broken=True),
    replace(WELL, interpreter_lost=True),
    replace(WELL, config={"INTERPRETER_WIN": r"D:\Python312\python.exe"}),
    replace(WELL, config={}),
    replace(WELL, book=DeskBook(_BOOK, _OLD)),
    replace(WELL, book=DeskBook(_BOOK, _HERE, {"INTERPRETER_WIN": ""})),
    replace(WELL, book=DeskBook(r"C:\Users\wang\OneDrive\重点工程台账.xlsm", _HERE)),
    replace(WELL, fonts=frozenset({"黑体"})),
)


def every_diagnosis() -> Iterator[Diagnosis]:
    """What the doctor can find, check by check, each once."""
    for check in CHECKS:
        said = set()
        for desk in DESKS:
            for diagnosis in check(desk):
                if diagnosis.meaning not in said:
                    said.add(diagnosis.meaning)
                    yield diagnosis

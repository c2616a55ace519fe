"""The doctor: what a machine shows, and what it says about it. What only Windows shows is made up."""

from __future__ import annotations

import dataclasses
import errno
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from xlplugin.cli import main
from xlplugin.desk import doctor, machine, windows, xlwings_conf
from xlplugin.desk.doctor import NO_WIN32, DeskBook, Machine, diagnoses, report

PYTHON = r"C:\kp\venv\Scripts\python.exe"
WELL = Machine(
    system="Windows",
    python="3.12.4",
    bits=64,
    interpreter=PYTHON,
    packages={"xlwings": "0.37.8", "pandas": "2.2.3"},
    wanted={"xlwings": "==0.37.8", "pandas": ">=2.2"},
    dlls=("xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll"),
    excel=r'"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE" /automation',
    excel_bits=64,
    temp=r"C:\Temp",
    config={"INTERPRETER_WIN": PYTHON},
    fonts=frozenset({"方正小标宋简体 (TrueType)", "simfang.ttf", "KaiTi (TrueType)", "SimHei"}),
    onedrive=(r"C:\Users\zhang\OneDrive",),
    book=DeskBook(r"D:\台账\台账.xlsm", "0.37.8", {"UDF MODULES": "xlplugin.addin.udfs"}),
)
STOPS, WARNS = True, False


def test_a_desk_that_is_well():
    assert report(diagnoses(WELL)) == "环境检查完毕，没有发现问题。"


BOOK = WELL.book
CASES = {
    "old Python": ({"python": "3.9.1"}, STOPS, "Python 是 3.9.1"),
    "Store": (
        {"interpreter": r"C:\Program Files\WindowsApps\Python\python.exe"},
        STOPS,
        "微软商店",
    ),
    "no environment": ({"private": False}, WARNS, "没有使用虚拟环境"),
    "package missing": ({"packages": {"xlwings": "0.37.8"}}, STOPS, "没有安装组件 pandas"),
    "package too old": (
        {"packages": {"xlwings": "0.37.8", "pandas": "2.1.4"}},
        STOPS,
        "组件 pandas 是 2.1.4",
    ),
    "32 bits": ({"bits": 32}, STOPS, "Python 是 32 位"),
    "32 bits beside a 32-bit Excel": (
        {"bits": 32, "excel_bits": 32},
        STOPS,
        "请安装 64 位的 Python",
    ),
    "environment of the Store's": (
        {"base": r"C:\Users\z\AppData\Local\Microsoft\WindowsApps\python3.11.exe"},
        STOPS,
        "微软商店",
    ),
    "Excel of the Store": (
        {"excel": r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel\EXCEL.EXE"},
        WARNS,
        "Excel 来自微软商店",
    ),
    "no Win32": ({"policies": (NO_WIN32,)}, STOPS, "Win32 API"),
    "antivirus": ({"guards": ("火绒",)}, WARNS, "装有 火绒"),
    "DLL of another version": (
        {"dlls": ("xlwings64-0.33.1.dll",)},
        STOPS,
        "缺 xlwings64-0.37.8.dll（现有：xlwings64-0.33.1.dll）",
    ),
    "DLL of other bits": (
        {"dlls": ("xlwings64-0.37.8.dll",), "excel_bits": 32},
        STOPS,
        "缺 xlwings32-0.37.8.dll",
    ),
    "WPS": (
        {"excel": r'"C:\Users\z\AppData\Local\Kingsoft\WPS Office\12\office6\et.exe" /Automation'},
        STOPS,
        "WPS 占用了",
    ),
    "no Excel": ({"excel": ""}, WARNS, "没有找到 Excel"),
    "no child processes": ({"child": "拒绝访问。"}, STOPS, "启动子进程失败（拒绝访问。）"),
    "rules": ({"policies": ("AppLocker",)}, WARNS, "限制程序运行的策略（AppLocker）"),
    "temp": ({"temp_error": "No space left"}, STOPS, r"临时文件夹 C:\Temp 不能写"),
    "no interpreter": ({"config": {}}, STOPS, "没有写 Python 的位置"),
    "interpreter gone": ({"interpreter_lost": True}, STOPS, "不存在"),
    "another interpreter": (
        {"config": {"INTERPRETER_WIN": r"D:\py\python.exe"}},
        WARNS,
        "不是现在运行的这一个",
    ),
    "config broken": ({"config_broken": True}, STOPS, "读不出来"),
    "module": (
        {"book": dataclasses.replace(BOOK, module="0.33.1")},
        STOPS,
        "xlwings 模块是 0.33.1，安装的是 0.37.8",
    ),
    "blank keys": (
        {"book": dataclasses.replace(BOOK, config={"INTERPRETER_WIN": "", "PYTHONPATH": " "})},
        STOPS,
        "INTERPRETER_WIN、PYTHONPATH 是空的",
    ),
    "OneDrive": ({"book": DeskBook(r"C:\Users\zhang\OneDrive\台账.xlsm")}, WARNS, "OneDrive"),
    "OneDrive address": (
        {"book": DeskBook("https://d.docs.live.net/abc/台账.xlsm")},
        WARNS,
        "OneDrive",
    ),
    "company's OneDrive": (
        {"book": DeskBook(r"D:\OneDrive - 发改委\台账.xlsm")},
        WARNS,
        "OneDrive",
    ),
    "fonts": ({"fonts": frozenset({"SimSun", "SimHei"})}, WARNS, "缺字体：方正小标宋、仿宋、楷体"),
}


@pytest.mark.parametrize(("change", "stops", "what"), CASES.values(), ids=CASES)
def test_one_thing_wrong(change, stops, what):
    assert (stops, True) in [
        (found.stops, what in found.message)
        for found in diagnoses(dataclasses.replace(WELL, **change))
    ]


def test_every_diagnosis_says_what_it_means_and_what_to_do():
    for change, _, _ in CASES.values():
        for diagnosis in diagnoses(dataclasses.replace(WELL, **change)):
            assert diagnosis.what
            assert diagnosis.meaning
            assert diagnosis.advice.startswith(("请", "按钮", "一般", "建议", "需要", "要改用"))
            assert diagnosis.message.count("。。") == 0


def test_a_64_bit_python_serves_a_32_bit_excel():
    assert diagnoses(dataclasses.replace(WELL, excel_bits=32)) == []


def test_a_32_bit_python_is_not_installed():
    assert [each.what for each in doctor.for_install(dataclasses.replace(WELL, bits=32))] == [
        "Python 是 32 位"
    ]


def test_what_stops_comes_first():
    found = diagnoses(dataclasses.replace(WELL, fonts=frozenset({"SimSun"}), child="拒绝访问"))
    assert [diagnosis.stops for diagnosis in found] == [True, False]


def test_a_folder_that_is_only_named_alike_is_no_cloud():
    assert not diagnoses(dataclasses.replace(WELL, book=DeskBook(r"C:\Users\zhang\OneDriver.xlsm")))


def test_no_excel_is_asked_for_elsewhere():
    """On a server the command line is all there is."""
    assert diagnoses(Machine("Linux", "3.11.7", 64, "/usr/bin/python3")) == []


def test_an_installation_takes_any_python_that_is_fit():
    """The zip's own is no virtual environment; what only warns stops nothing."""
    assert doctor.for_install(dataclasses.replace(WELL, private=False, child="x")) == []


def test_what_the_system_says_is_said_in_chinese(monkeypatch):
    def full(*_given, **_named):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(machine.subprocess, "run", full)
    assert (machine._temp_error(), machine._child()) == ("磁盘空间不足", "磁盘空间不足")


def test_this_machine():
    desk = machine.examine()
    assert (desk.child, desk.temp_error) == ("", "")
    assert desk.packages["xlwings"] == desk.wanted["xlwings"].removeprefix("==")
    assert not [diagnosis for diagnosis in diagnoses(desk) if diagnosis.stops]


def test_gathering_needs_no_xlwings():
    """It takes 0.6 s to import."""
    import subprocess

    code = "import sys\nfrom xlplugin.desk import install, machine\nmachine.examine()\nsys.exit('xlwings' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_registry_is_quiet_elsewhere():
    if sys.platform == "win32":
        pytest.skip("there is a registry here")
    found = windows.excel(), windows.policies(), windows.guards(), windows.fonts()
    assert found == ("", (), (), frozenset())


@pytest.mark.parametrize(
    ("machine_code", "bits"),
    [(b"\x4c\x01", 32), (b"\x64\x86", 64), (b"\x64\xaa", 64), (b"\0\0", None)],
)
def test_bits_of_a_program(machine_code, bits):
    head = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + machine_code + bytes(100)
    assert machine.program_bits(head) == bits


def test_what_is_no_program_has_no_bits():
    assert machine.program_bits(b"#!/bin/sh") is None


def test_interpreter_of_the_configuration(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    xlwings_conf.write(xlwings_conf.path(), '"INTERPRETER_WIN","/nowhere/python.exe"\n')
    assert machine.examine().interpreter_lost
    xlwings_conf.path().write_bytes(b"\xff\xfe\x00\xd8")
    assert machine.examine().config_broken


def test_a_workbook_tells_its_module_and_settings(tmp_path):
    import shutil

    import openpyxl

    standalone = Path(__import__("xlwings").__file__).parent / "quickstart_standalone.xlsm"
    path = tmp_path / "台账.xlsm"
    shutil.copy(standalone, path)
    assert machine.book_on_disk(path).module == machine.examine().packages["xlwings"]
    book = openpyxl.Workbook()
    book.create_sheet("xlwings.conf").append(["INTERPRETER_WIN", None])
    book.save(tmp_path / "设置.xlsx")
    assert machine.book_on_disk(tmp_path / "设置.xlsx").config == {"INTERPRETER_WIN": ""}


def test_command(monkeypatch):
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0
    assert "xlwings 0.37.8" in done.output
    monkeypatch.setattr(
        machine, "examine", lambda _book: dataclasses.replace(WELL, child="拒绝访问")
    )
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 1
    assert "请让管理员放行" in done.output


def test_command_on_what_is_no_workbook(tmp_path):
    done = CliRunner().invoke(main, ["doctor", str(tmp_path / "没有.xlsm")])
    assert done.exit_code == 1
    assert "找不到文件" in done.output

"""kp install: what it checks, the configuration it edits, the workbook it leaves. Only the last word needs Windows."""

from __future__ import annotations

import dataclasses
import os
import sys

import pytest
from addin.test_doctor import PYTHON, WELL
from click.testing import CliRunner

from xlplugin.cli import main
from xlplugin.desk import install, xlwings_conf
from xlplugin.errors import UserError

KEY = xlwings_conf.INTERPRETER
EDITS = {
    "no file": ("", '"INTERPRETER_WIN","P"\n'),
    "other keys stay": (
        '"PYTHONPATH","C:\\a"\n"SHOW CONSOLE","True"\n',
        '"PYTHONPATH","C:\\a"\n"SHOW CONSOLE","True"\n"INTERPRETER_WIN","P"\n',
    ),
    "in its place": (
        '"INTERPRETER_WIN","old"\n"PYTHONPATH",""\n',
        '"INTERPRETER_WIN","P"\n"PYTHONPATH",""\n',
    ),
    "small letters": ('"interpreter_win","old"\n', '"INTERPRETER_WIN","P"\n'),
    "only once": (
        '"INTERPRETER_WIN","a"\n"X","1"\n"INTERPRETER_WIN","b"\n',
        '"INTERPRETER_WIN","P"\n"X","1"\n',
    ),
    "no end of line": ('"X","1"', '"X","1"\n"INTERPRETER_WIN","P"\n'),
    "Windows' ends of lines": (
        '"X","1"\r\n\r\n"Y","2"\r\n',
        '"X","1"\n"Y","2"\n"INTERPRETER_WIN","P"\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), EDITS.values(), ids=EDITS)
def test_configuration(before, after):
    assert xlwings_conf.changed(before, KEY, "P") == after
    assert xlwings_conf.changed(after, KEY, "P") == after
    assert xlwings_conf.settings(after)[KEY] == "P"


def test_xlwings_reads_what_was_written(tmp_path, monkeypatch):
    """xlwings' own reader is the judge."""
    import xlwings
    from xlwings.utils import read_user_config

    path = tmp_path / "xlwings.conf"
    xlwings_conf.write(path, xlwings_conf.changed('"PYTHONPATH","C:\\台账"\n', KEY, PYTHON))
    monkeypatch.setattr(xlwings, "USER_CONFIG_FILE", str(path))
    assert read_user_config() == {"pythonpath": "C:\\台账", "interpreter_win": PYTHON}


def test_configuration_is_replaced_at_one_stroke(tmp_path, monkeypatch):
    path = tmp_path / ".xlwings" / "xlwings.conf"
    xlwings_conf.write(path, '"X","1"\n')

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(UserError, match="磁盘空间不足"):
        xlwings_conf.write(path, '"X","2"\n')
    assert (xlwings_conf.read(path), [file.name for file in path.parent.iterdir()]) == (
        '"X","1"\r\n',
        ["xlwings.conf"],
    )


def test_a_path_that_vba_cannot_read(tmp_path, monkeypatch):
    monkeypatch.setattr(xlwings_conf.locale, "getencoding", lambda: "cp1252")
    with pytest.raises(UserError, match="只含英文"):
        xlwings_conf.write(tmp_path / "xlwings.conf", '"INTERPRETER_WIN","C:\\用户\\python.exe"\n')


def test_checks_pass_on_a_desk_that_is_well():
    install.check(WELL)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"interpreter": r"C:\WindowsApps\python.exe"}, "微软商店"),
        ({"bits": 32}, "Python 是 32 位"),
        ({"dlls": ("xlwings64-0.37.8.dll",), "excel_bits": 32}, "xlwings32-0.37.8.dll"),
        ({"packages": {}}, "没有安装组件"),
    ],
)
def test_checks_stop(change, said):
    with pytest.raises(UserError, match=f"不能安装：(.|\n)*{said}"):
        install.check(dataclasses.replace(WELL, **change))


def test_set_up(tmp_path, monkeypatch):
    """A second time changes nothing."""
    built = []

    def build(path):
        built.append(path)
        path.write_bytes(b"workbook")
        (path.parent / f"{path.name}:Zone.Identifier").write_text(
            "[ZoneTransfer]", encoding="ascii"
        )

    monkeypatch.setattr("xlplugin.builder.build", build)
    config, folder = tmp_path / ".xlwings" / "xlwings.conf", tmp_path / "桌面" / "台账"
    said = list(install.set_up(WELL, config, folder, build))
    assert xlwings_conf.settings(xlwings_conf.read(config)) == {KEY: PYTHON}
    assert [path.name for path in folder.iterdir()] == [install.WORKBOOK]  # the mark is gone
    assert said[1].startswith(f"已放好标准工作簿 {folder / install.WORKBOOK}")
    (folder / install.WORKBOOK).write_bytes(b"a clerk's work")
    said = list(install.set_up(WELL, config, folder, build))
    assert "没有改动" in said[1]
    assert (folder / install.WORKBOOK).read_bytes() == b"a clerk's work"
    assert len(built) == 1


def test_the_workbook_does_not_go_into_the_cloud(tmp_path):
    desk = dataclasses.replace(WELL, onedrive=("", str(tmp_path / "OneDrive")))
    assert install.home(tmp_path / "Desktop", desk) == tmp_path / "Desktop"
    assert install.home(tmp_path / "OneDrive" / "桌面", desk) == install.Path.home()
    assert install.home(None, desk) == install.Path.home()


@pytest.mark.skipif(sys.platform == "win32", reason="there it does install")
def test_elsewhere_one_sentence():
    done = CliRunner().invoke(main, ["install"])
    assert (done.exit_code, done.output) == (
        1,
        "kp install 只用于装有 Excel 的 Windows；这里请直接用命令行 kp。\n",
    )


def test_taken_back(tmp_path):
    """What `kp install` told Excel, the link in 发送到; other settings and another program's Python stay."""
    config, link = tmp_path / "xlwings.conf", tmp_path / install.LINK
    xlwings_conf.write(config, f'"X","1"\n"{KEY}","{PYTHON}"\n')
    link.write_bytes(b"")
    said = "".join(install.taken_back(config, PYTHON.upper(), link))
    assert xlwings_conf.settings(xlwings_conf.read(config)) == {"X": "1"}
    assert not link.exists()
    assert "工作簿没有动" in said
    xlwings_conf.write(config, f'"{KEY}","D:\\别的\\python.exe"\n')
    assert "没有改动" in "".join(install.taken_back(config, PYTHON, link))
    assert xlwings_conf.settings(xlwings_conf.read(config))[KEY] == "D:\\别的\\python.exe"


@pytest.mark.parametrize("works", [True, False])
def test_a_python_that_came_in_the_zip_is_offered_in_send_to(tmp_path, monkeypatch, works):
    home = tmp_path / "重点工程"
    python = home / "app" / "python" / "python.exe"
    python.parent.mkdir(parents=True)
    (home / install.LAUNCHER).write_bytes(b"")
    made = {}

    class Shell:
        def CreateShortcut(self, place):  # noqa: N802
            if not works:
                raise OSError
            return type("Link", (), {"Save": lambda link: made.update({place: link.TargetPath})})()

    client = type("client", (), {"Dispatch": lambda _: Shell()})
    monkeypatch.setattr(install, "import_module", lambda _: client)
    monkeypatch.setenv("APPDATA", str(tmp_path))
    machine = dataclasses.replace(WELL, interpreter=str(python))
    said = "".join(install.set_up(machine, tmp_path / "xlwings.conf", tmp_path, lambda _: None))
    assert (list(made.values()) == [str(home / install.LAUNCHER)]) is works
    assert ("「发送到」里有" in said) is works


def test_nothing_to_take_back_elsewhere():
    done = CliRunner().invoke(main, ["install", "--undo"])
    assert sys.platform == "win32" or (done.exit_code, "Windows" in done.output) == (1, True)

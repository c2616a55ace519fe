"""Commands about this computer."""

from __future__ import annotations

from pathlib import Path

import click

from xlplugin.cli import options
from xlplugin.cli.guarded import CANNOT, DONE, guarded
from xlplugin.cli.passwords import password
from xlplugin.say import say


@click.command()
@click.argument("book", type=options.BOOK, required=False)
@options.password_file
@guarded
def doctor(book: Path | None, password_file: Path | None) -> int:
    """看看这台电脑缺什么、怎么办 / what is missing on this machine, and what to do."""
    from xlplugin.desk.doctor import diagnoses, report
    from xlplugin.desk.machine import book_on_disk, examine

    machine = examine(book_on_disk(book, password(password_file)) if book else None)
    found = diagnoses(machine)
    say(
        f"{machine.system}，Python {machine.python}（{machine.bits} 位），xlwings {machine.packages.get('xlwings') or '未安装'}。"
    )
    say(report(found))
    return CANNOT if any(diagnosis.stops for diagnosis in found) else DONE


@click.command()
@click.option(
    "--to",
    type=options.BOOK,
    metavar="DIR",
    help="标准工作簿放到哪个文件夹 / where the standard workbook goes",
)
@guarded
def install(to: Path | None) -> int:
    """在 Windows 上装好：告诉 Excel Python 在哪里，放好标准工作簿 / set up a Windows desk."""
    from xlplugin.builder import build
    from xlplugin.desk.install import install as steps

    for step in steps(to, build):
        say(step)
    return DONE

"""Commands about this computer."""

from __future__ import annotations

from collections.abc import Iterator
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
@click.option(
    "--undo", is_flag=True, help="从 Excel 移除，工作簿不动 / take it back, workbooks stay"
)
@guarded
def install(to: Path | None, undo: bool) -> int:
    """在 Windows 上装好：告诉 Excel Python 在哪里，放好标准工作簿 / set up a Windows desk."""
    from xlplugin.builder import build
    from xlplugin.desk import install as desk

    for step in desk.remove() if undo else desk.install(to, build):
        say(step)
    return DONE


@click.command()
@click.option(
    "--browser/--no-browser",
    default=True,
    help="是否打开浏览器，默认打开 / with the desk's browser (the default) or without",
)
@click.option(
    "--idle",
    type=click.FloatRange(min=0.05),
    default=30.0,
    metavar="MINUTES",
    help="网页关了几分钟以后结束，默认30 / ends when no page has been open for so long",
)
@guarded
def serve(browser: bool, idle: float) -> int:
    """在网页里检查、回答、生成通报，只在这台电脑上 / a page on this desk: check, answer, bulletin."""
    from xlplugin.serve import serve as run

    say(run(browser=browser, idle=idle))
    return DONE


@click.command()
@options.output("写成哪个 .zip 或 .oxt / the zip or extension to write", "FILE")
@click.option(
    "--python",
    "archive",
    type=options.BOOK,
    metavar="ARCHIVE",
    help="64 位 Windows 的 Python 压缩包 / a Python for 64-bit Windows",
)
@click.option(
    "--libreoffice",
    is_flag=True,
    help="打成 LibreOffice 的扩展，用这台电脑上的程序 / an extension for LibreOffice on this machine",
)
@click.option(
    "--sha256", metavar="HEX", help="它应有的 SHA-256 / the SHA-256 that its publisher states"
)
@click.option(
    "--wheels",
    type=options.BOOK,
    metavar="DIR",
    help="组件已经下载好的文件夹，不用网络 / a folder of wheels, instead of the network",
)
@guarded
def bundle(
    output: Path, archive: Path | None, libreoffice: bool, sha256: str | None, wheels: Path | None
) -> int:
    """打成一个压缩包，给没有 Python、不能上网的电脑；或 LibreOffice 的扩展 / a zip for a Windows desk, or an extension for LibreOffice."""
    if libreoffice == (archive is not None):
        raise click.UsageError("--python 和 --libreoffice 请写一个，只写一个。")
    for step in _bundled(output, archive, sha256, wheels):
        say(step)
    return DONE


def _bundled(
    output: Path, archive: Path | None, sha256: str | None, wheels: Path | None
) -> Iterator[str]:
    if archive is None:
        from xlplugin.bundle.extension import extension

        return extension(output)
    from xlplugin.bundle import bundle as zipped

    return zipped(output, archive, sha256, wheels)

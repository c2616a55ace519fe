"""Commands that write a workbook, or what is made from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplugin.cli import options
from xlplugin.cli.guarded import DONE, WRONG_DATA, guarded
from xlplugin.cli.passwords import password
from xlplugin.cli.shown import echo, show
from xlplugin.render.screen import LOCKED, stopped
from xlplugin.say import one_line, say

if TYPE_CHECKING:
    from xlplugin.minutes import Log


@click.command()
@click.argument("path", type=options.BOOK)
@click.option(
    "--outline",
    "outline",
    metavar="NAME",
    default="",
    help="「措辞」从哪份提纲开始，如「督查通报」，或提纲的文本文件 / a ready outline, or a file of one",
)
@guarded
def new(path: Path, outline: str) -> int:
    """新建一个标准工作簿 / make a fresh standard workbook."""
    from xlplugin.builder import Contents, build
    from xlplugin.bulletin.ready import called

    build(path, Contents(outline=called(outline).rows) if outline else None)
    say(f"已新建 {path}。先看「使用说明」，再填「项目台账」和「参数」。")
    return DONE


@click.command()
@options.book
@options.output(options.FOLDER, required=False)
@options.docx
@options.in_place
@options.force
@options.log
@options.json
@guarded
@options.reading
def bulletin(
    book: Path,
    output: Path | None,
    given: options.Given,
    docx: bool,
    in_place: bool,
    force: bool,
    log: Log | None,
    as_json: bool,
) -> int:
    """生成通报：填好的工作簿、Word 文档和文字稿 / write the filled workbook, the Word document and the bulletin's text."""
    from xlplugin.deliver import deliver
    from xlplugin.render.record import record

    done = deliver(
        book,
        output,
        given.as_of,
        in_place=in_place,
        force=force,
        document=docx,
        only=given.sheet,
        password=given.password,
        log=log,
    )
    outcome, outputs = done.outcome, done.outputs
    if as_json:
        echo(record(outcome, outputs))
    else:
        show(outcome)
        for path in outputs:
            say(f"已写出 {one_line(path)}")
    if not outputs:
        say(stopped(outcome), err=True)
    elif done.locked:
        say(LOCKED, err=as_json)
    return DONE if outputs else WRONG_DATA


@click.command()
@options.book
@options.in_place
@click.option(
    "--into",
    type=options.BOOK,
    metavar="NEW",
    help="不写「栏目对应」，而是新建一本标准工作簿，把数据搬进去 / a standard workbook that holds the data",
)
@guarded
@options.reading
def adopt(book: Path, given: options.Given, in_place: bool, into: Path | None) -> int:
    """认表：把台账的读法写成「栏目对应」，可以改，可以答 / how the ledger was read, to be corrected and kept."""
    if into:
        from xlplugin.adopt.into import into as move

        say(move(book, into, given.as_of, only=given.sheet, password=given.password))
        return DONE
    from xlplugin.adopt import adopt as write

    done, path = write(
        book, given.as_of, in_place=in_place, only=given.sheet, password=given.password
    )
    say(f"{done}\n已写出 {one_line(path)}")
    return DONE


@click.command()
@options.book
@options.sheet
@options.password_file
@options.log
@guarded
def archive(book: Path, sheet: str | None, password_file: Path | None, log: Log | None) -> int:
    """把本月数字记入「月度完成」和归档表 / keep this month's figures in the workbook."""
    from xlplugin.deliver import keep

    say(keep(book, sheet, password(password_file), log))
    return DONE

"""What several commands take: arguments and options, each said once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from xlplugin.cli.passwords import password

if TYPE_CHECKING:
    from xlplugin.minutes import Log

F = TypeVar("F", bound=Callable[..., object])
BOOK = click.Path(path_type=Path, readable=False)
"""Whether it can be read is found out, and said in Chinese, on reading it."""
json = click.option(
    "--json", "as_json", is_flag=True, help="只输出一个 JSON 对象 / print one JSON object"
)
as_of = click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    callback=lambda _context, _option, moment: moment and moment.date(),
    metavar="YYYY-MM-DD",
    help="报告截止日期，代替「参数」表里的 / cut-off date",
)
sheet = click.option(
    "--sheet",
    metavar="NAME",
    help="台账是哪一张工作表，代替程序的判断 / the sheet that holds the ledger",
)
docx = click.option(
    "--docx/--no-docx",
    default=True,
    help="是否写 Word 文档，默认写 / with the Word document (the default) or without",
)
force = click.option("--force", is_flag=True, help="有错误也生成 / go on in spite of errors")
in_place = click.option(
    "--in-place", is_flag=True, help="写回原工作簿 / write into the workbook itself"
)
password_file = click.option(
    "--password-file",
    type=BOOK,
    metavar="FILE",
    help="文件第一行是工作簿的打开密码 / a file whose first line is the workbook's password",
)
log = click.option(
    "--log",
    type=BOOK,
    metavar="FILE",
    callback=lambda _context, _option, path: path and _log(path),
    help="把读了什么、怎样定的、写了什么记入这个文件，供 kp verify 核对 / keep the minutes, one JSON line a run",
)
book = click.argument("book", type=BOOK)
paths = click.argument("paths", type=BOOK, nargs=-1, required=True, metavar="PATH…")
FOLDER = "写到哪个文件夹 / output folder"


def _log(path: Path) -> Log:
    from xlplugin.minutes import Log

    return Log(path, datetime.now().astimezone().isoformat(timespec="seconds"))


@dataclass(frozen=True, slots=True)
class Given:
    """How a workbook is to be read: another date, the sheet of its ledger, its password; None where nothing is said."""

    as_of: date | None
    sheet: str | None
    password: str | None


def reading(command: Callable[..., int]) -> Callable[..., int]:
    """--as-of, --sheet and --password-file as one argument, `given`. It stands below `guarded`: the password's file may be wrong."""

    @as_of
    @sheet
    @password_file
    @wraps(command)
    def run(
        as_of: date | None, sheet: str | None, password_file: Path | None, **others: object
    ) -> int:
        return command(given=Given(as_of, sheet, password(password_file)), **others)

    return run


def output(help: str, metavar: str = "DIR", *, required: bool = True) -> Callable[[F], F]:
    """Where to write: -o, of a help of its own."""
    return click.option("-o", "--output", type=BOOK, required=required, metavar=metavar, help=help)

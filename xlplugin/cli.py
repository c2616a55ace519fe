"""kp: the command line. Each command parses, calls one thing and shows it; heavy imports wait until they are needed."""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from xlplugin import __version__
from xlplugin.errors import UserError
from xlplugin.files import reason
from xlplugin.say import lose, one_line, say, unsaid

if TYPE_CHECKING:
    from xlplugin.pipeline import Outcome

DONE, CANNOT, WRONG_DATA, INTERRUPTED = 0, 1, 3, 130
ALIKE = 3
"""So many findings of one kind are told in a line; the sheet 检查结果 has them all."""

F = TypeVar("F", bound=Callable[..., object])
BOOK = click.Path(path_type=Path, readable=False)
"""Whether it can be read is found out, and said in Chinese, on reading it."""
_json = click.option(
    "--json", "as_json", is_flag=True, help="只输出一个 JSON 对象 / print one JSON object"
)
_as_of = click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    callback=lambda _context, _option, moment: moment and moment.date(),
    metavar="YYYY-MM-DD",
    help="报告截止日期，代替「参数」表里的 / cut-off date",
)
_sheet = click.option(
    "--sheet",
    metavar="NAME",
    help="台账是哪一张工作表，代替程序的判断 / the sheet that holds the ledger",
)
_docx = click.option(
    "--docx/--no-docx",
    default=True,
    help="是否写 Word 文档，默认写 / with the Word document (the default) or without",
)
_force = click.option("--force", is_flag=True, help="有错误也生成 / go on in spite of errors")
_in_place = click.option(
    "--in-place", is_flag=True, help="写回原工作簿 / write into the workbook itself"
)
_book = click.argument("book", type=BOOK)
_paths = click.argument("paths", type=BOOK, nargs=-1, required=True, metavar="PATH…")
_folder = "写到哪个文件夹 / output folder"


def _output(help: str, metavar: str = "DIR", *, required: bool = True) -> Callable[[F], F]:
    return click.option("-o", "--output", type=BOOK, required=required, metavar=metavar, help=help)


def _guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what goes wrong into one sentence and an exit code; a bug's traceback goes to the log, never to the clerk."""

    @wraps(command)
    def run(*args: object, **options: object) -> None:
        try:
            code = command(*args, **options)
        except UserError as error:
            message = str(error)
            code = CANNOT
        except (
            click.ClickException,
            BrokenPipeError,
        ):  # who reads no further, such as head, is click's to leave
            raise
        except Exception:
            from xlplugin.log import record_bug

            message = f"程序出了意外，没有做完。详情已记入 {record_bug()}，请把它发给维护人员。"
            code = CANNOT
        else:
            if unsaid:
                say(f"要说的没有写全（{reason(unsaid[0])}）；文件不受影响，写出的都在。", err=True)
            sys.exit(code or (CANNOT if unsaid else DONE))
        if options.get("as_json"):
            _echo({"error": message})
        say(message, err=True)
        sys.exit(code)

    return run


def kp() -> None:
    """The program. Most commands live for a second and leave few rings of garbage: looking for them costs a tenth of it."""
    gc.disable()
    warnings.simplefilter(
        "ignore"
    )  # a library's word to programmers; PYTHONWARNINGS=error must stop nobody
    _settle()
    try:
        main()
    except OSError as failure:  # of a help text that nobody could be shown
        lose(failure)
        sys.exit(CANNOT)


def _settle() -> None:
    """See to it that there are three streams, a folder to work in, and names that can be written."""
    while (stream := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass  # one that is closed: else the next file that is opened would be taken for it
    os.close(stream)
    try:
        os.fsencode("通报")
    except UnicodeEncodeError:  # a C locale: once more, with names in UTF-8
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for each in (sys.stdout, sys.stderr):
        if isinstance(each, TextIOWrapper):
            # a code page may lack a sign; JSON reads \uXXXX all the same
            each.reconfigure(errors="backslashreplace")
    _silence()
    try:
        os.getcwd()
    except OSError:
        say("当前文件夹已经不在了（被删除或断开）。请先进入别的文件夹再运行。", err=True)
        sys.exit(CANNOT)


def _silence() -> None:
    """Let only us speak on standard error: the reader, written in Rust, says there that it panicked before we can catch it."""
    ours = os.dup(2)
    sys.stderr = os.fdopen(  # noqa: SIM115  # as long as the program lives
        ours, "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1
    )
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kp")
def main() -> None:
    """重点工程台账的检查和通报 / checks a ledger of key projects and writes its bulletin."""


@main.command()
@click.argument("path", type=BOOK)
@_guarded
def new(path: Path) -> int:
    """新建一个标准工作簿 / make a fresh standard workbook."""
    from xlplugin.builder import build

    build(path)
    say(f"已新建 {path}。先看「使用说明」，再填「项目台账」和「参数」。")
    return DONE


@main.command()
@_book
@_as_of
@_sheet
@_json
@_guarded
def check(book: Path, as_of: date | None, sheet: str | None, as_json: bool) -> int:
    """只检查，不写文件 / problems only, nothing written."""
    outcome = _run(book, as_of, sheet)
    if as_json:
        from xlplugin.render.record import checked

        _echo(checked(outcome))
    else:
        _show(outcome)
    return WRONG_DATA if outcome.errors else DONE


@main.command()
@_book
@_output(_folder, required=False)
@_as_of
@_sheet
@_docx
@_in_place
@_force
@_json
@_guarded
def bulletin(
    book: Path,
    output: Path | None,
    as_of: date | None,
    sheet: str | None,
    docx: bool,
    in_place: bool,
    force: bool,
    as_json: bool,
) -> int:
    """生成通报：填好的工作簿、Word 文档和文字稿 / write the filled workbook, the Word document and the bulletin's text."""
    from xlplugin.deliver import deliver
    from xlplugin.render.record import record

    outcome, outputs = deliver(
        book, output, as_of, in_place=in_place, force=force, document=docx, only=sheet
    )
    if as_json:
        _echo(record(outcome, outputs))
    else:
        _show(outcome)
        for path in outputs:
            say(f"已写出 {one_line(path)}")
    if outputs:
        return DONE
    say(
        f"台账有{len(outcome.errors)}处错误，没有写任何文件。改正后再生成；一定要先看看的，加 --force。",
        err=True,
    )
    return WRONG_DATA


@main.command()
@_book
@_as_of
@_sheet
@_in_place
@click.option(
    "--into",
    type=BOOK,
    metavar="NEW",
    help="不写「栏目对应」，而是新建一本标准工作簿，把数据搬进去 / a standard workbook that holds the data",
)
@_guarded
def adopt(
    book: Path, as_of: date | None, sheet: str | None, in_place: bool, into: Path | None
) -> int:
    """认表：把台账的读法写成「栏目对应」，可以改，可以答 / how the ledger was read, to be corrected and kept."""
    if into:
        from xlplugin.adopt.into import into as move

        say(move(book, into, as_of, only=sheet))
        return DONE
    from xlplugin.adopt import adopt as write

    done, path = write(book, as_of, in_place=in_place, only=sheet)
    say(f"{done}\n已写出 {one_line(path)}")
    return DONE


@main.command()
@_book
@_sheet
@_guarded
def archive(book: Path, sheet: str | None) -> int:
    """把本月数字记入「月度完成」和归档表 / keep this month's figures in the workbook."""
    from xlplugin.deliver import keep

    say(keep(book, sheet))
    return DONE


@main.command()
@_book
@click.argument("figure", default="")
@_as_of
@_sheet
@_json
@_guarded
def explain(book: Path, figure: str, as_of: date | None, sheet: str | None, as_json: bool) -> int:
    """说明一个数字的来历 / formula, yardstick, rows and cells behind a figure; all of them without FIGURE."""
    outcome = _run(book, as_of, sheet)
    from dataclasses import asdict

    from xlplugin import trace

    found = trace.find(outcome, figure) if figure else list(trace.traces(outcome))
    if as_json:
        _echo([asdict(one) for one in found])
    else:
        for one in found:
            say(
                f"{one.name}＝{one.result}：{'；'.join(part for part in (one.formula, one.basis, one.cells) if part)}"
            )
    return DONE


@main.command()
@_book
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@_as_of
@_sheet
@_json
@_guarded
def figure(
    book: Path, names: tuple[str, ...], as_of: date | None, sheet: str | None, as_json: bool
) -> int:
    """按名称查数字，如 省重点.在建.完成率 / figures by their names."""
    known = _run(book, as_of, sheet).names
    found = [known[name] for name in names]
    if as_json:
        _echo([{"name": str(one.name), "value": one.cell, "text": one.text} for one in found])
    else:
        for one in found:
            click.echo(f"{one.name}＝{one.text}")
    return DONE


@main.command()
@click.argument("book", type=BOOK, required=False)
@_guarded
def doctor(book: Path | None) -> int:
    """看看这台电脑缺什么、怎么办 / what is missing on this machine, and what to do."""
    from xlplugin.desk.doctor import diagnoses, report
    from xlplugin.desk.machine import book_on_disk, examine

    machine = examine(book_on_disk(book) if book else None)
    found = diagnoses(machine)
    say(
        f"{machine.system}，Python {machine.python}（{machine.bits} 位），xlwings {machine.packages.get('xlwings') or '未安装'}。"
    )
    say(report(found))
    return CANNOT if any(diagnosis.stops for diagnosis in found) else DONE


@main.command()
@click.option(
    "--to",
    type=BOOK,
    metavar="DIR",
    help="标准工作簿放到哪个文件夹 / where the standard workbook goes",
)
@_guarded
def install(to: Path | None) -> int:
    """在 Windows 上装好：告诉 Excel Python 在哪里，放好标准工作簿 / set up a Windows desk."""
    from xlplugin.builder import build
    from xlplugin.desk.install import install as steps

    for step in steps(to, build):
        say(step)
    return DONE


@main.command()
@_paths
@_output(_folder)
@_as_of
@_docx
@_force
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="同时做几个，默认与处理器一样多 / worker processes",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, 86_400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="每个工作簿最多几秒，0 为不限 / time limit per workbook, 0 for none",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="用 dask 集群，如 tcp://192.168.1.10:8786 / a dask scheduler",
)
@_json
@_guarded
def batch(
    paths: tuple[Path, ...],
    output: Path,
    as_of: date | None,
    docx: bool,
    force: bool,
    jobs: int | None,
    timeout: float,
    cluster: str | None,
    as_json: bool,
) -> int:
    """一次生成许多通报，并汇总排名：可给文件、文件夹、通配符 / many bulletins and their summary."""
    gc.enable()  # many workbooks
    from xlplugin import batch as many
    from xlplugin.batch import progress
    from xlplugin.processes import processors

    sources = many.collect(paths)
    options = many.Options(output, as_of, force, docx)
    with progress.shown(len(sources), quiet=as_json) as watch:
        done = many.batch(
            sources, options, many.Plan(jobs or processors(), timeout or None, cluster), watch
        )
    if as_json:
        _echo(done.record())
    say(progress.closing(done), err=as_json)
    if done.interrupted:
        return INTERRUPTED
    whole = done.counts["done"] == len(sources) and not done.unwritten
    return DONE if whole else WRONG_DATA


@main.command()
@_paths
@_output("汇总成哪个工作簿 / the city's workbook", "FILE")
@click.option("--name", default="", metavar="NAME", help="市名，如 晋城市 / name of the city")
@_as_of
@_docx
@click.option(
    "--force",
    is_flag=True,
    help="有的县读不了、台账有错误也汇总 / go on in spite of failures and errors",
)
@_json
@_guarded
def rollup(
    paths: tuple[Path, ...],
    output: Path,
    name: str,
    as_of: date | None,
    docx: bool,
    force: bool,
    as_json: bool,
) -> int:
    """各县台账汇成全市台账，并写全市通报 / counties' ledgers as one city workbook, with its bulletin."""
    gc.enable()  # many workbooks
    from xlplugin import rollup as city
    from xlplugin.processes import processors

    done = city.rollup(
        paths, output, as_of, name=name, force=force, document=docx, jobs=processors()
    )
    if as_json:
        _echo(done.record())
    else:
        for line in done.lines():
            say(line)
    say(done.closing(), err=as_json)
    return DONE if done.complete else WRONG_DATA


def _run(book: Path, as_of: date | None, sheet: str | None) -> Outcome:
    from xlplugin import hosts

    source = hosts.open(book)  # a large one is parsed while the rest of the program is loaded
    from xlplugin.deliver import of_day

    return of_day(source, as_of, only=sheet)


def _echo(found: object) -> None:
    """One JSON object, or a list of them, on standard output."""
    say(json.dumps(found, ensure_ascii=False))


def _show(outcome: Outcome) -> None:
    """The reading, problems and a closing line; a table on a terminal, plain lines elsewhere."""
    from xlplugin.cells import told
    from xlplugin.errors import together
    from xlplugin.render import reading

    for line in reading.text(outcome.reading):
        say(line)
    words = {"E": "错误", "W": "提醒"}
    found = [
        (words[first.severity], first.code, replace(first, cell=told(cells)).message)
        for first, cells in together(outcome.problems, alike=ALIKE)
    ]
    if found and sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        from xlplugin.schema import RESULTS

        table = Table(*(RESULTS[key].heading for key in ("severity", "code", "saying")))
        for said in found:
            table.add_row(*said, style="red" if said[0] == words["E"] else "")
        Console(markup=False, highlight=False).print(table)  # a quoted [cell] is no markup
    else:
        for said in found:
            say(" ".join(said))
    figures = outcome.figures
    say(
        f"截至{outcome.as_of}：{figures.whole.count}项，达到序时{len(figures.on_schedule)}项，未达到序时{len(figures.behind)}项，"
        f"未开工{len(figures.not_started)}项；错误{len(outcome.errors)}处，提醒{len(outcome.problems) - len(outcome.errors)}处。"
    )

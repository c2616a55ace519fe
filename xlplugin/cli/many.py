"""Commands over many workbooks."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlplugin.cli import options
from xlplugin.cli.guarded import DONE, INTERRUPTED, WRONG_DATA, guarded
from xlplugin.cli.passwords import password
from xlplugin.cli.shown import echo
from xlplugin.render.screen import LOCKED
from xlplugin.say import say

if TYPE_CHECKING:
    from xlplugin.minutes import Log


@click.command()
@options.paths
@options.output(options.FOLDER)
@options.as_of
@options.password_file
@options.docx
@options.force
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
@options.log
@options.json
@guarded
def batch(
    paths: tuple[Path, ...],
    output: Path,
    as_of: date | None,
    password_file: Path | None,
    docx: bool,
    force: bool,
    jobs: int | None,
    timeout: float,
    cluster: str | None,
    log: Log | None,
    as_json: bool,
) -> int:
    """一次生成许多通报，并汇总排名：可给文件、文件夹、通配符 / many bulletins and their summary."""
    gc.enable()  # many workbooks
    from xlplugin import batch as many
    from xlplugin.batch import progress
    from xlplugin.processes import processors

    sources = many.collect(paths)
    how = many.Options(output, as_of, force, docx, password(password_file), log)
    with progress.shown(len(sources), quiet=as_json) as watch:
        done = many.batch(
            sources, how, many.Plan(jobs or processors(), timeout or None, cluster), watch
        )
    if as_json:
        echo(done.record())
    say(progress.closing(done), err=as_json)
    if any(result.locked for result in done.results):
        say(LOCKED, err=as_json)
    if done.interrupted:
        return INTERRUPTED
    whole = done.counts["done"] == len(sources) and not done.unwritten
    return DONE if whole else WRONG_DATA


@click.command()
@options.paths
@options.output("汇总成哪个工作簿 / the city's workbook", "FILE")
@click.option("--name", default="", metavar="NAME", help="市名，如 晋城市 / name of the city")
@options.as_of
@options.password_file
@options.docx
@click.option(
    "--force",
    is_flag=True,
    help="有的县读不了、台账有错误也汇总 / go on in spite of failures and errors",
)
@options.log
@options.json
@guarded
def rollup(
    paths: tuple[Path, ...],
    output: Path,
    name: str,
    as_of: date | None,
    password_file: Path | None,
    docx: bool,
    force: bool,
    log: Log | None,
    as_json: bool,
) -> int:
    """各县台账汇成全市台账，并写全市通报 / counties' ledgers as one city workbook, with its bulletin."""
    gc.enable()  # many workbooks
    from xlplugin import rollup as city
    from xlplugin.processes import processors

    done = city.rollup(
        paths,
        output,
        as_of,
        name=name,
        force=force,
        document=docx,
        jobs=processors(),
        password=password(password_file),
        log=log,
    )
    if as_json:
        echo(done.record())
    else:
        for line in done.lines():
            say(line)
    say(done.closing(), err=as_json)
    if done.outputs and done.locked:
        say(LOCKED, err=as_json)
    return DONE if done.complete else WRONG_DATA

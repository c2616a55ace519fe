"""What is seen of a batch while it runs: a bar with rate and remaining time on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from xlplugin.batch import Batch, Result, Watch
from xlplugin.batch.work import STATUS_WORDS
from xlplugin.say import one_line, say, visible


@contextmanager
def shown(total: int, *, quiet: bool) -> Iterator[Watch]:
    """Something to tell each result to. `quiet`: standard output is for JSON, so a bar or nothing."""
    if sys.stderr.isatty() and (quiet or sys.stdout.isatty()):
        with _bar(total) as watch:
            yield watch
    elif quiet:
        yield lambda _result, _old: None
    else:
        yield _lines(total)


def line(result: Result, *, old: bool) -> str:
    """One workbook in a line: what came of it, and why."""
    word = "未变，沿用" if old else STATUS_WORDS[result.status]
    return f"{word} {one_line(result.path)}" + (f"：{result.error}" if result.error else "")


def closing(done: Batch) -> str:
    """What was done, what was not, and how to go on."""
    counts = "、".join(
        f"{word}{done.counts[status]}个"
        for status, word in STATUS_WORDS.items()
        if done.counts[status]
    )
    old = f"（其中{done.reused}个没有变化，沿用上次的）" if done.reused else ""
    said = f"共{len(done.results)}个：{counts}{old}。"
    if done.unwritten:
        said += f"汇总没有写全：{done.unwritten}" + "已生成的通报都在。" * bool(done.counts["done"])
    if done.outputs:
        said += f"汇总见 {done.outputs[0]}。"
    if done.interrupted:
        return f"已停下。{said}要接着做，把同样的命令再运行一次，已做好的不会重做。"
    left = len(done.results) - done.counts["done"]
    if not left:
        return said
    place = "见汇总" if done.outputs else "在上面各行"
    return f"{said}没有生成的，原因{place}；改正后再运行一次，只做改过的和没有做成的。"


def _lines(total: int) -> Watch:
    done = 0

    def watch(result: Result, old: bool) -> None:
        nonlocal done
        done += 1
        say(f"[{done}/{total}] {line(result, old=old)}")

    return watch


@contextmanager
def _bar(total: int) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}个/秒" if speed else "")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("生成通报", total=total)

        def watch(result: Result, old: bool) -> None:
            if result.status != "done":
                said = Text(
                    visible(line(result, old=old)), style="red"
                )  # a quoted [red] is no markup
                progress.console.print(said, soft_wrap=True)
            progress.advance(task)

        yield watch

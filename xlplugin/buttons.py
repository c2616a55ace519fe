"""What each button of the ribbon does to an open workbook, and the one sentence that it closes with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xlplugin import deliver
from xlplugin.adopt import lay_down
from xlplugin.archive import archive
from xlplugin.book import Book
from xlplugin.periods import say_date
from xlplugin.pipeline import Outcome, run
from xlplugin.render import pictures, screen, sheet
from xlplugin.schema import ANALYSIS, BULLETIN, READING, RESULTS

PathOf = Callable[[], Path]
"""Where the workbook lies, asked for only when it matters: one in the cloud lies nowhere."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a clerk is told at the end; `done` is False where it could not be done."""

    text: str
    done: bool = True


def press(key: str, book: Book, place: PathOf) -> Closing:
    """Do what the button of this key does to a workbook.

    `place` says where it lies, for the one button that must know; it may raise UserError. Raises UserError where the work
    cannot go on, KeyError for no button's key.
    """
    return BUTTONS[key](book, place)


def bulletin(book: Book, _: PathOf) -> Closing:
    """生成通报: all output sheets; with errors in the data only 检查结果, and no bulletin (as `kp bulletin`)."""
    outcome = run(book)
    if outcome.errors:
        return _refused(outcome, book, "没有生成通报")
    titles = sheet.write(outcome, book)
    written = "".join(f"「{titles[each.key]}」" for each in (BULLETIN, ANALYSIS, RESULTS))
    return Closing(f"已生成通报，写入{written}。{_summary(outcome)}")


def check(book: Book, _: PathOf) -> Closing:
    """检查台账: problems only."""
    outcome = run(book)
    title = sheet.write(outcome, book, RESULTS, READING)[RESULTS.key]
    if not outcome.problems:
        return Closing("检查完毕，没有发现问题。")
    return Closing(f"检查完毕：{screen.counts(outcome)}，都列在「{title}」，点单元格可以跳过去。")


def refresh(book: Book, _: PathOf) -> Closing:
    """刷新亮灯: the analysis only; with errors in the data too, which are said."""
    outcome = run(book)
    title = sheet.write(outcome, book, ANALYSIS)[ANALYSIS.key]
    doubt = (
        f"台账有{len(outcome.errors)}处错误，数字仅供参考，请先检查台账。" if outcome.errors else ""
    )
    return Closing(f"已刷新「{title}」。{_summary(outcome)}{doubt}")


def adopt(book: Book, _: PathOf) -> Closing:
    """认表: the reading written into 栏目对应."""
    return Closing(lay_down(run(book).reading, book))


def word(book: Book, place: PathOf) -> Closing:
    """导出Word: the document beside the workbook; with errors in the data only 检查结果."""
    path = place()
    if not path.parent.is_dir() or not path.is_absolute():
        return Closing(
            "工作簿还没有保存到文件夹里，不知道 Word 文档写到哪里。请先保存工作簿，再点一次。",
            done=False,
        )
    outcome = run(book, obstacle=pictures.obstacle)
    if outcome.errors:
        return _refused(outcome, book, "没有导出")
    return Closing(f"已导出 {deliver.word(outcome, path)}。{_summary(outcome)}")


def keep(book: Book, _: PathOf) -> Closing:
    """归档本月: this month's figures kept in the workbook."""
    return Closing(archive(run(book), book))


BUTTONS: Mapping[str, Callable[[Book, PathOf], Closing]] = {
    "bulletin": bulletin,
    "check": check,
    "refresh": refresh,
    "adopt": adopt,
    "word": word,
    "archive": keep,
}
"""The buttons that work on the workbook; 环境检查 looks at the machine instead."""


def _refused(outcome: Outcome, book: Book, what: str) -> Closing:
    """Errors in the data: they are listed, and nothing else is done."""
    title = sheet.write(outcome, book, RESULTS, READING)[RESULTS.key]
    return Closing(
        f"台账有{len(outcome.errors)}处错误，{what}。请照「{title}」逐条改正，再点一次。",
        done=False,
    )


def _summary(outcome: Outcome) -> str:
    return screen.summary(outcome, say_date(outcome.as_of))

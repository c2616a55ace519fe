"""Proves from a bulletin's text alone that it closes: every count equals the number of names that it stands for.

It knows nothing of the program: it reads the words, and the list of projects in the appendix, as a careful reader would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

NAME = "\x01"
"""Stands for a project's name while sentences are counted."""

CHINESE = ["", *"一二三四五六七八九十", *("十" + d for d in "一二三四五六七八九")]
_UGLY = re.compile(
    r"因[，。；]|、[、，。；）]|。。|，[，。；、）]|；[；。，]|：[。；，]|（）|「」|^[，。；、]|None|nan|NaT|<NA>|[{}]|[^0-9]0项均|等0项|共0项|的的|因因|不足不足|预计预计|开工开工"
)


@dataclass(frozen=True)
class Row:
    """One project of the appendix."""

    name: str
    group: str
    status: str


def faults(text: str, names: Sequence[str]) -> list[str]:
    """Everything in a bulletin that does not close; empty where all is well."""
    body, annex = (re.split(r"\n附件1?\n", text, maxsplit=1) + [""])[:2]
    appendix = list(rows(annex))
    found = (
        [f"附件有{len(appendix)}行，项目{len(names)}个"]
        if sorted(r.name for r in appendix) != sorted(names)
        else []
    )
    lines = [hide(line.strip("　"), names) for line in body.splitlines()]
    found += [f"文字不通：{line}" for line in lines if _UGLY.search(line)]
    found += [
        *_groups(annex),
        *_overview(lines, appendix),
        *_sections(body, appendix),
        *_lists("\n".join(lines)),
        *_numbering(lines),
    ]
    return [*found, *_decimals(hide(body, names))]


def hide(line: str, names: Sequence[str]) -> str:
    """A line with each project's name replaced by one mark, the longest names first."""
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(words, NAME, line)


def rows(annex: str) -> Iterator[Row]:
    """The appendix's projects."""
    group = ""
    for line in annex.splitlines():
        cells = line.split("\t")
        if heading := re.fullmatch(r"（.+?）(.+)（\d+项）", line):
            group = heading[1]
        elif len(cells) > 2 and cells[0].isdigit():
            yield Row(cells[1], group, cells[-2])


def _groups(annex: str) -> Iterator[str]:
    """（二）县重点在建（33项） stands above 33 rows; all are numbered through; what is summed adds up."""
    said = re.findall(r"^（(.+?)）(.+)（(\d+)项）((?:\n\d+\t.*)*)(\n\t小计.*)?", annex, re.M)
    first = 1
    for place, (number, group, count, below, sums) in enumerate(said, start=1):
        numbers = [int(n) for n in re.findall(r"^(\d+)\t", below, re.M)]
        if numbers != list(range(first, first + int(count))) or number != CHINESE[place]:
            yield f"附件{number}{group}写{count}项，下有{numbers}"
        first += int(count)
        yield from _sums(f"附件{number}小计", sums, below)
    whole = re.search(r"^\t合计.*", annex, re.M)
    yield from _sums("附件合计", whole[0] if whole else "", annex)


def _sums(what: str, row: str, rows: str) -> Iterator[str]:
    """The money of a row of sums, where there is one, against the projects above it."""
    parts = [_money(line) for line in rows.splitlines() if line[:1].isdigit()]
    if row and _money(row) != [sum(column) for column in zip(*parts, strict=True)]:
        yield f"{what}写{_money(row)}"


def _money(row: str) -> list[Decimal]:
    return [Decimal(cell.replace(",", "").replace("—", "0")) for cell in row.split("\t")[3:6]]


def _overview(lines: Sequence[str], appendix: Sequence[Row]) -> Iterator[str]:
    """The opening counts, against the appendix."""
    opening = next(line for line in lines if "共确定" in line)
    total = len(appendix)
    yield from _same("总数", re.findall(r"重点工程(\d+)项（", opening), [total])
    for kind in ("性质", "级别"):
        yield from _same(
            kind,
            [
                sum(
                    map(
                        int,
                        re.findall(
                            r"(\d+)项", re.search(rf"按(?:建设)?{kind}分：([^；）]*)", opening)[1]
                        ),
                    )
                )
            ],
            [total],
        )
    groups = re.search(r"其中：(.*)。", opening)
    if groups and not any("待核" in row.group for row in appendix):
        yield from _same("分组", [sum(map(int, re.findall(r"工程(\d+)项", groups[1])))], [total])
    pace = next(line for line in lines if "达到序时进度" in line and line.startswith("截至"))
    status = {
        word: sum(row.status == word for row in appendix)
        for word in ("未开工", "达到序时", "未达到序时", "暂不评价")
    }
    yield from _same("达到", re.findall(r"，达到序时进度(\d+)项", pace), [status["达到序时"]])
    yield from _same("未达到", re.findall(r"未达到序时进度(\d+)项", pace), [status["未达到序时"]])
    yield from _same("未开工", set(re.findall(r"未开工(\d+)项", pace)), {status["未开工"]})
    yield from _same(
        "暂不评价", [*re.findall(r"暂不评价(\d+)项", pace), "0"][:1], [status["暂不评价"]]
    )
    yield from _same("四类", [sum(status.values())], [total])
    for building, started, missing in re.findall(
        r"(\d+)项在建项目中已开工(\d+)项、未开工(\d+)项", pace
    ):
        yield from _same("在建", [int(started) + int(missing)], [building])


def _same(what: str, said: object, true: object) -> Iterator[str]:
    if [str(x) for x in said] != [str(x) for x in true]:  # type: ignore[attr-defined]
        yield f"{what}：写{said}，应为{true}"


_HEADINGS = {
    "未开工": r"未开工项目",
    "达到序时": r"达到序时进度项目",
    "未达到序时": r"未达到序时进度项目",
}


def _sections(body: str, appendix: Sequence[Row]) -> Iterator[str]:
    """Each list under its heading: as many names as the heading says, and exactly those of that status."""
    for status, words in _HEADINGS.items():
        members = [row.name for row in appendix if row.status == status]
        found = re.search(
            rf"（[一二三]）{words}（(\d+)项）\n(.*?)(?=\n　　(?:（[一二三]）|[一二三]、))",
            body,
            re.S,
        )
        if bool(members) != bool(found):
            yield f"{status}有{len(members)}项，{'有' if found else '没有'}小标题"
        elif found:
            yield from _same(status, [found[1]], [len(members)])
            named = set(_named(found[2], [row.name for row in appendix]))
            if status == "达到序时":
                whole = re.search(r"(\d+)项重点工程达到", found[2])
                yield from _same("达到情况", [whole[1] if whole else "1"], [len(members)])
                if not named <= set(members):
                    yield f"达到序时里点了{named - set(members)}"
            elif named != set(members):
                yield f"{status}应点名{members}，实际点名{named}"
            levels = [
                int(n)
                for n in re.findall(
                    r"^　　\d+\.[省市县级别待核重点]+工程（(\d+)项）$", found[2], re.M
                )
            ]
            if levels:
                yield from _same("分级别", [sum(levels)], [len(members)])
    later = body.rpartition("下一步")[2]
    for status, phrase in (
        ("未开工", r"加快办理(.*?)的前期手续"),
        ("未达到序时", r"抓调度。(.*?)要(?:查明|保持)"),
    ):
        members = sorted(row.name for row in appendix if row.status == status)
        said = re.search(phrase, later)
        if sorted(_named(said[1] if said else "", [row.name for row in appendix])) != members:
            yield f"下一步里{status}应点名{members}"


def _named(text: str, names: Sequence[str]) -> list[str]:
    return list(
        re.findall("|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)), text)
    )


def _lists(text: str) -> Iterator[str]:
    """甲、乙、丙3项 names three; 甲、乙。2项均因 names two; 另有N项 is no list."""
    text = re.sub(r"总投资[\d.]+[亿万]元的", "", text)
    for listed, count in re.findall(rf"((?:{NAME}、)*{NAME})。?(\d+)项", text):
        yield from _same("名单", [count], [listed.count(NAME)])
    for listed in re.findall(rf"((?:{NAME}、)+{NAME})(?!\d|、|等|。\d)(?:因|的|未|均|，)", text):
        yield f"点了{listed.count(NAME)}个名，没有写项数"


def _numbering(lines: Sequence[str]) -> Iterator[str]:
    """一、（一）1.（1） and 一是 each begin with one and leave none out; what restarts does so under a higher heading."""
    seen: dict[str, int] = {"一、": 0, "（一）": 0, "1.": 0, "（1）": 0, "一是": 0}
    order = list(seen)
    for line in lines:
        found = re.match(
            r"(?P<h1>[一二三四五六七八九十]+)、|（(?P<h2>[一二三四五六七八九十]+)）|(?P<h3>\d+)\.(?!\d)|（(?P<h4>\d+)）|(?P<say>[一二三四五六七八九十]+)是",
            line,
        )
        if not found:
            continue
        kind = order[["h1", "h2", "h3", "h4", "say"].index(found.lastgroup or "")]
        text = found[found.lastgroup or ""]
        number = int(text) if text.isdigit() else CHINESE.index(text)
        if number != seen[kind] + 1:
            yield f"编号不连：{line[:12]}"
        seen[kind] = number
        for lower in order[order.index(kind) + 1 :] if kind != "一是" else []:
            seen[lower] = 0


def _decimals(text: str) -> Iterator[str]:
    """One number of decimals for percentages and one for 亿元 in the whole text."""
    for unit in ("%", "亿元"):
        places = {len(fraction) for fraction in re.findall(rf"\d(?:\.(\d+))?{unit}", text)}
        if len(places) > 1:
            yield f"{unit}的小数位数不一：{places}"

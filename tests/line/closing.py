"""Proves from a bulletin's text alone that it closes: every count equals the number of names that it stands for.

It knows nothing of the program: it reads the words, and the list of projects in the appendix, as a careful reader would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

NAME = "\x01"
"""Stands for a project's name while sentences are counted."""

CHINESE = ["", *"一二三四五六七八九十", *("十" + d for d in "一二三四五六七八九")]
_UGLY = re.compile(
    r"因[，。；]|受影响|、[、，。；）]|。。|，[，。；、）]|；[；。，]|：[。；，]|（）|「」|^[，。；、]|None|nan|NaT|<NA>|[{}]|的的|因因|受受|"
    r"影响影响|现现|不足不足|预计预计|开工开工|》、《|其他方面|(?<![\d.])0项|(?<![\d.])0(?:\.0+)?(?:亿|万)元"
)


@dataclass(frozen=True)
class Row:
    """One project of the appendix."""

    name: str
    group: str
    status: str


def faults(text: str, names: Sequence[str], aliases: Mapping[str, str] | None = None) -> list[str]:
    """Everything in a bulletin that does not close; empty where all is well. `aliases`: each 简称 with its project's name."""
    known = Known(names, aliases or {})
    body, annex, rest = attached(text)
    appendix = list(rows(annex))
    found = (
        [f"附件有{len(appendix)}行，项目{len(names)}个"]
        if sorted(r.name for r in appendix) != sorted(names)
        else []
    )
    lines = [known.hide(line.strip("　")) for line in body.splitlines()]
    found += [f"文字不通：{line}" for line in lines if _UGLY.search(line)]
    found += [
        *_groups(annex),
        *_overview(lines, appendix),
        *_sections(body, appendix, known, rest),
        *_lists("\n".join(lines)),
        *_numbering(before_note(lines)),
        *_shortened(body, known),
    ]
    return [*found, *_decimals(known.hide(body))]


def before_note(lines: Sequence[str]) -> Sequence[str]:
    """The lines before the note of what is attached, which has numbers of its own."""
    return lines[: next((n for n, line in enumerate(lines) if line.startswith("附件：")), None)]


def attached(text: str) -> tuple[str, str, str]:
    """The text before what is attached, the table of all projects, and the table of those that lag, "" where there is none."""
    body, *annexes = re.split(r"\n附件\d?\n", text)
    return body, annexes[0] if annexes else "", annexes[1] if len(annexes) > 1 else ""


def hide(line: str, names: Sequence[str]) -> str:
    """A line with each project's name replaced by one mark."""
    return Known(names, {}).hide(line)


@dataclass(frozen=True)
class Known:
    """The projects' names, and what else they are called."""

    names: Sequence[str]
    aliases: Mapping[str, str]

    @property
    def pattern(self) -> str:
        """Any of them, the longest first."""
        words = sorted((*self.names, *self.aliases), key=len, reverse=True)
        return "|".join(map(re.escape, words))

    def hide(self, line: str) -> str:
        """A line with each project's name replaced by one mark."""
        return re.sub(self.pattern, NAME, line)

    def named(self, text: str) -> list[str]:
        """The projects that a text names, by their full names."""
        return [self.aliases.get(name, name) for name in re.findall(self.pattern, text)]


def _shortened(body: str, known: Known) -> Iterator[str]:
    """A 简称 stands only where the full name has stood before."""
    seen: set[str] = set()
    for name in re.findall(known.pattern, body):
        if name in known.aliases and known.aliases[name] not in seen:
            yield f"先写了简称{name}"
        seen.add(known.aliases.get(name, name))


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
        parts = re.search(rf"按(?:建设)?{kind}分：([^；）]*)", opening)
        if parts:
            yield from _same(kind, [sum(map(int, re.findall(r"(\d+)项", parts[1])))], [total])
            if "，" not in parts[1]:
                yield f"只有一种{kind}，还写按{kind}分"
    groups = re.search(r"其中：(.*)。", opening)
    if groups and not any("待核" in row.group for row in appendix):
        yield from _same("分组", [sum(map(int, re.findall(r"工程(\d+)项", groups[1])))], [total])
    yield from _counts(next(line for line in lines if line.startswith("截至")), appendix)


def _counts(pace: str, appendix: Sequence[Row]) -> Iterator[str]:
    """The paragraph of counts: what it does not speak of is none."""
    status = {
        word: sum(row.status == word for row in appendix)
        for word in ("未开工", "达到序时", "未达到序时", "暂不评价")
    }
    words = {"达到序时": "(?<!未)达到序时进度", "未达到序时": "未达到序时进度"}
    alone = "|".join([*words.values(), "未开工", "暂不评价"])
    single = re.search(rf"[；，]\d+项[^，。；]*?工程均?((?:{alone}))", pace)
    for word, count in status.items():
        said = {int(n) for n in re.findall(rf"{words.get(word, word)}(\d+)项", pace)}
        if (
            not said
            and single
            and re.fullmatch(words.get(word, word).replace("(?<!未)", ""), single[1])
        ):
            said = {len(appendix)}
        if not said and word == "未开工" and "均未开工" in pace:
            said = {int(n) for n in re.findall(r"(\d+)项在建项目均未开工", pace)}
        yield from _same(word, said or {0}, {count})
    yield from _same("四类", [sum(status.values())], [len(appendix)])
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


def _sections(body: str, appendix: Sequence[Row], known: Known, rest: str) -> Iterator[str]:
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
            yield from _section(status, found[2], members, known, rest)
    later = body.rpartition("下一步")[2]
    for status, start, end in (("未开工", "抓前期。", "\n"), ("未达到序时", "抓调度。", "要查明")):
        members = sorted(row.name for row in appendix if row.status == status)
        said = later.partition(start)[2].partition(end)[0] if start in later and members else ""
        counted = sum(map(int, re.findall(r"（(\d+)项）", said)))
        if (
            set(known.named(said)) != set(members)
            and counted != len(members)
            and not re.search(r"等\d+个单位|等\d+项", said)
        ):
            yield f"下一步里{status}应点名{members}"


def _section(
    status: str, text: str, members: Sequence[str], known: Known, rest: str
) -> Iterator[str]:
    named = set(known.named(text))
    if status == "达到序时":
        whole = re.search(r"(\d+)项重点工程达到", text)
        yield from _same("达到情况", [whole[1] if whole else "1"], [len(members)])
        if not named <= set(members):
            yield f"达到序时里点了{named - set(members)}"
        return
    some = re.search(r"[的等](\d+)项(?:尚未开工[^\n]*)?详见附件2?", text)
    if some:
        yield from _same("附件2的", [some[1]], [len(members)])
        if not named <= set(members):
            yield f"{status}里点了{named - set(members)}"
        told = re.search(r"以上(\d+)项", text)
        if told:
            yield from _same("写出的", [told[1]], [len(named)])
        table = [line.split("\t")[1] for line in rest.splitlines() if f"\t{status}\t" in line]
        yield from _same("附件2", sorted(table), sorted(members))
    elif named != set(members):
        yield f"{status}应点名{members}，实际点名{named}"
    levels = [
        int(n) for n in re.findall(r"^　　\d+\.[省市县级别待核重点]+工程（(\d+)项）$", text, re.M)
    ]
    if levels:
        yield from _same("分级别", [sum(levels)], [len(members)])


def _lists(text: str) -> Iterator[str]:
    """甲、乙、丙3项 names three; 甲、乙等12项 names fewer than it counts; no list has more than ten names."""
    text = re.sub(r"总投资[\d.]+[亿万]元的|（已竣工）", "", text)
    for listed, more, count in re.findall(rf"((?:{NAME}、)*{NAME})。?(等?)(\d+)项", text):
        if more and not listed.count(NAME) < int(count):
            yield f"点了{listed.count(NAME)}个名，还写等{count}项"
        if not more:
            yield from _same("名单", [count], [listed.count(NAME)])
    for listed in re.findall(rf"(?:{NAME}(?:（[^）]*）)?、)+{NAME}", text):
        if listed.count(NAME) > MOST_NAMES:
            yield f"一口气点了{listed.count(NAME)}个名"
    for line in text.splitlines():
        if len(line) > LONGEST and line.count("。") > 1:
            yield f"一段{len(line)}字：{line[:20]}"


MOST_NAMES, LONGEST = 10, 350


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

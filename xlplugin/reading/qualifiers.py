"""What a heading's words say beside the thing itself: its period, basis, version and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xlplugin.amounts import money_unit

MONTH, YEAR, SUMMED, SINCE_START, EARLIER, ELSEWHEN = (
    "当月",
    "本年",
    "累计",
    "自开工累计",
    "以前年度",
    "别的时段",
)
"""What a figure adds up. SUMMED: cumulative, and nobody says since when."""
FIRST, ADJUSTED = "年初", "调整后"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One heading in parts. `what` is a key of the schema, one of the things in `meaning`, another word for what is none of
    ours, or "" where nothing is known."""

    what: str = ""
    exact: bool = False
    """A heading or alias of ours, word for word."""
    year: int | None = None
    months: tuple[int, int] | None = None
    """First and last month: (1, 9) is 1-9月, (9, 9) a month by itself."""
    to_date: bool = False
    """截至目前, or up to a day or a month's end."""
    summed: bool = False
    basis: str = ""
    version: str = ""
    units: tuple[str, ...] = ()
    period: str = ""
    """The period in the heading's own words."""

    @property
    def says(self) -> bool:
        """Whether the words are a heading's at all."""
        return bool(self.what or self.year or self.months or self.basis or self.version)


_DIGITS = {word: str(at) for at, word in enumerate("一二三四五六七八九十", 1)} | {
    "十一": "11",
    "十二": "12",
    "两": "2",
}
_CHINESE_MONTH = re.compile(
    r"(十[一二]?|[一二三四五六七八九])(?=月|[-—–~至到](?:十[一二]?|[一二三四五六七八九]|\d+)月)"
)
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|\d\d(?=年))年?度?)?"
_DAY = r"(?:份|底|末|\d{1,2}[日号])?"
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        r"截?[至止]?到?(?P<end>(?:上|去)年(?:底|末)|(?P<year>(?:19|20)\d\d)年?(?:底|末|12月(?:31日|底|末)))",
        r"(?P<now>截[至止]到?(?:目前|[本当][月期][底末]?|当前|今日?|现在|报告期末?)止?|[至到]?本[月期][底末]?(?:为?止|末)"
        r"|[至到]本[月期][底末]?|(?<![上下])[月期]末(?=累)|年初(?:至今|以来|到现在)|目前为止|迄今|到目前)",
        r"(?:自|从)?"
        + _YEAR
        + r"(?P<first>\d{1,2})(?:月份?)?(?:-{1,2}|[—–~至到]+)(?P<last>\d{1,2})月"
        + _DAY,
        r"(?:截?[至止]到?|到)" + _YEAR + r"(?P<until>\d{1,2})月" + _DAY,
        r"(?:截?[至止]到?)?(?P<year>(?:19|20)\d\d)[.\-/年](?P<until>\d{1,2})[.\-/月](?:\d{1,2})日?",
        r"截?[至止]到?(?P<until>\d{1,2})\.\d{1,2}日?(?![\d.])",
        r"(?:截?[至止]到?)?" + _YEAR + r"第?(?P<quarter_end>[一二三四1-4])季度[末底]",
        _YEAR
        + r"(?:(?P<quarters>(?:前|[一1]季?度?[-—–~至到、]第?)[一二两三四1-4]个?)|第?(?P<quarter>[一二三四1-4]))季度",
        _YEAR + r"(?P<half>[上下])半年",
        _YEAR + r"(?P<until>\d{1,2})月(?:底|末)",
        _YEAR + r"(?P<month>\d{1,2})月份?(?:当月|单月|当期)?",
        r"(?P<year>(?:19|20)\d\d)(?:年度|年(?!月))?(?!\d)|(?P<short>(?<!\d)\d\d)年度?",
    )
)
_BASES = tuple(
    (basis, re.compile(pattern))
    for basis, pattern in (
        (YEAR, r"不(?:含|包括)(?:历年|以前年?度?|往年|上年)"),
        (
            SINCE_START,
            r"(?<!不)含(?:历年|以前年?度?|往年|上年)|自?(?:项目)?开工(?:建设)?(?:以来|至今|起|后?累计)|自开工|开[建始]以来|建设以来|(?:项目|历史|历年)累计|自开始",
        ),
        (EARLIER, r"以前(?:各?年度?)?|历年|往年(?:度)?|此前|上年度?|去年|上一年度?"),
        (
            ELSEWHEN,
            r"明年|下年度?|次年|后续年度|十[二三四五六]五(?:时?期间?)?|[两三五]年(?:行动|滚动)?|上月|上期|下月|本周|上周|[上中下]旬",
        ),
        (MONTH, r"本月|当月|单月|月度|每月|本期|当期|逐月"),
        (YEAR, r"本年度?|今年|当年度?|年内|全年|年度|年(?=计划|完成|投资|累计|目标|任务)"),
    )
)
_VERSIONS = (
    (FIRST, re.compile(r"年初|原定|原(?=计划|安排|目标|下达)|初始|调整前|变更前|最初")),
    (ADJUSTED, re.compile(r"(?:中期|年中)?调整后?|修[订正]后?|变更后|调增后|调减后")),
)
_LAID_DOWN_IN = re.compile(
    r"(?:\d{1,2}月(?:份|初|中旬|底|\d{1,2}日)?|第?[一二三四]季度|[上下]半年)(?=(?:中期)?调[整增减]|修[订正]|变更|下达|印发)"
)
"""When a plan was adjusted or issued, which is no period of its figures: 9月调整."""
_BY_ITSELF = re.compile(r"当月|单月|当期")
_SUMMED = re.compile(r"累[计積积計]")
_UNIT = r"(百万元?|千万元?|千元|万元|亿元|万|亿|元)"
_OWN_UNIT = re.compile(rf"(?:单位[:为]?|计量单位[:为]?)?{_UNIT}(?:人民币)?")
_LAST_UNIT = re.compile(r"(百万元|千万元|千元|万元|亿元|(?<=[资成划额算])[亿万元])$")
_BRACKETS = re.compile(r"[(\[【<{〔](.{0,60}?)[)\]】>}〕]")
_PARTED = re.compile(r"[、,，;；/|。 ]|其中")


def _months(found: re.Match[str]) -> tuple[tuple[int, int] | None, bool]:
    """The months that a period's match names, and whether it speaks of what has come together up to their end."""
    said = found.groupdict()
    if first := said.get("first"):
        return (int(first), int(said["last"])), False
    if until := said.get("until"):
        return (1, int(until)), True
    if month := said.get("month"):
        return (int(month), int(month)), False
    if quarters := said.get("quarters"):
        last = quarters.removesuffix("个")[-1]
        return (1, 3 * int(_DIGITS.get(last, last))), False
    if quarter := said.get("quarter_end"):
        return (1, 3 * int(_DIGITS.get(quarter, quarter))), True
    if quarter := said.get("quarter"):
        last = 3 * int(_DIGITS.get(quarter, quarter))
        return (last - 2, last), False
    if half := said.get("half"):
        return ((1, 6) if half == "上" else (7, 12)), False
    return None, "now" in said and said["now"] is not None


def _full_year(found: re.Match[str]) -> int | None:
    said = found.groupdict()
    year = said.get("year") or said.get("short")
    return None if not year else int(year) if len(year) == 4 else 2000 + int(year)


def _period(text: str) -> tuple[str, Meaning]:
    """The text without its period, and the period."""
    for pattern in _PERIODS:
        found = pattern.search(text)
        if not found or not found[0]:
            continue
        months, to_date = _months(found)
        if months and not (1 <= months[0] <= months[1] <= 12):
            continue
        rest = _without(text, found)
        ended = found.groupdict().get("end")
        return rest, Meaning(
            year=_full_year(found),
            months=months,
            to_date=to_date,
            basis=EARLIER
            if ended
            else MONTH
            if _BY_ITSELF.search(found[0]) and not to_date
            else "",
            period=found[0],
        )
    return text, Meaning()


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]}·{text[found.end() :]}"


def facts(text: str) -> tuple[str, Meaning]:
    """A text without period, basis, version and unit, and those."""
    unit = _LAST_UNIT.search(text)
    if unit:
        text = text[: unit.start()]
    text = _CHINESE_MONTH.sub(lambda found: _DIGITS[found[1]], text)
    text, said = _period(_LAID_DOWN_IN.sub("", text))
    basis = said.basis
    for name, pattern in _BASES:
        if found := pattern.search(text):
            text = _without(text, found)
            if name == EARLIER and found[0][0] in "上去" and not basis and not _SUMMED.search(text):
                name = ELSEWHEN  # last year's own
            said = replace(said, period=said.period or found[0])
            basis = basis or name
    version = ""
    for name, pattern in _VERSIONS:
        if found := pattern.search(text):
            text, version = _without(text, found), name
            break
    summed = bool(_SUMMED.search(text)) or basis == SINCE_START
    return _SUMMED.sub("·", text), replace(
        said,
        basis=basis,
        version=version,
        summed=summed,
        units=(money_unit(unit[1]),) if unit else (),
    )


def bracketed(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A text without brackets; the units said in brackets; what else is said there."""
    units: list[str] = []
    others: list[str] = []
    for inside in _BRACKETS.findall(text):
        for part in _PARTED.split(inside):
            if found := _OWN_UNIT.fullmatch(part):
                units.append(money_unit(found[1]))
            elif part:
                others.append(part)
    return _BRACKETS.sub("", text), tuple(filter(None, units)), tuple(others)

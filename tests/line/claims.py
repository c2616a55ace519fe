"""What a bulletin claims of time, amounts and households, read from its text alone and held to the ledger and the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from line.closing import Known, attached
from line.county import aliases

from xlplugin.flags.facts import Project
from xlplugin.pipeline import Outcome
from xlplugin.render.text import text

PRESSING = 60
"""Beyond so many days nobody is short of time."""


def faults(outcome: Outcome) -> list[str]:
    """Everything that the text claims and that is not so."""
    body = attached(text(outcome.bulletin))[0]
    known = Known(outcome.facts.data.values("name"), aliases(outcome))
    return [*_time(outcome, body), *_projects(outcome, body, known), *_issues(outcome, body, known)]


def _last_day(said: str, as_of: dt.date, *, ahead: bool) -> dt.date | None:
    """The last day of 10月下旬, 2022年3月, 12月底, 四季度, as a reader of the report's year understands them."""
    parts = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "年底": 12}
    if said in parts:
        return dt.date(as_of.year, parts[said], calendar.monthrange(as_of.year, parts[said])[1])
    found = re.fullmatch(r"(?:(\d{4})年)?(\d+)月(?:(上|中|下)旬|(底|末)|(\d+)日)?", said)
    if not found:
        return None
    month = int(found[2])
    year = int(found[1] or as_of.year)
    if not found[1] and ahead and month < as_of.month - 6:
        year += 1
    end = calendar.monthrange(year, month)[1]
    return dt.date(year, month, int(found[5] or {"上": 10, "中": 20}.get(found[3] or "", end)))


def _time(outcome: Outcome, body: str) -> Iterator[str]:
    today = max(outcome.as_of, outcome.facts.settings.issued or outcome.as_of)
    yield from _promises(outcome.as_of, today, body)
    yield from _season(outcome, today, body)
    yield from _effort(outcome, today, body)
    if relative := re.search(r"明年|去年|今年|上年|截至目前", body):
        yield f"说{relative[0]}"
    if outcome.figures.whole.plan == 0 and re.search(r"(?<!未)达到(?:或超过)?序时", body):
        yield "没有计划，却说达到序时"


def _promises(as_of: dt.date, today: dt.date, body: str) -> Iterator[str]:
    for pattern in (
        r"(?<!原)预计(?:[^，。；]*?、)?([^，。；、]*?)开工",
        r"确保([^，。；（）]*?)(?:全部)?开工",
    ):
        for said in re.findall(pattern, body):
            day = _last_day(said, as_of, ahead=True)
            if day and day <= today:
                yield f"{said}开工，文件{today}"
    for said in re.findall(r"原预计([^，。；]*?)开工建设，已逾期", body):
        day = _last_day(said, as_of, ahead=False)
        if day and day > as_of:
            yield f"{said}还没有逾期"


def _season(outcome: Outcome, today: dt.date, body: str) -> Iterator[str]:
    as_of = outcome.as_of
    found = re.search(r"距有效施工期结束（(\d+)月(\d+)日）还有(\d+)天", body)
    if found:
        end = dt.date(as_of.year, int(found[1]), int(found[2]))
        if (end - as_of).days != int(found[3]) or int(found[3]) > PRESSING:
            yield f"施工期还有{found[3]}天"
    if bool(found) != ("时间紧" in body):
        yield "说时间紧，没有说还有几天"
    for month, day in re.findall(r"要抢抓(\d+)月(\d+)日前的有效施工期", body):
        if not today < dt.date(as_of.year, int(month), int(day)):
            yield "施工期已过，还说抢抓"


def _effort(outcome: Outcome, today: dt.date, body: str) -> Iterator[str]:
    over = today >= dt.date(outcome.as_of.year, 12, 31)
    rate, season = outcome.figures.whole.completion, outcome.facts.settings.season
    finished = rate is None or rate >= 1
    ended = season is not None and season.days(outcome.as_of.year)[1] <= today
    wrong = {
        "时间紧": finished,
        "难度较大": finished or over or not ended,
        "年底前": over,
        "双双达标": finished or over,
        "年度计划没有全部完成": finished or not over,
    }
    yield from (
        f"完成率{rate}，文件{today}，却说{word}"
        for word, no in wrong.items()
        if no and word in body
    )


def _projects(outcome: Outcome, body: str, known: Known) -> Iterator[str]:
    """Each project's own sentence: its amounts and its share, when it began, whether it was due."""
    facts = outcome.facts
    rows = {facts.project(row).name: facts.project(row) for row in facts.data.rows.tolist()}
    yield from _amounts(body, known, rows)
    yield from _starts(outcome.as_of, body, known, rows)


def _each(known: Known, body: str, pattern: str) -> Iterator[tuple[str, re.Match[str]]]:
    """A project, what is in brackets behind it, and the words that must follow."""
    for found in re.finditer(rf"({known.pattern})(?:（[^）]*）)*{pattern}", body):
        yield known.named(found[1])[0], found


def _amounts(body: str, known: Known, rows: Mapping[str, Project]) -> Iterator[str]:
    money = r"([\d.]+[亿万]元)"
    told = rf"。?年度计划投资{money}，累计完成{money}，完成率([\d.]+)%"
    for name, found in _each(known, body, told):
        project = rows[name]
        for said, fen in ((found[2], project.plan), (found[3], project.done)):
            if not _is(said, fen or 0):
                yield f"{name}{said}，台账{fen}分"
        share = Fraction(project.done or 0, project.plan or 1) * 100
        if abs(Fraction(found[4]) - share) > Fraction(1, 2 * 10 ** len(found[4].partition(".")[2])):
            yield f"{name}完成率{found[4]}"
    for found in re.finditer(rf"总投资{money}的({known.pattern})", body):
        if not _is(found[1], rows[known.named(found[2])[0]].total or 0):
            yield f"总投资{found[1]}的{found[2]}"


def _starts(as_of: dt.date, body: str, known: Known, rows: Mapping[str, Project]) -> Iterator[str]:
    for name, found in _each(known, body, r"[^（；。]*。(?:(?!\n)[^；])*?(\d+)月(\d+)日正式开工"):
        day = rows[name].actual_start
        one = len(set(known.named(found[0]))) == 1
        if one and (not day or (day.month, day.day) != (int(found[2]), int(found[3]))):
            yield f"{name}{found[2]}月{found[3]}日正式开工"
    for name, found in _each(known, body, r"。计划(?:\d+年)?(\d+)月开工"):
        day = rows[name].planned_start
        if not day or day <= as_of or day.month != int(found[2]):
            yield f"{name}计划{found[2]}月开工"
    for name, _ in _each(known, body, r"。(?:均?受|均?因)[^。]*尚未开工"):
        day = rows[name].planned_start
        if day and day > as_of:
            yield f"{name}{day}才该开工，已经批评了"


def _is(said: str, fen: int) -> bool:
    """Whether an amount in print is what the ledger has, rounded half up."""
    number, unit = Decimal(said[:-2]), {"亿元": 10**10, "万元": 10**6}[said[-2:]]
    places = Decimal(1).scaleb(-len(said[:-2].partition(".")[2]))
    return (Decimal(fen) / unit).quantize(places, ROUND_HALF_UP) == number


def _issues(outcome: Outcome, body: str, known: Known) -> Iterator[str]:
    """Amounts, areas and households of the issues: each project's own and, of several together, their sum; none is lost."""
    listed: dict[tuple[str, str], list[tuple[Decimal, str]]] = {}
    facts = outcome.facts
    for _, identity, own, kind, quantity, measure, state in facts.issues.lines(
        "id", "name", "kind", "quantity", "measure", "state"
    ):
        row = facts.ledger.row_of(identity, own)
        if row is not None and quantity and state != "已解决":
            listed.setdefault((kind, facts.project(row).name), []).append((quantity, measure))
    for kind, sentence in re.findall(r"(?:^|。|　)(..)方面，([^。]*)。", body, re.M):
        for part in re.split("；", sentence):
            yield from _part(kind, part, listed, known)


def _part(
    kind: str, part: str, listed: dict[tuple[str, str], list[tuple[Decimal, str]]], known: Known
) -> Iterator[str]:
    hidden = known.hide(part)
    shortened = re.search(r"等\d+项", part)
    names = [name for k, name in listed if k == kind] if shortened else known.named(part)
    own = [amount for name in names for amount in listed.get((kind, name), [])]
    said = [(Decimal(n), unit) for n, unit in re.findall(r"([\d.]+)(亿元|万元|亩|户|人)", hidden)]
    wholes = [
        (sum((q for q, m in own if m == measure), Decimal(0)), measure)
        for measure in {measure for _, measure in own}
        if len(names) > 1
    ]
    for amount in [*([] if shortened else own), *wholes]:
        if not any(_same(one, amount) for one in said):
            yield f"{kind}方面丢了{amount}：{part}"
    for one in said:
        if not any(_same(one, other) for other in (*own, *wholes)):
            yield f"{kind}方面多了{one}：{part}"


def _same(said: tuple[Decimal, str], true: tuple[Decimal, str]) -> bool:
    (number, unit), (quantity, measure) = said, true
    if measure != "万元":
        return unit == measure and number == quantity
    return unit.endswith("元") and _is(f"{number}{unit}", int(quantity * 10**6))

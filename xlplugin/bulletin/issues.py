"""困难问题: what is unsolved, by kind; an amount stands in its place in the words, and where several share them, as each one's and all's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlplugin.amounts import UNITS, to_fen
from xlplugin.bulletin.items import OTHER
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.words import grouped, listing
from xlplugin.figures.said import clause
from xlplugin.schema import SOLVED

_PLACE = re.compile(r"[{｛]\s*数量\s*[}｝]|…+")
"""Where a clerk's words leave room for the amount."""
_ON = ("尚", "仍", "还", "未", "无", "均")
"""Words that go on without a comma after a name."""
LONG = 240
"""A kind's sentence is no longer; what is left is counted."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One unsolved issue: its words, and what it extends to."""

    words: str
    quantity: Decimal | None
    measure: str

    def extent(self, story: Story) -> str:
        """3.85亿元, 12户; money in 万元 is printed in the bulletin's unit. "" where there is none."""
        if not self.quantity:
            return ""
        if self.measure in UNITS:
            return story.words.money(to_fen(self.quantity, self.measure))
        return f"{self.quantity.normalize():f}{self.measure}"

    @property
    def has_room(self) -> bool:
        """Whether the words leave room for the amount."""
        return _PLACE.search(self.words) is not None

    def said(self, story: Story, mark: str = "") -> str:
        """市县配套资金3.85亿元仍未落实; in brackets at the end where the words leave no room. `mark` is written before the amount."""
        extent = self.extent(story)
        if self.has_room:
            return _PLACE.sub(f"{mark}{extent}" if extent else "", self.words, count=1)
        return self.words + (f"（{mark or '涉及'}{extent}）" if extent else "")


Issues = Mapping[int, Sequence[Issue]]
"""One kind's issues by the project's sheet row."""


def open_issues(story: Story) -> dict[str, dict[int, list[Issue]]]:
    """Unsolved issues by kind and project; issues of unknown projects are left out (an error says so)."""
    kinds: dict[str, dict[int, list[Issue]]] = {}
    lines = story.facts.issues.lines("id", "name", "kind", "text", "quantity", "measure", "state")
    for _, identity, name, kind, text, quantity, measure, state in lines:
        row = story.facts.ledger.row_of(identity, name)
        if row is None or state == SOLVED or not text:
            continue
        amount = quantity if quantity and quantity > 0 else None
        issue = Issue(clause(text), amount, measure)
        kinds.setdefault(kind or OTHER, {}).setdefault(row, []).append(issue)
    return kinds


def issues_said(story: Story, by_row: Issues, few: int) -> str:
    """One kind's issues: projects with the very same words are named together; of very many the first few, and how many in all."""
    rows = [int(story.facts.data.rows[p.position]) for p in story.largest(by_row)]
    groups = grouped(rows, lambda row: _shared(by_row[row]))
    told: list[str] = []
    named = 0
    for group in groups:
        text = _said(story, [(row, by_row[row]) for row in group], few)
        named += min(len(group), few)
        if told and (len("；".join((*told, text))) > LONG or named > few):
            return f"{'；'.join(told)}等，共{story.counted(len(by_row))}"
        told.append(text)
    return "；".join(told)


def _shared(issues: Sequence[Issue]) -> str:
    """What must be the same for projects to be named together: words and measure; nothing where each has several."""
    return "" if len(issues) > 1 else f"{issues[0].words}\t{issues[0].measure}"


def _said(story: Story, group: Sequence[tuple[int, Sequence[Issue]]], few: int) -> str:
    projects = [story.facts.project(row) for row, _ in group]
    if len(group) == 1:
        return _joined(story.names(projects), "，".join(each.said(story) for each in group[0][1]))
    each = [issues[0] for _, issues in group]
    amounts = [issue.quantity or Decimal(0) for issue in each]
    one, whole = each[0], replace(each[0], quantity=sum(amounts, Decimal(0)) or None)
    if len(set(amounts)) == 1:
        words = one.said(story, "各")
        if one.quantity and one.has_room:
            words = f"均{one.said(story)}，共{whole.extent(story)}"
        elif one.quantity:
            words = f"{words[:-1]}，共{whole.extent(story)}）"
        return _joined(_first(story, list(map(story.name, projects)), few), words)
    named = [
        story.name(project)
        + (f"（{issue.extent(story)}）" if issue.quantity and len(group) <= few else "")
        for project, issue in zip(projects, each, strict=True)
    ]
    counted = re.search(r"有[{｛…]", one.words)
    return _joined(_first(story, named, few), whole.said(story, "" if counted else "共"))


def _first(story: Story, names: Sequence[str], few: int) -> str:
    rest = f"等{story.counted(len(names))}" if len(names) > few else ""
    return listing(names[:few]) + rest


def _joined(names: str, words: str) -> str:
    return f"{names}{'' if words.startswith(_ON) else '，'}{words}"

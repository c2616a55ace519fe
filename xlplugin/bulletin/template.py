"""The clerks' wording language: Jinja2 with Chinese names, sandboxed, checked before use; errors name sheet and row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xlplugin import tables
from xlplugin.book import Book
from xlplugin.bulletin.outline import HEADINGS, Entry, paragraph_called, passed_over, wrong
from xlplugin.bulletin.outline import read as read_outline
from xlplugin.bulletin.ready import ready, usual
from xlplugin.bulletin.ready import table as table_of
from xlplugin.bulletin.wording import COMMON, PARAGRAPHS, DefaultParagraph, ParagraphKey
from xlplugin.errors import Problem
from xlplugin.figures import Names, UnknownName
from xlplugin.say import seen
from xlplugin.schema import OWN_OUTLINE, WORDING
from xlplugin.schema.keys import ColumnKey
from xlplugin.settings import Settings
from xlplugin.tables import Table

PrintsFigure = Callable[[str], str | int]
"""A figure as it is printed, by its name."""
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_ENVIRONMENT.globals.clear()
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Tuple,
    nodes.List,
)
"""Names, conditions and joining are all that wording needs; loops, calls, filters and attributes could run away or break out."""

MOST_FIGURES = 50
"""Figures that a paragraph may name."""
LONGEST, LARGEST = 20_000, 10**15
"""Characters of a template, and its largest number."""
_LONGEST_TEXT = 100_000
"""Characters of a paragraph that a clerk's template makes: names may be repeated in it."""

_BRACES = frozenset("{}｛｝")
_HOW = "应写成 {{ 名称 }} 或 {% if 名称 %}……{% endif %}"
OF_ITEM = "本项."
"""Begins the name of a figure of the item that is repeated over."""
_BY_KEY = {paragraph.key: paragraph for paragraph in PARAGRAPHS}


class _Compiled(NamedTuple):
    """A template ready to be filled in, over and over: a context of its own for each of 25,000 sentences would cost 0.1 s.

    `pieces` are its text with what `names` holds; `figures` are those that it names, by variable.
    """

    pieces: Callable[[], Iterable[str]]
    names: dict[str, object]
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates in force, the rows of 措辞 that they stand in, and what was wrong on reading it."""

    templates: Mapping[ParagraphKey, str]
    rows: Mapping[ParagraphKey, int]
    table: Table
    outline: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    settings: Settings
    """They say whether a ready outline is in force: no cell of the workbook holds its rows then."""

    @property
    def chosen(self) -> str:
        """The ready outline in force; "" where it is the sheet's."""
        return "" if self.settings.outline == OWN_OUTLINE else self.settings.outline

    def wrong(self, row: int, key: ColumnKey, *words: str) -> Problem:
        """What is wrong with a row: at its cell, or where the ready outline was chosen."""
        if self.chosen:
            return passed_over(self.settings, *words)
        return wrong(self.table, row, key, *words)

    def say(
        self, key: ParagraphKey, names: dict[str, object], figure: PrintsFigure
    ) -> tuple[str, Problem | None]:
        """A paragraph with its names filled in; "" where the clerk emptied it.

        A template that passed the check may still fail on some figures (a name is empty this month, a branch is taken for the
        first time): that is a problem, and the default is used instead.
        """
        template, paragraph = self.templates[key], _BY_KEY[key]
        if template == paragraph.template:
            return _fill(template, names, figure), None
        text, found = _tried(template, names, figure)
        if found is None:
            return text, None
        failed = self.wrong(self.rows[key], "template", *_told(key, paragraph.names, found))
        return _fill(paragraph.template, names, figure), failed

    def own(
        self, row: Entry, names: dict[str, object], figure: PrintsFigure
    ) -> tuple[str, Problem | None]:
        """What a row of the office's own says. One that fails on some figures is told and left out; of a heading the row's name
        stands in, lest what is below came under the one before.
        """
        text, found = _tried(row.template, names, figure)
        if not found:
            return text, None
        failed = self.wrong(row.row, "template", *_told(row.name, COMMON, found))
        return (str(names["本项"]) or row.name if row.depth in HEADINGS else ""), failed


_INSIDE = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)
_SIGN = r"""[^\s"'{}%()\[\]+~<>!,|=.]"""
_PIECE = _SIGN + "+"
_NAME = re.compile(
    rf""""[^"]*"|'[^']*'|(?<!\d)\d+\.\d+(?![^\s)}}])|(?<!{_SIGN})({_PIECE}(?:=(?!=){_PIECE})?(?:\.{_PIECE}(?:=(?!=){_PIECE})?)+)"""
)


def _figures(template: str) -> tuple[str, dict[str, str]]:
    """A template for Jinja, and the figures that it names by dotted words, each under a variable of its own.

    Jinja takes a dot for an attribute, and would not read 1至9月 at all: so it never sees them.
    """
    found: dict[str, str] = {}

    def variable(match: re.Match[str]) -> str:
        return found.setdefault(match[1], f"figure_{len(found)}") if match[1] else match[0]

    source = _INSIDE.sub(lambda inside: _NAME.sub(variable, inside[0]), template)
    return source, {variable: name for name, variable in found.items()}


@lru_cache(maxsize=256)
def _compiled(template: str) -> _Compiled:
    source, figures = _figures(template)
    compiled, names = _ENVIRONMENT.from_string(source), dict[str, object]()
    context = compiled.new_context(names, shared=True)  # shared: taken as they are, not copied
    return _Compiled(lambda: compiled.root_render_func(context), names, figures)


def _fill(template: str, names: dict[str, object], figure: PrintsFigure) -> str:
    compiled = _compiled(template)
    compiled.names.clear()
    compiled.names.update(names)
    for variable, name in compiled.figures.items():
        compiled.names[variable] = figure(name)
    text = "".join(compiled.pieces())
    if text.isprintable():  # as nearly all are: one line, and nothing in it that is not seen
        return text.strip()
    return seen("".join(map(str.strip, text.splitlines())))


def _tried(template: str, names: dict[str, object], figure: PrintsFigure) -> tuple[str, str | None]:
    """A clerk's template filled in; "" and what is wrong where it fails on these figures."""
    try:
        text = _fill(template, names, figure)
    except (TemplateError, TypeError, ValueError):
        return "", "名称之间不能这样加减或比较：文字和数字要分开用"
    return ("", f"写出来的文字超过{_LONGEST_TEXT}字") if len(text) > _LONGEST_TEXT else (text, None)


def read(book: Book, names: Names) -> Wording:
    """The clerk's wording over the defaults. A wrong template is a problem (KP36) and its default stands in."""
    decided = names.known.facts.settings
    table, problems = _in_force(tables.read_optional(book, WORDING), decided)
    templates = {paragraph.key: paragraph.template for paragraph in PARAGRAPHS}
    rows: dict[ParagraphKey, int] = {}
    outline, misplaced = read_outline(table)
    problems += [*table.problems, *misplaced]
    for row, name, text in table.lines("paragraph", "template"):
        if paragraph := paragraph_called(name):
            if table.has("depth") and paragraph.key in rows:
                continue
            rows[paragraph.key] = row
            if found := check(paragraph, text, names):
                words = _told(paragraph.key, paragraph.names, found)
                problems.append(wrong(table, row, "template", *words))
            else:
                templates[paragraph.key] = text
        elif name and not table.has("depth"):
            found = f"没有叫「{name}」的段落，这一行不起作用"
            words = ("应为已有的段落", found, "请核对段落名称")
            problems.append(wrong(table, row, "paragraph", *words))
    kept = []
    for own in outline:
        if own.key is None and (found := _wrong(own.template, COMMON, names)):
            words = _told(own.name, COMMON, found)
            problems.append(wrong(table, own.row, "template", *words))
            if own.depth in HEADINGS:
                kept.append(_by_its_name(own))
        else:
            kept.append(own)
    return Wording(templates, rows, table, tuple(kept), tuple(problems), decided)


def _in_force(sheet: Table, decided: Settings) -> tuple[Table, list[Problem]]:
    """The office's sheet, or the ready outline that 参数 chooses; what was written into the sheet is not used then, and that is said."""
    if decided.outline == OWN_OUTLINE:
        return sheet, []
    keys: Sequence[ColumnKey] = ("paragraph", "depth", "each", "template")
    known = usual() if sheet.has("depth") else [(row[0], "", "", row[3]) for row in usual()]
    changed = [row for row, *cells in sheet.lines(*keys) if tuple(cells) not in known]
    words = (
        f"应为「{OWN_OUTLINE}」，或不改「{sheet.title}」",
        f"选了「{decided.outline}」，「{sheet.title}」第{changed[0] if changed else 0}行等改过的{len(changed)}行没有用",
        f"要用改过的，请选「{OWN_OUTLINE}」",
    )
    told = [passed_over(decided, *words)] if changed else []
    return table_of(ready(decided.outline).rows), told


def _by_its_name(own: Entry) -> Entry:
    """A heading whose words are wrong: its item's name, or the row's, keeps what is below from coming under the one before."""
    name = "".join(letter for letter in own.name if letter not in _BRACES)
    return replace(own, template="{{ 本项 }}" if own.each else name)


def check(paragraph: DefaultParagraph, template: str, names: Names) -> str | None:
    """What is wrong with a template, in the clerk's words; None where it is right."""
    return None if template == paragraph.template else _wrong(template, paragraph.names, names)


def _wrong(template: str, own: Mapping[str, str], names: Names) -> str | None:
    if slip := _slip(template, frozenset(own)):
        return slip
    try:
        for name in _compiled(template).figures.values():
            names[name.removeprefix(OF_ITEM)]
    except UnknownName as unknown:
        return str(unknown).rstrip("。")
    return None


@lru_cache(maxsize=256)
def _slip(template: str, own: frozenset[str]) -> str | None:
    """What is wrong with a template by itself, whatever the figures are: a batch of an office's workbooks has the same ones."""
    if len(template) > LONGEST:
        return f"有{len(template)}字，最多{LONGEST}字"
    try:
        source, figures = _figures(template)
        if len(figures) > MOST_FIGURES:
            return f"数字名称太多，一段至多{MOST_FIGURES}个"
        tree = _ENVIRONMENT.parse(source)
        if not all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node)):
            return f"用了循环、函数、过滤器或乘除，{_HOW}"
        if unknown := sorted(
            {name.name for name in tree.find_all(nodes.Name)} - own - figures.keys()
        ):
            return f"用了不存在的名称{'、'.join(f'「{name}」' for name in unknown)}"
        if not all(_is_modest(const.value) for const in tree.find_all(nodes.Const)):
            return "用了过大的数字或看不见的字符"
        if any(_BRACES & set(data.data) for data in tree.find_all(nodes.TemplateData)):
            return f"花括号不成对或用了全角，{_HOW}"
        _compiled(template)
    except (TemplateError, SyntaxError, ValueError, RecursionError, MemoryError):
        return f"花括号里的写法有误，{_HOW}"
    return None


def _is_modest(value: object) -> bool:
    """Whether a constant can be printed: no number of a thousand digits, no control character by an escape."""
    if isinstance(value, str):
        return seen(value) == value
    return not isinstance(value, (int, float)) or abs(value) <= LARGEST


def _told(name: str, names: Mapping[str, str], found: str) -> tuple[str, str, str]:
    """What should be, what is, and what to do."""
    expected = f"「{name}」只能用这些名称：{'、'.join(names)}，和「全部.完成率」这样的数字名称"
    instead = "已用原来的文字" if paragraph_called(name) else "这一行没有写"
    return expected, found, f"{instead}，请改正"

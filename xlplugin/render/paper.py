"""通报 as a sheet that prints as the document reads: a paragraph a row over the whole width, tables as tables of cells.

Its rows are as high as what is in them, whatever fonts a desk has instead of ours: lines are broken as programs break them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from xlplugin.book import BLANK, Area, Changes, Filling, Layout, Put
from xlplugin.bulletin import blocks
from xlplugin.cells import Cell, column_letters
from xlplugin.measure import broken, height_of, is_number, width
from xlplugin.render.text import INDENT, noted

TEXT_WIDTH = 88.0
"""Characters across: they fill the width of an A4 page."""

CHARACTERS_A_LINE, LINE_POINTS, MOST_LINES = 34, 21.0, 18
"""At 14 points: full-width characters in that width where a screen makes it narrowest (34 to 38 are met), a line's height. A
paragraph is distributed over its row, so that one line more or less is not seen. Excel's rows end at 409 points."""

HALF = 0.53
"""A half-width character's share of a full-width one in 仿宋, a little more than it really has."""

SPARE = 5.0
"""Points that a row has to spare: the fonts that stand in for ours are higher."""

TITLES = {"红头": 42.0, "标题": 36.0}
APART = {"附件说明": LINE_POINTS, "落款": LINE_POINTS, "表题": 8.0}
"""Points of the empty row above a block that begins in such a style, and around a table."""


LEAST = 4.0
"""Characters of a table's column at least."""


@dataclass(slots=True)
class _Page:
    """A sheet in the making: its first column, the cells beside it, what is merged. `grid`: the columns' widths."""

    grid: Sequence[float]
    texts: list[Cell] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    heights: dict[int, float | None] = field(default_factory=dict)
    beside: dict[tuple[int, int], Put] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)

    def line(self, text: str, style: str) -> None:
        """A row that runs over all columns."""
        lines = broken(text, CHARACTERS_A_LINE, HALF)
        height = TITLES.get(style) or LINE_POINTS * lines + SPARE
        self.row([(text, style, len(self.grid))], height, beside=BLANK)

    def gap(self, points: float) -> None:
        """An empty row."""
        self.row([("", BLANK, len(self.grid))], points, beside=BLANK)

    def row(
        self, cells: Sequence[tuple[str, str, int]], height: float, beside: str | None = None
    ) -> None:
        """A row of texts, each with its style and over so many columns; those that are covered look like it, or `beside`."""
        self.texts.append(cells[0][0] or None)
        self.styles.append(cells[0][1])
        number, at = len(self.texts), 1
        self.heights[number] = height
        for text, style, span in cells:
            if at > 1:
                self.beside[number, at] = Put(text or None, style=style)
            for covered in range(at + 1, at + span):
                self.beside[number, covered] = Put(None, style=beside or style)
            if span > 1:
                first, last = column_letters(at), column_letters(at + span - 1)
                self.merges.append(f"{first}{number}:{last}{number}")
            at += span

    def changes(self) -> Changes:
        """All of it, instead of what the sheet holds."""
        widths = dict(enumerate(self.grid, start=1))
        area = Area(1, 1, (Filling(self.texts, self.styles),))
        return Changes(
            self.beside,
            self.heights,
            tuple(self.merges),
            Layout(widths),
            areas=(area,),
            instead=True,
            widths=widths,
        )


def bulletin(document: blocks.Bulletin) -> Changes:
    """The whole sheet."""
    tables = [
        block
        for block in document.blocks
        if isinstance(block, blocks.PrintedTable) and not block.sheet
    ]
    page = _Page(_grid(tables))
    for block in document.blocks:
        if isinstance(block, blocks.PrintedTable) and not block.sheet:
            _table(block, page)
        else:
            for number, (text, style) in enumerate(rows(block)):
                if not number and style in APART:
                    page.gap(APART[style])
                for part in _parts(text):
                    page.line(part, style)
    return page.changes()


def rows(block: blocks.Block) -> list[tuple[str, str]]:
    """A block's rows of text: each with its style."""
    match block:
        case blocks.Letterhead(office, number):
            said = [(line, "红头") for line in office.splitlines()]
            return [*said, (number, "副标题")] if number else said
        case blocks.Title(text):
            return [(text, "标题")]
        case blocks.Line("附件", text):
            first, *others = (INDENT + line for line in noted(text))
            return [(first, "附件说明"), *((line, "正文段") for line in others)]
        case blocks.Line(role, text):
            return [(text, {"文号": "副标题", "附件标签": "一级标题"}.get(role, "正文段"))]
        case blocks.Heading(level, text):
            return [(INDENT + text, {1: "一级标题", 2: "二级标题"}.get(level, "正文段"))]
        case blocks.Paragraph(text):
            return [(INDENT + text, "正文段")]
        case blocks.Items(items):
            return [(INDENT + line, "正文段") for line in items]
        case blocks.PrintedTable(title=title, sheet=shown) | blocks.Chart(title=title, sheet=shown):
            return [(f"{title}（见「{shown}」）" if shown else title, "正文段")]
        case blocks.Signature(office, date):
            return [(line + INDENT, "落款") for line in (office, date) if line]
        case blocks.Colophon(copies, office, date):
            printed = INDENT.join(filter(None, (office, date)))
            return [(line, "正文段") for line in (copies, printed) if line]


def _table(table: blocks.PrintedTable, page: _Page) -> None:
    """Title, unit, head and rows; a row of one cell runs over all."""
    spans = _spans(_needs(table), page.grid)
    page.gap(APART["表题"])
    for text, style in ((table.title, "表题"), (table.unit, "单位")):
        if text:
            page.line(text, style)
    looks = [
        _look([row[at] for row in table.rows if len(row) > at > 0]) for at in range(len(spans))
    ]
    for row, styles in ((table.head, ["表头"] * len(spans)), *((row, looks) for row in table.rows)):
        if len(row) == 1 < len(spans):
            cells = [(row[0], "文字", len(page.grid))]
        else:
            filled = (*row, *[""] * (len(spans) - len(row)))
            cells = list(zip(filled, styles, spans, strict=True))
        page.row(cells, _tallest(cells, page.grid))
    page.gap(APART["表题"])


def _tallest(cells: Sequence[tuple[str, str, int]], grid: Sequence[float]) -> float:
    edges = [0.0, *accumulate(grid)]
    ends = list(accumulate(span for _, _, span in cells))
    return max(
        height_of(text, edges[end] - edges[end - span])
        for (text, _, span), end in zip(cells, ends, strict=True)
    )


def _look(texts: Sequence[str]) -> str:
    """Numbers right, short words centred, texts left."""
    if all(map(is_number, texts)):
        return "数字" if any(len(text) > 2 for text in texts) else "居中"
    return "居中" if all(width(text) <= LEAST for text in texts) else "文字"


def _needs(table: blocks.PrintedTable) -> list[float]:
    """What each column would like, in characters of a column's width: its cells in one line, its heading in two."""
    count = max(1, len(table.head), *map(len, table.rows))
    lines = [row for row in (table.rows) if len(row) > 1 or count == 1]
    heads = (*table.head, *[""] * (count - len(table.head)))
    return [
        min(
            max(width(head), LEAST, *(2 * width(row[at]) for row in lines if len(row) > at)) + 1,
            TEXT_WIDTH / 2,
        )
        for at, head in enumerate(heads)
    ]


def _grid(tables: Sequence[blocks.PrintedTable]) -> list[float]:
    """The columns that the widest table needs, as wide together as the page."""
    needs = max(map(_needs, tables), key=len, default=[1.0])
    return [round(TEXT_WIDTH * need / sum(needs), 1) for need in needs]


def _spans(needs: Sequence[float], grid: Sequence[float]) -> list[int]:
    """Over how many columns of the grid each of a table goes, so that its widths come near to what they should be."""
    edges, wanted = list(accumulate(grid)), list(accumulate(needs))
    spans, at = [], 0
    for left, reach in zip(range(len(needs) - 1, -1, -1), wanted, strict=True):
        free = range(at + 1, len(grid) - left + 1) if left else (len(grid),)
        place = TEXT_WIDTH * reach / wanted[-1]
        end = min(free, key=lambda end: abs(edges[end - 1] - place))
        spans.append(end - at)
        at = end
    return spans


def _parts(text: str) -> Iterator[str]:
    """A text as pieces that each fit into one row, cut after a mark; almost always just one."""
    most = (CHARACTERS_A_LINE - 2) * MOST_LINES
    at = 0
    # no need to measure all that is left: so much is more than a row
    while width(text[at : at + 2 * most], HALF) > most:
        cut = max(text.rfind(mark, at, at + most) for mark in "。；，、") + 1
        cut = cut if cut > at else at + most
        yield text[at:cut]
        at = cut
    yield text[at:]

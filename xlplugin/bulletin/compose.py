"""Outline, figures and wording → the bulletin as data: rows that have nothing to say are dropped and the numbering closes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from xlplugin.bulletin import ranking, tabled
from xlplugin.bulletin.attachments import attachments
from xlplugin.bulletin.blocks import (
    Block,
    Bulletin,
    Heading,
    Items,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.bulletin.charts import chart
from xlplugin.bulletin.frame import framed
from xlplugin.bulletin.joined import More, announces, joined
from xlplugin.bulletin.outline import FRAME, HEADINGS, Entry, Node, empty, tree
from xlplugin.bulletin.sections import LISTED, told
from xlplugin.bulletin.short import parted, shortened
from xlplugin.bulletin.story import Story
from xlplugin.bulletin.template import Wording
from xlplugin.bulletin.words import chinese
from xlplugin.errors import Problem
from xlplugin.figures import Names
from xlplugin.figures.counted import Figures
from xlplugin.periods import say_date
from xlplugin.schema import ANALYSIS

_FORCED = Line("强制生成说明", "")
"""Stands where the note on a forced draft will be: it is said when all else has been, since a template that failed is an error, too."""
_SAYING = (Paragraph, Items, PrintedTable)
"""Blocks that say something: a bulletin without any is none."""
_MARKS = {1: "{}、", 2: "（{}）", 3: "{}."}


def compose(
    names: Names,
    figures: Figures,
    wording: Wording,
    errors: int = 0,
    analysis: str = ANALYSIS.title,
    drawn: bool = True,
) -> tuple[Bulletin, tuple[Problem, ...]]:
    """Write the bulletin; the problems are the clerk's rows that failed on these figures.

    `errors` is how many errors were forced: the text then says that it is no fair copy, and counts those rows as well.
    `analysis` is the name that 进度分析 bears in this workbook; where charts cannot be `drawn` none is attached.
    """
    story = Story(names, figures, wording, analysis, drawn)
    content = list(_written(story, tree(wording.outline)))
    if not any(isinstance(block, _SAYING) for block in content):
        story.failed[empty(wording.table)] = None
    story.failed.update(dict.fromkeys(story.left_out()))
    errors += sum(problem.severity == "E" for problem in story.failed)
    note = list(story.paragraph("强制生成说明", 错误数=errors)) if errors else []
    if _FORCED not in content:
        content.insert(sum(isinstance(block, (Title, Line)) for block in content[:3]), _FORCED)
    at = content.index(_FORCED)
    numbered = list(_numbered([*content[:at], *note, *content[at + 1 :]]))
    written = list(parted(list(shortened(story, numbered))))
    return Bulletin(tuple(framed(written, story.settings)), tuple(story.told)), tuple(story.failed)


def _written(story: Story, nodes: Sequence[Node]) -> Iterator[Block]:
    """The blocks of some rows, headings and lists not yet numbered. Neighbours that repeat over the same take turns."""
    for is_heading, group in groupby(nodes, lambda node: node.row.depth in HEADINGS):
        if is_heading:
            for node in group:
                yield from _section(story, node)
        else:
            yield from _texts(story, [node.row for node in group])


def _section(story: Story, node: Node) -> Iterator[Block]:
    """A heading with what stands under it, dropped where that is nothing; a heading of one item only goes without."""
    row, found = node.row, []
    for inner in story.repeated(row):
        below = list(_written(inner, node.below))
        if any(not isinstance(block, Heading) and block is not _FORCED for block in below):
            found.append((inner, below))
    alone = row.each and len(found) == 1
    for inner, below in found:
        if not alone:
            yield Heading(HEADINGS[row.depth], "".join(told(inner, row)))
        yield from below


def _texts(story: Story, rows: Sequence[Entry]) -> Iterator[Block]:
    """Rows that are no headings; lines of a list, and 一是 and 二是, are counted together as long as nothing comes between."""
    lines = (
        (row, inner)
        for _, together in groupby(rows, lambda row: (row.each, _at_once(row)))
        for inner, row in _turns(story, list(together))
    )
    begun: list[Block | More] = []
    for (depth, each), group in groupby(lines, lambda line: (line[0].depth, _of_list(line[0]))):
        listed = list(group)
        if depth in ("逐条", "一是", "接上段"):
            said = [text for row, inner in listed if inner for text in told(inner, row) if text]
            if not said and begun and announces(begun[-1]):
                begun.pop()
            elif said and depth == "接上段":
                begun.append(More("".join(said), listed=bool(each)))
            else:
                begun += _list(depth, said)
        else:
            begun += [block for row, inner in listed if inner for block in _block(inner, row)]
    yield from joined(begun)


def _of_list(row: Entry) -> str:
    """What goes on above is closed where it repeats over something else; everything else is told apart by its depth alone."""
    return row.each if row.depth == "接上段" else ""


def _at_once(row: Entry) -> bool:
    """Whether a row says by itself all that it repeats over: a list of projects, a table of its own."""
    return row.key in LISTED or (row.key is None and row.depth in ("表", "图"))


def _turns(story: Story, rows: Sequence[Entry]) -> Iterator[tuple[Story | None, Entry]]:
    """The rows, item by item; each with None where there is no item."""
    inners: Iterable[Story | None] = [story] if _at_once(rows[0]) else story.repeated(rows[0])
    inners = list(inners) or [None]
    yield from ((inner, row) for inner in inners for row in rows)


def _list(depth: str, said: Sequence[str]) -> Iterator[Block]:
    """一是 … 二是 … or a list; a single line goes without its number."""
    if depth == "一是":
        for number, line in enumerate(said, start=1):
            yield Paragraph(f"{chinese(number)}是{line}" if len(said) > 1 else line)
    elif len(said) == 1:
        yield Paragraph(said[0])
    elif said:
        yield Items(tuple(said))


def _block(story: Story, row: Entry) -> Iterator[Block]:
    """A row's blocks where it is neither heading nor list."""
    if row.depth == "附件":
        yield from attachments(story)
    elif row.depth == "表":
        yield from tabled.table(story, row) if row.key is None else ranking.table(story)
    elif row.depth == "图":
        yield from chart(story, row) if story.drawn else ()
    elif row.depth == "落款":
        yield from _signature(story, row)
    elif row.key == "强制生成说明":
        yield _FORCED
    else:
        for text in filter(None, told(story, row)):
            yield _framed(row, text)


def _framed(row: Entry, text: str) -> Block:
    if row.depth == "标题":
        return Title(text)
    if row.depth in FRAME and row.depth != "结语":
        return Line("附件" if row.depth == "附件说明" else row.depth, text)
    return Paragraph(text)


def _signature(story: Story, row: Entry) -> Iterator[Block]:
    """Who signs and when; nothing where the clerk emptied the row."""
    office, issued = "".join(told(story, row)), story.settings.issued
    if row.template and (office or issued):
        yield Signature(office, say_date(issued) if issued else "")


def _numbered(content: Sequence[Block]) -> Iterator[Block]:
    """Headings and lists with their numbers: 一、（一）1. and, under these, （1）; an emptied heading has none, but begins anew what is below."""
    counts = [0, 0, 0, 0]
    deepest = 0
    for block in content:
        match block:
            case Heading(level, text):
                counts[level + 1 :] = [0] * (3 - level)
                deepest = level
                if text:
                    counts[level] += 1
                    number = str(counts[level]) if level == 3 else chinese(counts[level])
                    yield Heading(level, _MARKS[level].format(number) + text)
            case Items(lines):
                mark = "（{}）" if deepest == 3 else "{}."
                yield Items(tuple(mark.format(n) + line for n, line in enumerate(lines, start=1)))
            case _:
                yield block

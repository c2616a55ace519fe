"""The bulletin as data, before it is a document: what is said, in order. Renderers add looks, never words or figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Letterhead:
    """版头: who issues, in red, and the document's number above the red line; `number` may be empty."""

    office: str
    number: str


@dataclass(frozen=True, slots=True)
class Title:
    """The bulletin's title."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of its own in the frame of the document. `role`: 文号, 主送 (ends with a colon), 附件 (note; a line for each attachment), 附件标签."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number already in front: level 1 一、 · 2 （一） · 3 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text, indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list; each line has its number in front."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with a title and a line for its unit; rows are text as printed; a row of one cell spans the table."""

    title: str
    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheet: str = ""
    """The workbook's sheet that shows the same; "" where none does."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures, drawn in documents only: it says nothing that the text does not. `kind`: bars, curves."""

    kind: Literal["bars", "curves"]
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    """Name and values of each; None where there is no value. Of bars the first is drawn, the others are marks to reach."""
    sheet: str = ""
    """The workbook's sheet that shows such a chart; "" where none does."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; either may be empty."""

    office: str
    date: str


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记, at the foot of the last page: who gets copies, who printed it and when; each may be empty."""

    copies: str
    office: str
    date: str


Frame = Letterhead | Title | Line | Signature | Colophon
Block = Frame | Heading | Paragraph | Items | PrintedTable | Chart


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The whole bulletin, in the order of its reading."""

    blocks: tuple[Block, ...]
    figures: tuple[str, ...] = ()
    """The names of the figures that its sentences print, as they first come; each project's own go without saying."""

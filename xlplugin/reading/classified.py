"""分类: how an office sorts its projects: what a word belongs to, how it is printed, at which stage it is, in which order it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xlplugin.book import Book
from xlplugin.cells import plain
from xlplugin.columns import Array
from xlplugin.errors import Problem
from xlplugin.reading.others import read as read_table
from xlplugin.schema import CLASSES, LEDGER, Column


@dataclass(frozen=True, slots=True)
class Classified:
    """One row: the word and what it belongs to, folded ("" for any column); "" where a row does not say."""

    word: str
    belongs: str
    printed: str
    stage: str

    def meets(self, column: Column) -> bool:
        """Whether the row speaks of a column."""
        names = (column.heading, column.heading[-2:], *column.aliases)
        return not self.belongs or self.belongs in map(plain, names)


@dataclass(frozen=True, slots=True)
class Classification:
    """The sheet's rows in the order that they say; none where the workbook has no such sheet."""

    rows: Sequence[Classified] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, column: Column) -> Iterator[Classified]:
        """The rows that speak of a column."""
        return (row for row in self.rows if row.meets(column))

    def printed(self, column: Column, word: str) -> str:
        """A column's word as it is printed; "" for a word that the sheet does not have."""
        folded = plain(word)
        return next((row.printed for row in self.of(column) if row.word == folded), "")

    def stage(self, word: str) -> str:
        """The stage that a nature comes to; "" where the sheet does not say."""
        folded, nature = plain(word), LEDGER["nature"]
        return next((row.stage for row in self.of(nature) if row.word == folded), "")

    def order(self, column: Column) -> tuple[str, ...]:
        """A column's words as they are printed, in their order."""
        return tuple(dict.fromkeys(row.printed for row in self.of(column)))

    def renamed(self, column: Column, words: Array) -> Array:
        """A column's words as they are printed."""
        said = {word: name for word in set(words.tolist()) if (name := self.printed(column, word))}
        if all(word == name for word, name in said.items()):
            return words
        return np.fromiter((said.get(word, word) for word in words), object, len(words))


def read(book: Book) -> Classification:
    """The sheet 分类, where there is one."""
    table = read_table(book, CLASSES)
    lines = [
        (
            order is None,
            order or 0,
            at,
            Classified(plain(word), plain(belongs), printed or word, stage),
        )
        for at, (_, word, belongs, printed, stage, order) in enumerate(
            table.lines("word", "belongs", "printed", "stage", "order")
        )
        if word
    ]
    return Classification(
        [row for *_, row in sorted(lines, key=lambda line: line[:3])], table.problems
    )

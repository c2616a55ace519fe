"""Cells as rectangles: a program that is asked once for each rectangle, not once for each cell, answers sooner."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import product
from typing import TypeVar

from xlplugin.hosts.guards import Box, Place

Key = TypeVar("Key", bound=Hashable)
Fact = TypeVar("Fact")


def blocks(places: Mapping[Place, Key]) -> list[tuple[Box, Key]]:
    """Cover places by rectangles of equal key, in the order of reading: runs in a row, joined downwards where they match."""
    done: list[tuple[Box, Key]] = []
    above: dict[tuple[int, int], tuple[Box, Key]] = {}
    last = 0
    for row, runs in _rows(places):
        here: dict[tuple[int, int], tuple[Box, Key]] = {}
        for left, right, key in runs:
            found = above.get((left, right))
            joins = found is not None and row == last + 1 and found[1] == key
            top = above.pop((left, right))[0][0] if joins else row
            here[left, right] = (top, left, row, right), key
        done.extend(above.values())
        above, last = here, row
    return sorted([*done, *above.values()], key=lambda block: block[0])


def _rows(places: Mapping[Place, Key]) -> Iterator[tuple[int, list[tuple[int, int, Key]]]]:
    """Each row that is touched, with its runs of neighbouring cells of equal key: first column, last column, key."""
    row, runs = 0, list[tuple[int, int, Key]]()
    for here, column in sorted(places):
        key = places[here, column]
        if here != row:
            if runs:
                yield row, runs
            row, runs = here, []
        if runs and runs[-1][1] == column - 1 and runs[-1][2] == key:
            runs[-1] = runs[-1][0], column, key
        else:
            runs.append((column, column, key))
    if runs:
        yield row, runs


def uniform(box: Box, ask: Callable[[Box], Fact | None]) -> Iterator[tuple[Box, Fact]]:
    """Rectangles of a box that have one answer each. `ask` answers None where the cells of a rectangle differ."""
    answer = ask(box)
    if answer is not None:
        yield box, answer
        return
    first, left, last, right = box
    if first == last and left == right:
        return
    if right - left >= last - first:
        middle = (left + right) // 2
        halves = (first, left, last, middle), (first, middle + 1, last, right)
    else:
        middle = (first + last) // 2
        halves = (first, left, middle, right), (middle + 1, left, last, right)
    for half in halves:
        yield from uniform(half, ask)


def within(box: Box) -> Iterator[Place]:
    """The cells of a rectangle."""
    first, left, last, right = box
    yield from product(range(first, last + 1), range(left, right + 1))

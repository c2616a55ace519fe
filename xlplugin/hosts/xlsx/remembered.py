"""What the same bytes say: a batch of an office's workbooks holds the same parts again and again (12 of 53 ms for a county's workbook)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The last few things that were made, by all that they were made of: no other content can be given them.

    They are shared, so nobody may change one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, T] = {}

    def of(self, content: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for a content, or has given for the same; whatever it raises is not remembered."""
        made = self._made.pop(content) if content in self._made else make()
        self._made[content] = made  # the last one asked for goes last
        while len(self._made) > self._most:
            del self._made[next(iter(self._made))]
        return made

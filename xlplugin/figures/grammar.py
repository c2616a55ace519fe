"""How a figure is named: words joined by dots, read from left to right.

    name    =  { word "." }  [ figure ]             省重点.在建.完成率; without a figure it is 项数
    word    =  one { "、" one }                     省重点、市重点: what either lets through
    one     =  [ heading "=" ] value                省重点, 责任单位=县交通局: a value of a classifying column
            |  state | change                       未开工, 逾期未开工; 新增滞后
            |  project                              LC2021-01, by id, name or alias
            |  months                               本月, 9月, 1至9月: for events and for money done
            |  heading                              责任单位.前三名: what a ranking goes by
            |  全部
    figure  =  a label of `declared.FIGURES`, with a number in place of N: 前三名, 最差十项

Words are compared without width, white space and case. A word may hold dots itself (an id such as 3.1): the longest known
run of words is taken. A word may begin with its months (本月新开工). A word that means two things asks for its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from xlplugin.cells import plain
from xlplugin.errors import UserError
from xlplugin.figures import words
from xlplugin.figures.counted import grouping
from xlplugin.figures.declared import FIGURES, Figure
from xlplugin.figures.words import ALWAYS, CHANGES, CLASSES, STATES, Months, Word
from xlplugin.flags import Facts
from xlplugin.places import WHOLE
from xlplugin.reading.terms import in_order
from xlplugin.schema import EARLY, STATUSES
from xlplugin.schema.keys import TextKey

LONGEST, MOST_WORDS = 200, 12
"""A name's characters and words at most."""
SUGGESTED = 2000
"""Words that are looked through for the nearest ones: the first that there are."""
_ONE = "[一二三四五六七八九]"
_NUMBER = re.compile(rf"(?<=[前后差好])(?:\d{{1,3}}|{_ONE}?十{_ONE}?|{_ONE})(?=[名项]$)")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)}


class UnknownName(UserError):
    """A name that is none: which word of it is not understood, and which words are near."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, understood. `number` is the N of 前N名."""

    words: tuple[Word, ...]
    figure: Figure
    number: int = 0
    months: Months | None = None
    by: TextKey | None = None

    def __str__(self) -> str:
        """The name in its own spelling."""
        by = CLASSES[self.by].heading if self.by else ""
        months = str(self.months) if self.months else ""
        said = ".".join(word.text for word in self.words) or "全部"
        label = self.figure.label.replace("N", str(self.number))
        return ".".join(filter(None, (months, said, by, label)))


@dataclass(frozen=True, slots=True)
class By:
    """A column that a ranking goes by; None: a word that narrows nothing."""

    key: TextKey | None


Part = Word | Months | By


def _figures() -> dict[str, Figure]:
    return {
        plain(spelling): figure
        for figure in FIGURES.values()
        for spelling in (figure.label, *figure.also)
    }


BY_WORD = _figures()
"""The figures by what they are called."""
HEADINGS: dict[str, TextKey] = {
    plain(word): key
    for key, column in reversed(CLASSES.items())
    for word in (*column.aliases, column.heading[-2:], column.heading)
}
"""The classifying columns by what they are called."""


class Vocabulary:
    """The words that a ledger knows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def values(self, key: TextKey) -> list[str]:
        """A classifying column's values: levels by rank, others as they first come, our own words first."""
        data = self.facts.data
        own = [key, "nature_word"] if key == "nature" and "nature_word" in data.arrays else [key]
        found = [value for each in own for value in dict.fromkeys(data.listed(each)) if value]
        if key == "nature":  # 未开工 is a state, which the bulletin itself names
            found = [value for value in found if value not in STATUSES]
        known = dict.fromkeys((*ALWAYS.get(key, ()), *found))
        return in_order(known) if key == "level" else list(known)

    @cached_property
    def _values(self) -> dict[str, list[Word]]:
        """Every column's values, folded; statuses are states."""
        found: dict[str, list[Word]] = {}
        for key in CLASSES:
            for value in self.values(key) if key != "status" else ():
                found.setdefault(plain(value), []).append(words.of_column(key, value))
        return found

    @cached_property
    def groups(self) -> dict[str, Word]:
        """The groups that the bulletin speaks of, by title: 省市重点在建."""
        return {
            title: words.of_column("nature", EARLY)
            if title == EARLY
            else words.of_group(title, *of)
            for title, of in grouping(self.facts.data).items()
        }

    def word(self, key: TextKey, value: str) -> Word:
        """A column's value as a word; with its heading where it could mean something else, too."""
        found = words.of_column(key, value)
        if len(self._meanings(plain(value))) < 2:
            return found
        return replace(found, text=f"{found.title}={value}")

    def parse(self, text: str) -> Name:
        """A name, understood. Raises UnknownName."""
        pieces = plain(text).split(".")
        if len(text) > LONGEST or len(pieces) > MOST_WORDS:
            raise UnknownName(f"名称太长：至多{LONGEST}个字、{MOST_WORDS}个词。")
        parts: list[Part] = []
        while pieces:
            part, taken = self._longest(pieces, text)
            if isinstance(part, Figure):
                return _name(text, parts, part, _number(pieces[0]))
            parts.append(part)
            pieces = pieces[taken:]
        return _name(text, parts, FIGURES["count"], 0)

    def _longest(self, pieces: list[str], text: str) -> tuple[Part | Figure, int]:
        """What the next pieces are, and how many of them. Raises UnknownName."""
        if len(pieces) == 1 and (figure := BY_WORD.get(_NUMBER.sub("n", pieces[0]))):
            return figure, 1
        if pieces[0] in words.WHOLE_WORDS or WHOLE.fullmatch(
            pieces[0]
        ):  # no need to look through all projects for one so called
            return By(None), 1
        for taken in range(len(pieces), 0, -1):
            if (part := self._part(".".join(pieces[:taken]))) is not None:
                return part, taken
        if begin := words.begins_with_months(pieces[0]):
            pieces[:1] = [begin, pieces[0].removeprefix(begin)]
            return self._longest(pieces, text)
        raise UnknownName(self._unknown(pieces[0], text))

    def _part(self, word: str) -> Part | None:
        if span := words.months(word, self.facts.settings.as_of.month):
            return span
        if found := self._word(word):
            return found
        if word in HEADINGS:
            return By(HEADINGS[word])
        heading, equals, value = word.rpartition("=")
        several = [self._word(f"{heading}{equals}{each}") for each in value.split("、")]
        known = [each for each in several if each]
        return words.either(known) if len(several) == len(known) > 1 else None

    def _word(self, word: str) -> Word | None:
        """The one word that narrows; None for an unknown one. Raises UnknownName where it means two things."""
        heading, equals, value = word.partition("=")
        if equals and value == words.UNKNOWN and heading in HEADINGS:
            return words.of_column(HEADINGS[heading], "")
        found = self._meanings(value if equals else word)
        if equals:
            meant = CLASSES[HEADINGS[heading]].heading if heading in HEADINGS else heading
            alone = len(found) == 1
            found = [
                w if alone else replace(w, text=f"{w.title}={w.text}")
                for w in found
                if w.title == meant
            ]
        if len(found) > 1:
            ways = "或".join(f"「{w.title}={w.text}」" for w in found)
            raise UnknownName(f"「{word}」有两种意思，请写成{ways}。")
        return found[0] if found else None

    def _meanings(self, word: str) -> list[Word]:
        word = plain(words.SPELLED.get(word, word))
        found = list(self._values.get(word, ()))
        if not found:
            found += [group for title, group in self.groups.items() if plain(title) == word]
        if word in STATES:
            found.append(words.of_state(STATES[word]))
        if word in CHANGES:
            found.append(words.of_change(CHANGES[word]))
        if (row := self.facts.ledger.rows.get(word)) is not None:
            found.append(words.of_project(self.facts, row))
        return found

    def _unknown(self, word: str, text: str) -> str:
        """What is said of a word that nobody knows."""
        known = dict.fromkeys(self._known())
        inside = [each for each in known if word and (word in plain(each) or plain(each) in word)]
        near = (inside or get_close_matches(word, list(known)[:SUGGESTED], 5, 0.4))[:5]
        hint = (
            f"相近的有：{'、'.join(near)}" if near else f"可以用：{'、'.join(list(known)[:12])}等"
        )
        within = f"「{text}」里的" if plain(text) != word else ""
        return f"{within}「{word}」不是项目、分类、状态或数字的名称。{hint}。"

    def _known(self) -> Iterator[str]:
        yield from (figure.label.replace("N", "三") for figure in FIGURES.values())
        yield from (*STATES, *CHANGES)
        for found in self._values.values():
            yield from (word.text for word in found)


def _number(piece: str) -> int:
    """The N of 前N名: 三 → 3, 十二 → 12; 0 where there is none."""
    found = _NUMBER.search(piece)
    if not found or found[0].isdecimal():
        return int(found[0]) if found else 0
    tens, ten, ones = found[0].rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _name(text: str, parts: list[Part], figure: Figure, number: int) -> Name:
    """The parts as one name. Raises UnknownName where they do not go together."""
    chosen = tuple(part for part in parts if isinstance(part, Word))
    spans = [part for part in parts if isinstance(part, Months)]
    by = [part.key for part in parts if isinstance(part, By) and part.key]
    if len(spans) > 1:
        raise UnknownName(f"「{text}」里有两处月份，只能有一处。")
    if spans and not figure.timed and not any(word.timed for word in chosen):
        timed = "、".join(
            [
                *(f.label for f in FIGURES.values() if f.timed),
                *(s.label for s in STATES.values() if s.timed),
            ]
        )
        raise UnknownName(f"「{text}」里的月份没有用处：月份只和{timed}连用。")
    if by and not figure.by:
        heading = CLASSES[by[0]].heading
        raise UnknownName(
            f"「{text}」里的「{heading}」是栏目，要写它的一个值，或者问「{heading}.前三名」。"
        )
    if figure.by and len(by) != 1:
        raise UnknownName(
            f"「{text}」要写按哪一栏排，如「责任单位.{figure.label.replace('N', '三')}」。"
        )
    if number == 0 and "N" in figure.label:
        raise UnknownName(f"「{text}」的个数要写从1起的数字。")
    return Name(chosen, figure, number, spans[0] if spans else None, by[0] if by else None)

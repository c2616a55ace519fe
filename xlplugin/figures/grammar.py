"""How a figure is named: words joined by dots, read from left to right.

    name    =  { word "." }  [ figure ]             省重点.在建.完成率; without a figure it is 项数, after a heading 名单
    word    =  one { "、" one }                     省重点、市重点: what either lets through
    one     =  [ heading "=" ] value                省重点, 责任单位=县交通局: a value of a classifying column
            |  state | change                       未开工, 逾期未开工; 新增滞后
            |  project                              LC2021-01, by id, name or alias
            |  months                               本月, 9月, 1至9月: for events and for money done
            |  heading                              责任单位.前三名: what a ranking goes by; 未开工.责任单位: whose they are
            |  全部
    figure  =  a label of `declared.FIGURES`, with a number in place of N: 前三名, 最差十项

Words are compared without width, white space and case. A word may hold dots itself (an id such as 3.1): the longest known
run of words is taken. A word may begin with its months (本月新开工). A word that means two things asks for its heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from xlplugin.amounts import counted
from xlplugin.cells import plain
from xlplugin.errors import UserError
from xlplugin.figures import words
from xlplugin.figures.classes import Classes
from xlplugin.figures.counted import grouping
from xlplugin.figures.declared import FIGURES, Figure
from xlplugin.figures.words import CHANGES, STATES, Months, Word
from xlplugin.flags import Facts
from xlplugin.places import WHOLE
from xlplugin.schema import EARLY, NATURES
from xlplugin.schema.keys import OWN_KEYS, TextKey

LONGEST, MOST_WORDS = 200, 12
"""A name's characters and words at most."""
MOST_BARE = 500
"""Different words of an office's own column that may stand without its heading."""
SUGGESTED = 2000
"""Words that are looked through for the nearest ones: the first that there are."""
_ONE = "[一二三四五六七八九]"
_NUMBER = re.compile(rf"(?<=[前后差好])(?:\d{{1,3}}|{_ONE}?十{_ONE}?|{_ONE})(?=[名项]$)")


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
    heading: str = ""
    """What the column `by` is called."""

    def __str__(self) -> str:
        """The name in its own spelling."""
        months = str(self.months) if self.months else ""
        said = ".".join(word.text for word in self.words) or "全部"
        label = self.figure.label.replace("N", str(self.number))
        return ".".join(filter(None, (months, said, self.heading, label)))


@dataclass(frozen=True, slots=True)
class By:
    """A column that a ranking goes by; None: a word that narrows nothing."""

    key: TextKey | None
    heading: str = ""


NamePart = Word | Months | By


def _figures() -> dict[str, Figure]:
    return {
        plain(spelling): figure
        for figure in FIGURES.values()
        for spelling in (figure.label, *figure.also)
    }


BY_WORD = _figures()
"""The figures by what they are called."""


class Vocabulary:
    """The words that a ledger knows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.classes = Classes(facts)
        self._columns: dict[TextKey, dict[str, Word]] = {}

    def of(self, key: TextKey) -> dict[str, Word]:
        """A classifying column's values as words, by what they are called, folded."""
        if key not in self._columns:
            values = self.classes.values(key)
            self._columns[key] = {plain(value): self._value(key, value) for value in values}
        return self._columns[key]

    def _value(self, key: TextKey, value: str) -> Word:
        if key == "nature_word" and value in NATURES and value not in self._mixed:
            return words.of_stage(value)
        return words.of_column(key, self.classes.columns[key], value)

    @cached_property
    def _mixed(self) -> set[str]:
        """The stages (在建) that are some projects' own word while others of that stage have another (续建)."""
        data = self.facts.data
        return {
            stage
            for stage in NATURES
            if 0
            < np.count_nonzero(data.where("nature_word", stage))
            < data.where("nature", stage).sum()
        }

    @cached_property
    def _values(self) -> dict[str, list[Word]]:
        """Every column's values; statuses are states. An office's own columns of very many words need their heading."""
        found: dict[str, list[Word]] = {}
        for key in self.classes.columns:
            own = self.of(key) if key != "status" else {}
            if key in OWN_KEYS and len(own) > MOST_BARE:
                continue
            for value, word in own.items():
                found.setdefault(value, []).append(word)
        return found

    @cached_property
    def groups(self) -> dict[str, Word]:
        """The groups that the bulletin speaks of, by title: 省市重点在建."""
        return {
            title: words.of_stage(EARLY) if title == EARLY else words.of_group(title, *of)
            for title, of in grouping(self.facts).items()
        }

    def word(self, key: TextKey, value: str) -> Word:
        """A column's value as a word."""
        found = self.of(key).get(plain(value)) if value else None
        return self._told(found or words.of_column(key, self.classes.columns[key], value))

    def _told(self, word: Word) -> Word:
        """A word with its heading where by itself it would mean something else, or two things."""
        if not word.value or word.key == "status" or self._alone(word):
            return word
        own = word.key == "nature_word" and word.value in NATURES
        return replace(word, text=f"{words.NATURE_TITLE if own else word.title}={word.value}")

    def _alone(self, word: Word) -> bool:
        """Whether a value by itself is understood as the word that it is: no figure, no month, no heading, no other word."""
        pieces = plain(word.value).split(".")
        try:
            part, taken = self._longest(pieces, word.value)
        except UnknownName:
            return False
        same = isinstance(part, Word) and (part.key, part.value) == (word.key, word.value)
        return same and taken == len(pieces)

    def parse(self, text: str) -> Name:
        """A name, understood. Raises UnknownName."""
        pieces = plain(text).split(".")
        if len(text) > LONGEST or len(pieces) > MOST_WORDS:
            raise UnknownName(f"名称太长：至多{LONGEST}个字、{MOST_WORDS}个词。")
        parts: list[NamePart] = []
        while pieces:
            part, taken = self._longest(pieces, text)
            if isinstance(part, Figure):
                return _name(text, parts, part, _number(pieces[0]))
            parts.append(part)
            pieces = pieces[taken:]
        last = parts[-1] if parts else None
        listed = isinstance(last, By) and last.key
        return _name(text, parts, FIGURES["names" if listed else "count"], 0)

    def _longest(self, pieces: list[str], text: str) -> tuple[NamePart | Figure, int]:
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
        begin = words.begins_with_months(pieces[0])
        if begin not in ("", pieces[0]):  # else it is no month of a year: 13月
            pieces[:1] = [begin, pieces[0].removeprefix(begin)]
            return self._longest(pieces, text)
        raise UnknownName(self._unknown(pieces[0], text))

    def _part(self, word: str) -> NamePart | None:
        if span := words.months(word, self.facts.settings.as_of.month):
            return span
        if found := self._word(word):
            return found
        if key := self.classes.headings.get(word):
            return By(key, self.classes.columns[key].heading)
        heading, equals, value = word.rpartition("=")
        several = [self._word(f"{heading}{equals}{each}") for each in value.split("、")]
        known = [each for each in several if each]
        return words.either(known) if len(several) == len(known) > 1 else None

    def _word(self, word: str) -> Word | None:
        """The one word that narrows; None for an unknown one. Raises UnknownName where it means two things."""
        heading, equals, value = word.partition("=")
        found = self._under(heading, value) if equals else self._meanings(word)
        if len(found) > 1:
            ways = "或".join(f"「{w.title}={w.text}」" for w in found)
            raise UnknownName(f"「{word}」有两种意思，请写成{ways}。")
        return found[0] if found else None

    def _under(self, heading: str, value: str) -> list[Word]:
        """What a value means under a heading: one thing at most, but for two headings of one name."""
        value = plain(words.SPELLED.get(value, value))
        if heading == words.NATURE_TITLE:
            found = self.of("nature_word").get(value)
        elif heading == words.PROJECT_TITLE or heading == words.STATE_TITLE:
            found = self._stated(value) if heading == words.STATE_TITLE else self._project(value)
        elif (key := self.classes.headings.get(heading)) is None:
            return []
        elif value == words.UNKNOWN:
            return [words.of_column(key, self.classes.columns[key], "")]
        elif key == "nature_word" and value in NATURES:
            return [words.of_stage(value)]
        elif key == "status":
            found = self._stated(value)
        else:
            found = self.of(key).get(value)
        return [self._told(found)] if found else []

    def _meanings(self, word: str) -> list[Word]:
        """What a word may mean by itself."""
        word = plain(words.SPELLED.get(word, word))
        if word in NATURES:
            return [words.of_stage(word)]
        stated, project = self._stated(word), self._project(word)
        if stated and word in words.OURS:
            return [stated]
        found = list(self._values.get(word, ()))
        if not found:
            found += [group for title, group in self.groups.items() if plain(title) == word]
        return [*found, *(each for each in (stated, project) if each)]

    def _stated(self, word: str) -> Word | None:
        if word in STATES:
            return words.of_state(STATES[word])
        return words.of_change(CHANGES[word]) if word in CHANGES else None

    def _project(self, word: str) -> Word | None:
        row = self.facts.ledger.rows.get(word)
        return None if row is None else words.of_project(self.facts, row)

    def _unknown(self, word: str, text: str) -> str:
        """What is said of a word that nobody knows."""
        known = self._known
        inside = [said for said, own in known.items() if word and (word in own or own in word)]
        near = (inside or get_close_matches(word[:SUGGESTED], list(known)[:SUGGESTED], 5, 0.4))[:5]
        hint = (
            f"相近的有：{'、'.join(near)}" if near else f"可以用：{'、'.join(list(known)[:12])}等"
        )
        within = f"「{text}」里的" if plain(text) != word else ""
        return f"{within}「{word}」不是项目、分类、状态或数字的名称。{hint}。"

    @cached_property
    def _known(self) -> dict[str, str]:
        """Every word that may stand in a name, in the order in which they are told, each as it is compared."""
        figures = (figure.label.replace("N", "三") for figure in FIGURES.values())
        values = (word.text for found in self._values.values() for word in found)
        return {said: plain(said) for said in (*figures, *STATES, *CHANGES, *values)}


def _number(piece: str) -> int:
    """The N of 前N名: 三 → 3, 十二 → 12; 0 where there is none."""
    found = _NUMBER.search(piece)
    if not found or found[0].isdecimal():
        return int(found[0]) if found else 0
    return counted(found[0])


def _name(text: str, parts: list[NamePart], figure: Figure, number: int) -> Name:
    """The parts as one name. Raises UnknownName where they do not go together."""
    chosen = tuple(part for part in parts if isinstance(part, Word))
    spans = [part for part in parts if isinstance(part, Months)]
    by = [part for part in parts if isinstance(part, By) and part.key]
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
    if by and not (figure.by or figure.either):
        heading = by[0].heading
        raise UnknownName(
            f"「{text}」里的「{heading}」是栏目，要写它的一个值，或者问「{heading}.前三名」。"
        )
    if figure.by and len(by) != 1:
        raise UnknownName(
            f"「{text}」要写按哪一栏排，如「责任单位.{figure.label.replace('N', '三')}」。"
        )
    if number == 0 and "N" in figure.label:
        raise UnknownName(f"「{text}」的个数要写从1起的数字。")
    span = spans[0] if spans else None
    return Name(chosen, figure, number, span, *((by[0].key, by[0].heading) if by else ()))

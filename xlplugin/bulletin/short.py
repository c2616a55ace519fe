"""A project is named in full once, then by its 简称; a paragraph that is too long is parted where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from xlplugin.bulletin.blocks import Block, Heading, Items, Paragraph
from xlplugin.bulletin.room import LONGEST
from xlplugin.bulletin.story import Story
from xlplugin.figures.said import called, counties

_SENTENCE = re.compile(r"[^。]*。(?:[^。]*$)?|[^。]+$")


def shortened(story: Story, content: Sequence[Block]) -> Iterator[Block]:
    """The blocks with names shortened from their second mention on. Headings, tables and the names that begin a line are in full."""
    short = _short_names(story)
    if not short:
        yield from content
        return
    names = "|".join(re.escape(name) for name in sorted(short, key=len, reverse=True))
    first = re.compile(rf"(?:（\d+）|\d+\.)?(?:(?:{names})(?:（[^（）]*）)?、)*(?:{names})?")
    any_name = re.compile(names)
    seen: set[str] = set()

    def again(match: re.Match[str]) -> str:
        name = match[0]
        if name in seen:
            return short[name]
        seen.add(name)
        return name

    def said(line: str) -> str:
        begun = first.match(line)
        head = begun[0] if begun else ""
        seen.update(any_name.findall(head))
        return head + any_name.sub(again, line[len(head) :])

    for block in content:
        yield _with(block, said, seen, any_name)


def _with(
    block: Block, said: Callable[[str], str], seen: set[str], names: re.Pattern[str]
) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(said(text))
        case Items(lines):
            return Items(tuple(map(said, lines)))
        case Heading(_, text):
            seen.update(names.findall(text))
    return block


def _short_names(story: Story) -> Mapping[str, str]:
    """What each project that the text names is called the second time: the shortest of its 简称 that is shorter and its own."""
    facts = story.facts
    aliases = facts.data.listed("alias")
    found: dict[str, str] = {}
    for position in story.spoken:
        project, row = facts.at(position), int(facts.data.rows[position])
        own = [name for name in _aliases(aliases[position]) if facts.ledger.row_of(name) == row]
        if own and len(alias := min(own, key=len)) < len(project.name):
            found[called(facts, project)] = alias + counties(facts, project)
    return found


def _aliases(text: str) -> list[str]:
    return [name for part in re.split("[；;]", text or "") if (name := part.strip())]


def parted(content: Sequence[Block]) -> Iterator[Block]:
    """Paragraphs of no more than so many characters, parted between sentences; a sentence is never cut."""
    for block in content:
        if not isinstance(block, Paragraph) or len(block.text) <= LONGEST:
            yield block
            continue
        text = ""
        for sentence in _SENTENCE.findall(block.text):
            if text and len(text) + len(sentence) > LONGEST:
                yield replace(block, text=text)
                text = ""
            text += sentence
        yield replace(block, text=text)

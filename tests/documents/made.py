"""Bulletins for tests: any that Hypothesis can think of, settings as a clerk would give them, ledgers of any size."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from line.desk import behind, early, project, unstarted

from xlplugin.bulletin.blocks import (
    Block,
    Bulletin,
    Colophon,
    Heading,
    Items,
    Letterhead,
    Line,
    Paragraph,
    PrintedTable,
    Signature,
    Title,
)
from xlplugin.schema import PARAMETERS
from xlplugin.settings import Settings, value

AS_OF = dt.date(2021, 9, 30)


def settings(**chosen: Any) -> Settings:
    """The defaults, and what is chosen otherwise, as typed into 参数."""
    decided = {p.key: value(p, chosen.get(p.key, p.default)) for p in PARAMETERS}
    return Settings(**decided | {"as_of": AS_OF})


phrases = st.text(
    "重点工程项目完成投资万亿元年月日第一二三、，。；：（）“”《》〔〕—…·÷%.-+ 0123456789ABCabc",
    min_size=1,
    max_size=60,
)
any_text = st.text(st.characters(exclude_categories=["C"]), max_size=30)
texts = phrases | any_text | st.just("很长的段落，" * 80)

bodies: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.integers(1, 5), texts),
    st.builds(Paragraph, texts),
    st.builds(Items, st.lists(texts, max_size=4).map(tuple)),
)


@st.composite
def tables(draw: st.DrawFn) -> PrintedTable:
    """One to fourteen columns, any cells, rows that span, up to a hundred rows."""
    columns = draw(st.integers(1, 14))
    cells = st.text("一二三四五六万元项目-—.0123456789", max_size=24)
    row = st.one_of(
        st.lists(cells, min_size=columns, max_size=columns), st.lists(cells, min_size=1, max_size=1)
    ).map(tuple)
    rows = draw(st.lists(row, max_size=6)) * draw(st.sampled_from([1, 1, 16]))
    return PrintedTable(
        draw(texts),
        draw(phrases),
        tuple(draw(st.lists(cells, min_size=columns, max_size=columns))),
        tuple(rows),
    )


@st.composite
def bulletins(draw: st.DrawFn) -> Bulletin:
    """The blocks in the order of a bulletin; any part may be missing."""
    above = draw(st.lists(st.builds(Letterhead, phrases, st.just("") | phrases), max_size=1))
    head = draw(
        st.tuples(
            st.builds(Title, texts),
            st.builds(Line, st.just("文号"), phrases),
            st.builds(Line, st.just("主送"), phrases),
        )
    )
    text = draw(st.lists(bodies | tables(), max_size=6))
    foot = draw(st.lists(st.builds(Line, st.just("附件"), phrases), max_size=2))
    signature = draw(
        st.lists(st.builds(Signature, st.just("") | phrases, st.just("") | phrases), max_size=1)
    )
    blocks: list[Block] = [*above, *head[: draw(st.integers(0, 3))], *text, *foot, *signature]
    for table in draw(st.lists(tables(), max_size=2)):
        blocks += [Line("附件标签", draw(phrases)), table]
    some = st.just("") | phrases
    below = draw(st.lists(st.builds(Colophon, some, some, some), max_size=1))
    return Bulletin((*blocks, *below))


ledgers = st.lists(
    st.tuples(
        st.sampled_from([project, behind, unstarted, early]),
        st.sampled_from(["省重点", "市重点", "县重点"]),
        st.integers(1, 10**7),
        st.integers(0, 120),
        st.integers(0, 40),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


def projects(drawn: list[tuple[Any, str, int, int, int, bool]]) -> list[dict[str, Any]]:
    """A ledger's rows: any mix of projects, sums of any size, names of any length."""
    rows = []
    for number, (make, level, plan, percent, long, shared) in enumerate(drawn, start=1):
        row = make(number, level=level, plan=plan, total=plan * 3)
        done = (
            0
            if make is unstarted
            else plan * (min(percent, 70) if make is behind else max(percent, 80)) // 100
        )
        rows.append(
            row
            | {
                "done": done,
                "name": row["name"] + "配套工程" * (long // 4),
                **({"cause": "资金未到位"} if shared and "cause" in row else {}),
            }
        )
    return rows

"""Since when a 累计完成投资 adds up, where no heading says it: amounts that only fit the whole time of building are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplugin.reading import dates, terms
from xlplugin.reading.columns import SAMPLE, named, wanted
from xlplugin.schema import ADOPTED

if TYPE_CHECKING:
    from xlplugin.reading.parts import Part

MUCH = 1.5
"""Times its year's plan: more than this a project hardly does in a year."""
FEW = 3
"""One or two such projects are exceptions, which the checks name."""


def year(part: Part) -> None:
    """A question where the older projects, and they alone, have far more than their year's plan and no more than their whole."""
    column = part.choice.taken.get("done")
    if column is None or not {"total", "plan", "done"} <= part.cells.keys():
        return
    said = column.meaning
    laid_down = ADOPTED.title in part.choice.why.get("done", "")
    of_this_year = (said.months or said.year) and not said.to_date
    if laid_down or of_this_year or said.basis:
        return
    over = _far_above_plan(part)
    if len(over) < FEW or 5 * len(over) < len(part.rows):
        return
    part.ask(
        "done",
        column,
        f"应为{wanted('done', part.as_of)}",
        f"{named([column])}有{len(over)}个以前年度开工的项目远超年度计划"
        f"（{part.places(column, over)}），像是自开工以来的累计",
        "请另加一栏本年完成投资；确是本年的数，请把标题写明，如"
        f"「{part.as_of.year}年1-{part.as_of.month}月累计完成投资」",
    )


def _far_above_plan(part: Part) -> list[int]:
    """The rows of older projects that have done far more than their plan; none where others have, or some more than their whole."""
    amounts = [part.amounts(key, SAMPLE) for key in ("total", "plan", "done")]
    began = dates.days(part.of("actual_start")[:SAMPLE], part.as_of)
    natures = part.cells["nature_word"][:SAMPLE]
    over = []
    for row, total, plan, done, day, word in zip(part.rows, *amounts, began, natures, strict=False):
        if not (total and plan and done) or done <= MUCH * plan:
            continue
        older = day.year < part.as_of.year if day else isinstance(word, str) and terms.begun(word)
        if not older or done > 1.01 * total:
            return []
        over.append(row)
    return over

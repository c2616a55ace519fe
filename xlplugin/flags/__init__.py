"""What stands out: each project's status and light, the figures, and what is new."""

from __future__ import annotations

from dataclasses import replace

from xlplugin.flags import judgement
from xlplugin.flags.facts import Facts, gather
from xlplugin.schema import BEHIND, GREY, LIGHTS, NOT_STARTED, ON_SCHEDULE, STATUSES


def judge(facts: Facts) -> Facts:
    """The facts with status and light columns."""
    statuses = judgement.status(facts)
    return replace(
        facts, data=facts.data.plus({"status": statuses, "light": judgement.light(facts, statuses)})
    )

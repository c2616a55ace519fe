"""How what was found is shown: as JSON, as a table on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from xlplugin.say import say

if TYPE_CHECKING:
    from xlplugin.pipeline import Outcome


def echo(found: object) -> None:
    """One JSON object, or a list of them, on standard output."""
    say(json.dumps(found, ensure_ascii=False))


def show(outcome: Outcome) -> None:
    """The reading, problems and a closing line; a table on a terminal, plain lines elsewhere."""
    from xlplugin.render import reading, screen

    for line in reading.text(outcome.reading):
        say(line)
    found = [
        (screen.SEVERITIES[each.severity], each.code, each.message)
        for each in screen.findings(outcome)
    ]
    if found and sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        from xlplugin.schema import RESULTS

        table = Table(*(RESULTS[key].heading for key in ("severity", "code", "saying")))
        for said in found:
            table.add_row(*said, style="red" if said[0] == screen.SEVERITIES["E"] else "")
        Console(markup=False, highlight=False).print(table)  # a quoted [cell] is no markup
    else:
        for said in found:
            say(" ".join(said))
    say(screen.closing(outcome))

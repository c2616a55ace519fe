"""The command that compares a bulletin with its ledger and its minutes."""

from __future__ import annotations

from pathlib import Path

import click

from xlplugin.cli import options
from xlplugin.cli.guarded import CANNOT, DONE, guarded
from xlplugin.cli.shown import echo
from xlplugin.say import say


@click.command()
@options.book
@click.argument("log", type=options.BOOK, required=False)
@options.json
@guarded
@options.reading
def verify(book: Path, log: Path | None, given: options.Given, as_json: bool) -> int:
    """核对通报：是不是由这本台账写出的，台账后来改了哪里，哪些数会变 / is the bulletin what this ledger gives (exit 0) or not (1)."""
    from xlplugin.verify import verify as compare

    found = compare(book, log, given.as_of, only=given.sheet, password=given.password)
    if as_json:
        echo(found.record())
    else:
        for line in found.lines():
            say(line)
    return DONE if found.same else CANNOT

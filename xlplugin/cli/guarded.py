"""How each command ends: an exit code, and one sentence where it went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps

import click

from xlplugin.cli.shown import echo
from xlplugin.errors import UserError
from xlplugin.files import reason
from xlplugin.say import say, unsaid

DONE, CANNOT, WRONG_DATA, INTERRUPTED = 0, 1, 3, 130


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what goes wrong into one sentence and an exit code; a bug's traceback goes to the log, never to the clerk."""

    @wraps(command)
    def run(*args: object, **options: object) -> None:
        try:
            code = command(*args, **options)
        except UserError as error:
            message = str(error)
            code = CANNOT
        except (
            click.ClickException,
            BrokenPipeError,
        ):  # who reads no further, such as head, is click's to leave
            raise
        except Exception:
            from xlplugin.log import apology

            message = apology()
            code = CANNOT
        else:
            if unsaid:
                say(f"要说的没有写全（{reason(unsaid[0])}）；文件不受影响，写出的都在。", err=True)
            sys.exit(code or (CANNOT if unsaid else DONE))
        if options.get("as_json"):
            echo({"error": message})
        say(message, err=True)
        sys.exit(code)

    return run

"""What is said, at one door: nothing that comes from a file commands the terminal, and a closed pipe stops no work."""

from __future__ import annotations

import errno
import os
import re
import sys

import click

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""Control characters of both sets, what turns the direction of writing, what nobody sees, halves of characters."""

unsaid: list[OSError] = []
"""Why something could not be said: a full disk behind a redirection, say. A reader who has left is no reason."""


def visible(text: str) -> str:
    """Text whose every character can be seen; the others as \\u001b, which JSON reads back as what it was."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(path: object) -> str:
    """A file's name as it stands in a line: one that holds a line's end does not look like two results."""
    return str(path).replace("\n", "\\n")


def seen(text: str) -> str:
    """Text without what cannot be seen, as it goes into a document."""
    return _UNSEEN.sub("", text)


def say(text: str, *, err: bool = False) -> None:
    """Print a line. Never fails: what cannot be said is lost, and the work goes on."""
    try:
        click.echo(visible(text), err=err)
    except OSError as failure:
        lose(failure, err=err)


def lose(failure: OSError, *, err: bool = False) -> None:
    """Give a stream up, so that its end does not complain again."""
    if failure.errno != errno.EPIPE and not err:
        unsaid.append(failure)
    stream = sys.stderr if err else sys.stdout
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)

"""kp: the command line. Each command parses, calls one thing and shows it; heavy imports wait until they are needed."""

from __future__ import annotations

import gc
import sys
import warnings

import click

from xlplugin import __version__
from xlplugin.cli import apart, asking, machine, many, shown, verifying, writing
from xlplugin.cli.guarded import CANNOT
from xlplugin.cli.surroundings import settle
from xlplugin.say import lose, say


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kp")
def main() -> None:
    """重点工程台账的检查和通报 / checks a ledger of key projects and writes its bulletin."""


for _each in (
    writing.new,
    asking.check,
    writing.bulletin,
    writing.adopt,
    writing.archive,
    asking.explain,
    asking.figure,
    verifying.verify,
    machine.doctor,
    machine.install,
    machine.bundle,
    machine.serve,
    many.batch,
    many.rollup,
):
    main.add_command(_each)


def kp() -> None:
    """The program. Most commands live for a second and leave few rings of garbage: looking for them costs a tenth of it."""
    gc.disable()
    warnings.simplefilter(
        "ignore"
    )  # a library's word to programmers; PYTHONWARNINGS=error must stop nobody
    settle()
    single = bool({*sys.argv[1:2]} & apart.COMMANDS)
    if single and apart.has_fallen():
        if "--json" in sys.argv:
            shown.echo({"error": apart.FALLEN})
        say(apart.FALLEN, err=True)
        sys.exit(CANNOT)
    if single:
        apart.ended(_command)
    _command()


def _command() -> None:
    try:
        main()
    except OSError as failure:  # of a help text that nobody could be shown
        lose(failure)
        sys.exit(CANNOT)

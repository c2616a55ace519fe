"""What 生成通报.cmd runs: a bulletin of each ledger that was dropped on it, or the page. `python -m xlplugin.cli.launcher BATCH FILE…`"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from xlplugin.cli import main
from xlplugin.cli.guarded import DONE
from xlplugin.cli.surroundings import settle
from xlplugin.say import one_line, say

LINE = "KP_LINE"
"""The command line of the window, as Windows' Explorer made it: what is dropped may hold &, at which cmd would cut it."""
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


def dropped(line: str, batch: str, given: Sequence[str]) -> list[Path]:
    """The files that were dropped on a batch file; where it was called otherwise, those that it was given."""
    at = line.casefold().find(batch.casefold())
    if at < 0:
        return [Path(each) for each in given]
    rest = line[at + len(batch) :].removeprefix('"').strip()
    if rest.count('"') % 2:  # the one that closes what cmd was to run
        rest = rest.removesuffix('"')
    return [Path(quoted or bare) for quoted, bare in _WORD.findall(rest)]


def launch(paths: Sequence[Path]) -> int:
    """A bulletin of each; the folder of the last is opened where a desk can show it. The worst exit code.

    Without a ledger, the page into which it can be dropped.
    """
    if not paths:
        say("也可以把一个或几个台账（.xlsx、.xls、.csv……）拖到「生成通报.cmd」上，放开鼠标。")
        return _run("serve")
    codes = []
    for path in paths:
        say(f"\n【{one_line(path.name)}】")
        codes.append(_run("bulletin", str(path)))
    if DONE in codes and hasattr(os, "startfile"):
        os.startfile(paths[codes.index(DONE)].resolve().parent)
    return max(codes)


def _run(*words: str) -> int:
    try:
        main(list(words))
    except SystemExit as end:
        return int(end.code or DONE)
    return DONE


if __name__ == "__main__":
    settle()
    sys.exit(launch(dropped(os.environ.get(LINE, ""), sys.argv[1], sys.argv[2:])))

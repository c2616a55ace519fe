"""What the program needs around it before its first command: streams, a folder to work in, names in UTF-8."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from xlplugin.cli.guarded import CANNOT
from xlplugin.say import say


def settle() -> None:
    """See to it that there are three streams, a folder to work in, and names that can be written."""
    while (stream := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass  # one that is closed: else the next file that is opened would be taken for it
    os.close(stream)
    try:
        os.fsencode("通报")
    except UnicodeEncodeError:  # a C locale: once more, with names in UTF-8
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for each in (sys.stdout, sys.stderr):
        if isinstance(each, TextIOWrapper):
            # a code page may lack a sign; JSON reads \uXXXX all the same
            each.reconfigure(errors="backslashreplace")
    _silence()
    try:
        os.getcwd()
    except OSError:
        say("当前文件夹已经不在了（被删除或断开）。请先进入别的文件夹再运行。", err=True)
        sys.exit(CANNOT)


def _silence() -> None:
    """Let only us speak on standard error: the reader, written in Rust, says there that it panicked before we can catch it."""
    ours = os.dup(2)
    encoding = sys.stderr.encoding if sys.stderr else "utf-8"  # none where it was closed
    sys.stderr = os.fdopen(  # noqa: SIM115  # as long as the program lives
        ours, "w", encoding=encoding, errors="backslashreplace", buffering=1
    )
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)

"""kp serve: a page for this desk only. Drop a ledger, see how it is read, answer, get the bulletin; nothing leaves the machine."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser

from xlplugin.errors import UserError
from xlplugin.processes import Children
from xlplugin.say import say
from xlplugin.serve.alone import alone

IDLE = 30
"""Minutes without a page after which the program ends. An open page says every minute that it is there."""
KEEP = 120
"""Minutes after which a ledger that nobody asks for is removed."""
_AT_ONCE = 2
"""Ledgers that are read at the same time."""


def serve(*, browser: bool = True, idle: float = IDLE, keep: float = KEEP) -> str:
    """Serve the page until Ctrl-C, or until nobody has had it open for `idle` minutes; why it ended, in one sentence.

    Raises UserError where the extra is missing, or a page is served already (the browser is shown that one).
    """
    try:
        from xlplugin.serve.app import Desk
        from xlplugin.serve.door import Door
        from xlplugin.serve.running import run
        from xlplugin.serve.shelf import Shelf
        from xlplugin.serve.work import MODULES
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UserError(
            "网页要用的组件没有装。请运行 pip install xlplugin[desk]；或者不用网页，用 kp check、kp bulletin。"
        ) from None
    _settle()
    show = _show if browser else None
    try:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            host = "{}:{}".format(*listening.getsockname())
            name = secrets.token_urlsafe(16)
            with alone(host, name, show) as folder, Children(_AT_ONCE, MODULES) as children:
                door, shelf = Door(host), Shelf(folder, keep * 60)
                say(f"网页在 {door.address}")
                say("只在这台电脑上能用，带 # 的地址只能用一次。要结束，按 Ctrl-C。")
                if show:
                    show(door.address)
                asyncio.run(run(listening, Desk(door, shelf, children, name), idle * 60))
    except KeyboardInterrupt:
        return "已经结束，临时文件都删去了。"
    return f"网页关了{idle:g}分钟，程序结束，临时文件都删去了。"


def _settle() -> None:
    """A process that lives for hours, whose files are its owner's only, and that tidies up however it is ended."""
    gc.enable()
    os.umask(0o077)  # the worker processes have it from here
    for end in ("SIGTERM", "SIGHUP", "SIGBREAK"):  # a closed window, a logged-off desk: as Ctrl-C
        if number := getattr(signal, end, None):
            signal.signal(number, lambda *_: signal.raise_signal(signal.SIGINT))


def _show(address: str) -> None:
    """Show an address in the desk's own browser, where there is a desk: else a browser might take the terminal over."""
    has_desk = {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if has_desk or sys.platform in ("win32", "darwin"):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

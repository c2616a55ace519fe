"""The server: until a signal ends it, or until the page has been closed for long."""

from __future__ import annotations

import asyncio
import socket
import time

import uvicorn

from xlplugin.serve.app import Desk


async def run(listening: socket.socket, desk: Desk, idle: float) -> None:
    """Serve until a signal, or until the page has not been heard of for `idle` seconds."""
    server = uvicorn.Server(
        uvicorn.Config(
            desk.app,
            log_config=None,  # its own asks a standard output that may be closed whether it is a terminal
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
    )
    clock = asyncio.create_task(_clock(desk, server, idle))
    try:
        await server.serve(sockets=[listening])
    finally:
        clock.cancel()


async def _clock(desk: Desk, server: uvicorn.Server, idle: float) -> None:
    while not server.should_exit:
        await asyncio.sleep(min(idle / 10, 30))
        desk.tidy()
        server.should_exit |= time.monotonic() - desk.heard > idle

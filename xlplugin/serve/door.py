"""Who is let in: the page on this desk that holds the token. Another site, another program, another name is not."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN, KEY = "x-kp-token", "x-kp-key"
"""Headers, not cookies: a browser sends cookies to every port of this desk, and for any site that asks it to."""

HEADERS = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""On every answer: nothing from elsewhere, nothing kept, nothing shown within another page."""

PRIVATE = "/api/"
"""What lies below is for who holds the token."""


class Door:
    """What is wanted of a request: this address, no other site behind it, and below `/api/` the token.

    The address that is opened holds a key for one use, behind #, which no browser sends along: other users of the desk may
    read it in the list of processes, but when they do it has been exchanged for the token.
    """

    def __init__(self, host: str) -> None:
        self.host, self.key, self.token = host, secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._used = False

    @property
    def address(self) -> str:
        """What the browser is told to open."""
        return f"http://{self.host}/#{self.key}"

    def enter(self, key: str) -> str | None:
        """The token for the key, once."""
        if self._used or not secrets.compare_digest(key.encode(), self.key.encode()):
            return None
        self._used = True
        return self.token

    def refusal(self, headers: Headers, path: str) -> str:
        """Why a request is refused, in one sentence; "" where it is not."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if headers.get("host") != self.host:
            return "这个网页只在这台电脑上用。"
        if origin not in (None, f"http://{self.host}") or site not in ("same-origin", "none"):
            return "别的网站不能用这个网页。"
        holds = secrets.compare_digest(headers.get(TOKEN, "").encode(), self.token.encode())
        if path.startswith(PRIVATE) and not holds:
            return "这个网页要从启动它的窗口打开：请再双击一次「生成通报.cmd」，或再运行 kp serve。"
        return ""


class Guarded:
    """An application behind a door; every answer has the headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http":
            return
        if refusal := self._door.refusal(Headers(scope=scope), scope["path"]):
            await JSONResponse({"error": refusal}, 403)(scope, receive, sent)
        else:
            await self._app(scope, receive, sent)

"""The page's requests: each parses, calls one thing in a worker process, and answers in JSON."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib.resources import files as resources
from pathlib import Path
from typing import ParamSpec, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from xlplugin.adopt.rows import AdoptedRow
from xlplugin.errors import UserError
from xlplugin.hosts import FORMATS
from xlplugin.processes import Child, Children, Died, Late, NotStarted
from xlplugin.serve.door import KEY, Door, Guarded
from xlplugin.serve.shelf import OnShelf, Shelf
from xlplugin.serve.work import Wish, Written, keep, look, write

LARGEST = 50_000_000
"""Bytes of a ledger. The largest that were seen have five million."""
_LONGEST_WISH = 1_000_000
LIMIT = 300.0
"""Seconds that a ledger may take: a hundred thousand projects take fifteen."""

PAGE = {"/": ("index.html", "text/html"), "/page.css": ("page.css", "text/css")}
PAGE["/page.js"] = ("page.js", "text/javascript")

P = ParamSpec("P")
T = TypeVar("T")
Make = Callable[[Path, Wish, Path, Path], Written | str]


class TooLarge(UserError):
    """More was sent than is taken."""


class Desk:
    """What the requests work on; `heard` is when the page was last heard of."""

    def __init__(self, door: Door, shelf: Shelf, children: Children, name: str) -> None:
        self._door, self._shelf, self._children, self._name = door, shelf, children, name
        self.heard = time.monotonic()

    def hear(self) -> None:
        """The page is there."""
        self.heard = time.monotonic()

    def tidy(self) -> None:
        """Remove the ledgers that nobody has asked for of late."""
        self._shelf.tidy()

    @property
    def app(self) -> Guarded:
        """The application, guarded."""
        routes = [Route(path, self.page) for path in PAGE]
        routes += [
            Route("/name", self.named),
            Route("/enter", self.enter, methods=["POST"]),
            Route("/api/here", self.here, methods=["POST"]),
            Route("/api/ledgers", self.take, methods=["POST"]),
            Route("/api/ledgers/{number}", self.remove, methods=["DELETE"]),
            Route("/api/ledgers/{number}/look", self.look, methods=["POST"]),
            Route("/api/ledgers/{number}/bulletin", self.bulletin, methods=["POST"]),
            Route("/api/ledgers/{number}/archive", self.archive, methods=["POST"]),
            Route("/api/ledgers/{number}/files/{at:int}", self.file),
        ]
        handlers = {UserError: _refused, Exception: _bug}
        return Guarded(Starlette(routes=routes, exception_handlers=handlers), self._door)

    async def page(self, request: Request) -> Response:
        """The page itself: it holds no data."""
        name, kind = PAGE[request.url.path]
        content = (resources("xlplugin.serve") / "page" / name).read_bytes()
        return Response(content, media_type=f"{kind}; charset=utf-8")

    async def named(self, _: Request) -> Response:
        """Whose address this is, for a second program that wants to know."""
        return Response(self._name, media_type="text/plain")

    async def enter(self, request: Request) -> Response:
        """The token, for who brings the key."""
        token = self._door.enter(request.headers.get(KEY, ""))
        if token is None:
            raise UserError(
                "这个地址已经用过了。请用原来的网页；找不到的，关掉启动它的窗口，再来一次。"
            )
        self.hear()
        return JSONResponse({"token": token})

    async def here(self, _: Request) -> Response:
        """The page says that it is open; what it needs to know."""
        self.hear()
        return JSONResponse({"largest": LARGEST, "formats": list(FORMATS)})

    async def take(self, request: Request) -> Response:
        """A ledger is dropped."""
        content = await _body(request, LARGEST)
        name = request.query_params.get("name", "")
        return JSONResponse({"number": await asyncio.to_thread(self._shelf.put, name, content)})

    async def remove(self, request: Request) -> Response:
        """A ledger is put away."""
        await asyncio.to_thread(self._shelf.remove, request.path_params["number"])
        return Response(status_code=204)

    async def look(self, request: Request) -> Response:
        """How a ledger is read, its questions and checks."""
        ledger, wish = await self._asked(request)
        async with ledger.lock:
            seen = await self._done(look, ledger.path, wish, _folder(ledger, "答复"))
        return JSONResponse(asdict(seen))

    async def bulletin(self, request: Request) -> Response:
        """A ledger's bulletin is written."""
        return await self._made(request, write)

    async def archive(self, request: Request) -> Response:
        """A ledger's month is archived in a copy."""
        return await self._made(request, keep)

    async def _made(self, request: Request, do: Make) -> Response:
        ledger, wish = await self._asked(request)
        async with ledger.lock:
            own, output = _folder(ledger, "答复"), _folder(ledger, "写出")
            written = await self._done(do, ledger.path, wish, own, output)
            ledger.made = written.files
        said = asdict(written) | {"files": [_shown(path) for path in written.files]}
        return JSONResponse(said)

    async def file(self, request: Request) -> Response:
        """A file that was made."""
        made = self._shelf.get(request.path_params["number"]).made
        at: int = request.path_params["at"]
        if at >= len(made):
            raise UserError("没有这个文件。请再生成一次。")
        return FileResponse(made[at], filename=_shown(made[at]))

    async def _asked(self, request: Request) -> tuple[OnShelf, Wish]:
        self.hear()
        ledger = self._shelf.get(request.path_params["number"])
        return ledger, _wish(await _body(request, _LONGEST_WISH))

    async def _done(self, do: Callable[P, T | str], *given: P.args, **more: P.kwargs) -> T:
        """What a function gives in a worker process. Raises UserError."""

        def asked() -> T | str:
            return _watched(self._children.own, do, *given, **more)

        answer = await asyncio.get_running_loop().run_in_executor(self._children.threads, asked)
        if isinstance(answer, str):
            raise UserError(answer)
        return answer


def _watched(child: Child, do: Callable[P, T | str], *given: P.args, **more: P.kwargs) -> T | str:
    try:
        return child.call(LIMIT, do, *given, **more)
    except Late:
        return f"超过{LIMIT:g}秒还没有做完，已经放弃。请看台账是否过大。"
    except Died:
        return "处理它的进程意外中断，多半是文件已损坏或内存不足。请在 Excel 或 WPS 中打开，另存为 .xlsx 再试。"
    except NotStarted as failure:
        return str(failure)


async def _body(request: Request, most: int) -> bytes:
    """What was sent. Raises UserError as soon as it is too much."""
    told = request.headers.get("content-length", "")
    content = bytearray()
    if not told.isdecimal() or int(told) <= most:
        async for piece in request.stream():
            content += piece
            if len(content) > most:
                break
        else:
            return bytes(content)
    raise TooLarge(
        f"文件超过{most // 1_000_000}MB，没有接收。请另存一份，去掉图片和用不着的工作表再试。"
    )


def _wish(raw: bytes) -> Wish:
    """What the page asks for. Raises UserError where it is none of our page's."""
    with suppress(ValueError, TypeError, LookupError, AttributeError):
        said = json.loads(raw)
        day, sheet, password = (said[key] for key in ("as_of", "sheet", "password"))
        answers = tuple(AdoptedRow(**_strings(answer)) for answer in said["answers"])
        as_of = dt.date.fromisoformat(day) if day else None
        return Wish(as_of, sheet or None, password or None, answers, said["force"] is True)
    raise UserError("网页发来的内容不对。请刷新网页再试。")


def _strings(answer: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in answer.items()}


def _folder(ledger: OnShelf, name: str) -> Path:
    folder = ledger.folder / name
    folder.mkdir(exist_ok=True)
    return folder


def _shown(path: Path) -> str:
    """What a file is called where it is downloaded: the copy with answers as `kp adopt` calls it."""
    from xlplugin.adopt import SUFFIX

    return f"{path.stem}{SUFFIX}{path.suffix}" if path.parent.name == "答复" else path.name


async def _refused(_: Request, refusal: Exception) -> Response:
    status = 413 if isinstance(refusal, TooLarge) else 400
    return JSONResponse({"error": str(refusal)}, status)


async def _bug(_: Request, __: Exception) -> Response:
    from xlplugin.log import apology

    return JSONResponse({"error": apology()}, 500)

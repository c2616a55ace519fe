"""Who is let in and what is taken, as any program can try it; how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from serve.served import Answer, Served, Start

from xlplugin.errors import UserError

CASE = Path(__file__).parents[2] / "workbooks" / "lingchuan-2021.xlsx"
WISH = {"as_of": "", "sheet": "", "password": "", "answers": [], "force": False}


@pytest.fixture(scope="module")
def served(start: Start) -> Served:
    page = start()
    page.enter()
    return page


def error(answer: Answer) -> str:
    return answer.said["error"]


def drop(served: Served, name: str, content: bytes) -> str:
    """A ledger is sent; its address."""
    answer = served.ask("POST", f"/api/ledgers?name={quote(name)}", content)
    return f"/api/ledgers/{answer.said['number']}"


def test_it_listens_on_this_desk_only(served: Served) -> None:
    assert re.fullmatch(r"127\.0\.0\.1:\d+", served.host)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_is_refused_even_with_the_token(
    served: Served, headers: dict[str, str]
) -> None:
    for method, path in (("GET", "/"), ("POST", "/api/here"), ("POST", "/api/ledgers?name=a.csv")):
        assert served.ask(method, path, **headers).status == 403
    assert not served.files()


def test_without_the_token_only_the_empty_page_is_seen(served: Served) -> None:
    other = Served(served.process, served.address, served.temporary)
    assert [other.ask("GET", path).status for path in ("/", "/page.js", "/page.css")] == [200] * 3
    answer = other.ask("POST", "/api/ledgers?name=a.csv", b"1")
    assert (answer.status, "要从启动它的窗口打开" in error(answer)) == (403, True)
    assert other.ask("POST", "/api/here", X_KP_Token=served.token[:-1]).status == 403


def test_the_addresss_key_is_good_for_once(served: Served) -> None:
    """Others on a desk may read a browser's command line."""
    answer = served.ask("POST", "/enter", X_KP_Key=served.address.partition("#")[2])
    assert (answer.status, "已经用过" in error(answer)) == (400, True)


@pytest.mark.parametrize("path", ["/", "/api/here", "/enter", "/nowhere"])
def test_every_answer_keeps_to_itself(served: Served, path: str) -> None:
    for origin in ({}, {"Origin": "https://evil.example"}):
        headers = served.ask("POST" if path != "/" else "GET", path, **origin).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_the_page_asks_nobody_else_for_anything() -> None:
    for each in (files("xlplugin.serve") / "page").iterdir():
        text = each.read_text(encoding="utf-8")
        assert not re.search(r"https?://|//\w|innerHTML|style=|onclick", text), each.name


def test_fifty_million_bytes_and_no_more(served: Served) -> None:
    """Told beforehand, or found out while it comes: nothing of it reaches the disk."""
    large = served.ask("POST", "/api/ledgers?name=a.xlsx", Content_Length="50000001")
    assert (large.status, "超过50MB" in error(large)) == (413, True)
    pieces = (b"x" * 1_000_000 for _ in range(51))
    with suppress(BrokenPipeError, ConnectionResetError):  # it hung up while we were still sending
        assert served.ask("POST", "/api/ledgers?name=a.xlsx", pieces).status == 413
    assert not served.files()


def test_what_lies_about_is_for_its_owner_only_and_goes(served: Served) -> None:
    at = drop(served, "../..\\九月<台账>.xlsx", CASE.read_bytes())
    done = served.ask("POST", f"{at}/bulletin", json.dumps(WISH)).said
    assert done["files"] == [f"九月_台账_-通报{suffix}" for suffix in (".xlsx", ".docx", ".txt")]
    assert len(served.files()) == 4
    for path in served.temporary.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert served.ask("GET", f"{at}/files/9").status == 400
    assert served.ask("DELETE", at).status == 204
    assert not served.files()
    gone = served.ask("POST", f"{at}/look", json.dumps(WISH))
    assert (gone.status, "再拖进来一次" in error(gone)) == (400, True)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"as_of": "soon"}', b'{"as_of": 1, "sheet": "", "password": ""}']
)
def test_a_wish_that_is_none(served: Served, body: bytes) -> None:
    at = drop(served, "a.csv", b"1")
    answer = served.ask("POST", f"{at}/look", body)
    assert (answer.status, error(answer)) == (400, "网页发来的内容不对。请刷新网页再试。")
    served.ask("DELETE", at)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_one_sentence_and_leaves_nothing(start: Start, how: int) -> None:
    page = start()
    page.enter()
    page.ask("POST", "/api/ledgers?name=a.csv", b"1")
    assert page.files()
    said = page.end(how)
    assert said.splitlines() == ["已经结束，临时文件都删去了。"]
    assert page.process.returncode == 0
    assert not [*page.temporary.iterdir()]


def test_it_ends_by_itself_when_the_page_is_closed_for_long(start: Start) -> None:
    page = start(None, "--idle", "0.05")
    said, _ = page.process.communicate(timeout=30)
    assert "程序结束，临时文件都删去了" in said
    assert (page.process.returncode, [*page.temporary.iterdir()]) == (0, [])


def test_one_page_a_user_and_what_a_killed_one_left_goes(start: Start, tmp_path: Path) -> None:
    first = start(tmp_path)
    first.enter()
    first.ask("POST", "/api/ledgers?name=a.csv", b"1")
    second = start(tmp_path)
    assert f"网页已经开着，不再开第二个。请用原来的浏览器看 http://{first.host}/ ；" in second.said
    second.end()
    assert second.process.returncode == 1
    assert first.ask("POST", "/api/here").status == 200
    first.end(signal.SIGKILL)
    [left] = tmp_path.glob("tmp/*")
    third = start(tmp_path)
    assert third.address.startswith("http://127.0.0.1:")
    assert not left.exists()


def test_a_ledger_that_nobody_asks_for_goes(tmp_path: Path) -> None:
    from xlplugin.serve.shelf import Shelf

    now = [0.0]
    shelf = Shelf(tmp_path, 60, lambda: now[0])
    old = shelf.put("a.csv", b"1")
    now[0] = 50
    new = shelf.put("b.csv", b"2")
    now[0] = 61
    shelf.tidy()
    assert shelf.get(new).path.read_bytes() == b"2"
    assert len([*tmp_path.iterdir()]) == 1
    with pytest.raises(UserError, match="再拖进来一次"):
        shelf.get(old)


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_without_the_extra_it_says_what_to_install(missing: str) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; from xlplugin.cli import main; main(['serve'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert (done.returncode, done.stdout, "pip install xlplugin[desk]" in done.stderr) == (
        1,
        "",
        True,
    )


def test_workers_that_were_killed_are_replaced(served: Served) -> None:
    at = drop(served, "a.xlsx", CASE.read_bytes())
    looks = []
    for _ in range(2):
        looks.append(served.ask("POST", f"{at}/look", json.dumps(WISH)))
        workers = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text()
        for worker in workers.split():
            os.kill(int(worker), signal.SIGKILL)
    assert [look.status for look in looks] == [200, 200]
    assert "41项" in looks[1].said["closing"]
    served.ask("DELETE", at)


def test_it_ends_while_a_ledger_is_read(start: Start) -> None:
    """The worker is killed in the midst of it; nobody waits for a large ledger."""
    page = start()
    page.enter()
    head = "项目名称,项目级别,建设性质,总投资,年度计划投资,累计完成投资,开工时间\n"
    rows = (f"项目{at},县重点,在建,50000,10000,8000,2020-05-01\n" for at in range(100_000))
    at = drop(page, "大.csv", (head + "".join(rows)).encode())
    wish = json.dumps(WISH | {"as_of": "2021-09-30"})

    def ask() -> None:
        with suppress(OSError, HTTPException):  # it hangs up
            page.ask("POST", f"{at}/look", wish)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    time.sleep(1.5)
    assert asking.is_alive()
    began = time.monotonic()
    assert page.end().splitlines() == ["已经结束，临时文件都删去了。"]
    assert time.monotonic() - began < 8
    assert (page.process.returncode, [*page.temporary.iterdir()]) == (0, [])
    asking.join(10)

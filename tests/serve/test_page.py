"""What a clerk does on the page, in a real browser: drop, answer, choose the day, get the files."""

from __future__ import annotations

import base64
import datetime as dt
import http.server
import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from xlplugin.deliver import deliver
from xlplugin.hosts.file import FileBook
from xlplugin.pipeline import run
from xlplugin.schema import ADOPTED, BULLETIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
CASE = ROOT / "workbooks" / "lingchuan-2021.xlsx"
DROP = """([drop, files]) => {
    const carried = new DataTransfer();
    for (const [name, content] of files)
        carried.items.add(new File([Uint8Array.from(atob(content), (each) => each.charCodeAt(0))], name));
    drop.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


def small(name: str) -> Path:
    return next((ROOT / "tests/cases/ledgers").glob(f"{name}_*.xlsx"))


def dropped(page: Page, **files: bytes) -> list[Locator]:
    """Files as a mouse drops them, under names with .xlsx; their cards, once the page has read them."""
    before = page.locator("article").count()
    packed = [[f"{name}.xlsx", base64.b64encode(raw).decode()] for name, raw in files.items()]
    page.evaluate(DROP, [page.query_selector("#drop"), packed])
    cards = [page.locator("article", has_text=f"{name}.xlsx") for name in files]
    assert page.locator("article").count() == before + len(files)
    for card in cards:
        read(card)
    return cards


def read(card: Locator) -> str:
    """What a card says of its ledger, once nothing is under way."""
    card.locator(".away:enabled").wait_for()
    return card.locator(".state").inner_text()


def got(page: Page, card: Locator, name: str) -> bytes:
    """A file, downloaded."""
    with page.expect_download() as download:
        card.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == name
    return Path(download.value.path()).read_bytes()


@pytest.fixture(autouse=True)
def _put_away(page: Page) -> Iterator[None]:
    """Each ledger is put away; nothing of it stays on the disk, and the page's scripts have not stumbled."""
    stumbled: list[str] = []
    page.on("pageerror", lambda failure: stumbled.append(str(failure)))
    yield
    for card in page.locator("article").all()[::-1]:
        card.locator(".away").click()
        card.wait_for(state="detached")
    assert not stumbled
    assert not page.served.files()


def test_a_ledger_is_dropped_and_its_bulletin_downloaded(page: Page, tmp_path: Path) -> None:
    """The same files as those that `kp bulletin` writes."""
    [card] = dropped(page, 九月=CASE.read_bytes())
    assert read(card).startswith("截至2021-09-30：41项，达到序时34项，未达到序时4项，未开工3项；")
    assert "「项目台账」B5" in card.locator(".problems").inner_text()
    assert "41个项目" in card.locator(".reading").inner_text()
    card.locator(".write").click()
    card.locator(".files button").first.wait_for()
    own = Path(shutil.copy(CASE, tmp_path / "九月.xlsx"))
    files = deliver(own, None, None).outputs
    assert card.locator(".files").inner_text().split() == [path.name for path in files]
    for path in files[1:]:
        assert got(page, card, path.name) == path.read_bytes()
    workbook = tmp_path / "got.xlsx"
    workbook.write_bytes(got(page, card, "九月-通报.xlsx"))
    assert FileBook(workbook).read(BULLETIN.title) == FileBook(files[0]).read(BULLETIN.title)
    assert "36项在建项目中已开工33项、未开工3项" in card.locator(".text").inner_text()


def test_a_question_is_answered_on_the_page_and_the_copy_keeps_the_answer(
    page: Page, tmp_path: Path
) -> None:
    [card] = dropped(page, 台账=small("m13").read_bytes())
    assert "不知道数字截至哪一天" in read(card)
    card.locator(".as-of").fill("2021-09-30")
    asked = card.locator(".asked li")
    asked.wait_for()
    assert "H1：应看得出是实际开工还是计划开工" in asked.inner_text()
    read(card)
    card.locator(".write").click()
    card.get_by_text("没有写任何文件").wait_for()
    asked.locator("select").select_option("实际开工日期")
    card.locator(".answer").click()
    card.locator(".answers").get_by_text("：实际开工日期").wait_for()
    assert read(card).endswith("错误0处，提醒0处。")
    assert not asked.count() or not asked.is_visible()
    card.locator(".write").click()
    card.locator(".files button").first.wait_for()
    copy = tmp_path / "台账-认表.xlsx"
    copy.write_bytes(got(page, card, copy.name))
    sheet = openpyxl.load_workbook(copy)[ADOPTED.title]
    answers = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=4)]
    assert answers == [["栏目", "开工(计划开工)时间", None, "实际开工日期"]]
    assert not run(FileBook(copy), dt.date(2021, 9, 30)).reading.questions
    card.get_by_text("收回").click()
    asked.wait_for()
    read(card)


def test_a_date_that_is_chosen_counts(page: Page) -> None:
    [card] = dropped(page, 台账=CASE.read_bytes())
    card.locator(".as-of").fill("2021-08-31")
    card.get_by_text("截至2021-08-31：").wait_for()


def test_the_month_is_archived_and_the_next_page_shows_it(page: Page) -> None:
    """A .xlsx of the same ledger to go on with, in which the archive stands."""
    [card] = dropped(page, 台账=CASE.read_bytes())
    card.locator(".keep").click()
    card.locator(".files button").first.wait_for()
    assert "已归档2021年9月：41个项目" in card.locator(".written").inner_text()
    [again] = dropped(page, 下月=got(page, card, "台账-归档.xlsx"))
    rows = again.locator(".history tbody tr").all_inner_texts()
    assert [row.split("\t")[:8] for row in rows] == [
        ["2021-09-30", "3", "34", "4", "0", "30.83", "24.02", "77.91"]
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing", "是文本文件"),
        (b"<html><table>", "网页"),
        (b"", ""),
        (CASE.read_bytes()[:9000], ""),
    ],
    ids=["no workbook", "a web page", "empty", "cut off"],
)
def test_a_bad_file_gives_one_sentence(page: Page, content: bytes, said: str) -> None:
    [card] = dropped(page, 台账=content)
    state = read(card)
    assert said in state
    assert len(state.splitlines()) == 1
    assert "Traceback" not in state
    assert card.locator("section:visible").count() == 0


def test_a_locked_ledger_asks_for_its_password(page: Page) -> None:
    """What is made of it has the same password; the text, which cannot have one, is not written."""
    encryption = pytest.importorskip("msoffcrypto.format.ooxml")
    locked = io.BytesIO()
    encryption.OOXMLFile(io.BytesIO(CASE.read_bytes())).encrypt("开门", locked)
    [card] = dropped(page, 台账=locked.getvalue())
    assert "「打开密码」" in read(card)
    card.locator(".password").fill("开门")
    card.locator(".again").click()
    card.get_by_text("41项").first.wait_for()
    read(card)
    card.locator(".write").click()
    card.locator(".files button").first.wait_for()
    assert card.locator(".files").inner_text().split() == ["台账-通报.xlsx", "台账-通报.docx"]
    made = encryption.OOXMLFile(io.BytesIO(got(page, card, "台账-通报.docx")))
    assert made.is_encrypted()
    assert "同一密码" in card.locator(".written").inner_text()


def test_two_at_once(page: Page) -> None:
    one, other = dropped(page, 甲=CASE.read_bytes(), 乙=small("m21").read_bytes())
    assert "41项" in read(one)
    assert "不知道数字截至哪一天" in read(other)
    other.locator(".as-of").fill("2021-09-30")
    one.locator(".write").click()
    one.locator(".files button").first.wait_for()
    other.get_by_text("截至2021-09-30：1项").wait_for()
    other.locator(".write").click()
    other.locator(".files button").first.wait_for()
    assert "甲" not in other.locator(".files").inner_text()
    read(one), read(other)


def test_more_than_fifty_megabytes_are_not_even_sent(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "大.xlsx"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    page.set_input_files("#pick", large)
    assert "文件超过50MB" in read(page.locator("article"))
    assert not page.served.files()


@contextmanager
def another_site(content: str) -> Iterator[str]:
    """A page of another origin, on this machine; its address."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


ATTACK = """
<iframe id="frame" src="http://{host}/"></iframe>
<form method="post" action="http://{host}/api/ledgers?name=a.csv" target="frame" enctype="text/plain"><input name="a" value="1"></form>
<script>
async function attack() {{
    const tried = [];
    for (const options of [{{method: "POST"}}, {{method: "POST", headers: {{"X-KP-Token": "{token}"}}}}, {{}}])
        for (const path of ["api/here", "api/ledgers?name=a.csv", ""])
            tried.push(await fetch("http://{host}/" + path, options).then((answer) => "read " + answer.status, () => "refused"));
    await fetch("http://{host}/api/ledgers?name=a.csv", {{method: "POST", mode: "no-cors", body: "1"}}).catch(() => 0);
    document.forms[0].submit();
    return tried;
}}
</script>
"""


def test_another_site_in_the_same_browser_is_refused(page: Page) -> None:
    """Even with a token that it has heard of: it can neither read an answer, nor leave a file, nor show the page in its own."""
    token = page.evaluate("localStorage.getItem('kp-token')")
    with another_site(ATTACK.format(host=page.served.host, token=token)) as address:
        other = page.context.new_page()
        other.goto(address)
        tried = other.evaluate("attack()")
        other.wait_for_timeout(500)
        frames = [frame.url for frame in other.frames[1:]]
        other.close()
    assert tried == ["refused"] * 9
    assert page.served.host not in "".join(frames)
    assert not page.served.files()


def test_a_browser_without_the_key_gets_nothing(page: Page, browser: Browser) -> None:
    context = browser.new_context()
    stranger = context.new_page()
    stranger.goto(page.served.address)
    stranger.locator("#notice").get_by_text("已经用过").wait_for()
    stranger.goto(f"http://{page.served.host}/")
    stranger.locator("#notice").get_by_text("要从启动它的窗口打开").wait_for()
    context.close()


def test_the_page_works_after_it_was_closed_and_opened_again(page: Page) -> None:
    again = page.context.new_page()
    with again.expect_response("**/api/here") as here:
        again.goto(f"http://{page.served.host}/")
    assert here.value.status == 200
    assert again.locator("#notice").is_hidden()
    again.close()

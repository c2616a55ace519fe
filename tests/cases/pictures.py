"""Pictures for the clerks' manual, from LibreOffice's print of the filled case workbook: `python tests/cases/pictures.py`.

Needs soffice, pdftoppm and fonts that stand in for 宋体, 仿宋, 楷体 and 黑体 (`fonts.py`); chromium and playwright for the page.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import fonts
from build import HERE, WORKBOOK
from office import convert, page_image
from PIL import Image, ImageChops

from xlplugin.schema import (
    ADOPTED,
    ANALYSIS,
    BULLETIN,
    GUIDE,
    ISSUES,
    LEDGER,
    MONTHLY_DONE,
    READING,
    RESULTS,
    SETTINGS,
    WORDING,
)

PICTURES = WORKBOOK.parent / "pictures"
SHOWN = {
    "guide": (GUIDE, 1),
    "ledger": (LEDGER, 1),
    "ledger-2": (LEDGER, 2),
    "monthly": (MONTHLY_DONE, 1),
    "issues": (ISSUES, 1),
    "settings": (SETTINGS, 1),
    "wording": (WORDING, 1),
    "bulletin": (BULLETIN, 1),
    "analysis": (ANALYSIS, 1),
    "charts": (ANALYSIS, 3),
    "projects": (ANALYSIS, 4),
    "results": (RESULTS, 1),
}
"""Each picture's sheet and printed page."""
OWN_LEDGERS = {"reading": (READING, "m21", "bulletin"), "adopted": (ADOPTED, "m13", "adopt")}
"""Pictures of an office's own ledger: the sheet, the small ledger, and the command that writes it."""
WIDE, TALL, RESOLUTION, MARGIN = 1100, 800, 150, 16
"""Pixels: of a landscape page, of a portrait one."""
_WINDOW = """\
<meta charset="utf-8"><body style="margin:0;background:#0c0c0c"><div style="background:#2b2b2b;color:#ddd;font:15px 'Noto Sans CJK SC';
padding:7px 14px">重点工程\\生成通报.cmd</div><pre style="color:#ccc;font:16px/1.5 'Noto Sans Mono CJK SC';padding:0 14px;
white-space:pre-wrap;word-break:break-all">{text}</pre>
"""
FONTS = ("宋体", "仿宋", "楷体", "黑体")


def main() -> None:
    """Fill the case workbook, print each sheet by itself, keep what is drawn on the page."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            ["kp", "bulletin", str(WORKBOOK), "-o", name], check=True, capture_output=True
        )
        filled = next(folder.glob("*.xlsx"))
        printed = {
            title: _print(folder, filled, title)
            for title in {sheet.title for sheet, _ in SHOWN.values()}
        }
        for picture, (sheet, page) in SHOWN.items():
            _picture(printed[sheet.title], page, PICTURES / f"{picture}.png")
        own_ledgers(folder)
        window(folder)
        the_page(folder)


def window(folder: Path) -> None:
    """What is seen when a ledger is dropped on 生成通报.cmd: the very words, in a window such as Windows opens."""
    ledger = folder / "九月台账.xlsx"
    shutil.copy(WORKBOOK, ledger)
    command = [sys.executable, "-m", "xlplugin.cli.launcher", "生成通报.cmd", str(ledger)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    told = told.replace(str(folder), r"D:\台账").replace("/", "\\")
    page = folder / "window.html"
    page.write_text(
        _WINDOW.format(text=html.escape(f"{told}\n请按任意键继续. . .")), encoding="utf-8"
    )
    browser = shutil.which("chromium") or "chromium"
    target = PICTURES / "window.png"
    size = ("--window-size=1100,320", "--hide-scrollbars", f"--screenshot={target}")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", *size, page.as_uri()],
        check=True,
        capture_output=True,
    )


def the_page(folder: Path) -> None:
    """`kp serve` in a browser: a ledger with its bulletin, and one that leaves a question open."""
    from playwright.sync_api import sync_playwright

    own = {"TMPDIR": str(folder), "XDG_STATE_HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    served = subprocess.Popen(
        ["kp", "serve", "--no-browser"], stdout=subprocess.PIPE, text=True, env=os.environ | own
    )
    address = served.stdout.readline().split()[-1]
    asking = folder / "九月台账.xlsx"
    shutil.copy(next(HERE.glob("ledgers/m13_*.xlsx")), asking)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDE, "height": TALL})
        page.goto(address)
        for picture, ledger, act in (
            ("page", WORKBOOK.with_suffix(".xlsx"), lambda: page.click(".write")),
            ("page-asked", asking, lambda: page.fill(".as-of", "2021-09-30")),
        ):
            page.set_input_files("#pick", ledger)
            page.locator(".away:enabled").wait_for()
            act()
            page.locator(".files button, .asked li").first.wait_for()
            page.locator(".away:enabled").wait_for()
            shot = folder / f"{picture}.png"
            page.screenshot(path=shot, full_page=True)
            _save(Image.open(shot).convert("RGB"), PICTURES / f"{picture}.png")
            page.click(".away")
        browser.close()
    served.send_signal(signal.SIGINT)
    served.wait()


def own_ledgers(folder: Path) -> None:
    """How two of the small ledgers were read."""
    for picture, (sheet, name, command) in OWN_LEDGERS.items():
        place = folder / name
        place.mkdir()
        source = place / "台账.xlsx"
        shutil.copy(next(HERE.glob(f"ledgers/{name}_*.xlsx")), source)
        subprocess.run(
            ["kp", command, str(source), "--as-of", "2021-09-30"], check=True, capture_output=True
        )
        written = next(place.glob("台账-*.xlsx"))
        _picture(_print(place, written, sheet.title), 1, PICTURES / f"{picture}.png")


def _print(folder: Path, workbook: Path, title: str) -> Path:
    """The PDF of one sheet: the others are hidden in a copy."""
    alone = folder / f"{title}.xlsx"
    with ZipFile(workbook) as source, ZipFile(alone, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            data = source.read(member)
            target.writestr(
                member,
                _hidden(data.decode(), title).encode() if member == "xl/workbook.xml" else data,
            )
    return convert(folder, "pdf", alone, **fonts.write(folder, FONTS))[0]


def _hidden(xml: str, title: str) -> str:
    """The workbook part with one sheet in sight; LibreOffice prints a hidden sheet, too, while it has a print area."""
    names = re.findall(r'<sheet [^>]*?name="([^"]+)"', xml)
    here = f'localSheetId="{names.index(title)}"'
    xml = re.sub(
        r"<definedName [^>]*_xlnm.Print_Area[^>]*>[^<]*</definedName>",
        lambda n: n[0] if here in n[0] else "",
        xml,
    )
    xml = re.sub(
        r"<workbookView\b",
        f'<workbookView activeTab="{names.index(title)}"',
        re.sub(r' activeTab="\d+"', "", xml),
    )
    return re.sub(
        r"<sheet (?:(?!/>).)*/>", lambda s: s[0] if f'name="{title}"' in s[0] else _hide(s[0]), xml
    )


def _hide(sheet: str) -> str:
    return re.sub(r' state="\w+"', "", sheet).replace("<sheet ", '<sheet state="hidden" ')


def _picture(pdf: Path, page: int, target: Path) -> None:
    """One page without its white margins and its page number, in fewer colours."""
    image = page_image(pdf, page, RESOLUTION)
    image = image.crop(
        (0, 0, image.width, int(image.height * 0.93))
    )  # the page number stands below
    left, top, right, bottom = ImageChops.invert(image).getbbox() or (0, 0, *image.size)
    image = image.crop(
        (
            max(left - MARGIN, 0),
            max(top - MARGIN, 0),
            min(right + MARGIN, image.width),
            min(bottom + MARGIN, image.height),
        )
    )
    width = min(image.width, WIDE if image.width > image.height else TALL)
    image = image.resize(
        (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
    )
    _save(image, target)


def _save(image: Image.Image, target: Path) -> None:
    """In fewer colours; kmeans, else light grey may turn pink."""
    image.quantize(160, Image.Quantize.MAXCOVERAGE, kmeans=2).save(target, optimize=True)


if __name__ == "__main__":
    main()

"""The clerk's manual as a page that opens with a double click, pictures and all."""

from __future__ import annotations

import shutil
from pathlib import Path

import xlplugin
from xlplugin.errors import UserError

NAME = "使用手册.html"
_SOURCE = Path(xlplugin.__file__).parents[1] / "workbooks"
_PAGE = """\
<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>重点工程进度通报 使用手册</title><style>
body {{ max-width: 52em; margin: 2em auto; padding: 0 1em; font: 16px/1.7 "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }}
table {{ border-collapse: collapse; }} td, th {{ border: 1px solid #bbb; padding: .2em .6em; }} img {{ max-width: 100%; }}
code, pre {{ background: #f3f3f3; }}
</style><body>{text}</body></html>
"""


def write(home: Path) -> None:
    """Put the manual into a folder. Raises UserError where this program was installed without it."""
    from markdown_it import MarkdownIt

    try:
        text = (_SOURCE / "README.md").read_text(encoding="utf-8")
    except OSError:
        raise UserError(
            f"找不到用户手册 {_SOURCE / 'README.md'}。请在程序的源文件夹里用 pip install -e . 安装后再打包。"
        ) from None
    page = MarkdownIt("commonmark").enable("table").render(text)
    (home / NAME).write_text(_PAGE.format(text=page), encoding="utf-8")
    shutil.copytree(_SOURCE / "pictures", home / "pictures")

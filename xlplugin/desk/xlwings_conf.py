"""xlwings' configuration of the user, ~/.xlwings/xlwings.conf: lines of "KEY","value" that VBA reads in Windows' code page."""

from __future__ import annotations

import locale
import re
from pathlib import Path

from xlplugin import files
from xlplugin.errors import UserError

INTERPRETER = "INTERPRETER_WIN"
_LINE = re.compile(r'\s*"([^"]*)"\s*,\s*"([^"]*)"')


def path() -> Path:
    """Where xlwings and its VBA look."""
    return Path.home() / ".xlwings" / "xlwings.conf"


def settings(text: str) -> dict[str, str]:
    """Every key, in capitals, with its value; the first of two counts, as in VBA."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if match := _LINE.match(line):
            found.setdefault(match[1].upper(), match[2])
    return found


def changed(text: str, key: str, value: str) -> str:
    """The text with one key set, in its old place or at the end; all else stays, but empty lines, which VBA stumbles over."""
    new, done = f'"{key}","{value}"', False
    lines: list[str] = []
    for line in filter(str.strip, text.splitlines()):
        match = _LINE.match(line)
        if match and match[1].upper() == key.upper():
            if not done:
                lines.append(new)
            done = True
        else:
            lines.append(line)
    return "".join(line + "\n" for line in ([*lines] if done else [*lines, new]))


def without(text: str, key: str) -> str:
    """The text without a key."""
    kept = (line for line in text.splitlines() if key.upper() not in settings(line))
    return "".join(line + "\n" for line in kept if line.strip())


def read(place: Path) -> str:
    """The file's text, "" where there is none. Raises UserError where it cannot be read."""
    try:
        return place.read_bytes().decode(locale.getencoding())
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError):
        raise UserError(f"读不出 xlwings 的设置 {place}。请删去该文件再试一次。") from None


def write(place: Path, text: str) -> None:
    """Replace the file at one stroke. Raises UserError where a path in it cannot be written, or the disk refuses."""
    try:
        data = text.replace("\n", "\r\n").encode(locale.getencoding())
    except UnicodeError:
        raise UserError(
            "Python 的安装路径里有 Excel 读不了的字。请把虚拟环境建在只含英文的文件夹里。"
        ) from None
    files.write([files.Output(files.folder(place.parent) / place.name, data)])

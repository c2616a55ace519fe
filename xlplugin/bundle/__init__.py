"""One zip for a 64-bit Windows desk without Python, network or rights: an interpreter, all packages, what to double-click.

Built on any machine: nothing of it is run here. It is unpacked anywhere, and beside or over an older one: what a clerk
has set or filled in lies elsewhere.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

from xlplugin import files
from xlplugin.builder import build
from xlplugin.bundle import handbook, packages
from xlplugin.bundle.interpreter import Interpreter
from xlplugin.errors import UserError

TOP = "重点工程"
"""The folder in the zip; all names below `app` are ASCII, so that no program stumbles over them."""
APP = "app/python"
BLANK = "空白工作簿（复制出去再填）"
"""What is filled in here would be lost when a newer zip is unpacked over this one: the name says so."""
_DATE = (2021, 1, 1, 0, 0, 0)


def bundle(
    output: Path, archive: Path, digest: str | None, wheels: Path | None = None
) -> Iterator[str]:
    """Build the zip at `output`. Yields what is being done; raises UserError.

    `archive` is a Python for 64-bit Windows (python.org's embeddable zip, or a python-build-standalone .tar.gz), `digest` its
    SHA-256. `wheels`: a folder that holds all packages, so that no network is needed.
    """
    if output.suffix.lower() != ".zip":
        raise UserError(f"{output} 应以 .zip 结尾。请改名再试。")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, TOP)
        python = Interpreter.unpacked(archive, digest, home / APP)
        yield f"Python {python.version}（64 位 Windows），SHA-256 {python.digest}。"
        for name, version in packages.installed(home / APP, python.version, wheels):
            yield f"组件 {name} {version}。"
        python.make_private(home / APP)
        _hand_out(home)
        files.write([files.Output(output, zipped(Path(folder)))])
    yield f"已写出 {output}。解压以后，把台账拖到「生成通报.cmd」上。"


def _hand_out(home: Path) -> None:
    """What a clerk sees in the folder."""
    for each in (resources("xlplugin.bundle") / "desk").iterdir():
        (home / each.name).write_bytes(each.read_bytes())
    (home / BLANK).mkdir()
    for suffix in (".xlsm", ".xlsx"):
        build(home / BLANK / f"重点工程台账{suffix}")
    handbook.write(home)


def zipped(folder: Path) -> bytes:
    """A folder as a zip, the same bytes for the same content."""
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, path.read_bytes())
    return done.getvalue()

"""The Python that goes into the zip: what an archive must be, and how it is made to know its own packages only."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from xlplugin import files
from xlplugin.desk.doctor import EARLIEST
from xlplugin.desk.machine import program_bits
from xlplugin.errors import UserError

_LIBRARY = re.compile(r"python3(\d+)\.dll", re.IGNORECASE)
_WHERE = "请从 python.org 下载「Windows embeddable package (64-bit)」，或 python-build-standalone 的 x86_64-pc-windows-msvc 压缩包（.tar.gz）。"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python for 64-bit Windows: its version such as "3.12", the SHA-256 of the archive that it came in."""

    version: str
    digest: str

    @classmethod
    def unpacked(cls, archive: Path, digest: str | None, target: Path) -> Interpreter:
        """Check an archive and unpack it. Raises UserError where it is not what it should be.

        The digest is the one that the publisher states: given, or in a file beside the archive (….sha256).
        """
        try:
            data = files.read(archive)
        except OSError as failure:
            raise UserError(f"读不出 {archive}（{files.reason(failure)}）。请核对路径。") from None
        found = hashlib.sha256(data).hexdigest()
        stated = digest or _stated(archive)
        if stated is None:
            raise UserError(
                f"不知道 {archive.name} 应有的 SHA-256，没有使用。请用 --sha256 写上发布者公布的值（这个文件的是 {found}）。"
            )
        if stated.lower() != found:
            raise UserError(
                f"{archive.name} 的 SHA-256 是 {found}，应为 {stated}。文件不完整或被改过，请重新下载。"
            )
        for name, content in _members(archive.name, data):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return cls(_version(archive.name, target), found)

    def make_private(self, home: Path) -> None:
        """A ._pth: this Python then looks at nothing of the machine's, no variable, no other Python's packages."""
        for old in home.glob("python*._pth"):
            old.unlink()
        number = self.version.replace(".", "")
        places = [f"python{number}.zip", "Lib", "DLLs", ".", r"Lib\site-packages", "import site"]
        (home / f"python{number}._pth").write_bytes("\r\n".join([*places, ""]).encode())


def _stated(archive: Path) -> str | None:
    beside = archive.with_name(f"{archive.name}.sha256")
    try:
        words = files.read(beside).decode("ascii", "replace").split()
    except OSError:
        return None
    return words[0] if words else None


def _members(name: str, data: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    """What an archive holds, from the folder of python.exe on. Raises UserError where it holds none."""
    try:
        held = dict(_tar(data) if name.lower().endswith((".tar.gz", ".tgz")) else _zip(data))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError):
        raise UserError(f"{name} 不是 .zip 或 .tar.gz 压缩包。{_WHERE}") from None
    homes = [path.parent for path in held if path.name.lower() == "python.exe"]
    if not homes:
        raise UserError(f"{name} 里没有 python.exe。{_WHERE}")
    home = min(homes, key=lambda path: len(path.parts))
    for path, content in held.items():
        if path.is_relative_to(home) and ".." not in path.parts and not path.is_absolute():
            yield path.relative_to(home), content


def _zip(data: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for member in source.infolist():
            if not member.is_dir():
                yield PurePosixPath(member.filename), source.read(member)


def _tar(data: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as source:
        for member in source:
            if (file := source.extractfile(member)) is not None:
                yield PurePosixPath(member.name), file.read()


def _version(name: str, home: Path) -> str:
    """Raises UserError where it is none for 64-bit Windows, or too old."""
    if program_bits((home / "python.exe").read_bytes()) != 64:
        raise UserError(f"{name} 不是 64 位 Windows 的 Python。{_WHERE}")
    found = [int(match[1]) for path in home.iterdir() if (match := _LIBRARY.fullmatch(path.name))]
    if not found or (3, found[0]) < EARLIEST:
        raise UserError(
            f"{name} 里的 Python 是 3.{found[0] if found else '?'}，要 3.{EARLIEST[1]} 以上。{_WHERE}"
        )
    return f"3.{found[0]}"

"""The zip container: untouched members leave as the very bytes they came in."""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import wellformed, xmltext

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_UTF8_NAME = 0x0800
_MARKER = 0xFFFFFFFF
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
SMALL = 1 << 18
"""A member up to this size stays at hand once it is inflated."""

DAMAGED = "文件不完整或已损坏，请重新复制一份，或在 Excel 中打开修复后另存为 .xlsx 再试。"


class Streamed:
    """A member's new content, too long to be held: a beginning, pieces that are made anew at each reading, an end."""

    def __init__(self, head: bytes, pieces: Iterable[bytes], tail: bytes) -> None:
        self._head, self._pieces, self._tail = head, pieces, tail

    def __iter__(self) -> Iterator[bytes]:
        return chain((self._head,), self._pieces, (self._tail,))


class Package:
    """A zip file held in memory, with what is to replace, join or leave it. Raises zipfile.BadZipFile when it is none."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.kept: dict[str, bytes] = {}
        """Members that were inflated already, as they came; a large one only until it is read."""
        self._zip = zipfile.ZipFile(io.BytesIO(raw))
        self.infos = self._zip.infolist()
        self.members = {info.filename: info for info in self.infos}
        self.directory_offset = self._zip.start_dir
        self.new: dict[str, bytes | Streamed | None] = {}
        self._sound: set[str] = set()
        self._names = {_fold(name): name for name in self.members}

    def as_it_came(self) -> Package:
        """The same file without what is to change."""
        other = copy.copy(self)
        other.new = {}
        return other

    def __contains__(self, part: str) -> bool:
        name = self._name(part)
        return name in self.members if name not in self.new else self.new[name] is not None

    @property
    def parts(self) -> list[str]:
        """Names of all members as they now stand."""
        return [
            name for name in (*self.members, *self.new.keys() - self.members.keys()) if name in self
        ]

    def info(self, part: str) -> zipfile.ZipInfo:
        """The directory's entry of a member."""
        return self.members[self._name(part)]

    def data_start(self, info: zipfile.ZipInfo) -> int:
        """Where a member's compressed content begins. Raises UserError where no member begins where it should."""
        at = info.header_offset
        if self.raw[at : at + 4] != b"PK\3\4" or at + _LOCAL.size > len(self.raw):
            raise UserError(DAMAGED)
        name, extra = _LOCAL.unpack_from(self.raw, at)[-2:]
        return at + _LOCAL.size + int(name) + int(extra)

    def read(self, part: str) -> bytes:
        """A member's content as it now stands. Raises UserError where it is missing or damaged."""
        name = self._name(part)
        if name in self.new:
            content = self.new[name]
            if content is None:
                raise UserError(f"缺少部件 {part}：{DAMAGED}")
            return content if isinstance(content, bytes) else b"".join(content)
        return self.original(part)

    def original(self, part: str) -> bytes:
        """A member's content as it came. Raises UserError where it is missing or damaged."""
        name = self._name(part)
        if name in self.kept:
            return self.kept[name] if len(self.kept[name]) <= SMALL else self.kept.pop(name)
        try:
            return self._zip.read(name)
        except KeyError:
            raise UserError(f"缺少部件 {part}：{DAMAGED}") from None
        except _UNREADABLE:
            raise UserError(f"部件 {part} 无法读取：{DAMAGED}") from None

    def packed(self, part: str) -> tuple[int, bytes] | None:
        """A small member as it lies in the file, and how it is compressed; None for one that is large, missing or changed."""
        info = self.members.get(name := self._name(part))
        if info is None or name in self.new or info.file_size > SMALL:
            return None
        start = self.data_start(info)
        return info.compress_type, self.raw[start : start + info.compress_size]

    def stream(self, part: str) -> IO[bytes]:
        """A member as it came, to be read piece by piece."""
        return self._zip.open(self._name(part))

    def head(self, part: str) -> bytes:
        """The first bytes of a member as it came. Raises UserError where it is damaged."""
        if (name := self._name(part)) in self.kept:
            return self.kept[name][:200]
        try:
            with self._zip.open(self._name(part)) as member:
                return member.read(200)
        except _UNREADABLE:
            raise UserError(f"部件 {part} 无法读取：{DAMAGED}") from None

    def xml(self, part: str) -> bytes:
        """An XML member as it now stands, in UTF-8 whatever it was written in. Raises UserError where it is not well-formed."""
        data = self.text(part)
        self.checking(part, data)()
        return data

    def text(self, part: str) -> bytes:
        """The same, not yet looked at: who takes it asks `checking`. Raises UserError where it cannot be read."""
        return xmltext.as_utf8(self.read(part), part)

    def checking(
        self, part: str, data: bytes, proven: tuple[int, int] | None = None
    ) -> Callable[[], None]:
        """Have a member's text looked at, but for what is proven to be well-formed; what comes back waits for the verdict."""
        name = self._name(part)
        if name in self._sound or name in self.new:  # what we wrote is verified when it is saved
            return lambda: None
        rest = data[: proven[0]] + data[proven[1] :] if proven else data
        verdict = wellformed.checking(rest, part)

        def sound() -> None:
            verdict()
            self._sound.add(name)

        return sound

    def replace(self, part: str, content: bytes | Streamed) -> None:
        """Give a member new content; the same content again is no change."""
        if isinstance(content, Streamed) or part not in self or content != self.xml(part):
            self.new[self._name(part)] = content

    def drop(self, part: str) -> None:
        """Leave a member out."""
        self.new[self._name(part)] = None

    def build(self, level: int = 6) -> bytes:
        """The whole file with its changes, compressed at a level, 0 for not at all. Raises UserError for a file that is too big for plain zip."""
        ends = self._record_ends()
        order = sorted(self.members.values(), key=lambda info: info.header_offset)
        out = io.BytesIO()
        if order:
            out.write(
                self.raw[: order[0].header_offset]
            )  # what stands before the first member stays there
        entries: dict[str, bytes] = {}
        raw_entries = self._raw_entries()
        for info in order:
            content = self.new.get(info.filename, b"")
            if content is None:
                continue
            at = out.tell()
            if info.filename in self.new:
                entries[info.filename] = _write_member(out, at, info, content, level)
            else:
                out.write(self.raw[info.header_offset : ends[info.header_offset]])
                entries[info.filename] = _moved(raw_entries[info.filename], at)
        for name, content in self.new.items():
            if name not in self.members and content is not None:
                entries[name] = _write_member(out, out.tell(), _new_member(name), content, level)
        start = out.tell()
        listed = [name for name in dict.fromkeys((*self.members, *self.new)) if name in entries]
        directory = b"".join(entries[name] for name in listed)
        out.write(directory)
        comment = self._zip.comment
        count = len(listed)
        if count >= 0xFFFF or start + len(directory) >= _MARKER:
            raise UserError("工作簿超过 4 GB，无法保存，请拆分后重试。")
        out.write(
            _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, len(comment)) + comment
        )
        return out.getvalue()

    def _name(self, part: str) -> str:
        """The member that a part name means: names differ neither by case nor by the kind of slash."""
        return (
            part if part in self.members or part in self.new else self._names.get(_fold(part), part)
        )

    def _record_ends(self) -> dict[int, int]:
        starts = sorted(info.header_offset for info in self.infos)
        return dict(zip(starts, [*starts[1:], self.directory_offset], strict=True))

    def _raw_entries(self) -> dict[str, bytes]:
        entries = {}
        at = self.directory_offset
        for info in self.members.values():  # in the order of the central directory
            fields = _CENTRAL.unpack_from(self.raw, at)
            if fields[0] != b"PK\1\2" or fields[-1] == _MARKER:
                raise UserError(
                    "工作簿使用了不常见的 zip64 格式，无法写入，请在 Excel 中另存一份后重试。"
                )
            size = _CENTRAL.size + sum(fields[10:13])
            entries[info.filename] = self.raw[at : at + size]
            at += size
        return entries


def _fold(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _new_member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 0
    return info


def _moved(entry: bytes, at: int) -> bytes:
    """A directory entry that points to another place."""
    return entry[:42] + struct.pack("<L", at) + entry[46:]


def _write_member(
    out: io.BytesIO, at: int, info: zipfile.ZipInfo, content: bytes | Streamed, level: int
) -> bytes:
    """Write a member anew, with the name, time and attributes it had; its directory entry is returned."""
    method = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    flags = _UTF8_NAME if info.flag_bits & _UTF8_NAME or not info.filename.isascii() else 0
    name = info.filename.encode("utf-8" if flags else "cp437")
    year, month, day, hour, minute, second = info.date_time
    date = (year - 1980) << 9 | month << 5 | day
    time = hour << 11 | minute << 5 | second // 2
    out.write(bytes(_LOCAL.size) + name)  # what the header says is known once the rest is written
    sizes = _pack(out, (content,) if isinstance(content, bytes) else content, level)
    out.seek(at)
    out.write(_LOCAL.pack(b"PK\3\4", 20, flags, method, time, date, *sizes, len(name), 0))
    out.seek(0, io.SEEK_END)
    made_by = info.create_version | info.create_system << 8
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            made_by,
            20,
            flags,
            method,
            time,
            date,
            *sizes,
            len(name),
            0,
            len(info.comment),
            0,
            info.internal_attr,
            info.external_attr,
            at,
        )
        + name
        + info.comment
    )


def _pack(out: io.BytesIO, pieces: Iterable[bytes], level: int) -> tuple[int, int, int]:
    """Write a member's pieces compressed (at level 0 as they are); their checksum, and their length so written and as they are."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    crc = size = packed = 0
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        packed += out.write(deflate.compress(piece) if level else piece)
    packed += out.write(deflate.flush()) if level else 0
    return crc, packed, size

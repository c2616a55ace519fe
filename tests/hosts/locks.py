"""Workbooks with an open password, written here for the tests: OOXML by msoffcrypto-tool, .xls by the recipe of [MS-XLS] 2.2.10 (RC4)."""

from __future__ import annotations

import hashlib
import io
import struct
from pathlib import Path

import msoffcrypto
import olefile
import xlwt
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.rc4 import DocumentRC4

PASSWORD = "密码 Aa1"
_BOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x002F, 0x0085
_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))


def lock(path: Path, password: str = PASSWORD) -> Path:
    """Lock an OOXML file where it lies."""
    path.write_bytes(ECMA376Agile.encrypt(password, io.BytesIO(path.read_bytes())))
    return path


def unlocked(path: Path, password: str = PASSWORD) -> bytes:
    """What another reader of the standard finds in a locked file."""
    file = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    file.load_key(password=password, verify_password=True)
    plain = io.BytesIO()
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def old(path: Path, rows: list[list[object]], title: str, password: str = PASSWORD) -> Path:
    """An .xls of one sheet, locked."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(path))
    with olefile.OleFileIO(str(path), write_mode=True) as file:
        stream = file.openstream("Workbook").read()
        file.write_stream("Workbook", _locked(stream, password))
    return path


def _records(stream: bytes):
    at = 0
    while at + 4 <= len(stream) and stream[at : at + 2] != b"\0\0":
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _locked(stream: bytes, password: str) -> bytes:
    """The stream with FILEPASS after the first BOF, as long as it was: padding at the end gives way."""
    key = hashlib.md5(_VERIFIER).digest()
    sealed = DocumentRC4.decrypt(password, _SALT, io.BytesIO(_VERIFIER + key)).read()
    header = struct.pack("<HHH", 1, 1, 1) + _SALT + sealed
    pieces: list[tuple[int, bytes]] = []
    for at, (kind, body) in enumerate(_records(stream)):
        if kind == _BOUNDSHEET:
            place = struct.unpack_from("<L", body)[0] + 4 + len(header)
            body = struct.pack("<L", place) + body[4:]
        pieces.append((kind, body))
        if at == 0:
            pieces.append((_FILEPASS, header))
    used = sum(4 + len(body) for _, body in pieces)
    pieces.append((0, bytes(len(stream) - used - 4)))
    plain = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in pieces)
    covered = bytearray(DocumentRC4.decrypt(password, _SALT, io.BytesIO(plain), 1024).read())
    at = 0
    for kind, body in pieces:  # heads of records stay open, and so do some of them
        open_to = 4 + (len(body) if kind in (_BOF, _FILEPASS) else 4 * (kind == _BOUNDSHEET))
        covered[at : at + open_to] = plain[at : at + open_to]
        at += 4 + len(body)
    return bytes(covered)

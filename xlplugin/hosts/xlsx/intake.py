"""What may come in: anything that is no sound .xlsx or .xlsm is refused with one sentence before a reader sees it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from xlplugin import files
from xlplugin.errors import UserError
from xlplugin.hosts.xlsx import encryption, opc
from xlplugin.hosts.xlsx.package import DAMAGED, SMALL, Package

LARGEST_FILE = 512 << 20
INFLATED, FOLD = 256 << 20, 8
"""All members together may inflate to so much, and so many times the file's length more: ledgers grow sixfold."""

ROOM = 16 << 20
"""Small members are kept as they were inflated for the check, as many as there is room for: most are read."""

LARGE, LARGEST_KEPT = 4 << 20, 128 << 20
_MOST_READ = re.compile("/worksheets/|/sharedStrings")
"""A part of these between these sizes is inflated once only, for the check and for the reading (0.2 s less for 100,000 projects)."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_RESAVE = "请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。"


def load(path: Path, raw: bytes | None = None) -> Package:
    """Read a workbook's file (`raw`, where it is at hand) and check its container. Raises UserError for whatever cannot be taken."""
    raw = content(path) if raw is None else raw
    try:
        if not raw:
            raise UserError("是空文件（0 字节），请重新复制或导出一份。")
        if raw.startswith(OLE):
            check_name(path)
            raise UserError(_ole_kind(raw))
        if not raw.startswith(b"PK"):
            raise UserError(_plain_kind(raw))
        package = _opened(raw)
        _check_kind(package)
        _check_contents(package)
    except UserError as refusal:
        raise UserError(f"「{path.name}」{refusal}") from None
    return package


def check_zip(raw: bytes) -> Package:
    """A zip file of any kind that unpacks as it says. Raises UserError for what may do harm."""
    package = _opened(raw)
    _check_contents(package)
    return package


def _opened(raw: bytes) -> Package:
    try:
        package = Package(raw)
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        struct.error,
        ValueError,
        OverflowError,
    ):
        raise UserError(DAMAGED) from None
    _check_names(package)
    _check_sizes(package)
    return package


def content(path: Path) -> bytes:
    """A file's bytes. Raises UserError where they cannot be had, or are too many."""
    try:
        if path.is_dir():
            raise UserError(f"「{path}」是文件夹，请指定其中的一个工作簿。")
        if not path.exists():
            raise UserError(f"找不到文件「{path}」，请检查文件名和所在文件夹。")
        if not path.is_file():
            raise UserError(f"「{path}」不是普通文件，请指定一个 .xlsx 或 .xlsm 工作簿。")
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(
                f"「{path.name}」超过 {LARGEST_FILE >> 20} MB，无法处理，请拆分或删去其中的图片后重试。"
            )
        return files.read(path)
    except PermissionError:
        raise UserError(
            f"无权读取「{path.name}」，或它正被其他程序独占，请关闭该程序或换一个位置后重试。"
        ) from None
    except (OSError, ValueError) as failure:
        raise UserError(
            f"无法读取「{path.name}」（{files.reason(failure)}），请检查路径或网络后重试。"
        ) from None


def _holds(raw: bytes, *streams: str) -> bool:
    """Whether an OLE container has a stream, told by the names in its directory."""
    return any((stream + "\0").encode("utf-16-le") in raw for stream in streams)


def is_old_workbook(raw: bytes) -> bool:
    """Whether an OLE container holds a workbook of Excel before 2007, or of WPS (.et)."""
    return _holds(raw, "Workbook", "Book") and not _holds(raw, "EncryptedPackage", "EncryptionInfo")


def check_name(path: Path) -> None:
    """Raises UserError for an OLE container that calls itself a document: what is locked tells it too late, or never."""
    if path.suffix.lower().startswith((".doc", ".ppt")):
        raise UserError("是 Word、PowerPoint 等文档，不是工作簿，请选择 .xlsx 或 .xlsm 文件。")


def _ole_kind(raw: bytes) -> str:
    if _holds(raw, "DRMEncryptedDataSpace"):
        return "受权限管理（IRM）保护，程序打不开，请在 Excel 中取消限制后另存一份再试。"
    if encryption.is_locked(raw):
        return encryption.advice()
    if is_old_workbook(raw):
        return f"是旧版 .xls（或 WPS .et）格式，{_RESAVE}"
    if _holds(raw, "WordDocument"):
        return "是 Word 文档，不是工作簿，请选择 .xlsx 或 .xlsm 文件。"
    return f"不是 .xlsx 工作簿，或已损坏；如确是表格，{_RESAVE}"


def _plain_kind(raw: bytes) -> str:
    """What a file that is no container seems to be."""
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if raw.startswith(b"%PDF"):
        return "是 PDF 文件，不是工作簿，请选择 .xlsx 或 .xlsm 文件。"
    if (head.startswith(b"<") and not head.startswith(b"<?xml")) or b"<html" in head:
        return f"是网页（HTML）格式，不是真正的工作簿，{_RESAVE}"
    if b"mime-version:" in head:
        return f"是网页（MHT）格式，不是真正的工作簿，{_RESAVE}"
    if head.startswith(b"<?xml"):
        return f"是 XML 文件，不是 .xlsx 工作簿，{_RESAVE}"
    if b"\0" not in raw[:4096] or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"是文本文件（如 CSV），不是工作簿，{_RESAVE}"
    return "不是 Excel 工作簿，或文件已损坏，请选择 .xlsx 或 .xlsm 文件。"


def _check_names(package: Package) -> None:
    """No member twice, none that points out of the package."""
    infos = package.infos
    seen = {info.filename.replace("\\", "/").casefold() for info in infos}
    if len(seen) != len(infos):
        raise UserError(f"内有重名的部件，{DAMAGED}")
    for info in infos:
        name = info.filename.replace("\\", "/")
        if (
            name.startswith("/")
            or ":" in name.partition("/")[0]
            or ".." in name.split("/")
            or "\0" in name
        ):
            raise UserError("内有指向文件之外的路径，可能不安全，请向来源核实后重新索取。")


def _check_sizes(package: Package) -> None:
    """No bomb by what the headers say, no records that overlap."""
    infos = sorted(package.infos, key=lambda info: info.header_offset)
    if any(info.flag_bits & 1 for info in infos):
        raise UserError("是加密的压缩包，请取消密码后再试。")
    if sum(info.file_size for info in infos) > INFLATED + FOLD * len(package.raw):
        raise UserError(
            "解压后大得不合常理，可能是恶意文件，请向来源核实；如确是工作簿，请在 Excel 中另存一份再试。"
        )
    ends = [info.header_offset for info in infos[1:]] + [package.directory_offset]
    for info, end in zip(infos, ends, strict=False):
        if info.header_offset + 30 + info.compress_size > end:
            raise UserError(DAMAGED)


def _check_kind(package: Package) -> None:
    """The main part must be a spreadsheet in XML."""
    if "mimetype" in package and b"opendocument" in package.original("mimetype")[:100]:
        raise UserError(f"是 OpenDocument（.ods 等）格式，{_RESAVE}")
    if opc.CONTENT_TYPES not in package:
        raise UserError("是压缩包，不是工作簿，请解压后选择其中的 .xlsx 或 .xlsm 文件。")
    for part in (opc.CONTENT_TYPES, "_rels/.rels"):
        if part in package:
            _inflate(package, package.info(part))
    main = opc.main_part(package)
    kind = opc.content_type(package, main) if main else ""
    if "sheet.binary" in kind or main.endswith(".bin"):
        raise UserError(f"是二进制工作簿（.xlsb），{_RESAVE}")
    if "wordprocessingml" in kind or "presentationml" in kind or "visio" in kind:
        raise UserError("是 Word、PowerPoint 等文档，不是工作簿，请选择 .xlsx 或 .xlsm 文件。")
    if not main or main not in package:
        raise UserError(f"内缺少工作簿部件，{DAMAGED}")


def _check_contents(package: Package) -> None:
    """Every member inflates to what its header says, and no XML that is read declares a document type."""
    room = ROOM
    for info in package.infos:
        is_small = info.file_size <= min(SMALL, room)
        if is_small or (LARGE < info.file_size < LARGEST_KEPT and _MOST_READ.search(info.filename)):
            package.kept[info.filename] = b"".join(_inflated(package, info))
            room -= info.file_size if is_small else 0
        else:
            _inflate(package, info)


def _inflate(package: Package, info: zipfile.ZipInfo) -> None:
    """Inflate a member without keeping it."""
    for _ in _inflated(package, info):
        pass


def _inflated(package: Package, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's content in pieces, never further than its header says. Raises UserError for what should not be there."""
    start = package.data_start(info)
    data = memoryview(package.raw)[start : start + info.compress_size]
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UserError(f"使用了不支持的压缩方式，{_RESAVE}")
    is_xml = info.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_read = is_xml and not info.filename.startswith("customXml/")
    crc = size = 0
    tail = b""
    for chunk in _chunks(data, stored=info.compress_type == zipfile.ZIP_STORED):
        size += len(chunk)
        if size > info.file_size:
            raise UserError("内部件的实际大小与声明不符，可能是恶意文件，请向来源核实后重新索取。")
        crc = zlib.crc32(chunk, crc)
        if is_read:
            near = tail + chunk[:32]
            if (b"!" in near or b"!" in chunk) and any(
                word in near or word in chunk for word in _DOCTYPE
            ):
                raise UserError(
                    "内有 XML 文档类型声明（DTD），可能是恶意文件，请在 Excel 中另存一份再试。"
                )
            tail = chunk[-32:]
        yield chunk
    if size != info.file_size or crc != info.CRC:
        raise UserError(f"部件 {info.filename} 校验不符：{DAMAGED}")


def _chunks(data: memoryview, *, stored: bool) -> Iterator[bytes]:
    """A member's content in pieces, so that a bomb is found out before it fills the memory."""
    if stored:
        yield from (bytes(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK))
        return
    inflate = zlib.decompressobj(-15)
    try:
        for at in range(0, len(data), _CHUNK >> 4):
            pending: bytes | memoryview = data[at : at + (_CHUNK >> 4)]
            while not inflate.eof:
                chunk = inflate.decompress(pending, _CHUNK)
                pending = inflate.unconsumed_tail
                if chunk:
                    yield chunk
                if not pending and len(chunk) < _CHUNK:
                    break
    except zlib.error:
        raise UserError(DAMAGED) from None

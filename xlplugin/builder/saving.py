"""A workbook as bytes, the same at every build."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

from xlplugin.hosts.fresh import saved

EPOCH = "2021-01-01T00:00:00Z"
"""When every standard workbook was made, as far as its properties tell: a build must not depend on the clock."""
_ZIP_DATE = (2021, 1, 1, 0, 0, 0)
_TIMES = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def package(workbook: Workbook) -> bytes:
    """The workbook's file, byte for byte the same for the same content."""
    return rewritten(saved(workbook), {"docProps/core.xml": _timeless})


def rewritten(
    data: bytes, edits: Mapping[str, Callable[[str], str]], added: Mapping[str, bytes] | None = None
) -> bytes:
    """A package with parts edited and added; no clock gets into it."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {name: source.read(name) for name in source.namelist()} | {**(added or {})}
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            edit = edits.get(name)
            target.writestr(member, edit(content.decode()).encode() if edit else content)
    return result.getvalue()


def _timeless(properties: str) -> str:
    return _TIMES.sub(rf"\g<1>{EPOCH}", properties)

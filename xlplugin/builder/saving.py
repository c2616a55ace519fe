"""A workbook as bytes, the same at every build."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook

EPOCH = "2021-01-01T00:00:00Z"
"""When every standard workbook was made, as far as its properties tell: a build must not depend on the clock."""
_ZIP_DATE = (2021, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def package(workbook: Workbook) -> bytes:
    """The workbook's file, byte for byte the same for the same content."""
    drawn = io.BytesIO()
    workbook.save(drawn)
    result = io.BytesIO()
    with zipfile.ZipFile(drawn) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, _timeless(name, source.read(name)))
    return result.getvalue()


def _timeless(name: str, data: bytes) -> bytes:
    return _TIMES.sub(rb"\g<1>" + EPOCH.encode(), data) if name == "docProps/core.xml" else data

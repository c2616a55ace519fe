"""Files with an open password, by msoffcrypto-tool (the extra `secure`). What they hold is never anywhere but in memory."""

from __future__ import annotations

import importlib.util
import io
import re
from dataclasses import replace
from typing import Any

from xlplugin.errors import UserError
from xlplugin.files import Output

_INSTALL = "pip install xlplugin[secure]"
_FOREIGN = "的加密方式程序不认识（或文件已损坏），请在 Excel 中取消密码后另存一份再试。"
_PACKAGE = "EncryptedPackage\0".encode("utf-16-le")
_FILEPASS = re.compile(
    rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0[\x06-\xff]\0", re.DOTALL
)
"""[MS-XLS] 2.4.117: a workbook's stream begins with BOF; where FilePass follows, the rest is encrypted."""
_MOST_SPINS = 500_000
"""How often a password is hashed to make a key: Excel does it 100,000 times; the format allows minutes of it."""


def advice() -> str:
    """What to do about a workbook that is locked."""
    need = "" if _is_installed() else f"先运行 {_INSTALL}，再"
    return f"设有打开密码，请{need}把密码写进一个文本文件，用 --password-file 指明；或者在 Excel 中取消密码后另存一份再试。"


def _is_installed() -> bool:
    return importlib.util.find_spec("msoffcrypto") is not None


def is_locked(raw: bytes) -> bool:
    """Whether an OLE container has an open password: a package in one always, an .xls may (its reader would call it damaged)."""
    return _PACKAGE in raw or bool(_FILEPASS.search(raw))


def unlocked(raw: bytes, password: str) -> bytes:
    """What a locked OLE container holds: an OOXML package, or an .xls without its password.

    Raises UserError for a wrong password, and where it is locked in a way that is not known.
    """
    if not _is_installed():
        raise UserError(advice())
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        file = _opened(raw)
        is_old = file.format == "xls97"
        if not is_old and file.type == "agile" and file.info["spinValue"] > _MOST_SPINS:
            raise UserError(_FOREIGN)
        file.load_key(password=password, **({} if is_old else {"verify_password": True}))
    except InvalidKeyError:
        raise UserError(
            "的密码不是 --password-file 里写的，请核对（大小写、全角半角、前后的空格都算）。"
        ) from None
    except UserError:
        raise
    except Exception:  # whatever a strange header brings about
        raise UserError(_FOREIGN) from None
    try:
        plain = io.BytesIO()
        file.decrypt(plain)
    except Exception:
        raise UserError(_FOREIGN) from None
    return plain.getvalue()


def _opened(raw: bytes) -> Any:
    import msoffcrypto
    from msoffcrypto.format import xls97

    class InMemory:
        """Where it would lay an .xls without its password into a temporary file."""

        TemporaryFile = io.BytesIO

    xls97.tempfile = InMemory
    return msoffcrypto.OfficeFile(io.BytesIO(raw))


def locked(output: Output, password: str) -> Output:
    """An OOXML file that is to be written, locked with a password; what is verified is what comes out with it."""

    def verify(written: bytes) -> None:
        content = unlocked(written, password)
        if content != output.content:
            raise UserError(f"「{output.path.name}」保存前核对未通过：加密后打不开，没有写。")
        if output.verify:
            output.verify(content)

    return replace(output, content=sealed(output.content, password), verify=verify)


def sealed(content: bytes, password: str) -> bytes:
    """A zip file of any kind, locked with a password; it must have 4096 bytes, or its readers look for it elsewhere."""
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    found: bytes = ECMA376Agile.encrypt(password, io.BytesIO(content))
    return found

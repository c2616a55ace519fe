"""xlwings' own dispatch of worksheet functions on any machine: `XLPython.CallUDF`, with pywin32 stubbed.

Nothing of xlwings is changed on disk; what is put into `sys.modules` leaves it again with the context.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import xlwings

UDFS = "xlplugin.addin.udfs"
Dispatch = Callable[..., Any]

_STUBBED = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32event",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
    "xlwings._xlwindows",
)
_LOADED = ("xlwings.udfs", "xlwings.com_server", "xlplugin.addin.udfs")


@contextlib.contextmanager
def dispatch() -> Iterator[Dispatch]:
    """A function like `XLPython.CallUDF`: (module, function, arguments) as VBA hands them over, to the result."""
    names = (*_STUBBED, *_LOADED)
    before = {name: sys.modules.pop(name, None) for name in names}
    held = {name: xlwings.__dict__.get(name) for name in ("udfs", "com_server", "_xlwindows")}
    engines = xlwings.engines.engines_by_name
    engine = engines.get("excel")
    server = None
    try:
        _stub()
        engines["excel"] = types.SimpleNamespace(
            impl=types.SimpleNamespace(
                clean_value_data=_cleaned, prepare_xl_data_element=lambda value, _: value
            )
        )
        from xlwings import com_server

        server = com_server
        yield com_server.XLPython().CallUDF
    finally:
        if server is not None:
            server.loop.close()
        _restore(sys.modules, before)
        _restore(xlwings.__dict__, held)
        _restore(engines, {"excel": engine})


def _restore(where: dict[str, Any], values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value is None:
            where.pop(name, None)
        else:
            where[name] = value


def _stub() -> None:
    """The least of pywin32 that xlwings' server asks for; a value is never a COM object here."""
    dispatch_type = type("PyIDispatch", (), {})
    _module("pywintypes", com_error=type("com_error", (Exception,), {}), IID=str)
    _module(
        "pythoncom",
        CoInitialize=lambda: None,
        IID_IDispatch="IDispatch",
        IID_IEnumVARIANT="IEnumVARIANT",
        TypeIIDs={"IDispatch": dispatch_type},
    )
    for name in (
        "win32api",
        "win32event",
        "win32com",
        "win32com.server",
        "win32com.server.dispatcher",
    ):
        _module(name)
    _module("win32com.client", Dispatch=lambda value, **_: value)
    _module("win32com.server.policy", DefaultPolicy=type("DefaultPolicy", (), {}))
    _module("win32com.server.util", wrap=_itself, unwrap=_no_object)
    windows = _module(
        "xlwings._xlwindows",
        Range=lambda xl=None: types.SimpleNamespace(xl=xl),
        Book=lambda xl=None: xl,
        BOOK_CALLER=None,
        is_range_instance=_no_range,
    )
    xlwings.__dict__["_xlwindows"] = windows


def _cleaned(data: Any, *_: object) -> list[list[Any]]:
    """The least that xlwings does with values it converts; on Windows it also looks for dates and errors."""
    return [[None if value in ("", None) else value for value in row] for row in data]


def _itself(value: Any, iid: object = None) -> Any:
    assert iid is None
    return value


def _no_range(value: Any) -> bool:
    assert not hasattr(value, "Worksheet"), "our VBA hands over values, never ranges"
    return False


def _no_object(value: Any) -> Any:
    raise TypeError(f"{value!r} is no COM object")


def _module(name: str, **content: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(content)
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent and parent in sys.modules:
        setattr(sys.modules[parent], own, module)
    return module

"""Whether XML is well-formed: what is not is damaged, and is never read as if it were."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from xlplugin.errors import UserError
from xlplugin.hosts.xlsx.xmltext import BAD_XML, hides

LARGE = 4 << 20
_PIECE = 1 << 20
_SMALL = 32 << 10


def check(data: bytes, part: str) -> None:
    """Raises UserError where XML is not well-formed."""
    if not (_known(data) if len(data) <= _SMALL else _is_sound(data)):
        raise UserError(f"部件 {part} 的{BAD_XML}")


def _is_sound(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):  # an encoding that nobody knows
        return False
    return True


_known = lru_cache(128)(_is_sound)
"""The same small parts come in workbook after workbook (1 of 53 ms for a county's)."""


def may_wait(data: bytes) -> bool:
    """Whether a part is so large that it is looked at beside other work, and nothing in it leads that astray."""
    return len(data) >= LARGE and not hides(data)


def checking(data: bytes, part: str) -> Callable[[], None]:
    """`check` begun; what comes back waits for it. A large part is looked at on another core meanwhile."""
    if not may_wait(data):
        check(data, part)
        return lambda: None
    from concurrent.futures import ThreadPoolExecutor

    aside = ThreadPoolExecutor(1)
    begun = aside.submit(_check_large, data, part)
    aside.shutdown(wait=False)
    return begun.result


def _check_large(data: bytes, part: str) -> None:
    """`check` by libxml2, which leaves Python free meanwhile: expat would hold it, 0.5 s for 100,000 projects."""
    from lxml import etree

    parser = etree.XMLParser(target=_Nothing(), huge_tree=True, resolve_entities=False)
    try:
        for at in range(0, len(data), _PIECE):
            parser.feed(data[at : at + _PIECE])
        parser.close()
    except etree.LxmlError:
        with contextlib.suppress(etree.LxmlError):
            parser.close()
        raise UserError(f"部件 {part} 的{BAD_XML}") from None


class _Nothing:
    """What a parser builds that is only to look."""

    def close(self) -> None:
        """Nothing was built."""

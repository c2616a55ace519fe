"""How a place speaks of itself and of what lies below it, by what its name ends with."""

from __future__ import annotations

import re

_UNKNOWN = "县"
"""What a place is taken for whose name says nothing."""
_LAST = re.compile(r"(?:地区|新区|开发区|管理区|林区|自治区|[省市县区旗州盟师镇乡])$")
_BELOW = {
    "省": "市县",
    "自治区": "市县",
    "州": "县市",
    "盟": "旗县",
    "地区": "县市",
    "区": "镇街",
    "旗": "苏木乡镇",
    "师": "团镇",
    "镇": "村",
    "乡": "村",
}
_OWN = re.compile(r"[省市县区旗州盟师镇乡](?=级|重点|$)")
WHOLE = re.compile(r"全[省市县区旗州盟师镇乡]|全(?:地区|新区)")
"""What any place calls itself."""


def whole(name: str) -> str:
    """陵川县 → 全县, 晋城市 → 全市, 松山区 → 全区, 延边朝鲜族自治州 → 全州."""
    return f"全{_kind(name)[-1]}"


def below(name: str, *, counties: bool = False) -> str:
    """What the place is divided into: 陵川县 → 乡镇, 松山区 → 镇街, a city whose projects lie in several counties → 县区."""
    kind = _kind(name)
    return (
        "县区"
        if counties and kind[-1] in "市县"
        else _BELOW.get(kind, _BELOW.get(kind[-1], "乡镇"))
    )


def of_level(level: str) -> str:
    """What kind of place has projects of its own at a level: 镇重点 → 镇, 区级 → 区; "" where the word does not tell."""
    found = _OWN.search(level)
    return found[0] if found else ""


def _kind(name: str) -> str:
    found = _LAST.search(name)
    return found[0] if found else _UNKNOWN

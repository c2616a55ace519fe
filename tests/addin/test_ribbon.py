"""The ribbon's tab: valid, complete, and every button calls a macro that exists."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from xlplugin.builder import modules, ribbon
from xlplugin.builder.texts import TEXTS

N = {"c": ribbon.NAMESPACE}
TREE = etree.fromstring(ribbon.ribbon())
BUTTONS = TREE.xpath("//c:button", namespaces=N)


def test_the_tab_is_well_formed_and_in_the_namespace_of_2006() -> None:
    assert TREE.tag == f"{{{ribbon.NAMESPACE}}}customUI"
    assert [tab.get("label") for tab in TREE.xpath("c:ribbon/c:tabs/c:tab", namespaces=N)] == [
        "重点工程"
    ]
    assert {etree.QName(each).localname for each in TREE.iter()} == {
        "customUI",
        "ribbon",
        "tabs",
        "tab",
        "group",
        "button",
    }


def test_every_id_is_there_once() -> None:
    ids = TREE.xpath("//@id")
    assert (
        len(ids)
        == len(set(ids))
        == len(TREE.xpath("//c:tab | //c:group | //c:button", namespaces=N))
    )
    assert all(re.fullmatch(r"[A-Za-z]\w*", each) for each in ids)


def test_every_button_says_what_it_does_in_two_languages() -> None:
    assert [each.get("label") for each in BUTTONS] == [
        "生成通报",
        "检查台账",
        "刷新亮灯",
        "认表",
        "导出Word",
        "归档本月",
        "环境检查",
    ]
    for each in BUTTONS:
        assert each.get("imageMso")
        assert each.get("screentip").startswith(each.get("label") + " ")
        assert re.search(r"[A-Z][a-z]+", each.get("screentip").removeprefix(each.get("label")))
        assert len(each.get("screentip")) <= 1024
        assert each.get("supertip").endswith("。")
        assert each.get("size") in ("large", "normal")


def test_every_callback_exists_in_vba() -> None:
    """With the one signature that Excel calls, and a macro behind it that has its own text for the status bar."""
    source, macros = (modules.own()[name] for name in ("KpRibbon", "KpMacros"))
    found = dict(
        re.findall(r"Public Sub (\w+)\(control As IRibbonControl\)\r\n    (\w+)\r\nEnd Sub", source)
    )
    assert set(found) == {each.get("onAction") for each in BUTTONS}
    assert len(found) == source.count("Public Sub")
    keys = dict(re.findall(r'Public Sub (\w+)\(\)\r\n    RunInPython "(\w+)"\r\nEnd Sub', macros))
    assert set(found.values()) == set(keys)
    assert {f"BUSY_{key.upper()}" for key in keys.values()} == {
        key for key in TEXTS if key.startswith("BUSY_")
    }


def test_the_keys_are_those_of_the_python_macros() -> None:
    from xlplugin.buttons import BUTTONS as PERFORMED

    keys = set(re.findall(r'RunInPython "(\w+)"', modules.own()["KpMacros"]))
    assert keys == {*PERFORMED, "doctor"}


def test_every_text_that_vba_asks_for_is_there() -> None:
    asked = set(re.findall(r'KpText\("([A-Z_]+)"', "".join(modules.own().values())))
    assert {key for key in asked if not key.endswith("_")} == {
        key for key in TEXTS if not key.startswith("BUSY_")
    }


def test_the_package_points_at_it(case: Path) -> None:
    with zipfile.ZipFile(case) as package:
        assert package.read(ribbon.PART) == ribbon.ribbon()
        rels = etree.fromstring(package.read("_rels/.rels"))
        targets = {each.get("Type"): each.get("Target") for each in rels}
        assert targets[ribbon.RELATIONSHIP] == ribbon.PART
        assert {each.get("Target").lstrip("/") for each in rels} <= set(package.namelist()), (
            "none dangles"
        )
        assert len({each.get("Id") for each in rels}) == len(rels)
        types = etree.fromstring(package.read("[Content_Types].xml"))
        assert "xml" in {each.get("Extension") for each in types}

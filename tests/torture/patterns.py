"""Every regular expression that the program compiles while it is loaded, reads workbooks and writes into them: `python patterns.py FOLDER`."""

from __future__ import annotations

import ast
import contextlib
import importlib
import pickle
import pkgutil
import re
import sys
from pathlib import Path
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from types import ModuleType

Compiled = re.Pattern[str] | re.Pattern[bytes]
ASKED = {"match", "fullmatch", "search", "findall", "finditer", "sub", "split"}
Asked = dict[tuple[re.Pattern[str], str], str]
"""Patterns over text, each with how it is asked, and where."""


def noted() -> list[Compiled]:
    """A list that fills with what the program compiles from now on."""
    import xlplugin

    home, found = str(Path(xlplugin.__file__).parent), list[Compiled]()
    genuine = _compiler.compile

    def compile_(pattern: object, flags: int = 0) -> object:
        made = genuine(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and Path(frame.f_code.co_filename).parent.name == "re":
            frame = frame.f_back
        if frame.f_code.co_filename.startswith(home) and made not in found:
            found.append(made)
        return made

    _compiler.compile = compile_
    return found


def modules() -> dict[str, ModuleType]:
    """All modules that can be loaded here; what runs inside LibreOffice cannot."""
    import xlplugin

    names = [module.name for module in pkgutil.walk_packages(xlplugin.__path__, "xlplugin.")]
    elsewhere = (".addin", ".bundle.office")
    named = (n for n in names if not any(each in n for each in elsewhere))
    wanted = [n for n in named if not n.endswith(("__main__", "bundle"))]
    return {name: importlib.import_module(name) for name in wanted}


def asked() -> Asked:
    """Every pattern over text that a module holds or spells out where it asks."""
    found: Asked = {}
    for name, module in modules().items():
        path = Path(str(module.__file__))
        used: dict[str, set[str]] = {}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    ast.Attribute(ast.Name("re"), how), [ast.Constant(str(pattern)), *_]
                ) if how in ASKED:
                    found[re.compile(pattern), how] = f"{name}:{node.lineno}"
                case ast.Attribute(ast.Name(held), how) if how in ASKED:
                    used.setdefault(held, set()).add(how)
        for held, value in vars(module).items():
            many = value.values() if isinstance(value, dict) else value
            for each in many if isinstance(value, (dict, list, tuple)) else (value,):
                if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                    for how in used.get(held, {"search"}):
                        found[each, how] = f"{name}.{held}"
    return found


def made_of(pattern: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The signs that a pattern knows, and the words."""
    signs, words = dict[str, None](), dict[str, None]()

    def look(tree: object) -> None:
        run = ""
        for what, inside in (*tree, (None, None)):  # type: ignore[misc]
            if what is _constants.LITERAL:
                run += chr(inside)
                continue
            if len(run) > 1:
                words[run] = None
            signs.update(dict.fromkeys(run))
            run = ""
            if what is _constants.IN:
                look([each for each in inside if each[0] is not _constants.NEGATE])
            elif what is _constants.RANGE:
                signs[chr(inside[0])] = None
            elif what is _constants.BRANCH:
                for each in inside[1]:
                    look(each)
            elif isinstance(inside, tuple) and hasattr(inside[-1], "data"):
                look(inside[-1])

    look(_parser.parse(pattern.pattern, pattern.flags))
    return list(signs), list(words)


def work(folder: Path) -> None:
    """Load all that can be loaded here; read what has every oddity; write into it."""
    from hosts import small

    from xlplugin.book import Changes, Put
    from xlplugin.errors import UserError
    from xlplugin.hosts.file import FileBook

    modules()
    cells = (
        "<c t='e'><v>#WHAT!</v></c><c><f t='shared' ref='A1:B2' si='0'>[1]a!A1</f></c><c t='d'><v>2021-03-01Z</v></c>"
        '<c t="s"><f>A1</f><v> 0</v></c><c s="1"><v>5</v></c><c><f t="shared" si="0"/></c>'
    )
    made = small.parts(
        f"<row>{cells}</row>",
        before='<dimension ref="A1"/><cols><col min="1" max="2" style="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="D4:E5"/></mergeCells>',
        styles='<numFmts count="1"><numFmt numFmtId="164" formatCode="aaaa"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>',
        strings="<si><t>甲</t></si>",
    )
    path = small.save(folder / "怪.xlsx", made)
    book = FileBook(path)
    book.read("表")
    with contextlib.suppress(UserError):  # others read their formula from it
        book.write("表", Changes({(1, 2): Put(1, formula="C1")}))
    book.write("表", Changes({(1, 1): Put(3), (1, 4): Put("甲"), (9, 1): Put("新", style="正文")}))
    book.write("通报", Changes({(1, 1): Put("标题", style="标题")}))
    book.save(folder / "存.xlsx")


if __name__ == "__main__":
    patterns = noted()
    work(Path(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(patterns))

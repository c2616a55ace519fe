"""Drives a headless LibreOffice: one JSON command a line, run by a Python that has `uno` (`python3 driver.py PIPE`).

Each command is a function of this file; its answer is {"value": …, "error": …}.
"""

import contextlib
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

DOCUMENTS = {}


def connected(pipe):
    """LibreOffice's component context, once it is up."""
    own = uno.getComponentContext()
    resolver = own.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", own
    )
    for _ in range(400):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.15)
    raise TimeoutError("soffice did not start")


def service(name):
    return CONTEXT.ServiceManager.createInstanceWithContext(name, CONTEXT)


def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def open(path):
    """Open a file ("" is a new spreadsheet); the document's key."""
    url = uno.systemPathToFileUrl(path) if path else "private:factory/scalc"
    document = service("com.sun.star.frame.Desktop").loadComponentFromURL(
        url, "_blank", 0, (named("Hidden", True),)
    )
    DOCUMENTS[document.RuntimeUID] = document
    return document.RuntimeUID


def close(key):
    DOCUMENTS.pop(key).close(True)


def cell(key, sheet, address):
    return DOCUMENTS[key].Sheets.getByName(sheet).getCellRangeByName(address)


def put(key, sheet, address, value):
    """Type a value or a formula into a cell."""
    target = cell(key, sheet, address).getCellByPosition(0, 0)
    if isinstance(value, str) and value.startswith("="):
        target.setFormula(value)
    elif isinstance(value, str):
        target.setString(value)
    else:
        target.setValue(value)


def put_array(key, sheet, address, formula):
    cell(key, sheet, address).setArrayFormula(formula)


def get(key, sheet, address):
    """A cell's value: number or text, or {"error": what it shows}."""
    found = cell(key, sheet, address).getCellByPosition(0, 0)
    if found.getError():
        return {"error": found.getString()}
    return (
        found.getString()
        if found.FormulaResultType2 == 2 or found.Type.value == "TEXT"
        else found.getValue()
    )


def whole(key, sheet):
    target = DOCUMENTS[key].Sheets.getByName(sheet)
    cursor = target.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    return target.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)


def values(key, sheet):
    return whole(key, sheet).getDataArray()


def formulas(key, sheet):
    return whole(key, sheet).getFormulaArray()


def looks(key, sheet):
    """Which cells bear a named style of their own: row, column, style."""
    groups = whole(key, sheet).getUniqueCellFormatRanges()
    found = []
    for group in map(groups.getByIndex, range(groups.getCount())):
        style = group.CellStyle
        for box in group.getRangeAddresses() if style != "Default" else ():
            for row in range(box.StartRow, box.EndRow + 1):
                found += [[row, at, style] for at in range(box.StartColumn, box.EndColumn + 1)]
    return sorted(found)


def sheets(key):
    return DOCUMENTS[key].Sheets.getElementNames()


def protect(key, sheet):
    DOCUMENTS[key].Sheets.getByName(sheet).protect("")


def press(key, button):
    """Press a button of the menu, as a macro does: its closing sentence, and whether it was done."""
    frame = DOCUMENTS[key].getCurrentController().getFrame()
    helper = service("com.sun.star.frame.DispatchHelper")
    result = helper.executeDispatch(frame, f"cn.kp.office:{button}", "", 0, ())
    return [result.Result, bool(result.State)]


def menu():
    """The menu as LibreOffice has read it: each entry's title and address."""
    provider = service("com.sun.star.configuration.ConfigurationProvider")
    path = named(
        "nodepath", "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar/cn.kp.office.menu"
    )
    read = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (path,)
    )
    entries = read.getByName("Submenu")
    return read.getByName("Title"), [
        [entries.getByName(name).getByName(what) for what in ("Title", "URL")]
        for name in entries.getElementNames()
    ]


def undo(key):
    DOCUMENTS[key].getUndoManager().undo()


def state(key):
    """Whether the document counts as changed, and what can be undone."""
    document = DOCUMENTS[key]
    return [document.isModified(), document.getUndoManager().getAllUndoActionTitles()]


def store(key, path, kind):
    DOCUMENTS[key].storeToURL(uno.systemPathToFileUrl(path), (named("FilterName", kind),))


def wizard():
    """The functions of our category as the function wizard tells them: name, help, arguments with their help."""
    listed = service("com.sun.star.sheet.FunctionDescriptions")
    found = []
    for at in range(listed.getCount()):
        told = {one.Name: one.Value for one in listed.getByIndex(at)}
        if told["Name"].startswith("KP"):
            arguments = [[one.Name, one.Description] for one in told["Arguments"]]
            found.append([told["Name"], told["Description"], arguments])
    return found


def say(value, error=None):
    sys.stdout.write(json.dumps({"value": value, "error": error}) + "\n")
    sys.stdout.flush()


def main():
    say("ready")
    for line in sys.stdin:
        name, *given = json.loads(line)
        try:
            say(globals()[name](*given))
        except Exception as error:
            say(None, f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    CONTEXT = connected(sys.argv[1])
    main()
    with contextlib.suppress(Exception):  # the connection ends with it
        service("com.sun.star.frame.Desktop").terminate()

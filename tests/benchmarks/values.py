"""The values of every sheet, read with python-calamine and nothing done with them: `python values.py BOOK`."""

import sys

from python_calamine import CalamineWorkbook

workbook = CalamineWorkbook.from_path(sys.argv[1])
rows = [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]

"""What the workbook is: every sheet, column and parameter, each spelled once.

Headings, dropdowns, cell notes, matching by heading or alias, coercion, checks and the manual's tables all derive from
these declarations; a test asserts that no heading is spelled anywhere else.
"""

from xlplugin.schema.ledger import (
    BUILDING,
    CITY,
    COUNTY,
    DAILY,
    EARLY,
    JOINED,
    LEDGER,
    LEFT,
    LEVELS,
    MILESTONE,
    MISSED,
    MONTHLY,
    MONTHLY_FACTOR,
    NATURES,
    PLANNED,
    PROVINCE,
    RANKABLE,
    REACHED,
    SEASONAL,
    YARDSTICKS,
)
from xlplugin.schema.model import Column, Kind, Parameter, Sheet
from xlplugin.schema.parameters import BY_POINTS, BY_RATIO, OF_ALL, OF_BUILDING, OF_DUE, PARAMETERS
from xlplugin.schema.sheets import (
    ANALYSIS,
    ARCHIVE,
    ARCHIVE_ISSUES,
    BULLETIN,
    BY_LEVEL,
    BY_MONTH,
    COMPLETION,
    FUNCTION_HELP,
    FUNDING,
    GUIDE,
    ISSUES,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    MONTHS,
    PLACE,
    RESULTS,
    SELF_CHECK,
    SETTINGS,
    SHEETS,
    SOLVED,
    UNSOLVED,
    WORDING,
    WORKING,
)

__all__ = [
    "ANALYSIS", "ARCHIVE", "ARCHIVE_ISSUES", "BUILDING", "BULLETIN", "BY_LEVEL", "BY_MONTH", "BY_POINTS", "BY_RATIO", "CITY", "COMPLETION", "COUNTY",
    "DAILY", "EARLY", "FUNCTION_HELP", "FUNDING", "GUIDE",
    "ISSUES", "JOINED", "LEDGER", "LEFT", "LEVELS", "MILESTONE", "MISSED", "MONTHLY", "MONTHLY_DONE", "MONTHLY_FACTOR",
    "MONTHLY_PLAN", "MONTHS", "NATURES", "OF_ALL", "OF_BUILDING", "OF_DUE", "PARAMETERS", "PLACE", "PLANNED", "PROVINCE", "RANKABLE",
    "REACHED", "RESULTS", "SEASONAL", "SELF_CHECK", "SETTINGS", "SHEETS", "SOLVED", "UNSOLVED", "WORDING", "WORKING", "YARDSTICKS", "Column",
    "Kind", "Parameter", "Sheet",
]

"""What the workbook is: every sheet, column and parameter, each spelled once.

Headings, dropdowns, cell notes, matching by heading or alias, coercion, checks and the manual's tables all derive from
these declarations; a test asserts that no heading is spelled anywhere else.
"""

from xlplugin.schema.indicators import COMPLETION, INDICATORS, Indicator
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
from xlplugin.schema.parameters import (
    BY_POINTS,
    BY_RATIO,
    OF_ALL,
    OF_BUILDING,
    OF_DUE,
    PARAMETERS,
    Parameters,
)
from xlplugin.schema.sheets import (
    ADOPTED,
    ANALYSIS,
    ARCHIVE,
    ARCHIVE_ISSUES,
    BULLETIN,
    BY_LEVEL,
    BY_MONTH,
    COLUMN_MEANS,
    FUNCTION_HELP,
    FUNDING,
    GUIDE,
    ISSUES,
    MEANINGS,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    MONTHS,
    PLACE,
    READING,
    RESULTS,
    SELF_CHECK,
    SETTINGS,
    SHEET_MEANS,
    SHEETS,
    SOLVED,
    UNIT_MEANS,
    UNSOLVED,
    UNUSED,
    WHOLE,
    WORD_MEANS,
    WORDING,
    WORKING,
)

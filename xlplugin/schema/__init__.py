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
    REACHED,
    SEASONAL,
    YARDSTICKS,
)
from xlplugin.schema.model import Column, Kind, Parameter, Sheet
from xlplugin.schema.outputs import (
    ANALYSIS,
    ARCHIVE,
    ARCHIVE_ISSUES,
    BEHIND,
    BULLETIN,
    BY_LEVEL,
    BY_MONTH,
    FUNCTION_HELP,
    GREY,
    LIGHTS,
    NOT_STARTED,
    ON_SCHEDULE,
    PLACE,
    READING,
    RESULTS,
    SELF_CHECK,
    SHEETS,
    STATUSES,
    UNRATED,
    WHOLE,
    WORKING,
)
from xlplugin.schema.parameters import (
    BY_POINTS,
    OF_ALL,
    OF_BUILDING,
    OWN_OUTLINE,
    PARAMETERS,
    READY_OUTLINES,
    Parameters,
)
from xlplugin.schema.sheets import (
    ADOPTED,
    CLASSES,
    COLUMN_MEANS,
    FUNDING,
    GUIDE,
    ISSUES,
    MEANINGS,
    MONTHLY_DONE,
    MONTHLY_PLAN,
    MONTHS,
    SETTINGS,
    SHEET_MEANS,
    SOLVED,
    UNUSED,
    WORD_MEANS,
    WORDING,
    Depth,
    FramePart,
)

"""The KP_* worksheet functions: a registry of plain functions that know no Excel."""

from xlplugin.functions import projects, totals
from xlplugin.functions.answers import Answers
from xlplugin.functions.registry import (
    FUNCTIONS,
    NOT_FOUND,
    WRONG,
    Argument,
    Example,
    Function,
    call,
)
from xlplugin.functions.sample import AS_OF, SAMPLE

assert projects
assert totals

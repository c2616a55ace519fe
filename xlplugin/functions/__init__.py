"""The KP_* worksheet functions: a registry of plain functions that know no Excel."""

from xlplugin.functions.answers import WRONG, Answers
from xlplugin.functions.projects import PROJECTS
from xlplugin.functions.registry import Example, Function
from xlplugin.functions.sample import AS_OF, SAMPLE
from xlplugin.functions.totals import TOTALS

FUNCTIONS = {function.name: function for function in (*PROJECTS, *TOTALS)}
"""Every function by name, in the order of the manual."""

"""What is computed of each project; an indicator answers a cell exactly and a column fast, and both agree (a law)."""

from xlplugin.indicators.arithmetic import decide
from xlplugin.indicators.rules import REGISTRY, add
from xlplugin.indicators.yardsticks import UNIFORM, Conditions, required, shares

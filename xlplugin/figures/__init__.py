"""What has a name: a name → a value, its projects, how it comes about. The name works in a cell, in 措辞 and in `kp explain`."""

from xlplugin.figures.grammar import UnknownName
from xlplugin.figures.names import Named, Names

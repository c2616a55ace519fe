"""Builds the standard workbook from the schema: the same for every county, never drawn by hand."""

from xlplugin.builder.contents import Contents
from xlplugin.builder.workbook import build, drawn, refuse_macros

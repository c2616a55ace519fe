"""`python -m xlplugin.cli`: kp, where nothing but an interpreter is at hand."""

from xlplugin.cli import kp

kp()

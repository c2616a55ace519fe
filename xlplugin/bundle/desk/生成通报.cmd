@echo off
rem Drop ledgers on this file, or double-click it. ASCII only: cmd reads it in whatever code page the desk has.
setlocal EnableExtensions EnableDelayedExpansion
set "PYTHONUTF8=1"
set "KP_LINE=!cmdcmdline!"
set "KP_DROPPED="
if not "!cmdcmdline:/c =!"=="!cmdcmdline!" set "KP_DROPPED=1"
setlocal DisableDelayedExpansion
"%~dp0app\python\python.exe" -P -m xlplugin.cli.launcher "%~f0" %*
echo.
pause
rem A name with an ampersand that was dropped must not be run as a command: this window ends here.
if defined KP_DROPPED exit

@echo off
setlocal EnableExtensions DisableDelayedExpansion
set "PYTHONUTF8=1"
"%~dp0app\python\python.exe" -P -m xlplugin.cli install %*
echo.
pause

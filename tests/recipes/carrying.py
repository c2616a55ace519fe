"""A recipe of the engineers' README carried out on a copy of the project, as a newcomer would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("xlplugin", "tests", "workbooks", "pyproject.toml")


class Recipe:
    """One paragraph of `xlplugin/README.md`, and the patch that does what it says."""

    def __init__(self, title: str, patch: str) -> None:
        readme = (ROOT / "xlplugin" / "README.md").read_text(encoding="utf-8")
        [paragraph] = [
            each for each in readme.split("\n\n") if each.startswith(f"**Add a{title}.**")
        ]
        self.named = re.findall(r"`([^`]+)`", paragraph.replace("\n", " "))
        """Whatever stands between backticks."""
        self.commands = [each.split() for each in self.named if each.startswith("python ")]
        self.patch = Path(__file__).with_name(patch)
        text = self.patch.read_text(encoding="utf-8")
        self.edited = re.findall(r"^\+\+\+ b/(\S+)", text, re.M)
        """The files that the patch edits or adds."""
        self.tests = [each for each in self.named if re.fullmatch(r"tests/\S+\.py", each)]

    def unnamed(self) -> set[str]:
        """The edited files of which the paragraph says nothing."""
        known = {*self.named, *(f"xlplugin/{each}" for each in self.named)}
        return {path for path in self.edited if path not in known}

    def carry_out(self, folder: Path) -> None:
        """Copy the project, patch the copy, run the recipe's commands and tests in it."""
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, folder / name, ignore=ignored)
            else:
                shutil.copy(source, folder)
        # one line around each place must still be there: what was changed farther off is no matter
        run(folder, "git", "apply", "--recount", "-C1", str(self.patch))
        for _, *arguments in self.commands:
            run(folder, sys.executable, *arguments)
        run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *self.tests)


def run(folder: Path, *command: str) -> str:
    """What a command prints; the copy is found before the project itself. What fails is shown whole."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout

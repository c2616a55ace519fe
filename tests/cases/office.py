"""LibreOffice and poppler, the outside judges: what the one makes of a file, how the other draws a page."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image


def needed(*tools: str) -> None:
    """Skip a test where they are not installed; with KP_REQUIRE_OFFICE=1 it fails."""
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        if os.environ.get("KP_REQUIRE_OFFICE") == "1":
            pytest.fail(f"required here: {missing}")
        pytest.skip(f"no {missing}")


def convert(folder: Path, form: str, *files: Path, **environment: str) -> list[Path]:
    """What LibreOffice makes of files, in a folder and with a profile of its own there."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run(
        [*command, *map(str, files)],
        check=True,
        capture_output=True,
        timeout=300,
        env=os.environ | environment,
    )
    return [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]


def page_image(pdf: Path, page: int, resolution: int) -> Image.Image:
    """One page as it is printed; the resolution in pixels an inch."""
    stem = pdf.with_name(f"{pdf.stem}-{page}")
    only = ["-f", str(page), "-l", str(page), "-singlefile", "-png"]
    subprocess.run(["pdftoppm", "-r", str(resolution), *only, str(pdf), str(stem)], check=True)
    return Image.open(f"{stem}.png").convert("RGB")

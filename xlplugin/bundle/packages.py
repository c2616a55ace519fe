"""The packages that go into the zip: fetched by pip as wheels for 64-bit Windows, complete by their own metadata."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import Requirement

import xlplugin
from xlplugin.errors import UserError

EXTRAS = ("", "secure", "desk")
"""What of this program's own extras is wanted on a desk."""
SITE = "Lib/site-packages"
_LIBRARIES = "xlwings*.dll"
"""They lie beside python.exe: there the workbook's VBA looks first."""


def installed(home: Path, version: str, wheels: Path | None) -> Iterator[tuple[str, str]]:
    """Put all packages under an interpreter's folder, this program too; yields names and versions. Raises UserError."""
    site = home / SITE
    with tempfile.TemporaryDirectory() as folder:
        fetched = Path(folder)
        _fetch(fetched, version, wheels)
        found = sorted(fetched.glob("*.whl"))
        _pip(
            *("install", "--no-index", "--no-deps", "--no-compile", "--target", str(site)),
            *(
                "--ignore-requires-python",
                *_target(version),
            ),  # fetched for that Python, not for this one
            *map(str, found),
        )
        yield from (_named(wheel) for wheel in found)
    for note in (*site.glob("*.dist-info/direct_url.json"), *site.glob("*.dist-info/RECORD")):
        note.unlink()  # they tell of this machine's folders
    for library in site.glob(_LIBRARIES):
        library.replace(home / library.name)
    _own(site)
    yield "xlplugin", xlplugin.__version__


def _fetch(folder: Path, version: str, wheels: Path | None) -> None:
    """All wheels. pip judges by the machine it runs on, so what only Windows needs is asked for by name, until nothing is missing."""
    source = ("--no-index", "--find-links", str(wheels)) if wheels else ()
    asked = list(wanted(importlib.metadata.requires("xlplugin") or [], version, EXTRAS))
    while True:
        _pip("download", "-q", "-d", str(folder), *_target(version), *source, *asked)
        missing = sorted(set(demands(folder, version)) - set(asked))
        if not missing:
            return
        asked += missing


def demands(folder: Path, version: str) -> Iterator[str]:
    """What the wheels of a folder ask for on 64-bit Windows and is not among them."""
    from packaging.utils import canonicalize_name

    present = {canonicalize_name(_named(wheel)[0]) for wheel in folder.glob("*.whl")}
    for wheel in folder.glob("*.whl"):
        for demand in wanted(_metadata(wheel).get_all("Requires-Dist", []), version, ("",)):
            if canonicalize_name(Requirement(demand).name) not in present:
                yield demand


def wanted(requirements: Sequence[str], version: str, extras: Sequence[str]) -> Iterator[str]:
    """The requirements that hold on that desk, without their conditions."""
    desk = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "os_name": "nt",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": version,
        "python_full_version": f"{version}.0",
    }
    for text in requirements:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**desk, "extra": extra}) for extra in extras):
            options = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
            yield f"{requirement.name}{options}{requirement.specifier}"


def _target(version: str) -> tuple[str, ...]:
    return (
        *("--only-binary", ":all:", "--platform", "win_amd64", "--implementation", "cp"),
        *("--python-version", version),
    )


def _pip(*options: str) -> None:
    # -P: what lies beside the workbooks is not imported
    command = [sys.executable, "-P", "-m", "pip", "--disable-pip-version-check", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = next(
            (line for line in reversed(done.stderr.splitlines()) if line.startswith("ERROR")),
            done.stderr.strip()[-300:],
        )
        raise UserError(
            f"pip 取不到 64 位 Windows 的组件：{said}。请检查网络，或用 --wheels 另指。"
        )


def _named(wheel: Path) -> tuple[str, str]:
    name, version, *_ = wheel.stem.split("-")
    return name, version


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as file:
        name = next(each for each in file.namelist() if each.endswith(".dist-info/METADATA"))
        return BytesParser().parsebytes(file.read(name), headersonly=True)


def _own(site: Path) -> None:
    """This very program, with what it says of itself: the doctor reads there what it needs."""
    kept = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(Path(xlplugin.__file__).parent, site / "xlplugin", ignore=kept)
    about = site / f"xlplugin-{xlplugin.__version__}.dist-info"
    about.mkdir()
    own = importlib.metadata.distribution("xlplugin")
    for name in ("METADATA", "entry_points.txt"):
        (about / name).write_text(own.read_text(name) or "", encoding="utf-8")

"""The planted faults fit the code and name tests that are there; whether they are caught, `run.py` tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants import run
from mutants.listed import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fits_the_code(mutant: Mutant) -> None:
    """Its old text stands exactly once, the new one changes it into a program, and the tests exist."""
    code = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert code.count(mutant.old) == 1
    assert mutant.new != mutant.old
    compile(code.replace(mutant.old, mutant.new), mutant.file, "exec")
    for test in mutant.tests:
        path, _, name = test.partition("::")
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8")


def test_names_are_different() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


def test_the_readme_shows_the_list() -> None:
    """After a change: python tests/mutants/run.py"""
    readme = run.README.read_text(encoding="utf-8")
    assert run.MARKED.search(readme)
    assert run.shown(readme) == readme


def verdict(folder: Path, new: str) -> str:
    """What is said of a program of one line and its one test, with another line planted."""
    (folder / "one.py").write_text("ONE = 1\n")
    (folder / "test_one.py").write_text(
        "from one import ONE\n\n\ndef test_one():\n    assert ONE == 1\n"
    )
    said = run.verdict(Mutant("", "", "one.py", "ONE = 1", new, ("test_one.py",)), folder)
    assert (folder / "one.py").read_text() == "ONE = 1\n"
    return said.splitlines()[0]


def test_what_is_said_of_a_mutant(tmp_path: Path) -> None:
    assert verdict(tmp_path, "ONE = 2") == run.CAUGHT
    assert verdict(tmp_path, "ONE = 1.0") == run.SURVIVED
    assert verdict(tmp_path, "TWO = 2").startswith("no verdict")
    other = Mutant("", "", "one.py", "ONE", "TWO", ("test_one.py",))
    (tmp_path / "one.py").write_text("ONE = ONE\n")
    assert run.verdict(other, tmp_path).startswith("does not fit")

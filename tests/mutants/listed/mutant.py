"""What a planted fault is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in a file of the package, `new` stands instead of `old`. `tests` are what pytest is to run."""

    room: str
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def room(
    name: str, *faults: tuple[str, str, str, str, str | tuple[str, ...]]
) -> tuple[Mutant, ...]:
    """The faults of one room: name, file below xlplugin/, old, new, tests below tests/."""
    return tuple(
        Mutant(
            name,
            fault,
            f"xlplugin/{file}",
            old,
            new,
            tuple(f"tests/{path}" for path in ([tests] if isinstance(tests, str) else tests)),
        )
        for fault, file, old, new, tests in faults
    )

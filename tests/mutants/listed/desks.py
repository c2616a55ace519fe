"""The page, the bundle, the doctor."""

from __future__ import annotations

from mutants.listed.mutant import room

DOOR = "serve/test_door.py"

DESKS = room(
    "desks",
    (
        "another name of this desk is let in",
        "serve/door.py",
        'if headers.get("host") != self.host:',
        "if False:",
        DOOR,
    ),
    (
        "another site without an origin is let in",
        "serve/door.py",
        ' or site not in ("same-origin", "none")',
        "",
        DOOR,
    ),
    (
        "the address's key is good for ever",
        "serve/door.py",
        "if self._used or not secrets",
        "if not secrets",
        DOOR,
    ),
    (
        "a ledger whose size is not told may be of any",
        "serve/app.py",
        "            if len(content) > most:",
        "            if False:",
        DOOR,
    ),
)

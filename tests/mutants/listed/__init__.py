"""Small faults that someone could make, each with the tests that must fail with it. What they say is the fault.

`old` is found exactly once in the file, so that no refactoring can void a mutant unseen (`test_anchors.py`): where code moves,
its mutant moves with it. A module for each subject.
"""

from __future__ import annotations

from mutants.listed.checking import CHECKING
from mutants.listed.counting import COUNTING
from mutants.listed.desks import DESKS
from mutants.listed.files import FILES
from mutants.listed.judging import JUDGING
from mutants.listed.keeping import KEEPING
from mutants.listed.ledgers import LEDGERS
from mutants.listed.many import MANY
from mutants.listed.mutant import Mutant
from mutants.listed.names import NAMES
from mutants.listed.outlines import OUTLINES
from mutants.listed.places import PLACES
from mutants.listed.reading import READING
from mutants.listed.saying import SAYING

MUTANTS: tuple[Mutant, ...] = (
    *READING,
    *LEDGERS,
    *JUDGING,
    *CHECKING,
    *COUNTING,
    *NAMES,
    *OUTLINES,
    *SAYING,
    *FILES,
    *PLACES,
    *KEEPING,
    *MANY,
    *DESKS,
)

"""Batches and the city's ledger."""

from __future__ import annotations

from mutants.listed.mutant import room

MANY = room(
    "many workbooks",
    (
        "a batch forgets that --force was given",
        "batch/records.py",
        "        options.force,\n",
        "",
        "batch/test_batch.py",
    ),
    (
        "a batch takes what was done for another day",
        "batch/records.py",
        "        options.as_of and options.as_of.isoformat(),\n",
        "",
        "batch/test_batch.py",
    ),
    (
        "a batch trusts results whose files are gone",
        "batch/records.py",
        "if any(digest(output) != earlier.written.get(output.name) for output in outputs):",
        "if False:",
        "batch/test_batch.py",
    ),
    (
        "a county's yardstick is lost in the city's ledger",
        "rollup/merge.py",
        "if own != yardstick:",
        "if False:",
        "batch/test_rollup.py",
    ),
)

"""Ratios, measured side by side in one run: `python tests/benchmarks/run.py [rounds]`. Whole processes, start-up and all.

Prints one table row a comparison: the median of the rounds' ratios, each round running ours and the other one after the
other, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
CASE = HERE.parents[1] / "workbooks" / "lingchuan-2021.xlsx"


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Compare and print."""
    with tempfile.TemporaryDirectory() as folder:
        kp = [str(Path(sys.executable).with_name("kp")), "bulletin", str(CASE), "-o", folder]
        plain = [sys.executable, str(HERE / "plain.py"), str(CASE), str(Path(folder) / "plain.xlsx")]
        pairs = [(seconds(kp), seconds(plain)) for _ in range(rounds + 1)][1:]  # the first round warms the disk's cache
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    sys.stdout.write("| work | ours | pandas + openpyxl, load and save only | ratio | goal |\n|---|---|---|---|---|\n")
    sys.stdout.write(f"| `kp bulletin`, 41 projects, whole process | {ours:.2f} s | {theirs:.2f} s | {ratio:.2f} × | ≤ 1.0 × |\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

"""Ratios, measured side by side in one run: `python tests/benchmarks/run.py [rounds]`. Whole processes, start-up and all.

Each round runs ours and the other one after the other, so that a busy machine slows both; the first round only warms the
disk's cache. The table is printed and put into the README, between its markers.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASE = ROOT / "workbooks" / "lingchuan-2021.xlsx"
HEAD = "| work | ours | pandas + openpyxl, load and save only | ratio of medians | goal |\n|---|---|---|---|---|\n"
MARKED = re.compile(r"(<!-- generated: benchmarks -->\n).*?(<!-- end -->)", re.S)


def seconds(command: list[str]) -> float:
    """Wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def compared(rounds: int) -> str:
    """The table: `kp bulletin` on the case county with and without the Word document, against plain.py."""
    with tempfile.TemporaryDirectory() as folder:
        kp = [str(Path(sys.executable).with_name("kp")), "bulletin", str(CASE), "-o", folder]
        plain = [sys.executable, str(HERE / "plain.py"), str(CASE), str(Path(folder) / "plain.xlsx")]
        times = [[seconds(command) for command in ([*kp, "--no-docx"], kp, plain)] for _ in range(rounds + 1)][1:]
    text, document, script = (statistics.median(column) for column in zip(*times, strict=True))
    return HEAD + "".join(
        f"| `kp bulletin`, 41 projects, whole process, {what} | {ours:.2f} s | {script:.2f} s | {ours / script:.2f} × | {goal} |\n"
        for what, ours, goal in (("workbook and text", text, "≤ 1.0 ×"), ("and the Word document", document, "")))


def main(rounds: int) -> None:
    """Compare, print, and put the table into the README."""
    table = compared(rounds)
    sys.stdout.write(table)
    readme = ROOT / "README.md"
    readme.write_text(MARKED.sub(lambda found: found[1] + table + found[2], readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

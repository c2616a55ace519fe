"""What becomes of each layout: right, asked, refused, or wrong in silence. `python -m layouts.tried` writes the README's table."""

from __future__ import annotations

import json
import pkgutil
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import normalize

from click.testing import CliRunner
from openpyxl import Workbook

import layouts
from layouts.projects import AS_OF, sums
from layouts.registry import LAYOUTS, Layout
from xlplugin.cli import main as command

README = Path(__file__).parents[2] / "README.md"
MOST_ERRORS = 2
"""More errors than this for one cause are no question any more."""

PART_WORDS = {"level": "级别", "nature": "建设性质"}

for module in pkgutil.iter_modules(layouts.__path__):
    if module.name != "tried" and not module.name.startswith("test_"):
        import_module(f"layouts.{module.name}")


@dataclass(frozen=True)
class Outcome:
    """`found`: right, asked, refused or wrong; `why` says what differs, or what was asked."""

    layout: Layout
    found: str
    why: str

    @property
    def well(self) -> bool:
        """Whether it is what a clerk may expect."""
        return self.found == self.layout.want or (
            self.layout.want == "either" and self.found in ("right", "asked")
        )


def make(layout: Layout, folder: Path) -> Path:
    """The layout as a workbook."""
    book = Workbook()
    layout.draw(book)
    path = folder / f"{layout.key}.xlsx"
    book.save(path)
    return path


def attempt(layout: Layout, folder: Path) -> Outcome:
    """Write the bulletin of a layout as a clerk does, and hold it to the truth."""
    path = make(layout, folder)
    run = CliRunner().invoke(
        command,
        ["bulletin", str(path), "--as-of", f"{AS_OF}", "-o", str(folder), "--no-docx", "--json"],
        prog_name="kp",
    )
    said = json.loads(run.stdout)
    if run.exit_code:
        errors = [p["message"] for p in said.get("problems", ()) if p["severity"] == "E"]
        errors = errors or [said.get("error", "")]
        found = "asked" if len(errors) <= MOST_ERRORS else "refused"
        return Outcome(layout, found, f"{len(errors)}: {errors[0]}")
    text = next(folder.glob(f"{layout.key}*.txt")).read_text(encoding="utf-8")
    wrong = list(_differences(layout, said, text))
    return Outcome(layout, "wrong" if wrong else "right", "; ".join(wrong))


def _differences(layout: Layout, said: dict[str, Any], text: str) -> Iterator[str]:
    names = {key: p.name for p in layout.projects for key in (str(p.number), p.name)}
    for key, want in sums(layout.projects).items():
        if isinstance(want, list):
            plain = (re.sub(r"^\d+\.|^.-0?", "", normalize("NFKC", word)) for word in said[key])
            got = [names.get(own, own) for own in plain]
            if sorted(got) != sorted(want):
                yield f"{key} {got}, not {want}"
        elif said["totals"][key] != want:
            yield f"{key} {said['totals'][key]}, not {want}"
    for key in layout.parts:
        counts = Counter(getattr(p, key) for p in layout.projects)
        got = re.search(f"按{PART_WORDS[key]}分：([^；）]+)", text)
        numbers = [int(n) for n in re.findall(r"(\d+)项", got[1])] if got else []
        if sorted(numbers) != sorted(counts.values()):
            yield f"counts by {key}: {got and got[1]}, not {dict(counts)}"
    if found := re.search(
        r"因(?:无|—|/)[，。、；]|DISPIMG|#REF|与上月相比(?!，新增完成投资0\.68亿元，完成率提高7\.73)",
        text,
    ):
        yield f"prints {found[0]}"


def outcomes() -> Iterator[Outcome]:
    """Every layout tried, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            yield attempt(layout, Path(folder))


def table(tried: list[Outcome]) -> str:
    """The README's table: how many of each kind came out how."""
    lines = [
        "| 哪里不同 | 布局数 | 直接算对 | 先问清楚 | 没做成 | 算错而不说 |",
        "|---|---|---|---|---|---|",
    ]
    kinds = dict.fromkeys(outcome.layout.kind for outcome in tried)
    for kind in (*kinds, None):
        count = Counter(o.found for o in tried if kind in (o.layout.kind, None))
        lines.append(
            f"| {kind or '合计'} | {count.total()} | "
            + " | ".join(str(count[key]) for key in ("right", "asked", "refused", "wrong"))
            + " |"
        )
    open_ = sum(outcome.layout.want == "asked" for outcome in tried)
    right = sum(outcome.found == "right" for outcome in tried)
    lines += [
        "",
        f"其中{open_}种看不出该怎么算，应当问；其余{len(tried) - open_}种，不问就算对的{right}种。",
    ]
    return "\n".join(lines)


def main() -> int:
    """Try all, print what is not as expected, and write the table into the README."""
    tried = list(outcomes())
    for outcome in tried:
        if not outcome.well:
            sys.stdout.write(
                f"{outcome.layout.key}（{outcome.layout.title}）: {outcome.found}, {outcome.why}\n"
            )
    sys.stdout.write(table(tried) + "\n")
    text = README.read_text(encoding="utf-8")
    start, end = "<!-- generated: layouts -->\n", "<!-- end -->"
    if start in text:
        before, after = text.split(start)
        README.write_text(
            before + start + table(tried) + "\n" + end + after.split(end, 1)[1], encoding="utf-8"
        )
    return sum(outcome.found == "wrong" for outcome in tried)


if __name__ == "__main__":
    sys.exit(main())

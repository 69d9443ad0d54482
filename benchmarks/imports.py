"""How fast and how rightly tables are read and checked, beside the tools people use for it, in one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/imports.py [--rows 1000000] [--xlsx-rows 100000] [--slice 100000] [--seed 77] [--rounds 3]

Eight checks: form and check character of the code, county, industry, day in four shapes, amount, name, repeated
code. No number is printed unless the failed checks are exactly the planted ones, row by row (pandera tells rows
only, and its rows must be the same); what is handed back must equal the source cell for cell, and good and
handed-back rows together must be the whole input. Sides run in processes of their own, in turn, on two threads;
the median of the rounds counts. The row-wise peers read a slice, and their rate is scaled from it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]

from import_generator import made, write_csv, write_xlsx  # noqa: E402

NEEDS = {
    "pandera, our readers": "pandera",
    "pandera, expressions": "pandera",
    "pydantic + csv": "pydantic",
    "openpyxl + pydantic": "pydantic",
}


@dataclass(frozen=True)
class Task:
    """One file, the sides that read it, and what must be found in it."""

    title: str
    path: Path
    warm: Path
    rows: int
    truth: dict[int, set[str]]
    sides: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """Medians of one side."""

    rate: float
    cpu: float
    peak: float
    scaled: bool


def run(side: str, task: Task) -> dict[str, object]:
    """One run of one side; ends the benchmark when the side finds something else than was planted."""
    done = subprocess.run(
        [sys.executable, str(HERE / "import_sides.py"), side, str(task.path), str(task.warm)],
        capture_output=True,
        text=True,
        env={**os.environ, "POLARS_MAX_THREADS": "2"},
        check=False,
    )
    if done.returncode:
        sys.exit(f"{side} failed on {task.path.name}:\n{done.stderr[-2000:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    if side != "fastexcel":
        compare(side, {int(row): set(checks) for row, checks in result["found"].items()}, task.truth)
    return result


def compare(side: str, found: dict[int, set[str]], truth: dict[int, set[str]]) -> None:
    """Say the first five rows that differ, and stop."""
    rows_only = any("?" in checks for checks in found.values())
    wrong = [
        (row, sorted(found.get(row, ())), sorted(truth.get(row, ())))
        for row in sorted(found.keys() | truth.keys())
        if (row in found) != (row in truth) or (not rows_only and found[row] != truth[row])
    ]
    if wrong:
        told = "\n".join(
            f"  row {row}: found {found}, planted {planted}" for row, found, planted in wrong[:5]
        )
        sys.exit(f"{side} disagrees with the truth in {len(wrong)} rows:\n{told}")


def measure(tasks: list[Task], rounds: int, whole: int) -> dict[str, Measured]:
    """All sides of the tasks in turn, several times."""
    spent: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        for task in tasks:
            for side in task.sides:
                if side in NEEDS and find_spec(NEEDS[side]) is None:
                    continue
                result = run(side, task)
                spent.setdefault(side, []).append((float(result["cpu"]) / task.rows, float(result["peak"])))  # type: ignore[arg-type]
    scaled = {side for task in tasks for side in task.sides if task.rows < whole}
    return {
        side: Measured(
            1 / statistics.median(cpu for cpu, _ in runs),
            statistics.median(cpu for cpu, _ in runs) * whole,
            max(peak for _, peak in runs),
            side in scaled,
        )
        for side, runs in spent.items()
    }


def show(title: str, found: dict[str, Measured]) -> None:
    """One table."""
    print(f"\n{title}")
    print(f"  {'':24}{'rows / CPU-s':>14}{'CPU-s':>9}{'peak MB':>9}")
    for side, one in found.items():
        mark = " scaled" if one.scaled else ""
        print(f"  {side:24}{one.rate:>14,.0f}{one.cpu:>9.2f}{one.peak:>9,.0f}{mark}")


def goal(what: str, value: float, wanted: float, *, most: bool = False) -> None:
    """One line: what was wanted, what came out."""
    met = value <= wanted if most else value >= wanted
    print(f"  {'met    ' if met else 'NOT MET'} {what}: {value:.2f} (goal {'≤' if most else '≥'} {wanted:g})")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--xlsx-rows", type=int, default=100_000)
    options.add_argument("--slice", type=int, default=100_000)
    options.add_argument("--xlsx-slice", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=77)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench(chosen, Path(folder))


def bench(chosen: argparse.Namespace, folder: Path) -> None:
    """Make the files, measure, print."""
    whole = made(chosen.rows, seed=chosen.seed)
    part = made(chosen.slice, seed=chosen.seed + 1)
    small = made(2000, seed=chosen.seed + 2)
    book, short = made(chosen.xlsx_rows, seed=chosen.seed + 3), made(chosen.xlsx_slice, seed=chosen.seed + 4)
    paths = {
        name: folder / name
        for name in ("whole.csv", "part.csv", "warm.csv", "warm.xlsx", "book.xlsx", "short.xlsx")
    }
    for name, table in (("whole.csv", whole), ("part.csv", part), ("warm.csv", small)):
        write_csv(table.table, paths[name])
    for name, table in (("warm.xlsx", small), ("book.xlsx", book), ("short.xlsx", short)):
        write_xlsx(table.table, paths[name], shared=True)
    csv_tasks = [
        Task(
            "whole",
            paths["whole.csv"],
            paths["warm.csv"],
            chosen.rows,
            whole.truth,
            ("ours", "pandera, our readers", "pandera, expressions", "ours, both outputs"),
        ),
        Task("part", paths["part.csv"], paths["warm.csv"], chosen.slice, part.truth, ("pydantic + csv",)),
    ]
    found = measure(csv_tasks, chosen.rounds, chosen.rows)
    size, bad = paths["whole.csv"].stat().st_size / 1e6, len(whole.truth)
    show(f"CSV, {chosen.rows:,} rows, {size:.0f} MB, {bad:,} bad rows, eight checks", found)
    ours, both = found["ours"], found["ours, both outputs"]
    for side in ("pandera, our readers", "pandera, expressions"):
        if side in found:
            goal(f"read and check against {side}", ours.rate / found[side].rate, 2.5)
    if "pydantic + csv" in found:
        goal(
            "both outputs written, against pydantic + csv (writing nothing)",
            both.rate / found["pydantic + csv"].rate,
            10,
        )
    goal("CPU seconds a million rows, both outputs", 1e6 / both.rate, 2, most=True)
    goal("peak memory, MB", both.peak, 700, most=True)
    xlsx_tasks = [
        Task(
            "book",
            paths["book.xlsx"],
            paths["warm.xlsx"],
            chosen.xlsx_rows,
            book.truth,
            ("ours", "fastexcel"),
        ),
        Task(
            "short",
            paths["short.xlsx"],
            paths["warm.xlsx"],
            chosen.xlsx_slice,
            short.truth,
            ("openpyxl + pydantic",),
        ),
    ]
    found = measure(xlsx_tasks, chosen.rounds, chosen.xlsx_rows)
    show(f"XLSX, {chosen.xlsx_rows:,} rows, shared strings", found)
    if "openpyxl + pydantic" in found:
        goal("against openpyxl + pydantic", found["ours"].rate / found["openpyxl + pydantic"].rate, 20)
    goal(
        "reading and checking against a reader of cells alone",
        found["ours"].rate / found["fastexcel"].rate,
        0.75,
    )


if __name__ == "__main__":
    main()

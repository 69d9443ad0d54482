"""How fast complexity and relatedness are, beside ecomplexity (PyPI, MIT), and whether both agree.

    pip install -r benchmarks/requirements.txt
    python benchmarks/complexity.py [--large]

ecomplexity runs on 100 × 1,000; at 250 × 5,000 it takes minutes, so it is asked only with --peer-large.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

from benchmarks.timing import Taken, agree, line, memory, surroundings, take  # noqa: E402
from lianzhang.metrics import Complexity, complexity_of  # noqa: E402

Floats = NDArray[np.float64]


def made(regions: int, fields: int, *, seed: int = 1) -> Floats:
    """Values with heavy tails, two fifths of the cells filled, richer regions with more."""
    random = np.random.default_rng(seed)
    filled = random.random((regions, fields)) < 0.4
    able, hard = random.lognormal(0, 1, (regions, 1)), random.lognormal(0, 1, fields)
    return random.lognormal(0, 2, (regions, fields)) * filled * able * hard


def ours(matrix: Floats, *, related: bool) -> Complexity:
    """Indices, and with `related` also density and outlook."""
    names = [pl.Series(np.arange(size)).cast(pl.String) for size in matrix.shape]
    result = complexity_of(matrix.copy(), regions=names[0], fields=names[1])
    if related:
        assert result.outlook.shape
    return result


def peer(matrix: Floats) -> tuple[Taken, Floats, Floats]:
    """ecomplexity on the same values: time, ECI by region, density by region and field."""
    import pandas as pd
    from ecomplexity import ecomplexity

    row, column = np.nonzero(matrix)
    frame = pd.DataFrame({"year": 1, "region": row, "field": column, "value": matrix[row, column]})
    names = {"time": "year", "loc": "region", "prod": "field", "val": "value"}
    taken, table = take(lambda: ecomplexity(frame, names), rounds=1)
    regions = table.drop_duplicates("region").sort_values("region")["eci"].to_numpy()
    density = table.pivot(index="region", columns="field", values="density").to_numpy()
    return taken, regions, density


def beside(regions: int, fields: int) -> None:
    """Both on the same values."""
    matrix = made(regions, fields)
    taken, result = take(lambda: ours(matrix, related=True))
    try:
        slow, eci, density = peer(matrix)
    except ImportError:
        print("ecomplexity is not installed: not measured")
        return
    agree(f"{regions} × {fields:,}: ECI", float(np.abs(result.eci - eci).max()), 1e-6)
    agree("  density", float(np.abs(result.relatedness[0] - density).max()), 1e-9)
    line(f"{regions} × {fields:,}: ecomplexity", slow)
    line(f"{regions} × {fields:,}: indices, density, outlook", taken, ratio=slow.cpu / taken.cpu)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="also 3,000 × 10,000")
    parser.add_argument("--peer-large", action="store_true", help="ecomplexity also on 250 × 5,000")
    wanted = parser.parse_args()
    surroundings()
    beside(100, 1_000)
    if wanted.peer_large:
        beside(250, 5_000)
    matrix = made(250, 5_000)
    line("250 × 5,000: ECI and PCI", take(lambda: ours(matrix, related=False))[0], goal=0.15)
    line("250 × 5,000: density and outlook too", take(lambda: ours(matrix, related=True))[0])
    if wanted.large:
        matrix = made(3_000, 10_000)
        line("3,000 × 10,000: all", take(lambda: ours(matrix, related=True), rounds=1)[0], goal=12)
        print(f"  memory {memory():.2f} GB (goal 1.5)")


if __name__ == "__main__":
    main()

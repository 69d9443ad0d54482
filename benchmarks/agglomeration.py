"""How fast agglomeration, distances and estimated links are, beside pandas and NumPy, and whether they are right.

    pip install -r benchmarks/requirements.txt
    python benchmarks/agglomeration.py [--draws 100]

The R packages (REAT, dbmss) and NEMtropy (GPL-3) are not run. For a million plants the peer is what people
write in pandas, group-by and apply; for distances the direct double sum in NumPy on a slice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

from benchmarks.timing import Taken, agree, line, surroundings, take  # noqa: E402
from lianzhang.metrics import Points, agglomeration, distance_density, reconstruct  # noqa: E402

Floats = NDArray[np.float64]


def plants(count: int) -> pl.DataFrame:
    """Plants of 400 industries in 100 regions, codes as text."""
    random = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "industry": random.integers(0, 400, count).astype(str),
            "region": random.integers(0, 100, count).astype(str),
            "employees": random.integers(1, 500, count),
        }
    )


def by_pandas(file: Path) -> tuple[Taken, Floats]:
    """Ellison–Glaeser gamma by group-by and apply."""
    import pandas as pd

    def work() -> Floats:
        frame = pd.read_parquet(file)
        x = frame.groupby("region")["employees"].sum() / frame["employees"].sum()
        spread = 1 - (x**2).sum()

        def gamma(part: pd.DataFrame) -> float:
            own = part["employees"].sum()
            share = (part.groupby("region")["employees"].sum() / own).reindex(x.index, fill_value=0)
            herfindahl = ((part["employees"] / own) ** 2).sum()
            raw = ((share - x) ** 2).sum()
            return float((raw - spread * herfindahl) / (spread * (1 - herfindahl)))

        found = frame.groupby("industry")[["region", "employees"]].apply(gamma)
        found.index = found.index.astype(int)
        return found.sort_index().to_numpy(dtype=np.float64)

    return take(work, rounds=1)


def many_plants() -> None:
    """A million plants, from the file on."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plants.parquet"
        plants(1_000_000).write_parquet(file)
        taken, result = take(lambda: agglomeration(pl.read_parquet(file)))
        try:
            slow, gamma = by_pandas(file)
        except ImportError:
            print("pandas or pyarrow is not installed: not measured")
            line("1,000,000 plants, read included", taken, goal=0.4)
            return
    agree(
        "gamma, pandas", float(np.abs(result.industries["ellison_glaeser"].to_numpy() - gamma).max()), 1e-12
    )
    line("1,000,000 plants, pandas", slow)
    line("1,000,000 plants, read included", taken, goal=0.4, ratio=slow.cpu / taken.cpu)


def direct(table: pl.DataFrame, grid: Floats, bandwidth: float) -> Floats:
    """The weighted density by its definition."""
    x, w = table.select("x", "y").to_numpy(), table["w"].to_numpy().astype(np.float64)
    a, b = np.triu_indices(len(x), 1)
    distance, weight = np.hypot(*(x[a] - x[b]).T), w[a] * w[b]
    total = [
        weight
        @ (
            np.exp(-0.5 * ((r - distance) / bandwidth) ** 2)
            + np.exp(-0.5 * ((r + distance) / bandwidth) ** 2)
        )
        for r in grid
    ]
    result: Floats = np.array(total) / (bandwidth * np.sqrt(2 * np.pi) * weight.sum())
    return result


def distances(draws: int) -> None:
    """Five thousand plants, and random curves."""
    random = np.random.default_rng(2)
    table = pl.DataFrame(
        {"x": random.random(5_000) * 100, "y": random.random(5_000) * 100, "w": random.integers(1, 99, 5_000)}
    )
    few = table.head(700)
    small = distance_density(Points.from_table(few, weighted=True), farthest=40, steps=20)
    slow, answer = take(lambda: direct(few, small.table["r"].to_numpy(), small.bandwidth), rounds=1)
    agree(
        "density, double sum on 700 points",
        float(np.abs(small.table["density"].to_numpy() / answer - 1).max()),
        1e-6,
    )
    points = Points.from_table(table, weighted=True)
    taken, _ = take(lambda: distance_density(points, farthest=40, steps=80))
    scaled = slow.cpu * (5_000 / 700) ** 2 * 4
    line("5,000 weighted points (peer scaled)", taken, goal=0.1, ratio=scaled / taken.cpu)
    banded, _ = take(lambda: distance_density(points, farthest=40, steps=80, draws=draws), rounds=1)
    line(f"  with {draws} relabellings", banded)
    sites = Points.from_table(
        pl.DataFrame({"x": random.random(20_000) * 100, "y": random.random(20_000) * 100})
    )
    banded, _ = take(
        lambda: distance_density(points, farthest=40, steps=80, draws=draws, sites=sites), rounds=1
    )
    line(f"  with {draws} draws of sites", banded)
    print(f"  1,000 draws of sites, reckoned: {banded.wall * 1000 / draws:.0f} s (goal 60)")


def links() -> None:
    """A million firms, five million links."""
    random = np.random.default_rng(3)
    sales = random.pareto(1.2, 1_000_000) + 0.1
    firms = pl.DataFrame(
        {
            "firm": np.arange(1_000_000),
            "sector": random.integers(0, 40, 1_000_000),
            "out_strength": sales,
            "in_strength": random.permutation(sales),
        }
    )
    row, column = np.indices((40, 40))
    io = pl.DataFrame(
        {
            "supplier_sector": row.ravel(),
            "buyer_sector": column.ravel(),
            "flow": random.lognormal(0, 2, 1_600),
        }
    )
    taken, drawn = take(lambda: reconstruct(firms=firms, io=io, links=5e6).draw(), rounds=2)
    agree("links drawn, links asked for (relative)", abs(len(drawn) / 5e6 - 1), 2e-3)
    line("1,000,000 firms, 5,000,000 links", taken, goal=3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=100)
    wanted = parser.parse_args()
    surroundings()
    many_plants()
    distances(wanted.draws)
    links()


if __name__ == "__main__":
    main()

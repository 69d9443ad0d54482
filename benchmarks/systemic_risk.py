"""How fast the systemic risk index is, beside a plain NumPy program of its specification, and whether it is right.

    python benchmarks/systemic_risk.py [--large] [--ensemble]

The networks are made (heavy-tailed sizes, seven links a firm). The only public program, GLcascade with
fastcascade (R and C++), is not in the package indexes; as measured elsewhere for its authors' specification it
needs 11.6 CPU s for 1,000 firms and 273 CPU s for 5,000. Those figures are quoted, not measured here. With
--large also a sample of the failures of a network of 100,000 firms, from which the time of all is reckoned; with
--ensemble also quantiles over fifty possible networks of 5,000 firms. Every run solves the time to survive, a
linear programme for each firm of a chain of 500, whose answers are checked against a plain programme in the tests.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import polars as pl

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

from benchmarks.timing import agree, line, memory, surroundings, take  # noqa: E402
from lianzhang.metrics import (  # noqa: E402
    SupplyNetwork,
    ensemble_risk,
    reconstruct,
    single_failures,
    survival_times,
    systemic_risk,
)
from tests.metrics.plain_systemic_risk import Plain, run  # noqa: E402

COLUMNS = ("esri", "esri_down", "esri_up")
#: (firms, sectors, goal in seconds for all failures)
SIZES = ((1_000, 40, 0.08), (5_000, 80, 1.2), (10_000, 150, 3.0))
CHECKED = 12


def tables(firms: int, sectors: int, *, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Firms, links and levels of inputs of a made network."""
    random = np.random.default_rng(seed)
    size = random.pareto(1.2, firms) + 1
    chance = size**0.7 / (size**0.7).sum()
    supplier, buyer = (random.choice(firms, firms * 7, p=chance) for _ in range(2))
    kept = supplier != buyer
    supplier, buyer = supplier[kept], buyer[kept]
    amount = np.sqrt(size[supplier] * size[buyer]) * random.lognormal(0, 1.2, len(supplier)) * 10 + 1
    row, column = np.indices((sectors, sectors))
    levels = random.choice([0, 1, 2], sectors * sectors, p=[0.35, 0.35, 0.3])
    return (
        pl.DataFrame({"firm": np.arange(firms), "sector": random.integers(0, sectors, firms)}),
        pl.DataFrame({"supplier": supplier, "buyer": buyer, "weight": np.round(amount, 2)}),
        pl.DataFrame({"supplier_sector": row.ravel(), "buyer_sector": column.ravel(), "level": levels}),
    )


def plain_of(network: SupplyNetwork, essential: pl.DataFrame) -> Plain:
    """The same network for the plain program; sectors are numbered from 0 in both."""
    count, sectors = len(network.firms), len(network.sectors)
    money = np.zeros((count, count))
    money[network.supplier, network.buyer] = network.weight
    return Plain(
        money, network.sector.astype(np.int64), essential["level"].to_numpy().reshape(sectors, sectors)
    )


def measure(firms: int, sectors: int, goal: float) -> None:
    """All failures of one network; a few of them also by the plain program."""
    firm_table, links, essential = tables(firms, sectors)
    built, network = take(
        lambda: SupplyNetwork.from_tables(firms=firm_table, links=links, essential=essential)
    )
    taken, result = take(lambda: systemic_risk(network))
    ratio = None
    if firms <= 1_000:
        plain = plain_of(network, essential)
        chosen = np.random.default_rng(0).choice(firms, CHECKED, replace=False)
        slow, answers = take(lambda: [run(plain, np.eye(firms)[firm]) for firm in chosen], rounds=1)
        weight = network.output / network.output.sum()
        plainly = np.array([[weight @ np.maximum(d, u), weight @ d, weight @ u] for d, u, _ in answers])
        got = result.table[chosen.tolist()]
        agree(f"{firms:,} firms, plain program", np.abs(got.select(COLUMNS).to_numpy() - plainly).max(), 1e-9)
        agree("  its steps", float(max(abs(a[2] - b) for a, b in zip(answers, got["steps"], strict=True))), 0)
        ratio = slow.cpu / CHECKED * firms / taken.cpu
    line(f"{firms:,} firms, {len(links):,} links: read", built)
    line(f"{firms:,} firms: all failures", taken, goal=goal, ratio=ratio)
    other = systemic_risk(network, threads=1).table
    agree("  one thread, and all", float(not other.equals(result.table)), 0)


def large(sample: int = 1000) -> None:
    """A hundred thousand firms, some of them failing."""
    firm_table, links, essential = tables(100_000, 150)
    network = SupplyNetwork.from_tables(firms=firm_table, links=links, essential=essential)
    some = single_failures(network, firm_table.sample(sample, seed=2).select("firm"))
    taken, _ = take(lambda: systemic_risk(network, shocks=some), rounds=1)
    line(f"100,000 firms: {sample} failures", taken)
    whole = 100_000 / sample / 60
    print(
        f"  all, reckoned: {taken.wall * whole:.1f} min wall (goal 8), {taken.cpu * whole:.1f} CPU min; "
        f"{memory():.2f} GB (goal 1)"
    )


def survival() -> None:
    """The longest stop of every firm of a chain of five hundred: no open program was found to run beside it."""
    firm_table, links, essential = tables(500, 40)
    network = SupplyNetwork.from_tables(firms=firm_table, links=links, essential=essential)
    taken, found = take(lambda: survival_times(network, cover=7.0, spare=1.2), rounds=1)
    fewest = found["days"].min()
    agree("500 firms: days lived on stock at least", max(0.0, 7.0 - float(fewest or 0.0)), 1e-6)  # type: ignore[arg-type]
    line("500 firms: time to survive of each", taken, goal=60)


def ensemble(draws: int = 50) -> None:
    """Quantiles of the index over possible networks of five thousand firms."""
    firm_table, links, essential = tables(5_000, 80)
    network = SupplyNetwork.from_tables(firms=firm_table, links=links, essential=essential)
    known = firm_table.with_columns(out_strength=network.output, in_strength=network.input)
    sectors = pl.DataFrame({"s": network.sector[network.supplier], "b": network.sector[network.buyer]})
    flows = (
        sectors.with_columns(flow=network.weight).group_by("s", "b").agg(pl.col("flow").sum()).sort("s", "b")
    )
    io = flows.select(
        supplier_sector=network.sectors.gather(flows["s"]),
        buyer_sector=network.sectors.gather(flows["b"]),
        flow="flow",
    )

    def quantiles() -> pl.DataFrame:
        possible = reconstruct(firms=known, io=io, links=35_000)
        networks = (possible.draw(seed=seed) for seed in range(draws))
        return ensemble_risk(networks, firms=firm_table, essential=essential)

    taken, found = take(quantiles, rounds=1)
    agree("quantiles in order", float((found["esri_low"] > found["esri_high"]).sum()), 0)
    line(f"5,000 firms: quantiles over {draws} networks", taken, goal=60)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--ensemble", action="store_true")
    wanted = parser.parse_args()
    surroundings()
    for size in SIZES:
        measure(*size)
    survival()
    if wanted.large:
        large()
    if wanted.ensemble:
        ensemble()


if __name__ == "__main__":
    main()

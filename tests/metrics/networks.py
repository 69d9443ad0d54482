"""Random supply networks for the tests."""

from __future__ import annotations

import numpy as np
import polars as pl

from lianzhang.metrics import SupplyNetwork
from tests.metrics.plain_systemic_risk import Plain


def plain(seed: int, *, firms: int = 24, sectors: int = 5, links: int = 3) -> Plain:
    """Money with heavy tails, about `links` customers a firm."""
    random = np.random.default_rng(seed)
    money = random.pareto(1.3, (firms, firms)) * (random.random((firms, firms)) < links / firms)
    money[0, 1] += 1.0
    return Plain(
        np.round(money * 1000, 2),
        random.integers(0, sectors, firms),
        random.choice([0, 1, 2], (sectors, sectors), p=[0.2, 0.4, 0.4]),
    )


def tables(network: Plain, *, scale: float = 1.0) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Firms, links and levels of inputs as the product reads them."""
    supplier, buyer = np.nonzero(network.money)
    row, column = np.indices(network.level.shape)
    firms = pl.DataFrame({"firm": np.arange(len(network.sector)), "sector": network.sector})
    links = pl.DataFrame(
        {"supplier": supplier, "buyer": buyer, "weight": network.money[supplier, buyer] * scale}
    )
    essential = pl.DataFrame(
        {"supplier_sector": row.ravel(), "buyer_sector": column.ravel(), "level": network.level.ravel()}
    )
    return firms, links, essential


def network_of(network: Plain, *, scale: float = 1.0) -> SupplyNetwork:
    """The same network as the product keeps it."""
    firms, links, essential = tables(network, scale=scale)
    return SupplyNetwork.from_tables(firms=firms, links=links, essential=essential)

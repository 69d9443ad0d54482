"""What an ensemble of possible networks says: quantiles over its draws, never one number."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from lianzhang.metrics.arrays import Floats, total_by
from lianzhang.metrics.inputs import numbered
from lianzhang.metrics.supply_network import SupplyNetwork
from lianzhang.metrics.systemic_risk import systemic_risk

#: A value lies in nine of ten possible networks between the first and the last.
QUANTILES = {"low": 0.05, "median": 0.5, "high": 0.95}


def quantiles(values: Floats, name: str) -> dict[str, Floats]:
    """Columns `name`_low, `name`_median, `name`_high of values (draw, firm)."""
    found = np.quantile(values, list(QUANTILES.values()), axis=0)
    return {f"{name}_{key}": row for key, row in zip(QUANTILES, found, strict=True)}


def drawn_sales(firms: pl.Series, network: pl.DataFrame) -> Floats:
    """Sales of each firm in one draw."""
    return total_by(numbered(network["supplier"], firms), network["weight"].to_numpy(), len(firms))


def ensemble_risk(
    networks: Iterable[pl.DataFrame],
    *,
    firms: pl.DataFrame,
    essential: pl.DataFrame,
    epsilon: float = 0.01,
    names: tuple[str, str, str] = ("firms", "links", "essential"),
    threads: int | None = None,
) -> pl.DataFrame:
    """Systemic risk of each firm over possible networks: firm, esri_low, esri_median, esri_high.

    `networks`: frames supplier, buyer, weight; `firms`: firm, sector; `essential`: supplier_sector,
    buyer_sector, level; `names` are what errors call them. A firm's index is 0 in a network in which it
    trades with nobody.
    """
    found = []
    for links in networks:
        network = SupplyNetwork.from_tables(firms=firms, links=links, essential=essential, names=names)
        found.append(systemic_risk(network, epsilon=epsilon, threads=threads).table["esri"].to_numpy())
    return pl.DataFrame({"firm": firms["firm"].cast(pl.String), **quantiles(np.stack(found), "esri")})

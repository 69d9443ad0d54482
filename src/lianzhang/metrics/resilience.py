"""Where the chain hangs on few (韧性): concentration of suppliers, single points of failure, substitutes.

Source of the questions: what a chain office asks of its map (gap, block, single source); the Herfindahl index
for concentration. What is not known — a region, an output — stays unknown and is not taken for 0.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, total_by
from lianzhang.metrics.inputs import InputError
from lianzhang.metrics.supply_network import SupplyNetwork

#: Digits of a division code that a city, and a province, share (GB/T 2260).
CITY, PROVINCE = 4, 2


def supplier_concentration(network: SupplyNetwork, *, region: str = "") -> pl.DataFrame:
    """Concentration of what each firm buys of each sector.

    buyer, sector, level, amount, suppliers, hhi, top_supplier, top_share and, with `region` (a column of the
    firms), local_share: the share bought from suppliers of the buyer's region, null where either is unknown.
    """
    links = pl.DataFrame(
        {
            "buyer": network.firms.gather(network.buyer),
            "sector": network.sectors.gather(network.sector[network.supplier]),
            "level": network.level,
            "supplier": network.firms.gather(network.supplier),
            "amount": network.weight,
        }
    )
    if region:
        places = network.table[region].cast(pl.String)
        links = links.with_columns(local=places.gather(network.supplier) == places.gather(network.buyer))
    share = pl.col("amount") / pl.col("amount").sum()
    wanted = [
        pl.col("amount").sum(),
        pl.len().alias("suppliers"),
        (share**2).sum().alias("hhi"),
        pl.col("supplier")
        .sort_by("amount", "supplier", descending=[True, False])
        .first()
        .alias("top_supplier"),
        share.max().alias("top_share"),
    ]
    if region:
        known = pl.when(pl.col("local").is_null().any()).then(None)
        wanted.append(known.otherwise((share * pl.col("local")).sum()).alias("local_share"))
    return links.group_by("buyer", "sector", "level", maintain_order=True).agg(wanted)


def single_points(network: SupplyNetwork, *, weight: Floats | None = None) -> pl.DataFrame:
    """Suppliers without whom somebody has no source at all of an essential product.

    supplier, sector, buyers (that depend on it alone), weight_share (share of the weight of all firms that
    those buyers have; default: their sales), amount (what they buy of it); the largest share first.
    """
    weight = network.output if weight is None else weight
    groups = network.input_groups()
    alone = (np.diff(groups.links.start) == 1) & (groups.product >= 0)
    only = groups.links.other[groups.links.start[:-1][alone]]
    found = pl.DataFrame(
        {
            "supplier": network.firms.gather(only),
            "sector": network.sectors.gather(network.sector[only]),
            "weight": weight[groups.buyer[alone]],
            "amount": _amounts(network, only, groups.buyer[alone]),
        }
    )
    whole = weight.sum()
    return (
        found.group_by("supplier", "sector", maintain_order=True)
        .agg(
            pl.len().alias("buyers"),
            (pl.col("weight").sum() / (whole if whole > 0 else np.nan)).alias("weight_share"),
            pl.col("amount").sum(),
        )
        .sort("weight_share", "supplier", descending=[True, False])
    )


def _amounts(network: SupplyNetwork, supplier: np.ndarray, buyer: np.ndarray) -> Floats:
    """What each buyer buys of each supplier; links are ordered by supplier and buyer."""
    count = len(network.firms)
    key = network.supplier.astype(np.int64) * count + network.buyer
    amounts: Floats = network.weight[np.searchsorted(key, supplier.astype(np.int64) * count + buyer)]
    return amounts


def substitutes(network: SupplyNetwork, firm: str, *, region: str = "") -> pl.DataFrame:
    """Firms that sell what `firm` sells: candidate, scope, output, buyers; the nearest and largest first.

    `scope`: "city", "province" or "outside" by the division codes in the column `region`, "unknown" without.
    Same sector is no proof of the same product: every row is a lead to ask, not a promise.
    """
    at = _number(network, firm)
    same = np.flatnonzero((network.sector == network.sector[at]) & (np.arange(len(network.sector)) != at))
    customers = total_by(network.supplier, np.ones(len(network.supplier)), len(network.firms))
    codes = network.table[region].cast(pl.String).to_list() if region else [None] * len(network.firms)
    scopes = [_scope(codes[at], codes[other]) for other in same.tolist()]
    order = {"city": 0, "province": 1, "outside": 2, "unknown": 3}
    return pl.DataFrame(
        {
            "candidate": network.firms.gather(same),
            "scope": pl.Series(scopes, dtype=pl.String),
            "output": network.output[same],
            "buyers": customers[same].astype(np.int64),
        }
    ).sort(pl.col("scope").replace_strict(order, default=3), -pl.col("output"), "candidate")


def _scope(own: str | None, other: str | None) -> str:
    if not own or not other:
        return "unknown"
    if own[:CITY] == other[:CITY]:
        return "city"
    return "province" if own[:PROVINCE] == other[:PROVINCE] else "outside"


def _number(network: SupplyNetwork, firm: str) -> int:
    found = network.firms.index_of(firm)
    if found is None:
        raise InputError(
            Text(f"没有编号为“{firm}”的企业。", f"There is no firm “{firm}”."),
            Text("请用企业表里的编号。", "Use an identifier of the table of firms."),
        )
    return found

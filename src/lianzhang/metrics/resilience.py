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
from lianzhang.metrics.systemic_risk import single_failures, systemic_risk

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


def second_suppliers(
    network: SupplyNetwork, *, buyer: str = "", most: int = 20, epsilon: float = 0.01
) -> pl.DataFrame:
    """Which second supplier would help most: links that do not exist yet, by the risk they would take away.

    For every essential product that a buyer has from one supplier alone (of `buyer`, or of all), half of the
    purchase is moved to another firm of the sector, the one with the largest sales that the buyer does not
    buy from yet. Gives supplier, buyer, second, esri_before, esri_after (index of the present supplier's
    failure), relief (their difference plus what the second supplier's own failure gains), most relief first;
    at most `most` of the links with the largest amounts are tried.
    """
    groups = network.input_groups()
    alone = np.flatnonzero((np.diff(groups.links.start) == 1) & (groups.product >= 0))
    if buyer:
        alone = alone[groups.buyer[alone] == _number(network, buyer)]
    only, buyers = groups.links.other[groups.links.start[:-1][alone]], groups.buyer[alone]
    amount = _amounts(network, only, buyers)
    rows = []
    for at in np.argsort(-amount, kind="stable")[:most].tolist():
        second = _largest_other(network, int(only[at]), int(buyers[at]))
        if second is not None:
            rows.append(_relief(network, int(only[at]), int(buyers[at]), second, amount[at], epsilon))
    names = ("supplier", "buyer", "second")
    schema = dict.fromkeys(names, pl.String) | dict.fromkeys(
        ("esri_before", "esri_after", "relief"), pl.Float64
    )
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.sort("relief", "supplier", "buyer", descending=[True, False, False])


def _largest_other(network: SupplyNetwork, supplier: int, buyer: int) -> int | None:
    others = np.flatnonzero((network.sector == network.sector[supplier]) & (network.output > 0))
    others = others[(others != supplier) & (others != buyer)]
    return int(others[np.argmax(network.output[others])]) if len(others) else None


def _relief(
    network: SupplyNetwork, supplier: int, buyer: int, second: int, amount: float, epsilon: float
) -> tuple[str, str, str, float, float, float]:
    names = network.firms.gather([supplier, buyer, second]).to_list()
    both = pl.DataFrame({"firm": [names[0], names[2]]})
    before = _indices(network, both, epsilon)
    changed = with_link(network, supplier=second, buyer=buyer, instead_of=supplier, amount=amount / 2.0)
    after = _indices(changed, both, epsilon)
    return names[0], names[1], names[2], before[0], after[0], float(before.sum() - after.sum())


def _indices(network: SupplyNetwork, firms: pl.DataFrame, epsilon: float) -> Floats:
    result = systemic_risk(network, shocks=single_failures(network, firms), epsilon=epsilon, threads=1)
    return result.table["esri"].to_numpy()


def with_link(
    network: SupplyNetwork, *, supplier: int, buyer: int, instead_of: int, amount: float
) -> SupplyNetwork:
    """The network in which `buyer` buys `amount` of `supplier` instead of `instead_of` (numbers of firms)."""
    links = pl.DataFrame(
        {
            "supplier": network.firms.gather(np.append(network.supplier, supplier)),
            "buyer": network.firms.gather(np.append(network.buyer, buyer)),
            "weight": np.append(
                np.where(
                    (network.supplier == instead_of) & (network.buyer == buyer),
                    network.weight - amount,
                    network.weight,
                ),
                amount,
            ),
        }
    )
    levels = pl.DataFrame(
        {
            "supplier_sector": network.sectors.gather(network.sector[network.supplier]),
            "buyer_sector": network.sectors.gather(network.sector[network.buyer]),
            "level": network.level,
        }
    ).unique()
    return SupplyNetwork.from_tables(firms=network.table, links=links, essential=levels)


def _number(network: SupplyNetwork, firm: str) -> int:
    found = network.firms.index_of(firm)
    if found is None:
        raise InputError(
            Text(f"没有编号为“{firm}”的企业。", f"There is no firm “{firm}”."),
            Text("请用企业表里的编号。", "Use an identifier of the table of firms."),
        )
    return found

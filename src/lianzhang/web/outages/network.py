"""The known supply links of the registry as the network that the measures read."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from lianzhang.metrics import SupplyNetwork
from lianzhang.web.registry.frames import placing_frame, supply_frame

#: Partners that are not in the registry are known by name alone.
OUTSIDE = "outside:"


@dataclass(frozen=True)
class Known:
    """The network, names and counties of its firms, and how much of it is known.

    `links`: reported links between two known ends; `without_amount`: how many of them tell no amount;
    `mark`: the same data give the same mark.
    """

    network: SupplyNetwork
    names: dict[str, str]
    counties: dict[str, str]
    links: int
    without_amount: int
    mark: str


def known_network() -> Known | None:
    """All reported links; None while there is none.

    The newest word on a pair of firms and product counts. A link without an amount weighs as much as the
    buyer's mean known one, or 1 where none is known.
    """
    links = supply_frame()
    if links.is_empty():
        return None
    ends = links.with_columns(
        supplier=pl.coalesce("supplier", pl.lit(OUTSIDE) + pl.col("supplier_name")),
        buyer=pl.coalesce("buyer", pl.lit(OUTSIDE) + pl.col("buyer_name")),
        amount=pl.col("amount").cast(pl.Float64),
    )
    newest = ends.sort("as_of", "period_end", nulls_last=False).unique(
        ["supplier", "buyer", "product"], keep="last", maintain_order=True
    )
    weighed = newest.with_columns(
        weight=pl.coalesce("amount", pl.col("amount").mean().over("buyer"), pl.lit(1.0)).clip(lower_bound=0.0)
    ).sort("supplier", "buyer", "product")
    firms = _firms(weighed)
    network = SupplyNetwork.from_tables(
        firms=firms.select("firm", "sector", "county"),
        links=weighed.select("supplier", "buyer", "weight"),
        essential="leontief",
    )
    told = weighed.select("supplier", "buyer", "product", "weight").write_csv()
    return Known(
        network=network,
        names=dict(firms.select("firm", "name").rows()),
        counties=dict(firms.select("firm", "county").rows()),
        links=weighed.height,
        without_amount=weighed["amount"].null_count(),
        mark=sha256((told + firms.write_csv()).encode()).hexdigest(),
    )


def _firms(links: pl.DataFrame) -> pl.DataFrame:
    """firm, name, sector (industry class; each outside partner's product when it has none), county."""
    sides = [links.select(firm=side, said=f"{side}_name", made="product") for side in ("supplier", "buyer")]
    found = pl.concat(sides).unique("firm", keep="first", maintain_order=True)
    registered = placing_frame().select(
        pl.col("id").alias("firm"), "name", "county", pl.col("industry_codes").list.first().alias("code")
    )
    return (
        found.join(registered, on="firm", how="left")
        .select(
            "firm",
            name=pl.coalesce("name", "said"),
            sector=pl.coalesce("code", pl.lit("product:") + pl.col("made")),
            county=pl.coalesce("county", pl.lit("")),
        )
        .sort("firm")
    )

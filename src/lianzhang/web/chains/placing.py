"""The registry as placing reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from lianzhang.chain import ChainMap, from_plain
from lianzhang.chain.placing.scopes import DIVIDER
from lianzhang.web.chains import queries as chains
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.frames import placing_frame

#: Registration statuses with which a firm is none of the city's any more.
GONE = ("revoked", "cancelled", "moved_out")


def registry_table() -> pl.DataFrame:
    """One row for each enterprise that is still there, as `lianzhang.chain.placing.place_registry` takes it.

    Columns: `uscc` (here the enterprise's public id, which every enterprise has), `scope`, `products`
    (divided by `；`), `industry` (list of classes), `name`, `county`. Asks no permission, like the frames.
    """
    there = registry.every().exclude(status__in=GONE).values_list("pk", flat=True)
    frame = placing_frame().filter(pl.col("id").is_in(list(there)))
    return frame.select(
        pl.col("id").alias("uscc"),
        pl.col("business_scope").alias("scope"),
        pl.col("products").list.join(DIVIDER),
        pl.col("industry_codes").alias("industry"),
        "name",
        "county",
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Enterprises of the registry that a map names."""

    rows: list[dict[str, Any]]
    leading: frozenset[str]


def named_firms(table: pl.DataFrame, chain_map: ChainMap) -> Named:
    """The firms that sources name on nodes or as leading, found in the registry by any of their names.

    A name that several enterprises answer to is left to people.
    """
    present = set(table["uscc"])
    of_name: dict[str, set[str]] = {}
    for row in registry.index_rows():
        if row["id"] in present:
            for name in (row["name"], *row["former_names"], *row["short_names"]):
                of_name.setdefault(name, set()).add(row["id"])
    sole = {name: next(iter(ids)) for name, ids in of_name.items() if len(ids) == 1}
    rows = [
        {"node": node.id, "enterprise": sole[firm.name], "basis": "source", "item": firm.name}
        for node in chain_map.nodes
        for firm in node.firms
        if firm.name in sole
    ]
    return Named(rows, frozenset(sole[name] for name in chain_map.leading_firms if name in sole))


def map_in_force(chain_id: str) -> ChainMap | None:
    """The published map of a chain; None when there is no such chain or map."""
    chain = chains.chain_with(chain_id)
    version = chains.in_force(chain) if chain else None
    return from_plain(version.content) if version else None

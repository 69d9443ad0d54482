"""How firms are made up (企业结构): by size class, and how much of a region its largest firms are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from lianzhang.metrics.agglomeration import gini
from lianzhang.metrics.inputs import finite, identifiers, require_columns, require_rows

#: Size classes in the order of 《统计上大中小微型企业划分办法（2017）》; unknown stands apart, it is no class.
SIZE_CLASSES = ("large", "medium", "small", "micro")
UNKNOWN = "unknown"


def size_structure(firms: pl.DataFrame, *, table: str = "firms") -> pl.DataFrame:
    """Firms and value of each size class in each region.

    `firms`: region, size_class (large, medium, small, micro; empty where not known), value (≥ 0). Gives region,
    size_class, firms, value, firm_share, value_share. Every class has a row, also with 0 firms; firms of
    unknown class are counted as such and are part of the whole.
    """
    require_columns(firms, ("region", "size_class", "value"), table=table)
    require_rows(firms, table=table)
    rows = pl.DataFrame(
        {
            "region": identifiers(firms, "region", table=table),
            "size_class": firms["size_class"].cast(pl.String),
            "value": finite(firms, "value", table=table, least=0.0),
        }
    ).with_columns(
        size_class=pl.when(pl.col("size_class").is_in(SIZE_CLASSES))
        .then(pl.col("size_class"))
        .otherwise(pl.lit(UNKNOWN))
    )
    classes = pl.DataFrame({"size_class": [*SIZE_CLASSES, UNKNOWN]}).with_row_index("place")
    counted = rows.group_by("region", "size_class").agg(pl.len().alias("firms"), pl.col("value").sum())
    every = rows.select(pl.col("region").unique(maintain_order=True)).with_row_index("order")
    whole = pl.col("value").sum().over("region")
    return (
        every.join(classes, how="cross")
        .join(counted, on=["region", "size_class"], how="left")
        .with_columns(pl.col("firms", "value").fill_null(0))
        .sort("order", "place")
        .with_columns(
            firm_share=pl.col("firms") / pl.col("firms").sum().over("region"),
            value_share=pl.when(whole > 0).then(pl.col("value") / whole).otherwise(float("nan")),
        )
        .select("region", "size_class", "firms", "value", "firm_share", "value_share")
    )


def leading_firms(
    firms: pl.DataFrame, *, counts: Sequence[int] = (1, 4, 10), table: str = "firms"
) -> pl.DataFrame:
    """How much the largest firms are of each region: region, firms, median, gini, top_1, top_4, top_10.

    `firms`: region, value (≥ 0). `top_n` is the share of the n largest, 1 where there are no more than n.
    """
    require_columns(firms, ("region", "value"), table=table)
    require_rows(firms, table=table)
    rows = pl.DataFrame(
        {
            "region": identifiers(firms, "region", table=table),
            "value": finite(firms, "value", table=table, least=0.0),
        }
    )
    found = []
    for (region,), part in rows.group_by("region", maintain_order=True):
        values = part["value"].sort(descending=True)
        total = float(values.sum())
        tops = {f"top_{n}": float(values.head(n).sum()) / total if total else float("nan") for n in counts}
        found.append(
            {
                "region": region,
                "firms": len(values),
                "median": float(np.median(values.to_numpy())),
                "gini": gini(values.to_numpy()),
                **tops,
            }
        )
    return pl.DataFrame(found)

"""Growth taken apart (偏离—份额分析): what the whole, the mix of industries, and the place itself contributed.

Source: E. Dunn, “A statistical and analytical technique for regional analysis”, Papers in Regional Science 6
(1960) 97; the three parts add up to the growth of the place exactly.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lianzhang.metrics.inputs import finite, identifiers, require_columns, require_rows


def shift_share(values: pl.DataFrame, *, table: str = "values") -> pl.DataFrame:
    """Parts of growth by region and industry.

    `values`: region, industry, before, after (≥ 0, same unit, two periods of the same kind). Gives region,
    industry, growth (after - before), national (growth had the cell grown as the whole), industry_mix (the
    rest had it grown as its industry), competitive (what remains). An industry that was nowhere before has
    no rate of growth: its whole growth is competitive, its other parts are 0.
    """
    require_columns(values, ("region", "industry", "before", "after"), table=table)
    require_rows(values, table=table)
    cells = (
        pl.DataFrame(
            {
                "region": identifiers(values, "region", table=table),
                "industry": identifiers(values, "industry", table=table),
                "before": finite(values, "before", table=table, least=0.0),
                "after": finite(values, "after", table=table, least=0.0),
            }
        )
        .group_by("region", "industry", maintain_order=True)
        .agg(pl.col("before", "after").sum())
    )
    before, after = (float(cells[name].to_numpy().sum()) for name in ("before", "after"))
    whole = after / before - 1.0 if before > 0 else 0.0
    of_industry = pl.col("after").sum().over("industry") / pl.col("before").sum().over("industry") - 1.0
    rate = pl.when(pl.col("before").sum().over("industry") > 0).then(of_industry).otherwise(0.0)
    return cells.with_columns(
        growth=pl.col("after") - pl.col("before"),
        national=pl.col("before") * whole,
        industry_mix=pl.col("before") * (rate - whole),
        competitive=pl.col("after") - pl.col("before") * (1.0 + rate),
    ).drop("before", "after")


def shift_share_of_regions(values: pl.DataFrame, *, table: str = "values") -> pl.DataFrame:
    """The same parts summed by region: region, growth, national, industry_mix, competitive."""
    parts = ("growth", "national", "industry_mix", "competitive")
    return shift_share(values, table=table).group_by("region", maintain_order=True).agg(pl.col(parts).sum())


def growth_rate(before: float, after: float) -> float:
    """Growth as a share of the value before; NaN where nothing was there before."""
    return after / before - 1.0 if before > 0 else float(np.nan)

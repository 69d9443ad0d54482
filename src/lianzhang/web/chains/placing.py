"""The registry as placing reads it."""

from __future__ import annotations

import polars as pl

from lianzhang.chain.placing.scopes import DIVIDER
from lianzhang.web.registry.frames import placing_frame


def registry_table() -> pl.DataFrame:
    """One row for each enterprise, as `lianzhang.chain.placing.place_registry` takes it.

    Columns: `uscc` (here the enterprise's public id, which every enterprise has), `scope`, `products`
    (divided by `；`), `industry` (list of classes), `name`, `county`. Asks no permission, like the frames.
    """
    return placing_frame().select(
        pl.col("id").alias("uscc"),
        pl.col("business_scope").alias("scope"),
        pl.col("products").list.join(DIVIDER),
        pl.col("industry_codes").alias("industry"),
        "name",
        "county",
    )

"""Location quotients by number of firms, each with the interval that so few firms leave open (区位商的置信区间).

Source: J. Beyene and R. Moineddin, “Methods for confidence interval estimation of a ratio parameter with
application to location quotients”, BMC Medical Research Methodology 5 (2005) 32; here with the exact interval of a
share by C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404, because counties have few firms.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats
from lianzhang.metrics.inputs import InputError, coded, require_columns, require_rows

#: Of a hundred such intervals at least this many hold the share behind the count.
CONFIDENCE = 0.95


def location_quotient_interval(
    firms: pl.DataFrame, *, confidence: float = CONFIDENCE, table: str = "firms"
) -> pl.DataFrame:
    """industry, region, firms, lq, lq_low, lq_high of every pair of an industry and a region.

    `firms`: industry, region; one row for each firm. `lq` is the share of the industry among the firms of the
    region over its share among all firms. `lq_low` and `lq_high` are those of the exact interval of the first
    share; the second, of all firms, is taken as it is. A pair without firms has `lq` and `lq_low` 0 and still an
    `lq_high`. Raises `InputError` for a missing column, an empty cell, or a confidence not between 0 and 1.
    """
    require_columns(firms, ("industry", "region"), table=table)
    require_rows(firms, table=table)
    industry, industries = coded(firms, "industry", table=table)
    region, regions = coded(firms, "region", table=table)
    kinds, places = len(industries), len(regions)
    count = np.bincount(industry.astype(np.int64) * places + region, minlength=kinds * places)
    number = count.reshape(kinds, places).astype(np.float64)
    of_region = number.sum(axis=0)
    low, high = share_interval(number, np.broadcast_to(of_region, number.shape), confidence=confidence)
    whole = number.sum(axis=1, keepdims=True) / number.sum()
    return pl.DataFrame(
        {
            "industry": industries.gather(np.repeat(np.arange(kinds), places)),
            "region": regions.gather(np.tile(np.arange(places), kinds)),
            "firms": count,
            "lq": (number / of_region / whole).ravel(),
            "lq_low": (low / whole).ravel(),
            "lq_high": (high / whole).ravel(),
        }
    )


def share_interval(
    count: Floats | float, total: Floats | float, *, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Lowest and highest share behind `count` of `total` (> 0), exactly (Clopper and Pearson)."""
    from scipy.special import betaincinv

    if not 0.0 < confidence < 1.0:
        raise InputError(
            Text(
                f"置信度应在 0 与 1 之间，现为 {confidence}。",
                f"The confidence lies between 0 and 1, it is {confidence}.",
            ),
            Text("通常用 0.95。", "Usual is 0.95."),
        )
    count, total = np.asarray(count, np.float64), np.asarray(total, np.float64)
    tail = (1.0 - confidence) / 2.0
    # Where nobody or everybody counts, that end is known; the other arguments only keep the function defined.
    low = np.where(count > 0, betaincinv(np.maximum(count, 1.0), total - count + 1.0, tail), 0.0)
    high = np.where(count < total, betaincinv(count + 1.0, np.maximum(total - count, 1.0), 1.0 - tail), 1.0)
    return low, high

"""Which sub-field a county might choose (一县一细分领域): what lies near, is worth it, is missing, is backed by policy.

The score is a sum of four parts between 0 and 1, each told beside it, so that a person can weigh them anew:
relatedness density (Hidalgo et al. 2007), product complexity, what local buyers now buy outside, and what a
local second source would take off the systemic risk; a policy basis is told, not scored. Counties and fields
are paired so that the sum is largest and no field goes to more than `most` counties (assignment problem).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from lianzhang.metrics.arrays import Floats
from lianzhang.metrics.complexity import Complexity
from lianzhang.metrics.inputs import finite, numbered, require_columns

#: How much each part counts; they add up to one.
WEIGHTS: Mapping[str, float] = {"density": 0.4, "complexity": 0.2, "demand": 0.2, "resilience": 0.2}


@dataclass(frozen=True)
class Recommendation:
    """`chosen`: region, field, score, its parts, runner_up, gap (score of the choice less the runner-up's);
    `scores`: every pair that is not present yet, with the parts and `policy` where one is known."""

    chosen: pl.DataFrame
    scores: pl.DataFrame


def recommend_fields(
    measured: Complexity,
    *,
    demand: pl.DataFrame | None = None,
    resilience: pl.DataFrame | None = None,
    policy: pl.DataFrame | None = None,
    most: int = 1,
    weights: Mapping[str, float] = WEIGHTS,
) -> Recommendation:
    """One field for each region.

    `demand`: region, field, value (what local buyers buy outside); `resilience`: region, field, value (fall of
    systemic risk with a local source); both optional, missing pairs count as 0 gain. `policy`: region, field,
    basis (title and clause). `most`: how many regions may share a field; regions that get none have null.
    """
    parts = {
        "density": _ranked(measured.relatedness[0]),
        "complexity": _ranked(np.broadcast_to(measured.pci, measured.rca.shape)),
        "demand": _ranked(_matrix(measured, demand, "demand")),
        "resilience": _ranked(_matrix(measured, resilience, "resilience")),
    }
    absent = ~measured.present & ~np.isnan(measured.relatedness[0])
    score = sum(weights[name] * part for name, part in parts.items())
    score = np.where(absent, score, np.nan)
    rows, columns = np.nonzero(absent)
    scores = pl.DataFrame(
        {
            "region": measured.regions.gather(rows),
            "field": measured.fields.gather(columns),
            "score": score[rows, columns],
            **{name: part[rows, columns] for name, part in parts.items()},
        }
    )
    if policy is not None:
        require_columns(policy, ("region", "field", "basis"), table="policy")
        basis = policy.select(pl.col("region", "field").cast(pl.String), pl.col("basis").alias("policy"))
        scores = scores.join(basis.unique(["region", "field"]), on=["region", "field"], how="left")
    return Recommendation(_chosen(measured, score, scores, most), scores)


def _chosen(measured: Complexity, score: Floats, scores: pl.DataFrame, most: int) -> pl.DataFrame:
    pairs = _assigned(score, most)
    found = []
    for region in range(len(measured.regions)):
        field = pairs.get(region)
        own = score[region]
        others = np.where(np.arange(len(own)) == field, np.nan, own)
        second = int(np.nanargmax(others)) if not np.isnan(others).all() else None
        found.append(
            {
                "region": measured.regions[region],
                "field": None if field is None else measured.fields[field],
                "runner_up": None if second is None else measured.fields[second],
                "gap": None if field is None or second is None else float(own[field] - own[second]),
            }
        )
    schema = {"region": pl.String, "field": pl.String, "runner_up": pl.String, "gap": pl.Float64}
    return pl.DataFrame(found, schema=schema).join(scores, on=["region", "field"], how="left")


def _assigned(score: Floats, most: int) -> dict[int, int]:
    """Region → field with the largest sum of scores; a field has `most` places."""
    from scipy.optimize import linear_sum_assignment

    gain = np.nan_to_num(np.repeat(score, most, axis=1), nan=-1e6)
    regions, places = linear_sum_assignment(gain, maximize=True)
    return {
        int(region): int(place) // most
        for region, place in zip(regions, places, strict=True)
        if gain[region, place] > -1e5
    }


def _ranked(values: Floats) -> Floats:
    """Values between 0 (least) and 1 (most) of the table, by rank, so that no outlier rules; NaN counts as 0."""
    known = values[~np.isnan(values)]
    distinct = np.unique(known)
    if len(distinct) < 2:
        return np.zeros(values.shape)
    place = np.searchsorted(distinct, np.nan_to_num(values, nan=distinct[0])) / (len(distinct) - 1)
    return np.where(np.isnan(values), 0.0, place)


def _matrix(measured: Complexity, table: pl.DataFrame | None, name: str) -> Floats:
    result = np.zeros(measured.rca.shape)
    if table is None:
        return result
    require_columns(table, ("region", "field", "value"), table=name)
    rows, columns = (
        numbered(table[column].cast(pl.String), known)
        for column, known in (("region", measured.regions), ("field", measured.fields))
    )
    here = (rows >= 0) & (columns >= 0)
    np.add.at(result, (rows[here], columns[here]), finite(table, "value", table=name)[here])
    return result


def backtest(earlier: Complexity, later: Complexity) -> pl.DataFrame:
    """How well density told which fields would come.

    Pairs without an advantage in `earlier`, over regions and fields of both: name, value with rows pairs,
    emerged, area_under_curve (0.5 is chance) and precision_first (share of regions whose first field came).
    NaN where nothing, or everything, emerged.
    """
    rows = numbered(earlier.regions, later.regions)
    columns = numbered(earlier.fields, later.fields)
    both = np.ix_(rows >= 0, columns >= 0)
    density, present = earlier.relatedness[0][both], earlier.present[both]
    came = later.present[np.ix_(rows[rows >= 0], columns[columns >= 0])]
    asked = ~present & ~np.isnan(density)
    hits, values = came[asked], density[asked]
    first = [
        bool(came[row][np.nanargmax(np.where(asked[row], density[row], np.nan))])
        for row in range(len(asked))
        if asked[row].any()
    ]
    return pl.DataFrame(
        {
            "name": ["pairs", "emerged", "area_under_curve", "precision_first"],
            "value": [
                float(len(values)),
                float(hits.sum()),
                _area(values, hits),
                float(np.mean(first)) if first else float("nan"),
            ],
        }
    )


def _area(values: Floats, hits: np.ndarray) -> float:
    """Chance that a pair that came ranked above one that did not; ties count one half."""
    positive, negative = values[hits], np.sort(values[~hits])
    if not len(positive) or not len(negative):
        return float("nan")
    below = np.searchsorted(negative, positive, side="left")
    level = np.searchsorted(negative, positive, side="right") - below
    return float((below + 0.5 * level).mean() / len(negative))

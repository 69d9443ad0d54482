"""Where industries gather (产业集聚): location quotient, concentration, specialisation, Ellison–Glaeser index.

Sources: B. Balassa (1965) for the quotient; P. Krugman, Geography and Trade (1991), for the two sums of
differences; G. Ellison and E. Glaeser, Journal of Political Economy 105 (1997) 889, for gamma; the normal
test of raw concentration with the variance of the same paper, appendix A.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, total_by
from lianzhang.metrics.inputs import coded, finite, require_columns, require_rows

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """Results by industry, by region, and by pair; shares are of employment (or whatever `employees` counts).

    `industries`: industry, plants, plant_hhi (Herfindahl over plants), raw_g, ellison_glaeser, z, hhi (over
    regions), krugman (concentration, 0 to 2). `regions`: region, hhi (over industries), krugman
    (specialisation). `location_quotient`: industry, region, lq. What cannot be computed is NaN, never 0.
    """

    industries: pl.DataFrame
    regions: pl.DataFrame
    location_quotient: pl.DataFrame
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Employment by industry and region, with the sums over plants that the indices need."""

    industries: pl.Series
    regions: pl.Series
    employment: Floats  # (industry, region)
    plants: Floats  # industry -> number of plants
    squares: Floats  # industry -> sum of squared employment of plants
    fourths: Floats


def agglomeration(plants: pl.DataFrame, *, table: str = "plants") -> Agglomeration:
    """All measures of a table of plants: industry, region, employees (≥ 0); further columns are ignored.

    Raises `InputError` for a missing column or a value that is no number ≥ 0.
    """
    totals = totals_of(plants, table=table)
    employment = totals.employment
    of_region, of_industry = employment.sum(axis=0), employment.sum(axis=1)
    whole = employment.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = employment / of_industry[:, None]  # of an industry, over regions
        mix = employment / of_region  # of a region, over industries
        region_share, industry_share = of_region / whole, of_industry / whole
        quotient = share / region_share
    quotient[:, of_region == 0] = NAN
    return Agglomeration(
        _industries(totals, share, region_share, of_industry),
        pl.DataFrame(
            {
                "region": totals.regions,
                "hhi": (mix**2).sum(axis=0),
                "krugman": np.abs(mix - industry_share[:, None]).sum(axis=0),
            }
        ),
        pl.DataFrame(
            {
                "industry": totals.industries.gather(
                    np.repeat(np.arange(len(totals.industries)), len(totals.regions))
                ),
                "region": totals.regions.gather(
                    np.tile(np.arange(len(totals.regions)), len(totals.industries))
                ),
                "lq": quotient.ravel(),
            }
        ),
        _doubts(totals) + _repeated(plants),
    )


def _repeated(plants: pl.DataFrame) -> tuple[Text, ...]:
    """Plants that stand in more than one row, where the table names its plants."""
    if "plant" not in plants.columns:
        return ()
    count = len(plants) - plants["plant"].n_unique()
    if not count:
        return ()
    return (
        Text(
            f"{count} 行的企业编号（plant）前面已经出现过：每一行都当作一家企业。",
            f"{count} rows name a plant that stands there before: each row counts as a plant.",
        ),
    )


def _doubts(totals: Totals) -> tuple[Text, ...]:
    """Why some results are NaN, or say little."""
    of_industry, of_region = totals.employment.sum(axis=1), totals.employment.sum(axis=0)
    doubts = []
    if (of_region > 0).sum() == 1:
        doubts.append(
            Text(
                "只有一个地区：区位商恒为 1，Ellison–Glaeser 指数无从计算，记为 NaN。",
                "There is one region: location quotients are 1, the Ellison–Glaeser index is NaN.",
            )
        )
    single = int(((of_industry > 0) & (totals.squares >= of_industry**2)).sum())
    if single:
        doubts.append(
            Text(
                f"{single} 个行业只有一家企业有从业人员：Ellison–Glaeser 指数记为 NaN。",
                f"In {single} industries one plant has all employees: their Ellison–Glaeser index is NaN.",
            )
        )
    nothing = int((of_industry == 0).sum()), int((of_region == 0).sum())
    if any(nothing):
        doubts.append(
            Text(
                f"{nothing[0]} 个行业、{nothing[1]} 个地区合计为 0：它们的各项指标记为 NaN。",
                f"{nothing[0]} industries and {nothing[1]} regions have 0 in all: their measures are NaN.",
            )
        )
    return tuple(doubts)


def totals_of(plants: pl.DataFrame, *, table: str = "plants") -> Totals:
    """One pass over the plants."""
    require_columns(plants, ("industry", "region", "employees"), table=table)
    require_rows(plants, table=table)
    size = finite(plants, "employees", table=table, least=0.0)
    industry, industries = coded(plants, "industry", table=table)
    region, regions = coded(plants, "region", table=table)
    kinds, places = len(industries), len(regions)
    cell = industry.astype(np.int64) * places + region
    employment = total_by(cell, size, kinds * places).reshape(kinds, places)
    square = size * size
    return Totals(
        industries,
        regions,
        employment,
        np.bincount(industry, minlength=kinds).astype(np.float64),
        total_by(industry, square, kinds),
        total_by(industry, square * square, kinds),
    )


def _industries(totals: Totals, share: Floats, region_share: Floats, of_industry: Floats) -> pl.DataFrame:
    with np.errstate(divide="ignore", invalid="ignore"):
        plant_hhi = totals.squares / of_industry**2
        fourth = totals.fourths / of_industry**4
        difference = share - region_share
        raw = (difference**2).sum(axis=1)
        spread = 1.0 - (region_share**2).sum()
        alone = (totals.plants <= 1) | (plant_hhi >= 1.0) | (spread <= 0.0)
        gamma = (raw - spread * plant_hhi) / (spread * (1.0 - plant_hhi))
        x2, x3 = (region_share**2).sum(), (region_share**3).sum()
        variance = 2.0 * (plant_hhi**2 * (x2 - 2.0 * x3 + x2**2) - fourth * (x2 - 4.0 * x3 + 3.0 * x2**2))
        z = (raw - spread * plant_hhi) / np.sqrt(np.where(variance > 0, variance, NAN))
    return pl.DataFrame(
        {
            "industry": totals.industries,
            "plants": totals.plants.astype(np.int64),
            "plant_hhi": plant_hhi,
            "raw_g": raw,
            "ellison_glaeser": np.where(alone, NAN, gamma),
            "z": np.where(alone, NAN, z),
            "hhi": (share**2).sum(axis=1),
            "krugman": np.abs(difference).sum(axis=1),
        }
    )


def coagglomeration(plants: pl.DataFrame, *, table: str = "plants") -> pl.DataFrame:
    """Pairwise coagglomeration (Ellison, Glaeser, Kerr 2010): industry, other, coagglomeration."""
    totals = totals_of(plants, table=table)
    whole = totals.employment.sum()
    region_share = totals.employment.sum(axis=0) / whole
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = totals.employment / totals.employment.sum(axis=1)[:, None] - region_share
        value = difference @ difference.T / (1.0 - (region_share**2).sum())
    count = len(totals.industries)
    return pl.DataFrame(
        {
            "industry": totals.industries.gather(np.repeat(np.arange(count), count)),
            "other": totals.industries.gather(np.tile(np.arange(count), count)),
            "coagglomeration": value.ravel(),
        }
    )


def effective_number(hhi: float) -> float:
    """How many equal parts would be as concentrated: one over the Herfindahl index."""
    return 1.0 / hhi if hhi > 0 else NAN


def normalised_herfindahl(hhi: float, *, parts: int) -> float:
    """Herfindahl index between 0 (all `parts` equal) and 1 (one has all); NaN for a single part."""
    return (hhi - 1.0 / parts) / (1.0 - 1.0 / parts) if parts > 1 else NAN


def gini(values: Floats) -> float:
    """Gini coefficient of values ≥ 0: 0 all equal, towards 1 one has all; NaN for nothing at all."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    count, total = len(ordered), ordered.sum()
    if not count or total <= 0:
        return NAN
    rank = np.arange(1, count + 1)
    return float((2.0 * rank - count - 1.0) @ ordered / (count * total))

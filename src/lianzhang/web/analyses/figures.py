"""The registry's figures as the measures read them: region, industry, size, revenue of two years."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from lianzhang.metrics import leading_firms, shift_share_of_regions, size_structure
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.base_facts import dictionary, factor_to
from lianzhang.web.registry.frames import values_frame

#: The figure by which firms are weighed.
REVENUE = "revenue_ly"
#: Fewer firms than this with the figure say nothing about a county.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Structure:
    """Size structure and leading firms by county; `known` of `firms` tell their revenue of `period`."""

    sizes: list[dict[str, object]]
    leading: list[dict[str, object]]
    firms: int
    known: int
    period: str


@dataclass(frozen=True, slots=True)
class Growth:
    """Parts of growth by county between two years, from the firms that tell both."""

    rows: list[dict[str, object]]
    before: str
    after: str
    firms: int
    known: int


def structure_of_counties() -> Structure | None:
    """How firms are made up; None while nobody tells a revenue."""
    places, values = _places(), _revenue()
    if values.is_empty():
        return None
    period = str(values["period"].max())
    latest = values.filter(pl.col("period") == period).select("enterprise", "value")
    sizes = values_frame(facts=["size_class"]).sort("period_end", nulls_last=False)
    newest = sizes.unique("enterprise", keep="last").select("enterprise", pl.col("text").alias("size_class"))
    firms = places.join(latest, on="enterprise").join(newest, on="enterprise", how="left")
    firms = firms.with_columns(pl.col("size_class").fill_null("")).filter(pl.col("region") != "")
    if firms.is_empty():
        return None
    told = firms.group_by("region").len().filter(pl.col("len") >= FEWEST)["region"].to_list()
    return Structure(
        sizes=size_structure(firms).filter(pl.col("firms") > 0).to_dicts(),
        leading=leading_firms(firms).filter(pl.col("region").is_in(told)).to_dicts(),
        firms=places.height,
        known=firms.height,
        period=period,
    )


def growth_of_counties() -> Growth | None:
    """Growth taken apart between the two latest years; None unless some firms tell both."""
    places, values = _places(), _revenue()
    years = sorted(set(values["period"].to_list()))[-2:]
    if len(years) < 2:
        return None
    before, after = (
        values.filter(pl.col("period") == year).select("enterprise", pl.col("value").alias(name))
        for year, name in zip(years, ("before", "after"), strict=True)
    )
    cells = places.join(before, on="enterprise").join(after, on="enterprise")
    cells = cells.filter((pl.col("region") != "") & (pl.col("industry") != ""))
    if cells.is_empty():
        return None
    return Growth(
        shift_share_of_regions(cells).sort("region").to_dicts(),
        years[0],
        years[1],
        places.height,
        cells.height,
    )


def _places() -> pl.DataFrame:
    """enterprise, region, industry (division of GB/T 4754, two digits): every enterprise of the registry."""
    rows = registry.every().values_list("pk", "region", "industry_codes")
    return pl.DataFrame(
        [(pk, region, codes[:2]) for pk, region, codes in rows],
        schema={"enterprise": pl.String, "region": pl.String, "industry": pl.String},
        orient="row",
    )


def _revenue() -> pl.DataFrame:
    """enterprise, period (a year), value (in the dictionary's unit, ≥ 0)."""
    values = values_frame(facts=[REVENUE]).filter(
        pl.col("number").is_not_null() & pl.col("period").str.contains(r"^\d{4}$")
    )
    unit = dictionary()[REVENUE].unit
    factors = {each: float(factor_to(unit, each)) for each in values["unit"].unique().to_list()}
    factor = pl.col("unit").replace_strict(factors, return_dtype=pl.Float64) if factors else pl.lit(1.0)
    return values.select("enterprise", "period", value=pl.col("number").cast(pl.Float64) * factor).filter(
        pl.col("value") >= 0
    )

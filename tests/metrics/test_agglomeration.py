"""Agglomeration: known answers, plain loops, and values that cannot be computed."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.metrics import InputError, agglomeration, coagglomeration, gini
from lianzhang.metrics.agglomeration import effective_number, normalised_herfindahl
from tests.metrics import cases


@cases.needs_cases
def test_the_known_answers_are_reproduced() -> None:
    answer = cases.expected("agglomeration_small")
    plants = cases.table("agglomeration_small_plants.csv")
    result = agglomeration(plants)
    industries = {
        "ellison_glaeser": "ellison_glaeser_gamma",
        "raw_g": "raw_G",
        "plant_hhi": "plant_hhi",
        "z": "z",
        "plants": "plants",
        "hhi": "hhi_of_industry_over_regions",
        "krugman": "krugman_concentration_industry",
    }
    for column, name in industries.items():
        assert np.abs(result.industries[column].to_numpy() - np.array(answer[name])).max() < 1e-12, column
    for column, name in {
        "hhi": "hhi_of_region_over_industries",
        "krugman": "krugman_specialisation_region",
    }.items():
        assert np.abs(result.regions[column].to_numpy() - np.array(answer[name])).max() < 1e-12, column
    quotients = result.location_quotient["lq"].to_numpy()
    assert np.abs(quotients - np.array(answer["lq"]).ravel()).max() < 1e-12
    pairs = coagglomeration(plants)["coagglomeration"].to_numpy()
    assert np.abs(pairs - np.array(answer["pairwise_coagglomeration"]).ravel()).max() < 1e-12


def small() -> pl.DataFrame:
    """Eight plants in two industries and three regions, worked by hand in exact fractions."""
    return pl.DataFrame(
        {
            "industry": ["0", "0", "0", "0", "1", "1", "1", "1"],
            "region": ["A", "A", "B", "C", "A", "B", "C", "C"],
            "employees": [50, 30, 20, 20, 10, 40, 40, 10],
        }
    )


def test_a_small_table_gives_what_a_loop_over_plants_gives() -> None:
    result = agglomeration(small()).industries.row(0, named=True)
    size, own = 220, 120
    x = np.array([90, 60, 70]) / size
    s = np.array([80, 20, 20]) / own
    herfindahl = sum((plant / own) ** 2 for plant in (50, 30, 20, 20))
    raw, spread = ((s - x) ** 2).sum(), 1 - (x**2).sum()
    assert result["plants"] == 4
    assert result["plant_hhi"] == pytest.approx(herfindahl, abs=1e-14)
    assert result["ellison_glaeser"] == pytest.approx(
        (raw - spread * herfindahl) / (spread * (1 - herfindahl)), abs=1e-14
    )
    quotient = agglomeration(small()).location_quotient
    assert quotient["lq"][0] == pytest.approx((80 / 120) / (90 / 220), abs=1e-14)


def test_a_single_plant_or_a_single_region_gives_nan_not_zero() -> None:
    one_plant = agglomeration(
        pl.DataFrame({"industry": ["a", "b", "b"], "region": ["x", "x", "y"], "employees": [5, 5, 5]})
    ).industries
    assert np.isnan(one_plant["ellison_glaeser"][0]) and np.isnan(one_plant["z"][0])
    one_region = agglomeration(
        pl.DataFrame({"industry": ["a", "b", "b"], "region": ["x", "x", "x"], "employees": [5, 5, 5]})
    )
    assert one_region.industries["ellison_glaeser"].is_nan().all()
    assert one_region.location_quotient["lq"].to_list() == [1.0, 1.0]


def test_an_industry_without_employment_is_nan_and_touches_nobody() -> None:
    with_empty = pl.concat([small(), pl.DataFrame({"industry": ["9"], "region": ["A"], "employees": [0]})])
    result = agglomeration(with_empty)
    assert result.industries.filter(pl.col("industry") != "9").equals(agglomeration(small()).industries)
    row = result.industries.filter(pl.col("industry") == "9").row(0, named=True)
    assert np.isnan(row["hhi"]) and row["plants"] == 1
    assert result.location_quotient.filter(pl.col("industry") == "9")["lq"].is_nan().all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(1e-6, 1e6))
def test_unit_and_order_of_the_plants_change_nothing(seed: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    plants = pl.DataFrame(
        {
            "industry": random.integers(0, 4, 60),
            "region": random.integers(0, 5, 60),
            "employees": random.integers(1, 500, 60).astype(float),
        }
    )
    one = agglomeration(plants).industries
    other = agglomeration(
        plants.with_columns(pl.col("employees") * scale).sample(fraction=1, shuffle=True, seed=seed)
    ).industries
    assert np.nanmax(np.abs(one.drop("industry").to_numpy() - other.drop("industry").to_numpy())) < 1e-10


def test_a_negative_count_is_refused_with_its_line() -> None:
    bad = small().with_columns(
        pl.when(pl.col("employees") == 50).then(-1).otherwise(pl.col("employees")).alias("employees")
    )
    with pytest.raises(InputError) as refused:
        agglomeration(bad, table="plants.csv")
    assert "“plants.csv”, line 2, column employees" in refused.value.say("en")
    with pytest.raises(InputError, match="没有数据行"):
        agglomeration(small().clear())


def test_gini_and_herfindahl_of_simple_distributions() -> None:
    assert gini(np.array([3.0, 3.0, 3.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 9.0])) == pytest.approx(2 / 3)
    assert np.isnan(gini(np.zeros(3)))
    assert effective_number(0.25) == 4
    assert normalised_herfindahl(0.25, parts=4) == pytest.approx(0.0)
    assert np.isnan(normalised_herfindahl(1.0, parts=1))


def test_what_is_nan_is_said_with_its_reason() -> None:
    plants = pl.DataFrame(
        {"industry": ["a", "a", "b", "c"], "region": ["N", "S", "N", "E"], "employees": [3, 4, 5, 0]}
    )
    said = " ".join(warning.en for warning in agglomeration(plants).warnings)
    assert "In 1 industries one plant" in said and "1 industries and 1 regions have 0" in said
    alone = agglomeration(plants.filter(pl.col("region") == "N"))
    assert any("one region" in warning.en for warning in alone.warnings)

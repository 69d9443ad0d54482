"""Location quotients with intervals: exact, honest about few firms, and never without the quotient in them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from lianzhang.metrics import InputError, agglomeration, location_quotient_interval, share_interval


def firms(seed: int = 0, count: int = 120) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "industry": random.choice(["轴承", "电缆", "农机"], count, p=[0.7, 0.2, 0.1]),
            "region": random.choice(["001", "1", "临清"], count),
        }
    )


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0.0, 0.3084971), (10, 10, 0.6915029, 1.0), (3, 10, 0.0667395, 0.6524529), (1, 1, 0.025, 1.0)],
)
def test_shares_have_the_interval_of_the_published_tables(
    count: int, total: int, low: float, high: float
) -> None:
    assert np.array(share_interval(count, total)) == pytest.approx([low, high], abs=1e-6)


def test_an_interval_holds_the_true_share_at_least_as_often_as_it_says() -> None:
    share, total = 0.13, 25
    drawn = np.random.default_rng(3).binomial(total, share, 20_000).astype(float)
    low, high = share_interval(drawn, np.full(len(drawn), float(total)), confidence=0.9)
    assert ((low <= share) & (share <= high)).mean() >= 0.9


def test_the_quotient_is_that_of_agglomeration_with_one_employee_a_firm_and_lies_in_its_interval() -> None:
    table = location_quotient_interval(firms())
    assert table.columns == ["industry", "region", "firms", "lq", "lq_low", "lq_high"]
    plain = agglomeration(firms().with_columns(employees=pl.lit(1))).location_quotient
    assert table.select("industry", "region").equals(plain.select("industry", "region"))
    assert table["lq"].to_numpy() == pytest.approx(plain["lq"].to_numpy(), abs=1e-12)
    assert ((table["lq_low"] <= table["lq"]) & (table["lq"] <= table["lq_high"])).all()


def test_more_firms_of_the_same_shares_leave_less_open() -> None:
    few, many = (location_quotient_interval(pl.concat([firms()] * times)) for times in (1, 9))
    assert few["lq"].to_numpy() == pytest.approx(many["lq"].to_numpy())
    assert (few["lq_high"] - few["lq_low"] > many["lq_high"] - many["lq_low"]).all()


def test_a_pair_without_firms_has_a_quotient_of_nought_that_could_be_more() -> None:
    table = location_quotient_interval(
        pl.DataFrame({"industry": ["a", "a", "b"], "region": ["r", "r", "s"]})
    ).filter(pl.col("firms") == 0)
    assert table["lq"].to_list() == [0.0, 0.0] == table["lq_low"].to_list()
    assert (table["lq_high"] > 1).all()


def test_one_region_is_as_the_whole() -> None:
    table = location_quotient_interval(pl.DataFrame({"industry": ["a", "b"], "region": ["r", "r"]}))
    assert table["lq"].to_list() == [1.0, 1.0]


@pytest.mark.parametrize("confidence", [0.0, 1.0, -1.0, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(InputError):
        location_quotient_interval(firms(), confidence=confidence)


def test_missing_columns_and_empty_cells_are_refused() -> None:
    with pytest.raises(InputError):
        location_quotient_interval(pl.DataFrame({"industry": ["a"]}))
    with pytest.raises(InputError):
        location_quotient_interval(pl.DataFrame({"industry": ["a", None], "region": ["r", "r"]}))

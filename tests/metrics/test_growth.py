"""Shift–share: the parts add up, and a hand-worked table."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.metrics import InputError, shift_share, shift_share_of_regions


def table() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": ["临清", "临清", "冠县", "冠县"],
            "industry": ["轴承", "电缆", "轴承", "电缆"],
            "before": [100, 100, 200, 0],
            "after": [150, 90, 210, 30],
        }
    )


def test_a_small_table_worked_by_hand() -> None:
    # The whole grows from 400 to 480 by a fifth; bearings from 300 to 360 by a fifth; cables from 100 to 120.
    rows = {(row["region"], row["industry"]): row for row in shift_share(table()).iter_rows(named=True)}
    bearings = rows["临清", "轴承"]
    assert bearings["national"] == pytest.approx(20)
    assert bearings["industry_mix"] == pytest.approx(0, abs=1e-12)
    assert bearings["competitive"] == pytest.approx(30)
    assert rows["冠县", "电缆"]["competitive"] == pytest.approx(30)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_parts_add_up_to_the_growth(seed: int) -> None:
    random = np.random.default_rng(seed)
    values = pl.DataFrame(
        {
            "region": random.integers(0, 4, 30),
            "industry": random.integers(0, 5, 30),
            "before": random.integers(0, 3, 30) * random.random(30),
            "after": random.random(30),
        }
    )
    parts = shift_share(values)
    total = parts["national"] + parts["industry_mix"] + parts["competitive"]
    assert np.abs((total - parts["growth"]).to_numpy()).max() < 1e-12
    assert shift_share_of_regions(values)["growth"].sum() == pytest.approx(
        values["after"].sum() - values["before"].sum()
    )


def test_a_value_that_is_missing_is_refused() -> None:
    with pytest.raises(InputError, match="第 3 行 after 列"):
        shift_share(table().with_columns(after=pl.Series([1, None, 2, 3])))

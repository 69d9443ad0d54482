"""Size structure: unknown is no class, and every class has its row."""

from __future__ import annotations

import math

import polars as pl
import pytest

from lianzhang.metrics import leading_firms, size_structure


def firms() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": ["临清"] * 4 + ["冠县"],
            "size_class": ["large", "small", "small", None, "micro"],
            "value": [60.0, 20.0, 10.0, 10.0, 0.0],
        }
    )


def test_every_class_has_a_row_and_unknown_stands_apart() -> None:
    table = size_structure(firms())
    here = table.filter(pl.col("region") == "临清")
    assert here["size_class"].to_list() == ["large", "medium", "small", "micro", "unknown"]
    assert here["firms"].to_list() == [1, 0, 2, 0, 1]
    assert here["value_share"].to_list() == pytest.approx([0.6, 0, 0.3, 0, 0.1])
    assert here["firm_share"].sum() == pytest.approx(1)
    assert all(math.isnan(share) for share in table.filter(pl.col("region") == "冠县")["value_share"])


def test_the_largest_firms_and_their_share() -> None:
    row = leading_firms(firms()).row(0, named=True)
    assert (row["region"], row["firms"], row["median"]) == ("临清", 4, 15.0)
    assert (row["top_1"], row["top_4"], row["top_10"]) == pytest.approx((0.6, 1.0, 1.0))
    assert leading_firms(firms().head(3))["median"].to_list() == [20.0]

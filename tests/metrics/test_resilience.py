"""Concentration, single points and substitutes."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from lianzhang.metrics import (
    InputError,
    SupplyNetwork,
    single_points,
    substitutes,
    supplier_concentration,
)


def network() -> SupplyNetwork:
    """Two makers of bearings (b1, b2), one of castings (c1), and buyers of both."""
    firms = pl.DataFrame(
        {
            "firm": ["b1", "b2", "c1", "m1", "m2"],
            "sector": ["bearing", "bearing", "casting", "motor", "motor"],
            "county": ["371581", "370100", "371525", "371581", None],
        }
    )
    links = pl.DataFrame(
        {
            "supplier": ["b1", "b2", "c1", "b2", "c1"],
            "buyer": ["m1", "m1", "m1", "m2", "m2"],
            "weight": [60.0, 20.0, 10.0, 50.0, 5.0],
        }
    )
    essential = pl.DataFrame(
        {
            "supplier_sector": ["bearing", "casting"],
            "buyer_sector": ["motor", "motor"],
            "level": [2, 1],
        }
    )
    return SupplyNetwork.from_tables(firms=firms, links=links, essential=essential)


def test_concentration_tells_the_share_of_the_largest_and_of_the_local() -> None:
    table = supplier_concentration(network(), region="county")
    row = table.filter(pl.col("buyer") == "m1", pl.col("sector") == "bearing").row(0, named=True)
    assert (row["amount"], row["suppliers"], row["top_supplier"], row["level"]) == (80.0, 2, "b1", 2)
    assert row["hhi"] == pytest.approx(0.75**2 + 0.25**2)
    assert row["top_share"] == pytest.approx(0.75) and row["local_share"] == pytest.approx(0.75)
    unknown = table.filter(pl.col("buyer") == "m2", pl.col("sector") == "bearing")
    assert unknown["local_share"].to_list() == [None]
    assert "local_share" not in supplier_concentration(network()).columns


def test_a_single_point_is_the_only_source_of_an_essential_product() -> None:
    table = single_points(network(), weight=np.array([0, 0, 0, 1.0, 3.0]))
    assert table.rows() == [("b2", "bearing", 1, 0.75, 50.0)]


def test_substitutes_are_ordered_from_near_to_far() -> None:
    assert substitutes(network(), "b1", region="county").rows() == [("b2", "province", 70.0, 2)]
    assert substitutes(network(), "m1", region="county")["scope"].to_list() == ["unknown"]
    assert substitutes(network(), "c1").is_empty()
    with pytest.raises(InputError):
        substitutes(network(), "nobody")

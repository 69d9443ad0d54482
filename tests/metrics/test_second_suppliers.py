"""The second supplier that helps most: right by brute force, the nearest tried first, clear where it cannot be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from lianzhang.metrics import InputError, SupplyNetwork, second_suppliers, systemic_risk
from lianzhang.metrics.second_suppliers import MOVED, with_link
from tests.metrics.test_resilience import network


def random_network(seed: int, firms: int = 24) -> SupplyNetwork:
    """Four sectors, few links, so that many purchases hang on one supplier and not every failure reaches all."""
    random = np.random.default_rng(seed)
    ids = [f"f{at}" for at in range(firms)]
    sector = random.integers(0, 4, firms)
    count = firms + 8
    links = pl.DataFrame(
        {
            "supplier": [ids[at] for at in random.integers(0, firms, count)],
            "buyer": [ids[at] for at in random.integers(0, firms, count)],
            "weight": random.lognormal(2, 1, count),
        }
    )
    levels = [(str(a), str(b), int(random.integers(0, 3))) for a in range(4) for b in range(4)]
    return SupplyNetwork.from_tables(
        firms=pl.DataFrame(
            {
                "firm": ids,
                "sector": sector.astype(str),
                "county": [f"37{at % 3:02d}{at % 5:02d}" for at in range(firms)],
            }
        ),
        links=links,
        essential=pl.DataFrame(levels, schema=["supplier_sector", "buyer_sector", "level"], orient="row"),
    )


def index_of_all(some: SupplyNetwork, yardstick: SupplyNetwork) -> np.ndarray:
    activity = np.maximum(yardstick.output, yardstick.input)
    return systemic_risk(some, weights={"activity": activity}).table["esri"].to_numpy()


@pytest.mark.parametrize("seed", range(12))
def test_relief_is_what_computing_every_failure_again_says(seed: int) -> None:
    some = random_network(seed)
    chance = np.random.default_rng(seed).uniform(0, 0.1, len(some.firms))
    table = second_suppliers(some, region="county", probability=chance)
    before = index_of_all(some, some)
    for row in table.iter_rows(named=True):
        buyer, supplier, second = (
            int(some.firms.index_of(row[name]) or 0) for name in ("buyer", "supplier", "second")
        )
        changed = with_link(
            some, supplier=second, buyer=buyer, instead_of=supplier, amount=row["amount"] * MOVED
        )
        after = index_of_all(changed, some)
        assert row["relief"] == pytest.approx(float(chance @ (before - after)), abs=1e-12)
        assert row["esri_before"] == pytest.approx(before[supplier])
        assert row["esri_after"] == pytest.approx(after[supplier])
        assert row["growth"] == pytest.approx(row["amount"] * MOVED / some.output[second])
    assert table["relief"].is_sorted(descending=True)


def test_the_one_who_sells_the_like_already_is_named_with_the_risk_that_falls() -> None:
    table = second_suppliers(network())
    assert table.select("supplier", "buyer", "second", "scope").rows() == [("b2", "m2", "b1", "unknown")]
    row = table.row(0, named=True)
    assert row["esri_after"] < row["esri_before"] and row["growth"] == pytest.approx(25 / 60)
    assert second_suppliers(network(), buyer="m1").is_empty()
    assert second_suppliers(network(), region="county")["scope"].to_list() == ["province"]


def test_the_nearest_are_tried_before_larger_ones_far_away() -> None:
    firms = pl.DataFrame(
        {
            "firm": ["s", "near", "far", "b", "c"],
            "sector": ["ball", "ball", "ball", "bearing", "bearing"],
            "county": ["371524", "371525", "440300", "371524", "371524"],
        }
    )
    links = pl.DataFrame(
        {"supplier": ["s", "near", "far"], "buyer": ["b", "c", "c"], "weight": [8.0, 1.0, 100.0]}
    )
    some = SupplyNetwork.from_tables(firms=firms, links=links, essential="leontief")
    assert second_suppliers(some, region="county", each=1)["second"].to_list() == ["near"]
    assert second_suppliers(some, each=1)["second"].to_list() == ["far"]


def test_progress_counts_the_trials_and_wrong_questions_are_refused() -> None:
    told: list[tuple[int, int]] = []
    second_suppliers(network(), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 1), (1, 1)]
    with pytest.raises(InputError, match="nobody"):
        second_suppliers(network(), buyer="nobody")
    for wrong in (np.ones(2), np.full(5, -1.0), np.full(5, np.nan)):
        with pytest.raises(InputError):
            second_suppliers(network(), probability=wrong)
        with pytest.raises(InputError):
            second_suppliers(network(), weight=wrong)

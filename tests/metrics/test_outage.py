"""What if a supplier stops: equal to plain loops over days and links, and never kinder for a longer stop."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lianzhang.metrics import InputError, SupplyNetwork, coverage, firms_hit, simulate_outage, time_to_survive
from lianzhang.metrics.outage import daily_losses
from tests.metrics.networks import network_of, plain
from tests.metrics.plain_systemic_risk import Plain

Floats = NDArray[np.float64]


def by_loops(
    network: Plain, shock: Floats, days: int, cover: Floats, recovery: Floats, horizon: int
) -> Floats:
    """The rules of the simulation, one firm, one product and one day at a time."""
    shares = network.downstream()
    count = len(shock)
    losses = np.zeros((horizon, count))
    used: dict[tuple[int, int], float] = {}
    for day in range(horizon):
        for firm in range(count):
            loss = shock[firm] if day < days else 0.0
            if day and recovery[firm] > 0:
                loss = max(loss, losses[day - 1, firm] - 1 / recovery[firm])
            if day:
                missing: dict[int, float] = {}
                for supplier in range(count):
                    level = network.level[network.sector[supplier], network.sector[firm]]
                    product = int(network.sector[supplier]) if level == 2 else -1
                    if shares[supplier, firm] > 0:
                        missing.setdefault(product, 0.0)
                        missing[product] += shares[supplier, firm] * losses[day - 1, supplier]
                for product, amount in missing.items():
                    amount = min(1.0, amount)
                    so_far = used.get((firm, product), 0.0)
                    rest = max(0.0, cover[firm] - so_far)
                    loss = max(loss, amount - min(amount, rest))
                    used[firm, product] = so_far + amount
            losses[day, firm] = min(1.0, max(0.0, loss))
    return losses


def test_it_equals_plain_loops_on_a_thousand_random_networks() -> None:
    for seed in range(1000):
        random = np.random.default_rng(seed)
        network = plain(seed, firms=6, sectors=3, links=2)
        cover, recovery = random.choice([0.0, 0.5, 2.0, 3.7], 6), random.choice([0.0, 1.0, 4.0], 6)
        shock = np.zeros(6)
        shock[random.integers(6)] = random.choice([0.4, 1.0])
        days = int(random.integers(0, 9))
        got = daily_losses(network_of(network), shock, days=days, cover=cover, recovery=recovery, horizon=16)
        assert np.abs(got - by_loops(network, shock, days, cover, recovery, 16)).max() < 1e-9, seed


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(0, 60),
    st.integers(0, 60),
    st.floats(0, 20),
    st.floats(0, 20),
    st.floats(0, 30),
)
def test_a_longer_stop_or_a_smaller_stock_never_hurts_fewer(
    seed: int, days: int, more: int, cover: float, extra: float, recovery: float
) -> None:
    network = network_of(plain(seed))
    shorter = simulate_outage(network, {"0": 1.0}, days=days, cover=cover + extra, recovery=recovery)
    longer = simulate_outage(network, {"0": 1.0}, days=days + more, cover=cover, recovery=recovery)
    assert set(shorter.firms["firm"]) <= set(longer.firms["firm"])
    for day in (0, 7, 30, 90):
        assert shorter.hit_by(day) <= longer.hit_by(day)


def chain_of_three() -> SupplyNetwork:
    firms = pl.DataFrame({"firm": ["cast", "motor", "truck"], "sector": ["a", "b", "c"]})
    links = pl.DataFrame({"supplier": ["cast", "motor"], "buyer": ["motor", "truck"], "weight": [5.0, 9.0]})
    return SupplyNetwork.from_tables(firms=firms, links=links, essential="leontief")


def test_a_stop_travels_down_the_chain_as_stocks_run_out() -> None:
    result = simulate_outage(chain_of_three(), {"cast": 1.0}, days=30, cover=10)
    assert result.firms.rows() == [("cast", 0, 30, 1.0), ("motor", 11, 20, 1.0), ("truck", 22, 10, 1.0)]
    assert [result.hit_by(day) for day in (7, 14, 30)] == [1, 2, 3]
    assert simulate_outage(chain_of_three(), {"cast": 1.0}, days=10, cover=10).firms["firm"].to_list() == [
        "cast"
    ]


def test_a_slow_recovery_stretches_the_loss() -> None:
    result = simulate_outage(chain_of_three(), {"cast": 1.0}, days=2, recovery=5)
    assert result.firms["days"].to_list()[0] == 6


def test_the_assumptions_are_always_told() -> None:
    told = simulate_outage(chain_of_three(), {"cast": 1.0}, days=1, cover=3).assumptions
    assert any("3 天" in text.zh for text in told)
    assert all(text.zh and text.en for text in told)


def test_below_thirty_percent_coverage_the_answer_is_a_range() -> None:
    whole = network_of(plain(2))
    firms, links = whole.table, pl.DataFrame({"supplier": ["0"], "buyer": ["1"], "weight": [1.0]})
    few = SupplyNetwork.from_tables(firms=firms, links=links, essential="leontief")
    answer = firms_hit(whole, few, {"0": 1.0}, days=30, coverage=0.1)
    assert answer.is_range and answer.low < answer.high
    known = firms_hit(whole, None, {"0": 1.0}, days=30, coverage=0.8)
    assert not known.is_range and known.low == known.high
    assert firms_hit(whole, None, {"0": 1.0}, days=30, coverage=None).is_range


def test_coverage_counts_only_firms_whose_purchases_are_known() -> None:
    network = chain_of_three()
    assert coverage(network, np.array([np.nan, 10.0, np.nan])) == 0.5
    assert coverage(network, np.full(3, np.nan)) is None


@pytest.mark.parametrize(
    ("lost", "cover"), [({"nobody": 1.0}, 0.0), ({"cast": 1.5}, 0.0), ({"cast": 1.0}, -1.0)]
)
def test_what_makes_no_sense_is_refused(lost: dict[str, float], cover: float) -> None:
    with pytest.raises(InputError):
        simulate_outage(chain_of_three(), lost, days=1, cover=cover)


@pytest.mark.parametrize("seed", range(40))
def test_every_loss_has_a_way_back_to_a_source_along_links_that_lost_before(seed: int) -> None:
    random = np.random.default_rng(seed)
    network = network_of(plain(seed, firms=15))
    sources = {str(firm): 1.0 for firm in random.choice(15, 2, replace=False)}
    result = simulate_outage(network, sources, days=40, cover=float(random.integers(0, 9)), recovery=3.0)
    links = set(zip(network.supplier.tolist(), network.buyer.tolist(), strict=True))
    first = dict(result.firms.select("firm", "first_day").iter_rows())
    for firm in first:
        way = result.path(firm)
        assert way[0] in sources and way[-1] == firm and len(set(way)) == len(way)
        assert all((int(a), int(b)) in links for a, b in pairwise(way))
        assert firm in sources or len(way) > 1


def test_the_heaviest_supplier_is_named_as_the_cause() -> None:
    network = SupplyNetwork.from_tables(
        firms=pl.DataFrame({"firm": ["a", "b", "c"], "sector": ["x", "x", "y"]}),
        links=pl.DataFrame({"supplier": ["a", "b"], "buyer": ["c", "c"], "weight": [1.0, 3.0]}),
        essential="leontief",
    )
    result = simulate_outage(network, {"a": 1.0, "b": 1.0}, days=5)
    assert result.path("c") == ["b", "c"] and result.causes["share"].to_list() == [0.75]


def test_firms_survive_as_long_as_their_stock_lasts() -> None:
    network = SupplyNetwork.from_tables(
        firms=pl.DataFrame({"firm": ["a", "b"], "sector": ["x", "y"]}),
        links=pl.DataFrame({"supplier": ["a"], "buyer": ["b"], "weight": [1.0]}),
        essential="leontief",
    )
    assert time_to_survive(network, {"a": 1.0}, cover=7) == 8
    assert time_to_survive(network, {"a": 0.5}, cover=7) == 15
    assert time_to_survive(network, {"b": 1.0}, cover=7) is None


@pytest.mark.parametrize("seed", range(20))
def test_the_days_survived_are_the_first_day_of_a_stop_that_never_ends(seed: int) -> None:
    network = network_of(plain(seed, firms=15))
    source = str(seed % 15)
    endless = simulate_outage(network, {source: 1.0}, days=365, cover=5.0)
    others = endless.firms.filter(pl.col("firm") != source)
    first = None if others.is_empty() else others["first_day"][0]
    assert time_to_survive(network, {source: 1.0}, cover=5.0) == first

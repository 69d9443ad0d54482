"""Links that nobody reported: known answers, totals on average, and nothing known is overwritten."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from lianzhang.metrics import (
    InputError,
    Reconstruction,
    balanced_flows,
    ensemble_risk,
    proportional_fit,
    reconstruct,
)
from tests.metrics import cases


@cases.needs_cases
def test_the_known_answers_of_sizes_alone_are_reproduced() -> None:
    answer = cases.expected("recon_small")
    fitness = answer["fitness"]
    model = reconstruct(firms=cases.table("recon_small_firms.csv"), io=None, links=answer["links"])
    assert model.z * model.rate[0, 0] == pytest.approx(fitness["z"], rel=1e-9)
    customers, suppliers = model.expected_degrees()
    assert customers == pytest.approx(np.array(fitness["expected_out_degree"]), rel=1e-8)
    assert suppliers == pytest.approx(np.array(fitness["expected_in_degree"]), rel=1e-8)
    for supplier, buyer, probability, weight in fitness["weight_if_linked_samples"]:
        flow = model.expected_flow(np.array([supplier]), np.array([buyer]))[0]
        odds = model.z * flow
        assert odds / (1 + odds) == pytest.approx(probability, rel=1e-9)
        assert flow * (1 + odds) / odds == pytest.approx(weight, rel=1e-9)


@cases.needs_cases
def test_the_known_flows_without_and_with_sectors_are_reproduced() -> None:
    answer = cases.expected("recon_small")
    firms = cases.table("recon_small_firms.csv")
    sales, purchases = (firms[name].cast(pl.Float64).to_numpy() for name in ("out_strength", "in_strength"))
    selling, buying = balanced_flows(sales, purchases)
    for supplier, buyer, flow in answer["ipf_zero_diag"]["samples"]:
        if supplier != buyer:
            assert selling[supplier] * buying[buyer] == pytest.approx(flow, rel=1e-9)
    model = reconstruct(firms=firms, io=cases.table("recon_small_io.csv"), links=answer["links"])
    for supplier, buyer, flow in answer["io_gravity_selfloops"]["samples"]:
        assert model.expected_flow(np.array([supplier]), np.array([buyer]))[0] == pytest.approx(
            flow, rel=1e-8
        )


def tables(count: int = 80, seed: int = 0) -> tuple[pl.DataFrame, pl.DataFrame]:
    random = np.random.default_rng(seed)
    sales = random.pareto(1.5, count) + 0.1
    sector = random.integers(0, 3, count)
    firms = pl.DataFrame(
        {
            "firm": [f"f{at}" for at in range(count)],
            "sector": sector,
            "out_strength": sales,
            "in_strength": random.permutation(sales),
        }
    )
    row, column = np.indices((3, 3))
    flow = np.array([[5.0, 1, 2], [0, 3, 1], [2, 2, 2]])
    return firms, pl.DataFrame(
        {"supplier_sector": row.ravel(), "buyer_sector": column.ravel(), "flow": flow.ravel()}
    )


def model_of(links: float = 300) -> Reconstruction:
    firms, io = tables()
    return reconstruct(firms=firms, io=io, links=links)


def test_draws_have_the_links_and_the_flow_asked_for_on_average_and_no_pair_twice() -> None:
    model = model_of()
    draws = list(model.ensemble(150, seed=3))
    assert np.mean([len(draw) for draw in draws]) == pytest.approx(300, rel=0.02)
    own = model.expected_flow(np.arange(80), np.arange(80)).sum()
    assert np.mean([draw["weight"].sum() for draw in draws]) == pytest.approx(
        model.sales.sum() - own, rel=0.02
    )
    for draw in draws[:10]:
        assert not draw.select("supplier", "buyer").is_duplicated().any()
        assert (draw["supplier"] != draw["buyer"]).all()
        assert draw["estimated"].all()


def test_each_pair_is_linked_as_often_as_its_probability_says() -> None:
    model = model_of()
    seen = pl.concat([draw.select("supplier", "buyer") for draw in model.ensemble(400)])
    counts = dict(zip(*seen.group_by("supplier").len().get_columns(), strict=True))
    customers, _ = model.expected_degrees()
    for at, firm in enumerate(model.firms):
        assert counts.get(firm, 0) / 400 == pytest.approx(customers[at], abs=0.1 + 0.12 * customers[at])


def test_sectors_that_do_not_trade_are_never_linked() -> None:
    model = model_of()
    sector = dict(zip(model.firms, model.sector.tolist(), strict=True))
    for draw in model.ensemble(20):
        pairs = {(sector[a], sector[b]) for a, b in draw.select("supplier", "buyer").iter_rows()}
        assert (1, 0) not in pairs


def test_the_same_seed_draws_the_same_network_on_any_number_of_threads() -> None:
    model = model_of()
    assert model.draw(seed=5, threads=1).equals(model.draw(seed=5, threads=4))
    assert not model.draw(seed=5).equals(model.draw(seed=6))


def test_known_links_stay_and_are_not_marked_as_estimated() -> None:
    firms, io = tables()
    known = pl.DataFrame({"supplier": ["f0", "f0"], "buyer": ["f1", "f1"], "weight": [0.02, 0.01]})
    model = reconstruct(firms=firms, io=io, links=300, known=known)
    draw = model.draw()
    kept = draw.filter(~pl.col("estimated"))
    assert kept.select("supplier", "buyer").rows() == [("f0", "f1")]
    assert kept["weight"][0] == pytest.approx(0.03)
    assert not draw.select("supplier", "buyer").is_duplicated().any()
    assert model.coverage == pytest.approx(0.03 / firms["out_strength"].sum())


def test_large_networks_are_calibrated_on_groups_of_like_firms() -> None:
    random = np.random.default_rng(1)
    count = 12_000
    sales = random.pareto(1.5, count) + 0.1
    firms = pl.DataFrame(
        {"firm": np.arange(count), "sector": random.integers(0, 3, count), "out_strength": sales}
    ).with_columns(in_strength=pl.col("out_strength").shuffle(seed=1))
    model = reconstruct(firms=firms, io=tables()[1], links=60_000)
    assert len(model.draw()) == pytest.approx(60_000, rel=0.02)
    assert model.expected_degrees()[0].sum() == pytest.approx(60_000, rel=0.01)


def test_risk_over_an_ensemble_is_an_interval() -> None:
    firms, io = tables(40)
    model = reconstruct(firms=firms, io=io, links=120)
    row, column = np.indices((3, 3))
    levels = pl.DataFrame({"supplier_sector": row.ravel(), "buyer_sector": column.ravel(), "level": [2] * 9})
    table = ensemble_risk(model.ensemble(8), firms=firms, essential=levels)
    assert table.columns == ["firm", "esri_low", "esri_median", "esri_high"]
    assert (table["esri_low"] <= table["esri_median"]).all()
    assert (table["esri_low"] < table["esri_high"]).any()


def test_scaling_to_totals_meets_them_or_says_so() -> None:
    fitted, met = proportional_fit(np.array([[1.0, 2], [3, 4]]), np.array([5.0, 5]), np.array([4.0, 6]))
    assert met and fitted.sum(axis=1) == pytest.approx([5, 5]) and fitted.sum(axis=0) == pytest.approx([4, 6])
    assert not proportional_fit(
        np.array([[1.0, 0], [0, 1]]), np.array([3.0, 1]), np.array([1.0, 3]), rounds=50
    )[1]


def test_what_cannot_be_is_refused() -> None:
    firms, io = tables()
    with pytest.raises(InputError, match="应相等"):
        reconstruct(firms=firms.with_columns(pl.col("out_strength") * 2), io=io, links=300)
    with pytest.raises(InputError, match="--links"):
        reconstruct(firms=firms, io=io, links=10_000)
    with pytest.raises(InputError, match="超过"):
        known = pl.DataFrame({"supplier": ["f0"], "buyer": ["f1"], "weight": [1e6]})
        reconstruct(firms=firms, io=io, links=300, known=known)
    with pytest.raises(InputError):
        balanced_flows(np.array([9.0, 1.0]), np.array([9.0, 1.0]))

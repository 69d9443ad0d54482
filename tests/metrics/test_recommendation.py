"""One field for each county: every part is told, no field goes to too many, and the past tells how right it is."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from lianzhang.metrics import Complexity, backtest, complexity, recommend_fields


def measured(seed: int = 0, regions: int = 5, fields: int = 9) -> Complexity:
    random = np.random.default_rng(seed)
    amount = random.lognormal(0, 1, (regions, fields)) * (random.random((regions, fields)) < 0.7) + 0.01
    row, column = np.indices(amount.shape)
    return complexity(pl.DataFrame({"region": row.ravel(), "field": column.ravel(), "value": amount.ravel()}))


def test_the_choice_has_the_largest_sum_that_shares_no_field() -> None:
    result = recommend_fields(measured())
    score = {(row["region"], row["field"]): row["score"] for row in result.scores.iter_rows(named=True)}
    regions = result.chosen["region"].to_list()
    best = max(
        sum(score[pair] for pair in zip(regions, fields, strict=True))
        for fields in itertools.permutations([str(at) for at in range(9)], len(regions))
        if all(pair in score for pair in zip(regions, fields, strict=True))
    )
    assert result.chosen["score"].sum() == pytest.approx(best)
    assert result.chosen["field"].n_unique() == len(regions)


def test_only_fields_that_are_not_there_yet_are_recommended_with_their_reasons() -> None:
    source = measured(3)
    policy = pl.DataFrame({"region": ["0"], "field": ["1"], "basis": ["新20条第3条"]})
    result = recommend_fields(source, policy=policy)
    for row in result.scores.iter_rows(named=True):
        assert not source.present[int(row["region"]), int(row["field"])]
        parts = 0.4 * row["density"] + 0.2 * (row["complexity"] + row["demand"] + row["resilience"])
        assert row["score"] == pytest.approx(parts)
    assert {"runner_up", "gap", "policy"} <= set(result.chosen.columns)


def test_local_demand_and_resilience_can_turn_the_choice() -> None:
    source = measured(1)
    plain = recommend_fields(source).scores.filter(pl.col("region") == "2").sort("score")
    last = plain["field"][0]
    gain = pl.DataFrame({"region": ["2"], "field": [last], "value": [100.0]})
    pushed = recommend_fields(source, demand=gain, resilience=gain).scores
    raised = pushed.filter(pl.col("region") == "2", pl.col("field") == last)["score"][0]
    assert raised == pytest.approx(plain["score"][0] + 0.4)


def test_a_field_may_be_shared_by_as_many_as_allowed() -> None:
    source = measured(2, regions=6, fields=4)
    shared = recommend_fields(source, most=3).chosen["field"].drop_nulls()
    assert shared.value_counts()["count"].max() <= 3
    assert len(recommend_fields(source, most=1).chosen) == 6


def test_the_backtest_equals_counting_all_pairs() -> None:
    earlier, later = measured(4), measured(5)
    found = dict(backtest(earlier, later).iter_rows())
    asked = ~earlier.present
    density, came = earlier.relatedness[0][asked], later.present[asked]
    wins = [
        1.0 if a > b else 0.5 if a == b else 0.0 for a, b in itertools.product(density[came], density[~came])
    ]
    assert found["area_under_curve"] == pytest.approx(np.mean(wins))
    assert found["pairs"] == asked.sum() and found["emerged"] == came.sum()
    assert 0 <= found["precision_first"] <= 1

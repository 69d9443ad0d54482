"""Density of distances: known answers, the direct sum, and bands that mean what they say."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from lianzhang.metrics import InputError, Points, distance_density
from lianzhang.metrics.distance_density import EARTH, silverman
from tests.metrics import cases

Floats = NDArray[np.float64]


@cases.needs_cases
@pytest.mark.parametrize("weighted", [False, True])
def test_the_known_answers_are_reproduced(weighted: bool) -> None:
    answer = cases.expected("kd_small")
    points = Points.from_table(cases.table("kd_small_points.csv"), weighted=weighted)
    result = distance_density(points, farthest=30, steps=30)
    curve = np.array(answer["weighted" if weighted else "unweighted"])
    assert np.abs(result.table["density"].to_numpy() - curve).max() < 1e-6 * curve.max()
    assert result.table["r"].to_list() == answer["r"]
    assert result.bandwidth == pytest.approx(answer["bandwidth"], rel=1e-12)


def cloud(count: int = 70, seed: int = 1) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {"x": random.normal(0, 20, count), "y": random.normal(0, 5, count), "w": random.integers(1, 9, count)}
    )


def test_it_equals_the_direct_sum() -> None:
    table = cloud()
    x, w = table.select("x", "y").to_numpy(), table["w"].to_numpy().astype(float)
    a, b = np.triu_indices(len(x), 1)
    distance = np.hypot(*(x[a] - x[b]).T)
    near = distance[distance <= 50]
    low, high = np.quantile(near, [0.25, 0.75])
    h = 0.9 * min(near.std(ddof=1), (high - low) / 1.34) * len(near) ** -0.2
    points = Points.from_table(table, weighted=True)
    for threads in (1, 3):
        assert silverman(points, limit=50, threads=threads) == pytest.approx(h, rel=1e-12)
    grid = np.linspace(0, 25, 11)
    kernel = np.exp(-0.5 * ((grid[:, None] - distance) / h) ** 2) + np.exp(
        -0.5 * ((grid[:, None] + distance) / h) ** 2
    )
    direct = kernel @ (w[a] * w[b]) / (h * np.sqrt(2 * np.pi) * (w[a] * w[b]).sum())
    got = distance_density(points, farthest=25, steps=10, threads=2).table["density"].to_numpy()
    assert np.abs(got - direct).max() < 2e-7 * direct.max()


def test_a_cluster_stands_above_the_band_and_scattered_plants_within_it() -> None:
    random = np.random.default_rng(3)
    everywhere = pl.DataFrame({"x": random.random(300) * 100, "y": random.random(300) * 100})
    cluster = everywhere.sort((pl.col("x") - 50).abs() + (pl.col("y") - 50).abs()).head(40)
    sites = Points.from_table(everywhere)

    def above(points: pl.DataFrame) -> bool:
        table = distance_density(
            Points.from_table(points), farthest=40, steps=20, draws=60, sites=sites, seed=5
        ).table
        return bool((table["density"] > table["high"]).any())

    assert above(cluster)
    assert not above(everywhere.sample(40, seed=8))


def test_the_same_seed_gives_the_same_band_whatever_the_threads() -> None:
    points = Points.from_table(cloud(), weighted=True)
    one = distance_density(points, farthest=20, steps=10, draws=20, seed=4, threads=1).table
    two = distance_density(points, farthest=20, steps=10, draws=20, seed=4, threads=3).table
    assert one.equals(two)
    assert (one["low"] <= one["high"]).all()


def test_longitudes_and_latitudes_give_kilometres() -> None:
    places = pl.DataFrame({"longitude": [115.0, 116.0, 117.0, 118.0], "latitude": [0.0] * 4})
    points = Points.from_table(places)
    degree = np.pi * EARTH / 180
    distances = np.array([1, 1, 1, 2, 2, 3]) * degree
    spread = (np.quantile(distances, 0.75) - np.quantile(distances, 0.25)) / 1.34
    expected = 0.9 * min(distances.std(ddof=1), spread) * 6**-0.2
    assert silverman(points, limit=1000) == pytest.approx(expected, rel=1e-9)


def test_without_other_sites_a_cluster_stands_above_points_strewn_evenly_and_the_reader_is_told() -> None:
    random = np.random.default_rng(5)
    centre = pl.DataFrame({"x": random.normal(50, 2, 60), "y": random.normal(50, 2, 60)})
    corners = pl.DataFrame({"x": [0.0, 100.0, 0.0, 100.0], "y": [0.0, 0.0, 100.0, 100.0]})
    result = distance_density(Points.from_table(pl.concat([centre, corners])), farthest=20, steps=4, draws=60)
    assert result.table["density"][0] > result.table["high"][0]
    assert any("--sites" in warning.en for warning in result.warnings)
    even = pl.DataFrame({"x": random.uniform(0, 100, 200), "y": random.uniform(0, 100, 200)})
    scattered = distance_density(Points.from_table(even), farthest=20, steps=4, draws=60)
    assert (scattered.table["density"] <= scattered.table["high"]).all()


def test_places_in_a_row_and_on_the_globe_can_be_strewn() -> None:
    row = pl.DataFrame({"x": np.arange(30.0) ** 1.5, "y": np.zeros(30)})
    globe = pl.DataFrame({"longitude": 115 + np.arange(30) % 7 / 10, "latitude": 36 + np.arange(30) % 5 / 10})
    for points, farthest in ((row, 50.0), (globe, 60.0)):
        table = distance_density(Points.from_table(points), farthest=farthest, steps=4, draws=30).table
        assert (table["low"] <= table["high"]).all() and table["high"].is_finite().all()
        assert (table["high"] > 0).all()


@pytest.mark.parametrize(
    "points",
    [
        {"x": [1.0], "y": [1.0]},
        {"x": [1.0, 1.0, 1.0], "y": [1.0, 1.0, 1.0]},
        {"x": [0.0, 500.0, 1000.0], "y": [0.0, 0.0, 0.0]},
    ],
    ids=["one point", "one place", "all too far"],
)
def test_points_without_a_density_are_refused(points: dict[str, list[float]]) -> None:
    with pytest.raises(InputError):
        distance_density(Points.from_table(pl.DataFrame(points)), farthest=10, steps=5)


def test_a_coordinate_that_is_no_number_is_refused_with_its_line() -> None:
    with pytest.raises(InputError) as refused:
        Points.from_table(pl.DataFrame({"x": ["1", ""], "y": ["2", "3"]}), table="p.csv")
    assert "“p.csv”, line 3, column x" in refused.value.say("en")

"""Boxes of points: nothing is lost in them, and passing over far ones changes no sum."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lianzhang.metrics.distance_kernels import spread, spread_many, spread_near
from lianzhang.metrics.nearness import boxes, by_nearness


def places(count: int, *, seed: int = 1) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    return np.stack((random.random(count) * 100, random.random(count) * 60, random.normal(0, 3, count)))


@pytest.mark.parametrize("count", [1, 2, 64, 65, 700])
def test_every_point_stands_in_one_box_and_within_its_bounds(count: int) -> None:
    x = places(count)
    order = by_nearness(x)
    assert sorted(order.tolist()) == list(range(count))
    laid = boxes(x[:, order])
    assert laid.start[0] == 0 and laid.start[-1] == count
    for box in range(len(laid.start) - 1):
        inside = laid.x[:, laid.start[box] : laid.start[box + 1]]
        assert (inside >= laid.low[:, [box]]).all() and (inside <= laid.high[:, [box]]).all()


def test_coordinates_lose_digits_only_where_that_moves_nothing() -> None:
    x = places(100) + 1e6  # the distance from the origin does not matter
    assert boxes(x, blur=1e-3).x.dtype == np.float32
    assert boxes(x, blur=1e-9).x.dtype == np.float64
    for unit in (1e-30, 1e30):  # squares would leave the range of short numbers
        assert boxes(x * unit, blur=1e-3 * unit).x.dtype == np.float64


@pytest.mark.parametrize(("diameter", "blur"), [(0.0, 0.0), (0.0, 1e-4), (400.0, 0.0)])
def test_near_pairs_are_all_there_in_each_of_the_sums(diameter: float, blur: float) -> None:
    x, weight = places(500), np.random.default_rng(2).integers(1, 9, 500).astype(np.float64)
    order = by_nearness(x)
    x, weight = x[:, order], weight[order]
    first, second = np.triu_indices(500, 1)
    distance = np.sqrt(((x[:, first] - x[:, second]) ** 2).sum(axis=0))
    if diameter:
        distance = diameter * np.arcsin(distance / diameter)
    step, cells = 0.01, 2000
    near = distance < step * (cells - 2)
    pair = (weight[first] * weight[second])[near]
    laid = boxes(x, blur=blur)
    grid = np.array((1 / step, cells, 0.5), laid.x.dtype)
    nearest, many, shared = np.zeros(cells + 1), np.zeros((cells + 1, 8)), np.zeros(cells + 1)
    spread_near(laid, weight, diameter, grid, nearest)
    spread_many(laid, np.repeat(weight[:, None], 8, axis=1), diameter, grid, many)
    wanted = np.cumsum(np.bincount((distance[near] / step + 0.5).astype(int), pair, cells + 1))[: cells - 2]
    # A pair that stands on the edge of two cells may fall into either.
    assert np.abs(np.cumsum(nearest)[: cells - 2] - wanted).max() <= (0 if not blur else 0.01 * pair.sum())
    assert (many == nearest[:, None]).all()
    for part in range(3):
        spread(boxes(x), weight, diameter, part, 3, step, shared)
    at = distance[near] / step
    cell, beyond = at.astype(int), pair * (at % 1)
    wanted = np.bincount(cell, pair - beyond, cells + 1) + np.bincount(cell + 1, beyond, cells + 1)
    assert shared[: cells - 3] == pytest.approx(wanted[: cells - 3], abs=1e-6)

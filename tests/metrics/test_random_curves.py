"""Random curves: a band that holds nearly all of them, and a fast sum that tells what the definition tells."""

from __future__ import annotations

import numpy as np
import pytest

from lianzhang.metrics.random_curves import Watch, global_band, pairs, random_curves

ALONE = Watch(1, None, None)


def test_at_most_a_twentieth_of_the_random_curves_leaves_the_band() -> None:
    curves = np.random.default_rng(0).random((1000, 3)).cumsum(axis=1)
    low, high = global_band(curves)
    outside = ((curves < low) | (curves > high)).any(axis=1).mean()
    assert 0 < outside <= 0.05


def test_a_draw_of_all_sites_is_the_density_of_the_points_themselves() -> None:
    random = np.random.default_rng(3)
    x = np.stack((random.random(300) * 50, random.random(300) * 50, np.zeros(300)))
    weight = np.ones(300)
    grid, bandwidth = np.linspace(0.0, 20.0, 9), 1.5
    drawn = random_curves(x, weight, 0.0, x, grid, bandwidth, 2, 0, ALONE)
    first, second = np.triu_indices(300, 1)
    distance = np.hypot(*(x[:2, first] - x[:2, second]))[:, None]
    bells = sum(np.exp(-0.5 * ((grid + sign * distance) / bandwidth) ** 2) for sign in (-1, 1))
    density = bells.sum(axis=0) / (bandwidth * np.sqrt(2 * np.pi) * pairs(weight))
    assert np.abs(drawn / density - 1).max() < 1e-4


@pytest.mark.parametrize("unit", [1e-25, 1e-3, 1e25])
def test_bands_do_not_depend_on_the_unit_of_distance(unit: float) -> None:
    random = np.random.default_rng(4)
    x = np.stack((random.random(200), random.random(200), np.zeros(200)))
    weight = random.integers(1, 9, 200).astype(np.float64)
    grid = np.linspace(0.0, 0.5, 6)
    plain = random_curves(x, weight, 0.0, None, grid, 0.02, 9, 0, ALONE)
    other = random_curves(x * unit, weight, 0.0, None, grid * unit, 0.02 * unit, 9, 0, ALONE)
    assert other * unit == pytest.approx(plain, rel=1e-4)


def test_a_cancelled_run_ends_between_two_draws() -> None:
    x, weight = np.random.default_rng(1).random((3, 50)), np.arange(50.0)
    watch = Watch(1, None, lambda: True)
    with pytest.raises(KeyboardInterrupt):
        random_curves(x, weight, 0.0, None, np.linspace(0, 1, 5), 0.001, 40_000, 0, watch)

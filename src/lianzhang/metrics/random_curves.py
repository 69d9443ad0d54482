"""Distance densities of random places, and the band that holds nearly all of their curves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from lianzhang.metrics.arrays import Floats
from lianzhang.metrics.nearness import Boxes, boxes, by_nearness
from lianzhang.metrics.random_places import strewer

Progress = Callable[[int, int], None]
#: The kernel beyond this many bandwidths is below the last digit.
REACH = 9.0
#: Grid points per bandwidth: for a random curve an error of about 1e-5 of its height.
COARSE = 100
#: Rounding of coordinates may move a point by this share of a grid step.
BLUR = 0.1
#: Share of random curves that may leave the band anywhere.
OUTSIDE = 0.05


@dataclass(frozen=True, slots=True)
class Watch:
    """How many threads work, who hears of the progress, and who may end it."""

    threads: int
    progress: Progress | None
    cancelled: Callable[[], bool] | None


def alike(weight: Floats) -> bool:
    """Whether all points weigh the same, so that shuffling the weights changes nothing."""
    return bool(np.ptp(weight) == 0)


def pairs(weight: Floats) -> float:
    """Sum over pairs of the product of their weights."""
    return float((weight.sum() ** 2 - (weight**2).sum()) / 2.0)


def global_band(curves: Floats) -> tuple[Floats, Floats]:
    """Lower and upper band that at most 5 % of the curves (draw, place) leave anywhere."""
    draws = len(curves)
    ordered = np.sort(curves, axis=0)
    below = np.stack(
        [np.searchsorted(ordered[:, at], curves[:, at], side="left") for at in range(curves.shape[1])]
    )
    above = np.stack(
        [
            draws - np.searchsorted(ordered[:, at], curves[:, at], side="right")
            for at in range(curves.shape[1])
        ]
    )
    depth = np.sort(np.minimum(below, above).min(axis=0))
    level = int(depth[min(draws - 1, int(OUTSIDE * draws))])
    return ordered[level], ordered[draws - 1 - level]


def random_curves(
    x: Floats,
    weight: Floats,
    diameter: float,
    sites: Floats | None,
    grid: Floats,
    bandwidth: float,
    draws: int,
    seed: int,
    watch: Watch,
) -> Floats:
    """(draw, place of the grid): densities of random places; each draw has a seed of its own.

    `x`: the points (three axes, point), on a sphere if it has a `diameter`; `sites`: where else they could
    stand. Without sites points of one weight are strewn evenly, others exchange their weights.
    """
    scatter = strewer(x, radius=diameter / 2.0) if sites is None and alike(weight) else None
    histogram = _Histogram(diameter, grid, bandwidth)
    curves = np.empty((draws, len(grid)))
    whole = pairs(weight)

    def redraw(draw: int) -> None:
        random = np.random.default_rng((seed, draw))
        if scatter is not None:
            places = scatter(random)
        else:
            assert sites is not None
            places = sites[:, random.choice(sites.shape[1], len(weight), replace=False)]
        order = by_nearness(places)
        mass = histogram.of(histogram.laid(places[:, order]), random.permutation(weight)[order])
        curves[draw] = histogram.density(mass) / whole

    if scatter is None and sites is None:
        from lianzhang.metrics.distance_kernels import WIDTH

        order = by_nearness(x)
        laid = histogram.laid(x[:, order])

        def relabel(first: int) -> None:
            last = min(first + WIDTH, draws)
            weights = np.zeros((len(weight), WIDTH))
            for draw in range(first, last):
                weights[:, draw - first] = np.random.default_rng((seed, draw)).permutation(weight)[order]
            curves[first:last] = histogram.density(histogram.of_many(laid, weights).T)[: last - first] / whole

        _in_parallel(relabel, range(0, draws, WIDTH), watch)
    else:
        _in_parallel(redraw, range(draws), watch)
    return curves


class _Histogram:
    """Masses of pairs by distance, on a grid fine enough for the kernel, and the densities they make."""

    def __init__(self, diameter: float, grid: Floats, bandwidth: float) -> None:
        self.diameter = diameter
        self.step = bandwidth / COARSE
        self.bins = int(np.ceil((grid[-1] + REACH * bandwidth) / self.step)) + 2
        self.kernel = _kernel(self.bins, self.step, grid, bandwidth)

    def laid(self, places: Floats) -> Boxes:
        """The places in boxes; arcs of a sphere need all their digits."""
        return boxes(places, blur=0.0 if self.diameter else BLUR * self.step)

    def of(self, laid: Boxes, weight: Floats) -> Floats:
        """The masses for one weight of each place."""
        from lianzhang.metrics.distance_kernels import spread_near

        mass = np.zeros(self.bins + 1)
        spread_near(laid, weight, self.diameter, self._scale(laid), mass)
        return mass

    def of_many(self, laid: Boxes, weights: Floats) -> Floats:
        """The masses (bin, draw) for several weights of each place."""
        from lianzhang.metrics.distance_kernels import spread_many

        mass = np.zeros((self.bins + 1, weights.shape[1]))
        spread_many(laid, weights, self.diameter, self._scale(laid), mass)
        return mass

    def density(self, mass: Floats) -> Floats:
        """What the masses, along the last axis, add up to at each place of the grid."""
        # Not by `@`, whose library starts threads of its own inside ours: they wait for each other, busily.
        density: Floats = np.einsum("...b,bp->...p", mass[..., :-1], self.kernel)
        return density

    def _scale(self, laid: Boxes) -> Floats:
        return np.array((1.0 / self.step, self.bins, 0.5), laid.x.dtype)


def _kernel(bins: int, step: float, grid: Floats, bandwidth: float) -> Floats:
    """(bin, place): what one unit of mass in a bin adds to the density at each place."""
    distance = (np.arange(bins) * step)[:, None]
    near = np.exp(-0.5 * ((grid - distance) / bandwidth) ** 2)
    mirrored = np.exp(-0.5 * ((grid + distance) / bandwidth) ** 2)
    kernel: Floats = (near + mirrored) / (bandwidth * np.sqrt(2.0 * np.pi))
    return kernel


def _in_parallel(work: Callable[[int], None], tasks: range, watch: Watch) -> None:
    """Do all tasks; tell the progress; give up between two tasks when cancelled."""
    with ThreadPoolExecutor(watch.threads) as pool:
        waiting = {pool.submit(work, task) for task in tasks}
        try:
            while True:
                done, open_ = wait(waiting, timeout=0.1)
                if watch.progress is not None:
                    watch.progress(len(done), len(tasks))
                if not open_:
                    break
                if watch.cancelled is not None and watch.cancelled():
                    raise KeyboardInterrupt
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        for future in waiting:
            future.result()

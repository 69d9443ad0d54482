"""Density of distances between plants (Duranton–Overman K 密度): do they stand nearer than chance would have it?

Source: G. Duranton and H. Overman, “Testing for localization using micro-geographic data”, Review of Economic
Studies 72 (2005) 1077. Gaussian kernel, reflected at 0; bandwidth by Silverman's rule (1986, equation 3.31)
from the distances up to twice the largest one asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, Whole
from lianzhang.metrics.inputs import LARGEST, InputError, finite, require_columns, require_rows
from lianzhang.metrics.nearness import boxes, by_nearness
from lianzhang.metrics.random_curves import (
    REACH,
    Progress,
    Watch,
    alike,
    global_band,
    pairs,
    random_curves,
)

#: Mean radius of the earth in km, IUGG.
EARTH = 6371.0088
#: Grid points per bandwidth: an error of about 1e-7 of the curve's height.
FINE = 500
SURVEY_BINS = 1 << 15
MOST_BINS = 4_000_000
#: Pairs are summed in this many parts, whatever the number of threads: so every run gives the same bits.
PARTS = 8


@dataclass(frozen=True)
class Points:
    """Places of plants: plane coordinates in any unit, or a sphere in km; `weight` for the weighted density."""

    x: Floats  # (three axes, point)
    weight: Floats
    diameter: float = 0.0

    @classmethod
    def from_table(cls, points: pl.DataFrame, *, weighted: bool = False, table: str = "points") -> Points:
        """Columns x, y (plane) or longitude, latitude (degrees; distances in km); w (≥ 0) if `weighted`."""
        spherical = {"longitude", "latitude"} <= set(points.columns) and "x" not in points.columns
        names = ("longitude", "latitude") if spherical else ("x", "y")
        require_columns(points, (*names, *(("w",) if weighted else ())), table=table)
        require_rows(points, table=table)
        most = (180.0, 90.0) if spherical else (LARGEST, LARGEST)
        first, second = (
            finite(points, name, table=table, least=-bound, most=bound)
            for name, bound in zip(names, most, strict=True)
        )
        weight = finite(points, "w", table=table, least=0.0) if weighted else np.ones(len(points))
        if not spherical:
            return cls(np.stack((first, second, np.zeros(len(first)))), weight.copy())
        across, up = np.radians(first), np.radians(second)
        sphere = (np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up))
        return cls(EARTH * np.stack(sphere), weight.copy(), 2.0 * EARTH)

    def __len__(self) -> int:
        return len(self.weight)


@dataclass(frozen=True)
class DistanceDensity:
    """`table`: r, density and, with draws, low and high of the global band. `bandwidth` in units of distance."""

    table: pl.DataFrame
    bandwidth: float
    warnings: tuple[Text, ...] = ()


def distance_density(
    points: Points,
    *,
    farthest: float,
    steps: int,
    draws: int = 0,
    sites: Points | None = None,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DistanceDensity:
    """The density at 0, farthest/steps, …, farthest: `steps` + 1 rows.

    With `draws` a global 95 % band of random curves: as many places drawn from `sites` (all plants' places)
    without replacement, weights shuffled. Without `sites` unequal weights are shuffled over the points' own
    places, and points of equal weight are strewn evenly over their convex hull. The bandwidth is that of the
    observed points throughout. Raises `InputError` for fewer than two points, no positive pair of weights, or
    distances that are all the same.
    """
    _check(points, farthest, steps, draws)
    grid = np.linspace(0.0, farthest, steps + 1)
    workers = max(1, threads or os.cpu_count() or 1)
    bandwidth = silverman(points, limit=2.0 * farthest, threads=workers)
    density = _density(points, grid, bandwidth, workers)
    columns: dict[str, Floats] = {"r": grid, "density": density}
    warnings: tuple[Text, ...] = ()
    if draws:
        drawn_from = None if sites is None else _enough(sites, points).x
        watch = Watch(workers, progress, cancelled)
        curves = random_curves(
            points.x, points.weight, points.diameter, drawn_from, grid, bandwidth, draws, seed, watch
        )
        columns["low"], columns["high"] = global_band(curves)
        if sites is None:
            warnings = (_strewn() if alike(points.weight) else _own_places(),)
    return DistanceDensity(pl.DataFrame(columns), bandwidth, warnings)


def silverman(points: Points, *, limit: float, threads: int = 1) -> float:
    """0.9 · min(standard deviation, interquartile range / 1.34) · m^(-1/5) over the m distances up to `limit`."""
    from lianzhang.metrics.distance_kernels import survey

    counts = np.zeros((PARTS, SURVEY_BINS + 1), np.int64)
    moments = np.zeros((PARTS, 3))
    with ThreadPoolExecutor(threads) as pool:
        list(
            pool.map(
                lambda at: survey(points.x, points.diameter, at, PARTS, limit, counts[at], moments[at]),
                range(PARTS),
            )
        )
    count, total, squares = (float(each) for each in moments.sum(axis=0))
    if count < 2:
        raise InputError(
            Text(
                f"距离不超过 {limit:g} 的点对不足两对，无法估计带宽。",
                f"Fewer than two pairs of points lie within {limit:g}: no bandwidth can be estimated.",
            ),
            Text(
                "请加大 --max-distance，并核对坐标单位。",
                "Raise --max-distance; check the unit of the coordinates.",
            ),
        )
    deviation = np.sqrt(max(0.0, (squares - total * total / count) / (count - 1)))
    histogram = counts.sum(axis=0)[:SURVEY_BINS]
    low, high = _quartiles(points, limit, histogram, threads)
    kinds = [value for value in (deviation, (high - low) / 1.34) if value > 0]
    if not kinds:
        raise InputError(
            Text(
                "所有点对的距离都一样，无法估计密度。",
                "All pairs are equally far apart: there is no density to estimate.",
            ),
            Text("请核对坐标。", "Check the coordinates."),
        )
    return float(0.9 * min(kinds) * count**-0.2)


def _quartiles(points: Points, limit: float, histogram: Whole, threads: int) -> tuple[float, float]:
    """First and third quartile of the distances up to `limit`, exactly (type 7 of Hyndman and Fan).

    The histogram tells in which bins they lie; only the distances in those bins are looked at again.
    """
    below = np.cumsum(histogram)
    last = int(below[-1]) - 1
    ranks = [last * part for part in (0.25, 0.75)]
    spans = np.array(
        [np.searchsorted(below, (int(rank), min(int(rank) + 1, last)), side="right") for rank in ranks]
    )
    found = _collected(points, limit, spans, int(histogram[spans[0, 0] : spans[1, 1] + 1].sum()), threads)
    cells = (found * ((SURVEY_BINS - 1) / limit)).astype(np.int64)
    result = []
    for rank, (start, end) in zip(ranks, spans.tolist(), strict=True):
        inside = found[(cells >= start) & (cells <= end)]
        at = rank - (int(below[start - 1]) if start else 0)
        part = at - int(at)
        result.append(float(inside[int(at)] * (1.0 - part) + (inside[int(at) + 1] * part if part else 0.0)))
    return result[0], result[1]


def _collected(points: Points, limit: float, spans: Whole, most: int, threads: int) -> Floats:
    """The distances in two spans of bins, in order; there are at most `most`."""
    from lianzhang.metrics.distance_kernels import collect

    def part(at: int) -> Floats:
        found = np.empty(most)
        count = collect(points.x, points.diameter, at, PARTS, limit, SURVEY_BINS, spans, found)
        return found[:count].copy()

    with ThreadPoolExecutor(threads) as pool:
        return np.sort(np.concatenate(list(pool.map(part, range(PARTS)))))


def _density(points: Points, grid: Floats, bandwidth: float, threads: int) -> Floats:
    from lianzhang.metrics.distance_kernels import spread

    step = max(bandwidth / FINE, (grid[-1] + REACH * bandwidth) / MOST_BINS)
    bins = int(np.ceil((grid[-1] + REACH * bandwidth) / step)) + 3
    mass = np.zeros((PARTS, bins))
    order = by_nearness(points.x)
    laid, weight = boxes(points.x[:, order]), points.weight[order]
    with ThreadPoolExecutor(threads) as pool:
        list(
            pool.map(
                lambda at: spread(laid, weight, points.diameter, at, PARTS, step, mass[at]),
                range(PARTS),
            )
        )
    density: Floats = _smoothed(mass.sum(axis=0)[:-2], step, grid, bandwidth) / pairs(points.weight)
    return density


def _smoothed(mass: Floats, step: float, grid: Floats, bandwidth: float) -> Floats:
    """Kernel sum of masses at 0, step, 2·step, … seen from each place of the grid, reflected at 0."""
    reach = int(REACH * bandwidth / step)
    result = np.empty(len(grid))
    for at, place in enumerate(grid):
        total = 0.0
        for centre in (place, -place):
            first = max(0, int(centre / step) - reach)
            last = min(len(mass), int(centre / step) + reach + 2)
            if first < last:
                distance = np.arange(first, last) * step
                total += mass[first:last] @ np.exp(-0.5 * ((centre - distance) / bandwidth) ** 2)
        result[at] = total
    density: Floats = result / (bandwidth * np.sqrt(2.0 * np.pi))
    return density


def _check(points: Points, farthest: float, steps: int, draws: int) -> None:
    if not 0 < farthest <= LARGEST or steps < 1 or draws < 0:
        raise InputError(
            Text(
                "最远距离应大于 0，步数至少为 1，抽样次数不小于 0。",
                "The distance is above 0, steps at least 1, draws not negative.",
            ),
        )
    if len(points) < 2 or pairs(points.weight) <= 0:
        raise InputError(
            Text("至少要有两个权重大于 0 的点。", "At least two points with a weight above 0 are needed."),
            Text("请核对点表。", "Check the table of points."),
        )


def _enough(sites: Points, points: Points) -> Points:
    if sites.diameter != points.diameter:
        raise InputError(
            Text(
                "点表与地点表一个用经纬度、一个用平面坐标，不能一起算。",
                "Of points and sites one has longitudes and latitudes, the other plane coordinates.",
            ),
            Text("请统一坐标。", "Give both in the same coordinates."),
        )
    if len(sites) < len(points):
        raise InputError(
            Text(
                f"全部企业的地点（{len(sites)} 个）少于要检验的点（{len(points)} 个）。",
                f"There are fewer sites ({len(sites)}) than points to test ({len(points)}).",
            ),
            Text("--sites 应包含所有行业的企业。", "--sites holds the plants of all industries."),
        )
    return sites


def _strewn() -> Text:
    return Text(
        "没有给出全部企业的地点（--sites）：随机曲线取在这些点的凸包内均匀撒点，只能说明比均匀分布更集中或更分散，"
        "不能排除各行业本来就集中在城区和园区。",
        "Without the places of all plants (--sites) random curves strew points evenly over the convex hull of these: "
        "they tell nearer or farther than even, not whether plants of all industries gather there.",
    )


def _own_places() -> Text:
    return Text(
        "没有给出全部企业的地点（--sites）：随机曲线把权重在这些点之间重新分配，只检验大企业是否彼此更近。",
        "Without the places of all plants (--sites) random curves shuffle the weights among these points: they test "
        "only whether the large ones stand nearer to each other.",
    )

"""Distances of all pairs of points, reduced at once to what the density needs: none is kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from lianzhang.metrics.compiled import compiled

#: Random relabellings summed together: one vector of current processors.
WIDTH = 8


@compiled
def _row(x: Any, a: int, diameter: float, row: Any) -> None:
    """Distances from point `a` to all later points: straight, or along a great circle of a sphere."""
    count = x.shape[1]
    first, second, third = x[0, a], x[1, a], x[2, a]
    for b in range(a + 1, count):
        one = x[0, b] - first
        two = x[1, b] - second
        three = x[2, b] - third
        row[b] = np.sqrt(one * one + two * two + three * three)
    if diameter > 0.0:
        for b in range(a + 1, count):
            row[b] = diameter * np.arcsin(min(1.0, row[b] / diameter))


@compiled
def survey(x: Any, diameter: float, first: int, by: int, limit: float, counts: Any, moments: Any) -> None:
    """Histogram of the distances up to `limit`; its last bin takes the others.

    `moments`: number of the distances, their sum and sum of squares, each less `limit` / 2.
    """
    bins = len(counts) - 1
    scale = (bins - 1) / limit
    row = np.empty(x.shape[1])
    for a in range(first, x.shape[1], by):
        _row(x, a, diameter, row)
        number, total, squares = 0.0, 0.0, 0.0
        for b in range(a + 1, x.shape[1]):
            near = 1.0 if row[b] <= limit else 0.0
            centred = near * (row[b] - 0.5 * limit)
            number += near
            total += centred
            squares += centred * centred
        moments[0] += number
        moments[1] += total
        moments[2] += squares
        for b in range(a + 1, x.shape[1]):
            cell = int(row[b] * scale) if row[b] <= limit else bins
            counts[cell] += 1


@compiled
def collect(
    x: Any, diameter: float, first: int, by: int, limit: float, bins: int, spans: Any, found: Any
) -> int:
    """The distances in two spans (first and last bin) of the histogram of `survey`; how many there are."""
    scale = (bins - 1) / limit
    row = np.empty(x.shape[1])
    count = 0
    low, low_end = float(spans[0, 0]), spans[0, 1] + 1.0
    high, high_end = float(spans[1, 0]), spans[1, 1] + 1.0
    for a in range(first, x.shape[1], by):
        _row(x, a, diameter, row)
        inside = 0
        for b in range(a + 1, x.shape[1]):
            at = row[b] * scale
            inside += ((at >= low) & (at < low_end)) | ((at >= high) & (at < high_end))
        if inside == 0:
            continue
        for b in range(a + 1, x.shape[1]):
            at = row[b] * scale
            if ((at >= low) & (at < low_end)) | ((at >= high) & (at < high_end)) and row[b] <= limit:
                found[count] = row[b]
                count += 1
    return count


@compiled
def spread(x: Any, weight: Any, diameter: float, first: int, by: int, step: float, mass: Any) -> None:
    """Weight of all pairs, shared between the two grid points next to their distance; the last takes the far."""
    last = len(mass) - 2.0
    scale = 1.0 / step
    row = np.empty(x.shape[1])
    for a in range(first, x.shape[1], by):
        own = weight[a]
        _row(x, a, diameter, row)
        for b in range(a + 1, x.shape[1]):
            at = min(row[b] * scale, last)
            cell = int(at)
            pair = own * weight[b]
            beyond = pair * (at - cell)
            mass[cell] += pair - beyond
            mass[cell + 1] += beyond


@compiled
def spread_near(x: Any, weight: Any, diameter: float, step: float, mass: Any) -> None:
    """As `spread`, all of a pair to the nearest grid point."""
    last = len(mass) - 1.0
    scale = 1.0 / step
    row = np.empty(x.shape[1])
    for a in range(x.shape[1]):
        own = weight[a]
        _row(x, a, diameter, row)
        for b in range(a + 1, x.shape[1]):
            mass[int(min(row[b] * scale + 0.5, last))] += own * weight[b]


@compiled
def spread_many(x: Any, weights: Any, diameter: float, step: float, mass: Any) -> None:
    """As `spread_near`, for several weights of the same points at once."""
    last = len(mass) - 1.0
    scale = 1.0 / step
    row = np.empty(x.shape[1])
    own = np.empty(WIDTH)
    for a in range(x.shape[1]):
        for draw in range(WIDTH):
            own[draw] = weights[a, draw]
        _row(x, a, diameter, row)
        for b in range(a + 1, x.shape[1]):
            cell = int(min(row[b] * scale + 0.5, last))
            for draw in range(WIDTH):
                mass[cell, draw] += own[draw] * weights[b, draw]

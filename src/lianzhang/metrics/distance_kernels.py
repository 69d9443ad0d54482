"""Distances of all pairs of points, reduced at once to what the density needs: none is kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from lianzhang.metrics.compiled import compiled
from lianzhang.metrics.nearness import BOX

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
def _near(boxes: Any, box: int, a: int, reach: float) -> bool:
    """Whether a box can hold a point within `reach` of point `a`, in a straight line."""
    total = 0.0
    for axis in range(3):
        at = boxes.x[axis, a]
        gap = max(boxes.low[axis, box] - at, at - boxes.high[axis, box], 0.0)
        total += gap * gap
    return total <= reach * reach


@compiled
def _distances(boxes: Any, a: int, first: int, last: int, diameter: float, row: Any) -> None:
    """Distances from `a` to the points first … last - 1."""
    one, two, three = boxes.x[0, a], boxes.x[1, a], boxes.x[2, a]
    # Slices, because the compiler then sees that no index is negative, and works on several points at once.
    along, across, up = boxes.x[0, first:last], boxes.x[1, first:last], boxes.x[2, first:last]
    for b in range(len(along)):
        x, y, z = along[b] - one, across[b] - two, up[b] - three
        row[b] = np.sqrt(x * x + y * y + z * z)
    if diameter > 0.0:
        for b in range(len(along)):
            row[b] = diameter * np.arcsin(min(1.0, row[b] / diameter))


@compiled
def _cells(row: Any, count: int, grid: Any, cells: Any) -> None:
    """The grid points nearest to some distances.

    `grid`: cells to a unit of distance, the last cell (which takes all beyond), a half; of the type of the
    distances, so that one vector of the processor holds as many as it can.
    """
    for b in range(count):
        cells[b] = np.int32(min(row[b] * grid[0] + grid[2], grid[1]))


@compiled
def spread(boxes: Any, weight: Any, diameter: float, first: int, by: int, step: float, mass: Any) -> None:
    """Weight of all pairs, shared between the two grid points next to their distance; what is far is left out."""
    last = len(mass) - 2.0
    scale = 1.0 / step
    row = np.empty(BOX)
    for a in range(first, boxes.x.shape[1], by):
        own = weight[a]
        for box in range(a // BOX, len(boxes.start) - 1):
            if not _near(boxes, box, a, last * step):
                continue
            begin, end = max(a + 1, boxes.start[box]), boxes.start[box + 1]
            _distances(boxes, a, begin, end, diameter, row)
            for b in range(end - begin):
                at = min(row[b] * scale, last)
                cell = int(at)
                pair = own * weight[b + begin]
                beyond = pair * (at - cell)
                mass[cell] += pair - beyond
                mass[cell + 1] += beyond


@compiled
def spread_near(boxes: Any, weight: Any, diameter: float, grid: Any, mass: Any) -> None:
    """As `spread`, all of a pair to the nearest grid point; `grid` as in `_cells`."""
    row, cells = np.empty(BOX, grid.dtype), np.empty(BOX, np.int32)
    reach = grid[1] / grid[0]
    for a in range(boxes.x.shape[1]):
        own = weight[a]
        for box in range(a // BOX, len(boxes.start) - 1):
            if not _near(boxes, box, a, reach):
                continue
            begin, end = max(a + 1, boxes.start[box]), boxes.start[box + 1]
            _distances(boxes, a, begin, end, diameter, row)
            _cells(row, end - begin, grid, cells)
            for b in range(end - begin):
                mass[cells[b]] += own * weight[b + begin]


@compiled
def spread_many(boxes: Any, weights: Any, diameter: float, grid: Any, mass: Any) -> None:
    """As `spread_near`, for several weights of the same points at once."""
    row, cells = np.empty(BOX, grid.dtype), np.empty(BOX, np.int32)
    own = np.empty(WIDTH)
    reach = grid[1] / grid[0]
    for a in range(boxes.x.shape[1]):
        for draw in range(WIDTH):
            own[draw] = weights[a, draw]
        for box in range(a // BOX, len(boxes.start) - 1):
            if not _near(boxes, box, a, reach):
                continue
            begin, end = max(a + 1, boxes.start[box]), boxes.start[box + 1]
            _distances(boxes, a, begin, end, diameter, row)
            _cells(row, end - begin, grid, cells)
            for b in range(end - begin):
                cell = cells[b]
                for draw in range(WIDTH):
                    mass[cell, draw] += own[draw] * weights[b + begin, draw]

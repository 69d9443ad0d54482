"""Points in boxes, so that pairs too far apart to matter are passed over a box at a time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianzhang.metrics.arrays import Floats, Whole

#: Points in a box: enough that a look at the box costs little, few enough that it is small.
BOX = 64
#: Coordinates whose squares 32 bits can hold, small differences included.
SHORT = (1e-12, 1e15)


class Boxes(NamedTuple):
    """Points (three axes, point) in an order that keeps neighbours together, and the bounds of each run of them."""

    x: NDArray[Any]
    start: Whole  # box -> its points, one more entry for the end
    low: NDArray[Any]  # (three axes, box)
    high: NDArray[Any]


def by_nearness(x: Floats) -> Whole:
    """An order of the points: strips along the widest axis, and within a strip along the next widest."""
    widest, next_widest = np.argsort(-np.ptp(x, axis=1), kind="stable")[:2]
    count = x.shape[1]
    along = np.argsort(x[widest], kind="stable")
    strips = max(1, round((count / BOX) ** 0.5))
    strip = np.arange(count) * strips // count
    order: Whole = along[np.lexsort((x[next_widest][along], strip))]
    return order


def boxes(x: Floats, *, blur: float = 0.0) -> Boxes:
    """Boxes of points that already stand in the order of `by_nearness`.

    Coordinates are halved to 32 bits where that moves no point by more than `blur`.
    """
    centred = np.ascontiguousarray(x - x.mean(axis=1, keepdims=True))
    largest = float(np.abs(centred).max())
    if SHORT[0] < largest < SHORT[1] and largest * float(np.finfo(np.float32).eps) <= blur:
        centred = centred.astype(np.float32)
    first = np.arange(0, x.shape[1], BOX)
    low, high = (
        np.stack([edge.reduceat(axis, first) for axis in centred]) for edge in (np.minimum, np.maximum)
    )
    return Boxes(centred, np.append(first, x.shape[1]), low, high)

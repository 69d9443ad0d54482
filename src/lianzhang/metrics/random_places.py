"""Places strewn evenly where a set of points lies: what chance alone would look like there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lianzhang.metrics.arrays import Floats

Strewer = Callable[[np.random.Generator], Floats]


def strewer(points: Floats, *, radius: float = 0.0) -> Strewer:
    """Draws as many places evenly from the convex hull of the points, (three axes, point).

    With a `radius` they lie on a sphere; the hull is then that of their map on a cylinder of equal areas,
    where evenly means evenly on the sphere. Points in a row are strewn over the rectangle around them.
    """
    flat = np.stack((np.arctan2(points[1], points[0]), points[2] / radius)) if radius else points[:2]
    inside = _hull(flat)
    low, size = flat.min(axis=1)[:, None], np.ptp(flat, axis=1)[:, None]
    wanted = points.shape[1]

    def strew(random: np.random.Generator) -> Floats:
        found = np.empty((2, 0))
        while found.shape[1] < wanted:
            some = low + size * random.random((2, 2 * wanted))
            found = np.concatenate((found, some[:, inside(some)]), axis=1)
        first, second = found[:, :wanted]
        if not radius:
            return np.stack((first, second, np.zeros(wanted)))
        ring = np.sqrt(np.maximum(0.0, 1.0 - second**2))
        return radius * np.stack((ring * np.cos(first), ring * np.sin(first), second))

    return strew


def _hull(flat: Floats) -> Callable[[Floats], NDArray[np.bool_]]:
    """Tells which places lie in the convex hull of some; any place, where they lie in a row."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        edges = ConvexHull(flat.T).equations
    except (QhullError, ValueError):
        return lambda places: np.ones(places.shape[1], np.bool_)
    return lambda places: (edges[:, :2] @ places + edges[:, 2:] <= 1e-12).all(axis=0)

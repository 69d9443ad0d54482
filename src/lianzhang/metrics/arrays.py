"""The arrays that the measures work on, and sums by key."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Whole = NDArray[np.int64]


def total_by(keys: NDArray[Any], values: Floats, count: int) -> Floats:
    """Sum of the values that share a key, for the keys 0 to `count` - 1."""
    return np.bincount(keys, weights=values, minlength=count).astype(np.float64, copy=False)


def run_starts(keys: NDArray[Any], count: int) -> Whole:
    """Where the run of each key 0 to `count` - 1 begins in the sorted keys; one more entry for the end."""
    return np.concatenate(([0], np.cumsum(np.bincount(keys, minlength=count)))).astype(np.int64)

"""Density and outlook gain of every pair, from bits: the field × field matrix is never whole.

Regions have a field or have it not, so sums over a region's fields are sums over bits. Eight fields at a time
there are only 256 of them: they are made once for a few columns and then looked up for every region.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lianzhang.metrics.compiled import compiled

#: Columns computed together, and sums of both kinds for each.
COLUMNS = 16
SUMS = 2 * COLUMNS
#: Groups of eight fields looked up together.
GROUPS = 4

_ODD = np.uint64(0x5555555555555555)
_PAIRS = np.uint64(0x3333333333333333)
_NIBBLES = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)
_ONE, _TWO, _FOUR, _TOP = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)


@compiled
def _ones(word: Any) -> Any:
    """Number of ones in a word of 64 bits."""
    word = word - ((word >> _ONE) & _ODD)
    word = (word & _PAIRS) + ((word >> _TWO) & _PAIRS)
    word = (word + (word >> _FOUR)) & _NIBBLES
    return (word * _BYTES) >> _TOP


@compiled
def _nearness(bits: Any, count: Any, worth: Any, column: int, width: int, near: Any) -> None:
    """Proximity of the columns to every field, and the same times the worth of that field."""
    for field in range(bits.shape[0]):
        for at in range(width):
            common = np.uint64(0)
            for word in range(bits.shape[1]):
                common += _ones(bits[field, word] & bits[column + at, word])
            value = float(common) / max(count[field], count[column + at])
            near[field, at] = value
            near[field, COLUMNS + at] = value * worth[field]


@compiled
def _tabulate(near: Any, group: int, table: Any) -> None:
    """Sums over every choice of eight fields: that of a choice is that without its first field, plus it."""
    for at in range(SUMS):
        table[0, at] = 0.0
    for first in range(8):
        bit = 1 << first
        row = group * 8 + first
        for choice in range(bit):
            for at in range(SUMS):
                table[bit + choice, at] = table[choice, at] + near[row, at]


@compiled
def relate(
    bits: Any,
    patterns: Any,
    have: Any,
    count: Any,
    worth: Any,
    whole: Any,
    deviation: float,
    first: int,
    by: int,
    density: Any,
    gain: Any,
) -> None:
    """Fill every `by`-th block of columns of `density` and `gain`, (region, field), from block `first` on.

    `bits`: field → regions that have it; `patterns`: (group of eight fields, region) → which of them it has;
    `whole`: sum of all proximities of a field; `worth`: raw complexity over that sum.
    """
    groups, regions = patterns.shape
    fields = bits.shape[0]
    near = np.zeros((groups * 8, SUMS))
    one, two, three, four = (
        np.empty((256, SUMS)),
        np.empty((256, SUMS)),
        np.empty((256, SUMS)),
        np.empty((256, SUMS)),
    )
    sums = np.empty((regions, SUMS))
    for column in range(first * COLUMNS, fields, by * COLUMNS):
        width = min(COLUMNS, fields - column)
        _nearness(bits, count, worth, column, width, near)
        for region in range(regions):
            for at in range(SUMS):
                sums[region, at] = 0.0
        for group in range(0, groups, GROUPS):
            _tabulate(near, group, one)
            _tabulate(near, group + 1, two)
            _tabulate(near, group + 2, three)
            _tabulate(near, group + 3, four)
            for region in range(regions):
                a, b = patterns[group, region], patterns[group + 1, region]
                c, d = patterns[group + 2, region], patterns[group + 3, region]
                for at in range(SUMS):
                    sums[region, at] += (one[a, at] + two[b, at]) + (three[c, at] + four[d, at])
        for at in range(width):
            reach = 0.0
            for field in range(fields):
                reach += near[field, COLUMNS + at]
            for region in range(regions):
                density[region, column + at] = sums[region, at] / whole[column + at]
                open_ = 0.0 if have[region, column + at] else reach - sums[region, COLUMNS + at]
                gain[region, column + at] = open_ / deviation

"""Where the mention puts the firm against where the registry does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.columns import extents
from lianzhang.naming.compare.levels import PlaceLevel
from lianzhang.naming.places import contains

Ints = NDArray[np.int64]
#: From best to worst, for a firm known under two places: that of its name and that of its address.
_GOODNESS = (
    PlaceLevel.SAME,
    PlaceLevel.WITHIN,
    PlaceLevel.UNSTATED,
    PlaceLevel.BROADER,
    PlaceLevel.UNKNOWN,
    PlaceLevel.ELSEWHERE,
)
_RANK = np.array([_GOODNESS.index(level) for level in sorted(_GOODNESS)])
_LEVEL = np.array(_GOODNESS, np.uint8)
_RENAMED = {PlaceLevel.SAME: PlaceLevel.RENAMED, PlaceLevel.WITHIN: PlaceLevel.RENAMED_WITHIN}


def place_levels(stated: Ints, named: Ints, county: Ints) -> NDArray[np.uint8]:
    """The level of each pair: the place stated against the place in the firm's name and that of its address."""
    # Where nothing is stated nothing is compared, and often little is.
    told = np.flatnonzero(stated)
    if len(told) < len(stated):
        unstated = np.full(len(stated), int(PlaceLevel.UNSTATED), np.uint8)
        if len(told):
            unstated[told] = place_levels(stated[told], named[told], county[told])
        return unstated
    by_name, by_county = _RANK[_relation(stated, named)], _RANK[_relation(stated, county)]
    better = np.minimum(by_name, by_county)
    # An address that is known settles what a name leaves open.
    elsewhere = _RANK[PlaceLevel.ELSEWHERE]
    settled = (by_county == elsewhere) & (by_name >= _RANK[PlaceLevel.BROADER])
    settled |= (by_name == elsewhere) & (by_county == _RANK[PlaceLevel.UNKNOWN])
    levels: NDArray[np.uint8] = _LEVEL[np.where(settled, elsewhere, better)]
    return levels


def _relation(stated: Ints, known: Ints) -> NDArray[np.int64]:
    # The least extent, city or province, that holds both.
    shared = np.where(
        stated // 100 == known // 100, 100, np.where(stated // 10_000 == known // 10_000, 10_000, 0)
    )
    relation = np.full(len(stated), int(PlaceLevel.ELSEWHERE), np.int64)
    relation[(shared > 0) & (shared <= extents(known))] = PlaceLevel.BROADER
    relation[(shared > 0) & (shared <= extents(stated))] = PlaceLevel.WITHIN
    relation[stated == known] = PlaceLevel.SAME
    relation[known == 0] = PlaceLevel.UNKNOWN
    relation[stated == 0] = PlaceLevel.UNSTATED
    return relation


def renamed_levels(levels: NDArray[np.uint8], stated: Ints, named: Ints) -> None:
    """Mark, of full names, the firms of that place whose own name names another division. Changes `levels`.

    A name that says less, 山东 for a firm of 临清, agrees with the division stated.
    """
    level = extents(named)
    other = (named != 0) & (named // level != stated // level)
    for plain, marked in _RENAMED.items():
        levels[other & (levels == plain)] = marked


def renamed_level(level: PlaceLevel, stated: int, named: int) -> PlaceLevel:
    """The same for one pair."""
    agrees = not named or named == stated or contains(named, stated)
    return level if agrees else _RENAMED.get(level, level)


def place_level(stated: int, named: int, county: int) -> PlaceLevel:
    """The same for one pair."""
    if not stated:
        return PlaceLevel.UNSTATED
    by_name, by_county = _related(stated, named), _related(stated, county)
    elsewhere = PlaceLevel.ELSEWHERE
    if by_county is elsewhere and by_name in (PlaceLevel.BROADER, PlaceLevel.UNKNOWN, elsewhere):
        return elsewhere
    if by_name is elsewhere and by_county is PlaceLevel.UNKNOWN:
        return elsewhere
    return min(by_name, by_county, key=_GOODNESS.index)


def _related(stated: int, known: int) -> PlaceLevel:
    if not known:
        return PlaceLevel.UNKNOWN
    if stated == known:
        return PlaceLevel.SAME
    if contains(stated, known):
        return PlaceLevel.WITHIN
    return PlaceLevel.BROADER if contains(known, stated) else PlaceLevel.ELSEWHERE

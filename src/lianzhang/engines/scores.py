"""Score sheets for a whole registry: intervals as whole numbers, one pass over the columns for each award."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any as Anything

import numpy as np

from lianzhang.engines.coding import as_number, meets
from lianzhang.engines.columns import Column
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Comparison,
    HasAny,
    Item,
    Known,
    Node,
    Not,
    OneOf,
    OutOfForce,
    Relation,
    ScoreFloor,
    Sheet,
    Under,
    Undetermined,
)

Mask = np.ndarray[Anything, np.dtype[np.bool_]]
Points = np.ndarray[Anything, np.dtype[np.int64]]
#: Points are counted in hundredths, so that half points stay exact.
_SCALE = 100
_COMPARE: dict[Relation, Anything] = {
    Relation.AT_LEAST: np.greater_equal,
    Relation.MORE_THAN: np.greater,
    Relation.AT_MOST: np.less_equal,
    Relation.LESS_THAN: np.less,
    Relation.EQUALS: np.equal,
}


def floor_masks(floor: ScoreFloor, columns: Mapping[str, Column], rows: int) -> tuple[Mask, Mask]:
    """Where a lowered score floor is surely met and where surely not."""
    low, high = _sheet(floor.sheet, floor.group, columns, rows)
    if floor.stated is not None and floor.stated.name in columns:
        stated = columns[floor.stated.name]
        known = stated.known
        exact = np.round(np.where(known, stated.values, 0) * _SCALE).astype(np.int64)
        low, high = np.where(known, exact, low), np.where(known, exact, high)
    compare, bound = _COMPARE[floor.relation], _points(floor.value)
    at_low, at_high = compare(low, bound), compare(high, bound)
    return at_low & at_high, ~at_low & ~at_high


def masks(node: Node, columns: Mapping[str, Column], rows: int) -> tuple[Mask, Mask]:
    """Where a lowered tree is surely yes and where surely no, condition by condition: plain and slow."""
    if isinstance(node, All | Any):
        found = [masks(part, columns, rows) for part in node.parts]
        first, second = (
            (np.logical_and, np.logical_or) if isinstance(node, All) else (np.logical_or, np.logical_and)
        )
        return (
            np.asarray(first.reduce([pair[0] for pair in found])),
            np.asarray(second.reduce([pair[1] for pair in found])),
        )
    if isinstance(node, Not):
        yes, no = masks(node.part, columns, rows)
        return no, yes
    if isinstance(node, Undetermined):
        return np.zeros(rows, bool), np.zeros(rows, bool)
    if isinstance(node, OutOfForce):
        return np.zeros(rows, bool), np.ones(rows, bool)
    if isinstance(node, ScoreFloor):
        return floor_masks(node, columns, rows)
    assert isinstance(node, Comparison | OneOf | Under | HasAny | Known)
    column = columns.get(node.fact.name)
    if column is None:
        empty = np.zeros(rows, bool)
        return empty, np.ones(rows, bool) if isinstance(node, Known) else empty
    if isinstance(node, Known):
        return column.known, ~column.known
    yes = test_mask(node, column)
    return yes, column.known & ~yes


def test_mask(test: Comparison | OneOf | Under | HasAny, column: Column) -> Mask:
    """Where the values of a column meet one condition; a missing value meets none."""
    if not column.words:
        if isinstance(test, Comparison):
            return np.asarray(_COMPARE[test.relation](column.values, as_number(test.value)))
        assert isinstance(test, OneOf)
        return np.isin(column.values, [as_number(value) for value in test.values])
    table = np.array([word is not None and meets(test, word) for word in column.words], bool)
    return np.asarray(table[column.values])


def _sheet(sheet: Sheet, group: str, columns: Mapping[str, Column], rows: int) -> tuple[Points, Points]:
    low, high = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    groups = dict.fromkeys(item.group for item in sheet.items) if group == TOTAL else {group: None}
    for name in groups:
        ceiling = _points(sheet.groups.get(name, sheet.total))
        lows, highs = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
        for item in sheet.items:
            if item.group == name:
                least, most = _item(item, columns, rows)
                lows += least
                highs += most
        low += np.minimum(lows, ceiling)
        high += np.minimum(highs, ceiling)
    total = _points(sheet.total)
    return np.minimum(low, total), np.minimum(high, total)


def _item(item: Item, columns: Mapping[str, Column], rows: int) -> tuple[Points, Points]:
    low, high = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    for place, way in enumerate(item.ways):
        # An award counts while no earlier one surely holds and it does not surely fail itself.
        least = np.full(rows, np.iinfo(np.int64).max)
        most = np.full(rows, np.iinfo(np.int64).min)
        still_open = np.ones(rows, bool)
        for award in (*way.awards, None):
            if award is None or award.when is None:
                yes, no = np.ones(rows, bool), np.zeros(rows, bool)
            else:
                yes, no = masks(award.when, columns, rows)
            reach = still_open & ~no
            points = (0, 0) if award is None else (_points(award.low), _points(award.high))
            np.minimum(least, points[0], out=least, where=reach)
            np.maximum(most, points[1], out=most, where=reach)
            still_open &= ~yes
        low = least if place == 0 else np.maximum(low, least)
        high = most if place == 0 else np.maximum(high, most)
    ceiling = _points(item.most)
    return np.minimum(low, ceiling), np.minimum(high, ceiling)


def _points(value: Decimal) -> int:
    return int(value * _SCALE)

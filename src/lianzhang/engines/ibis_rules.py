"""The same rules inside a database: a lowered tree becomes an ibis expression with SQL's own three values.

SQL's true, false and null are the judge's yes, no and not known, and its AND, OR, NOT are Kleene's. What SQL
would settle differently is written out: text from memory is a null, a score is two sums of cases.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any as Anything

import ibis

from lianzhang.kernel.fact import FactType
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Award,
    Comparison,
    FirstMatch,
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
)

Expression = Anything
Table = Anything
#: Points are counted in hundredths, so that engines add whole numbers.
_SCALE = 100
#: More than any award: the least of several never takes it.
_OUT_OF_REACH = Decimal(1_000_000)
_COMPARE: dict[Relation, Callable[[Expression, Expression], Expression]] = {
    Relation.AT_LEAST: lambda value, bound: value >= bound,
    Relation.MORE_THAN: lambda value, bound: value > bound,
    Relation.AT_MOST: lambda value, bound: value <= bound,
    Relation.LESS_THAN: lambda value, bound: value < bound,
    Relation.EQUALS: lambda value, bound: value == bound,
}


def rule_expression(node: Node, table: Table) -> Expression:
    """A lowered tree as a nullable boolean over a registry table; a fact without a column is unknown."""
    if isinstance(node, All):
        return reduce(and_, [rule_expression(part, table) for part in node.parts])
    if isinstance(node, Any):
        return reduce(or_, [rule_expression(part, table) for part in node.parts])
    if isinstance(node, Not):
        return ~rule_expression(node.part, table)
    if isinstance(node, OutOfForce):
        return ibis.literal(False)
    if isinstance(node, ScoreFloor):
        return _floor(node, table)
    if not isinstance(node, Comparison | OneOf | Under | HasAny | Known):
        return _open()
    if isinstance(node, Known):
        if node.fact.name not in table.columns:
            return ibis.literal(False)
        return table[node.fact.name].notnull()
    return _test(node, table) if node.fact.name in table.columns else _open()


def _open() -> Expression:
    return ibis.null("boolean")


def _test(node: Comparison | OneOf | Under | HasAny, table: Table) -> Expression:
    column = table[node.fact.name]
    if isinstance(node, OneOf):
        return column.isin(sorted((_plain(value) for value in node.values), key=str))
    if isinstance(node, Under):
        return reduce(or_, [column.startswith(code) for code in node.codes])
    if isinstance(node, HasAny):
        held = reduce(or_, [column.contains(value) for value in sorted(node.values)])
        # Engines disagree on what a missing list contains: ask first whether it is there.
        return ibis.cases((column.notnull(), held), else_=_open())
    return _COMPARE[node.relation](column, _bound(node))


def _bound(node: Comparison) -> Expression:
    if node.fact.type is FactType.DATE:
        return ibis.literal(node.value, type="date")
    return ibis.literal(_plain(node.value))


def _plain(value: Anything) -> Anything:
    return float(value) if isinstance(value, Decimal) else value


def _floor(floor: ScoreFloor, table: Table) -> Expression:
    low, high = _sheet(floor.sheet, floor.group, table)
    if floor.stated is not None and floor.stated.name in table.columns:
        exact = (table[floor.stated.name] * _SCALE).round().cast("int64")
        low, high = ibis.coalesce(exact, low), ibis.coalesce(exact, high)
    bound = ibis.literal(_points(floor.value))
    at_low, at_high = _COMPARE[floor.relation](low, bound), _COMPARE[floor.relation](high, bound)
    return ibis.cases((at_low & at_high, True), (~at_low & ~at_high, False), else_=_open())


def _sheet(sheet: Sheet, group: str, table: Table) -> tuple[Expression, Expression]:
    groups = dict.fromkeys(item.group for item in sheet.items) if group == TOTAL else {group: None}
    low, high = ibis.literal(0), ibis.literal(0)
    for name in groups:
        ceiling = ibis.literal(_points(sheet.groups.get(name, sheet.total)))
        items = [_item(item, table) for item in sheet.items if item.group == name]
        zero = ibis.literal(0)
        low = low + ibis.least(ceiling, sum((least for least, _most in items), zero))
        high = high + ibis.least(ceiling, sum((most for _least, most in items), zero))
    total = ibis.literal(_points(sheet.total))
    return ibis.least(total, low), ibis.least(total, high)


def _item(item: Item, table: Table) -> tuple[Expression, Expression]:
    ways = [_first_match(way, table) for way in item.ways]
    ceiling = ibis.literal(_points(item.most))
    low = ways[0][0] if len(ways) == 1 else ibis.greatest(*(way[0] for way in ways))
    high = ways[0][1] if len(ways) == 1 else ibis.greatest(*(way[1] for way in ways))
    return ibis.least(ceiling, low), ibis.least(ceiling, high)


def _first_match(way: FirstMatch, table: Table) -> tuple[Expression, Expression]:
    """The least and the most of the awards in reach: not surely failing, and none before them surely holding.

    Written side by side and not one inside the other: nested, the text would double with every award.
    """
    lows, highs = [], []
    earlier: Expression | None = None
    for award in (*way.awards, Award(None, Decimal(0), Decimal(0))):
        when = None if award.when is None else rule_expression(award.when, table)
        in_reach = ibis.literal(True) if when is None else ibis.coalesce(when, True)
        if earlier is not None:
            in_reach = in_reach & ~earlier
        lows.append(ibis.cases((in_reach, _points(award.low)), else_=_points(_OUT_OF_REACH)))
        highs.append(ibis.cases((in_reach, _points(award.high)), else_=0))
        if when is None:
            break
        sure = ibis.coalesce(when, False)
        earlier = sure if earlier is None else earlier | sure
    if len(lows) == 1:
        return lows[0], highs[0]
    return ibis.least(*lows), ibis.greatest(*highs)


def _points(value: Decimal) -> int:
    return int(value * _SCALE)

"""The reference meaning of every form: yes, no or not known, in Kleene's three-valued logic.

A condition that rests on memory alone counts as not known, so that it never decides: the verdict is yes or no
only where the other conditions settle it. With `trust_memory` it counts as it reads, which tells what the
verdict would be if the memory is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from lianzhang.kernel.fact import FactValue, KnownFact, choices_unsure
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Between,
    Comparison,
    Condition,
    Confidence,
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
    Stepped,
    Under,
    Undetermined,
    WithinMonths,
)

#: What is known of one enterprise: bare values, or values with period and source. A missing name is unknown.
Facts = Mapping[str, FactValue | KnownFact | None]

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most a score can be, whatever the missing facts turn out to be."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def compared(self, relation: Relation, floor: Decimal) -> Verdict:
        """Yes or no where both ends agree, not known where the interval straddles the floor."""
        low, high = _RELATIONS[relation](self.low, floor), _RELATIONS[relation](self.high, floor)
        return UNKNOWN if low is not high else YES if low else NO


def value_of(facts: Facts, name: str) -> FactValue | None:
    """The bare value of a fact, None when it is missing."""
    value = facts.get(name)
    return value.value if isinstance(value, KnownFact) else value


def is_lacking(facts: Facts, name: str) -> bool:
    """Whether a fact is missing, or is a set of choices of which some are not known."""
    value = value_of(facts, name)
    return value is None or (isinstance(value, frozenset) and bool(choices_unsure(value)))


def judge(node: Node, facts: Facts, *, trust_memory: bool = False) -> Verdict:
    """The verdict of a tree that `Rule.on` has bound to a day."""
    if isinstance(node, All):
        found = YES
        for part in node.parts:
            verdict = judge(part, facts, trust_memory=trust_memory)
            if verdict is NO:
                return NO
            if verdict is UNKNOWN:
                found = UNKNOWN
        return found
    if isinstance(node, Any):
        found = NO
        for part in node.parts:
            verdict = judge(part, facts, trust_memory=trust_memory)
            if verdict is YES:
                return YES
            if verdict is UNKNOWN:
                found = UNKNOWN
        return found
    if isinstance(node, Not):
        return ~judge(node.part, facts, trust_memory=trust_memory)
    return counted(node, status(node, facts, trust_memory=trust_memory), trust_memory=trust_memory)


def counted(condition: Condition, found: Verdict, *, trust_memory: bool = False) -> Verdict:
    """What a condition contributes to the verdict: nothing sure when it rests on memory."""
    if condition.ground.confidence is Confidence.MEMORY and not trust_memory:
        return UNKNOWN
    return found


def status(condition: Condition, facts: Facts, *, trust_memory: bool = False) -> Verdict:
    """What a condition reads on these facts, whatever it rests on."""
    plain = _STATUS.get(type(condition))
    if plain is not None:
        return plain(condition, facts)
    assert isinstance(condition, ScoreFloor)
    found = score(condition, facts, trust_memory=trust_memory)
    return found.compared(condition.relation, condition.value)


def score(floor: ScoreFloor, facts: Facts, *, trust_memory: bool = False) -> Interval:
    """The interval of the score a floor asks for; an official score, where there is one, is exact."""
    if floor.stated is not None:
        stated = value_of(facts, floor.stated.name)
        if isinstance(stated, Decimal):
            return Interval(stated, stated)
    return sheet_score(floor.sheet, facts, group=floor.group, trust_memory=trust_memory)


def sheet_score(sheet: Sheet, facts: Facts, *, group: str = TOTAL, trust_memory: bool = False) -> Interval:
    """The interval of a group, or of the whole sheet with each group under its ceiling."""
    if group != TOTAL:
        found = Interval(_ZERO, _ZERO)
        for item in sheet.items:
            if item.group == group:
                found += item_score(item, facts, trust_memory=trust_memory)
        ceiling = sheet.groups.get(group, sheet.total)
    else:
        found = Interval(_ZERO, _ZERO)
        for name in dict.fromkeys(item.group for item in sheet.items):
            found += sheet_score(sheet, facts, group=name, trust_memory=trust_memory)
        ceiling = sheet.total
    return Interval(min(found.low, ceiling), min(found.high, ceiling))


def item_score(item: Item, facts: Facts, *, trust_memory: bool = False) -> Interval:
    """The best of an item's ways, never above its maximum."""
    ways = [_first_match(way, facts, trust_memory=trust_memory) for way in item.ways]
    return Interval(
        min(item.most, max(way.low for way in ways)), min(item.most, max(way.high for way in ways))
    )


def _first_match(way: FirstMatch, facts: Facts, *, trust_memory: bool) -> Interval:
    """All awards that could be the first to hold: up to and including the first that surely does."""
    low: Decimal | None = None
    high: Decimal | None = None
    for award in way.awards:
        verdict = YES if award.when is None else judge(award.when, facts, trust_memory=trust_memory)
        if verdict is NO:
            continue
        low = award.low if low is None else min(low, award.low)
        high = award.high if high is None else max(high, award.high)
        if verdict is YES:
            return Interval(low, high)
    return Interval(min(low or _ZERO, _ZERO), max(high or _ZERO, _ZERO))


_RELATIONS: dict[Relation, Callable[[Anything, Anything], bool]] = {
    Relation.AT_LEAST: lambda value, bound: value >= bound,
    Relation.MORE_THAN: lambda value, bound: value > bound,
    Relation.AT_MOST: lambda value, bound: value <= bound,
    Relation.LESS_THAN: lambda value, bound: value < bound,
    Relation.EQUALS: lambda value, bound: value == bound,
}


def _comparison(condition: Comparison, facts: Facts) -> Verdict:
    value = value_of(facts, condition.fact.name)
    if value is None or condition.value is None:
        return UNKNOWN
    return YES if _RELATIONS[condition.relation](value, condition.value) else NO


def _one_of(condition: OneOf, facts: Facts) -> Verdict:
    value = value_of(facts, condition.fact.name)
    return UNKNOWN if value is None else YES if value in condition.values else NO


def _under(condition: Under, facts: Facts) -> Verdict:
    value = value_of(facts, condition.fact.name)
    if value is None:
        return UNKNOWN
    return YES if str(value).startswith(condition.codes) else NO


def _between(condition: Between, facts: Facts) -> Verdict:
    value: Anything = value_of(facts, condition.fact.name)
    if value is None:
        return UNKNOWN
    end: Anything = condition.high
    return YES if condition.low <= value and (value < end if condition.open_end else value <= end) else NO


def _has_any(condition: HasAny, facts: Facts) -> Verdict:
    value = value_of(facts, condition.fact.name)
    if not isinstance(value, frozenset):
        return UNKNOWN
    if not value.isdisjoint(condition.values):
        return YES
    return NO if condition.open_values.isdisjoint(value) else UNKNOWN


def _known(condition: Known, facts: Facts) -> Verdict:
    return NO if value_of(facts, condition.fact.name) is None else YES


def _within_months(condition: WithinMonths, facts: Facts) -> Verdict:
    value = value_of(facts, condition.fact.name)
    if not isinstance(value, date) or condition.since is None or condition.until is None:
        return UNKNOWN
    return YES if condition.since <= value <= condition.until else NO


def _stepped(condition: Stepped, facts: Facts) -> Verdict:
    value: Anything = value_of(facts, condition.fact.name)
    leading: Anything = value_of(facts, condition.leading.name)
    if leading is not None:
        threshold = threshold_at(condition, leading)
        if threshold is None:
            return NO
        return UNKNOWN if value is None else YES if _RELATIONS[condition.relation](value, threshold) else NO
    if value is None:
        return UNKNOWN
    # The leading fact is missing: sure only where every threshold it could choose says the same.
    verdicts = {
        step.threshold is not None and _RELATIONS[condition.relation](value, step.threshold)
        for step in condition.steps
    }
    if condition.steps[0].start is not None:
        verdicts.add(False)
    return UNKNOWN if len(verdicts) > 1 else YES if verdicts.pop() else NO


def threshold_at(condition: Stepped, leading: Decimal | int) -> Decimal | None:
    """The threshold for a value of the leading fact; None below the first step or where there is no band."""
    found = None
    for step in condition.steps:
        if step.start is None or leading > step.start or (leading == step.start and not step.above):
            found = step.threshold
    return found


def _never(_condition: Undetermined, _facts: Facts) -> Verdict:
    return UNKNOWN


def _out_of_force(_condition: OutOfForce, _facts: Facts) -> Verdict:
    return NO


_STATUS: dict[type, Callable[[Anything, Facts], Verdict]] = {
    Comparison: _comparison,
    OneOf: _one_of,
    Under: _under,
    Between: _between,
    HasAny: _has_any,
    Known: _known,
    WithinMonths: _within_months,
    Stepped: _stepped,
    Undetermined: _never,
    OutOfForce: _out_of_force,
}

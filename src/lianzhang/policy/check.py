"""What a rule must not say: bounds nobody can meet, papers that lapsed, successors that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any as Anything

from lianzhang.kernel.fact import FactType
from lianzhang.kernel.fact_dictionary import FactDictionary
from lianzhang.kernel.text import Text
from lianzhang.policy.rule import Rule, RuleBook
from lianzhang.policy.tree import (
    All,
    Any,
    Between,
    Comparison,
    Condition,
    Node,
    Not,
    OneOf,
    Relation,
    parts_of,
)


def check_rule(rule: Rule, facts: FactDictionary) -> None:
    """Refuse a rule that contradicts itself or outlives its paper; raises `PackError` with file, line, remedy."""
    _check_force(rule)
    for node in _every(rule.requires):
        if isinstance(node, All):
            _check_bounds(node)
    known = facts["chains"].choices if "chains" in facts else {}
    for chain in rule.chains:
        if chain not in known:
            raise rule.place.refuse(
                Text(f"没有产业链“{chain}”。", f"There is no chain “{chain}”."),
                Text(f"已有：{'、'.join(known)}。", f"There are: {', '.join(known)}."),
            )


def check_book(book: RuleBook) -> None:
    """Refuse references between rules that lead nowhere or in a circle."""
    for rule in book:
        seen = {rule.id}
        follower = rule
        while follower.replaced_by:
            if follower.replaced_by not in book:
                raise follower.place.refuse(
                    Text(
                        f"接替它的规则“{follower.replaced_by}”不存在。",
                        f"Its successor “{follower.replaced_by}” does not exist.",
                    ),
                    Text("请改正 replaced_by。", "Correct `replaced_by`."),
                )
            follower = book[follower.replaced_by]
            if follower.id in seen:
                raise rule.place.refuse(
                    Text(
                        f"规则“{rule.id}”与“{follower.id}”互相接替。",
                        f"The rules {rule.id} and {follower.id} replace each other.",
                    ),
                    Text("请删去其中一个 replaced_by。", "Remove one `replaced_by`."),
                )
            seen.add(follower.id)


def _check_force(rule: Rule) -> None:
    start, end, until = rule.force.start, rule.force.end, rule.document.until
    if start is not None and end is not None and start > end:
        raise rule.place.refuse(
            Text(f"施行日{start}晚于失效日{end}。", f"In force from {start}, after it ends on {end}."),
            Text("请改正 in_force。", "Correct `in_force`."),
        )
    if until is not None and (end is None or end > until):
        raise rule.place.refuse(
            Text(
                f"依据文件{until}已到期，规则却{'一直有效' if end is None else f'到{end}才失效'}。",
                f"Its document lapses on {until}, the rule {'never ends' if end is None else f'ends on {end}'}.",
            ),
            Text(
                "请写明 in_force.to，或换用现行文件。", "Give `in_force.to`, or cite the document in force."
            ),
        )


def _every(node: Node) -> Iterator[Node]:
    yield node
    for part in parts_of(node):
        yield from _every(part)


@dataclass
class _Bounds:
    """What all conditions met so far leave of one fact."""

    low: Anything = None
    low_open: bool = False
    high: Anything = None
    high_open: bool = False
    choices: frozenset[Anything] | None = None

    def empty(self) -> bool:
        if self.choices is not None and not self.choices:
            return True
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)))

    def raise_low(self, value: Anything, is_open: bool) -> None:
        if self.low is None or (value, is_open) > (self.low, self.low_open):
            self.low, self.low_open = value, is_open

    def lower_high(self, value: Anything, is_open: bool) -> None:
        if self.high is None or value < self.high or (value == self.high and is_open):
            self.high, self.high_open = value, is_open

    def choose(self, values: frozenset[Anything]) -> None:
        self.choices = values if self.choices is None else self.choices & values


def _joined(node: Node) -> Iterator[Condition]:
    """The conditions that must all hold for the node to hold."""
    if isinstance(node, All):
        for part in node.parts:
            yield from _joined(part)
    elif not isinstance(node, Any | Not):
        yield node


def _check_bounds(node: All) -> None:
    bounds: dict[str, _Bounds] = {}
    for condition in _joined(node):
        if not isinstance(condition, Comparison | Between | OneOf):
            continue
        left = bounds.setdefault(condition.fact.name, _Bounds())
        if isinstance(condition, Comparison):
            _narrow(left, condition)
        elif isinstance(condition, Between):
            left.raise_low(condition.low, False)
            left.lower_high(condition.high, condition.open_end)
        else:
            left.choose(frozenset(condition.values))
        if left.empty():
            raise condition.ground.place.refuse(
                Text(
                    f"对“{condition.fact.label.zh}”的要求互相矛盾，没有企业能同时满足。",
                    f"The demands on {condition.fact.name} contradict each other; no enterprise can meet them.",
                ),
                Text("请核对上下限，或改用 any。", "Check the bounds, or use `any`."),
            )


def _narrow(left: _Bounds, condition: Comparison) -> None:
    if condition.value is None:
        return
    relation = condition.relation
    if relation is Relation.EQUALS:
        if condition.fact.type in {FactType.NUMBER, FactType.INTEGER, FactType.DATE}:
            left.raise_low(condition.value, False)
            left.lower_high(condition.value, False)
        else:
            left.choose(frozenset({condition.value}))
    elif relation in {Relation.AT_LEAST, Relation.MORE_THAN}:
        left.raise_low(condition.value, relation is Relation.MORE_THAN)
    else:
        left.lower_high(condition.value, relation is Relation.LESS_THAN)

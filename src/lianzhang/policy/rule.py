"""A rule: who may have what, under which document, from when to when; and the parameters it uses, dated."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import NOWHERE, Fact
from lianzhang.kernel.lined_yaml import Place
from lianzhang.kernel.text import Text
from lianzhang.policy.tree import (
    All,
    Any,
    Award,
    Comparison,
    Confidence,
    FirstMatch,
    Ground,
    Node,
    Not,
    OutOfForce,
    ScoreFloor,
    Sheet,
    Undetermined,
    WithinMonths,
)


class RuleError(LianzhangError):
    """A rule or parameter nobody defined."""


class RuleKind(StrEnum):
    """What a rule gives: a title, a support policy, a service of the bureau, a piece of guidance."""

    TITLE = "title"
    POLICY = "policy"
    SERVICE = "service"
    GUIDANCE = "guidance"


class Standing(StrEnum):
    """How the text stands: quoted from a public source, or drafted here and to be replaced by the office."""

    QUOTED = "quoted"
    DRAFT = "draft"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value of a parameter from one day on; `until` is the last day, None while it lasts."""

    start: date
    until: date | None
    value: Decimal
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that changes with time, kept apart from the rules that use it."""

    name: str
    label: Text
    unit: str
    values: tuple[DatedValue, ...]
    place: Place = NOWHERE

    def on(self, day: date) -> DatedValue | None:
        """The value that holds on a day; None outside every stretch."""
        for dated in self.values:
            if dated.start <= day and (dated.until is None or day <= dated.until):
                return dated
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """The paper a rule stands on. `until` is the day it lapses, None when none is known."""

    title: Text
    number: str = ""
    issuer: Text | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Force:
    """From when to when a rule holds, ends included; None where no day is known.

    `start_sure` is False when the first day is remembered and was not read; `end_sure` when it was not read
    whether the text lives on after the last one.
    """

    start: date | None = None
    end: date | None = None
    start_sure: bool = True
    end_sure: bool = True

    def covers(self, day: date) -> bool:
        """Whether the rule holds on the day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Edge:
    """Values of a fact where two bands of the text meet, and how they are read here."""

    fact: Fact
    at: tuple[Decimal, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Offer:
    """What the card of a measure says beside its conditions; an empty text was not found, never invented."""

    gives: Text | None = None
    how: Text | None = None
    department: Text | None = None
    papers: Text | None = None
    time_limit: Text | None = None
    contact: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One title, policy, service or piece of guidance with its judged and its stated conditions.

    `requires` is judged by the program; `stated` conditions are shown and judged by people. An incomplete
    rule (a part of its text was not found) can be a no or not known, never a yes. `chains` names the chains
    it is meant for; empty means all. `ladder` and `rank` place a title on a cultivation ladder.
    """

    id: str
    kind: RuleKind
    title: Text
    document: Document
    requires: Node
    force: Force = Force()
    sheet: Sheet | None = None
    stated: tuple[Text, ...] = ()
    incomplete: Text | None = None
    standing: Standing = Standing.QUOTED
    confidence: Confidence = Confidence.MEMORY
    offer: Offer = Offer()
    level: str = ""
    chains: tuple[str, ...] = ()
    group: str = ""
    number: int | None = None
    ladder: str = ""
    rank: int = 0
    valid_years: int | None = None
    replaced_by: str = ""
    notes: tuple[Text, ...] = ()
    edges: tuple[Edge, ...] = ()
    place: Place = NOWHERE
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def on(self, day: date) -> Node:
        """The tree as it stands on a day: parameters resolved, months counted, force checked."""
        return _bound(self, day)


@lru_cache(maxsize=8192)
def _bound(rule: Rule, day: date) -> Node:
    parts = [_bind(rule.requires, rule, day)]
    if rule.incomplete is not None:
        parts.append(Undetermined(rule.incomplete, Ground(confidence=rule.confidence, place=rule.place)))
    force = rule.force
    lapsed = force.end is not None and day > force.end
    if lapsed and not force.end_sure:
        why = Text(
            f"{force.end}之后是否继续适用，未见明文", f"whether it lives on after {force.end} was not found"
        )
        parts.insert(0, Undetermined(why, Ground(clause=rule.document.number, confidence=rule.confidence)))
    elif not force.covers(day):
        sure = force.start_sure or lapsed
        ground = Ground(
            clause=rule.document.number,
            confidence=Confidence.OFFICIAL if sure else Confidence.MEMORY,
            place=rule.place,
        )
        parts.insert(0, OutOfForce(day, force.start, force.end, ground))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _bind(node: Node, rule: Rule, day: date) -> Node:
    if isinstance(node, All):
        return replace(node, parts=tuple(_bind(part, rule, day) for part in node.parts))
    if isinstance(node, Any):
        return replace(node, parts=tuple(_bind(part, rule, day) for part in node.parts))
    if isinstance(node, Not):
        return Not(_bind(node.part, rule, day))
    if isinstance(node, Comparison) and node.parameter:
        return _with_parameter(node, rule.parameters[node.parameter], day)
    if isinstance(node, WithinMonths):
        return replace(node, since=months_before(day, node.months), until=day)
    if isinstance(node, ScoreFloor):
        return replace(node, sheet=_bind_sheet(node.sheet, rule, day))
    return node


def _bind_sheet(sheet: Sheet, rule: Rule, day: date) -> Sheet:
    def award(given: Award) -> Award:
        return given if given.when is None else replace(given, when=_bind(given.when, rule, day))

    items = tuple(
        replace(item, ways=tuple(FirstMatch(tuple(map(award, way.awards))) for way in item.ways))
        for item in sheet.items
    )
    return replace(sheet, items=items)


def _with_parameter(node: Comparison, parameter: Parameter, day: date) -> Comparison:
    dated = parameter.on(day)
    if dated is None:  # no value is known for the day: the condition cannot be decided
        return replace(node, value=None)
    worse = max(node.ground.confidence, dated.confidence, key=list(Confidence).index)
    return replace(node, value=dated.value, ground=replace(node.ground, confidence=worse))


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class RuleBook:
    """All rules of one pack."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self._rules:
                raise rule.place.refuse(
                    Text(
                        f"编号“{rule.id}”已在 {self._rules[rule.id].place} 用过。",
                        f"The id “{rule.id}” is taken at {self._rules[rule.id].place}.",
                    ),
                    Text("请换一个编号。", "Choose another id."),
                )
            self._rules[rule.id] = rule

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule of this id; raises `RuleError` when there is none."""
        if rule_id not in self._rules:
            raise RuleError(
                Text(f"没有编号为“{rule_id}”的规则。", f"There is no rule “{rule_id}”."),
                Text("用 lianzhang pack check 查看全部规则。", "See all rules with `lianzhang pack check`."),
            )
        return self._rules[rule_id]

    def on(self, day: date) -> tuple[Rule, ...]:
        """The rules in force on a day."""
        return tuple(rule for rule in self if rule.force.covers(day))

    def of(self, *kinds: RuleKind) -> tuple[Rule, ...]:
        """The rules of these kinds."""
        return tuple(rule for rule in self if rule.kind in kinds)

"""One enterprise, one rule: the verdict with every reason – clause, need, have, gap, source of the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any as Anything
from typing import NamedTuple

from lianzhang.kernel.fact import Fact, FactType, KnownFact
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.judge import (
    NO,
    UNKNOWN,
    YES,
    Facts,
    Interval,
    is_lacking,
    item_score,
    judge,
    score,
    sheet_score,
    status,
    threshold_at,
    value_of,
)
from lianzhang.policy.rule import Rule
from lianzhang.policy.sentence import need_of
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Between,
    Comparison,
    Condition,
    Confidence,
    FactCondition,
    Item,
    Node,
    Not,
    Relation,
    ScoreFloor,
    Stepped,
    WithinMonths,
    conditions,
    sheet_facts,
)
from lianzhang.policy.warn import warnings_of


class Reason(NamedTuple):
    """One condition behind a verdict.

    `status` is what the condition reads on these facts; `counts` what it contributes, which is “not known”
    for a condition that rests on memory unless memory is trusted. `negated`: it stands under a `not`.
    """

    condition: Condition
    status: Verdict
    counts: Verdict
    facts: Facts
    negated: bool = False
    trusting: bool = False

    @property
    def clause(self) -> str:
        """The clause as cited in the rule, empty where only the document is known."""
        return self.condition.ground.clause

    @property
    def confidence(self) -> Confidence:
        """How far the condition's wording may be trusted."""
        return self.condition.ground.confidence

    @property
    def fact(self) -> Fact | None:
        """The fact it reads; None for a score and for what no fact can settle."""
        return self.condition.fact if isinstance(self.condition, FactCondition) else None

    @property
    def known(self) -> KnownFact | None:
        """The value with its period and source, None when it is missing."""
        value = self.facts.get(self.fact.name) if self.fact is not None else None
        return KnownFact(value) if value is not None and not isinstance(value, KnownFact) else value

    @property
    def score(self) -> Interval | None:
        """The interval of the score, for a score condition."""
        if not isinstance(self.condition, ScoreFloor):
            return None
        return score(self.condition, self.facts, trust_memory=self.trusting)

    @property
    def need(self) -> Text:
        """What the condition wants, in words."""
        return need_of(self.condition, self.facts)

    @property
    def have(self) -> Text:
        """What is there, in words; 未知 when it is missing."""
        found = self.score
        if found is not None:
            if found.low == found.high:
                return Text(f"{_plain(found.low)}分", f"{_plain(found.low)} points")
            low, high = _plain(found.low), _plain(found.high)
            return Text(f"{low}至{high}分", f"{low} to {high} points")
        if self.fact is None:
            return Text("无从由数据判断", "cannot be told from data")
        value = value_of(self.facts, self.fact.name)
        return Text(self.fact.write(value), self.fact.write(value, "en"))

    @property
    def gap(self) -> Decimal | int | None:
        """How much is missing, in the unit of the fact; None when nothing is, or when size means nothing.

        For “more than” and “less than” the gap reaches the bound, which itself is not yet enough.
        """
        if self.status is not NO or self.negated:
            return None
        if isinstance(self.condition, ScoreFloor):
            found = score(self.condition, self.facts, trust_memory=self.trusting)
            return _distance(self.condition.relation, found.high, self.condition.value)
        if self.fact is None or self.fact.type not in {FactType.NUMBER, FactType.INTEGER}:
            return None
        value: Anything = value_of(self.facts, self.fact.name)
        return None if value is None else _gap(self.condition, value, self.facts)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would have to be known for this condition to be settled."""
        if self.status is not UNKNOWN:
            return ()
        if isinstance(self.condition, ScoreFloor):
            return _missing_of_score(self.condition, self.facts, trust_memory=self.trusting)
        if not isinstance(self.condition, FactCondition):
            return ()
        names = [self.condition.fact.name]
        if isinstance(self.condition, Stepped):
            names.append(self.condition.leading.name)
        return tuple(name for name in names if is_lacking(self.facts, name))


class Outcome(NamedTuple):
    """A node of the tree with its verdict; `reason` at a condition, `parts` at a group."""

    node: Node
    verdict: Verdict
    parts: tuple[Outcome, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One line of a score sheet on these facts."""

    item: Item
    points: Interval


@dataclass(frozen=True, slots=True)
class ScoreOutcome:
    """A score sheet on these facts: the total, each group, each item, all as intervals.

    `remembered` is the total if the bands that rest on memory are right.
    """

    total: Interval
    groups: dict[str, Interval]
    items: tuple[ItemScore, ...]
    remembered: Interval


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The verdict of one rule on one enterprise on one day."""

    rule: Rule
    day: date
    verdict: Verdict
    outcome: Outcome
    facts: Facts
    trusting: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every condition in the order of the rule."""
        return tuple(_reasons(self.outcome))

    @property
    def missing(self) -> tuple[str, ...]:
        """The unknown facts that keep the verdict open, each once; empty when it is settled."""
        if self.verdict is not UNKNOWN:
            return ()
        return tuple(dict.fromkeys(name for reason in self.open_reasons() for name in reason.missing))

    def open_reasons(self) -> Iterator[Reason]:
        """The conditions that keep an unknown verdict open."""
        return _open(self.outcome)

    @property
    def if_remembered(self) -> Verdict:
        """The verdict if everything that rests on memory is right."""
        return self._judged(trust_memory=True)

    @property
    def proven(self) -> Verdict:
        """The verdict of what was read alone: “not known” where only memory would decide."""
        return self._judged(trust_memory=False)

    def _judged(self, *, trust_memory: bool) -> Verdict:
        if trust_memory is self.trusting:
            return self.verdict
        return judge(self.rule.on(self.day), self.facts, trust_memory=trust_memory)

    @property
    def score(self) -> ScoreOutcome | None:
        """The score sheet in full, for a rule that has one; a stated official score is exact."""
        if self.rule.sheet is None:
            return None
        floors = [found for found in conditions(self.rule.on(self.day)) if isinstance(found, ScoreFloor)]
        sheet = floors[0].sheet if floors else self.rule.sheet
        stated = {floor.group: floor for floor in floors}

        def total(group: str, *, trust_memory: bool) -> Interval:
            if group in stated:
                return score(stated[group], self.facts, trust_memory=trust_memory)
            return sheet_score(sheet, self.facts, group=group, trust_memory=trust_memory)

        trust = self.trusting
        return ScoreOutcome(
            total(TOTAL, trust_memory=trust),
            {group: total(group, trust_memory=trust) for group in sheet.groups},
            tuple(ItemScore(item, item_score(item, self.facts, trust_memory=trust)) for item in sheet.items),
            total(TOTAL, trust_memory=True),
        )

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a reader must know beside the verdict: memory, lapsed rules, drafts, values of the wrong year."""
        return tuple(warnings_of(self))


def evaluate(rule: Rule, facts: Facts, *, on: date, trust_memory: bool = False) -> Evaluation:
    """Judge one rule on what is known of one enterprise, on a day.

    `facts` maps names of the dictionary to values of their type, bare or as `KnownFact` with period and source;
    a name that is absent or None is unknown. No condition is skipped, so that every one has its reason. With
    `trust_memory` conditions that rest on memory count as they read, and the warnings say so.
    """
    outcome = _outcome(rule.on(on), facts, False, trust_memory)
    return Evaluation(rule, on, outcome.verdict, outcome, facts, trust_memory)


def explain_tree(tree: Node, facts: Facts, *, trust_memory: bool = False) -> Outcome:
    """The outcome of a tree that is no rule of its own, such as the grounds of an exemption."""
    return _outcome(tree, facts, False, trust_memory)


def _outcome(node: Node, facts: Facts, negated: bool, trust: bool) -> Outcome:
    if isinstance(node, All):
        parts = tuple([_outcome(part, facts, negated, trust) for part in node.parts])
        verdicts = [part.verdict for part in parts]
        return Outcome(node, NO if NO in verdicts else UNKNOWN if UNKNOWN in verdicts else YES, parts)
    if isinstance(node, Any):
        parts = tuple([_outcome(part, facts, negated, trust) for part in node.parts])
        verdicts = [part.verdict for part in parts]
        return Outcome(node, YES if YES in verdicts else UNKNOWN if UNKNOWN in verdicts else NO, parts)
    if isinstance(node, Not):
        part = _outcome(node.part, facts, not negated, trust)
        return Outcome(node, ~part.verdict, (part,))
    found = status(node, facts, trust_memory=trust)
    counts = UNKNOWN if node.ground.confidence is Confidence.MEMORY and not trust else found
    return Outcome(node, counts, (), Reason(node, found, counts, facts, negated, trust))


def _reasons(outcome: Outcome) -> Iterator[Reason]:
    if outcome.reason is not None:
        yield outcome.reason
    for part in outcome.parts:
        yield from _reasons(part)


def _open(outcome: Outcome) -> Iterator[Reason]:
    """Conditions not known under nodes not known: what lies under a settled node no longer matters."""
    if outcome.verdict is not UNKNOWN:
        return
    if outcome.reason is not None:
        yield outcome.reason
    for part in outcome.parts:
        yield from _open(part)


def _gap(condition: Condition, value: Anything, facts: Facts) -> Decimal | int | None:
    if isinstance(condition, Comparison) and condition.value is not None:
        return _distance(condition.relation, value, condition.value)
    if isinstance(condition, Between):
        below: Anything = condition.low
        above: Anything = condition.high
        between: Decimal | int = below - value if value < below else value - above
        return between
    if isinstance(condition, Stepped):
        leading: Anything = value_of(facts, condition.leading.name)
        threshold = None if leading is None else threshold_at(condition, leading)
        return None if threshold is None else _distance(condition.relation, value, threshold)
    return None


def _distance(relation: Relation, value: Anything, bound: Anything) -> Decimal | int:
    distance: Decimal | int = bound - value if relation in _UPWARD else value - bound
    return -distance if distance < 0 else distance


_UPWARD = {Relation.AT_LEAST, Relation.MORE_THAN}


def _missing_of_score(floor: ScoreFloor, facts: Facts, *, trust_memory: bool) -> tuple[str, ...]:
    """The facts missing in the items whose points are still open."""
    open_items = tuple(
        item
        for item in floor.sheet.items
        for found in [item_score(item, facts, trust_memory=trust_memory)]
        if found.low != found.high
    )
    names = sheet_facts(replace(floor.sheet, items=open_items), floor.group)
    return tuple(sorted(name for name in names if is_lacking(facts, name)))


def flip(reason: Reason) -> Mapping[str, Anything]:
    """The least change of its fact that makes an unmet numeric condition hold; empty when size means nothing."""
    gap = reason.gap
    if gap is None or reason.fact is None:
        return {}
    value: Anything = value_of(reason.facts, reason.fact.name)
    condition = reason.condition
    upward = isinstance(condition, Comparison | Stepped) and condition.relation in _UPWARD
    if isinstance(condition, Between):
        upward = value < condition.low
    if isinstance(condition, Comparison) and condition.relation is Relation.EQUALS:
        return {reason.fact.name: condition.value}
    strict = isinstance(condition, Comparison | Stepped) and condition.relation in {
        Relation.MORE_THAN,
        Relation.LESS_THAN,
    }
    strict = strict or (isinstance(condition, Between) and not upward and condition.open_end)
    step = (1 if reason.fact.type is FactType.INTEGER else Decimal("0.01")) if strict else 0
    return {reason.fact.name: value + gap + step if upward else value - gap - step}


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def waiting_days(reason: Reason) -> int | None:
    """For a date that is too recent or too old, how many days it lies outside; None for anything else."""
    if not isinstance(reason.condition, WithinMonths) or reason.condition.since is None:
        return None
    value = value_of(reason.facts, reason.condition.fact.name)
    if not isinstance(value, date) or value >= reason.condition.since:
        return None
    return (reason.condition.since - value) // timedelta(days=1)

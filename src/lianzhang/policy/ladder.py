"""The cultivation ladder: where an enterprise stands, and how far the next rung is, cheapest steps first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from lianzhang.kernel.fact import choices_known, choices_unsure
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.evaluate import Evaluation, Outcome, Reason, evaluate
from lianzhang.policy.judge import NO, UNKNOWN, YES, Facts, value_of
from lianzhang.policy.rule import Rule
from lianzhang.policy.tree import All, Any

#: A fact that nobody has stated costs one question; changing one costs months or years.
_ASK = 0
_OUT_OF_REACH = 9


@dataclass(frozen=True, slots=True)
class Step:
    """One condition still to be met or to be known.

    `effort`: 0 only state the fact, 1 a paper or a filing, 2 within about a year, 3 years or not at all,
    9 nothing the enterprise can do (experts decide, the text is incomplete). `share` is the part of the need
    still missing, 0 to 1, where size has a meaning.
    """

    reason: Reason
    effort: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Rung:
    """One title with what is missing for it. `held`: whether the enterprise has it already, as far as is known.

    Without any title on record nothing is known of any rung.
    """

    rule: Rule
    evaluation: Evaluation
    steps: tuple[Step, ...]
    held: Verdict

    @property
    def verdict(self) -> Verdict:
        """Whether the conditions are met."""
        return self.evaluation.verdict


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs of one ladder in rising order. `next` is the lowest rung above the highest one held."""

    rungs: tuple[Rung, ...]
    next: Rung | None


def ladder(rules: Iterable[Rule], facts: Facts, *, name: str, on: date) -> Ladder:
    """The rungs of one ladder on a day, each with its steps; lapsed rules are left out."""
    rules = tuple(rules)
    chosen = sorted(
        (rule for rule in rules if rule.ladder == name and rule.force.covers(on)), key=lambda rule: rule.rank
    )
    rungs = tuple(
        Rung(rule, evaluation, steps_to(evaluation), _holds(rule, facts, rules))
        for rule in chosen
        for evaluation in [evaluate(rule, facts, on=on)]
    )
    reached = max((rung.rule.rank for rung in rungs if rung.held is YES), default=0)
    above = [rung for rung in rungs if rung.rule.rank > reached]
    return Ladder(rungs, above[0] if above else None)


def _holds(rule: Rule, facts: Facts, rules: tuple[Rule, ...]) -> Verdict:
    """Whether a title is held; one given under an earlier rule keeps its term."""
    value = value_of(facts, "holds")
    if not isinstance(value, frozenset):
        return UNKNOWN
    titles = {rule.id, *(other.id for other in rules if other.replaced_by == rule.id)}
    if titles & choices_known(value):
        return YES
    return UNKNOWN if titles & choices_unsure(value) else NO


def steps_to(evaluation: Evaluation) -> tuple[Step, ...]:
    """The cheapest set of conditions that would make the verdict yes, cheapest first; empty when it is."""
    steps = list(_needed(evaluation.outcome))
    return tuple(sorted(steps, key=lambda step: (step.effort, step.share)))


def _needed(outcome: Outcome) -> Iterator[Step]:
    if outcome.verdict is YES:
        return
    if outcome.reason is not None:
        yield _step(outcome.reason)
    elif isinstance(outcome.node, Any):
        yield from min((list(_needed(part)) for part in outcome.parts), key=_cost)
    elif isinstance(outcome.node, All):
        for part in outcome.parts:
            yield from _needed(part)
    else:  # under a `not` everything that keeps the part from failing counts
        yield from (_step(reason) for part in outcome.parts for reason in _leaves(part))


def _leaves(outcome: Outcome) -> Iterator[Reason]:
    if outcome.reason is not None:
        yield outcome.reason
    for part in outcome.parts:
        yield from _leaves(part)


def _cost(steps: list[Step]) -> tuple[int, Decimal]:
    """The hardest step of a way first, then everything together."""
    return max(step.effort for step in steps), sum((step.effort + step.share for step in steps), Decimal(0))


def _step(reason: Reason) -> Step:
    if reason.status is UNKNOWN and reason.missing:
        return Step(reason, _ASK, Decimal(0))
    if reason.status is YES and reason.counts is UNKNOWN:  # met, though the wording is unconfirmed
        return Step(reason, _OUT_OF_REACH, Decimal(0))
    if reason.fact is None:
        return Step(
            reason, 2 if reason.score is not None and reason.status is NO else _OUT_OF_REACH, _share(reason)
        )
    return Step(reason, reason.fact.effort, _share(reason))


def _share(reason: Reason) -> Decimal:
    gap: Anything = reason.gap
    if gap is None:
        return Decimal(1)
    value: Anything = value_of(reason.facts, reason.fact.name) if reason.fact is not None else None
    if reason.score is not None:
        value = reason.score.high
    missing = abs(Decimal(gap))
    whole = max(abs(Decimal(value)), missing, Decimal(1))
    return min(missing / whole, Decimal(1))
